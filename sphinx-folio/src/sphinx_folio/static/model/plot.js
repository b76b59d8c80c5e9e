// @ts-check
// What all charts are drawn with. A drawing is text, made without a browser's help, so that it is the same everywhere.

/** @import { Axis, Key, Plot } from "./types" */

export const INK = "var(--model-ink)";
export const MUTED = "var(--model-muted)";
export const GRID = "var(--model-grid)";
export const GROUND = "var(--model-ground)";

export const FONT = 12; // pixels
export const SMALL = 11;
export const LINE = 18; // from one line of text to the next

/** With more marks, none tells its values when it is pointed at. */
export const MANY = 400;

const COLORS = 8;

/** The color of the group or series with this index. @param {number} index */
export const color = (index) => `var(--model-${(index % COLORS) + 1})`;

// ---- Words

/** @param {unknown} text */
export const escape = (text) => String(text).replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

const small = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });
const large = [0, 1, 2, 3, 4, 5, 6].map((digits) => new Intl.NumberFormat("en", { maximumFractionDigits: digits }));

/** A number as people read it. @param {number} value @param {number} [digits] at most, after the point */
export const format = (value, digits = 6) =>
  (Math.abs(value) < 1 ? small : large[digits]).format(value).replace("-", "−");

/** “45 ms”, “3.49×”. @param {string} value @param {string} [unit] */
export const withUnit = (value, unit) => (unit ? `${value}${unit === "×" ? "" : "\u00a0"}${unit}` : value);

/** “Time (ms)”. @param {Axis} [axis] */
export const named = (axis) => (axis ? `${axis.label}${axis.unit ? ` (${axis.unit})` : ""}` : "");

/** @param {{label: string, published?: boolean}} thing */
export const labelOf = ({ label, published }) => (published ? `${label} (published)` : label);

/** How wide a text is at most, judged by the widest of the common fonts. @param {string} words */
export const widthOf = (words, size = FONT) => {
  const narrow = words.match(/[ iljtfrI.,:;'|!()[\]-]/g)?.length ?? 0;
  const wide = words.match(/[mwMW@%—…×→]/g)?.length ?? 0;
  return size * (0.64 * words.length - 0.26 * narrow + 0.28 * wide);
};

/** @param {string[]} labels */
export const widest = (labels, size = FONT) => Math.ceil(Math.max(0, ...labels.map((label) => widthOf(label, size))));

// ---- Elements

/** Tenths of a pixel are seen, not more. @param {number} number */
const px = (number) => Math.round(number * 10) / 10;

/** @type {Plot["tag"]} */
export const tag = (name, attributes, content = "") => {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === "number" ? px(value) : escape(value)}"`);
  return `<${name}${written.join("")}${content ? `>${content}</${name}>` : "/>"}`;
};

/** A path's data: d`M${x} ${y}`. @param {TemplateStringsArray} strings @param {number[]} numbers */
export const d = (strings, ...numbers) => String.raw(strings, ...numbers.map(px));

/** @type {Plot["stroke"]} */
export const stroke = (data, color, attributes) => tag("path", { d: data, fill: "none", stroke: color, ...attributes });

/** What a mark says when it is pointed at. @param {string} words */
export const hint = (words) => `<title>${escape(words)}</title>`;

export const END = { "text-anchor": "end" };
export const MIDDLE = { "text-anchor": "middle" };

/** Legible on anything. */
export const HALO = { stroke: GROUND, "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round" };

/** @type {Plot["text"]} */
export const text = (x, y, words, attributes) => tag("text", { x, y, ...attributes }, escape(words));

/** What stands at ticks. @type {Plot["text"]} */
export const note = (x, y, words, attributes) => text(x, y, words, { "font-size": SMALL, fill: MUTED, ...attributes });

const SLASH = "M-1 1 1-1M0 6 6 0M5 7 7 5";
const BACKSLASH = "M-1 5 1 7M0 0 6 6M5-1 7 1";
const TEXTURES = ["", SLASH, "M1 1.5h1M4 4.5h1", BACKSLASH, "M3 0v6", "M0 3h6", SLASH + BACKSLASH, "M3 0v6M0 3h6"];

/** What fills shapes; `defs` are the textures used. @param {string} id */
export const filling = (id) => {
  /** @type {Set<number>} */
  const used = new Set();
  const fill = (/** @type {number} */ index) => {
    if (!TEXTURES[index % COLORS]) return color(index);
    used.add(index % COLORS);
    return `url(#${id}-${(index % COLORS) + 1})`;
  };
  const texture = (/** @type {number} */ index) => {
    const box = { width: 6, height: 6 };
    const lines = stroke(TEXTURES[index], GROUND, { "stroke-opacity": 0.4 });
    return tag("pattern", { id: `${id}-${index + 1}`, patternUnits: "userSpaceOnUse", ...box },
      tag("rect", { ...box, fill: color(index) }) + lines);
  };
  return { fill, defs: () => (used.size ? tag("defs", {}, [...used].sort().map(texture).join("")) : "") };
};

/** Of markers, in radii: square, triangle, diamond, hourglass, triangle on its tip. */
const CORNERS = [
  [-0.9, -0.9, 0.9, -0.9, 0.9, 0.9, -0.9, 0.9],
  [0, -1.2, 1.15, 0.85, -1.15, 0.85],
  [0, -1.35, 1.35, 0, 0, 1.35, -1.35, 0],
  [-1, -1.2, 1, -1.2, -1, 1.2, 1, 1.2],
  [0, 1.2, -1.15, -0.85, 1.15, -0.85],
];

/** A path around a point. @type {Plot["marker"]} */
export const marker = (index, x, y, r = 3.5) => {
  const shape = index % (CORNERS.length + 1);
  if (!shape) return d`M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
  return `M${CORNERS[shape - 1].map((offset, i) => px((i % 2 ? y : x) + offset * r)).join(" ")}z`;
};

// ---- Scales

/** 1, 2 or 5 times a power of ten, about so many times in a span. @param {number} span @param {number} count */
const stepOf = (span, count) => {
  const power = 10 ** Math.floor(Math.log10(span / count));
  return power * ([1, 2, 5].find((factor) => factor * power * count >= span * 0.999) ?? 10);
};

/** @type {Plot["ticks"]} */
const multiples = (min, max, step) => {
  const first = Math.ceil(min / step - 1e-9);
  const length = Math.floor(max / step + 1e-9) - first + 1;
  return Array.from({ length }, (_, i) => Number(((first + i) * step).toPrecision(12)));
};

/** Powers of ten; of few of them also the double and fivefold. @type {Plot["ticks"]} */
const decades = (min, max, count) => {
  const low = Math.floor(Math.log10(min)), high = Math.ceil(Math.log10(max));
  const factors = (high - low) * 3 <= count + 2 ? [1, 2, 5] : [1];
  const powers = multiples(low, high, Math.ceil((high - low) / (count + 1)));
  const ticks = powers.flatMap((power) => factors.map((factor) => Number(`${factor}e${power}`)));
  const within = ticks.filter((tick) => tick >= min * 0.999 && tick <= max * 1.001);
  return within.length > 1 ? within : multiples(min, max, stepOf(max - min, count));
};

/** What the axis leaves open is decided by the values, and with `nice` by the ticks. @type {Plot["scaled"]} */
export const scaled = (axis, values, from, to, count, nice = false) => {
  const log = axis?.scale === "log";
  let min = axis?.min ?? values.reduce((a, b) => Math.min(a, b), Infinity);
  let max = axis?.max ?? values.reduce((a, b) => Math.max(a, b), -Infinity);
  if (!Number.isFinite(min + max)) [min, max] = [log ? 1 : 0, 10];
  if (max <= min) max = log ? 2 * min : min + 1;
  // Between two steps, nodes or windows there is nothing.
  const whole = max - min > 1 && values.every(Number.isInteger) ? 1 : 0;
  const step = Math.max(whole, stepOf(max - min, count));
  if (nice && !log) {
    min = axis?.min ?? Math.floor(min / step + 1e-9) * step;
    max = axis?.max ?? Math.ceil(max / step - 1e-9) * step;
  }
  const part = (/** @type {number} */ value) =>
    (log ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min));
  const ticks = log ? decades(min, max, count) : multiples(min, max, step);
  return { at: (value) => from + part(value) * (to - from), ticks, max };
};

/** A scale that lies. @type {Plot["across"]} */
export const across = (axis, values, from, to, nice = false) =>
  scaled(axis, values, from, to, Math.max(2, Math.floor((to - from) / 60)), nice);

/** The height that `bottomAxis` needs. */
export const AXIS = 36;

/** Ticks along the bottom, with lines up to the top, and the axis's words. @type {Plot["bottomAxis"]} */
export const bottomAxis = ({ at, ticks }, left, right, top, bottom, axis) => {
  let free = 0;
  const words = ticks.map((tick) => {
    const half = widthOf(format(tick), SMALL) / 2, x = Math.min(Math.max(half, at(tick)), right + 14 - half);
    if (x - half < free) return "";
    free = x + half + 6;
    return note(x, bottom + 15, format(tick), MIDDLE);
  });
  return stroke(ticks.map((tick) => d`M${at(tick)} ${top}V${bottom + 4}`).join(""), GRID)
    + stroke(d`M${left} ${bottom}H${right}`, MUTED) + words.join("")
    + note(right, bottom + 31, named(axis), { ...END, fill: INK });
};

// ---- Labels

/** One key after the other, in as many lines as they need. @type {Plot["legend"]} */
export const legend = (keys, width) => {
  let x = 0, y = 0, drawn = "";
  for (const { label, sample } of keys) {
    const needed = 24 + widthOf(label);
    if (x && x + needed > width) [x, y] = [0, y + LINE];
    drawn += sample(x + 9, y + 8) + text(x + 24, y + 12, label);
    x += needed + 14;
  }
  return { drawn, height: keys.length ? y + LINE + 6 : 0 };
};

/** @param {string} fill @returns {Key["sample"]} */
const patch = (fill) => (x, y) => tag("rect", { x: x - 8, y: y - 6, width: 16, height: 12, rx: 2, fill });

/** Indices and words by a group's name, and the legend of those groups that are there. @type {Plot["grouping"]} */
export const grouping = (groups, there, fill, width) => {
  const names = new Map(groups), present = new Set(there);
  const keys = groups.flatMap(([name, label], i) => (present.has(name) ? { label, sample: patch(fill(i)) } : []));
  return {
    index: (group) => Math.max(0, groups.findIndex(([name]) => name === group)),
    key: legend(keys, width),
    wordsOf: (group) => names.get(group) ?? group,
  };
};

/** Rows with their labels: beside them where there is room, else above. @type {Plot["rowsOf"]} */
export const rowsOf = (labels, width, thick, gap) => {
  const left = widest(labels) + 10;
  const beside = left < 0.35 * width;
  const pitch = thick + gap + (beside ? 0 : LINE);
  const every = beside ? Math.ceil(13 / pitch) : 1;
  const at = (/** @type {number} */ i) => i * pitch + (beside ? gap / 2 : LINE);
  return {
    left: beside ? left : 0, at, height: labels.length * pitch,
    drawn: (top) => labels.map((label, i) => {
      if (i % every) return "";
      return beside ? text(left - 10, top + at(i) + thick / 2 + 4, label, END) : text(0, top + at(i) - 5, label);
    }).join(""),
  };
};

/** Words beside places, or before them where there is no room, and a `step` on where they would meet.
 * @type {Plot["beside"]} */
export const beside = (places, right) => {
  /** @type {number[][]} */
  const taken = [];
  return places.map(({ x, y, gap, label, step }) => {
    const length = widthOf(label), before = x + gap + length > right, start = before ? x - gap - length : x + gap;
    while (taken.some(([from, to, line]) => Math.abs(line - y) < 14 && from < start + length + 6 && start < to + 6))
      y += step;
    taken.push([start, start + length, y]);
    return text(before ? x - gap : x + gap, y, label, { ...(before ? END : {}), ...HALO });
  }).join("");
};

/** Vertical lines with words at their tops. @type {Plot["flags"]} */
export const flags = (marks, top, bottom, right) =>
  stroke(marks.map(({ x }) => d`M${x} ${top}V${bottom}`).join(""), INK, { "stroke-dasharray": "2 3" })
  + beside(marks.map(({ x, label }) => ({ x, y: top + 10, gap: 5, label, step: 15 })), right);
