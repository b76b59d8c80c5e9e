// @ts-check
// A form made of a model's parameters: sliders, switches and choices, each with its label and a line of help.

import { escape } from "./plot.js";
import { fit, inWords, positions } from "./state.js";

/** @typedef {import("./types").Parameter} Parameter */
/** @typedef {import("./types").Values} Values */
/** @typedef {import("./state.js").Slider} Slider */

/** @param {Slider} parameter @param {string} id */
const slider = (parameter, id) => {
  const { label, unit, min, max, scale, step = "any" } = parameter;
  const long = unit && unit.length > 8; // for a place beside the number
  const exactly = `${label}, exactly${unit ? `, in ${unit}` : ""}`;
  const beside = unit && !long ? `<span aria-hidden="true">${escape(unit)}</span>` : "";
  return `<label for="${id}">${escape(long ? `${label} (${unit})` : label)}</label>
    <span class="model-exact"><input type="number" min="${min}" max="${max}" step="${scale ? "any" : step}"
      aria-label="${escape(exactly)}">${beside}</span>
    <input type="range" id="${id}" min="0" max="${positions(parameter).last}" step="1" aria-describedby="${id}-help">`;
};

/** @param {Extract<Parameter, {choices: any}>} parameter @param {string} id */
const choice = ({ label, choices }, id) => {
  const options = choices.map(([name, words]) => `<option value="${escape(name)}">${escape(words)}</option>`);
  return `<label for="${id}">${escape(label)}</label>
    <select id="${id}" aria-describedby="${id}-help">${options.join("")}</select>`;
};

/** @param {Parameter} parameter @param {string} id */
const toggle = ({ label }, id) =>
  `<label for="${id}">${escape(label)}</label>
    <input type="checkbox" role="switch" id="${id}" aria-describedby="${id}-help">`;

/** @param {Parameter} parameter @param {string} id */
const control = (parameter, id) => {
  const made = "choices" in parameter ? choice(parameter, id)
    : "min" in parameter ? slider(parameter, id) : toggle(parameter, id);
  return `<div class="model-control">${made}<p id="${id}-help">${escape(parameter.help ?? "")}</p></div>`;
};

/** Show a value in its control. @param {Parameter} parameter @param {Element} place @param {Values[string]} value */
const show = (parameter, place, value) => {
  const [first, second] = place.querySelectorAll("input, select");
  if (!("min" in parameter)) {
    if (first instanceof HTMLInputElement) first.checked = value === true;
    else /** @type {HTMLSelectElement} */ (first).value = `${value}`;
    return;
  }
  const exact = /** @type {HTMLInputElement} */ (first), range = /** @type {HTMLInputElement} */ (second);
  range.value = `${positions(parameter).near(Number(value))}`;
  range.setAttribute("aria-valuetext", inWords(parameter, value));
  if (exact !== document.activeElement || exact.valueAsNumber !== value) exact.value = `${value}`;
};

/** The value that a control has been given; undefined while it is being typed and not one yet.
 * @param {Parameter} parameter @param {EventTarget | null} target @param {boolean} done */
const given = (parameter, target, done) => {
  if (target instanceof HTMLSelectElement) return target.value;
  const input = /** @type {HTMLInputElement} */ (target);
  if (!("min" in parameter)) return input.checked;
  if (input.type === "range") return positions(parameter).at(input.valueAsNumber);
  const value = input.valueAsNumber;
  return Number.isFinite(value) && (done || fit(parameter, value) === value) ? fit(parameter, value) : undefined;
};

/**
 * The form, and the values it is set to; `changed` is called whenever a reader changes one.
 * @param {Parameter[]} parameters @param {{id: string, label: string, changed: () => void}} options
 */
export const controls = (parameters, { id, label, changed }) => {
  const values = /** @type {Values} */ ({});
  const form = document.createElement("form");
  form.className = "model-controls";
  form.setAttribute("aria-label", label);
  form.noValidate = true;
  form.innerHTML = parameters.map((parameter) => control(parameter, `${id}-set-${parameter.name}`)).join("");
  for (const exact of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("[type=number]"))) {
    const digits = Math.max(...[exact.min, exact.max, exact.step].map((number) => number.length));
    exact.style.width = `${digits + 1}ch`; // not as an attribute, which a page's policy would stop
  }

  /** @param {Values} to */
  const set = (to) => {
    for (const [i, parameter] of parameters.entries()) {
      values[parameter.name] = to[parameter.name] ?? parameter.value;
      show(parameter, form.children[i], values[parameter.name]);
    }
  };
  const take = (/** @type {Event} */ { target, type }) => {
    const i = [...form.children].findIndex((place) => place.contains(/** @type {Node} */ (target)));
    const value = given(parameters[i], target, type === "change");
    if (value !== undefined && value !== values[parameters[i].name]) {
      values[parameters[i].name] = value;
      changed();
    }
    // What is typed is not written over before it is done.
    const typing = type === "input" && target instanceof HTMLInputElement && target.type === "number";
    if (!typing || value !== undefined) show(parameters[i], form.children[i], values[parameters[i].name]);
  };
  form.addEventListener("input", take);
  form.addEventListener("change", take);
  form.addEventListener("submit", (event) => event.preventDefault());
  set({});
  return { form, values, set };
};
