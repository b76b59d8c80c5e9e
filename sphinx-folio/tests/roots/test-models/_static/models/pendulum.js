// @ts-check
// A pendulum of small swings takes 2π√(length / gravity).

export const title = "Pendulum";

export const parameters = [
  { name: "gravity", label: "Gravity", unit: "m/s²", min: 1, max: 25, step: 0.1, value: 9.8, help: "1.6 on the Moon." },
];

export const views = [
  { name: "swings", kind: "lines", title: "Time of a swing", x: { label: "Length", unit: "m" }, y: { label: "Time", unit: "s", min: 0 } },
];

export const references = [];

export const assumptions = ["The swings are small."];

const time = (length, gravity) => 2 * Math.PI * Math.sqrt(length / gravity);

export const run = ({ gravity }) => ({
  says: `A pendulum of 1 m takes ${time(1, gravity).toFixed(1)} s to swing.`,
  numbers: [{ name: "time", label: "Time of a swing at 1 m", value: time(1, gravity), unit: "s", digits: 2 }],
  views: { swings: { series: [{ label: "Pendulum", points: [0, 1, 2, 3, 4].map((length) => [length, time(length, gravity)]) }] } },
});
