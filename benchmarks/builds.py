"""What building costs: ours beside the stock directive, ready-made HTML and no list at all."""
# ruff: noqa: T201 (progress)

import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from measure import BuildFailedError, Cost, build, complaints
from report import Finding
from sites import Site

# Each step begins with what the one before it left.
STEPS: Mapping[str, Callable[[Site], None]] = {
    "cold build": Site.write,
    "no change": lambda site: None,
    "edit of another page": Site.edit_page,
    "edit of an entry": Site.edit_entry,
}
# CPU time of ours, at most so many times that of stock (issue 3).
BUDGETS = {
    1_000: {"cold build": 0.35, "no change": 0.16, "edit of another page": 0.16},
    10_000: {"cold build": 0.30, "no change": 0.05, "edit of another page": 0.05},
}
MEMORY = 1.0
GROWTH = 10

Costs = dict[tuple[str, int, str], Cost]  # by kind of list, number of entries, step


def measure(sizes: Sequence[int], turns: Callable[[int], int], kinds: Sequence[str]) -> Costs:
    """Build everything; the kinds take turns, so that a noisy minute harms all of them alike."""
    costs: Costs = {}
    with TemporaryDirectory(prefix="bench-") as folder:
        warm = [Site(kind, 7, Path(folder, "warm", kind)) for kind in kinds]  # compiles what they import
        working = [site.kind for site in warm if go_through(site)]
        for size in sizes:
            for turn in range(turns(size)):
                for kind in working:
                    for step, cost in go_through(Site(kind, size, Path(folder, f"{size}-{turn}", kind))).items():
                        costs[kind, size, step] = cost | costs.get((kind, size, step), cost)
    return costs


def go_through(site: Site) -> dict[str, Cost]:
    """The cost of each step; nothing where a build fails or its page is not whole."""
    costs = {}
    try:
        for step, prepare in STEPS.items():
            prepare(site)
            costs[step] = build(site.folder)
            if fault := site.fault(revised=step == "edit of an entry"):
                raise BuildFailedError(fault)
    except BuildFailedError as error:
        print(f"{site.kind}, {site.count:,} entries: {error}", file=sys.stderr)
        return {}
    told = "  ".join(f"{step} {cost.cpu:.2f} s, {cost.memory:.0f} MiB" for step, cost in costs.items())
    print(f"{site.kind:5} {site.count:6,}  {told}  {complaints(site.folder)} warnings", file=sys.stderr)
    shutil.rmtree(site.folder)
    return costs


def findings(costs: Costs, sizes: Sequence[int]) -> Iterator[Finding]:
    """What the measurements say about the budgets."""
    for size in sizes:
        for step in STEPS:
            yield finding(costs, size, step)
        yield memory(costs, size)
    if {1_000, 10_000} <= set(sizes):
        yield growth(costs)


def finding(costs: Costs, size: int, step: str) -> Finding:
    """CPU time of a step."""
    cpu = {kind: cost.cpu for (kind, count, name), cost in costs.items() if (count, name) == (size, step)}
    told = ", ".join(f"{kind} {seconds:.2f}" for kind, seconds in cpu.items())
    budget = BUDGETS.get(size, {}).get(step)
    return Finding(f"{size:,}: {step}", f"{told} s", ratio(cpu), " ×", budget)


def memory(costs: Costs, size: int) -> Finding:
    """Peak memory of the greediest step."""
    peak: dict[str, float] = {}
    for (kind, count, _), cost in costs.items():
        if count == size:
            peak[kind] = max(peak.get(kind, 0), cost.memory)
    told = ", ".join(f"{kind} {mebibytes:.0f}" for kind, mebibytes in peak.items())
    return Finding(f"{size:,}: peak memory", f"{told} MiB", ratio(peak), " ×", MEMORY if size in BUDGETS else None)


def ratio(figures: Mapping[str, float]) -> float | None:
    """Ours to stock."""
    return figures["ours"] / figures["stock"] if {"ours", "stock"} <= figures.keys() else None


def growth(costs: Costs) -> Finding:
    """Ten times the entries against once, both above the empty site's."""
    above = {
        kind: [costs[kind, size, "cold build"].cpu - costs["empty", size, "cold build"].cpu for size in (1_000, 10_000)]
        for kind in ("ours", "stock", "raw")
        if (kind, 10_000, "cold build") in costs and ("empty", 10_000, "cold build") in costs
    }
    times = {kind: tenfold / once for kind, (once, tenfold) in above.items()}
    told = ", ".join(f"{kind} {figure:.1f} ×" for kind, figure in times.items())
    return Finding("10,000 to 1,000: cold build above empty", told, times.get("ours"), " ×", GROWTH)
