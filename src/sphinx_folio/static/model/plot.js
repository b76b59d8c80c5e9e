// @ts-check
// What all kinds of charts are drawn with. A drawing is text, made without a browser's help, so that it is the same
// everywhere. Its colors are the variables --model-1 … --model-8, --model-ink, --model-muted, --model-grid, --model-ground.

/** @typedef {import("./types").Axis} Axis */
/** @typedef {Record<string, string | number | undefined>} Attributes */

export const INK = "var(--model-ink)";
export const MUTED = "var(--model-muted)";
export const GRID = "var(--model-grid)";
export const GROUND = "var(--model-ground)";

export const FONT = 12; // pixels
const SMALL = 11;
export const LINE = 18; // pixels from one line of text to the next

/** Below this width labels stand above what they name, not beside it. */
export const NARROW = 480;

/** Beyond this many marks, none tells its values when it is pointed at: the table has them. */
export const MANY = 400;

const PALETTE = 8;

/** The color of the group, or the series, with this index. @param {number} index */
export const color = (index) => `var(--model-${(index % PALETTE) + 1})`;

/** @param {unknown} text */
export const escape = (text) => String(text).replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

/** A number as people read it. @param {number} value */
export const format = (value, digits = 6) =>
  value.toLocaleString("en", Math.abs(value) < 1 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: digits })
    .replace("-", "−");

/** The words of an axis: “Time (ms)”. @param {Axis | undefined} axis */
export const named = (axis) => (axis ? `${axis.label}${axis.unit ? ` (${axis.unit})` : ""}` : "");

/** A value with its unit: “45 ms”, “3.49×”. @param {string | undefined} unit */
export const withUnit = (/** @type {string} */ value, unit) =>
  unit ? `${value}${unit === "×" ? "" : "\u00a0"}${unit}` : value;

/** An element; its attributes' numbers are rounded to tenths of a pixel. @param {string} name @param {Attributes} attributes */
export const tag = (name, attributes, content = "") => {
  const written = Object.entries(attributes).filter(([, value]) => value !== undefined).map(([key, value]) =>
    ` ${key}="${typeof value === "number" ? Math.round(value * 10) / 10 : escape(value)}"`);
  return `<${name}${written.join("")}${content ? `>${content}</${name}>` : "/>"}`;
};

/** What a mark says when it is pointed at. @param {string} words */
export const hint = (words) => `<title>${escape(words)}</title>`;

/** @param {number} x @param {number} y @param {string} words @param {Attributes} [attributes] */
export const text = (x, y, words, attributes = {}) => tag("text", { x, y, ...attributes }, escape(words));

/** Small and quiet: what stands at ticks. @param {number} x @param {number} y @param {string} words @param {Attributes} [attributes] */
export const note = (x, y, words, attributes = {}) =>
  text(x, y, words, { "font-size": SMALL, fill: MUTED, ...attributes });

/** Legible on anything. */
export const HALO = { stroke: GROUND, "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round" };

/** How wide a text is at most, judged by the widest of the common fonts. @param {string} words */
export const widthOf = (words, size = FONT) => {
  const narrow = words.match(/[ iljtfrI.,:;'|!()[\]-]/g)?.length ?? 0;
  const wide = words.match(/[mwMW@%—…×→]/g)?.length ?? 0;
  return size * (0.64 * words.length - 0.26 * narrow + 0.28 * wide);
};

/** The room that the longest needs. @param {string[]} labels */
export const widest = (labels, size = FONT) => Math.max(0, ...labels.map((label) => widthOf(label, size)));

// ---- Textures: color is never the only thing that tells groups apart

const SLASH = "M-1 1 1-1M0 6 6 0M5 7 7 5";
const BACKSLASH = "M-1 5 1 7M0 0 6 6M5-1 7 1";
const TEXTURES = ["", SLASH, "M1.5 1.5h.01M4.5 4.5h.01", BACKSLASH, "M3 0v6", "M0 3h6", `${SLASH}${BACKSLASH}`, "M3 0v6M0 3h6"];

/** What fills the shapes of a drawing; `defs` are the textures used, named by the drawing's own id. @param {string} id */
export const filling = (id) => {
  const used = /** @type {Set<number>} */ (new Set());
  const fill = (/** @type {number} */ index) => {
    if (!TEXTURES[index % PALETTE]) return color(index);
    used.add(index % PALETTE);
    return `url(#${id}-${(index % PALETTE) + 1})`;
  };
  const texture = (/** @type {number} */ index) => {
    const lines = { d: TEXTURES[index], stroke: GROUND, "stroke-opacity": ".5", "stroke-linecap": index === 2 ? "round" : undefined };
    const drawn = tag("rect", { width: 6, height: 6, fill: color(index) }) + tag("path", { ...lines, "stroke-width": index === 2 ? 2 : 1 });
    return tag("pattern", { id: `${id}-${index + 1}`, width: 6, height: 6, patternUnits: "userSpaceOnUse" }, drawn);
  };
  const defs = () => (used.size ? `<defs>${[...used].sort().map(texture).join("")}</defs>` : "");
  return { fill, defs };
};

/** A marker around a point: circle, square, triangle, diamond, plus, cross, by its index. @returns {string} a path */
export const marker = (/** @type {number} */ index, /** @type {number} */ x, /** @type {number} */ y, r = 3.5) => {
  const at = (/** @type {number[]} */ ...corners) =>
    `M${corners.map((offset, i) => Math.round(((i % 2 ? y : x) + offset * r) * 10) / 10).join(" ")}z`;
  const shapes = [
    () => `M${Math.round((x - r) * 10) / 10} ${Math.round(y * 10) / 10}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`,
    () => at(-0.9, -0.9, 0.9, -0.9, 0.9, 0.9, -0.9, 0.9),
    () => at(0, -1.2, 1.15, 0.85, -1.15, 0.85),
    () => at(0, -1.35, 1.35, 0, 0, 1.35, -1.35, 0),
    () => at(-0.4, -1.2, 0.4, -1.2, 0.4, -0.4, 1.2, -0.4, 1.2, 0.4, 0.4, 0.4, 0.4, 1.2, -0.4, 1.2, -0.4, 0.4, -1.2, 0.4, -1.2, -0.4, -0.4, -0.4),
    () => at(0, 1.15, -1.15, -0.85, 1.15, -0.85),
  ];
  return shapes[index % shapes.length]();
};

// ---- Scales

/** The step of about so many ticks: 1, 2 or 5 times a power of ten. @param {number} span @param {number} count */
const stepOf = (span, count) => {
  const raw = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(raw));
  return power * ([1, 2, 5].find((factor) => factor * power >= raw * 0.999) ?? 10);
};

/** @param {number} min @param {number} max @param {number} step */
const multiples = (min, max, step) => {
  const first = Math.ceil(min / step - 1e-9), last = Math.floor(max / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
};

/** Powers of ten, as few as asked for; below two decades 1, 2 and 5 of each. @param {number} min @param {number} max @param {number} count */
const decades = (min, max, count) => {
  const within = (/** @type {number} */ value) => value >= min * 0.999 && value <= max * 1.001;
  const low = Math.floor(Math.log10(min)), high = Math.ceil(Math.log10(max));
  const factors = high - low <= 2 && count > 3 ? [1, 2, 5] : [1];
  const every = factors.length > 1 ? 1 : Math.max(1, Math.ceil((high - low) / Math.max(1, count)));
  const found = [];
  for (let power = low; power <= high; power += every)
    found.push(...factors.map((factor) => Number((factor * 10 ** power).toPrecision(3))).filter(within));
  return found.length > 1 ? found : multiples(min, max, stepOf(max - min, count));
};

/**
 * From values to pixels. What the axis leaves open the values decide; with `nice` the ends are then ticks.
 * @param {Axis | undefined} axis @param {number[]} values @param {{from: number, to: number, count: number, nice?: boolean}} room
 */
export const scaled = (axis, values, { from, to, count, nice = false }) => {
  const log = axis?.scale === "log";
  const seen = values.filter((value) => Number.isFinite(value) && (!log || value > 0));
  const least = seen.reduce((a, b) => Math.min(a, b), Infinity), most = seen.reduce((a, b) => Math.max(a, b), -Infinity);
  let min = axis?.min ?? (Number.isFinite(least) ? least : 0);
  let max = axis?.max ?? Math.max(min, most);
  if (log) min = min > 0 ? min : max / 1000;
  if (max <= min) [min, max] = log ? [min / 2, min * 2] : [axis?.min ?? min - (nice ? 1 : 0), min + 1];
  // Steps, nodes, windows: nothing between two whole numbers would mean anything.
  const whole = !log && max - min > 1 && seen.every(Number.isInteger) ? 1 : 0;
  const step = Math.max(whole, stepOf(max - min, count));
  if (nice && !log) {
    if (axis?.max === undefined) max = Math.ceil(max / step - 1e-9) * step;
    if (axis?.min === undefined) min = Math.floor(min / step + 1e-9) * step;
  }
  const part = log ? (/** @type {number} */ value) => Math.log(value / min) / Math.log(max / min)
    : (/** @type {number} */ value) => (value - min) / (max - min);
  const ticks = log ? decades(min, max, count) : multiples(min, max, step);
  return { at: (/** @type {number} */ value) => from + part(value) * (to - from), ticks, min, max, log };
};

/** @typedef {ReturnType<typeof scaled>} Scale */

/** How many ticks there is room for in a width. @param {number} width */
export const across = (width) => Math.max(2, Math.floor(width / 80));

/** Ticks along the bottom with the axis's words below them. @param {Scale} scale
 * @param {{left: number, right: number, top: number, bottom: number, label: string, grid?: boolean}} place */
export const bottomAxis = ({ at, ticks }, { left, right, top, bottom, label, grid = true }) => {
  const lines = ticks.map((tick) => `M${Math.round(at(tick) * 10) / 10} ${grid ? top : bottom}V${bottom + 4}`).join("");
  let free = -Infinity;
  const words = ticks.map((tick) => {
    const half = widthOf(format(tick), SMALL) / 2;
    if (at(tick) - half < free) return "";
    free = at(tick) + half + 6;
    return note(at(tick), bottom + 16, format(tick), { "text-anchor": "middle" });
  });
  return tag("path", { d: lines, stroke: GRID }) + tag("path", { d: `M${left} ${bottom}H${right}`, stroke: MUTED })
    + words.join("") + note(right, bottom + 33, label, { "text-anchor": "end", fill: INK });
};

/** The height that `bottomAxis` needs. */
export const AXIS = 38;

// ---- Legends

/** One key after the other, in as many rows as they need. The sample is drawn in a box 18 wide around the given middle.
 * @param {{label: string, sample: (x: number, y: number) => string}[]} keys @param {number} width */
export const legend = (keys, width) => {
  let x = 0, y = 0, drawn = "";
  for (const { label, sample } of keys) {
    const needed = 24 + widthOf(label);
    if (x > 0 && x + needed > width) [x, y] = [0, y + LINE];
    drawn += sample(x + 9, y + 8) + text(x + 24, y + 12, label);
    x += needed + 14;
  }
  return { drawn, height: keys.length ? y + LINE + 6 : 0 };
};

/** The key of a group: a patch of its fill. @param {string} fill */
export const patch = (fill) => (/** @type {number} */ x, /** @type {number} */ y) =>
  tag("rect", { x: x - 8, y: y - 6, width: 16, height: 12, rx: 2, fill });

/** Words that begin at a place, or end there where they would leave the room. @param {number} x @param {number} right @param {string} words */
export const anchored = (x, right, words, gap = 5) =>
  (x + gap + widthOf(words) <= right ? { x: x + gap, "text-anchor": undefined } : { x: x - gap, "text-anchor": "end" });

/** Vertical lines with words above them, lowered where they would run into each other.
 * @param {{x: number, label: string}[]} marks @param {{top: number, bottom: number, right: number}} place */
export const flags = (marks, { top, bottom, right }) => {
  const ends = /** @type {number[]} */ ([]); // of the words in each row
  return [...marks].sort((a, b) => a.x - b.x).map(({ x, label }) => {
    const place = anchored(x, right, label);
    const start = place["text-anchor"] ? place.x - widthOf(label) : place.x;
    const found = ends.findIndex((end) => end < start);
    const row = found < 0 ? ends.length : found;
    ends[row] = start + widthOf(label) + 8;
    return tag("path", { d: `M${Math.round(x * 10) / 10} ${top}V${bottom}`, stroke: INK, "stroke-dasharray": "2 3" })
      + text(place.x, top + 10 + row * 15, label, { "text-anchor": place["text-anchor"], ...HALO });
  }).join("");
};
