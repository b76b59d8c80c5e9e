// @ts-check
/**
 * What was published of SCORPIO, as far as the figure shows it: Llama-3.1-8B on 4×A100-80GB serving 512 requests of the
 * ShareGPT chats. The factors are the paper's; the curves, and so the goodputs behind the factors, are read from the
 * vector figures in the authors' repository (`CODE`, commit d27778c).
 */

const PAPER = "https://arxiv.org/abs/2505.23022";
const CODE = "https://github.com/MisterBrookT/Scorpio";
const SETTING = "Llama-3.1-8B, ShareGPT, 512 requests";
const DECODED = "read from the figures in github.com/MisterBrookT/Scorpio";

/** At these loads, in requests/s; adherence in percent. What is read from the figures is right to within 0.01 or 1 %. */
export const PUBLISHED_LOADS = [5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
export const PUBLISHED = {
  adherence: {
    vLLM: [99.6, 99.2, 91, 66.4, 58.6, 36.9, 29.9, 18.9, 14.6, 10.4, 7.6],
    SCORPIO: [99.8, 96.1, 89.6, 83.2, 76.2, 66.6, 64.6, 58, 56.6, 51.8, 51.4],
  },
  goodput: {
    vLLM: [4.42, 5.13, 5.29, 4.12, 3.72, 2.38, 1.97, 1.23, 0.97, 0.69, 0.52],
    SCORPIO: [4.25, 4.73, 4.9, 5.02, 4.95, 4.69, 4.82, 4.63, 4.75, 4.48, 4.62],
  },
};

/** The ablation at 14 requests/s, in runs of its own: requests whose first token came late, whose tokens were slow. */
export const ABLATION = [
  { label: "vLLM", late: 29, slow: 312 },
  { label: "+ TPOT guard", late: 383, slow: 38 },
  { label: "+ TTFT guard", late: 1, slow: 384 },
  { label: "SCORPIO", late: 18, slow: 11 },
];

/** @type {import("../../model/types").Reference[]} */
export const references = [
  { label: "Goodput over vLLM", value: "8.8× at 15 requests/s", number: "ratio", source: PAPER,
    condition: `4.62 against 0.52 requests/s, ${DECODED}, or 8.88× as rounded there; ${SETTING}` },
  { label: "Goodput at low load", value: "4.90 with SCORPIO, 5.29 with vLLM", source: CODE,
    condition: `requests/s at 7 requests/s, where vLLM is ahead; ${SETTING}` },
  ...ABLATION.map(({ label, late, slow }) => ({
    label: `Promises broken, ${label}`, value: `TTFT ${late}, TPOT ${slow}`, source: CODE,
    condition: `at 14 requests/s, in runs other than those of the curves; ${SETTING}`,
  })),
  { label: "Goodput over S³", value: "up to 14.4×, at 15 requests/s", source: PAPER,
    condition: `4.62 against 0.32 requests/s, ${DECODED}; not modelled: here S³ would be the same as FCFS` },
  { label: "Promises kept, over S³", value: "up to 46.5 points more, at 15 requests/s", source: PAPER,
    condition: `51.4 against 4.9 %, ${DECODED}; likewise not modelled` },
  { label: "Promises, TTFT and TPOT", source: PAPER,
    value: "0.5, 2 and 3 s with 30 ms; 0.5, 1 and 7.5 s with 50 ms",
    condition: "the six classes for Llama-3.1-8B; a request falls into each alike" },
  { label: "The scheduler's own work", value: "less than 1 % of the time", source: PAPER,
    condition: "not modelled: here it takes none" },
  { label: "Fit of the step times", value: "R² 0.987 for decode steps, 0.994 for prefills", source: PAPER,
    condition: "8B model, ShareGPT; the form is used here, but the fitted constants are not published" },
];
