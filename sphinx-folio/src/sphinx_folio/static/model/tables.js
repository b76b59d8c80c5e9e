// @ts-check
// What a view draws, as a table.

import { totalOf } from "./bars.js";
import { escape, format, labelOf, named } from "./plot.js";

/** @import { Bars, Cells, Graph, Group, Lanes, Lines, View } from "./types" */
/** @typedef {{columns: string[], rows: (string | number | null | undefined)[][]}} Table */

/** The words of a group. @param {Group[]} [groups] @returns {(name?: string) => string} */
const words = (groups = []) => (name = "") => new Map(groups).get(name) ?? name;

/** @param {Lanes} data @param {View} view @returns {Table} */
const lanes = ({ lanes, groups }, { x }) => ({
  columns: ["Lane", "What", named({ label: "From", unit: x?.unit }), named({ label: "To", unit: x?.unit })],
  rows: lanes.flatMap(({ label: lane, spans }) => spans.map(({ start, end, group, label }) =>
    [lane, [words(groups)(group), label].filter(Boolean).join(", "), start, end])),
});

/** A row for each place, or for each point where a series has several at one place.
 * @param {Lines} data @param {View} view @returns {Table} */
const lines = ({ series }, { x, y }) => {
  const maps = series.map(({ points }) => new Map(points.map(([place, value]) => [place, value])));
  if (maps.some(({ size }, i) => size < series[i].points.length)) {
    const rows = series.flatMap((each) => each.points.map((point) => [labelOf(each), ...point]));
    return { columns: ["Series", named(x), named(y)], rows };
  }
  const places = [...new Set(maps.flatMap((map) => [...map.keys()]))].sort((a, b) => a - b);
  const rows = places.map((place) => [place, ...maps.map((map) => map.get(place))]);
  return { columns: [named(x), ...series.map(labelOf)], rows };
};

/** @param {Bars} data @param {View} view @returns {Table} */
const bars = ({ bars, groups = [] }, { x }) => {
  const used = groups.filter(([name]) => bars.some(({ parts = [] }) => parts.some(({ group }) => group === name)));
  const rows = bars.map((bar) =>
    [labelOf(bar), ...used.map(([name]) => bar.parts?.find(({ group }) => group === name)?.value), totalOf(bar)]);
  return { columns: ["", ...used.map(([, words]) => words), named(x)], rows };
};

/** @param {Cells} data @param {View} view @returns {Table} */
const cells = ({ rows, columns, values, groups }, { x }) => ({
  columns: [named(x), ...columns.map((name, i) => name || `${i + 1}`)],
  rows: rows.map((row, i) =>
    [row, ...values[i].map((cell) => (typeof cell === "string" ? words(groups)(cell) : cell))]),
});

/** @param {Graph} data @returns {Table} */
const graph = ({ nodes, edges, groups }) => {
  const name = (/** @type {number} */ i) => nodes[i].label || `${i}`;
  const others = nodes.map((_, i) => edges.filter((edge) => edge.includes(i)).map(([a, b]) => name(a === i ? b : a)));
  const rows = nodes.map(({ group }, i) => [name(i), words(groups)(group), others[i].join(", ")]);
  return { columns: ["Node", "Kind", "Joined with"], rows };
};

/** @type {Record<View["kind"], (data: any, view: View) => Table>} */
const TABLES = { lanes, lines, bars, cells, graph };

/** @param {Table["rows"][number][number]} cell */
const written = (cell) => (typeof cell === "number" ? format(cell, 4) : escape(cell ?? ""));

/** @param {Table["rows"][number]} row */
const rowOf = ([first, ...rest]) =>
  `<tr><th scope="row">${written(first)}</th>${rest.map((cell) => `<td>${written(cell)}</td>`).join("")}</tr>`;

/** A view's data as HTML. @param {View} view @param {any} data */
export const table = (view, data) => {
  const { columns, rows } = TABLES[view.kind](data, view);
  const value = view.value ?? (view.kind === "lines" ? view.y : undefined);
  const what = [view.title, named(value)].filter(Boolean).join(": ");
  const heads = columns.map((name) => (name ? `<th scope="col">${escape(name)}</th>` : "<td></td>"));
  const label = escape(`${view.title}, as a table`);
  return `<div class="model-table model-${view.kind}" role="region" tabindex="0" aria-label="${label}"><table>
    <caption>${escape(what)}</caption><thead><tr>${heads.join("")}</tr></thead>
    <tbody>${rows.map(rowOf).join("")}</tbody></table></div>`;
};
