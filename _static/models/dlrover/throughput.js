// @ts-check
/**
 * How fast a training job runs with so many workers and parameter servers, and how an autoscaler finds its way.
 *
 * Workers compute gradients, parameter servers keep the model that all of them read and update. The formula is ours:
 * the time for a sample is a/w + b/p, a share that more workers w make smaller and one that more servers p do. DLRover
 * fits a model of its own to what it observes, by least squares without negative terms, and `fit` does so with ours.
 *
 * Source of the measurements: `FIGURES`; of the rule that stops: `dlrover/python/master/resource/local_optimizer.py`.
 */

export const FIGURES = "https://github.com/intelligent-machine-learning/dlrover/blob/master/docs/figures/dlrover_rm";

/** @typedef {{a: number, b: number}} Constants with them `throughput` is in 10⁵ samples/s */
/** @typedef {{workers: number, servers: number}} Plan */

/** Fitted to the lines that the figure draws through its measurements. @type {Constants} */
export const FIGURE_FIT = { a: 5.92, b: 1.26 };

/** [workers, 10⁵ samples/s] by the number of servers, digitised from the figure. */
export const MEASURED = [
  { servers: 6, points: [[12, 1.509], [24, 2.134], [28, 2.46], [32, 2.54]] },
  { servers: 12, points: [[12, 1.593], [24, 2.868], [28, 2.992], [32, 3.077]] },
  { servers: 18, points: [[4, 0.572], [8, 1.108], [12, 1.709], [24, 3.485], [28, 3.854], [32, 3.896]] },
];

export const MOST = { workers: 64, servers: 32 };

/** A step is taken only if it brings at least this share of what the instances already there bring in the mean. */
const LEAST_SPEED_RATIO = 0.2;

/** Of a warm start: this share of the best plan; ours. */
const WARM = 0.8;

/** @param {Constants} constants @param {Plan} plan */
export const throughput = ({ a, b }, { workers, servers }) => 1 / (a / workers + b / servers);

/**
 * Constants from measurements [workers, servers, throughput]: the least squares of relative errors, none negative.
 * @param {number[][]} measurements at least two, not all with workers and servers in the same proportion
 * @returns {Constants}
 */
export const fit = (measurements) => {
  let xx = 0, xy = 0, yy = 0, x1 = 0, y1 = 0;
  for (const [workers, servers, speed] of measurements) {
    const x = speed / workers, y = speed / servers; // a·x + b·y is 1 where the formula is right
    xx += x * x, xy += x * y, yy += y * y, x1 += x, y1 += y;
  }
  const determinant = xx * yy - xy * xy;
  const a = (x1 * yy - y1 * xy) / determinant, b = (y1 * xx - x1 * xy) / determinant;
  // With two unknowns the constrained optimum lies on an axis where the free one is negative.
  if (a < 0) return { a: 0, b: y1 / yy };
  if (b < 0) return { a: x1 / xx, b: 0 };
  return { a, b };
};

/** In workers. @param {Plan} plan @param {number} serverCost */
export const cost = ({ workers, servers }, serverCost) => workers + serverCost * servers;

/**
 * The fastest split of a budget, where a little more of either brings as much for its money: w/p = √(a·c/b), with c the
 * cost of a server; or as near to it as one to `MOST` of each allow. Not in whole instances.
 * @param {Constants} constants @param {number} budget @param {number} serverCost
 */
export const bestSplit = ({ a, b }, budget, serverCost) => {
  const ratio = Math.sqrt(a * serverCost / b);
  const fewest = Math.max(1, budget - serverCost * MOST.servers), most = Math.min(MOST.workers, budget - serverCost);
  const workers = Math.min(most, Math.max(fewest, ratio * budget / (ratio + serverCost)));
  return { workers, servers: (budget - workers) / serverCost };
};

/**
 * What one more instance brings, against the mean of those that are there.
 * @param {number} before @param {number} after throughputs @param {number} count of instances before
 */
const speedRatio = (before, after, count) => (after - before) / (before / count);

/**
 * One more of a kind: what it brings for its money.
 * @param {Constants} constants @param {Plan} plan @param {"workers" | "servers"} kind @param {number} serverCost
 */
const stepOf = (constants, plan, kind, serverCost) => {
  const next = { ...plan, [kind]: plan[kind] + 1 };
  const before = throughput(constants, plan), after = throughput(constants, next);
  const price = kind === "servers" ? serverCost : 1;
  return { next, gain: (after - before) / price, ratio: speedRatio(before, after, plan[kind]) };
};

/**
 * From a plan on, one instance after the other, always the one that brings most for its money; until the budget is
 * spent or no step is worth it.
 * @param {Constants} constants @param {Plan} start
 * @param {{budget: number, serverCost: number, kinds: ("workers" | "servers")[]}} options
 * @returns {Plan[]} all plans on the way
 */
export const autoscale = (constants, start, { budget, serverCost, kinds }) => {
  const path = [start];
  for (;;) {
    const plan = path[path.length - 1];
    const [best] = kinds.filter((kind) => plan[kind] < MOST[kind])
      .map((kind) => stepOf(constants, plan, kind, serverCost))
      .filter(({ next, ratio }) => cost(next, serverCost) <= budget && ratio >= LEAST_SPEED_RATIO)
      .sort((one, other) => other.gain - one.gain);
    if (!best) return path;
    path.push(best.next);
  }
};

/** What a job starts with, when similar jobs have told what is best. @param {Plan} best @returns {Plan} */
export const warmStart = ({ workers, servers }) =>
  ({ workers: Math.max(1, Math.floor(WARM * workers)), servers: Math.max(1, Math.floor(WARM * servers)) });

/**
 * Time of a job that runs for so long with each plan of a path, and with the last one until it is done.
 * @param {number[]} speeds work per unit of time @param {number} work @param {number} interval
 */
export const jobTime = (speeds, work, interval) => {
  let time = 0, left = work;
  for (const speed of speeds.slice(0, -1)) {
    if (left <= speed * interval) return time + left / speed;
    left -= speed * interval;
    time += interval;
  }
  return time + left / speeds[speeds.length - 1];
};

/** All plans within `MOST`. @returns {Plan[]} */
const allPlans = () => Array.from({ length: MOST.workers * MOST.servers }, (_, i) =>
  ({ workers: 1 + Math.floor(i / MOST.servers), servers: 1 + i % MOST.servers }));

/**
 * What no plan beats at its cost: [cost, throughput], both rising, up to a budget.
 * @param {Constants} constants @param {number} serverCost @param {number} budget
 */
export const paretoFront = (constants, serverCost, budget) => {
  const plans = allPlans().filter((plan) => cost(plan, serverCost) <= budget);
  const points = plans.map((plan) => [cost(plan, serverCost), throughput(constants, plan)]);
  points.sort((one, other) => one[0] - other[0] || other[1] - one[1]);
  let fastest = 0;
  return points.filter(([, speed]) => {
    const faster = speed > fastest;
    if (faster) fastest = speed;
    return faster;
  });
};
