// @ts-check
/**
 * A batch size that grows into the memory which a GPU has left.
 *
 * The code estimates what one batch of a transformer needs for its activations, and fills the free memory with as many
 * more samples; learning rate and weight decay follow by the square root.
 *
 * Source: `dlrover/python/master/hyperparams/simple_strategy_generator.py` of
 * https://github.com/intelligent-machine-learning/dlrover, with the model of its mock configuration.
 */

/** The mock model: tokens of a sample, layers, attention heads, width. */
const SEQUENCE = 128, LAYERS = 20, HEADS = 20, WIDTH = 1280;

/** With this many MB free or fewer nothing is changed. */
const LEAST_FREE = 2400;

/** Memory of a batch's activations, in MB. @param {number} batch */
export const activations = (batch) =>
  (34 * batch * SEQUENCE * WIDTH + 5 * batch * SEQUENCE ** 2 * HEADS) * LAYERS / 2 ** 20;

/**
 * The next batch size, the factor on learning rate and weight decay, and the memory that is then free.
 * @param {{batch: number, free: number}} values free MB on the GPU that has the fewest
 */
export const retune = ({ batch, free }) => {
  const next = free > LEAST_FREE ? Math.floor(batch + batch * free / activations(batch)) : batch;
  return { batch: next, factor: Math.sqrt(next / batch), free: free - activations(next - batch) };
};
