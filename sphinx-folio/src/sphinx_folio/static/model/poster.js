// @ts-check
// The still picture of a model: its first view at the defaults. No reader loads this; posters are made beforehand.

import { drawing, fetchKinds } from "./charts.js";

/** @import { Model, Values } from "./types" */

/** What every control of a model is set to before anyone touches it. @param {Model} model @returns {Values} */
export const defaults = ({ parameters }) => Object.fromEntries(parameters.map(({ name, value }) => [name, value]));

const NAMES = ["1", "2", "3", "4", "5", "6", "7", "8", "ink", "muted", "grid", "ground"];
const LIGHT = "#2a3aa8 #b57e0d #1e9992 #5e3054 #96481a #a26be7 #396c8d #7d2010 #1d2026 #5a5f69 #dcdfe5 #fff";
const DARK = "#6179fa #eedb4a #3ce8da #a96b84 #e89564 #9c86d4 #59b6f2 #d45f35 #e3e5e8 #a2a7b0 #363b45 #131416";

/** The colors of a picture that stands alone; in a page those of model-figure.css are used, which are the same. */
const variables = (/** @type {string} */ colors) =>
  `.model-poster{${colors.split(" ").map((color, i) => `--model-${NAMES[i]}:${color}`).join(";")}}`;
const STYLE = `<style>${variables(LIGHT)}@media(prefers-color-scheme:dark){${variables(DARK)}}</style>`;

/** A picture, light or dark as the reader's system is, and what it shows in words.
 * @param {Model} model @param {{width?: number}} [options] @returns {Promise<{svg: string, says: string}>} */
export const poster = async (model, { width = 640 } = {}) => {
  const { says, views } = await model.run(defaults(model), () => {});
  const [view] = model.views;
  await fetchKinds([view]);
  const id = `poster-${model.title.toLowerCase().replace(/\W+/g, "-")}`;
  const title = `${model.title}: ${view.title}`;
  const svg = drawing(view, views[view.name], width, { id, title, says, style: STYLE, class: "model-poster" });
  return { svg, says };
};
