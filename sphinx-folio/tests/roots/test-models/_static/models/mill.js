// @ts-check
/** A mill, invented for the tests: every kind of control, every kind of chart. */

export const title = "Mill";

export const parameters = [
  { name: "wheels", label: "Wheels", unit: "wheels", min: 1, max: 8, step: 1, value: 4, help: "How many wheels turn." },
  { name: "share", label: "Share of bran", unit: "%", percent: true, min: 0, max: 0.5, step: 0.01, value: 0.1, help: "What is left in the sieve." },
  { name: "grain", label: "Grain", unit: "kg", min: 1, max: 1000, scale: "log", steps: 60, value: 100, view: "sacks", help: "How much is ground." },
  { name: "night", label: "Grind at night", value: false, help: "The mill does not stop in the evening." },
  { name: "stone", label: "Stone", value: "granite", help: "What the wheels are made of.",
    unless: { name: "wheels", is: 1, why: "A single wheel has no stone." },
    choices: [["granite", "Granite"], ["lava", "Lava & basalt"]] },
];

export const views = [
  { name: "day", kind: "lanes", title: "The day of a wheel", x: { label: "Time", unit: "h", min: 0 } },
  { name: "speed", kind: "lines", title: "Speed", x: { label: "Wheels" }, y: { label: "Flour", unit: "kg/h", min: 0 } },
  { name: "sacks", kind: "bars", title: "Sacks", x: { label: "Weight", unit: "kg", min: 0 } },
  { name: "sieve", kind: "cells", title: "The sieve", x: { label: "Column" }, value: { label: "Flour", unit: "%", min: 0, max: 100 } },
  { name: "river", kind: "graph", title: "The river" },
];

export const references = [
  { label: "Flour per hour", value: "up to 9 kg", number: "flour", condition: "in spring <only>", source: "https://example.org/mills" },
  { label: "Price of a wheel", value: "3 ducats", condition: "in 1712", source: "https://example.org/prices" },
];

export const assumptions = ["The river never dries.", "A wheel grinds 2 kg/h; this is ours."];

const wheel = (i, night) => ({
  label: `Wheel ${i + 1}`,
  spans: [
    { start: 0, end: 6 + i, group: night ? "grinds" : "rests", label: "dawn" },
    { start: 6 + i, end: 18, group: "grinds" },
    { start: 18, end: 24, group: night ? "grinds" : "rests" },
  ],
});

export const run = ({ wheels, share, grain, night, stone }) => {
  const speed = (count) => 2 * count * (1 - share) * (stone === "lava" ? 1.5 : 1);
  const counts = [1, 2, 3, 4, 5, 6, 7, 8];
  return {
    says: `${wheels} wheels grind ${speed(wheels).toFixed(1)} kg of flour per hour.`,
    numbers: [
      { name: "flour", label: "Flour per hour", value: speed(wheels), unit: "kg", digits: 1 },
      { name: "hours", label: "Hours of work", value: night ? 24 : 12, unit: "h", digits: 0 },
      { name: "idle", label: "Hours of the ninth wheel", value: null, unit: "h" },
    ],
    views: {
      day: {
        lanes: Array.from({ length: wheels }, (_, i) => wheel(i, night)),
        groups: [["grinds", "Grinds"], ["rests", "Rests"]],
        marks: [{ at: 12, label: "noon" }], end: 24,
      },
      speed: {
        series: [
          { label: "Now", points: counts.map((count) => [count, speed(count)]) },
          { label: "The miller's book", points: [[1, 1.7], [4, 7], [8, 15]], published: true },
        ],
        marks: [{ x: wheels, label: `${wheels} wheels` }],
      },
      sacks: {
        bars: [
          { label: "Ground", parts: [{ group: "flour", value: grain * (1 - share) }, { group: "bran", value: grain * share }] },
          { label: "In the book", value: 90, published: true },
        ],
        groups: [["flour", "Flour"], ["bran", "Bran"]],
      },
      sieve: { rows: ["Upper", "Lower"], columns: ["1", "2", "3"], values: [[0, 50, 100], [20, null, 100 * share]], marks: [{ row: 0, column: 1, label: "hole" }] },
      river: {
        nodes: [{ x: 0, y: 0.5, label: "spring", group: "water" }, { x: 0.5, y: 0, group: "wheel" }, { x: 1, y: 0.5, group: "wheel" }],
        edges: [[0, 1], [1, 2], [0, 2]], paths: [{ label: "The boat's way", edges: [[0, 1], [1, 2]] }],
        groups: [["water", "Water"], ["wheel", "Wheel"]],
      },
    },
  };
};
