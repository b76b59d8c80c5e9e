// @ts-check
/** Graphs to label: made from chance or as a grid, walked through, and laid out to be drawn. */

/** @typedef {number[][]} Graph the neighbours of each vertex, in rising order; edges go both ways */

/**
 * Vertices come one by one, each with links to `links` others that are drawn by how many links these have (Barabási and
 * Albert); what is drawn twice is one link.
 * @param {number} size @param {number} links @param {import("../shared/random").Next} next
 * @returns {Graph}
 */
export const scaleFree = (size, links, next) => {
  /** @type {Set<number>[]} */
  const neighbours = Array.from({ length: size }, () => new Set());
  /** Every vertex as often as it has links. @type {number[]} */
  const ends = [];
  let targets = Array.from({ length: links }, (_, i) => i);
  for (let vertex = links; vertex < size; vertex += 1) {
    for (const target of new Set(targets)) {
      neighbours[vertex].add(target);
      neighbours[target].add(vertex);
      ends.push(vertex, target);
    }
    targets = targets.map(() => ends[Math.floor(next() * ends.length)]);
  }
  return neighbours.map((set) => [...set].sort((a, b) => a - b));
};

/** A square of side × side vertices, each linked to those beside it. @param {number} side @returns {Graph} */
export const grid = (side) => Array.from({ length: side * side }, (_, vertex) => {
  const left = vertex % side ? [vertex - 1] : [], right = (vertex + 1) % side ? [vertex + 1] : [];
  return [vertex - side, ...left, ...right, vertex + side].filter((other) => other >= 0 && other < side * side);
});

/** All edges, each once. @param {Graph} graph */
export const edges = (graph) =>
  graph.flatMap((others, vertex) => others.filter((other) => other > vertex).map((other) => [vertex, other]));

/**
 * Breadth first from a vertex: the vertices in the order in which they are met, how far they are, and from where each
 * was met. What cannot be reached has the distance −1.
 * @param {Graph} graph @param {number} from
 */
const walk = (graph, from) => {
  const distances = graph.map(() => -1), parents = graph.map(() => -1), met = [from];
  distances[from] = 0;
  for (const vertex of met) {
    for (const other of graph[vertex]) {
      if (distances[other] >= 0) continue;
      distances[other] = distances[vertex] + 1;
      parents[other] = vertex;
      met.push(other);
    }
  }
  return { met, distances, parents };
};

/** The edges of a shortest path. @param {Graph} graph @param {number} from @param {number} to */
export const path = (graph, from, to) => {
  const { parents } = walk(graph, from);
  const steps = [];
  for (let vertex = to; parents[vertex] >= 0; vertex = parents[vertex]) steps.unshift([parents[vertex], vertex]);
  return steps;
};

/** The places of a grid's vertices. @param {number} side */
export const squarely = (side) =>
  Array.from({ length: side * side }, (_, i) => ({ x: (i % side) / (side - 1), y: Math.floor(i / side) / (side - 1) }));

/**
 * Rings around the vertex with the most links, one for each step away from it; a branch has a slice of the circle as
 * wide as it has vertices.
 * @param {Graph} graph
 */
export const inRings = (graph) => {
  const center = graph.reduce((best, others, vertex) => (others.length > graph[best].length ? vertex : best), 0);
  const { met, distances, parents } = walk(graph, center);
  const branch = graph.map(() => 1);
  for (const vertex of met.slice(1).reverse()) branch[parents[vertex]] += branch[vertex];
  const begins = graph.map(() => 0);
  const furthest = distances[met[met.length - 1]] || 1;
  const places = graph.map(() => ({ x: 0.5, y: 0.5 }));
  for (const vertex of met.slice(1)) {
    const parent = parents[vertex];
    const angle = (2 * Math.PI * (begins[parent] + branch[vertex] / 2)) / graph.length;
    const radius = distances[vertex] / furthest / 2;
    places[vertex] = { x: 0.5 + radius * Math.cos(angle), y: 0.5 + radius * Math.sin(angle) };
    begins[vertex] = begins[parent];
    begins[parent] += branch[vertex];
  }
  return places;
};
