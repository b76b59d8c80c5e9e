// @ts-check
// Lanes: who does what, when. Time runs to the right; each lane is one who does it.

import {
  AXIS, FONT, GROUND, INK, LINE, MANY, NARROW, across, bottomAxis, flags, format, hint, legend, patch, scaled, tag, text, widest,
  widthOf, withUnit,
} from "./plot.js";

/** @typedef {import("./types").Lanes} Lanes */
/** @typedef {Lanes["lanes"][number]["spans"][number]} Span */

/** What is written in a span, if it fits. @param {Span} span @param {number} x @param {number} y @param {number} width */
const inside = ({ label }, x, y, width) =>
  label && widthOf(label, 11) < width - 4
    ? text(x + width / 2, y, label, { "text-anchor": "middle", "font-size": 11, fill: GROUND })
    : "";

/** @param {Lanes} data @param {import("./charts").Frame} frame */
export const lanes = ({ lanes, groups, marks = [], end }, { width, x: axis, fill }) => {
  const spans = lanes.flatMap((lane) => lane.spans);
  const names = new Map(groups);
  const place = new Map(groups.map(([name], i) => [name, i]));
  const used = groups.filter(([name]) => spans.some(({ group }) => group === name));
  const key = legend(used.map(([name, label]) => ({ label, sample: patch(fill(place.get(name) ?? 0)) })), width);

  const labels = lanes.map(({ label }) => label);
  const beside = width >= NARROW && widest(labels) < 0.35 * width;
  const left = beside ? Math.ceil(widest(labels)) + 10 : 0;
  const right = width - 14;
  const thick = lanes.length > 12 ? 14 : lanes.length > 6 ? 18 : 22;
  const pitch = thick + (beside ? 6 : LINE + 6);
  const top = key.height + (marks.length ? LINE : 0);
  const bottom = top + lanes.length * pitch;
  const ends = [...spans.map((span) => span.end), ...marks.map(({ at }) => at)];
  const time = scaled({ ...axis, label: "", max: axis?.max ?? end }, [0, ...ends], { from: left, to: right, count: across(right - left) });

  const span = (/** @type {Span} */ each, /** @type {number} */ y) => {
    const from = time.at(each.start), to = time.at(Math.min(each.end, time.max));
    const gap = to - from > 3 ? 1 : 0; // so that two of a kind are two
    const says = `${each.label ? `${each.label}, ` : ""}${names.get(each.group) ?? each.group}: `
      + `${format(each.start, 2)} to ${withUnit(format(each.end, 2), axis?.unit)}`;
    return tag("rect", { x: from, y, width: Math.max(to - from - gap, 0.3), height: thick },
      spans.length > MANY ? "" : hint(says)) + inside(each, from, y + thick / 2 + 4, to - from);
  };
  const lane = (/** @type {Lanes["lanes"][number]} */ { label, spans: own }, /** @type {number} */ i) => {
    const y = top + i * pitch + (beside ? 3 : LINE);
    const name = beside ? text(left - 10, y + thick / 2 + 4, label, { "text-anchor": "end" }) : text(0, y - 5, label);
    const drawn = used.map(([group]) => {
      const shown = own.filter((each) => each.group === group && each.start < time.max);
      return shown.length ? tag("g", { fill: fill(place.get(group) ?? 0) }, shown.map((each) => span(each, y)).join("")) : "";
    });
    return name + drawn.join("");
  };
  return {
    height: bottom + 4 + AXIS,
    drawn: key.drawn
      + bottomAxis(time, { left, right, top, bottom: bottom + 4, label: axis ? axis.label + (axis.unit ? ` (${axis.unit})` : "") : "" })
      + lanes.map(lane).join("")
      + flags(marks.map(({ at, label }) => ({ x: time.at(at), label })), { top: top - LINE, bottom: bottom + 4, right: width }),
    says: `${lanes.length} lanes: ${labels.join(", ")}.`,
  };
};
