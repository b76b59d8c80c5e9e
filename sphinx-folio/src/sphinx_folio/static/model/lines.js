// @ts-check
// Lines: how one quantity follows from another. What was published is dashed and hollow.

import {
  AXIS, END, GRID, GROUND, HALO, INK, LINE, MANY, SMALL, across, bottomAxis, color, d, flags, format, hint, labelOf,
  legend, marker, named, note, scaled, stroke, tag, text, widest, withUnit,
} from "./plot.js";

/** @import { Axis, Drawings, Key, Kind, Lines, Scale, Series } from "./types" */

const DASHES = [undefined, "8 3", "2 2", "8 3 2 3", "14 3", "5 2 1 2"];

/** With more points than these, markers would be a caterpillar. */
const MARKED = 24;

/** @param {Series} series */
const isMarked = ({ kind, points }) => kind === "points" || (kind !== "steps" && points.length <= MARKED);

/** @param {number[][]} pixels @param {boolean} steps */
const through = (pixels, steps) =>
  pixels.map(([x, y], i) => (!i ? d`M${x} ${y}` : steps ? d`H${x}V${y}` : d`L${x} ${y}`)).join("");

/** @type {Drawings["lineOf"]} */
const lineOf = (series, i, data) => {
  const dash = series.published ? "4 3" : isMarked(series) ? undefined : DASHES[i % DASHES.length];
  return series.kind === "points" ? ""
    : stroke(data, color(i), { "stroke-width": 2, "stroke-linejoin": "round", "stroke-dasharray": dash });
};

/** @type {Drawings["markersOf"]} */
const markersOf = (series, i, pixels, says) => {
  if (!isMarked(series)) return "";
  const looks = series.published
    ? { fill: GROUND, stroke: color(i), "stroke-width": 1.5 } : { fill: color(i), stroke: GROUND };
  const many = pixels.length > MANY;
  const markers = pixels.map(([x, y], j) =>
    tag("path", { d: marker(i, x, y, many ? 2.5 : 3.5) }, many ? "" : hint(says(j))));
  return tag("g", looks, markers.join(""));
};

/** @param {Series} series @param {number} i @returns {Key} */
const keyOf = (series, i) => ({
  label: labelOf(series),
  sample: (x, y) => lineOf(series, i, d`M${x - 9} ${y}h18`) + markersOf(series, i, [[x, y]], () => labelOf(series)),
});

/** As near to the wanted places as they fit. @param {number[]} wanted @param {number} top @param {number} bottom */
const apart = (wanted, top, bottom) => {
  const order = wanted.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y);
  let free = top;
  for (const each of order) free = (each.y = Math.max(each.y, free)) + LINE;
  free = bottom;
  for (const each of order.reverse()) free = (each.y = Math.min(each.y, free)) - LINE;
  return order;
};

/** @param {Scale} scale @param {number} left @param {number} right */
const leftAxis = ({ at, ticks }, left, right) =>
  stroke(ticks.map((tick) => d`M${left} ${at(tick)}H${right}`).join(""), GRID)
  + ticks.map((tick) => note(left - 6, at(tick) + 4, format(tick), END)).join("");

/** @param {Axis | undefined} axis @param {number} value */
const fits = (axis, value) => Number.isFinite(value) && (axis?.scale !== "log" || value > 0);

/** @type {Kind<Lines>} */
export const lines = ({ series: given, marks = [] }, { width, x: xAxis, y: yAxis }) => {
  const series = given.map((each) =>
    ({ ...each, points: each.points.filter(([x, y]) => fits(xAxis, x) && fits(yAxis, y)) }));
  const points = series.flatMap((each) => each.points);
  const keys = series.length > 1 || series[0]?.published ? series.map(keyOf) : [];
  const room = widest(keys.map(({ label }) => label)) + 40;
  const beside = keys.length > 0 && room < 0.3 * width;
  const key = legend(beside ? [] : keys, width);

  const standing = marks.some((mark) => mark.x !== undefined); // their words have a line of their own
  const top = key.height + (standing ? 2 : 1) * LINE + 4;
  const bottom = top + Math.round(Math.min(220, Math.max(150, 0.42 * width)));
  const levels = marks.flatMap(({ y }) => y ?? []), places = marks.flatMap(({ x }) => x ?? []);
  const y = scaled(yAxis, [...points.map((point) => point[1]), ...levels], bottom, top, 5, true);
  const left = widest(y.ticks.map((tick) => format(tick)), SMALL) + 8, right = width - (beside ? room : 14);
  const x = across(xAxis, [...points.map(([place]) => place), ...places], left + 6, right - 6);

  const curves = series.map((each, i) => {
    const pixels = each.points.map((point) => [x.at(point[0]), y.at(point[1])]);
    return lineOf(each, i, through(pixels, each.kind === "steps")) + markersOf(each, i, pixels, (j) => {
      const [place, value] = each.points[j];
      const where = withUnit(format(place, 3), xAxis?.unit);
      return `${labelOf(each)}: ${withUnit(format(value, 3), yAxis?.unit)} at ${where}`;
    });
  });
  const ends = beside ? apart(series.map((each) => y.at(each.points.at(-1)?.[1] ?? y.max)), top, bottom) : [];
  const lying = marks.map(({ y: level, label }) => {
    if (level === undefined) return "";
    const at = y.at(level);
    return stroke(d`M${left} ${at}H${right}`, INK, { "stroke-dasharray": "2 3" })
      + text(left + 6, at + (at < top + 14 ? 13 : -5), label, HALO);
  });
  const flagged = marks.flatMap(({ x: place, label }) => (place === undefined ? [] : { x: x.at(place), label }));
  return {
    height: bottom + AXIS,
    drawn: key.drawn + note(0, key.height + 10, named(yAxis), { fill: INK }) + leftAxis(y, left, right)
      + bottomAxis(x, left, right, bottom, bottom, xAxis) + curves.join("") + lying.join("")
      + flags(flagged, top - LINE, bottom, right)
      + ends.map(({ y: at, i }) => keys[i].sample(right + 13, at) + text(right + 28, at + 4, keys[i].label)).join(""),
  };
};
