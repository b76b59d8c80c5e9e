// @ts-check
// Lines: how one quantity follows from another; points, steps, and published series beside them.

import {
  AXIS, FONT, GRID, GROUND, HALO, INK, LINE, MANY, NARROW, across, bottomAxis, color, flags, format, hint, legend, marker, named,
  note, scaled, tag, text, widest, withUnit,
} from "./plot.js";

/** @typedef {import("./types").Lines} Lines */
/** @typedef {Lines["series"][number]} Series */

const DASHES = [undefined, "8 3", "2 2", "8 3 2 3", "14 3", "5 2 1 2"];
const PUBLISHED = "4 3";

/** Beyond this many points markers would be a caterpillar. */
const MARKED = 30;

/** @param {Series} series */
const labelOf = ({ label, published }) => (published ? `${label} (published)` : label);

/** @param {Series} series @param {number} i */
const dash = ({ points, published }, i) => (published ? PUBLISHED : points.length > MARKED ? DASHES[i % DASHES.length] : undefined);

/** The path along points in pixels. @param {number[][]} points @param {string} [kind] */
const along = (points, kind) =>
  points.map(([x, y], i) => `${i === 0 ? "M" : kind === "steps" ? `H${Math.round(x * 10) / 10}L` : "L"}${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`).join("");

/** How a series looks: its line, and its markers. @param {Series} series @param {number} i @param {number[][]} pixels @param {(point: number) => string} says */
const curve = (series, i, pixels, says) => {
  const stroke = { stroke: color(i), "stroke-width": 2, fill: "none", "stroke-linejoin": "round" };
  const line = series.kind === "points" ? "" : tag("path", { d: along(pixels, series.kind), ...stroke, "stroke-dasharray": dash(series, i) });
  if (series.kind !== "points" && (pixels.length > MARKED || series.kind === "steps")) return line;
  const looks = series.published ? { ...stroke, "stroke-width": 1.5, fill: GROUND } : { fill: color(i), stroke: GROUND, "stroke-width": 1 };
  const markers = pixels.length > MANY
    ? tag("path", { d: pixels.map(([x, y]) => marker(i, x, y, 2.5)).join("") })
    : pixels.map(([x, y], point) => tag("path", { d: marker(i, x, y) }, hint(says(point)))).join("");
  return line + tag("g", looks, markers);
};

/** The same in little, for the key. @param {Series} series @param {number} i */
const sample = (series, i) => (/** @type {number} */ x, /** @type {number} */ y) => {
  const line = series.kind === "points" ? "" : curve({ ...series, kind: "steps" }, i, [[x - 9, y], [x + 9, y]], () => "");
  const marked = series.kind === "points" || (series.kind !== "steps" && series.points.length <= MARKED);
  return line + (marked ? curve({ ...series, kind: "points" }, i, [[x, y]], () => "") : "");
};

/** Keys at the right, each as near its line's end as the others allow. @param {{y: number, key: (y: number) => string}[]} keys
 * @param {number} top @param {number} bottom */
const atEnds = (keys, top, bottom) => {
  const sorted = [...keys].sort((a, b) => a.y - b.y);
  const places = /** @type {number[]} */ ([]);
  sorted.forEach(({ y }, i) => places.push(Math.max(y, top, (places[i - 1] ?? -Infinity) + LINE)));
  for (let i = places.length - 1, free = bottom; i >= 0; i -= 1, free -= LINE) {
    places[i] = Math.min(places[i], free);
    free = places[i];
  }
  return sorted.map(({ key }, i) => key(places[i])).join("");
};

/** Horizontal lines at the ticks, and their numbers at the left. @param {import("./plot.js").Scale} scale */
const leftAxis = ({ at, ticks }, /** @type {number} */ left, /** @type {number} */ right) =>
  tag("path", { d: ticks.map((tick) => `M${left} ${Math.round(at(tick) * 10) / 10}H${right}`).join(""), stroke: GRID })
  + ticks.map((tick) => note(left - 6, at(tick) + 4, format(tick), { "text-anchor": "end" })).join("");

/** @param {Lines} data @param {import("./charts").Frame} frame */
export const lines = ({ series: given, marks = [] }, { width, x: xAxis, y: yAxis }) => {
  const positive = (/** @type {number[]} */ [x, y]) => (xAxis?.scale !== "log" || x > 0) && (yAxis?.scale !== "log" || y > 0);
  const series = given.map((each) =>
    ({ ...each, points: each.points.filter((point) => point.every(Number.isFinite) && positive(point)) }));
  const labels = series.map(labelOf);
  const single = series.length < 2 && !series[0]?.published;
  const beside = !single && width >= NARROW && widest(labels) < 0.34 * width;
  const keys = series.map((each, i) => ({ label: labels[i], sample: sample(each, i) }));
  const key = beside || single ? { drawn: "", height: 0 } : legend(keys, width);

  const points = series.flatMap((each) => each.points);
  const ys = [...points.map((point) => point[1]), ...marks.flatMap(({ y }) => y ?? [])];
  const top = key.height + (yAxis ? LINE + 4 : 8);
  const bottom = top + Math.round(Math.min(220, Math.max(150, 0.42 * width)));
  const y = scaled(yAxis, ys, { from: bottom, to: top, count: 5, nice: true });
  const left = Math.ceil(widest(y.ticks.map((tick) => format(tick)), 11)) + 8;
  const right = width - (beside ? Math.ceil(widest(labels)) + 40 : 14);
  const xs = [...points.map((point) => point[0]), ...marks.flatMap(({ x }) => x ?? [])];
  const x = scaled(xAxis, xs, { from: left + 6, to: right - 6, count: across(right - left) });

  const says = (/** @type {Series} */ each, /** @type {string} */ label) => (/** @type {number} */ i) =>
    `${label}: ${withUnit(format(each.points[i][1], 3), yAxis?.unit)} at ${withUnit(format(each.points[i][0], 3), xAxis?.unit)}`;
  const curves = series.map((each, i) =>
    curve(each, i, each.points.map((point) => [x.at(point[0]), y.at(point[1])]), says(each, labels[i])));
  const ends = series.map((each, i) => ({
    y: each.points.length ? y.at(each.points[each.points.length - 1][1]) : top,
    key: (/** @type {number} */ at) => keys[i].sample(right + 13, at) + text(right + 28, at + 4, labels[i]),
  }));
  const levels = marks.filter((mark) => mark.y !== undefined).map(({ y: level = 0, label }) =>
    tag("path", { d: `M${left} ${Math.round(y.at(level) * 10) / 10}H${right}`, stroke: INK, "stroke-dasharray": "2 3" })
    + text(left + 6, y.at(level) - 5, label, HALO));
  const verticals = marks.filter((mark) => mark.x !== undefined).map(({ x: place = 0, label }) => ({ x: x.at(place), label }));
  return {
    height: bottom + AXIS,
    drawn: key.drawn + (yAxis ? text(0, key.height + 10, named(yAxis), { "font-size": 11 }) : "")
      + leftAxis(y, left, right) + bottomAxis(x, { left, right, top, bottom, label: named(xAxis), grid: false })
      + curves.join("") + levels.join("") + flags(verticals, { top, bottom, right }) + (beside ? atEnds(ends, top, bottom) : ""),
    says: `${named(yAxis)} over ${named(xAxis)}: ${labels.join(", ")}.`,
  };
};
