// @ts-check
// A view of a model's result as SVG. Text in, text out: the same for a page, a poster and a test.

import { bars } from "./bars.js";
import { cells } from "./cells.js";
import { graph } from "./graph.js";
import { lanes } from "./lanes.js";
import { lines } from "./lines.js";
import { escape, filling, tag } from "./plot.js";

/** @typedef {import("./types").View} View */
/** @typedef {import("./types").Model} Model */
/** @typedef {import("./types").Values} Values */

/**
 * What a kind of chart has to draw with: the view's axes, the width there is, and fills by a group's index.
 * @typedef {View & {width: number, fill: (index: number) => string}} Frame
 * @typedef {{drawn: string, height: number, says: string}} Drawn
 */

/** @type {Record<View["kind"], (data: any, frame: Frame) => Drawn>} */
const KINDS = { lanes, lines, bars, cells, graph };

/**
 * A drawing of a view's data, as wide as told and as high as it needs.
 * @param {View} view @param {any} data @param {number} width in pixels
 * @param {{id?: string, title?: string, says?: string, style?: string, class?: string}} [options] an id that is unique on
 *   the page; what names and describes the drawing, if not the view; attributes of a picture that stands alone
 */
export const drawing = (view, data, width, { id = view.name, title = view.title, says, style = "", class: name } = {}) => {
  if (!data) throw new Error(`the result has no view “${view.name}”`);
  const { fill, defs } = filling(id);
  const made = KINDS[view.kind](data, { ...view, width, fill });
  const height = Math.ceil(made.height);
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg", class: name, viewBox: `0 0 ${width} ${height}`, width, height, role: "img",
    "font-size": "12", "font-family": style ? "system-ui, sans-serif" : undefined, fill: "var(--model-ink)",
  };
  return tag("svg", attributes, `<title>${escape(title)}</title><desc>${escape(says ?? made.says)}</desc>${style}${defs()}${made.drawn}`);
};

/** What every control of a model is set to before anyone touches it. @param {Model} model @returns {Values} */
export const defaults = ({ parameters }) => Object.fromEntries(parameters.map(({ name, value }) => [name, value]));

const LIGHT = "--model-1:#2a5db0;--model-2:#c8590c;--model-3:#0b7a75;--model-4:#b0368a;--model-5:#8a6a00;--model-6:#2f8fd0;--model-7:#7a1f1f;--model-8:#6b7280;--model-ink:#1d2026;--model-muted:#5a5f69;--model-grid:#dcdfe5;--model-ground:#fff";
const DARK = "--model-1:#86b0ff;--model-2:#f2984a;--model-3:#3fc1a8;--model-4:#f07cc4;--model-5:#d9b93b;--model-6:#4d8fd6;--model-7:#ff8a80;--model-8:#9aa3af;--model-ink:#e3e5e8;--model-muted:#a2a7b0;--model-grid:#363b45;--model-ground:#131416";

/** The colors of a picture that stands alone; in a page they are in folio.css. */
const STYLE = `<style>.model-poster{${LIGHT}}@media(prefers-color-scheme:dark){.model-poster{${DARK}}}</style>`;

/**
 * The still picture of a model: its first view at the defaults, in light and dark by the reader's system.
 * @param {Model} model @param {{width?: number}} [options] @returns {Promise<{svg: string, says: string}>}
 */
export const poster = async (model, { width = 640 } = {}) => {
  const { says, views } = await model.run(defaults(model), () => {});
  const [view] = model.views;
  const id = `poster-${model.title.toLowerCase().replace(/\W+/g, "-")}`;
  const svg = drawing(view, views[view.name], width, { id, says, style: STYLE, class: "model-poster", title: `${model.title}: ${view.title}` });
  return { svg, says };
};
