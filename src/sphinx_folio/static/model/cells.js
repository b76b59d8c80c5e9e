// @ts-check
// Cells: a quantity, or a state, for every row and column; over them marks and a path.

import {
  END, GRID, GROUND, HALO, INK, LINE, MANY, MIDDLE, SMALL, color, d, format, grouping, hint, named, note, rowsOf, stroke, tag, text, widest,
  widthOf, withUnit,
} from "./plot.js";

/** @import { Cells, Drawn, Frame } from "./types" */
/** @typedef {Cells["values"][number][number]} Cell */

/** Upright where they do not fit side by side. @param {string[]} columns @param {number} left @param {number} step */
const columnLabels = (columns, left, step) => {
  const room = widest(columns, SMALL);
  const upright = room > step - 4 && step > 12 && columns.some((label) => /[^\d.,]/.test(label));
  const stride = Math.ceil((upright ? 12 : room + 6) / step);
  /** @param {number} y */
  const drawn = (y) => {
    let free = 0;
    return columns.map((label, i) => {
      if (!label || i < free) return "";
      free = i + stride;
      const x = left + (i + 0.5) * step;
      return upright ? note(0, 0, label, { ...END, transform: d`translate(${x + 4} ${y + 5})rotate(-90)` }) : note(x, y + 15, label, MIDDLE);
    }).join("");
  };
  return { drawn, height: upright ? room + 10 : LINE };
};

/** The legend of values. @param {string} label @param {string} least @param {string} most @param {number} width */
const shades = (label, least, most, width) => {
  const below = widthOf(label + least + most) + 130 > width;
  const x = (below ? 0 : widthOf(label) + 12) + widthOf(least) + 6, y = below ? LINE : 0;
  const patches = [0, 0.25, 0.5, 0.75, 1].map((shade, i) =>
    tag("rect", { x: x + i * 18, y: y + 2, width: 18, height: 12, fill: color(0), "fill-opacity": `${shade}`, stroke: GRID }));
  return {
    drawn: text(0, 12, label) + text(x - 6, y + 12, least, END) + patches.join("") + text(x + 96, y + 12, most),
    height: y + LINE + 6,
  };
};

/** @param {Cells} data @param {Frame} frame @returns {Drawn} */
export const cells = ({ rows, columns, values, groups = [], marks = [], path = [] }, { width, x, y, value = { label: "" }, fill }) => {
  const { key: states, index, wordsOf } = grouping(groups, groups.map(([name]) => name), fill, width);
  const numbers = values.flat().filter((cell) => typeof cell === "number");
  const { min = Math.min(...numbers), max = Math.max(...numbers), unit } = value;
  const key = groups.length ? states : shades(value.label, format(min, 2), withUnit(format(max, 2), unit), width);
  const high = rows.length > 16 ? Math.max(7, 300 / rows.length) : 18;
  const labels = rowsOf(rows, width, high, 0);
  const step = Math.min(64, (width - labels.left - 8) / columns.length);
  const top = key.height + (y ? LINE : 0), bottom = top + labels.height;
  const names = columnLabels(columns, labels.left, step);

  const at = (/** @type {number} */ row, /** @type {number} */ column, part = 0.5) => [labels.left + (column + part) * step, top + labels.at(row) + part * high];
  /** @param {Cell} cell */
  const looks = (cell) => {
    if (typeof cell === "string") return { fill: fill(index(cell)) };
    const shade = cell === null ? 0 : (cell - min) / (max - min || 1);
    return { fill: color(0), "fill-opacity": `${Math.round(100 * Math.min(1, Math.max(0, shade))) / 100}`, stroke: GRID };
  };
  /** @param {Cell} cell */
  const says = (cell) => (typeof cell === "number" ? withUnit(format(cell, 3), unit) : cell ? wordsOf(cell) : "none");
  const gap = step > 5 ? 1 : 0, many = rows.length * columns.length > MANY;
  const drawn = values.flatMap((row, i) => row.map((cell, j) => {
    const [left, up] = at(i, j, 0);
    return tag("rect", { x: left, y: up, width: step - gap, height: high - 1, ...looks(cell) },
      many ? "" : hint(`${rows[i]}, ${columns[j] || j + 1}: ${says(cell)}`));
  }));
  const walked = path.map(([row, column]) => at(row, column));
  const trail = walked.map(([cx, cy], i) => (i ? d`L${cx} ${cy}` : d`M${cx} ${cy}`)).join("");
  const stops = walked.map(([cx, cy], i) => tag("circle", { cx, cy, r: i < walked.length - 1 ? 3 : 5, fill: INK, stroke: GROUND }));
  const marked = marks.map(({ row, column, label }) => {
    const [left, up] = at(row, column, 0), before = left + step + 6 + widthOf(label) > width;
    return tag("rect", { x: left - 1, y: up - 1, width: step + 1, height: high + 1, fill: "none", stroke: INK, "stroke-width": 2 })
      + text(before ? left - 6 : left + step + 6, up + high / 2 + 4, label, { ...(before ? END : {}), ...HALO });
  });
  return {
    height: bottom + names.height + (x ? LINE : 4),
    drawn: key.drawn + note(0, key.height + 11, named(y), { fill: INK }) + drawn.join("") + labels.drawn(top) + names.drawn(bottom)
      + note(labels.left + step * columns.length, bottom + names.height + 13, named(x), { ...END, fill: INK })
      + (trail && stroke(trail, GROUND, { "stroke-width": 5 }) + stroke(trail, INK, { "stroke-width": 2 })) + stops.join("") + marked.join(""),
  };
};
