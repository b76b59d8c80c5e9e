// @ts-check
// A view of a model's result as SVG. Text in, text out: the same for a page, a poster and a test.

import { FONT, INK, escape, filling, hint, named, tag } from "./plot.js";

/** @import { Drawing, Kind, View } from "./types" */

const KINDS = {
  lanes: () => import("./lanes.js"),
  lines: () => import("./lines.js"),
  bars: () => import("./bars.js"),
  cells: () => import("./cells.js"),
  graph: () => import("./graph.js"),
};

/** @type {Partial<Record<View["kind"], Kind<any>>>} */
const kinds = {};

/** Load what views are drawn with; no other can be drawn. @param {Pick<View, "kind">[]} views */
export const fetchKinds = (views) =>
  Promise.all(views.map(async ({ kind }) => Object.assign(kinds, await KINDS[kind]())));

/** A drawing as wide as told and as high as it needs. @type {Drawing} */
export const drawing = (view, data, width, options = {}) => {
  const { id = view.name, title = view.title, says, style = "" } = options;
  const kind = kinds[view.kind];
  if (!kind || !data) throw new Error(`the result has no view “${view.name}”`);
  const { fill, defs } = filling(id);
  const { drawn, height } = kind(data, { ...view, width, fill });
  const words = says ?? [view.value, view.y, view.x].map(named).filter(Boolean).join(", ");
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg", class: options.class, viewBox: `0 0 ${width} ${Math.ceil(height)}`, width,
    height: Math.ceil(height), role: "img", "font-size": FONT, fill: INK,
    "font-family": style ? "system-ui, sans-serif" : undefined,
  };
  return tag("svg", attributes, `${hint(title)}<desc>${escape(words)}</desc>${style}${defs()}${drawn}`);
};
