// @ts-check
/**
 * How fast a language model spreads from the nodes that hold it to those that must serve a burst: λScale.
 *
 * The model is cut into blocks. In λScale's binomial pipeline nodes are the corners of a hypercube: in each round all
 * of them exchange a block with a neighbour, along one dimension after the other, so that no link is idle for long.
 * With several sources the nodes form as many groups, whose sources begin at different blocks. Long before any node has
 * the whole model some nodes have it together, and can serve as a pipeline ("execute while load").
 *
 * Beside it stand FaaSNet's binary tree, a tree of whole copies, and one copy after the other. All is counted in
 * rounds, in which a node sends at most one block and receives at most one, and a round is then given its seconds.
 *
 * Sources: the paper's first version (`PAPER`), and the configuration and data in its repository (`REPOSITORY`).
 */

import { changes, copies, multicast, pipelines } from "./lambdascale/multicast.js";
import { many, rounded } from "./shared/words.js";

const PAPER = "https://arxiv.org/abs/2502.09922";
const REPOSITORY = "https://github.com/lambda-scale/lambda-scale";

/** Llama-2 models: GB of weights, and ms to decode a token (`REPOSITORY`). */
const MODELS = {
  "7B": { size: 13.48, decode: 14 },
  "13B": { size: 26.03, decode: 26 },
  "70B": { size: 137.95, decode: 140 },
};

/**
 * Seconds until all of so many nodes have a model, as measured for λScale, FaaSNet and NCCL (`REPOSITORY`).
 * The repository's file of 70B on 8 nodes repeats the one on 4, so it is left out.
 * @type {Record<Llama, [number, [number, number, number]][]>}
 */
const MEASURED = {
  "7B": [[4, [0.45, 0.68, 0.9286]], [8, [0.4715, 0.762, 0.8268]]],
  "13B": [[4, [0.7748, 1.3348, 0.9706]], [8, [0.8, 1.4622, 1.2227]]],
  "70B": [[4, [9.2734, 16.2504, 12.9054]]],
};

/** @type {Record<Strategy, string>} */
const STRATEGIES = {
  pipeline: "Binomial pipeline",
  tree: "Binary tree",
  copies: "Tree of whole copies",
  sequence: "One copy after the other",
};
const NAMED = /** @type {[Strategy, string][]} */ (Object.entries(STRATEGIES));

/**
 * @typedef {keyof typeof MODELS} Llama
 * @typedef {import("./lambdascale/multicast").Strategy} Strategy
 * @typedef {ReturnType<typeof multicast>} Spread
 *
 * @typedef {object} Values
 * @property {Strategy} strategy @property {Llama} model
 * @property {number} nodes all nodes, sources too @property {string} sources how many have the model from the start
 * @property {number} blocks into how many the model is cut @property {number} link GB/s
 * @property {number} efficiency share of the link's rate that is reached
 * @property {number} burst tokens that are waited for at time 0 @property {number} moment percent of the spread
 */

export const title = "λScale";

/** @type {import("../model/types").Parameter[]} */
export const parameters = [
  { name: "strategy", label: "Strategy", choices: NAMED, value: "pipeline",
    help: "λScale multicasts by a binomial pipeline, FaaSNet by a binary tree." },
  { name: "moment", label: "Moment", unit: "%", min: 0, max: 100, step: 1, value: 50,
    help: "The moment at which the blocks are shown: percent of the time until all nodes have the model." },
  { name: "nodes", label: "Nodes", min: 2, max: 32, steps: 4, scale: "log", value: 8,
    help: "All nodes, including those that already have the model." },
  { name: "sources", label: "Sources", choices: [["1", "1"], ["2", "2"], ["4", "4"], ["8", "8"]], value: "2",
    help: "Nodes that have the model already; at most half of all." },
  { name: "blocks", label: "Blocks", min: 1, max: 64, step: 1, value: 16,
    help: "Into how many blocks the model is cut to be sent." },
  { name: "model", label: "Model", value: "7B",
    choices: [["7B", "Llama-2 7B"], ["13B", "Llama-2 13B"], ["70B", "Llama-2 70B"]],
    help: "13.48, 26.03 or 137.95 GB; 14, 26 or 140 ms to decode a token." },
  { name: "link", label: "Link", unit: "GB/s", min: 5, max: 100, step: 5, value: 50,
    help: "Nominal rate of a node's link; 50 GB/s are 400 Gb/s." },
  { name: "efficiency", label: "Reached share of the link", unit: "%", percent: true, min: 0.3, max: 1, step: 0.01,
    value: 0.72,
    help: "The published times imply 32 to 37 of 50 GB/s for 7B and 13B, and 16 GB/s (32 %) for 70B." },
  { name: "burst", label: "Burst", unit: "requests", min: 1, max: 200, step: 1, value: 50,
    help: "Requests that wait from the start, for one token each." },
];

const TIME = { label: "Time", unit: "s", min: 0 };

/** @type {import("../model/types").View[]} */
export const views = [
  { name: "blocks", kind: "cells", title: "Who has which block at the moment", x: { label: "Block" } },
  { name: "completion", kind: "lines", title: "Nodes that have received all", x: TIME,
    y: { label: "Nodes", min: 0 } },
  { name: "capacity", kind: "lines", title: "How much can be served", x: TIME,
    y: { label: "Capacity", unit: "tokens/s", min: 0 } },
  { name: "measured", kind: "bars", title: "From one source, computed and measured",
    x: { label: "Time until all have the model", unit: "s", min: 0 } },
];

/** @type {import("../model/types").Reference[]} */
export const references = [
  { label: "Multicast against FaaSNet", value: "up to 1.82× as fast", number: "gain", source: PAPER,
    condition: "first version of the paper; H800 GPUs, 400 Gb/s InfiniBand" },
  { label: "Multicast against NCCL", value: "up to 1.53× as fast", source: PAPER,
    condition: "first version of the paper; NCCL's broadcast is not modelled here" },
  { label: "Ramp-up of 7B", value: "about 0.6 s from 1 source, 0.15 s from 4", number: "first", source: PAPER,
    condition: "first version of the paper; it is longer than here, where only the transfer takes time" },
  { label: "A burst of 50 requests", source: PAPER,
    value: "all served in 1.1 s; FaaSNet 2×, NCCL 1.4×, ServerlessLLM 8× slower",
    condition: "first version of the paper; the burst here is of single tokens, so the two are not comparable" },
  { label: "13B from 1 to 8 nodes", value: "0.80 s; FaaSNet 1.4622 s, NCCL 1.2227 s", source: REPOSITORY,
    condition: "real_transfer_data in the repository, like all measured bars" },
  { label: "Sizes of the models", value: "13.48, 26.03 and 137.95 GB", source: REPOSITORY,
    condition: "Llama-2 7B, 13B and 70B, configuration" },
  { label: "Time to decode a token", value: "14, 26 and 140 ms", source: REPOSITORY,
    condition: "Llama-2 7B, 13B and 70B, configuration" },
  { label: "Reached rate of a link, computed here", source: REPOSITORY,
    value: "32 to 37 of 50 GB/s for 7B and 13B, 16 for 70B",
    condition: "from the measured times of λScale and the rounds of the binomial pipeline" },
];

export const assumptions = [
  "All nodes work in rounds of equal length: a block's size over the reached rate. "
    + "Nothing else takes time, neither start-up nor latency.",
  "The reached share of 72 % is ours, fitted to the measured times of 13B; 7B is a little slower, and 70B needs 32 %. "
    + "The range of the link's rate is ours.",
  "1 → 4 and 1 → 8 in the measured data are read as 4 and 8 nodes with the source. "
    + "NCCL's broadcast is shown as measured, not computed.",
  "A node or a pipeline of nodes decodes one token at a time, and hops between nodes cost nothing. "
    + "λScale keeps more in flight (two-dimensional pipelining), so it can serve more. "
    + "The burst of single tokens is ours.",
  "Serving while loading: receiving nodes are taken in turn, the groups' first, then their second, "
    + "until together they have the model; they make a pipeline, and the next begins. This order is ours.",
  "Moving a request's state when a node switches to its own copy costs nothing.",
  "Every node but the sources begins with nothing; copies that λScale finds in host memory are not modelled.",
  "Latencies and GPU times that were measured with traces of requests cannot be reproduced here.",
];

/** Sources, of which each has a node to send to. @param {Values} values */
const sourcesOf = ({ sources, nodes }) => Math.min(Number(sources), nodes / 2);

/** Seconds of a round. @param {Values} values */
const roundTime = ({ model, blocks, link, efficiency }) => MODELS[model].size / blocks / (link * efficiency);

/** Tokens that a node or a pipeline decodes in a second. @param {Values} values */
const rate = ({ model }) => 1000 / MODELS[model].decode;

/** The spread under every strategy. @param {Values} values @returns {Record<Strategy, Spread>} */
const spreads = (values) => {
  const by = (/** @type {Strategy} */ strategy) =>
    multicast(strategy, values.nodes, values.blocks, sourcesOf(values));
  return { pipeline: by("pipeline"), tree: by("tree"), copies: by("copies"), sequence: by("sequence") };
};

/** How many can serve at a time, from which round: sources, and receiving nodes together or each for itself. */
const serving = (/** @type {Values} */ values, /** @type {Spread} */ { rounds, receivers }) => {
  const sources = sourcesOf(values);
  return {
    together: changes(rounds, (round) => sources + pipelines(receivers, round)),
    whole: changes(rounds, (round) => sources + copies(receivers, round)),
  };
};

/** The second in which a burst of tokens is served. @param {Values} values @param {[number, number][]} steps */
const drained = (values, steps) => {
  const second = roundTime(values);
  let left = values.burst;
  for (const [i, [round, servers]] of steps.entries()) {
    const start = round * second, speed = servers * rate(values);
    const lasts = i + 1 < steps.length ? steps[i + 1][0] * second - start : Infinity;
    if (left <= lasts * speed) return start + left / speed;
    left -= lasts * speed;
  }
  return null;
};

/**
 * Who has what at the moment.
 * @param {Values} values @param {Spread} spread @returns {import("../model/types").Cells}
 */
const cells = (values, { rounds, places }) => {
  const round = Math.floor(rounds * values.moment / 100);
  const groups = places[0].length;
  const state = (/** @type {number} */ arrival) => {
    if (arrival > round) return arrival === round + 1 ? "arriving" : null;
    return arrival === 0 ? "source" : "received";
  };
  const name = (/** @type {number} */ place, /** @type {number} */ group) =>
    `${place ? `Node ${place}` : "Source"}${groups > 1 ? ` of group ${group + 1}` : ""}`;
  const rows = places[0].flatMap((_, group) =>
    places.map((place, i) => ({ label: name(i, group), arrivals: place[group] })));
  return {
    rows: rows.map(({ label }) => label),
    columns: rows[0].arrivals.map((_, block) => String(block + 1)),
    values: rows.map(({ arrivals }) => arrivals.map(state)),
    groups: [["source", "There from the start"], ["received", "Received"], ["arriving", "Arriving in this round"]],
  };
};

/** How many nodes are done, by every strategy. @param {Values} values @returns {import("../model/types").Lines} */
const completion = (values, /** @type {Record<Strategy, Spread>} */ all) => {
  const second = roundTime(values), end = Math.max(...Object.values(all).map(({ rounds }) => rounds));
  const points = (/** @type {Spread} */ { rounds, receivers }) => {
    const steps = changes(rounds, (round) => copies(receivers, round));
    const lasting = rounds < end ? [...steps, [end, receivers.length]] : steps;
    return lasting.map(([round, full]) => [round * second, full]);
  };
  return { series: NAMED.map(([strategy, label]) => ({ label, kind: "steps", points: points(all[strategy]) })) };
};

/** Tokens per second, to a little after the end. @param {Values} values @returns {import("../model/types").Lines} */
const capacity = (values, /** @type {ReturnType<typeof serving>} */ { together, whole }) => {
  const second = roundTime(values);
  const [end, all] = whole[whole.length - 1];
  const points = (/** @type {[number, number][]} */ steps) =>
    [...steps, [1.1 * end, all]].map(([round, servers]) => [round * second, servers * rate(values)]);
  return {
    series: [
      { label: "Serving while loading", kind: "steps", points: points(together) },
      { label: "Whole copies only", kind: "steps", points: points(whole) },
    ],
    marks: [{ x: together[1][0] * second, label: "first copy" }],
  };
};

/** Computed and measured times of a model. @param {Values} values @returns {import("../model/types").Bars} */
const measured = (values) => ({ bars: MEASURED[values.model].flatMap(([nodes, [lambdascale, faasnet, nccl]]) => {
  const computed = (/** @type {Strategy} */ strategy) =>
    multicast(strategy, nodes, values.blocks, 1).rounds * roundTime(values);
  return [
    { label: `Binomial pipeline, ${nodes} nodes`, value: computed("pipeline") },
    { label: `λScale, ${nodes} nodes`, value: lambdascale, published: true },
    { label: `Binary tree, ${nodes} nodes`, value: computed("tree") },
    { label: `FaaSNet, ${nodes} nodes`, value: faasnet, published: true },
    { label: `NCCL, ${nodes} nodes`, value: nccl, published: true },
  ];
}) });

/** @param {Values} values @param {Spread} spread @param {number} gain @param {number} first */
const sentence = (values, { rounds, receivers }, gain, first) => {
  const sources = sourcesOf(values);
  const times = rounded(gain, 2), speed = times === "1.00" ? "as fast as" : `${times} times as fast as by`;
  const compared = values.strategy === "tree" ? "" : `, ${speed} a binary tree`;
  const limit = sources < Number(values.sources)
    ? ` At most half of the nodes are sources, here ${sources}, so that each has somebody to send to.` : "";
  return `Simulated with constants of ours: by the strategy “${STRATEGIES[values.strategy]}”, `
    + `${many(receivers.length, "node has", "nodes have")} received the model from ${many(sources, "source")} `
    + `after ${many(rounds, "round")} or ${rounded(rounds * roundTime(values), 2)} s${compared}. `
    + `Nodes that together hold the model can serve after ${rounded(first, 2)} s.${limit}`;
};

/** @param {Values} given @returns {import("../model/types").Result} */
export const run = (given) => {
  const values = { ...given, nodes: Math.round(given.nodes) };
  const all = spreads(values), second = roundTime(values);
  const chosen = all[values.strategy];
  const gain = all.tree.rounds / chosen.rounds;
  const steps = serving(values, chosen);
  const first = steps.together[1][0] * second;
  return {
    says: sentence(values, chosen, gain, first),
    numbers: [
      { name: "rounds", label: "Rounds until all have the model", value: chosen.rounds, digits: 0 },
      { name: "all", label: "Time until all have the model", value: chosen.rounds * second, unit: "s", digits: 2 },
      { name: "gain", label: "Speedup over a binary tree", value: gain, unit: "×", digits: 2 },
      { name: "first", label: "Time until nodes have it together", value: first, unit: "s", digits: 3 },
      { name: "rate", label: "Reached rate of a link", unit: "GB/s", digits: 1,
        value: values.link * values.efficiency },
      { name: "burst", label: "Burst served, while loading", unit: "s", digits: 2,
        value: drained(values, steps.together) },
      { name: "burstWhole", label: "Burst served, whole copies only", unit: "s", digits: 2,
        value: drained(values, steps.whole) },
    ],
    views: {
      blocks: cells(values, chosen),
      completion: completion(values, all),
      capacity: capacity(values, steps),
      measured: measured(values),
    },
  };
};
