// @ts-check
// Cells: a quantity, or a state, for every row and column; over them marks and a path.

import {
  END, GRID, GROUND, INK, LINE, MANY, MIDDLE, SMALL, beside, color, d, format, grouping, hint, legend, named, note,
  rowsOf, stroke, tag, text, widest, widthOf, withUnit,
} from "./plot.js";

/** @import { Cell, Cells, Drawings, Grid, Kind } from "./types" */

/** Upright where they do not fit side by side. @param {string[]} columns @param {number} left @param {number} step */
const columnLabels = (columns, left, step) => {
  const room = widest(columns, SMALL);
  const upright = room > step - 4 && step > 12 && columns.some((label) => /[^\d.,]/.test(label));
  const stride = Math.ceil((upright ? 12 : room + 6) / step);
  const drawn = (/** @type {number} */ y) => {
    let free = 0;
    return columns.map((label, i) => {
      if (!label || i < free) return "";
      free = i + stride;
      const x = left + (i + 0.5) * step;
      if (!upright) return note(x, y + 15, label, MIDDLE);
      return note(0, 0, label, { ...END, transform: d`translate(${x + 4} ${y + 5})rotate(-90)` });
    }).join("");
  };
  return { drawn, height: upright ? room + 10 : LINE };
};

const SHADED = { fill: color(0), stroke: GRID };

/** @param {number} shade */
const shaded = (shade) => ({ "fill-opacity": `${Math.round(100 * shade) / 100}` });

/** The legend of values. @type {Drawings["shades"]} */
const shades = (label, least, most, width) => {
  const below = widthOf(label + least + most) + 130 > width;
  const x = (below ? 0 : widthOf(label) + 12) + widthOf(least) + 6, y = below ? LINE : 0;
  const patches = [0, 0.25, 0.5, 0.75, 1].map((shade, i) =>
    tag("rect", { x: x + i * 18, y: y + 2, width: 18, height: 12, ...shaded(shade) }));
  return {
    drawn: text(0, 12, label) + text(x - 6, y + 12, least, END) + tag("g", SHADED, patches.join(""))
      + text(x + 96, y + 12, most),
    height: y + LINE + 6,
  };
};

/** A way through some stops. @param {number[][]} stops */
const route = (stops) => {
  const line = `M${stops.map(([x, y]) => d`${x} ${y}`).join("L")}`;
  const dots = stops.map(([cx, cy], i) => tag("circle", { cx, cy, r: i < stops.length - 1 ? 3 : 5 }));
  return stroke(line, GROUND, { "stroke-width": 5 }) + stroke(line, INK, { "stroke-width": 2 })
    + tag("g", { fill: INK, stroke: GROUND }, dots.join(""));
};

/** Marks: frames, around a cell or a point between, and their words. @type {Drawings["framed"]} */
const framed = (marks, { at, step, high }, width) => {
  const boxes = marks.map(({ row, column, label }) => {
    const [x, y] = at(row, column), [w, h] = Number.isInteger(row) && Number.isInteger(column) ? [step, high] : [10, 10];
    return { x, y, w, h, label, row };
  });
  const frames = boxes.map(({ x, y, w, h }) => d`M${x - w / 2 - 1} ${y - h / 2 - 1}h${w + 1}v${h + 1}h${-w - 1}z`);
  return stroke(frames.join(""), INK, { "stroke-width": 2 }) + beside(boxes.map(({ x, y, w, label, row }) =>
    ({ x, y: y + 4, gap: w / 2 + 6, label, step: row < 2 ? 14 : -14 })), width);
};

/** @type {Kind<Cells>} */
export const cells = (data, { width, x, y, value = { label: "" }, fill }) => {
  const { rows, columns, values, groups = [], marks = [], path = [], pathLabel } = data;
  const { key: states, index, wordsOf } = grouping(groups, groups.map(([name]) => name), fill, width);
  const numbers = values.flat().filter((cell) => typeof cell === "number");
  const { min = Math.min(...numbers), max = Math.max(...numbers), unit } = value;
  const key = groups.length ? states : shades(value.label, format(min, 2), withUnit(format(max, 2), unit), width);

  const sample = (/** @type {number} */ x, /** @type {number} */ y) => route([[x - 6, y], [x + 4, y]]);
  const way = legend(pathLabel && path.length ? [{ label: pathLabel, sample }] : [], width);
  const above = key.height + way.height;
  const high = rows.length > 16 ? Math.max(7, 300 / rows.length) : 18;
  const labels = rowsOf(rows, width, high, 0);
  const step = Math.min(64, (width - labels.left - 8) / columns.length);
  const top = above + (y ? LINE : 0), bottom = top + labels.height, right = labels.left + step * columns.length;
  const names = columnLabels(columns, labels.left, step);
  /** @type {Grid} */
  const grid = {
    step, high, at: (row, column, part = 0.5) =>
      [labels.left + (column + part) * step, top + labels.at(row) + part * high],
  };

  /** @param {Cell} cell */
  const looks = (cell) => {
    if (typeof cell === "string") return { fill: fill(index(cell)) };
    return shaded(cell === null ? 0 : Math.min(1, Math.max(0, (cell - min) / (max - min || 1))));
  };
  /** @param {Cell} cell */
  const says = (cell) => (typeof cell === "number" ? withUnit(format(cell, 3), unit) : cell ? wordsOf(cell) : "none");
  const gap = step > 5 ? 1 : 0, many = rows.length * columns.length > MANY;
  const drawn = values.flatMap((row, i) => row.map((cell, j) => {
    const [left, up] = grid.at(i, j, 0);
    return tag("rect", { x: left, y: up, width: step - gap, height: high - 1, ...looks(cell) },
      many ? "" : hint(`${rows[i]}, ${columns[j] || j + 1}: ${says(cell)}`));
  }));
  return {
    height: bottom + names.height + (x ? LINE : 4),
    drawn: key.drawn + tag("g", { transform: d`translate(0 ${key.height})` }, way.drawn) + note(0, above + 11, named(y), { fill: INK })
      + tag("g", SHADED, drawn.join(""))
      + labels.drawn(top) + names.drawn(bottom)
      + note(right, bottom + names.height + 13, named(x), { ...END, fill: INK })
      + (path.length ? route(path.map(([row, column]) => grid.at(row, column))) : "") + framed(marks, grid, width),
  };
};
