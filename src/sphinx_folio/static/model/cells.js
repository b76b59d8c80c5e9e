// @ts-check
// Cells: a quantity, or a state, for every row and column.

import {
  AXIS, FONT, GRID, GROUND, HALO, INK, LINE, MANY, MUTED, color, format, hint, legend, named, note, patch, tag, text, widest,
  widthOf, withUnit,
} from "./plot.js";

/** @typedef {import("./types").Cells} Cells */

/** The labels of columns: upright where they would not fit side by side, and where they still would not, not all of them.
 * @param {string[]} columns @param {number} left @param {number} step */
const columnLabels = (columns, left, step) => {
  const room = widest(columns, 11);
  const upright = room > step - 4 && step >= 13 && columns.filter(Boolean).some((label) => !/^[\d.,]+$/.test(label));
  const draw = (/** @type {number} */ y) => {
    let free = -Infinity;
    return columns.map((label, i) => {
      const x = left + (i + 0.5) * step, half = upright ? 6 : widthOf(label, 11) / 2;
      if (!label || x - half < free) return "";
      free = x + half + (upright ? 0 : 5);
      return upright
        ? note(0, 0, label, { "text-anchor": "end", transform: `translate(${Math.round(x * 10) / 10 + 4} ${y + 5}) rotate(-90)` })
        : note(x, y + 15, label, { "text-anchor": "middle" });
    }).join("");
  };
  return { draw, height: upright ? room + 10 : LINE };
};

/** Shades from the least value to the greatest. @param {import("./types").Axis | undefined} value @param {number} width */
const shades = (value, width) => {
  const steps = [0, 0.25, 0.5, 0.75, 1];
  const least = format(value?.min ?? 0), most = withUnit(format(value?.max ?? 1), value?.unit);
  const label = value?.label ?? "";
  const second = widthOf(`${label}  ${least}  ${most}`) + 130 > width;
  const x = second ? 0 : widthOf(label) + 12, y = second ? LINE : 0;
  const start = x + widthOf(least) + 6;
  const patches = steps.map((shade, i) =>
    tag("rect", { x: start + i * 18, y: y + 2, width: 18, height: 12, fill: color(0), "fill-opacity": `${shade}`, stroke: GRID }));
  return {
    drawn: text(0, 12, label) + text(x, y + 12, least) + patches.join("") + text(start + 96, y + 12, most),
    height: y + LINE + 6,
  };
};

/** @param {Cells} data @param {import("./charts").Frame} frame */
export const cells = ({ rows, columns, values, groups = [], marks = [], path = [] }, { width, x, y, value, fill }) => {
  const place = new Map(groups.map(([name], i) => [name, i]));
  const names = new Map(groups);
  const key = groups.length
    ? legend(groups.map(([, label], i) => ({ label, sample: patch(fill(i)) })), width) : shades(value, width);

  const across = columns.length;
  const beside = widest(rows, 11) < 0.4 * width;
  const left = beside ? Math.ceil(widest(rows, 11)) + 8 : 0;
  const step = Math.min(64, (width - left - 8) / across);
  const tall = Math.min(22, Math.max(7, Math.min(step, 300 / rows.length)), 22);
  const pitch = beside ? Math.max(tall, rows.length > 12 ? 9 : 18) : 18 + LINE;
  const top = key.height + (y ? LINE : 0);
  const bottom = top + rows.length * pitch;
  const labels = columnLabels(columns, left, step);
  const heightOf = beside ? pitch : 18;
  const center = (/** @type {number} */ row, /** @type {number} */ column) =>
    [left + (column + 0.5) * step, top + row * pitch + (beside ? 0 : LINE) + heightOf / 2];

  const lookOf = (/** @type {number | string | null} */ cell) => {
    if (cell === null) return { fill: "none", stroke: GRID, "stroke-width": 1 };
    if (typeof cell === "string") return { fill: fill(place.get(cell) ?? 0) };
    return { fill: color(0), "fill-opacity": `${Math.round(100 * cell) / 100}`, stroke: GRID, "stroke-width": 0.5 };
  };
  const span = (value?.max ?? 1) - (value?.min ?? 0);
  const wordsOf = (/** @type {number | string | null} */ cell) => {
    if (cell === null) return "none";
    return typeof cell === "string" ? names.get(cell) ?? cell : withUnit(format((value?.min ?? 0) + cell * span, 3), value?.unit);
  };
  const many = rows.length * across > MANY;
  const gap = step > 5 && heightOf > 5 ? 1 : 0;
  const drawn = values.map((row, i) => row.map((cell, j) => {
    const [cx, cy] = center(i, j);
    const box = { x: cx - step / 2 + gap / 2, y: cy - heightOf / 2 + gap / 2, width: step - gap, height: heightOf - gap };
    return tag("rect", { ...box, ...lookOf(cell) }, many ? "" : hint(`${rows[i]}, ${columns[j] || j + 1}: ${wordsOf(cell)}`));
  }).join(""));
  const every = Math.ceil(12 / pitch);
  const rowLabels = rows.map((label, i) => {
    if (!beside) return text(0, top + i * pitch + LINE - 5, label);
    return i % every ? "" : note(left - 8, center(i, 0)[1] + 4, label, { "text-anchor": "end" });
  });
  const walked = path.map(([row, column]) => center(row, column));
  const trail = walked.length
    ? tag("path", { d: `M${walked.map((at) => at.map((n) => Math.round(n * 10) / 10).join(" ")).join("L")}`, fill: "none", stroke: GROUND, "stroke-width": 5 })
      + tag("path", { d: `M${walked.map((at) => at.map((n) => Math.round(n * 10) / 10).join(" ")).join("L")}`, fill: "none", stroke: INK, "stroke-width": 2 })
      + walked.map(([cx, cy], i) => tag("circle", { cx, cy, r: i === walked.length - 1 ? 5 : 3, fill: INK, stroke: GROUND })).join("")
    : "";
  const marked = marks.map(({ row, column, label }) => {
    const [cx, cy] = center(row, column);
    const end = cx + 10 + widthOf(label) > width;
    return tag("rect", { x: cx - step / 2 - 1, y: cy - heightOf / 2 - 1, width: step + 2, height: heightOf + 2, fill: "none", stroke: INK, "stroke-width": 2 })
      + text(end ? cx - step / 2 - 6 : cx + step / 2 + 6, cy + 4, label, { "text-anchor": end ? "end" : undefined, ...HALO });
  });
  return {
    height: bottom + labels.height + (x ? LINE : 4),
    drawn: key.drawn + (y ? text(0, key.height + 11, named(y), { "font-size": 11 }) : "") + drawn.join("") + rowLabels.join("")
      + labels.draw(bottom) + (x ? note(left + step * across, bottom + labels.height + 12, named(x), { "text-anchor": "end", fill: INK }) : "")
      + trail + marked.join(""),
    says: `${rows.length} rows and ${across} columns${value ? ` of ${named(value)}` : ""}.`,
  };
};
