// @ts-check
/**
 * How long a GPU waits for the CPU that keeps its optimizer: ZeRO-Offload and ZenFlow, step by step.
 *
 * Fine-tuning a model that does not fit the GPU leaves the optimizer to the CPU. With ZeRO-Offload the GPU sends its
 * gradients down, waits for the CPU's update, and waits for the new parameters. ZenFlow updates the most important
 * columns of the gradient on the GPU at once and lets the CPU work on the rest during the next window of steps, so
 * that the GPU waits only if the previous window's update is not back yet when a window ends.
 *
 * Source: the DeepSpeed project's description of ZenFlow and the bars of its figures (`BLOG`). Equations and events are
 * in `zenflow/offloading.js`.
 */

import { many, percent, rounded, unitOf } from "./shared/words.js";
import {
  HAIR, shares, simulate, simulateZero, smallestWindow, traffic, zenflow, zeroOffload,
} from "./zenflow/offloading.js";

const BLOG = "https://github.com/deepspeedai/DeepSpeed/blob/master/blogs/deepspeed-zenflow/README.md";
const BINDING = "https://github.com/deepspeedai/DeepSpeed/blob/master/blogs/zenflow-corebinding/README.md";
const LOG = "https://github.com/deepspeedai/DeepSpeedExamples/tree/master/training/DeepSpeed-ZenFlow";

/** Step times in ms of a published run (`LOG`): Llama-2-7B, 2 GPUs, windows of 4 steps, top 10 %; from step 5 on. */
const LOGGED = [719.58, 702.81, 705.5, 1912.92, 890.6, 740.11, 731.95, 2221.18, 1061.8];
const FIRST_LOGGED = 5;

const LONGEST_WINDOW = 16;

/** @type {[string, string][]} */
const GROUPS = [
  ["forward", "Forward"], ["backward", "Backward"], ["wait", "Waiting for the update"],
  ["down", "Gradients to the CPU"], ["update", "Update on the CPU"], ["up", "Parameters to the GPU"],
  ["select", "Update on the GPU"], ["copy", "Waiting for gradients to be copied"],
];

/** @typedef {import("./zenflow/offloading").Values} Values */

export const title = "ZenFlow";

/** @type {import("../model/types").Parameter[]} */
export const parameters = [
  { name: "window", label: "Update window", unit: "steps", min: 1, max: LONGEST_WINDOW, step: 1, value: 4,
    help: "Steps between two updates on the CPU." },
  { name: "topk", label: "Important columns", unit: "%", percent: true, min: 0, max: 0.5, step: 0.01, value: 0.1,
    help: "Share of the gradient's columns that ZenFlow updates on the GPU in every step." },
  { name: "inline", label: "Upload stops the GPU", value: false,
    help: "The GPU waits while new parameters are uploaded, instead of computing on." },
  { name: "forward", label: "Forward pass", unit: "ms", min: 10, max: 500, step: 5, value: 45,
    help: "GPU time of a forward pass." },
  { name: "backward", label: "Backward pass", unit: "ms", min: 100, max: 5000, step: 50, value: 2000,
    help: "GPU time of a backward pass." },
  { name: "down", label: "Gradients to the CPU", unit: "ms", min: 0, max: 3000, step: 50, value: 500,
    help: "Time to copy all gradients down; it runs beside the backward pass." },
  { name: "update", label: "Update on the CPU", unit: "ms", min: 0, max: 15000, step: 100, value: 4600,
    help: "Time in which the CPU's optimizer updates all parameters." },
  { name: "up", label: "Parameters to the GPU", unit: "ms", min: 0, max: 3000, step: 50, value: 500,
    help: "Time to copy all new parameters up." },
  { name: "select", label: "Selecting and updating", unit: "ms", min: 0, max: 100, step: 1, value: 0,
    help: "GPU time to choose the important columns and update them, in every step." },
];

/** @type {import("../model/types").View[]} */
export const views = [
  { name: "timeline", kind: "lanes", title: "Who works when", x: { label: "Time", unit: "ms", min: 0 } },
  { name: "steps", kind: "lines", title: "Step by step", x: { label: "Step" },
    y: { label: "Time of the step", unit: "ms", min: 0 } },
  { name: "windows", kind: "lines", title: "Which window is long enough", x: { label: "Update window", unit: "steps" },
    y: { label: "Mean time per step", unit: "ms", min: 0 } },
  { name: "traffic", kind: "bars", title: "Over the link in each step",
    x: { label: "Traffic", unit: "model sizes", min: 0 } },
];

/** @type {import("../model/types").Reference[]} */
export const references = [
  { label: "Speedup over ZeRO-Offload", value: "up to 5×", number: "speedup", source: BLOG,
    condition: "best of the published configurations; the default times here cannot reach it, whatever the window" },
  { label: "Speedup over ZeRO-Infinity", value: "up to 6.3×", source: BLOG,
    condition: "best of the published configurations; not modelled here" },
  { label: "GPU stalls", value: "more than 85 % fewer", number: "cut", source: BLOG,
    condition: "on A100 and H100" },
  { label: "Traffic per step", value: "1.13× the model's size, against 2×", number: "traffic", source: BLOG,
    condition: "ZenFlow against ZeRO-Offload; its window and share are not given with it" },
  { label: "Times of a step's parts", value: "45, 2000, 500, 4600 and 500 ms", source: BLOG,
    condition: "forward, backward, gradients down, update on the CPU, parameters up, read from the figure; Llama-2-7B, "
      + "4×A100, ZeRO-Offload" },
  { label: "Time per step by a third party", source: BINDING,
    value: "ZeRO-Offload 2887 ms, ZenFlow 1419 ms; with cores bound 2497 and 1116 ms",
    condition: "Qwen2.5-3B, 2×A100-40GB, EPYC 7742; other times than the default ones" },
  { label: "Times of a run's steps", source: LOG,
    value: "719.58, 702.81, 705.50, 1912.92, 890.60, 740.11, 731.95, 2221.18 and 1061.80 ms",
    condition: "steps 5 to 13, windows end at 8 and 12; Llama-2-7B, 2 GPUs, windows of 4 steps, top 10 %; "
      + "other times than the default ones" },
];

export const assumptions = [
  "Every step takes the same time, and nothing but what is set above takes any.",
  "Choosing the important columns and updating them on the GPU costs 0 ms unless you set it; this cost is ours.",
  "Copies in the two directions of the link, and the CPU's work, do not slow each other or the GPU down.",
  "ZenFlow copies down, updates and uploads the remaining share of the gradient in proportion to it.",
  "Where gradients take longer to copy than the backward pass, that time is not counted as waiting for the update.",
  "The update of a window may come back as late as the end of the next window; the GPU waits for it there, no longer.",
  "With the default times no window makes ZenFlow more than 3.49 times as fast as ZeRO-Offload: "
    + "the published “up to 5×” belongs to other configurations.",
  "In the published run the steps at the ends of windows take 1.2 to 1.5 s longer than those before. "
    + "The ideal model has nothing there; “Upload stops the GPU” shows one possible part of it.",
  "What ZenFlow's delay does to a model's accuracy is not modelled.",
];

/** What of the spans is before an end. @param {import("../model/types").Span[]} spans @param {number} end */
const before = (spans, end) =>
  spans.filter(({ start }) => start < end - HAIR).map((span) => ({ ...span, end: Math.min(span.end, end) }));

/** Three windows of ZenFlow, and ZeRO-Offload in the same time. @param {Values} values */
const timeline = (values) => {
  const flow = simulate(values, 3 * values.window), { end } = flow;
  const zero = simulateZero(values, end);
  const lanes = [
    { label: "ZeRO-Offload: GPU", spans: before(zero.gpu, end) },
    { label: "ZeRO-Offload: link down", spans: before(zero.link, end) },
    { label: "ZeRO-Offload: CPU, link up", spans: before(zero.cpu, end) },
    { label: "ZenFlow: GPU", spans: before(flow.gpu, end) },
    { label: "ZenFlow: link down", spans: before(flow.link, end) },
    { label: "ZenFlow: CPU, link up", spans: before(flow.cpu, end) },
  ];
  return { lanes, groups: GROUPS, marks: [{ at: flow.landed, label: "first update lands" }], end };
};

/** Each step's time, beside the published run's. @param {Values} values */
const steps = (values) => {
  const flow = simulate(values, Math.max(3 * values.window, FIRST_LOGGED + LOGGED.length - 1));
  const zero = zeroOffload(values).step;
  return { series: [
    { label: "ZeRO-Offload", points: flow.steps.map((_, i) => [i + 1, zero]) },
    { label: "ZenFlow", points: flow.steps.map((time, i) => [i + 1, time]) },
    { label: "A run on 2 GPUs", points: LOGGED.map((time, i) => [i + FIRST_LOGGED, time]), published: true },
  ] };
};

/** The time per step for every window, and where the GPU stops waiting. @param {Values} values */
const windows = (values) => {
  const sizes = Array.from({ length: LONGEST_WINDOW }, (_, i) => i + 1);
  const zero = zeroOffload(values).step;
  const smallest = smallestWindow(values);
  return {
    series: [
      { label: "ZeRO-Offload", points: sizes.map((window) => [window, zero]) },
      { label: "ZenFlow", points: sizes.map((window) => [window, zenflow({ ...values, window }).step]) },
    ],
    marks: smallest && smallest <= LONGEST_WINDOW
      ? [{ x: smallest, label: many(smallest, "step suffices", "steps suffice") }] : [],
  };
};

/** What crosses the link, computed and published. @param {Values} values */
const bars = (values) => {
  const { down, up } = traffic(values);
  return {
    bars: [
      { label: "ZeRO-Offload", parts: [{ group: "down", value: 1 }, { group: "up", value: 1 }] },
      { label: "ZeRO-Offload", value: 2, published: true },
      { label: "ZenFlow", parts: [{ group: "down", value: down }, { group: "up", value: up }] },
      { label: "ZenFlow", value: 1.13, published: true },
    ],
    groups: GROUPS.filter(([name]) => name === "down" || name === "up"),
  };
};

/** @param {Values} values */
const sentence = (values) => {
  const zero = zeroOffload(values), flow = zenflow(values);
  const times = rounded(zero.step / flow.step, 2);
  const waits = flow.stall < HAIR ? "never waits"
    : `waits ${rounded(flow.stall)} ms per step, ${percent(flow.stall / flow.step)} of the time`;
  return `Simulated with a window of ${many(values.window, "step")}, where selecting columns and updating them `
    + `on the GPU takes ${values.select} ms (ours): the GPU ${waits}; `
    + `a step takes ${rounded(flow.step)} ms instead of ${rounded(zero.step)} ms with ZeRO-Offload, `
    + `where the GPU waits ${percent(zero.stall / zero.step)} of the time. `
    + `That is ${times === "1.00" ? "no faster" : `${times} times as fast`}.`;
};

/** @param {Values} values @returns {import("../model/types").Result} */
export const run = (values) => {
  const zero = zeroOffload(values), flow = zenflow(values), { down, up } = traffic(values);
  const ceiling = zero.step / shares(values).compute;
  const cut = zero.stall ? 100 * (1 - flow.stall / zero.stall) : null;
  const smallest = smallestWindow(values);
  return {
    says: sentence(values),
    numbers: [
      { name: "step", label: "Time per step", value: flow.step, unit: "ms", digits: 0 },
      { name: "speedup", label: "Speedup over ZeRO-Offload", value: zero.step / flow.step, unit: "×", digits: 2 },
      { name: "ceiling", label: "Speedup if the GPU never waited", value: ceiling, unit: "×", digits: 2 },
      { name: "stall", label: "Waiting per step", value: flow.stall, unit: "ms", digits: 0 },
      { name: "idle", label: "Share of time waiting", value: 100 * flow.stall / flow.step, unit: "%", digits: 1 },
      { name: "cut", label: "Waiting saved", value: cut, unit: "%", digits: 0 },
      { name: "traffic", label: "Traffic per step", value: down + up, unit: "model sizes", digits: 3 },
      { name: "smallest", label: "Smallest window without waiting", value: smallest,
        unit: unitOf(smallest, "step"), digits: 0 },
    ],
    views: { timeline: timeline(values), steps: steps(values), windows: windows(values), traffic: bars(values) },
  };
};
