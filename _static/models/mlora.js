// @ts-check
/**
 * Why GPUs in a pipeline stand idle while one adapter is fine-tuned, and what training several at once does about it.
 *
 * A model too large for one GPU is cut into stages. GPipe and 1F1B send the micro-batches of one mini-batch through
 * them and let the pipeline run empty before the next, for it needs the update of this one. LoRAPP, mLoRA's
 * scheduler, fills the gaps with the mini-batches of other LoRA adapters, which do not depend on each other.
 * BatchLoRA, its other half, starts the small computations of several adapters as one.
 *
 * Source: the mLoRA paper (`PAPER`). The pipeline itself is in `mlora/pipeline.js`.
 */

import { simulate } from "./mlora/pipeline.js";
import { many, percent } from "./shared/words.js";

const PAPER = "https://github.com/TUDB-Labs/mLoRA/blob/main/docs/mlora_paper.pdf";
const MOST = 8;
const BATCHES = 16;

/** Between the ends of these mini-batches of the first adapter idle time is measured: the pipeline repeats itself. */
const MEASURED = [1, 3];

/** What BatchLoRA saves at most on a single GPU, in percent, for models of which launches take a share (`PAPER`). */
const LAUNCHED = [
  { size: "1.1B", share: 0.1, most: 8 }, { size: "7B", share: 0.075, most: 5 }, { size: "13B", share: 0.04, most: 2 },
];

/**
 * @typedef {object} Values
 * @property {string} schedule @property {number} stages D @property {number} adapters L
 * @property {number} micro N of LoRAPP @property {number} baseline N of GPipe and 1F1B
 * @property {number} backward @property {number} communication times, where a forward pass takes 1
 * @property {boolean} overlap @property {number} launch f @property {number} batch k
 */

export const title = "mLoRA";

/** @type {import("../model/types").Parameter[]} */
export const parameters = [
  { name: "schedule", label: "Schedule", value: "lorapp",
    choices: [["gpipe", "GPipe"], ["1f1b", "1F1B"], ["lorapp", "LoRAPP"]], help: "Which one the timeline shows." },
  { name: "stages", label: "GPUs", min: 2, max: MOST, step: 1, value: 4,
    help: "Stages of the pipeline, one on each GPU." },
  { name: "adapters", label: "Adapters", min: 1, max: MOST, step: 1, value: 4,
    help: "Fine-tuning tasks; LoRAPP trains them together, the others in turn." },
  { name: "micro", label: "Micro-batches, LoRAPP", min: 1, max: 16, step: 1, value: 1,
    help: "Pieces of an adapter's mini-batch under LoRAPP." },
  { name: "baseline", label: "Micro-batches, GPipe and 1F1B", min: 1, max: 16, step: 1, value: 8,
    help: "Pieces of an adapter's mini-batch under GPipe and 1F1B." },
  { name: "backward", label: "Backward pass", unit: "forward passes", min: 0.5, max: 4, step: 0.5, value: 2,
    help: "Time of a stage's backward pass; its forward pass takes 1." },
  { name: "communication", label: "Sending or receiving", unit: "forward passes", min: 0, max: 3, step: 0.1, value: 0,
    help: "Time to send a pass's result, and the same to receive one." },
  { name: "overlap", label: "Communicate while computing", value: true,
    unless: { name: "communication", is: 0, why: "Sending and receiving take no time, so there is nothing to hide." },
    help: "Send and receive beside the computation instead of after and before it." },
  { name: "launch", label: "Launch share", unit: "%", percent: true, min: 0, max: 0.2, step: 0.005, value: 0.075,
    view: "launches",
    help: "Share of the time that goes into launching small computations; published are 10, 7.5 and 4 %." },
  { name: "batch", label: "Adapters in a launch", min: 1, max: BATCHES, step: 1, value: 4, view: "launches",
    help: "Adapters whose computations BatchLoRA launches together." },
];

/** @type {import("../model/types").View[]} */
export const views = [
  { name: "timeline", kind: "lanes", title: "Whose pass is where",
    x: { label: "Time", unit: "forward passes", min: 0 } },
  { name: "bubble", kind: "lines", title: "Idle GPUs", x: { label: "Adapters trained together" },
    y: { label: "Idle time (bubble)", unit: "%", min: 0, max: 100 } },
  { name: "weights", kind: "bars", title: "Frozen weights in memory",
    x: { label: "Memory", unit: "base models", min: 0 } },
  { name: "launches", kind: "lines", title: "Launching together", x: { label: "Adapters in a launch" },
    y: { label: "Time saved", unit: "%", min: 0 } },
];

/** @type {import("../model/types").Reference[]} */
export const references = [
  { label: "Time against 1F1B", value: "30 % less", number: "saved", source: PAPER,
    condition: "Llama-2-7B on 8×RTX 3090; the number of micro-batches is not printed, "
      + "so an agreement is consistent and no prediction" },
  { label: "Mean time to finish a task", value: "30–45 % shorter", source: PAPER,
    condition: "one machine with 4 GPUs; 45 % for Llama-2-7B in fp32 against FSDP, which is not modelled" },
  { label: "BatchLoRA on a single GPU", value: "up to 8 % (1.1B), 5 % (7B), 2 % (13B)", number: "launches",
    source: PAPER, condition: "time saved for TinyLlama-1.1B, Llama-2-7B and Llama-2-13B" },
  { label: "Launch overhead", value: "10 % / 7.5 % / 4 % of the time", source: PAPER,
    condition: "models of 1.1B / 7B / 13B parameters" },
  { label: "Gain by overlapped communication", value: "+60 %, +20 %, +16 %", source: PAPER,
    condition: "throughput; the communication times are not given with it" },
  { label: "Two Llama-2-13B at once", value: "fit", source: PAPER,
    condition: "fp32 on 4×RTX A6000 48 GB with mLoRA; with FSDP they do not" },
];

export const assumptions = [
  "Every stage takes the same time, and so does every micro-batch under any schedule; "
    + "that a backward pass takes two forward passes is ours.",
  "Under LoRAPP every stage prefers backward passes when it could begin both; this is ours. In mLoRA the first GPU "
    + "prefers forward passes and the last backward ones.",
  "Under GPipe and 1F1B the adapters take turns, a mini-batch each, and the pipeline runs empty in between.",
  "An adapter's next mini-batch begins when all backward passes of its previous one are back; "
    + "its update takes no time.",
  "Communication occupies a stage with 2 sends or receives around each pass, or, overlapped, with the longest of the "
    + "three; all schedules have the same. The default of 0, no communication, is ours.",
  "Memory counts frozen weights only: no activations, adapters or optimizer.",
  "BatchLoRA turns the launches of k adapters into one and leaves the computation as it is; "
    + "it does not change the timeline.",
  "FSDP and tensor parallelism, with which the paper compares too, are not modelled.",
];

/** (D−1)/(N+D−1): the idle share under GPipe and 1F1B. @param {number} stages @param {number} micro */
export const drainedBubble = (stages, micro) => (stages - 1) / (micro + stages - 1);

/** max{(D−1+N−L·N)/(D+N−1), 0}: that under LoRAPP. */
export const filledBubble =
  (/** @type {number} */ stages, /** @type {number} */ micro, /** @type {number} */ adapters) =>
    Math.max((stages - 1 + micro - adapters * micro) / (stages + micro - 1), 0);

/** f·(k−1)/k: the share of the time that one launch saves. @param {number} share @param {number} adapters */
export const launchSaving = (share, adapters) => (share * (adapters - 1)) / adapters;

/**
 * How long a pass occupies its stage.
 * @param {Pick<Values, "communication" | "overlap">} values @param {number} compute
 */
const occupied = ({ communication, overlap }, compute) =>
  overlap ? Math.max(communication, compute) : 2 * communication + compute;

/** How much more gets through a stage when communication is hidden. @param {Values} values */
const overlapGain = (values) => {
  const both = (/** @type {boolean} */ overlap) =>
    occupied({ ...values, overlap }, 1) + occupied({ ...values, overlap }, values.backward);
  return both(false) / both(true) - 1;
};

/** The pipeline that is asked for. @param {Values} values */
const planOf = (values) => ({
  schedule: values.schedule, stages: values.stages, adapters: values.adapters,
  micro: values.schedule === "lorapp" ? values.micro : values.baseline,
  forward: occupied(values, 1), backward: occupied(values, values.backward),
});

/** @typedef {ReturnType<typeof planOf>} Plan @typedef {ReturnType<typeof simulate>} Done */

/** Two mini-batches' time or three round trips, so that all schedules are seen for as long. @param {Values} values */
const horizon = (values) => {
  const { stages, micro, baseline, backward } = values;
  const both = occupied(values, 1) + occupied(values, backward);
  return both * Math.max(3 * stages, 2 * (Math.max(micro, baseline) + stages - 1));
};

/** Every pass, until after the timeline's end. @param {Values} values */
export const passes = (values) => {
  const plan = planOf(values), { stages, adapters, micro } = plan;
  const trip = (stages + micro - 1) * (plan.forward + plan.backward);
  // Adapters that are trained together need at least a round trip for a mini-batch each.
  const rounds = Math.ceil(horizon(values) / (plan.schedule === "lorapp" ? trip : adapters * trip)) + 1;
  return simulate(plan, Math.max(rounds, MEASURED[1] + 1));
};

/** The idle share once the pipeline is full. */
const measuredBubble = (/** @type {Done} */ done, /** @type {number} */ stages) => {
  const finished = (/** @type {number} */ round) =>
    Math.max(...done.filter((task) => task.adapter === 0 && task.round === round).map(({ end }) => end));
  const [from, to] = MEASURED.map(finished);
  const busy = done.reduce((sum, { start, end }) => sum + Math.max(0, Math.min(end, to) - Math.max(start, from)), 0);
  return 1 - busy / (stages * (to - from));
};

/** The most micro-batches that the first GPU has begun and not finished, whose activations it keeps. */
const mostHeld = (/** @type {Done} */ done) => {
  let held = 0, most = 0;
  for (const { pass } of done.filter(({ stage }) => stage === 0)) {
    held += pass === "forward" ? 1 : -1;
    most = Math.max(most, held);
  }
  return most;
};

/**
 * The passes on each GPU, colored by adapter.
 * @param {Values} values @param {Done} done @returns {import("../model/types").Lanes}
 */
const timeline = (values, done) => {
  const end = horizon(values);
  const lanes = Array.from({ length: values.stages }, (_, stage) => ({
    label: `GPU ${stage + 1}`,
    spans: done.filter((task) => task.stage === stage && task.start < end).map((task) => ({
      start: task.start, end: Math.min(task.end, end), group: `adapter${task.adapter + 1}`,
      label: `${task.pass === "forward" ? "F" : "B"}${task.micro + 1}`,
    })),
  }));
  /** @type {import("../model/types").Group[]} */
  const groups = Array.from({ length: values.adapters }, (_, i) => [`adapter${i + 1}`, `Adapter ${i + 1}`]);
  return { lanes, groups, end };
};

/**
 * Idle time over the number of adapters, and what was simulated.
 * @param {Values} values @param {number} found @returns {import("../model/types").Lines}
 */
const bubbles = ({ stages, micro, baseline, adapters }, found) => {
  const points = (/** @type {(count: number) => number} */ share) =>
    Array.from({ length: MOST }, (_, i) => [i + 1, 100 * share(i + 1)]);
  return { series: [
    { label: "GPipe and 1F1B, closed form", points: points(() => drainedBubble(stages, baseline)) },
    { label: "LoRAPP, closed form", points: points((count) => filledBubble(stages, micro, count)) },
    { label: "Simulated, as in the timeline", points: [[adapters, 100 * found]], kind: "points" },
  ] };
};

/** @param {Values} values */
const weights = ({ adapters }) => ({ bars: [
  { label: "A copy for each adapter", value: adapters },
  { label: "mLoRA: one for all", value: 1 },
] });

/** @param {Values} values */
const launches = ({ launch, batch }) => ({
  series: [{
    label: "BatchLoRA",
    points: Array.from({ length: BATCHES }, (_, i) => [i + 1, 100 * launchSaving(launch, i + 1)]),
  }],
  marks: [
    { x: batch, label: `${batch} together` },
    ...LAUNCHED.filter(({ share }) => Math.abs(share - launch) < 1e-9)
      .map(({ size, most }) => ({ y: most, label: `up to ${most} % for ${size} (published)` })),
  ],
});

/** @type {Record<string, string>} */
const NAMES = { gpipe: "GPipe", "1f1b": "1F1B", lorapp: "LoRAPP" };
const SIMULATED = "Simulated with constants of ours: with";

/** @param {Plan} plan @param {number} bubble @param {number} drained @param {number} saved */
const sentence = ({ schedule, stages, adapters, micro }, bubble, drained, saved) => {
  const pieces = many(micro, "micro-batch", "micro-batches");
  const idle = `${NAMES[schedule]} leaves ${stages} GPUs idle ${percent(bubble)} of the time`;
  if (schedule !== "lorapp") return `${SIMULATED} ${pieces}, ${idle}, however many adapters there are.`;
  const time = saved < 0 ? `that is too few to fill the gaps, and the same work takes ${percent(-saved)} more time`
    : `the same work takes ${percent(saved)} less time`;
  return `${SIMULATED} ${many(adapters, "adapter")}, ${idle} once the pipeline is full, `
    + `where GPipe and 1F1B leave them idle ${percent(drained)}: ${time}.`;
};

/** @param {Values} values @returns {import("../model/types").Result} */
export const run = (values) => {
  const plan = planOf(values);
  const done = passes(values);
  const bubble = measuredBubble(done, plan.stages);
  const drained = drainedBubble(plan.stages, values.baseline);
  const hidden = 100 * overlapGain(values);
  const saved = 1 - (1 - drained) / (1 - bubble);
  const throughput = (1 - bubble) / (1 - drained);
  const launched = launchSaving(values.launch, values.batch);
  const closed = plan.schedule === "lorapp" ? filledBubble(plan.stages, plan.micro, plan.adapters) : drained;
  return {
    says: sentence(plan, bubble, drained, saved),
    numbers: [
      { name: "bubble", label: "Idle once full, simulated", value: 100 * bubble, unit: "%", digits: 1 },
      { name: "closed", label: "Idle time, closed form", value: 100 * closed, unit: "%", digits: 1 },
      { name: "throughput", label: "Throughput against GPipe", value: throughput, unit: "×", digits: 2 },
      // What was published is beside what is saved only: it says nothing of what too few adapters lose.
      { name: saved < 0 ? "lost" : "saved", value: 100 * Math.abs(saved), unit: "%", digits: 1,
        label: saved < 0 ? "More time than GPipe and 1F1B" : "Time saved against GPipe and 1F1B" },
      { name: "held", label: "Most micro-batches that the first GPU holds", value: mostHeld(done), digits: 0 },
      { name: "weights", label: "Copies of the base model spared", value: plan.adapters - 1, digits: 0 },
      { name: "overlap", label: "Gain by hidden communication", value: hidden, unit: "%", digits: 0 },
      { name: "launches", label: "Time saved by BatchLoRA", value: 100 * launched, unit: "%", digits: 1 },
    ],
    views: {
      timeline: timeline(values, done), bubble: bubbles(values, bubble),
      weights: weights(values), launches: launches(values),
    },
  };
};
