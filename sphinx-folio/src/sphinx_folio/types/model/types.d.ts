/** The contract of a model: what its module exports and what `run` returns; for editors and reviewers, no browser loads this. */

/** With `view` it stands with that drawing. `unless` names a control beside one value of which it cannot act. */
interface Control {
  name: string;
  label: string;
  unit?: string;
  help?: string;
  view?: string;
  unless?: { name: string; is: number | boolean | string; why: string };
}

/** A slider; with `scale: "log"` its positions are min·(max/min)^(i/steps). With `percent` its value is a share. */
interface Slider extends Control {
  min: number;
  max: number;
  step?: number;
  steps?: number;
  scale?: "log";
  percent?: true;
  value: number;
}

interface Switch extends Control {
  value: boolean;
}

interface Choice extends Control {
  choices: [string, string][];
  value: string;
}

export type Parameter = Slider | Switch | Choice;

interface Axis {
  label: string;
  unit?: string;
  min?: number;
  max?: number;
  scale?: "log";
}

/** What is drawn of a result's view of the same name. */
export interface View {
  name: string;
  kind: "lanes" | "lines" | "bars" | "cells" | "graph";
  title: string;
  x?: Axis;
  y?: Axis;
  value?: Axis;
}

/** A published figure; `number` names the result's number that it may be held against. */
export interface Reference {
  label: string;
  value: string;
  condition: string;
  source: string;
  number?: string;
}

/** A named number of a result; null where there is none. */
export interface Named {
  name: string;
  label: string;
  value: number | null;
  unit?: string;
  digits?: number;
}

/** [name, label] of what is drawn in one color. */
export type Group = [string, string];

export interface Span {
  start: number;
  end: number;
  group: string;
  label?: string;
}

export interface Lanes {
  lanes: { label: string; spans: Span[] }[];
  groups: Group[];
  marks?: { at: number; label: string }[];
  end?: number;
}

export interface Lines {
  series: { label: string; points: number[][]; kind?: "line" | "points" | "steps"; published?: boolean }[];
  marks?: { x?: number; y?: number; label: string }[];
}

export interface Bars {
  bars: { label: string; value?: number; parts?: { group: string; value: number }[]; published?: boolean }[];
  groups?: Group[];
}

/** Marks and the path may stand between two rows or columns: 1.5 is halfway from the second to the third. */
export interface Cells {
  rows: string[];
  columns: string[];
  values: (number | string | null)[][];
  groups?: Group[];
  marks?: { row: number; column: number; label: string }[];
  /** [row, column] of each of its stops. */
  path?: number[][];
  /** What the path is, for the legend. */
  pathLabel?: string;
}

/** Of several groups the last one is all the other nodes: they are drawn plain, small and under the paths. */
export interface Graph {
  nodes: { x: number; y: number; size?: number; group?: string; label?: string }[];
  edges: number[][];
  paths?: { label: string; edges: number[][] }[];
  groups?: Group[];
}

export interface Result {
  says: string;
  numbers: Named[];
  views: Record<string, Lanes | Lines | Bars | Cells | Graph>;
}

/** What every control is set to. */
export type Values = Record<string, number | boolean | string>;

export interface Model {
  title: string;
  parameters: Parameter[];
  views: View[];
  references?: Reference[];
  assumptions?: string[];
  /** Whether a run may take longer than a frame: it then computes in a worker. */
  slow?: boolean;
  /** Pure; it may remember what it prepared last, if that changes no result. */
  run(values: Values, progress: (fraction: number) => void): Result | Promise<Result>;
}

/** What a kind of chart draws with: the view's axes, the width in pixels, and what fills shapes of the group with an index. */
export interface Frame extends View {
  width: number;
  fill: (index: number) => string;
}

export interface Drawn {
  drawn: string;
  height: number;
}

/** From values to pixels. */
export interface Scale {
  at: (value: number) => number;
  ticks: number[];
  max: number;
}

/** An entry of a legend; its sample is drawn around the given middle, in a box 18 pixels wide. */
export interface Key {
  label: string;
  sample: (x: number, y: number) => string;
}

export type Attributes = Record<string, string | number | undefined>;

/** The functions of plot.js that take more than one number. */
export interface Plot {
  tag(name: string, attributes: Attributes, content?: string): string;
  stroke(data: string, color: string, attributes?: Attributes): string;
  text(x: number, y: number, words: string, attributes?: Attributes): string;
  marker(index: number, x: number, y: number, radius?: number): string;
  /** Of a step's multiples, or of about so many. */
  ticks(min: number, max: number, stepOrCount: number): number[];
  scaled(axis: Axis | undefined, values: number[], from: number, to: number, count: number, nice?: boolean): Scale;
  across(axis: Axis | undefined, values: number[], from: number, to: number, nice?: boolean): Scale;
  bottomAxis(scale: Scale, left: number, right: number, top: number, bottom: number, axis?: Axis): string;
  legend(keys: Key[], width: number): Drawn;
  /** `there` are the names of the groups that are drawn. */
  grouping(groups: Group[], there: string[], fill: Frame["fill"], width: number):
    { key: Drawn; index(group: string): number; wordsOf(group: string): string };
  /** `thick` is how high a row is, `gap` what is between two; `at` is where a row begins. */
  rowsOf(labels: string[], width: number, thick: number, gap: number):
    { left: number; height: number; at(row: number): number; drawn(top: number): string };
  beside(places: { x: number; y: number; gap: number; label: string; step: number }[], right: number): string;
  flags(marks: { x: number; label: string }[], top: number, bottom: number, right: number): string;
}

/**
 * `width` is in pixels. Of the options, `id` is unique on the page; `title` and `says` name and describe the drawing, if
 * not the view does; `style` and `class` are for a picture that stands alone.
 */
export type Drawing = (
  view: View,
  data: any,
  width: number,
  options?: { id?: string; title?: string; says?: string; style?: string; class?: string },
) => string;

export type Kind<Data> = (data: Data, frame: Frame) => Drawn;
export type Series = Lines["series"][number];
export type Bar = Bars["bars"][number];
export type Cell = Cells["values"][number][number];

/** Where cells are: `at` is the middle of one, or another part of it. */
export interface Grid {
  step: number;
  high: number;
  at(row: number, column: number, part?: number): number[];
}

export interface Drawings {
  framed(marks: NonNullable<Cells["marks"]>, grid: Grid, width: number): string;
  shades(label: string, least: string, most: string, width: number): Drawn;
  markersOf(series: Series, index: number, pixels: number[][], says: (point: number) => string): string;
  lineOf(series: Series, index: number, data: string): string;
}
