// @ts-check
// A graph: nodes, whose shape is their group's, and edges; paths stand out. The last of several groups is plain.

import {
  GROUND, HALO, MANY, MIDDLE, MUTED, SMALL, across, color, d, grouping, hint, legend, marker, stroke, tag, text,
  widthOf,
} from "./plot.js";

/** @import { Graph, Key, Kind } from "./types" */

const DASHES = [undefined, "8 4", "2 3", "10 3 2 3"];
const MARGIN = 24;

/** @type {Kind<Graph>} */
export const graph = ({ nodes, edges, paths = [], groups = [] }, { width, fill }) => {
  const { index, wordsOf } = grouping(groups, [], fill, width);
  // Their colors come after those of the groups.
  const path = (/** @type {string} */ data, /** @type {number} */ i) =>
    stroke(data, color(Math.max(1, groups.length) + i),
      { "stroke-width": 3, "stroke-dasharray": DASHES[i % DASHES.length] });
  const rest = groups.length > 1 ? groups.length - 1 : -1; // the group of the plain ones
  const looks = (/** @type {number} */ i) => (i === rest ? MUTED : color(i));
  const there = new Set(nodes.map(({ group = "" }) => index(group)));
  /** @param {number} i @returns {Key["sample"]} */
  const shape = (i) => (x, y) => tag("path", { d: marker(i, x, y, i === rest ? 3 : 5), fill: looks(i) });
  const keys = [
    ...groups.flatMap(([, label], i) => (there.has(i) ? { label, sample: shape(i) } : [])),
    ...paths.map(({ label }, i) => /** @type {Key} */ ({ label, sample: (x, y) => path(d`M${x - 9} ${y}h18`, i) })),
  ];
  const key = legend(keys, width);
  const height = Math.round(Math.min(420, Math.max(240, 0.62 * width)));
  const x = across(undefined, nodes.map((node) => node.x), MARGIN, width - MARGIN);
  const y = across(undefined, nodes.map((node) => node.y), key.height + MARGIN, key.height + height - MARGIN);
  const places = nodes.map((node) => [x.at(node.x), y.at(node.y)]);
  const joined = (/** @type {number[][]} */ pairs) =>
    pairs.map(([a, b]) => d`M${places[a][0]} ${places[a][1]}L${places[b][0]} ${places[b][1]}`).join("");
  const scale = Math.min(1, 14 / Math.sqrt(nodes.length));
  let near = Infinity; // the square of the smallest spacing
  for (const [a, b] of places) {
    for (const [x, y] of places) {
      const far = (a - x) ** 2 + (b - y) ** 2;
      if (far > 1 && far < near) near = far;
    }
  }
  // What is named, or large, covers the others.
  const order = nodes.map((node, i) => ({ size: 0, label: "", ...node, i, kind: index(node.group ?? "") }))
    .sort((a, b) => Number(!!a.label) - Number(!!b.label) || a.size - b.size);
  /** @param {typeof order[number]} node */
  const mark = ({ size, group = "", label, i, kind }) => {
    const [x, y] = places[i];
    const r = Math.max(kind < rest ? 3 : 1.8, Math.min(0.45 * Math.sqrt(near), (4 + 8 * size) * scale) * (kind === rest ? 0.6 : 1));
    const half = widthOf(label, SMALL) / 2, middle = Math.min(Math.max(x, half), width - half);
    const says = [label || `${i}`, wordsOf(group)].filter(Boolean).join(", ");
    return tag("path", { d: marker(kind, x, y, r), fill: looks(kind), stroke: GROUND },
      nodes.length > MANY ? "" : hint(says))
      + (label && text(middle, y - r - 3, label, { ...MIDDLE, "font-size": SMALL, ...HALO }));
  };
  const marks = (/** @type {boolean} */ plain) =>
    order.map((node) => (plain === (node.kind === rest) ? mark(node) : "")).join("");
  return {
    height: key.height + height,
    drawn: key.drawn + stroke(joined(edges), MUTED, { "stroke-opacity": edges.length > 300 ? 0.3 : 0.5 })
      + marks(true) + paths.map((each, i) => path(joined(each.edges), i)).join("") + marks(false),
  };
};
