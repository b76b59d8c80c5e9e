// @ts-check
/**
 * ZeRO-Offload and ZenFlow: in the long run by formula, and step by step as events.
 *
 * A step computes on the GPU while gradients go down the link beside its backward pass. Under ZeRO-Offload the CPU
 * updates and the parameters come up before the next step begins. Under ZenFlow that happens beside the next window
 * of steps, for the share of the gradient that the GPU has not updated itself.
 */

/** What is shorter, in ms, is a rounding error. */
export const HAIR = 1e-6;

/**
 * @typedef {object} Values
 * @property {number} window steps between two updates on the CPU, S
 * @property {number} topk share of the gradient's columns that the GPU updates itself, k
 * @property {boolean} inline whether the GPU waits while new parameters are uploaded
 * @property {number} forward @property {number} backward @property {number} down @property {number} update
 * @property {number} up @property {number} select milliseconds, as in `parameters`
 */

/** ZeRO-Offload: the time of a step, and how much of it the GPU waits. @param {Values} values */
export const zeroOffload = ({ forward, backward, down, update, up }) =>
  ({ step: forward + Math.max(backward, down) + update + up, stall: update + up });

/** The parts of a ZenFlow step, where the CPU has only what the GPU does not update. @param {Values} values */
export const shares = ({ topk, forward, backward, down, update, up, select }) => {
  const rest = 1 - topk;
  const copied = Math.max(backward, rest * down);
  return { down: rest * down, update: rest * update, up: rest * up, copied, compute: forward + copied + select };
};

/** ZenFlow in the long run: mean time per step, and how much of it the GPU waits. @param {Values} values */
export const zenflow = (values) => {
  const { compute, update, up } = shares(values);
  const busy = values.window * compute;
  const span = values.inline ? Math.max(busy, update) + up : Math.max(busy, update + up);
  return { step: span / values.window, stall: (span - busy) / values.window };
};

/** S*, the smallest window in which the GPU never waits; null where it must wait for uploads. @param {Values} values */
export const smallestWindow = (values) => {
  const { compute, update, up } = shares(values);
  if (values.inline && up > 0) return null;
  // Less a hair: 0.9 × 5000 / 1500 must not become 4 by a rounding error.
  return Math.max(1, Math.ceil((update + up) / compute - 1e-9));
};

/** What crosses the link in a step, in sizes of the model. @param {Values} values */
export const traffic = ({ topk, window }) => ({ down: 1 - topk, up: (1 - topk) / window });

/** A lane of spans, one after the other; adding one returns when it ends. */
const lane = () => {
  /** @type {import("../../model/types").Span[]} */
  const spans = [];
  const add = (/** @type {number} */ start, /** @type {number} */ duration, /** @type {string} */ group) => {
    if (duration < HAIR) return start;
    spans.push({ start, end: start + duration, group });
    return start + duration;
  };
  return { spans, add };
};

const lanes = () => ({ gpu: lane(), link: lane(), cpu: lane() });

/** The passes of one step and the gradients' way down beside them; returns when both are done. */
const passes = (/** @type {ReturnType<lanes>} */ { gpu, link }, /** @type {number} */ time,
  /** @type {Values} */ { forward, backward }, /** @type {number} */ down) => {
  const forwarded = gpu.add(time, forward, "forward");
  const backwarded = gpu.add(forwarded, backward, "backward");
  return gpu.add(backwarded, link.add(forwarded, down, "down") - backwarded, "copy");
};

/** ZeRO-Offload as events: as many steps as begin before an end. @param {Values} values @param {number} end */
export const simulateZero = (values, end) => {
  const made = lanes();
  for (let time = 0; time < end - HAIR;) {
    const computed = passes(made, time, values, values.down);
    time = made.cpu.add(made.cpu.add(computed, values.update, "update"), values.up, "up");
    made.gpu.add(computed, time - computed, "wait");
  }
  return { gpu: made.gpu.spans, link: made.link.spans, cpu: made.cpu.spans };
};

/** ZenFlow as events: this many steps, and at each window's end an update for the CPU. @param {Values} values */
export const simulate = (values, /** @type {number} */ count) => {
  const { down, update, up } = shares(values);
  const made = lanes();
  const { gpu, cpu } = made;
  const ends = [0], landings = [0];
  for (let step = 1, time = 0; step <= count; step += 1) {
    time = gpu.add(passes(made, time, values, down), values.select, "select");
    if (step % values.window === 0) {
      // The previous window's update must be here before the next one is handed over.
      const waited = gpu.add(time, landings[landings.length - 1] - time, "wait");
      const uploaded = values.inline && step > values.window ? cpu.add(waited, up, "up") : waited;
      time = gpu.add(waited, uploaded - waited, "wait");
      const updated = cpu.add(time, update, "update");
      landings.push(values.inline ? updated : cpu.add(updated, up, "up"));
    }
    ends.push(time);
  }
  const steps = ends.slice(1).map((end, i) => end - ends[i]);
  return { gpu: gpu.spans, link: made.link.spans, cpu: cpu.spans, steps, end: ends[count], landed: landings[1] };
};
