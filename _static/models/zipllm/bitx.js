// @ts-check
/**
 * The arithmetic of BitX: 16-bit weights (BF16), the XOR of two models, its two planes of bytes, and how many bits a
 * plane needs.
 *
 * A BF16 word is the upper half of a 32-bit float: the sign, 8 bits of exponent, 7 of mantissa. BitX puts the exponent
 * into one byte, and the sign before the mantissa into another, so that each plane holds what is alike.
 *
 * Source: the released kernel, src/bitx/bitx_bytes.rs in https://github.com/ds2-lab/ZipLLM, as far as its effect goes.
 */

/**
 * @template T
 * @typedef {{ exponent: T, mantissa: T }} Planes the mantissa's has the sign too
 */

/** Rounded to the nearest BF16, ties to even. @param {Float32Array} numbers */
export const bfloat16 = (numbers) => {
  const bits = new Uint32Array(Float32Array.from(numbers).buffer);
  return new Uint16Array(bits.map((u) => (u + 0x7fff + ((u >>> 16) & 1)) >>> 16));
};

/** The numbers that BF16 words stand for. @param {Uint16Array} words */
export const widen = (words) => new Float32Array(Uint32Array.from(words).map((word) => word << 16).buffer);

/** What differs; its XOR with the one gives the other. @param {Uint16Array} a @param {Uint16Array} b */
export const xor = (a, b) => a.map((word, i) => word ^ b[i]);

const exponentOf = (/** @type {number} */ word) => (word >> 7) & 0xff;
const mantissaOf = (/** @type {number} */ word) => ((word >> 8) & 0x80) | (word & 0x7f);

/** @param {Uint16Array} words @returns {Planes<Uint8Array<ArrayBuffer>>} */
export const split = (words) => ({
  exponent: new Uint8Array(words.map(exponentOf)),
  mantissa: new Uint8Array(words.map(mantissaOf)),
});

/**
 * Which share of a plane each of the 256 bytes has.
 * @param {Uint16Array} words @returns {Planes<Float64Array>}
 */
export const histograms = (words) => {
  const exponent = new Float64Array(256), mantissa = new Float64Array(256);
  // A plain loop that makes no planes: this is where a model's time goes.
  for (let i = 0; i < words.length; i += 1) {
    exponent[exponentOf(words[i])] += 1;
    mantissa[mantissaOf(words[i])] += 1;
  }
  const share = (/** @type {number} */ count) => count / Math.max(words.length, 1);
  return { exponent: exponent.map(share), mantissa: mantissa.map(share) };
};

/** Shannon's entropy in bits: what a coder of single bytes needs on average. @param {Float64Array} shares */
export const entropy = (shares) =>
  shares.reduce((sum, share) => (share > 0 ? sum - share * Math.log2(share) : sum), 0);

/** How often each of the 16 bits is set, from the sign to the mantissa's last. @param {Planes<Float64Array>} planes */
export const bits = ({ exponent, mantissa }) => {
  const often = (/** @type {Float64Array} */ shares) => (/** @type {number} */ bit) =>
    shares.reduce((sum, share, byte) => sum + share * ((byte >> bit) & 1), 0);
  const [sign, ...rest] = [7, 6, 5, 4, 3, 2, 1, 0].map(often(mantissa));
  return [sign, ...[7, 6, 5, 4, 3, 2, 1, 0].map(often(exponent)), ...rest];
};

/**
 * Bit distance, by which ZipLLM tells families apart: bits per weight that differ.
 * @param {Planes<Float64Array>} difference histograms of the XOR of two models
 */
export const distance = (difference) => bits(difference).reduce((sum, share) => sum + share, 0);

/** Bytes as DEFLATE stores them; null where the browser cannot. @param {Uint8Array<ArrayBuffer>} bytes */
export const deflate = async (bytes) => {
  if (!globalThis.CompressionStream) return null;
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};
