// @ts-check
/**
 * Distance labels: every vertex keeps how far it is from some hubs, so that two labels tell a distance.
 *
 * Pruned landmark labelling makes them: vertex after vertex, in an order of importance, is a landmark from which a
 * breadth-first search gives each vertex an entry, but goes no further where the labels made so far tell the distance
 * already. The order decides how many entries that takes.
 */

import { normal } from "../shared/random.js";

/** @typedef {import("./graphs").Graph} Graph @typedef {import("../shared/random").Next} Next */

/**
 * How many shortest paths go through each vertex (Brandes), of those that begin at the sources.
 * @param {Graph} graph @param {number[]} sources
 */
export const betweenness = (graph, sources = graph.map((_, vertex) => vertex)) => {
  const through = graph.map(() => 0);
  for (const source of sources) {
    const distances = graph.map(() => -1), paths = graph.map(() => 0), shares = graph.map(() => 0), met = [source];
    distances[source] = 0;
    paths[source] = 1;
    for (const vertex of met) {
      for (const other of graph[vertex]) {
        if (distances[other] < 0) {
          distances[other] = distances[vertex] + 1;
          met.push(other);
        }
        if (distances[other] === distances[vertex] + 1) paths[other] += paths[vertex];
      }
    }
    for (const vertex of met.slice(1).reverse()) {
      for (const other of graph[vertex]) {
        if (distances[other] !== distances[vertex] - 1) continue;
        shares[other] += (paths[other] / paths[vertex]) * (1 + shares[vertex]);
      }
      through[vertex] += shares[vertex];
    }
  }
  return through;
};

/** The vertices from the highest score to the lowest; equal ones in their own order. @param {number[]} scores */
export const byScore = (scores) => scores.map((_, vertex) => vertex).sort((a, b) => scores[b] - scores[a]);

/** The vertices in an order of chance (Fisher and Yates). @param {number} size @param {Next} next */
export const shuffled = (size, next) => {
  const order = Array.from({ length: size }, (_, i) => i);
  for (let i = size - 1; i > 0; i -= 1) {
    const j = Math.floor(next() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
};

/** An order in which everyone's place, as a share of all, is off by a normal error. */
export const disturbed = (/** @type {number[]} */ order, /** @type {number} */ error, /** @type {Next} */ next) => {
  const scores = order.map(() => 0);
  order.forEach((vertex, place) => { scores[vertex] = -(place / order.length + error * normal(next)); });
  return byScore(scores);
};

/**
 * Kendall's τ of two orders: 1 if all pairs are in the same order in both, −1 if none is, about 0 by chance.
 * @param {number[]} one @param {number[]} other
 */
export const agreement = (one, other) => {
  const places = one.map(() => 0);
  other.forEach((vertex, place) => { places[vertex] = place; });
  const pairs = (one.length * (one.length - 1)) / 2;
  return 1 - (2 * inversions(one.map((vertex) => places[vertex]))) / pairs;
};

/**
 * How many pairs of a list are in falling order, counted while it is sorted by merging.
 * @type {(list: number[]) => number}
 */
const inversions = (list) => {
  if (list.length < 2) return 0;
  const half = list.length >> 1;
  const left = list.slice(0, half), right = list.slice(half);
  let count = inversions(left) + inversions(right);
  for (let i = 0, j = 0, k = 0; k < list.length; k += 1) {
    const takesLeft = i < left.length && (j >= right.length || left[i] <= right[j]);
    list[k] = takesLeft ? left[i++] : right[j++];
    if (!takesLeft) count += left.length - i;
  }
  return count;
};

/**
 * The labels that an order makes. A hub is named by its place in the order, so every label is in rising order.
 * @typedef {{hubs: number[], distances: number[]}} Label
 * @param {Graph} graph @param {number[]} order
 * @returns also how many vertices were visited, and how many entries each landmark has added
 */
export const label = (graph, order) => {
  /** @type {Label[]} */
  const labels = graph.map(() => ({ hubs: [], distances: [] }));
  const far = new Int32Array(graph.length).fill(-1);
  const known = new Float64Array(graph.length).fill(Infinity);
  const added = graph.map(() => 0);
  let visited = 0;
  order.forEach((landmark, place) => {
    const own = labels[landmark];
    own.hubs.forEach((hub, i) => { known[hub] = own.distances[i]; });
    const met = [landmark];
    far[landmark] = 0;
    for (const vertex of met) {
      if (isKnown(labels[vertex], known, far[vertex])) continue;
      labels[vertex].hubs.push(place);
      labels[vertex].distances.push(far[vertex]);
      added[place] += 1;
      for (const other of graph[vertex]) {
        if (far[other] >= 0) continue;
        far[other] = far[vertex] + 1;
        met.push(other);
      }
    }
    visited += met.length;
    for (const vertex of met) far[vertex] = -1;
    for (const hub of own.hubs) known[hub] = Infinity;
  });
  return { labels, visited, added };
};

/** Whether a hub of both already tells such a distance. @param {Label} label @param {Float64Array} known */
const isKnown = ({ hubs, distances }, known, /** @type {number} */ distance) => {
  for (let i = 0; i < hubs.length; i += 1) if (known[hubs[i]] + distances[i] <= distance) return true;
  return false;
};

/** Whom a landmark has labelled, and where its search was pruned: at their neighbours, if these have no entry. */
export const search = (/** @type {Graph} */ graph, /** @type {Label[]} */ labels, /** @type {number} */ place) => {
  const has = labels.map(({ hubs }) => hubs.includes(place));
  const labelled = graph.map((_, vertex) => vertex).filter((vertex) => has[vertex]);
  const pruned = new Set(labelled.flatMap((vertex) => graph[vertex].filter((other) => !has[other])));
  return { labelled, pruned: [...pruned] };
};

/**
 * The distance of two vertices by their labels, and the hub (its place in the order) that it goes through.
 * @param {Label[]} labels @param {number} from @param {number} to
 */
export const query = (labels, from, to) => {
  const one = labels[from], other = labels[to];
  let distance = Infinity, hub = -1;
  for (let i = 0, j = 0; i < one.hubs.length && j < other.hubs.length;) {
    const length = one.distances[i] + other.distances[j];
    if (one.hubs[i] === other.hubs[j] && length < distance) [distance, hub] = [length, one.hubs[i]];
    if (one.hubs[i] <= other.hubs[j]) i += 1;
    else j += 1;
  }
  return { distance, hub };
};
