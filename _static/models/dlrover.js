// @ts-check
/**
 * Three things that DLRover does for a training job: it looks for the right number of workers and parameter servers,
 * moves a parameter server that has become too hot, and tunes the batch size to the memory that is free.
 *
 * Each is a small model of its own, with its sources, in `dlrover/`; the sliders of one leave the others alone.
 */

import { activations, retune } from "./dlrover/autotuner.js";
import { minutes, spans, ways } from "./dlrover/migration.js";
import {
  autoscale, bestSplit, cost, FIGURE_FIT, FIGURES, fit, jobTime, MEASURED, MOST, paretoFront, throughput, warmStart,
} from "./dlrover/throughput.js";
import { many, rounded, unitOf } from "./shared/words.js";

const PAPER = "https://arxiv.org/html/2304.01468v2";
const CODE = "https://github.com/intelligent-machine-learning/dlrover/blob/master";
const BLOG = `${CODE}/docs/blogs/dlrover_rm.md`;
const TUNER = `${CODE}/dlrover/python/master/hyperparams/simple_strategy_generator.py`;

/** Ours: samples of a job in 10⁵, and the minutes after which an autoscaler adds the next instance. */
const JOB = 10000, INTERVAL = 1;

/** The surface is drawn at every fourth number of workers and of servers, from 1 on. */
const EVERY = 4;

/** @typedef {import("./dlrover/throughput").Plan} Plan */
/** @typedef {import("./dlrover/throughput").Constants} Constants */
/**
 * @typedef {object} Values
 * @property {number} workers @property {number} servers the plan of the job's owner
 * @property {number} serverCost in workers
 * @property {"cold" | "warm"} start @property {"both" | "workers"} grow @property {"figure" | "points"} constants
 * @property {number} slowRate @property {number} migrationRate speeds beside a healthy job
 * @property {number} batch @property {number} free MB
 */

export const title = "DLRover";

/** @type {import("../model/types").Parameter[]} */
export const parameters = [
  { name: "workers", label: "Workers in your plan", min: 2, max: MOST.workers, step: 1, value: 12,
    help: "Machines that compute gradients. 12 workers and 18 servers is one of the plans that were measured." },
  { name: "servers", label: "Parameter servers in your plan", min: 1, max: MOST.servers, step: 1, value: 18,
    help: "Machines that keep the model, which every worker reads and updates." },
  { name: "serverCost", label: "Cost of a server", unit: "workers", min: 0.25, max: 4, scale: "log", steps: 40,
    value: 1, help: "What one parameter server costs, beside a worker." },
  { name: "start", label: "Autoscaling begins", value: "cold",
    choices: [["cold", "Cold: one of each"], ["warm", "Warm: from similar jobs"]],
    help: "What a job starts with, before it is observed." },
  { name: "grow", label: "Autoscaling adds", value: "both",
    choices: [["both", "Workers and servers"], ["workers", "Only workers"]],
    help: "With workers alone the servers become the bottleneck, and adding more is no longer worth it." },
  { name: "constants", label: "Speed fitted to", value: "figure",
    choices: [["figure", "The figure's lines"], ["points", "The 14 measured points"]],
    help: "Where the two constants of the throughput come from." },
  { name: "slowRate", label: "Speed with the hot server", unit: "%", percent: true, min: 0.1, max: 1, step: 0.05, value: 0.5,
    view: "hot",
    help: "Speed of the job beside a healthy one, while one parameter server is too hot." },
  { name: "migrationRate", label: "Speed while migrating", unit: "%", percent: true, min: 0.1, max: 1, step: 0.05, value: 1,
    view: "hot",
    help: "Speed of the job while DLRover brings up another server. The published bar is right only with 100 %." },
  { name: "batch", label: "Batch size", unit: "samples", min: 1, max: 128, step: 1, value: 8,
    view: "memory",
    help: "Samples per step on each GPU, before tuning." },
  { name: "free", label: "Free memory", unit: "MB", min: 0, max: 40000, step: 100, value: 10000,
    view: "memory",
    help: "On the GPU that has the fewest. With 2400 MB or fewer nothing is changed." },
];

const SPEED = { label: "Throughput", unit: "× 10⁵ samples/s", min: 0 };

/** @type {import("../model/types").View[]} */
export const views = [
  { name: "surface", kind: "cells", title: "Throughput of every plan", x: { label: "Workers" },
    y: { label: "Parameter servers" }, value: SPEED },
  { name: "front", kind: "lines", title: "What money buys", x: { label: "Cost", unit: "workers", min: 0 }, y: SPEED },
  { name: "fit", kind: "lines", title: "The formula and the measurements", x: { label: "Workers", min: 0 }, y: SPEED },
  { name: "hot", kind: "lanes", title: "A job whose parameter server runs hot",
    x: { label: "Time", unit: "min", min: 0 } },
  { name: "memory", kind: "bars", title: "The batch grows into the free memory",
    x: { label: "Memory", unit: "MB", min: 0 } },
];

/** @type {import("../model/types").Reference[]} */
export const references = [
  { label: "Hot server, no intervention", value: "33 min", number: "none", source: FIGURES,
    condition: "3 healthy and 30 slow; read from instability_handle.png" },
  { label: "Hot server, traditional migration", value: "29 min", number: "traditional", source: FIGURES,
    condition: "3 healthy, 3 save, 5 start, 3 load, 15 healthy; read from instability_handle.png" },
  { label: "Hot server, DLRover", value: "21 min", number: "seamless", source: FIGURES,
    condition: "3 healthy, 5 seamless migration, 1 save, 2 load, 10 healthy; read from instability_handle.png" },
  { label: "Job completion time", value: "31 % shorter", source: PAPER,
    condition: "against state-of-the-art resource schedulers; no single job can show it" },
  { label: "Jobs completed, CPU use, memory use", value: "6 %, 15 % and 20 % higher", source: PAPER,
    condition: "against the same; not modelled here" },
  { label: "In production", source: BLOG, condition: "not modelled here",
    value: "CPU use 21.0 to 27.6 % and memory use 17.3 to 31.6 % higher, jobs 30.9 % shorter" },
  { label: "Least that a worker must bring", value: "0.2 of what each brought so far",
    source: `${CODE}/dlrover/python/master/resource/local_optimizer.py`, condition: "a constant of the code" },
  { label: "Memory below which no batch grows", value: "2400 MB free", source: TUNER,
    condition: "a constant of the code" },
  { label: "Memory of a sample, computed here", value: "137.5 MB", source: TUNER,
    condition: "from the code's formula and its mock configuration: 128 tokens, 20 layers, 20 heads, width 1280" },
];

export const assumptions = [
  "Throughput is 1/(a/w + b/p) for w workers and p servers. This formula is ours, not the paper's. "
    + "It is within 13 % of the 14 measured points, which are read from the figure.",
  "So twice of everything is twice as fast, and while both kinds grow only the budget ends the path: the cost of your "
    + "plan. With workers alone it also ends where one more brings less than 0.2 of what each brought so far, "
    + "the ratio of DLRover's code.",
  "Autoscaling adds one instance a minute, the one that brings most for its money; a job has 10⁹ samples; a warm start "
    + "has four fifths of the best plan; costs are in workers. All of these are ours.",
  "One job in a formula cannot show the published 31 %: that needs the traces of thousands of jobs.",
  "The hot server's bars are the figure's; that the work is 18 healthy minutes and the slow job runs at half speed "
    + "follows from them. DLRover's 21 minutes count its five of migration as healthy ones: "
    + "at the slow speed the job would take 23.5.",
  "The batch's memory is that of the mock model in DLRover's code, 137.5 MB for each sample; "
    + "everything else on the GPU stays as it is.",
];

/** @param {Values} values @returns {Constants} */
const constantsOf = ({ constants }) => {
  if (constants === "figure") return FIGURE_FIT;
  return fit(MEASURED.flatMap(({ servers, points }) => points.map(([workers, speed]) => [workers, servers, speed])));
};

/** The owner's plan, and what an autoscaler makes of the same money. @param {Values} values */
const scale = (values) => {
  const { workers, servers, serverCost, start, grow } = values;
  const constants = constantsOf(values), plan = { workers, servers };
  const budget = cost(plan, serverCost), best = bestSplit(constants, budget, serverCost);
  const first = start === "warm" ? warmStart(best) : { workers: 1, servers: 1 };
  const path = autoscale(constants, first,
    { budget, serverCost, kinds: grow === "both" ? ["workers", "servers"] : ["workers"] });
  const time = (/** @type {Plan[]} */ plans) =>
    jobTime(plans.map((one) => 60 * throughput(constants, one)), JOB, INTERVAL);
  return { constants, plan, best, path, planTime: time([plan]), time: time(path) };
};

/** Row and column of a plan, between those that are drawn; the first row has the most servers. @param {Plan} plan */
const cell = ({ workers, servers }) => [(MOST.servers - servers + 1) / EVERY, (workers - 1) / EVERY];

/** @param {ReturnType<typeof scale>} scaled @returns {import("../model/types").Cells} */
const surfaceView = ({ constants, plan, best, path }) => {
  const counts = (/** @type {number} */ most) => Array.from({ length: most / EVERY + 1 }, (_, i) => EVERY * i + 1);
  const columns = counts(MOST.workers), rows = counts(MOST.servers).reverse();
  const mark = (/** @type {string} */ label, /** @type {Plan} */ at) => {
    const [row, column] = cell(at);
    return { row, column, label };
  };
  return {
    rows: rows.map(String), columns: columns.map(String),
    values: rows.map((servers) => columns.map((workers) => throughput(constants, { workers, servers }))),
    marks: [mark("Your plan", plan), mark("Best for its cost", best)],
    path: path.map(cell), pathLabel: "autoscaling",
  };
};

/** @param {ReturnType<typeof scale>} scaled @param {number} serverCost @returns {import("../model/types").Lines} */
const frontView = ({ constants, plan, path }, serverCost) => {
  const point = (/** @type {Plan} */ at) => [cost(at, serverCost), throughput(constants, at)];
  return {
    series: [
      { label: "Fastest for its cost", points: paretoFront(constants, serverCost, 2 * cost(plan, serverCost)) },
      { label: "Autoscaling", points: path.map(point) },
      { label: "Your plan", kind: "points", points: [point(plan)] },
    ],
  };
};

/** @param {Constants} constants @returns {import("../model/types").Lines} */
const fitView = (constants) => {
  const counts = Array.from({ length: 18 }, (_, i) => 2 * (i + 1));
  const curve = (/** @type {number} */ servers) =>
    counts.map((workers) => [workers, throughput(constants, { workers, servers })]);
  return {
    series: [
      ...MEASURED.map(({ servers }) => ({ label: `${servers} servers`, points: curve(servers) })),
      ...MEASURED.map(({ servers, points }) => ({ label: `${servers} servers`, points, published: true })),
    ],
  };
};

/** @param {ReturnType<typeof ways>} all @returns {import("../model/types").Lanes} */
const hotView = ({ none, traditional, seamless }) => ({
  lanes: [
    { label: "Left alone", spans: spans(none) },
    { label: "Traditional migration", spans: spans(traditional) },
    { label: "DLRover", spans: spans(seamless) },
  ],
  groups: [
    ["healthy", "Healthy"], ["slow", "Slow"], ["migrate", "Training on while migrating"],
    ["save", "Saves a checkpoint"], ["start", "Starts a server"], ["load", "Loads the checkpoint"],
  ],
});

/** @param {Values} values @param {ReturnType<typeof retune>} tuned @returns {import("../model/types").Bars} */
const memoryView = ({ batch, free }, tuned) => {
  const bar = (/** @type {string} */ when, /** @type {number} */ count, /** @type {number} */ left) => ({
    label: `${when}: batches of ${count}`,
    parts: [{ group: "activations", value: activations(count) }, { group: "free", value: left }],
  });
  return {
    bars: [bar("Before", batch, free), bar("After", tuned.batch, tuned.free)],
    groups: [["activations", "Activations of a batch"], ["free", "Free"]],
  };
};

const named = (/** @type {Plan} */ { workers, servers }) => `${many(workers, "worker")} and ${many(servers, "server")}`;

/** @param {ReturnType<typeof scale>} scaled @param {string} start */
const sentence = ({ constants, plan, best, path, planTime, time }, start) =>
  `By a formula of ours, your plan of ${named(plan)} trains ${rounded(throughput(constants, plan), 2)} × 10⁵ samples `
  + `per second, the best split of its cost (${rounded(best.workers / best.servers, 2)} workers per server) `
  + `${rounded(throughput(constants, best), 2)}. `
  + `Autoscaling from a ${start} start ends at ${named(path[path.length - 1])} and finishes a job in `
  + `${many(+rounded(time), "minute")}, your plan in ${rounded(planTime)}.`;

/** @param {Values} values @returns {import("../model/types").Result} */
export const run = (values) => {
  const scaled = scale(values), hot = ways(values), tuned = retune(values);
  const { constants, plan, best, planTime, time } = scaled, unit = SPEED.unit;
  const times = { none: minutes(hot.none), traditional: minutes(hot.traditional), seamless: minutes(hot.seamless) };
  return {
    says: sentence(scaled, values.start),
    numbers: [
      { name: "plan", label: "Throughput of your plan", value: throughput(constants, plan), unit, digits: 2 },
      { name: "best", label: "Best split of its cost", value: throughput(constants, best), unit, digits: 2 },
      { name: "planTime", label: "Time of a job, your plan", value: planTime, unit: "min", digits: 0 },
      { name: "time", label: "Time of a job, autoscaled", value: time, unit: "min", digits: 0 },
      { name: "none", label: "Hot server, left alone", value: times.none, unit: "min", digits: 1 },
      { name: "traditional", label: "Hot server, traditional", value: times.traditional, unit: "min", digits: 1 },
      { name: "seamless", label: "Hot server, DLRover", value: times.seamless, unit: "min", digits: 1 },
      { name: "batch", label: "Batch size after tuning", value: tuned.batch,
        unit: unitOf(tuned.batch, "sample"), digits: 0 },
    ],
    views: {
      surface: surfaceView(scaled),
      front: frontView(scaled, values.serverCost),
      fit: fitView(constants),
      hot: hotView(hot),
      memory: memoryView(values, tuned),
    },
  };
};
