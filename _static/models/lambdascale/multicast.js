// @ts-check
/**
 * Multicast: how blocks spread from sources to all other nodes, round by round.
 *
 * In a round a node sends at most one block and receives at most one, and sends only what it had before the round.
 * The binomial pipeline on a hypercube, and its groups with shifted orders, are λScale's
 * (https://arxiv.org/abs/2502.09922).
 */

/**
 * @typedef {"pipeline" | "tree" | "copies" | "sequence"} Strategy
 * @typedef {{ from: number, to: number, block: number }} Sending
 */

/**
 * What a node would send in a round, for each strategy in a group of nodes; node 0 is the source.
 * `arrivals` are the rounds in which the node received its blocks, `sent` is how often it has sent already.
 * @type {Record<Strategy, (nodes: number, blocks: number) =>
 *   (node: number, round: number, arrivals: number[], sent: number) => { to: number, block: number }>}
 */
const OFFERS = {
  pipeline: (nodes, blocks) => (node, round, arrivals) => ({
    to: node ^ (1 << ((round - 1) % Math.log2(nodes))),
    block: node === 0 ? Math.min(round, blocks) - 1 : arrivals.findLastIndex((arrival) => arrival < round),
  }),
  tree: (nodes) => (node, round, arrivals, sent) => {
    const children = [2 * node + 1, 2 * node + 2].filter((child) => child < nodes);
    return { to: children[sent % children.length], block: Math.floor(sent / children.length) };
  },
  copies: (nodes, blocks) => (node, round) => {
    const copies = 2 ** Math.floor((round - 1) / blocks);
    return { to: node < copies ? node + copies : nodes, block: (round - 1) % blocks };
  },
  sequence: (nodes, blocks) => (node, round) =>
    ({ to: node === 0 ? 1 + Math.floor((round - 1) / blocks) : nodes, block: (round - 1) % blocks }),
};

/**
 * Spread blocks from node 0 to all nodes of a group: what is sent in each round, and when each node has each block.
 * @param {Strategy} strategy @param {number} nodes a power of 2 @param {number} blocks
 */
export const spread = (strategy, nodes, blocks) => {
  const offer = OFFERS[strategy](nodes, blocks);
  const arrivals = Array.from({ length: nodes }, (_, node) => Array(blocks).fill(node ? Infinity : 0));
  const sent = Array(nodes).fill(0);
  const rounds = [];
  for (let missing = (nodes - 1) * blocks; missing > 0;) {
    const round = rounds.length + 1;
    /** @type {Sending[]} */
    const sendings = [];
    for (let from = 0; from < nodes; from += 1) {
      const { to, block } = offer(from, round, arrivals[from], sent[from]);
      // Only what was there before the round can be sent, and only to who lacks it.
      if (!(arrivals[from][block] < round) || arrivals[to]?.[block] !== Infinity) continue;
      arrivals[to][block] = round;
      sent[from] += 1;
      sendings.push({ from, to, block });
    }
    missing -= sendings.length;
    rounds.push(sendings);
  }
  return { rounds, arrivals };
};

/**
 * Several sources make as many groups, each spreading the same blocks but beginning at another, an equal part further.
 * `places[i][j]` says when node i of group j has each block, in rounds; `places[0]` are the sources.
 * @param {Strategy} strategy @param {number} nodes of all groups @param {number} blocks @param {number} groups
 */
export const multicast = (strategy, nodes, blocks, groups) => {
  const { rounds, arrivals } = spread(strategy, nodes / groups, blocks);
  const shifted = (/** @type {number[]} */ row, /** @type {number} */ group) => {
    const shift = Math.floor(group * blocks / groups);
    return row.map((_, block) => row[(block - shift + blocks) % blocks]);
  };
  const places = arrivals.map((row) => Array.from({ length: groups }, (_, group) => shifted(row, group)));
  return { rounds: rounds.length, places, receivers: places.slice(1).flat() };
};

/**
 * How many sets of nodes, taken in turn, have all blocks together after a round.
 * @param {number[][]} nodes when each has each block @param {number} round
 */
export const pipelines = (nodes, round) => {
  const all = nodes[0].map((_, block) => block);
  let count = 0, missing = all;
  for (const arrivals of nodes) {
    missing = missing.filter((block) => arrivals[block] > round);
    if (missing.length > 0) continue;
    count += 1;
    missing = all;
  }
  return count;
};

/** How many nodes have all blocks, each for itself. @param {number[][]} nodes @param {number} round */
export const copies = (nodes, round) =>
  nodes.filter((arrivals) => arrivals.every((arrival) => arrival <= round)).length;

/**
 * The rounds at which a number that never falls changes, from round 0, and what it is from then on.
 * @param {number} rounds @param {(round: number) => number} value @returns {[number, number][]}
 */
export const changes = (rounds, value) => {
  /** @type {(low: [number, number], high: [number, number]) => [number, number][]} */
  const between = (low, high) => {
    if (low[1] === high[1]) return [];
    if (high[0] - low[0] === 1) return [high];
    const middle = Math.floor((low[0] + high[0]) / 2);
    const at = /** @type {[number, number]} */ ([middle, value(middle)]);
    return [...between(low, at), ...between(at, high)];
  };
  return [[0, value(0)], ...between([0, value(0)], [rounds, value(rounds)])];
};
