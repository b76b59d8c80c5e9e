// @ts-check
/**
 * Chance that can be repeated: every draw of a model comes from a seed, so a figure shows the same thing each time.
 *
 * The generator is Mulberry32 (32 bits of state, one multiply-and-mix per draw): small enough to be rewritten
 * anywhere, which is how the tests hold a model against a second program, draw for draw.
 */

/** @typedef {() => number} Next the next draw, evenly from [0, 1) */

/**
 * A stream of draws; the same seed gives the same stream.
 * @param {number} seed a whole number
 * @returns {Next}
 */
export const random = (seed) => {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/**
 * A draw from the normal distribution of mean 0 and deviation 1, by Box and Muller; takes two draws.
 * @param {Next} next
 */
export const normal = (next) => {
  const radius = Math.sqrt(-2 * Math.log(1 - next())); // 1 − draw is never 0, whose logarithm is none
  return radius * Math.cos(2 * Math.PI * next());
};

/**
 * The time to the next of events that come independently, on average `rate` per unit of time.
 * @param {Next} next
 * @param {number} rate
 */
export const poissonGap = (next, rate) => -Math.log(1 - next()) / rate;
