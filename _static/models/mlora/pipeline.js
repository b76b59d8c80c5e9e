// @ts-check
/**
 * A pipeline of stages that train adapters, event by event.
 *
 * A mini-batch goes through all stages as micro-batches: forward from the first stage to the last, then backward to
 * the first. A stage does one thing at a time. An adapter's next mini-batch needs the update that follows its own
 * previous one, so it waits until all of that one's backward passes are back at the first stage. That is the only
 * order between mini-batches: those of different adapters do not depend on each other.
 */

/**
 * @typedef {object} Plan
 * @property {string} schedule one of `POLICIES`
 * @property {number} stages D @property {number} adapters L @property {number} micro N, micro-batches of a mini-batch
 * @property {number} forward time of a forward pass on a stage @property {number} backward that of a backward pass
 *
 * @typedef {"forward" | "backward"} Pass
 * @typedef {object} Task a pass of a micro-batch on a stage
 * @property {number} stage @property {number} adapter @property {number} round which of the adapter's mini-batches
 * @property {number} micro @property {Pass} pass @property {number} ready when it can start
 *
 * @typedef {Task & {start: number, end: number}} Done
 */

/**
 * Which pass a stage prefers when it could begin both; whether all adapters are trained together or one after the
 * other; how many micro-batches a stage may have begun and not finished.
 * @type {Record<string, {prefers: Pass[], together: boolean, room: (plan: Plan, stage: number) => number}>}
 */
const POLICIES = {
  gpipe: { prefers: ["forward", "backward"], together: false, room: () => Infinity },
  "1f1b": { prefers: ["backward", "forward"], together: false, room: ({ stages }, stage) => stages - stage },
  lorapp: { prefers: ["backward", "forward"], together: true, room: () => Infinity },
};

/** A stage before it begins. What waits there comes from one place, so it is in the order in which it became ready. */
const stageOf = (/** @type {Plan} */ plan, /** @type {number} */ index) => ({
  index, free: 0, begun: 0, room: POLICIES[plan.schedule].room(plan, index),
  waiting: { forward: /** @type {Task[]} */ ([]), backward: /** @type {Task[]} */ ([]) },
});
/** @typedef {ReturnType<typeof stageOf>} Stage */

/** When a stage could begin its next forward or backward pass. @param {Stage} stage @param {Pass} pass */
const soonest = ({ free, begun, room, waiting }, pass) => {
  const [task] = waiting[pass];
  return !task || (pass === "forward" && begun >= room) ? Infinity : Math.max(free, task.ready);
};

/** The pass that begins first of all; of two at the same time on a stage, the preferred one. */
const choose = (/** @type {Stage[]} */ stages, /** @type {Pass[]} */ prefers) => {
  let chosen = { stage: stages[0], pass: prefers[0], start: Infinity };
  for (const stage of stages) {
    for (const pass of prefers) {
      const start = soonest(stage, pass);
      if (start < chosen.start) chosen = { stage, pass, start };
    }
  }
  return chosen;
};

/** The same micro-batch's next pass: forward up to the last stage, then back; none at the end of its way. */
const following = (/** @type {Done} */ { stage, pass, adapter, round, micro, end }, /** @type {number} */ stages) => {
  const task = { stage, pass, adapter, round, micro, ready: end };
  if (pass === "backward") return stage > 0 ? { ...task, stage: stage - 1 } : null;
  return stage < stages - 1 ? { ...task, stage: stage + 1 } : { ...task, pass: /** @type {Pass} */ ("backward") };
};

/**
 * Every pass until each adapter has trained so many mini-batches, in order of their starts.
 * @param {Plan} plan
 * @param {number} rounds
 */
export const simulate = (plan, rounds) => {
  const { prefers, together } = POLICIES[plan.schedule];
  const stages = Array.from({ length: plan.stages }, (_, index) => stageOf(plan, index));
  const adapters = Array.from({ length: plan.adapters }, () => ({ round: 0, left: 0 }));
  /** @type {Done[]} */
  const done = [];

  const admit = (/** @type {number} */ adapter, /** @type {number} */ ready) => {
    const { round } = adapters[adapter];
    if (round === rounds) return;
    const batches = Array.from({ length: plan.micro }, (_, micro) => ({ adapter, round, micro }));
    stages[0].waiting.forward.push(...batches.map((batch) =>
      ({ ...batch, stage: 0, pass: /** @type {Pass} */ ("forward"), ready })));
    adapters[adapter] = { round: round + 1, left: plan.micro };
  };

  const finish = (/** @type {Done} */ { adapter, end }) => {
    adapters[adapter].left -= 1;
    if (adapters[adapter].left === 0) admit(together ? adapter : (adapter + 1) % plan.adapters, end);
  };

  for (let adapter = 0; adapter < (together ? plan.adapters : 1); adapter += 1) admit(adapter, 0);
  for (;;) {
    // The earliest start of all: whatever could make another one earlier has been done already.
    const { stage, pass, start } = choose(stages, prefers);
    const task = stage.waiting[pass].shift();
    if (!task || start === Infinity) return done;
    stage.free = start + plan[pass];
    stage.begun += pass === "forward" ? 1 : -1;
    done.push({ ...task, start, end: stage.free });
    const next = following(done[done.length - 1], plan.stages);
    if (next) stages[next.stage].waiting[next.pass].push(next);
    else finish(done[done.length - 1]);
  }
};
