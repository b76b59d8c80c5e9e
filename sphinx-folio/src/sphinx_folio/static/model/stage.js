// @ts-check
// The drawings of a figure, kept up to date where they are seen. To put hundreds of shapes into a page takes longer
// than to compute them: what is out of sight waits until it comes near, and at first there is one drawing a frame.

import { drawing } from "./charts.js";

/** @import { Result, View } from "./types" */

const NEAR = "200px";
const LEAST = 240; // pixels that a drawing takes at least

/** @param {HTMLElement[]} places one for each view @param {View[]} views @param {string} id */
export const stage = (places, views, id) => {
  let drawn = /** @type {string[]} */ ([]);
  let widths = /** @type {number[]} */ ([]);
  const late = /** @type {Set<number>} */ (new Set()); // views whose drawing is not the last one
  const seen = /** @type {Set<number>} */ (new Set());
  let frame = 0, tallest = 0;

  /** @param {number} i */
  const put = (i) => {
    late.delete(i);
    places[i].innerHTML = drawn[i];
    if (i) return;
    tallest = Math.max(tallest, Number(/ height="(\d+)"/.exec(drawn[0])?.[1]));
    places[0].style.minHeight = `${tallest}px`; // what is set below it stays where it is
  };
  const putAll = () => [...late].forEach(put);

  const trickle = () => {
    frame = 0;
    const next = [...late].find((i) => seen.has(i) || !places[i].firstChild);
    if (next === undefined) return;
    put(next);
    frame ||= requestAnimationFrame(trickle);
  };

  const measure = () => {
    const before = `${widths}`;
    widths = places.map((place) => Math.max(LEAST, Math.floor(place.clientWidth)));
    const changed = `${widths}` !== before;
    if (changed) tallest = 0;
    return changed;
  };

  /** All or nothing: a view that cannot be drawn leaves all as they were. Between two drawings there may be a pause.
   * @param {Result["views"]} data @param {() => Promise<unknown>} [pause] */
  const draw = async (data, pause) => {
    const next = [];
    for (const [i, view] of views.entries()) {
      if (pause) await pause();
      next.push(drawing(view, data[view.name], widths[i], { id: `${id}-${view.name}` }));
    }
    drawn = next;
    drawn.forEach((_, i) => late.add(i));
    if (!places[0].firstChild) put(0);
    [...late].filter((i) => seen.has(i) && places[i].firstChild).forEach(put);
    frame ||= requestAnimationFrame(trickle);
  };

  const sight = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries)
      seen[isIntersecting ? "add" : "delete"](places.indexOf(/** @type {HTMLElement} */ (target)));
    frame ||= requestAnimationFrame(trickle);
  }, { rootMargin: NEAR });
  for (const place of places) sight.observe(place);

  const stop = () => {
    cancelAnimationFrame(frame);
    sight.disconnect();
  };
  return { measure, draw, putAll, stop };
};
