// @ts-check
// Bars: a quantity of several things, whole or in parts; published ones are hollow.

import {
  AXIS, GROUND, INK, LINE, NARROW, across, bottomAxis, color, format, hint, legend, named, patch, scaled, tag, text, widest, widthOf,
  withUnit,
} from "./plot.js";

/** @typedef {import("./types").Bars} Bars */

const THICK = 18;

/** @param {Bars["bars"][number]} bar */
const totalOf = ({ value, parts = [] }) => value ?? parts.reduce((sum, part) => sum + part.value, 0);

/** @param {Bars["bars"][number]} bar */
const labelOf = ({ label, published }) => (published ? `${label} (published)` : label);

/** @param {Bars} data @param {import("./charts").Frame} frame */
export const bars = ({ bars, groups = [] }, { width, x: axis, fill }) => {
  const place = new Map(groups.map(([name], i) => [name, i]));
  const names = new Map(groups);
  const used = groups.filter(([name]) => bars.some(({ parts = [] }) => parts.some(({ group }) => group === name)));
  const key = legend(used.map(([name, label]) => ({ label, sample: patch(fill(place.get(name) ?? 0)) })), width);

  const labels = bars.map(labelOf);
  const written = bars.map((bar) => format(totalOf(bar), 2));
  const beside = width >= NARROW && widest(labels) < 0.4 * width;
  const left = beside ? Math.ceil(widest(labels)) + 10 : 0;
  const right = width - Math.ceil(widest(written)) - 10;
  const pitch = THICK + (beside ? 8 : LINE + 6);
  const top = key.height + 2;
  const bottom = top + bars.length * pitch + 2;
  const x = scaled({ min: 0, ...axis, label: "" }, [0, ...bars.map(totalOf)], { from: left, to: right, count: across(right - left), nice: true });

  const bar = (/** @type {Bars["bars"][number]} */ each, /** @type {number} */ i) => {
    const y = top + i * pitch + (beside ? 4 : LINE);
    const name = beside ? text(left - 10, y + THICK / 2 + 4, labels[i], { "text-anchor": "end" }) : text(0, y - 5, labels[i]);
    const parts = each.parts ?? [{ group: "", value: totalOf(each) }];
    let from = 0;
    const drawn = parts.map(({ group, value }) => {
      const start = x.at(from), end = x.at(from += value);
      const looks = each.published ? { fill: GROUND, stroke: color(0), "stroke-width": 1.5, "stroke-dasharray": "4 3" }
        : { fill: fill(place.get(group) ?? 0) };
      const gap = each.parts && end - start > 3 ? 1 : 0;
      return tag("rect", { x: start, y, width: Math.max(end - start - gap, 0), height: THICK, ...looks },
        hint(`${labels[i]}${group ? `, ${names.get(group) ?? group}` : ""}: ${withUnit(format(value, 3), axis?.unit)}`));
    });
    return name + drawn.join("") + text(x.at(from) + 6, y + THICK / 2 + 4, written[i]);
  };
  return {
    height: bottom + AXIS,
    drawn: key.drawn + bottomAxis(x, { left, right, top, bottom, label: named(axis) }) + bars.map(bar).join(""),
    says: `${named(axis)}: ${labels.map((label, i) => `${label} ${written[i]}`).join(", ")}.`,
  };
};
