// @ts-check
// What a figure's controls are set to, as values and in an address such as #pendulum?length=2&planet=mars.

import { format, withUnit } from "./plot.js";

/** @typedef {import("./types").Parameter} Parameter */
/** @typedef {import("./types").Values} Values */
/** @typedef {Extract<Parameter, {min: number}>} Slider */

const STEPS = 60; // of a logarithmic slider that does not say

/** Decimals of a number as it is written. @param {number} value */
const decimals = (value) => `${value}`.split(".")[1]?.length ?? 0;

/** Whole numbers as they are, others to three digits: positions on a logarithmic slider. @param {number} value */
const tidy = (value) =>
  (Math.abs(value - Math.round(value)) < 1e-6 ? Math.round(value) : Number(value.toPrecision(3)));

/** A slider's positions: the last one, the value at each, and the nearest to a value. @param {Slider} slider */
export const positions = ({ min, max, scale, step = (max - min) / 100, steps = STEPS }) => {
  if (scale === "log")
    return {
      last: steps,
      at: (/** @type {number} */ i) => tidy(min * (max / min) ** (i / steps)),
      near: (/** @type {number} */ value) => Math.round((steps * Math.log(value / min)) / Math.log(max / min)),
    };
  const digits = Math.max(decimals(step), decimals(min));
  return {
    last: Math.floor((max - min) / step + 1e-9),
    at: (/** @type {number} */ i) => Number((min + i * step).toFixed(digits)),
    near: (/** @type {number} */ value) => Math.round((value - min) / step),
  };
};

/** The value that a slider can take nearest to one that is asked for. @param {Slider} slider @param {number} value */
export const fit = (slider, value) => {
  const { at, near } = positions(slider);
  return at(near(Math.min(slider.max, Math.max(slider.min, value))));
};

/** A slider's value as it is read: a share in percent. @param {Slider} slider @param {number} value */
export const shown = ({ percent }, value) => (percent ? Number((100 * value).toPrecision(12)) : value);

/** A value in words, with its unit. @param {Parameter} parameter @param {number | boolean | string} value */
export const inWords = (parameter, value) => {
  if ("choices" in parameter) return parameter.choices.find(([name]) => name === value)?.[1] ?? "";
  return "min" in parameter ? withUnit(format(shown(parameter, +value)), parameter.unit) : value ? "on" : "off";
};

/** What an address says to the figure with this id, or to NAME where that is NAME-model, if anything. @param {string} hash @param {string} id */
export const asked = (hash, id) => {
  const [name, query] = hash.slice(1).split(/\?(.*)/s);
  if (name === id && query === undefined) return new URLSearchParams(); // as it was made
  return query !== undefined && [id, id.replace(/-model$/, "")].includes(name) ? new URLSearchParams(query) : undefined;
};

/** A value that is written somewhere, or what is said instead; of shares, `times` what is meant.
 * @param {Parameter} parameter @param {string} text
 * @returns {{value?: number | boolean | string, said?: string}} */
export const readOne = (parameter, text, times = "min" in parameter && parameter.percent ? 100 : 1) => {
  const { label } = parameter;
  const cannot = { said: `“${label}” cannot be “${text}”; it is ${inWords(parameter, parameter.value)}.` };
  if ("choices" in parameter) return parameter.choices.some(([name]) => name === text) ? { value: text } : cannot;
  if (!("min" in parameter)) return ["true", "false"].includes(text) ? { value: text === "true" } : cannot;
  const number = Number(text) / times, { min, max } = parameter;
  if (!text.trim() || !Number.isFinite(number)) return cannot;
  const value = fit(parameter, number);
  if (number >= min && number <= max) return { value };
  const range = `from ${format(shown(parameter, min))} to ${inWords(parameter, max)}`;
  return { value, said: `“${label}” goes ${range}; ${text} is not in it, so it is ${inWords(parameter, value)}.` };
};

/** The values that an address asks for, and what has to be said about them. @param {Parameter[]} parameters
 * @param {URLSearchParams} query @returns {{values: Values, said: string[]}} */
export const read = (parameters, query) => {
  const values = /** @type {Values} */ ({}), said = /** @type {string[]} */ ([]);
  for (const [name, text] of query) {
    const parameter = parameters.find((each) => each.name === name);
    const found = parameter && readOne(parameter, text, 1);
    if (found?.value !== undefined) values[name] = found.value;
    if (!found) said.push(`There is no setting “${name}” here; it was ignored.`);
    else if (found.said) said.push(found.said);
  }
  return { values, said };
};

/** The address of a figure as it is set: only what was changed is in it.
 * @param {string} id @param {Parameter[]} parameters @param {Values} values */
export const address = (id, parameters, values) => {
  const changed = parameters.filter(({ name, value }) => values[name] !== value);
  const query = new URLSearchParams(changed.map(({ name }) => [name, `${values[name]}`]));
  return `#${id}${changed.length ? `?${query}` : ""}`;
};
