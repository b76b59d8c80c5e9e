// @ts-check
// Computes a model beside the page, which stays quick. In: its address and values. Out: progress, then result or error.

addEventListener("message", async ({ data: { src, values } }) => {
  try {
    const model = await import(src);
    const result = await model.run(values, (/** @type {number} */ fraction) => postMessage({ progress: fraction }));
    postMessage({ result });
  } catch (error) {
    postMessage({ error: error instanceof Error ? error.message : `${error}` });
  }
});
