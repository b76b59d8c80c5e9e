// @ts-check
/** A glacier, invented for the tests: it takes its time, in a worker, and tells how far it is. */

export const title = "Glacier";
export const slow = true;
export const parameters = [
  { name: "years", label: "Years", unit: "years", min: 1, max: 100, step: 1, value: 1, help: "How long it flows." },
  { name: "wait", label: "Thinking time", unit: "ms", min: 0, max: 20000, step: 100, value: 0, help: "How long it computes." },
];
export const views = [{ name: "way", kind: "bars", title: "Its way", x: { label: "Way", unit: "m" } }];

export const run = async ({ years, wait }, progress) => {
  for (let i = 0; i < 10; i += 1) {
    progress(i / 10);
    await new Promise((resolve) => setTimeout(resolve, wait / 10));
  }
  if (years === 13) throw new Error("thirteen years bring no luck");
  return {
    says: `In ${years} years it flows ${10 * years} m.`,
    numbers: [{ name: "way", label: "Way", value: 10 * years, unit: "m", digits: 0 }],
    views: { way: { bars: [{ label: "Glacier", value: 10 * years }] } },
  };
};
