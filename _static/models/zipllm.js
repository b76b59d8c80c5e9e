// @ts-check
/**
 * How small a fine-tuned language model becomes when its base is stored already: ZipLLM and its codec BitX.
 *
 * Fine-tuned models dominate a hub, and the less fine-tuning has moved the weights of a base, the more of their bits
 * agree with the base's. ZipLLM first drops files and tensors that it has already; of what is left it stores the XOR
 * with the base, where bits that agree become zeros, as two planes of bytes that are compressed apart. A tensor without
 * a base is compressed alone.
 *
 * Here both models are drawn at random, and the planes are measured by their entropy and actually compressed.
 *
 * Sources: the project's page (`PAGE`) and its paper at NSDI '26 (`PAPER`).
 */

import { normal, random } from "./shared/random.js";
import { percent, rounded } from "./shared/words.js";
import { bfloat16, bits, deflate, distance, entropy, histograms, split, widen, xor } from "./zipllm/bitx.js";

const PAGE = "https://ds2-lab.github.io/ZipLLM/";
const PAPER = "https://www.usenix.org/conference/nsdi26/presentation/wang-zirui";

/** What the paper's models take after each stage, in TB (`PAGE`). @type {[string, number][]} */
const STAGES = [["As uploaded", 43.19], ["After file deduplication", 41.8], ["After tensor deduplication", 39.61],
  ["After BitX, or compressed alone", 19.82]];

/** Updates, as shares of the weights' deviation, at which the curve is computed, and from how many weights. */
const SWEEP = [0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.067, 0.1, 0.2, 0.3, 0.5, 0.67, 1, 2, 4];
const SWEEP_COUNT = 2 ** 15;

const COLUMNS = ["sign", ...[7, 6, 5, 4, 3, 2, 1, 0].map((bit) => `exponent ${bit}`),
  ...[6, 5, 4, 3, 2, 1, 0].map((bit) => `mantissa ${bit}`)];

/**
 * @typedef {object} Values
 * @property {number} update deviation of what fine-tuning adds to a weight, σΔ
 * @property {number} weight deviation of the base's weights, σw
 * @property {number} unchanged percent of the tensors that fine-tuning leaves as they are
 * @property {number} count how many weights are drawn @property {number} seed
 *
 * @typedef {import("./zipllm/bitx").Planes<number>} Parts what each plane takes, in percent of a model
 * @typedef {import("./zipllm/bitx").Planes<Float64Array>} Histograms
 */

export const title = "ZipLLM";

export const slow = true; // a million weights take longer than a frame

/** @type {import("../model/types").Parameter[]} */
export const parameters = [
  { name: "update", label: "Change by fine-tuning, σΔ", min: 0, max: 0.02, step: 0.0001, value: 0.0015,
    help: "Standard deviation of what fine-tuning adds to a weight." },
  { name: "weight", label: "Size of the weights, σw", min: 0.005, max: 0.1, step: 0.005, value: 0.02,
    help: "Standard deviation of the base model's weights." },
  { name: "unchanged", label: "Unchanged tensors", unit: "%", min: 0, max: 100, step: 5, value: 0,
    help: "Tensors that fine-tuning leaves as they are: they are stored once, with the base." },
  { name: "count", label: "Weights", min: 2 ** 16, max: 2 ** 20, steps: 4, scale: "log", value: 2 ** 16,
    help: "How many weights are drawn; the more, the steadier the figures." },
  { name: "seed", label: "Seed", min: 1, max: 100, step: 1, value: 1, help: "Another seed draws other weights." },
];

const SHARE = { label: "Share of the weights", unit: "%", min: 0 };
const BYTE = { label: "Byte", min: 0, max: 255 };

/** @type {import("../model/types").View[]} */
export const views = [
  { name: "sizes", kind: "bars", title: "What is stored of the fine-tuned model",
    x: { label: "Share of its size", unit: "%", min: 0, max: 100 } },
  { name: "sweep", kind: "lines", title: "How far apart the two models may be",
    x: { label: "Change by fine-tuning, σΔ/σw", scale: "log" }, y: { label: "Stored, by entropy", unit: "%", min: 0 } },
  { name: "flips", kind: "cells", title: "Which of a weight's 16 bits differ",
    value: { label: "Weights whose bit differs", unit: "%", min: 0, max: 100 } },
  { name: "exponents", kind: "lines", title: "Bytes of the exponents", x: BYTE, y: SHARE },
  { name: "mantissas", kind: "lines", title: "Bytes of sign and mantissa", x: BYTE, y: SHARE },
  { name: "stages", kind: "bars", title: "The paper's 3,048 models, stage by stage",
    x: { label: "Stored", unit: "TB", min: 0 } },
];

/** @type {import("../model/types").Reference[]} */
export const references = [
  { label: "Stored of all models", value: "19.82 of 43.19 TB, 54.1 % less", source: PAGE,
    condition: "3,048 models through all stages; a property of that collection, which no pair of models can predict" },
  { label: "Reduction named by the paper", value: "54 %", source: PAPER, condition: "the same collection" },
  { label: "Kept by the last stage, computed here from 19.82 of 39.61 TB", value: "50.0 %", source: PAGE,
    condition: "pairs and tensors without a base together, so one pair need not meet it" },
];

export const assumptions = [
  "Weights and updates are normally distributed and independent. Their deviations σw and σΔ are ours; "
    + "trained weights have more structure.",
  "The update is added to the base's weights, and the sum rounded to BF16 as they are: to the nearest, ties to even.",
  "Unchanged tensors are found by tensor deduplication and cost nothing. "
    + "What is said of bits and bytes is said of the other tensors.",
  "“By entropy” is what a coder of single bytes needs at least, 0 to 8 bits for each plane.",
  "“Compressed” is DEFLATE, which browsers have. The released code uses zstd at level 3, so its bytes differ.",
  "Compressed alone means that exponents are compressed while sign and mantissa stay as they are, much as in ZipNN.",
  "The base itself is not counted, nor what files add to weights: one base serves all models that descend from it.",
  "How ZipLLM finds a model's base is not modelled. The unrelated model, drawn for itself, shows why it must.",
  "The curve is drawn from the first 32,768 weights.",
  "The 54 % of the paper depend on what its 3,048 models are. They are shown, not computed.",
];

const total = (/** @type {Parts} */ { exponent, mantissa }) => exponent + mantissa;

/** Percents of a model whose planes need so many bits for each weight. @returns {Parts} */
const parts = (/** @type {number} */ exponent, /** @type {number} */ mantissa) =>
  ({ exponent: 100 / 16 * exponent, mantissa: 100 / 16 * mantissa });

const both = (/** @type {Histograms} */ { exponent, mantissa }) => parts(entropy(exponent), entropy(mantissa));
const alone = (/** @type {Histograms} */ { exponent }) => parts(entropy(exponent), 8);

/** Base weights of a deviation. @param {Float32Array} draws @param {number} deviation */
const model = (draws, deviation) => bfloat16(draws.map((draw) => deviation * draw));

/** A base after fine-tuning. @param {Uint16Array} base @param {Float32Array} draws @param {number} deviation */
const tune = (base, draws, deviation) => {
  const from = widen(base);
  return bfloat16(draws.map((draw, i) => from[i] + deviation * draw));
};

/** Normal draws for the base, for its update, and for an unrelated model. @param {Values} values */
const draw = ({ seed, count }) => {
  const next = random(seed);
  const stream = () => new Float32Array(count).map(() => normal(next));
  return { base: stream(), update: stream(), unrelated: stream() };
};

/** The models, as far as tensor deduplication leaves them. @param {Values} values @param {ReturnType<draw>} draws */
const models = ({ weight, update, unchanged, count }, draws) => {
  const left = count - Math.round(count * unchanged / 100);
  const base = model(draws.base.subarray(0, left), weight);
  return {
    base,
    tuned: tune(base, draws.update.subarray(0, left), update),
    unrelated: model(draws.unrelated.subarray(0, left), weight),
  };
};

/** What a pair, and a tensor alone, take along `SWEEP`. @param {ReturnType<draw>} draws @param {number} weight */
const curve = (draws, weight) => {
  const base = model(draws.base.subarray(0, SWEEP_COUNT), weight);
  const update = draws.update.subarray(0, SWEEP_COUNT);
  return SWEEP.map((relative) => {
    const tuned = tune(base, update, relative * weight);
    const pair = histograms(xor(base, tuned));
    return { relative, pair: total(both(pair)), single: total(alone(histograms(tuned))) };
  });
};

/** Where a pair stops being smaller than a tensor alone, between two steps. @param {ReturnType<curve>} points */
const breakEven = (points) => {
  const i = points.findIndex(({ pair, single }) => pair >= single);
  if (i < 1) return null;
  const [gain, loss] = [points[i - 1], points[i]].map(({ pair, single }) => single - pair);
  return points[i - 1].relative * (points[i].relative / points[i - 1].relative) ** (gain / (gain - loss));
};

/** Bytes of a plane once compressed; null where the browser cannot. @param {Uint8Array<ArrayBuffer>} bytes */
const size = async (bytes) => (bytes.length ? (await deflate(bytes))?.length ?? null : 0);

/** Actually compressed bytes of the fine-tuned model alone, and of what differs. */
const compress = async (/** @type {Uint16Array} */ tuned, /** @type {Uint16Array} */ difference) => {
  const { exponent, mantissa } = split(difference);
  const [single, ...pair] = await Promise.all([split(tuned).exponent, exponent, mantissa].map(size));
  return { single: { exponent: single, mantissa: tuned.length }, pair: { exponent: pair[0], mantissa: pair[1] } };
};

/** Everything that is measured of the models. @param {Values} values @param {(fraction: number) => void} progress */
const measure = async (values, progress) => {
  const draws = draw(values);
  progress(0.4);
  const { base, tuned, unrelated } = models(values, draws);
  const difference = xor(base, tuned);
  const planes = {
    single: histograms(tuned), pair: histograms(difference), unrelated: histograms(xor(base, unrelated)),
  };
  const points = curve(draws, values.weight);
  progress(0.7);
  return { planes, points, left: tuned.length / values.count, bytes: await compress(tuned, difference) };
};

/** @typedef {Awaited<ReturnType<typeof measure>>} Measured */

/** The shares of the fine-tuned model that are stored in each way. @param {Values} values @param {Measured} measured */
const sizes = ({ count }, { planes, left, bytes }) => {
  const whole = (/** @type {Parts} */ part) => ({ exponent: left * part.exponent, mantissa: left * part.mantissa });
  const real = (/** @type {{ exponent: number | null, mantissa: number | null }} */ { exponent, mantissa }) =>
    (exponent === null || mantissa === null ? null : parts(8 * exponent / count, 8 * mantissa / count));
  return {
    single: whole(alone(planes.single)), singleReal: real(bytes.single),
    pair: whole(both(planes.pair)), pairReal: real(bytes.pair), unrelated: whole(both(planes.unrelated)),
  };
};

const byPlane = (/** @type {Parts} */ part) => Object.entries(part).map(([group, value]) => ({ group, value }));

/** @param {ReturnType<typeof sizes>} stored @returns {import("../model/types").Bars} */
const bars = ({ single, singleReal, pair, pairReal, unrelated }) => {
  /** @type {[string, Parts | null][]} */
  const named = [["Alone, by entropy", single], ["Alone, compressed", singleReal], ["BitX, by entropy", pair],
    ["BitX, compressed", pairReal], ["BitX with an unrelated model, by entropy", unrelated]];
  return {
    bars: named.flatMap(([label, part]) => (part ? [{ label, parts: byPlane(part) }] : [])),
    groups: [["exponent", "Exponents"], ["mantissa", "Sign and mantissa"]],
  };
};

/** The curve, and where on it these models are. @param {Values} values @param {Measured} measured */
const sweep = ({ update, weight }, { planes, points, left }) => {
  const beyond = breakEven(points);
  const here = {
    label: "These two models", kind: /** @type {const} */ ("points"),
    points: [[update / weight, total(both(planes.pair))]],
  };
  return {
    series: [
      { label: "BitX", points: points.map(({ relative, pair }) => [relative, pair]) },
      { label: "Alone", points: points.map(({ relative, single }) => [relative, single]) },
      ...(left && update ? [here] : []), // the axis is logarithmic
    ],
    marks: beyond ? [{ x: beyond, label: `no gain beyond ${rounded(beyond, 2)}` }] : [],
  };
};

/** Percents of the weights at every byte, of the fine-tuned model alone and of what differs. */
const bytes = (/** @type {Measured["planes"]} */ { single, pair }, /** @type {"exponent" | "mantissa"} */ plane) => {
  const points = (/** @type {Histograms} */ planes) => Array.from(planes[plane], (share, byte) => [byte, 100 * share]);
  return { series: [
    { label: "Alone", points: points(single), kind: /** @type {const} */ ("steps") },
    { label: "XOR with the base", points: points(pair), kind: /** @type {const} */ ("steps") },
  ] };
};

/** How often each bit differs. @param {Measured["planes"]} planes */
const flips = ({ pair, unrelated }) =>
  ({
    rows: ["From the base", "From an unrelated model"], columns: COLUMNS,
    values: [pair, unrelated].map((planes) => bits(planes).map((share) => 100 * share)),
  });

const inPercent = (/** @type {Parts} */ part) => percent(total(part) / 100, 1);

/** @param {ReturnType<typeof sizes>} stored @param {Measured} measured */
const sentence = ({ single, pair, pairReal }, { left, planes }) => {
  if (!left) return "Fine-tuning changed no tensor, so nothing is stored beside the base.";
  const better = total(pair) < total(single) ? "less" : "no less";
  return "Of weights drawn at random, the XOR with the base needs "
    + `${inPercent(pair)} of the fine-tuned model's size, ${better} than the ${inPercent(single)} `
    + `of the model compressed alone`
    + `${pairReal ? `; actually compressed (DEFLATE) it takes ${inPercent(pairReal)}` : ""}. `
    + `On average ${rounded(distance(planes.pair), 2)} of the 16 bits of a `
    + `${left < 1 ? "changed tensor's " : ""}weight differ.`;
};

/**
 * A promise, since browsers compress asynchronously.
 * @param {Values} given @param {(fraction: number) => void} [progress]
 * @returns {Promise<import("../model/types").Result>}
 */
export const run = async (given, progress = () => {}) => {
  const values = { ...given, count: Math.round(given.count) };
  const measured = await measure(values, progress);
  const stored = sizes(values, measured);
  const { single, singleReal, pair, pairReal } = stored;
  const { planes } = measured;
  return {
    says: sentence(stored, measured),
    numbers: [
      { name: "bitx", label: "Stored by BitX, by entropy", value: total(pair), unit: "%", digits: 1 },
      { name: "bitxReal", label: "Stored by BitX, compressed", unit: "%", digits: 1,
        value: pairReal && total(pairReal) },
      { name: "bytes", label: "The same in bytes", unit: "bytes", digits: 0,
        value: pairReal && Math.round(total(pairReal) / 100 * 2 * values.count) },
      { name: "alone", label: "Stored alone, by entropy", value: total(single), unit: "%", digits: 1 },
      { name: "aloneReal", label: "Stored alone, compressed", unit: "%", digits: 1,
        value: singleReal && total(singleReal) },
      { name: "distance", label: "Bit distance to the base", unit: "bits", digits: 2,
        value: distance(planes.pair) },
      { name: "unrelated", label: "Bit distance to an unrelated model", unit: "bits", digits: 2,
        value: measured.left ? distance(planes.unrelated) : null },
      { name: "breakEven", label: "BitX stops gaining at σΔ/σw =", value: breakEven(measured.points), digits: 2 },
    ],
    views: {
      sizes: bars(stored),
      sweep: sweep(values, measured),
      flips: flips(planes),
      exponents: bytes(planes, "exponent"),
      mantissas: bytes(planes, "mantissa"),
      stages: { bars: STAGES.map(([label, value]) => ({ label, value, published: true })) },
    },
  };
};
