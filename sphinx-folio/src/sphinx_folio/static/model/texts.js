// @ts-check
// What a figure says in words: its numbers, what was published, what is assumed.

import { escape, withUnit } from "./plot.js";

/** @typedef {import("./types").Named} Named */
/** @typedef {import("./types").Model} Model */

/** A number without its unit, “–” where there is none. @param {Named} number */
const bare = ({ value, digits = 2 }) =>
  value === null || !Number.isFinite(value) ? "–"
    : value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits }).replace("-", "−");

/** A number as it is read. @param {Named} number */
export const written = (number) => (bare(number) === "–" ? "–" : withUnit(bare(number), number.unit));

/** @param {Named} number */
const big = (number) => {
  const all = written(number), digits = bare(number);
  return `${escape(digits)}${all === digits ? "" : `<span>${escape(all.slice(digits.length))}</span>`}`;
};

/** The numbers; beside one, what was published of the same, which leads to the conditions.
 * @param {Named[]} numbers @param {Model} model @param {string} id */
export const numbersOf = (numbers, { references = [] }, id) =>
  numbers.map((number) => {
    const held = references.map((reference, i) => ({ ...reference, i })).filter((each) => each.number === number.name);
    const links = held.map(({ value, i, condition }) =>
      `<a href="#${escape(id)}-published-${i}" title="${escape(condition)}">published: ${escape(value)}</a>`);
    return `<div><dt>${escape(number.label)}</dt><dd><b>${big(number)}</b>${links.join("")}</dd></div>`;
  }).join("");

/** An address as it is read: its host, and of a long path the beginning and the end. @param {string} source */
const place = (source) => {
  const { hostname, pathname } = new URL(source), path = decodeURI(pathname).split("/").filter(Boolean);
  return [hostname.replace(/^www\./, ""), ...(path.length < 5 ? path : [...path.slice(0, 2), "…", ...path.slice(-2)])].join("/");
};

/** Published figures with their conditions and sources. @param {Model} model @param {string} id */
export const publishedOf = ({ references = [] }, id) =>
  `<ul class="model-published">${references.map(({ label, value, condition, source, number }, i) =>
    `<li id="${escape(id)}-published-${i}" tabindex="-1"><b>${escape(label)}: ${escape(value)}</b>${
      number ? ` <span data-number="${escape(number)}"></span>` : ""}<br>${escape(condition)}.
      <a href="${escape(source)}">${escape(place(source))}</a></li>`).join("")}</ul>`;

/** @param {Model} model */
export const assumptionsOf = ({ assumptions = [] }) =>
  `<ul class="model-assumptions">${assumptions.map((each) => `<li>${escape(each)}</li>`).join("")}</ul>`;

/** A number in words. @param {Named} number */
const spoken = (number) => `${number.label}: ${written(number) === "–" ? "none" : written(number)}.`;

/** What is said aloud of a result: the sentence, and two of the numbers that are others than before.
 * @param {import("./types").Result} result @param {import("./types").Result} [before] */
export const aloud = ({ says, numbers }, before) => {
  const old = new Map(before?.numbers.map((number) => [number.name, written(number)]));
  const others = numbers.filter((number) => old.get(number.name) !== written(number));
  return [says, ...others.slice(0, 2).map(spoken)].join(" ");
};
