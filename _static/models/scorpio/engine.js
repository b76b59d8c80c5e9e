// @ts-check
/**
 * A language model being served, turn by turn, to requests that were promised different speeds.
 *
 * Each request has two targets: the time to its first token (TTFT) and the mean time per token after it (TPOT). The
 * engine does one thing at a time: if waiting requests may join, it reads their prompts (a prefill); otherwise every
 * running request that has its turn gets one more token (a decode step), and the more of them, the longer it takes.
 * Without a guard requests join in order of arrival. SCORPIO's guards choose who joins and who has a turn:
 *
 * - the TTFT guard serves the nearest deadline first and turns away who would miss it anyway;
 * - the TPOT guard lets one more join only if the strictest target would still be met;
 * - credits give a request only as many turns as its own target needs.
 *
 * Sources: https://arxiv.org/abs/2505.23022 and `vllm/core/scheduler.py` of https://github.com/MisterBrookT/Scorpio.
 * The times of steps are ours: the paper fits such a model but does not publish the fitted constants.
 */

import { normal, poissonGap, random } from "../shared/random.js";

/**
 * @typedef {object} Request
 * @property {number} id in order of arrival
 * @property {number} arrival ms
 * @property {number} input tokens of the prompt
 * @property {number} output tokens that it will be answered with
 * @property {number} predicted what the scheduler believes that `output` is
 * @property {number} ttft target for the first token, ms after arrival
 * @property {number} tpot target for each further token, ms
 *
 * @typedef {Request & {tokens: number, credit: number, first: number, end: number}} Served what became of it, so far
 *
 * @typedef {object} Policy
 * @property {boolean} ttftGuard @property {boolean} tpotGuard @property {boolean} credits
 * @property {number} inefficiency factor on the estimated time per token, for what the estimate leaves out
 *
 * @typedef {{start: number, end: number, prefill: boolean, turn: Served[], running: Served[]}} Turn
 */

export const COUNT = 512;

/** The paper's targets for Llama-3.1-8B, [TTFT, TPOT] in ms; a request falls into each class alike. */
const STRICT = [[500, 30], [2000, 30], [3000, 30]];
const RELAXED = [[500, 50], [1000, 50], [7500, 50]];

/** Ours: prompts and answers of 200 tokens in the mean, log-normal with σ = 0.9, between 4 and 2048 tokens. */
const MEAN_TOKENS = 200, SIGMA = 0.9, FEWEST_TOKENS = 4, MOST_TOKENS = 2048;

/** Of the engine: requests in a batch, tokens of a prefill, tokens that its cache holds (ours). */
const MOST_RUNNING = 256, PREFILL_TOKENS = 2048, CACHE_TOKENS = 400000;

/** Ours, in ms: reading one token's cache (131,072 B at 2 TB/s), one more request in a step, a step's fixed share. */
const PER_CONTEXT = 6.6e-5, PER_REQUEST = 0.25, PER_STEP = 14;

/** The released scheduler's safety: ms on an estimated prefill, and a factor on the strictest target. */
const PREFILL_SLACK = 50, TARGET_SHARE = 0.99;

/** Credits are sums of fractions such as 30/50: five of them must make 3 in spite of rounding. */
const ROUNDING = 1e-9;

/** Time of a decode step for so many requests of so many tokens each. @param {number} count @param {number} context */
export const stepTime = (count, context) => PER_CONTEXT * count * context + PER_REQUEST * count + PER_STEP;

/** Time to read prompts of so many tokens together; the constants are ours. @param {number} tokens */
export const prefillTime = (tokens) => (tokens <= 256 ? 25 : 0.09 * tokens + 2);

/** @param {import("../shared/random").Next} next */
const length = (next) => clip(Math.exp(Math.log(MEAN_TOKENS) - SIGMA ** 2 / 2 + SIGMA * normal(next)));

/** @param {number} tokens */
const clip = (tokens) => Math.min(MOST_TOKENS, Math.max(FEWEST_TOKENS, Math.floor(tokens)));

/**
 * Requests as they come: independently of each other, so many per second.
 * Another rate leaves all but the arrivals as it is, so that loads can be compared.
 * @param {{rate: number, strict: number, noise: number, seed: number}} values `strict` is a share of requests
 * @returns {Request[]}
 */
export const workload = ({ rate, strict, noise, seed }) => {
  const next = random(seed);
  let arrival = 0;
  return Array.from({ length: COUNT }, (_, id) => {
    arrival += poissonGap(next, rate / 1000);
    const classes = next() < strict ? STRICT : RELAXED;
    const [ttft, tpot] = classes[Math.floor(next() * classes.length)];
    const input = length(next), output = length(next);
    return { id, arrival, input, output, predicted: clip(output * Math.exp(noise * normal(next))), ttft, tpot };
  });
};

// Plain loops where every running request is looked at in every turn: they are a third of the time of the whole.

/** @param {Served[]} requests */
const strictest = (requests) => {
  let least = Infinity;
  for (const { tpot } of requests) if (tpot < least) least = tpot;
  return least;
};

/** Tokens that the engine's cache holds for them. @param {Served[]} requests */
const cached = (requests) => {
  let total = 0;
  for (const { input, tokens } of requests) total += input + tokens;
  return total;
};

/** Virtual batch size: a request counts as much as it needs turns. @param {Served[]} requests */
export const virtualBatch = (requests) => {
  const target = strictest(requests);
  let total = 0;
  for (const { tpot } of requests) total += target / tpot;
  return total;
};

/** Whether a batch would keep its strictest promise, as the released code estimates it for its last member. */
const keepsPromise = (/** @type {Served[]} */ batch, /** @type {number} */ inefficiency) => {
  const virtual = virtualBatch(batch);
  const contexts = 2 * cached(batch) / batch.length + batch[batch.length - 1].predicted;
  return (0.5 * PER_CONTEXT * virtual * contexts + PER_REQUEST * virtual + PER_STEP) * inefficiency
    < strictest(batch) * TARGET_SHARE;
};

/** Who has a turn in this step: whose credit is full. The strictest's is in every step. @param {Served[]} running */
export const haveTurn = (running) => {
  const target = strictest(running);
  return running.filter((request) => {
    request.credit += target / request.tpot;
    if (request.credit < 1 - ROUNDING) return false;
    request.credit = Math.max(0, request.credit - 1);
    return true;
  });
};

/**
 * Who may still hope for a first token in time, behind all who wait before them.
 * @param {Served[]} waiting
 * @param {number} time
 */
const hopeful = (waiting, time) => {
  let tokens = 0;
  return waiting.filter(({ arrival, ttft, input }) => {
    const hopes = arrival + ttft - time >= prefillTime(tokens + input) + PREFILL_SLACK;
    if (hopes) tokens += input;
    return hopes;
  });
};

/**
 * Whether the last of a batch may join it.
 * @param {Served[]} batch
 * @param {number} tokens of the prompts of all who join now
 * @param {Policy} policy
 */
const mayJoin = (batch, tokens, { tpotGuard, inefficiency }) => {
  if (batch.length > MOST_RUNNING || tokens > PREFILL_TOKENS || cached(batch) > CACHE_TOKENS) return false;
  // An idle engine takes anyone: waiting would not make it faster.
  return !tpotGuard || batch.length === 1 || keepsPromise(batch, inefficiency);
};

/**
 * Take from the front of the queue who joins now.
 * @param {Served[]} waiting @param {Served[]} running @param {Policy} policy
 */
const join = (waiting, running, policy) => {
  const batch = [...running];
  let joining = 0, tokens = 0;
  for (const request of waiting) {
    batch.push(request);
    tokens += request.input;
    if (!mayJoin(batch, tokens, policy)) break;
    joining += 1;
  }
  return waiting.splice(0, joining);
};

/** The nearest deadline first. @param {Served} a @param {Served} b */
const byDeadline = (a, b) => a.arrival + a.ttft - (b.arrival + b.ttft);

/**
 * What the engine does next, for whom and how long.
 * @param {Served[]} waiting @param {Served[]} running @param {Policy} policy
 */
const choose = (waiting, running, policy) => {
  const joining = waiting.length ? join(waiting, running, policy) : [];
  if (joining.length) return { prefill: true, turn: joining, takes: prefillTime(cached(joining)) };
  const turn = policy.credits ? haveTurn(running) : running;
  return { prefill: false, turn, takes: stepTime(turn.length, cached(turn) / turn.length) };
};

/** @param {Served} request @param {number} time */
const giveToken = (request, time) => {
  request.tokens += 1;
  if (request.tokens === 1) request.first = time;
  if (request.tokens === request.output) request.end = time;
};

/** @param {Served} request */
const finished = ({ tokens, output }) => tokens === output;

/** @param {Served} request */
const unfinished = (request) => !finished(request);

/**
 * Serve requests; each comes back with the times of its first and last token, NaN for who was turned away.
 * @param {Request[]} requests in order of arrival
 * @param {Policy} policy
 * @param {(turn: Turn) => void} [watch] is shown every turn of the engine; `running` are those who had joined before
 */
export const serve = (requests, policy, watch = () => {}) => {
  const served = requests.map((request) => ({ ...request, tokens: 0, credit: 0, first: NaN, end: NaN }));
  let waiting = /** @type {Served[]} */ ([]), running = /** @type {Served[]} */ ([]);
  let time = 0, arrived = 0;
  while (arrived < served.length || waiting.length || running.length) {
    if (!waiting.length && !running.length) time = Math.max(time, served[arrived].arrival);
    while (arrived < served.length && served[arrived].arrival <= time) waiting.push(served[arrived++]);
    if (policy.ttftGuard) waiting = hopeful(waiting, time).sort(byDeadline);
    const { prefill, turn, takes } = choose(waiting, running, policy);
    if (!turn.length) continue; // everyone was turned away
    watch({ start: time, end: time + takes, prefill, turn, running });
    time += takes;
    for (const request of turn) giveToken(request, time);
    if (prefill) running = [...running, ...turn];
    if (turn.some(finished)) running = running.filter(unfinished);
  }
  return { requests: served, end: time };
};

/** What became of one request. @param {Served} request */
export const outcome = ({ arrival, ttft, tpot, output, first, end }) => {
  const rejected = Number.isNaN(first);
  const late = !rejected && first - arrival > ttft;
  const slow = !rejected && (end - first) / Math.max(1, output - 1) > tpot;
  return { rejected, late, slow, kept: !(rejected || late || slow) };
};

/**
 * How many requests met with what; both promises kept as a share of all, and per second.
 * @param {ReturnType<typeof serve>} served
 */
export const measure = ({ requests, end }) => {
  const total = { kept: 0, late: 0, slow: 0, rejected: 0 };
  for (const { kept, late, slow, rejected } of requests.map(outcome)) {
    total.kept += +kept;
    total.late += +late;
    total.slow += +slow;
    total.rejected += +rejected;
  }
  return { ...total, adherence: total.kept / requests.length, goodput: total.kept / (end / 1000) };
};
