// @ts-check
// A graph: nodes, whose shape is their group's, and edges; paths stand out.

import { GROUND, HALO, MANY, MIDDLE, MUTED, SMALL, color, d, grouping, hint, legend, marker, stroke, tag, text } from "./plot.js";

/** @import { Drawn, Frame, Graph, Key } from "./types" */

const DASHES = [undefined, "8 4", "2 3", "10 3 2 3"];
const MARGIN = 16;

/** @param {Graph} data @param {Frame} frame @returns {Drawn} */
export const graph = ({ nodes, edges, paths = [], groups = [] }, { width, fill }) => {
  const { index, wordsOf } = grouping(groups, [], fill, width);
  // Their colors come after those of the groups.
  const path = (/** @type {string} */ data, /** @type {number} */ i) =>
    stroke(data, color(Math.max(1, groups.length) + i), { "stroke-width": 3, "stroke-dasharray": DASHES[i % DASHES.length] });
  /** @type {Key[]} */
  const keys = [
    ...groups.map(([, label], i) => ({ label, sample: (/** @type {number} */ x, /** @type {number} */ y) => tag("path", { d: marker(i, x, y, 5), fill: color(i) }) })),
    ...paths.map(({ label }, i) => ({ label, sample: (/** @type {number} */ x, /** @type {number} */ y) => path(d`M${x - 9} ${y}h18`, i) })),
  ];
  const key = legend(keys, width);
  const height = Math.round(Math.min(420, Math.max(240, 0.62 * width)));
  const places = nodes.map(({ x, y }) => [MARGIN + x * (width - 2 * MARGIN), key.height + MARGIN + y * (height - 2 * MARGIN)]);
  const joined = (/** @type {number[][]} */ pairs) =>
    pairs.map(([a, b]) => d`M${places[a][0]} ${places[a][1]}L${places[b][0]} ${places[b][1]}`).join("");
  const scale = Math.min(1, 14 / Math.sqrt(nodes.length));
  const drawn = nodes.map(({ size = 0, group = "", label }, i) => {
    const [x, y] = places[i], r = Math.max(1.8, (4 + 8 * size) * scale);
    const says = [label ?? `${i}`, wordsOf(group)].filter(Boolean).join(", ");
    return tag("path", { d: marker(index(group), x, y, r), fill: color(index(group)), stroke: GROUND }, nodes.length > MANY ? "" : hint(says))
      + (label ? text(x, y - r - 3, label, { ...MIDDLE, "font-size": SMALL, ...HALO }) : "");
  });
  return {
    height: key.height + height,
    drawn: key.drawn + stroke(joined(edges), MUTED, { "stroke-opacity": edges.length > 300 ? 0.3 : 0.5 })
      + paths.map((each, i) => path(joined(each.edges), i)).join("") + drawn.join(""),
  };
};
