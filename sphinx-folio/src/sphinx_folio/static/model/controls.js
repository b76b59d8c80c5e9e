// @ts-check
// Forms made of a model's parameters: sliders, switches and choices, each with its label and a line of help.

import { escape } from "./plot.js";
import { fit, inWords, positions, readOne, shown } from "./state.js";

/** @import { Model, Parameter, Values } from "./types" */
/** @import { Slider } from "./state.js" */

/** @param {Slider} parameter @param {string} id */
const slider = (parameter, id) => {
  const { label, unit, min, max, scale, step = "any" } = parameter;
  const long = unit && unit.length > 8; // for a place beside the number
  const exactly = `${label}, exactly${unit ? `, in ${unit}` : ""}`;
  const beside = unit && !long ? `<span aria-hidden="true">${escape(unit)}</span>` : "";
  const [least, most, steps] = [min, max, step].map((value) => (value === "any" ? value : shown(parameter, +value)));
  return `<label for="${id}">${escape(long ? `${label} (${unit})` : label)}</label>
    <span class="model-exact"><input type="number" min="${least}" max="${most}" step="${scale ? "any" : steps}"
      aria-label="${escape(exactly)}">${beside}</span>
    <input type="range" id="${id}" min="0" max="${positions(parameter).last}" step="1" aria-describedby="${id}-help">`;
};

/** @param {Parameter} parameter @param {string} id */
const control = (parameter, id) => {
  const { label, help = "" } = parameter, attributes = `id="${id}" aria-describedby="${id}-help"`;
  const option = (/** @type {[string, string]} */ [name, words]) =>
    `<option value="${escape(name)}">${escape(words)}</option>`;
  const made = "min" in parameter ? slider(parameter, id) : `<label for="${id}">${escape(label)}</label>${
    "choices" in parameter ? `<select ${attributes}>${parameter.choices.map(option).join("")}</select>`
      : `<input type="checkbox" role="switch" ${attributes}>`}`;
  return `<div class="model-control">${made}<p id="${id}-help">${escape(help)}</p><p role="status"></p></div>`;
};

/** Show a value in its control. @param {Parameter} parameter @param {Element} place @param {Values[string]} value */
const show = (parameter, place, value) => {
  const [first, range] = /** @type {NodeListOf<HTMLInputElement>} */ (place.querySelectorAll("input, select"));
  if (!range) {
    first.checked = value === true;
    first.value = `${value}`;
    return;
  }
  const slider = /** @type {Slider} */ (parameter), number = shown(slider, Number(value));
  range.value = `${positions(slider).near(Number(value))}`;
  range.setAttribute("aria-valuetext", inWords(slider, value));
  if (first !== document.activeElement || first.valueAsNumber !== number) first.value = `${number}`;
};

/** What a control has been given, and what has to be said about it; no value while it is being typed and not one yet.
 * @param {Parameter} parameter @param {HTMLInputElement} input @param {boolean} done
 * @returns {ReturnType<typeof readOne>} */
const given = (parameter, input, done) => {
  if (!("min" in parameter)) return { value: "choices" in parameter ? input.value : input.checked };
  if (input.type === "range") return { value: positions(parameter).at(input.valueAsNumber) };
  const { value, said } = readOne(parameter, input.value);
  return done || (value !== undefined && shown(parameter, +value) === input.valueAsNumber) ? { value, said } : {};
};

/**
 * Forms and the values they are set to: one for the model, and one for each view that has parameters of its own.
 * `changed` is called whenever a reader changes one.
 * @param {Model} model @param {{id: string, changed: () => void}} options
 */
export const controls = ({ title, parameters, views }, { id, changed }) => {
  const values = /** @type {Values} */ ({});
  const places = /** @type {HTMLElement[]} */ ([]); // of the controls

  /** @param {{name?: string, title: string}} about */
  const make = ({ name, title }) => {
    const form = document.createElement("form");
    form.className = "model-controls";
    form.dataset.view = name ?? "";
    form.setAttribute("aria-label", `Settings of ${title}`);
    form.noValidate = true;
    const own = parameters.filter(({ view }) => view === name);
    form.innerHTML = own.map((parameter) => control(parameter, `${id}-set-${parameter.name}`)).join("");
    own.forEach((parameter, i) => (places[parameters.indexOf(parameter)] = /** @type {HTMLElement} */ (form.children[i])));
    for (const exact of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("[type=number]"))) {
      const digits = Math.max(...[exact.min, exact.max, exact.step].map((number) => number.length));
      exact.style.width = `${digits + 1}ch`; // not as an attribute, which a page's policy would stop
    }
    form.addEventListener("input", take);
    form.addEventListener("change", take);
    form.addEventListener("submit", (event) => event.preventDefault());
    return form;
  };

  /** What cannot act now says why. */
  const able = () => parameters.forEach(({ unless, help = "" }, i) => {
    const idle = !!unless && values[unless.name] === unless.is;
    places[i].classList.toggle("model-idle", idle);
    for (const input of places[i].querySelectorAll("input, select")) input.toggleAttribute("disabled", idle);
    /** @type {HTMLElement} */ (places[i].querySelector("[id$=-help]")).textContent = idle ? unless.why : help;
  });

  /** @param {Values} to */
  const set = (to) => {
    parameters.forEach((parameter, i) => {
      values[parameter.name] = to[parameter.name] ?? parameter.value;
      show(parameter, places[i], values[parameter.name]);
      places[i].querySelector("[role=status]")?.replaceChildren();
    });
    able();
  };
  const take = (/** @type {Event} */ { target, type }) => {
    const input = /** @type {HTMLInputElement} */ (target);
    const i = places.findIndex((place) => place.contains(input)), { name } = parameters[i];
    const { value, said = "" } = given(parameters[i], input, type === "change");
    if (value !== undefined && value !== values[name]) {
      values[name] = value;
      able();
      changed();
    }
    // What is typed is not written over before it is done, nor is what was said of it until there is something else.
    if (value === undefined && type === "input" && input.type === "number") return;
    show(parameters[i], places[i], values[name]);
    const status = /** @type {HTMLElement} */ (places[i].querySelector("[role=status]"));
    if (said || type === "input") status.textContent = said;
  };
  const own = views.filter(({ name }) => parameters.some(({ view }) => view === name));
  const forms = [{ title }, ...own].map(make);
  set({});
  return { forms, values, set };
};
