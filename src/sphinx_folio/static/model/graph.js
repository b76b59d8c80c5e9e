// @ts-check
// A graph: nodes and the edges between them; a node's shape is its group's, a path stands out.

import { HALO, INK, MANY, MUTED, color, hint, legend, marker, tag, text } from "./plot.js";

/** @typedef {import("./types").Graph} Graph */

const DASHES = [undefined, "8 4", "2 3", "10 3 2 3"];

/** @param {Graph} data @param {import("./charts").Frame} frame */
export const graph = ({ nodes, edges, paths = [], groups = [] }, { width }) => {
  const place = new Map(groups.map(([name], i) => [name, i]));
  const index = (/** @type {string | undefined} */ group) => place.get(group ?? "") ?? 0;
  // Paths take the colors after those of the groups.
  const line = (/** @type {number} */ i) =>
    ({ stroke: color(Math.max(1, groups.length) + i), "stroke-width": 3, "stroke-dasharray": DASHES[i % DASHES.length], fill: "none" });
  const key = legend([
    ...groups.map(([, label], i) => ({ label, sample: (/** @type {number} */ x, /** @type {number} */ y) => tag("path", { d: marker(i, x, y, 5), fill: color(i) }) })),
    ...paths.map(({ label }, i) => ({ label, sample: (/** @type {number} */ x, /** @type {number} */ y) => tag("path", { d: `M${x - 9} ${y}h18`, ...line(i) }) })),
  ], width);
  const margin = 16, top = key.height;
  const height = Math.round(Math.min(420, Math.max(240, 0.62 * width)));
  const at = (/** @type {number} */ i) =>
    [margin + nodes[i].x * (width - 2 * margin), top + margin + nodes[i].y * (height - 2 * margin)].map((n) => Math.round(n * 10) / 10);
  const joined = (/** @type {number[][]} */ pairs) => pairs.map(([a, b]) => `M${at(a).join(" ")}L${at(b).join(" ")}`).join("");
  const scale = Math.min(1, 14 / Math.sqrt(nodes.length));
  const radius = (/** @type {number} */ size) => Math.max(1.8, (4 + 8 * size) * scale);

  const node = (/** @type {Graph["nodes"][number]} */ { size = 0, group, label }, /** @type {number} */ i) => {
    const [x, y] = at(i), words = [label ? `Node ${label}` : `Node ${i}`, group && (new Map(groups).get(group) ?? group)].filter(Boolean);
    return tag("path", { d: marker(index(group), x, y, Math.round(radius(size) * 10) / 10), fill: color(index(group)) },
      nodes.length > MANY ? "" : hint(words.join(", ")));
  };
  const labels = nodes.map(({ label, size = 0 }, i) => {
    const [x, y] = at(i);
    return label ? text(x, y - radius(size) - 3, label, { "text-anchor": "middle", "font-size": 11, ...HALO }) : "";
  });
  return {
    height: top + height,
    drawn: key.drawn + tag("path", { d: joined(edges), stroke: MUTED, "stroke-opacity": edges.length > 300 ? ".3" : ".5", fill: "none" })
      + paths.map((path, i) => tag("path", { d: joined(path.edges), ...line(i) })).join("")
      + tag("g", { stroke: "var(--model-ground)", "stroke-width": 1 }, nodes.map(node).join("")) + labels.join(""),
    says: `${nodes.length} nodes, ${edges.length} edges.`,
  };
};
