"""Whether the owner waits no longer for the open page after a save than with stock packages alone.

``benchmarks/editing.py`` says what is saved, and what stock is; here it is done a few times only. Both kinds take turns
in the same minutes, and each is compared with its neighbour: seconds say more of a machine than of the site.
"""

from collections.abc import Iterable, Iterator
from statistics import median

from benchmarks import editing
from sphinx_folio.audit.findings import Finding
from sphinx_folio.audit.site import Published

TURNS = 5  # one in which something else kept the machine busy does not count
BUDGET = 1.0  # times stock


def check(site: Published) -> Iterator[Finding]:
    """Save a page, papers, styles and machinery."""
    yield from saves(site, TURNS, editing.STEPS)


def saves(site: Published, turns: int, steps: Iterable[str]) -> Iterator[Finding]:
    """Ours to stock for each kind of save."""
    seconds = editing.measure(site.browser, turns, steps)
    for step in steps:
        ratio = editing.ratio(seconds, step)
        ours, stock = (median(seconds[kind, step]) for kind in editing.KINDS)
        told = f"after a save the page was there again in {ours:.2f} s, with stock packages in {stock:.2f} s"
        yield Finding(f"save to reload: {step}", "", f"{ratio:.2f} ×", f"{BUDGET:.2f} ×", ratio > BUDGET, told)
