// @ts-check
/** A ruin, invented for the tests: of its two views one is not in the result. */

export const title = "Ruin";
export const parameters = [];
export const views = [
  { name: "wall", kind: "bars", title: "Wall", x: { label: "Height", unit: "m" } },
  { name: "roof", kind: "bars", title: "Roof", x: { label: "Height", unit: "m" } },
];
export const run = () => ({ says: "A wall stands.", numbers: [], views: { wall: { bars: [{ label: "Wall", value: 3 }] } } });
