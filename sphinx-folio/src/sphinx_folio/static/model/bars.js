// @ts-check
// Bars: a quantity of several things, whole or in parts. What was published is hollow.

import {
  AXIS, GROUND, across, bottomAxis, color, format, grouping, hint, labelOf, rowsOf, tag, text, widest, withUnit,
} from "./plot.js";

/** @import { Bar, Bars, Kind } from "./types" */

const THICK = 18;

/** @param {Bar} bar */
const partsOf = ({ value, parts }) => parts ?? [{ group: "", value: value ?? 0 }];

/** @param {Bar} bar */
export const totalOf = (bar) => partsOf(bar).reduce((sum, { value }) => sum + value, 0);

/** @type {Kind<Bars>} */
export const bars = ({ bars, groups = [] }, { width, x: axis, fill }) => {
  const { key, index, wordsOf } = grouping(groups, bars.flatMap(partsOf).map(({ group }) => group), fill, width);
  const rows = rowsOf(bars.map(labelOf), width, THICK, 8);
  const totals = bars.map((bar) => format(totalOf(bar), 2));
  const top = key.height, bottom = top + rows.height + 2, right = width - widest(totals) - 10;
  const x = across({ label: "", min: 0, ...axis }, [0, ...bars.map(totalOf)], rows.left, right, true);

  /** @param {Bar} each @param {number} i */
  const bar = (each, i) => {
    let sum = 0;
    const y = top + rows.at(i);
    const drawn = partsOf(each).map(({ group, value }) => {
      const start = x.at(sum), room = x.at((sum += value)) - start;
      const looks = each.published
        ? { fill: GROUND, stroke: color(index(group)), "stroke-width": 1.5, "stroke-dasharray": "4 3" }
        : { fill: fill(index(group)) };
      const says = [labelOf(each), wordsOf(group)].filter(Boolean).join(", ");
      return tag("rect", { x: start, y, width: Math.max(room - (room > 3 ? 1 : 0), 0), height: THICK, ...looks },
        hint(`${says}: ${withUnit(format(value, 3), axis?.unit)}`));
    });
    return drawn.join("") + text(x.at(sum) + 6, y + THICK / 2 + 4, totals[i]);
  };
  return {
    height: bottom + AXIS,
    drawn: key.drawn + bottomAxis(x, rows.left, right, top, bottom, axis) + rows.drawn(top) + bars.map(bar).join(""),
  };
};
