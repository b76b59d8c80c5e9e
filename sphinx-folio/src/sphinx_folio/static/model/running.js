// @ts-check
// Where a model computes: here, or beside the page if it takes long.

/** @typedef {import("./types").Model} Model */
/** @typedef {import("./types").Values} Values */
/** @typedef {import("./types").Result} Result */

/** A worker that is stopped, whatever it does, when there is something else to do; what it had promised
 * never comes. @param {string} src */
const beside = (src) => {
  /** @type {Worker | undefined} */
  let worker;
  let busy = false;
  const stop = () => {
    worker?.terminate();
    worker = undefined;
    busy = false;
  };
  /** @param {Values} values @param {(fraction: number) => void} progress @returns {Promise<Result>} */
  const run = (values, progress) => new Promise((resolve, reject) => {
    if (busy) stop();
    worker ??= new Worker(new URL("worker.js", import.meta.url), { type: "module" });
    busy = true;
    worker.onmessage = ({ data }) => {
      if (data.progress !== undefined) return progress(data.progress);
      busy = false;
      return data.result ? resolve(data.result) : reject(new Error(data.error));
    };
    worker.onerror = ({ message }) => {
      stop();
      reject(new Error(message || "its worker did not start"));
    };
    worker.postMessage({ src, values });
  });
  return { run, stop };
};

/** @param {Model} model @param {string} src its full address */
export const running = (model, src) =>
  model.slow ? beside(src) : {
    /** @param {Values} values */
    run: async (values) => model.run({ ...values }, () => {}),
    stop: () => {},
  };
