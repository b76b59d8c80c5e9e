// @ts-check
/**
 * Why the order of the vertices decides how large the distance labels of a graph become.
 *
 * Labels answer how far two vertices are apart without a search. How many entries they need depends on the order in
 * which the vertices become hubs, and the best order is hard to find (NP-hard). PathBee has a graph neural network
 * predict how many shortest paths go through each vertex (betweenness) and takes that as the order. No such network
 * runs here: exact, sampled and noisy betweenness stand for a prediction of more or less quality.
 *
 * Source: the PathBee repository (`REPOSITORY`); how labels are made is in `pathbee/labels.js`.
 */

import { edges, grid, inRings, path, scaleFree, squarely } from "./pathbee/graphs.js";
import { agreement, betweenness, byScore, disturbed, label, query, search, shuffled } from "./pathbee/labels.js";
import { random } from "./shared/random.js";
import { rounded, unitOf } from "./shared/words.js";

const REPOSITORY = "https://github.com/pathbee/PathBee";

/** @type {[string, string][]} */
const ORDERS = [
  ["random", "By chance"], ["degree", "Degree"], ["betweenness", "Betweenness"],
  ["sampled", "Betweenness, sampled"], ["noisy", "Betweenness, noisy"],
];

/** @type {[string, string][]} */
const SEARCHED = [
  ["landmark", "Hub"], ["labelled", "Gets an entry"], ["pruned", "Visited, needs no entry"], ["other", "Not visited"],
];

/** @type {[string, string][]} */
const QUERIED = [
  ["end", "The two vertices"], ["best", "Hub on a shortest path"], ["both", "Hub of both"],
  ["from", "Hub of the first"], ["to", "Hub of the second"], ["other", "In neither label"],
];

/**
 * @typedef {object} Values
 * @property {string} kind of graph @property {number} size @property {number} links of a new vertex
 * @property {number} side of the grid @property {string} order @property {number} noise
 * @property {number} landmark @property {number} from @property {number} to @property {number} seed
 */

export const title = "PathBee";

export const slow = true;

/** @type {import("../model/types").Parameter[]} */
export const parameters = [
  { name: "order", label: "Order of the hubs", value: "betweenness", choices: ORDERS,
    help: "Which order the two graphs and the numbers show; the charts compare all." },
  { name: "noise", label: "Noise of the prediction", unit: "%", percent: true, min: 0, max: 1, step: 0.02, value: 0.1,
    help: "How far noisy betweenness misplaces a vertex, as a share of all vertices." },
  { name: "kind", label: "Graph", value: "free", choices: [["free", "Scale-free"], ["grid", "Grid"]],
    help: "A few vertices with many links, or a square of streets." },
  { name: "size", label: "Vertices, scale-free", min: 300, max: 1000, step: 50, value: 300,
    unless: { name: "kind", is: "grid", why: "The graph is a grid." },
    help: "How many vertices the scale-free graph has." },
  { name: "links", label: "Links of a new vertex", min: 2, max: 3, step: 1, value: 2,
    unless: { name: "kind", is: "grid", why: "The graph is a grid." },
    help: "Links with which each vertex joins the scale-free graph." },
  { name: "side", label: "Side of the grid", unit: "vertices", min: 10, max: 25, step: 1, value: 18,
    unless: { name: "kind", is: "free", why: "The graph is scale-free." },
    help: "How many vertices are on a side of the grid." },
  { name: "landmark", label: "Search from hub", min: 1, max: 100, step: 1, value: 2, view: "search",
    help: "Which hub's pruned search is shown, by its place in the order." },
  { name: "from", label: "Path from vertex", min: 0, max: 999, step: 1, value: 150, view: "query",
    help: "Its number; counting begins again where the graph has fewer." },
  { name: "to", label: "Path to vertex", min: 0, max: 999, step: 1, value: 290, view: "query",
    help: "Its number; counting begins again where the graph has fewer." },
  { name: "seed", label: "Seed", min: 1, max: 100, step: 1, value: 1,
    help: "Another seed gives another graph and other random choices." },
];

/** @type {import("../model/types").View[]} */
export const views = [
  { name: "sizes", kind: "bars", title: "Hubs in a label, by the order",
    x: { label: "Mean label size", unit: "hubs", min: 0 } },
  { name: "growth", kind: "lines", title: "How labels grow", x: { label: "Hubs so far", scale: "log" },
    y: { label: "Mean label size", unit: "hubs", min: 0 } },
  { name: "search", kind: "graph", title: "One hub's pruned search" },
  { name: "query", kind: "graph", title: "Two labels and a path" },
];

/** @type {import("../model/types").Reference[]} */
export const references = [
  { label: "Evaluation", value: "26 real graphs", source: REPOSITORY,
    condition: "against pruned landmark labelling in the order of degree; the repository states no headline number" },
  { label: "Prediction", value: "a graph neural network of 6 layers", source: REPOSITORY,
    condition: "trained on directed scale-free graphs with exact betweenness; not part of this model" },
];

export const assumptions = [
  "No trained network runs here: exact, sampled and noisy betweenness stand for what one predicts.",
  "Noise is ours: a vertex's place in the exact order, as a share of all, plus a normal error of the size you set. "
    + "Kendall's τ says how far the result agrees with the exact order.",
  "Sampled betweenness counts the paths from 5 % of the vertices, but at least from 10.",
  "The graphs are ours, small and undirected; PathBee is trained on directed ones and evaluated on real ones.",
  "Whether a grid resembles any graph of the evaluation is our analogy, not the authors'.",
  "Betweenness is not the best order: on a grid chance beats it.",
  "Vertices of equal score are hubs in the order of their numbers; this is ours. On a grid almost all have 4 links, so "
    + "that degree becomes a scan, row by row, and fails. With ties broken by chance it would make labels of about 18 "
    + "entries on a grid of 18 vertices a side, and of 23 on one of 25.",
  "Cost is counted in entries and visited vertices, not in bytes and seconds; "
    + "no published number can be held against it.",
  "Only pruned landmark labelling is modelled; PathBee serves three other labelling algorithms too.",
];

/** The graph that is asked for. @param {Values} values */
export const graphOf = ({ kind, size, links, side, seed }) =>
  kind === "grid" ? grid(side) : scaleFree(size, links, random(seed));

/**
 * All orders of a graph's vertices; each has chance of its own.
 * @param {Values} values @returns {Record<string, number[]>}
 */
export const ordersOf = (values, graph = graphOf(values)) => {
  const chance = (/** @type {number} */ stream) => random(1000 * stream + values.seed);
  const sources = shuffled(graph.length, chance(1)).slice(0, Math.max(10, Math.floor(graph.length / 20)));
  const exact = byScore(betweenness(graph));
  return {
    random: shuffled(graph.length, chance(2)),
    degree: byScore(graph.map((others) => others.length)),
    betweenness: exact,
    sampled: byScore(betweenness(graph, sources)),
    noisy: disturbed(exact, values.noise, chance(3)),
  };
};

/** @typedef {(done: number) => void} Progress */

/** A graph, its orders, and the labels each of them makes. @param {Values} values @param {Progress} progress */
const prepare = (values, progress) => {
  const graph = graphOf(values);
  const orders = ordersOf(values, graph);
  const labellings = Object.fromEntries(ORDERS.map(([name], i) => {
    progress((i + 1) / (ORDERS.length + 1));
    return [name, label(graph, orders[name])];
  }));
  const places = values.kind === "grid" ? squarely(values.side) : inRings(graph);
  return { graph, orders, labellings, places };
};

/** What was prepared last, the only thing that is remembered: another query or landmark needs nothing new. */
const last = { key: "", prepared: /** @type {ReturnType<typeof prepare> | null} */ (null) };

const prepared = (/** @type {Values} */ values, /** @type {Progress} */ progress) => {
  const { order, landmark, from, to, ...rest } = values;
  const key = JSON.stringify(rest);
  if (last.key !== key || !last.prepared) Object.assign(last, { key, prepared: prepare(values, progress) });
  return /** @type {ReturnType<typeof prepare>} */ (last.prepared);
};

/** @typedef {ReturnType<typeof prepare>} Prepared */

/** Entries per vertex. @param {Prepared["labellings"][string]} labelling */
const meanSize = ({ added }) => added.reduce((sum, count) => sum + count, 0) / added.length;

/** The mean label size after 1, 2, 3, 4, 6, 8 … hubs. @param {number[]} added */
const growth = (added) => {
  let sum = 0, next = 1;
  return added.flatMap((count, place) => {
    sum += count;
    if (place + 1 < next && place + 1 < added.length) return [];
    next = Math.ceil((place + 2) * 1.15);
    return [[place + 1, sum / added.length]];
  });
};

/** A graph's picture, with a group and perhaps a name for each vertex. */
const picture = (/** @type {Prepared} */ { graph, places }, /** @type {(vertex: number) => string} */ group,
  /** @type {string[]} */ named) => {
  const most = Math.max(...graph.map((others) => others.length));
  const nodes = places.map((place, vertex) => ({
    ...place, size: Math.sqrt(graph[vertex].length / most), group: group(vertex),
    ...(named.includes(group(vertex)) ? { label: String(vertex) } : {}),
  }));
  return { nodes, edges: edges(graph) };
};

/** Whom the landmark at a place labels. @param {Prepared} made @param {string} order @param {number} place */
const searchView = (made, order, place) => {
  const { labelled, pruned } = search(made.graph, made.labellings[order].labels, place);
  const groups = made.graph.map(() => "other");
  for (const vertex of pruned) groups[vertex] = "pruned";
  for (const vertex of labelled) groups[vertex] = "labelled";
  groups[made.orders[order][place]] = "landmark";
  return { ...picture(made, (vertex) => groups[vertex], ["landmark"]), groups: SEARCHED };
};

/** Two vertices' hubs and a shortest way over the best of them. @param {Prepared} made @param {string} order */
const queryView = (made, order, /** @type {number} */ from, /** @type {number} */ to, /** @type {number} */ place) => {
  const vertices = made.orders[order], { labels } = made.labellings[order];
  const hub = vertices[place];
  const hubsOf = (/** @type {number} */ vertex) => new Set(labels[vertex].hubs.map((rank) => vertices[rank]));
  const one = hubsOf(from), other = hubsOf(to);
  const group = (/** @type {number} */ vertex) => {
    if (vertex === from || vertex === to) return "end";
    if (vertex === hub) return "best";
    if (one.has(vertex)) return other.has(vertex) ? "both" : "from";
    return other.has(vertex) ? "to" : "other";
  };
  const way = [...path(made.graph, from, hub), ...path(made.graph, hub, to)];
  return { ...picture(made, group, ["end", "best"]), groups: QUERIED, paths: [{ label: "Shortest path", edges: way }] };
};

/** What the order does with vertices of equal degree, where there is little else. @param {Values} values */
const ties = ({ kind, order }) => kind === "grid" && order === "degree"
  ? " Vertices of equal degree are taken by number, row by row; this is ours, and why degree fails here." : "";

/** @param {Values} values @param {Progress} progress @returns {import("../model/types").Result} */
export const run = (values, progress) => {
  const made = prepared(values, progress);
  const { graph, orders, labellings } = made, { order } = values;
  const { labels, visited } = labellings[order];
  const from = values.from % graph.length, to = values.to % graph.length;
  const { distance, hub } = query(labels, from, to);
  const means = ORDERS.map(([name]) => meanSize(labellings[name]));
  const mean = meanSize(labellings[order]), entries = labels[from].hubs.length + labels[to].hubs.length;
  const tau = agreement(orders[order], orders.betweenness);
  const named = ORDERS.map(([, name]) => name), chosen = named[ORDERS.findIndex(([name]) => name === order)];
  return {
    says: `On a ${values.kind === "grid" ? "grid" : "scale-free graph"} of ${graph.length} vertices, hubs in the order `
      + `“${chosen}” make labels of ${rounded(mean, 1)} entries on average`
      + `${order === "random" ? "" : `, by chance ${rounded(means[0], 1)}`}. `
      + (from === to ? `Both ends of the path are the same vertex, ${from}.`
        : `The labels of vertices ${from} and ${to}, ${entries} entries together, `
          + `tell that they are ${distance} apart.`)
      + ties(values),
    numbers: [
      { name: "size", label: "Mean label size", value: mean, unit: "hubs", digits: 1 },
      { name: "chance", label: "Mean label size by chance", value: means[0], unit: "hubs", digits: 1 },
      { name: "visited", label: "Vertices visited for all labels", value: visited, digits: 0 },
      { name: "agreement", label: "Agreement with exact betweenness (τ)", value: tau, digits: 2 },
      { name: "distance", label: "Distance of the two vertices", value: distance,
        unit: unitOf(distance, "step"), digits: 0 },
      { name: "entries", label: "Entries in their two labels", value: entries, digits: 0 },
    ],
    views: {
      sizes: { bars: named.map((name, i) => ({ label: name, value: means[i] })) },
      growth: { series: ORDERS.map(([name, title]) => ({ label: title, points: growth(labellings[name].added) })) },
      search: searchView(made, order, values.landmark - 1),
      query: queryView(made, order, from, to, hub),
    },
  };
};
