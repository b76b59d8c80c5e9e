// @ts-check
// A view of a model's result as SVG. Text in, text out: the same for a page, a poster and a test.

import { bars } from "./bars.js";
import { cells } from "./cells.js";
import { graph } from "./graph.js";
import { lanes } from "./lanes.js";
import { lines } from "./lines.js";
import { FONT, INK, escape, filling, hint, named, tag } from "./plot.js";

/** @import { Drawn, Frame, Model, Values, View } from "./types" */

/** @type {Record<View["kind"], (data: any, frame: Frame) => Drawn>} */
const KINDS = { lanes, lines, bars, cells, graph };

/**
 * A drawing of a view's data, as wide as told and as high as it needs.
 * @param {View} view @param {any} data @param {number} width in pixels
 * @param {{id?: string, title?: string, says?: string, style?: string, class?: string}} [options] an id of its own on the
 *   page, what names and describes the drawing if not the view, and what a picture has that stands alone
 */
export const drawing = (view, data, width, { id = view.name, title = view.title, says, style = "", class: name } = {}) => {
  if (!data) throw new Error(`the result has no view “${view.name}”`);
  const { fill, defs } = filling(id);
  const { drawn, height } = KINDS[view.kind](data, { ...view, width, fill });
  const words = says ?? [view.value, view.y, view.x].map(named).filter(Boolean).join(", ");
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg", class: name, viewBox: `0 0 ${width} ${Math.ceil(height)}`, width, height: Math.ceil(height),
    role: "img", "font-size": FONT, "font-family": style ? "system-ui, sans-serif" : undefined, fill: INK,
  };
  return tag("svg", attributes, `${hint(title)}<desc>${escape(words)}</desc>${style}${defs()}${drawn}`);
};

/** What every control of a model is set to before anyone touches it. @param {Model} model @returns {Values} */
export const defaults = ({ parameters }) => Object.fromEntries(parameters.map(({ name, value }) => [name, value]));

const NAMES = ["1", "2", "3", "4", "5", "6", "7", "8", "ink", "muted", "grid", "ground"];
const LIGHT = "#2a3aa8 #b57e0d #1e9992 #5e3054 #96481a #a26be7 #396c8d #7d2010 #1d2026 #5a5f69 #dcdfe5 #fff";
const DARK = "#6179fa #eedb4a #3ce8da #a96b84 #e89564 #9c86d4 #59b6f2 #d45f35 #e3e5e8 #a2a7b0 #363b45 #131416";

/** The colors of a picture that stands alone; in a page those of folio.css are used, which are the same. */
const variables = (/** @type {string} */ colors) =>
  `.model-poster{${colors.split(" ").map((color, i) => `--model-${NAMES[i]}:${color}`).join(";")}}`;
const STYLE = `<style>${variables(LIGHT)}@media(prefers-color-scheme:dark){${variables(DARK)}}</style>`;

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
