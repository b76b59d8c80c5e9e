"""What tests ask a page with interactive figures, in the browser."""

# Notes the milliseconds of each task that holds the page up, in ``window.long``.
LONG_TASKS = """
window.long = [];
new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) window.long.push(duration); })
  .observe({ type: "longtask" });
"""
# Spans of text that run into each other, or out of the drawing.
COLLISIONS = """
svg => {
  const { left, right, top, bottom } = svg.getBoundingClientRect();
  const boxes = [...svg.querySelectorAll("text")].map(text => [text.textContent, text.getBoundingClientRect()]);
  const out = boxes.filter(([, b]) =>
    b.left < left - 1 || b.right > right + 1 || b.top < top - 1 || b.bottom > bottom + 1);
  const meet = (x, y) =>
    x.left < y.right - 1 && y.left < x.right - 1 && x.top < y.bottom - 4 && y.top < x.bottom - 4;
  const met = boxes.flatMap(([a, x], i) =>
    boxes.slice(i + 1).filter(([, y]) => meet(x, y)).map(([b]) => `${a} / ${b}`));
  return [...out.map(([text]) => text), ...met];
}
"""
