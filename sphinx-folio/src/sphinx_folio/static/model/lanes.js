// @ts-check
// Lanes: who does what, when.

import {
  AXIS, GROUND, LINE, MANY, MIDDLE, SMALL, across, bottomAxis, flags, format, grouping, hint, rowsOf, tag, text,
  widthOf, withUnit,
} from "./plot.js";

/** @import { Kind, Lanes, Span } from "./types" */

/** @type {Kind<Lanes>} */
export const lanes = ({ lanes, groups, marks = [], end }, { width, x: axis, fill }) => {
  const spans = lanes.flatMap((lane) => lane.spans);
  const { key, index, wordsOf } = grouping(groups, spans.map(({ group }) => group), fill, width);
  const thick = lanes.length > 12 ? 14 : 20;
  const rows = rowsOf(lanes.map(({ label }) => label), width, thick, 6);
  const top = key.height + (marks.length ? LINE : 0), bottom = top + rows.height + 4, right = width - 14;
  const ends = [0, ...spans.map((span) => span.end), ...marks.map(({ at }) => at)];
  const time = across({ label: "", ...axis, max: axis?.max ?? end }, ends, rows.left, right);

  let words = "";
  /** @param {Span} span @param {number} y */
  const bar = ({ start, end, group, label }, y) => {
    const x = time.at(start), room = time.at(Math.min(end, time.max)) - x;
    const says = [label, wordsOf(group)].filter(Boolean).join(", ");
    const when = `${format(start, 2)} to ${withUnit(format(end, 2), axis?.unit)}`;
    if (label && widthOf(label, SMALL) < room - 4) words += text(x + room / 2, y + thick / 2 + 4, label);
    const gap = room > 3 ? 1 : 0; // so that two of a kind are two
    return tag("rect", { x, y, width: Math.max(room - gap, 0.3), height: thick, fill: fill(index(group)) },
      spans.length > MANY ? "" : hint(`${says}: ${when}`));
  };
  const drawn = lanes.map(({ spans }, i) =>
    spans.filter(({ start }) => start < time.max).map((span) => bar(span, top + rows.at(i))).join(""));
  return {
    height: bottom + AXIS,
    drawn: key.drawn + bottomAxis(time, rows.left, right, top, bottom, axis) + rows.drawn(top) + drawn.join("")
      + tag("g", { ...MIDDLE, "font-size": SMALL, fill: GROUND }, words)
      + flags(marks.map(({ at, label }) => ({ x: time.at(at), label })), top - LINE, bottom, width),
  };
};
