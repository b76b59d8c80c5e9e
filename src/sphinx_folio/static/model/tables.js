// @ts-check
// What a view draws, as a table.

import { escape, format, named } from "./plot.js";

/** @typedef {import("./types").View} View */
/** @typedef {{columns: string[], rows: (string | number | null | undefined)[][]}} Table */

/** @param {{label: string, published?: boolean}} thing */
const label = ({ label, published }) => (published ? `${label} (published)` : label);

/** @type {Record<View["kind"], (data: any, view: View) => Table>} */
const TABLES = {
  lanes: (/** @type {import("./types").Lanes} */ { lanes, groups }, { x }) => {
    const names = new Map(groups), unit = x?.unit ? ` (${x.unit})` : "";
    return {
      columns: ["Lane", "What", `From${unit}`, `To${unit}`],
      rows: lanes.flatMap((lane) => lane.spans.map(({ start, end, group, label }) =>
        [lane.label, [names.get(group) ?? group, label].filter(Boolean).join(", "), start, end])),
    };
  },
  lines: (/** @type {import("./types").Lines} */ { series }, { x, y }) => {
    const once = series.every(({ points }) => new Set(points.map(([at]) => at)).size === points.length);
    if (!once)
      return { columns: ["Series", named(x), named(y)], rows: series.flatMap((each) => each.points.map((point) => [label(each), ...point])) };
    const maps = series.map(({ points }) => new Map(points.map(([at, value]) => [at, value])));
    const places = [...new Set(maps.flatMap((map) => [...map.keys()]))].sort((a, b) => a - b);
    return { columns: [named(x), ...series.map(label)], rows: places.map((at) => [at, ...maps.map((map) => map.get(at))]) };
  },
  bars: (/** @type {import("./types").Bars} */ { bars, groups = [] }, { x }) => {
    const used = groups.filter(([name]) => bars.some(({ parts = [] }) => parts.some(({ group }) => group === name)));
    const part = (/** @type {typeof bars[number]} */ { parts = [] }, /** @type {string} */ name) => parts.find(({ group }) => group === name)?.value;
    return {
      columns: ["", ...used.map(([, words]) => words), named(x)],
      rows: bars.map((bar) => [label(bar), ...used.map(([name]) => part(bar, name)),
        bar.value ?? bar.parts?.reduce((sum, { value }) => sum + value, 0)]),
    };
  },
  cells: (/** @type {import("./types").Cells} */ { rows, columns, values, groups }, { x }) => {
    const names = new Map(groups);
    const words = (/** @type {number | string | null} */ cell) => (typeof cell === "string" ? names.get(cell) ?? cell : cell);
    return { columns: [named(x), ...columns.map((name, i) => name || `${i + 1}`)], rows: rows.map((row, i) => [row, ...values[i].map(words)]) };
  },
  graph: (/** @type {import("./types").Graph} */ { nodes, edges, groups = [] }) => {
    const names = new Map(groups), name = (/** @type {number} */ i) => nodes[i].label ?? `${i}`;
    const others = nodes.map(() => /** @type {string[]} */ ([]));
    for (const [a, b] of edges) {
      others[a].push(name(b));
      others[b].push(name(a));
    }
    return { columns: ["Node", "Kind", "Joined with"], rows: nodes.map(({ group = "" }, i) => [name(i), names.get(group) ?? group, others[i].join(", ")]) };
  },
};

/** @param {string | number | null | undefined} cell */
const written = (cell) => (typeof cell === "number" ? format(cell, 4) : escape(cell ?? ""));

/** A view's data as HTML. @param {View} view @param {any} data */
export const table = (view, data) => {
  const { columns, rows } = TABLES[view.kind](data, view);
  const value = view.value ? `: ${named(view.value)}` : view.kind === "lines" && view.y ? `: ${named(view.y)}` : "";
  return `<div class="model-table" role="region" tabindex="0" aria-label="${escape(view.title)}, as a table"><table>
    <caption>${escape(view.title + value)}</caption>
    <thead><tr>${columns.map((name) => (name ? `<th scope="col">${escape(name)}</th>` : "<td></td>")).join("")}</tr></thead>
    <tbody>${rows.map(([first, ...rest]) =>
    `<tr><th scope="row">${written(first)}</th>${rest.map((cell) => `<td>${written(cell)}</td>`).join("")}</tr>`).join("")}</tbody>
  </table></div>`;
};
