// @ts-check
/**
 * A training job with a hot parameter server: too much work lands on one machine, and every step waits for it.
 *
 * Left alone, the job crawls on. Traditional migration stops it, saves a checkpoint, starts another server and loads.
 * DLRover starts the new server while the job goes on, and stops it only to hand over through shared memory.
 *
 * Source: `instability_handle.png` of the project's figures (`FIGURES` in `throughput.js`), whose bars are read off in
 * minutes. The rest follows from their sums: the work is 18 healthy minutes, the 3 + 15 of the middle bar; so the slow
 * job runs at half speed, 3 + 30·½; and DLRover's 3 + 5 + 10 count the five minutes of its migration as healthy ones.
 */

/** Healthy minutes in a job; of these the first ones before the server gets hot. */
const WORK = 18, BEFORE = 3;

/** Read from the figure, in minutes. */
const SAVE = 3, START = 5, LOAD = 3;
const SEAMLESS = 5, FLASH_SAVE = 1, FLASH_LOAD = 2;

/** @typedef {{group: string, minutes: number, rate: number}} Stage `rate` is work per minute, 1 when healthy */

/** @param {string} group @param {number} minutes @param {number} [rate] @returns {Stage} */
const stage = (group, minutes, rate = 0) => ({ group, minutes, rate });

/** The rest of the work at some rate. @param {string} group @param {Stage[]} before @param {number} rate */
const finish = (group, before, rate) =>
  [...before, stage(group, (WORK - before.reduce((done, one) => done + one.minutes * one.rate, 0)) / rate, rate)];

/**
 * The stages of the three ways to deal with it.
 * @param {{slowRate: number, migrationRate: number}} values speeds of the job beside a healthy one:
 *   with the hot server, and while DLRover migrates
 */
export const ways = ({ slowRate, migrationRate }) => {
  const healthy = stage("healthy", BEFORE, 1);
  return {
    none: finish("slow", [healthy], slowRate),
    traditional: finish("healthy", [healthy, stage("save", SAVE), stage("start", START), stage("load", LOAD)], 1),
    seamless: finish("healthy",
      [healthy, stage("migrate", SEAMLESS, migrationRate), stage("save", FLASH_SAVE), stage("load", FLASH_LOAD)], 1),
  };
};

/** @param {Stage[]} stages */
export const minutes = (stages) => stages.reduce((total, one) => total + one.minutes, 0);

/** Stages one after the other. @param {Stage[]} stages */
export const spans = (stages) =>
  stages.map(({ group, minutes: length }, i) => {
    const start = minutes(stages.slice(0, i));
    return { start, end: start + length, group };
  });
