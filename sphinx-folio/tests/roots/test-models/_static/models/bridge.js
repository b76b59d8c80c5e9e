// @ts-check
/** A bridge, invented for the tests: it breaks under more than five carts. */

export const title = "Bridge";
export const parameters = [{ name: "carts", label: "Carts", min: 0, max: 9, step: 1, value: 2, help: "What is on it." }];
export const views = [{ name: "load", kind: "bars", title: "Load", x: { label: "Load", unit: "t" } }];

export const run = ({ carts }) => {
  if (carts > 5) throw new Error("it broke");
  return {
    says: `${carts} carts weigh ${2 * carts} t.`,
    numbers: [{ name: "load", label: "Load", value: 2 * carts, unit: "t", digits: 0 }],
    views: { load: { bars: [{ label: "Carts", value: 2 * carts }] } },
  };
};
