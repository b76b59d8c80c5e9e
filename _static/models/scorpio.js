// @ts-check
/**
 * Serving requests that were promised different speeds: first come, first served against SCORPIO's guards.
 *
 * The engine, and what each guard does, is in `scorpio/engine.js`; here it is run over a range of loads and held
 * against the curves of `scorpio/published.js`. The sources are named in both.
 */

import { COUNT, measure, serve, virtualBatch, workload } from "./scorpio/engine.js";
import { ABLATION, PUBLISHED, PUBLISHED_LOADS } from "./scorpio/published.js";
import { percent, unitOf } from "./shared/words.js";

export { references } from "./scorpio/published.js";

const LOADS = [...PUBLISHED_LOADS, 16, 18, 20];

/** Followed closely: so many turns from the middle request's arrival on, for so many requests of either promise. */
const TURNS = 30, FOLLOWED = 3;

/** Of the batch over time one turn in so many is drawn. */
const EVERY = 40;

/** @typedef {import("./scorpio/engine").Policy} Policy */
/** @typedef {import("./scorpio/engine").Turn} Turn */
/** @typedef {import("./scorpio/engine").Served} Served */
/** @typedef {ReturnType<typeof measure>} Measured */
/** @typedef {{rate: number, fcfs: Measured, chosen: Measured}} Load the two at one load */
/** @typedef {Policy & {rate: number, strict: number, noise: number, seed: number}} Values as in `parameters` */

export const title = "SCORPIO";
export const slow = true;

/** @type {import("../model/types").Parameter[]} */
export const parameters = [
  { name: "rate", label: "Load", unit: "requests/s", min: 5, max: 20, step: 1, value: 14,
    help: "Requests that arrive per second on average, independently of each other." },
  { name: "ttftGuard", label: "TTFT guard", value: true,
    help: "Serve the nearest deadline of a first token first, and turn away those that would miss it anyway." },
  { name: "tpotGuard", label: "TPOT guard", value: true,
    help: "Let one more request join only if the strictest promise of time per token would still be kept." },
  { name: "credits", label: "Credits", value: true,
    help: "Give a request only as many turns as its own promise needs; otherwise everyone has a turn in every step." },
  { name: "inefficiency", label: "Caution of the TPOT guard", min: 1, max: 1.6, step: 0.05, value: 1.3,
    help: "Factor on the guard's estimate of the time per token, for what it leaves out: prefills between the steps." },
  { name: "strict", label: "Strict requests", unit: "%", percent: true, min: 0, max: 1, step: 0.1, value: 0.5,
    help: "Share of the requests that were promised 30 ms per token; the others were promised 50 ms." },
  { name: "noise", label: "Error of predicted lengths", min: 0, max: 2, step: 0.1, value: 0,
    help: "Spread of the scheduler's guess of an answer's length (σ of its logarithm); at 0 it knows every length." },
  { name: "seed", label: "Seed", min: 1, max: 20, step: 1, value: 4,
    help: "Which requests come, and when; another seed is another sample of the same kind." },
];

const LOAD = { label: "Load", unit: "requests/s" };
const TIME = { label: "Time", unit: "s", min: 0 };

/** @type {import("../model/types").View[]} */
export const views = [
  { name: "adherence", kind: "lines", title: "Promises kept", x: LOAD,
    y: { label: "Requests with both kept", unit: "%", min: 0, max: 100 } },
  { name: "goodput", kind: "lines", title: "Goodput", x: LOAD,
    y: { label: "Both promises kept", unit: "requests/s", min: 0 } },
  { name: "broken", kind: "bars", title: "Which promise breaks", x: { label: `Of ${COUNT} requests`, min: 0 } },
  { name: "turns", kind: "lanes", title: "Who has a turn", x: { label: "Time", unit: "ms", min: 0 } },
  { name: "batch", kind: "lines", title: "How many run at once", x: TIME, y: { label: "Running requests", min: 0 } },
];

export const assumptions = [
  "A decode step of n requests with a mean context of L tokens takes 6.6e-5·n·L + 0.25·n + 14 ms; "
    + "a prefill of n tokens takes 25 ms, or 0.09·n + 2 ms above 256 tokens. These constants are ours.",
  "The 14 and 0.25 ms were chosen only so that FCFS comes near vLLM's published curve. "
    + "SCORPIO's curve is then a prediction: it has the published shape, but is mostly somewhat too good.",
  "Every curve is one sample. The default seed is the one whose curves are nearest to the means of all 20 seeds. By "
    + "the seed, FCFS is 5.3 to 21.9 points from vLLM's curve (root mean square), and SCORPIO at most 17.8 points above "
    + "its own, with one seed nowhere less than 0.8 points below. FCFS has the higher goodput at 5 requests/s with 17 "
    + "seeds, and at 6 requests/s with 6.",
  "Prompts and answers have 200 tokens each on average, log-normal with σ 0.9, from 4 to 2048. "
    + "These lengths are ours; the published runs use recorded chats.",
  "At most 256 requests run, a prefill takes at most 2048 tokens, and the cache holds 400,000. These limits are ours.",
  "The promises are the paper's for Llama-3.1-8B: 0.5, 2 or 3 s to the first token with 30 ms per token, and 0.5, 1 or "
    + "7.5 s with 50 ms; each is as frequent as the others of its kind.",
  "A request that breaks both promises counts under both. "
    + "The published ablation does not say how many requests were turned away.",
  "S³ and Mooncake are left out: up to 15 requests/s hardly anyone here waits long for a first token, so another order "
    + "of the queue, or turning away the late, changes next to nothing, and they would look like FCFS.",
  "The scheduler's own work takes no time; published is less than 1 %.",
];

/** @type {Policy} */
const FCFS = { ttftGuard: false, tpotGuard: false, credits: false, inefficiency: 1 };

/** What a set of guards is called in the figure. @param {Policy} policy */
const policyName = ({ ttftGuard, tpotGuard, credits }) => {
  if (ttftGuard && tpotGuard && credits) return "SCORPIO";
  const names = [ttftGuard && "TTFT guard", tpotGuard && "TPOT guard", credits && "credits"].filter(Boolean);
  return names.length ? `only ${names.join(" and ")}` : "no guard";
};

/** @param {Values} values @param {Policy} policy @param {(turn: Turn) => void} [watch] */
const trial = (values, policy, watch) => measure(serve(workload(values), policy, watch));

/** A trial with notes: the batch over time, and some turns one by one. @param {Values} values @param {Policy} policy */
const observe = (values, policy) => {
  const middle = workload(values)[COUNT / 2].arrival;
  const batch = /** @type {{time: number, running: number, virtual: number}[]} */ ([]);
  const turns = /** @type {Turn[]} */ ([]);
  let count = 0;
  const result = trial(values, policy, (turn) => {
    if (turn.start >= middle && turns.length < TURNS) turns.push(turn);
    if (count++ % EVERY || !turn.running.length) return;
    batch.push({ time: turn.start / 1000, running: turn.running.length, virtual: virtualBatch(turn.running) });
  });
  return { result, batch, turns };
};

/** Requests to follow: of each promise those who are there longest. @param {Turn[]} turns */
const followed = (turns) => {
  const seen = /** @type {Map<Served, number>} */ (new Map());
  for (const { running } of turns) for (const request of running) seen.set(request, (seen.get(request) ?? 0) + 1);
  const longest = [...seen].sort((a, b) => b[1] - a[1] || a[0].id - b[0].id).map(([request]) => request);
  return [30, 50].flatMap((promise) => longest.filter(({ tpot }) => tpot === promise).slice(0, FOLLOWED));
};

/** @param {Turn} turn @param {Served} request */
const groupOf = ({ prefill, turn }, request) => {
  if (prefill) return "prefill";
  return turn.includes(request) ? "token" : "skipped";
};

/** @param {Turn[]} turns @returns {import("../model/types").Lanes} */
const turnsView = (turns) => {
  const origin = turns.length ? turns[0].start : 0;
  const lanes = followed(turns).map((request) => ({
    label: `No. ${request.id + 1}, ${request.tpot} ms`,
    spans: turns.filter(({ running }) => running.includes(request))
      .map((turn) => ({ start: turn.start - origin, end: turn.end - origin, group: groupOf(turn, request) })),
  }));
  return { lanes, groups: [["token", "Gets a token"], ["skipped", "Sits out"], ["prefill", "Held up by a prefill"]] };
};

/**
 * @param {"adherence" | "goodput"} what @param {Load[]} sweep @param {Values} values
 * @returns {import("../model/types").Lines}
 */
const curves = (what, sweep, values, scale = what === "adherence" ? 100 : 1) => ({
  series: [
    { label: "FCFS", points: sweep.map(({ rate, fcfs }) => [rate, scale * fcfs[what]]) },
    { label: policyName(values), points: sweep.map(({ rate, chosen }) => [rate, scale * chosen[what]]) },
    ...Object.entries(PUBLISHED[what]).map(([label, numbers]) =>
      ({ label, points: numbers.map((number, i) => [PUBLISHED_LOADS[i], number]), published: true })),
  ],
  marks: [{ x: values.rate, label: `${values.rate} requests/s` }],
});

/**
 * @param {ReturnType<typeof observe>} fcfs @param {ReturnType<typeof observe>} chosen @param {string} name
 * @returns {import("../model/types").Lines}
 */
const batchView = (fcfs, chosen, name) => ({
  series: [
    { label: "FCFS", kind: "steps", points: fcfs.batch.map(({ time, running }) => [time, running]) },
    { label: name, kind: "steps", points: chosen.batch.map(({ time, running }) => [time, running]) },
    { label: `${name}, virtual`, kind: "steps", points: chosen.batch.map(({ time, virtual }) => [time, virtual]) },
  ],
});

const BROKEN = /** @type {const} */ (["late", "slow", "rejected"]);

/** @param {string} label @param {Partial<Measured>} measured */
const brokenBar = (label, measured) =>
  ({ label, parts: BROKEN.map((group) => ({ group, value: measured[group] ?? 0 })).filter(({ value }) => value > 0) });

/**
 * The model's guards one by one, each above what was published.
 * @param {Values} values @param {Measured} fcfs
 * @returns {import("../model/types").Bars}
 */
const brokenView = (values, fcfs) => {
  const tpot = { ...values, ttftGuard: false, tpotGuard: true, credits: true };
  const ttft = { ...FCFS, ttftGuard: true };
  const all = { ...tpot, ttftGuard: true };
  const modelled = [
    brokenBar("FCFS", fcfs), brokenBar("TPOT guard and credits", trial(values, tpot)),
    brokenBar("TTFT guard", trial(values, ttft)), brokenBar("All of SCORPIO", trial(values, all)),
  ];
  return {
    bars: ABLATION.flatMap((published, i) =>
      [modelled[i], { ...brokenBar(`${published.label}, at 14/s`, published), published: true }]),
    groups: [["late", "First token late"], ["slow", "Tokens too slow"], ["rejected", "Turned away"]],
  };
};

/** Where the plain order is the better one. @param {Load[]} sweep */
const whereFcfsWins = (sweep) => {
  const rates = sweep.filter(({ fcfs, chosen }) => fcfs.goodput > chosen.goodput).map(({ rate }) => rate);
  if (!rates.length) return "";
  if (rates.length === sweep.length) return " FCFS has the higher goodput at every load.";
  const [first, last] = [rates[0], rates[rates.length - 1]];
  const run = rates.length > 2 && LOADS.indexOf(last) - LOADS.indexOf(first) === rates.length - 1;
  const where = run ? `from ${first} to ${last}` : `at ${rates.join(", ").replace(/, (\d+)$/, " and $1")}`;
  return ` FCFS has the higher goodput ${where} requests per second.`;
};

/** @param {number} rate @param {Measured} fcfs @param {Measured} chosen @param {string} name */
const inWords = (rate, fcfs, chosen, name) =>
  `Simulated with constants of ours and this seed: at ${rate} requests per second, first come, first served (FCFS) `
  + `keeps both promises to ${percent(fcfs.adherence)} of them, ${name} to ${percent(chosen.adherence)}`
  + (chosen.rejected ? `; it turns ${percent(chosen.rejected / COUNT)} away.` : ".");

/**
 * @param {Measured} fcfs @param {Measured} chosen @param {string} name
 * @returns {import("../model/types").Named[]}
 */
const numbers = (fcfs, chosen, name) => [
  { name: "adherence", label: `Both promises kept, ${name}`, value: 100 * chosen.adherence, unit: "%", digits: 1 },
  { name: "fcfsAdherence", label: "Both promises kept, FCFS", value: 100 * fcfs.adherence, unit: "%", digits: 1 },
  { name: "goodput", label: `Goodput, ${name}`, value: chosen.goodput, unit: "requests/s", digits: 2 },
  { name: "fcfsGoodput", label: "Goodput, FCFS", value: fcfs.goodput, unit: "requests/s", digits: 2 },
  { name: "ratio", label: "Goodput over FCFS", unit: "×", digits: 1,
    value: fcfs.kept ? chosen.goodput / fcfs.goodput : null },
  { name: "late", label: `First token late, ${name}`, value: chosen.late,
    unit: unitOf(chosen.late, "request"), digits: 0 },
  { name: "slow", label: `Tokens too slow, ${name}`, value: chosen.slow,
    unit: unitOf(chosen.slow, "request"), digits: 0 },
  { name: "rejected", label: `Turned away, ${name}`, value: chosen.rejected,
    unit: unitOf(chosen.rejected, "request"), digits: 0 },
];

/**
 * Some thirty simulations: both policies at each load, then at the one that is set, with notes.
 * @param {Values} values
 * @param {(fraction: number) => void} [progress]
 * @returns {import("../model/types").Result}
 */
export const run = (values, progress = () => {}) => {
  const sweep = LOADS.map((rate, i) => {
    progress(i / (LOADS.length + 2));
    return { rate, fcfs: trial({ ...values, rate }, FCFS), chosen: trial({ ...values, rate }, values) };
  });
  progress(LOADS.length / (LOADS.length + 2));
  const fcfs = observe(values, FCFS), chosen = observe(values, values), name = policyName(values);
  return {
    says: inWords(values.rate, fcfs.result, chosen.result, name) + whereFcfsWins(sweep),
    numbers: numbers(fcfs.result, chosen.result, name),
    views: {
      adherence: curves("adherence", sweep, values),
      goodput: curves("goodput", sweep, values),
      broken: brokenView(values, fcfs.result),
      turns: turnsView(chosen.turns),
      batch: batchView(fcfs, chosen, name),
    },
  };
};
