// @ts-check
/** Numbers in sentences, the same in every model. */

/** Rounded as the figure rounds numbers: 55.05 is 55.1. @param {number} value @param {number} digits */
export const rounded = (value, digits = 0) => (Math.round(10 ** digits * value) / 10 ** digits).toFixed(digits);

/** @param {number} share @param {number} [digits] */
export const percent = (share, digits) => `${rounded(100 * share, digits)} %`;

/**
 * A unit that agrees with a count: step or steps.
 * @param {number | null} count @param {string} one @param {string} [several]
 */
export const unitOf = (count, one, several = `${one}s`) => (count === 1 ? one : several);

/** So many of something: 1 step, 2 steps. @param {number} count @param {string} one @param {string} [several] */
export const many = (count, one, several) => `${count} ${unitOf(count, one, several)}`;
