"""Whether the owner waits no longer for the open page after a save than with stock packages alone.

``benchmarks/editing.py`` says what is saved, and what stock is; here it is done a few times only. Both kinds take turns
in the same minutes, and their medians are compared: seconds say more of a machine than of the site.
"""

from collections.abc import Iterable, Iterator

from audit.findings import Finding
from audit.site import Published
from benchmarks import editing

TURNS = 3
BUDGET = 1.0  # times stock


def check(site: Published) -> Iterator[Finding]:
    """Save a page, papers, styles and machinery."""
    yield from saves(site, TURNS, editing.STEPS)


def saves(site: Published, turns: int, steps: Iterable[str]) -> Iterator[Finding]:
    """Ours to stock for each kind of save."""
    medians = editing.measure(site.browser, turns, steps)
    for step in steps:
        ours, stock = medians["ours", step], medians["stock", step]
        told = f"after a save the page was there again in {ours:.2f} s, with stock packages in {stock:.2f} s"
        budget = f"{BUDGET:.2f} ×"
        yield Finding(f"save to reload: {step}", "", f"{ours / stock:.2f} ×", budget, ours / stock > BUDGET, told)
