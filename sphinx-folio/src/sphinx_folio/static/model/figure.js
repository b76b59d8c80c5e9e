// @ts-check
// A model that is alive: its controls, what it computes, and how that is drawn and said.

import { fetchKinds } from "./charts.js";
import { controls } from "./controls.js";
import { escape } from "./plot.js";
import { running } from "./running.js";
import { stage as staged } from "./stage.js";
import { address, asked, inWords, read } from "./state.js";
import { aloud, assumptionsOf, numbersOf, publishedOf, written } from "./texts.js";

/** @typedef {import("./types").Model} Model */
/** @typedef {import("./types").Result} Result */

const QUIET = 700; // milliseconds after the last change until the result is said aloud and tables are made anew
const SAID = 5000; // until what was said aloud is taken away again
const PATIENCE = 120; // milliseconds until it is shown that something is being computed

/** A pause in which the page answers: what is made of a model is made in small pieces. */
const pause = () => new Promise((resolve) => setTimeout(resolve));

/** @param {unknown} error */
const reason = (error) => (error instanceof Error ? error.message : `${error}`);

/** @param {string} summary @param {string} content */
const details = (summary, content, name = "model-words") =>
  `<details class="${name}"><summary>${summary}</summary><div>${content}</div></details>`;

/**
 * What stands in a figure, empty as yet. The first drawing is where the picture was, and moves nothing.
 * @param {Model} model @param {string} id @param {number} level of its headings
 */
const parts = (model, id, level) => {
  const { references = [], assumptions = [] } = model;
  const [first, ...rest] = model.views.map(({ title }) =>
    `<div class="model-view"><h${level} class="model-title">${escape(title)}</h${level}>
      <div class="model-drawing"></div></div>`);
  return `${first}<p class="model-says"></p><p class="model-set"></p>
    <div class="model-settings"><p class="model-actions"><button type="button">Reset</button>
      <button type="button">Copy link</button><span role="status"></span></p></div>
    <dl class="model-numbers simple"></dl>
    <div class="model-views">${rest.join("")}</div>
    ${references.length ? details(`Published figures (${references.length})`, publishedOf(model, id)) : ""}
    ${assumptions.length ? details(`Assumptions (${assumptions.length})`, assumptionsOf(model)) : ""}
    ${details("Data", "", "model-data")}
    <p class="model-aloud" role="status"></p>`;
};

/** A line that says that something is being computed, once it takes longer than one would notice. */
const patience = () => {
  const line = document.createElement("span");
  line.className = "model-busy";
  line.hidden = true;
  line.innerHTML = 'Computing … <progress max="1" aria-label="Computing"></progress>';
  const bar = /** @type {HTMLProgressElement} */ (line.lastChild);
  let timer = 0;
  const begin = () => {
    clearTimeout(timer);
    bar.removeAttribute("value");
    timer = setTimeout(() => (line.hidden = false), PATIENCE);
  };
  const end = () => {
    clearTimeout(timer);
    line.hidden = true;
  };
  return { line, begin, end, progress: (/** @type {number} */ fraction) => (bar.value = fraction) };
};

/** The level of headings under the last one before. @param {HTMLElement} host */
const levelIn = (host) => Number(host.closest("section")?.querySelector(":is(h1, h2, h3, h4, h5)")?.tagName[1] ?? 1) + 1;

/**
 * Bring a model to life in an element, whose still picture stays until the first result is drawn.
 * @param {HTMLElement} host @param {Model} model
 * @param {{id: string, src: string, say: (words: string) => void}} options
 */
export const figure = async (host, model, { id, src, say }) => {
  await fetchKinds(model.views);
  const stage = document.createElement("div");
  stage.className = "model-stage model-coming"; // laid out, but not seen
  stage.innerHTML = parts(model, id, levelIn(host));
  const find = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (stage.querySelector(selector));
  const places = /** @type {HTMLElement[]} */ ([...stage.querySelectorAll(".model-drawing")]);
  const drawings = staged(places, model.views, id);
  const [reset, copy] = stage.querySelectorAll("button");
  const data = /** @type {HTMLDetailsElement} */ (find(".model-data"));
  const runner = running(model, src);
  const waiting = patience();

  /** @type {Result | undefined} */
  let result;
  /** @type {Result | undefined} */
  let heard; // what was last said aloud
  let said = /** @type {string[]} */ ([]); // about the address
  let arriving = false; // by an address that leads here
  let frame = 0, turn = 0, quiet = 0;

  const { forms, values, set } = controls(model, {
    id,
    changed: () => {
      said = [];
      begin();
    },
  });
  find(".model-settings").prepend(forms[0]);
  model.views.forEach(({ name }, i) => {
    const form = forms.find((each) => each.dataset.view === name);
    if (form) places[i].before(form);
  });

  const makeTables = async () => {
    if (!data.open || !result) return;
    const { table } = await import("./tables.js"); // few ask for them
    const { views } = result;
    find(".model-data > div").innerHTML = model.views.map((view) => table(view, views[view.name])).join("");
  };

  const settle = () => {
    if (!result) return;
    find(".model-aloud").textContent = aloud(result, heard);
    quiet = setTimeout(() => find(".model-aloud").replaceChildren(), SAID);
    heard = result;
    makeTables();
  };

  /** @param {Result} next */
  const write = ({ says, numbers }) => {
    find(".model-says").textContent = says;
    const set = model.parameters.map((parameter) => `${parameter.label}: ${inWords(parameter, values[parameter.name])}`);
    find(".model-set").textContent = `Settings: ${set.join("; ")}.`; // on paper
    find(".model-numbers").innerHTML = numbersOf(numbers, model, id);
    for (const place of /** @type {NodeListOf<HTMLElement>} */ (stage.querySelectorAll("[data-number]"))) {
      const number = numbers.find(({ name }) => name === place.dataset.number);
      place.textContent = number ? `(here ${written(number)})` : "";
    }
  };

  /** The stage takes the place of the picture. @param {Result} next */
  const enter = async (next) => {
    drawings.measure();
    await drawings.draw(next.views, pause);
    host.querySelector(".model-poster")?.remove();
    stage.classList.remove("model-coming");
    find(".model-view").append(waiting.line);
    heard = next; // nobody has touched anything yet
    sizes.observe(host);
    sizes.observe(find(".model-says"));
  };

  /** @param {Result} next */
  const show = async (next) => {
    await (result ? drawings.draw(next.views) : enter(next));
    result = next;
    write(next);
    say(said.join(" "));
    clearTimeout(quiet);
    quiet = setTimeout(settle, QUIET);
    if (arriving) (host.closest("figure") ?? host).scrollIntoView(); // it keeps clear of the header
    arriving = false;
  };

  /** @param {unknown} error */
  const fail = (error) => {
    const why = reason(error);
    if (result) return say(`This could not be computed (${why}). What is drawn belongs to the settings before.`);
    if (!address(id, model.parameters, values).includes("?")) {
      stage.remove();
      host.classList.add("model-still");
      return say(`The live figure does not work, so its picture stands still (${why}).`);
    }
    said = [`With the settings of the address nothing could be computed (${why}), so they are the usual ones.`];
    set({});
    return begin();
  };

  const compute = async () => {
    const mine = (turn += 1);
    waiting.begin();
    host.setAttribute("aria-busy", "true");
    try {
      const next = await runner.run({ ...values }, waiting.progress);
      if (mine === turn) await show(next);
    } catch (error) {
      if (mine === turn) fail(error);
    }
    if (mine !== turn) return;
    waiting.end();
    host.removeAttribute("aria-busy");
  };

  /** Compute in the next frame, once however much changes until then. */
  const begin = () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      compute();
    });
  };

  /** Take the settings of the page's address if it leads here. */
  const obey = () => {
    const query = asked(location.hash, id);
    if (!query) return;
    const found = read(model.parameters, query);
    said = found.said;
    arriving = true;
    (host.closest("figure") ?? host).scrollIntoView();
    set(found.values);
    begin();
  };

  const sizes = new ResizeObserver(() => {
    if (!result) return;
    const says = find(".model-says");
    if (drawings.measure()) {
      says.style.minHeight = "";
      drawings.draw(result.views);
    }
    says.style.minHeight = `${says.offsetHeight}px`; // a shorter sentence moves nothing
  });

  reset.addEventListener("click", () => {
    said = [];
    set({});
    if (asked(location.hash, id)) history.replaceState(history.state, "", `#${id}`);
    begin();
  });
  copy.addEventListener("click", async () => {
    const link = new URL(address(id, model.parameters, values), location.href).href;
    const note = find(".model-actions [role=status]");
    try {
      await navigator.clipboard.writeText(link);
      note.textContent = "Copied";
      setTimeout(() => note.replaceChildren(), 3000);
    } catch {
      note.textContent = `Copy this: ${link}`;
    }
  });
  data.addEventListener("toggle", makeTables);
  find(".model-numbers").addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a");
    const target = link && stage.querySelector(`[id="${CSS.escape(link.hash.slice(1))}"]`);
    if (!(target instanceof HTMLElement)) return;
    event.preventDefault(); // the address may hold the figure's state
    /** @type {HTMLDetailsElement} */ (target.closest("details")).open = true;
    target.focus();
  });

  host.append(waiting.line, stage);
  obey();
  begin();
  const stop = () => {
    cancelAnimationFrame(frame);
    clearTimeout(quiet);
    turn += 1;
    sizes.disconnect();
    runner.stop();
    drawings.stop();
  };
  return { obey, stop, complete: drawings.putAll };
};
