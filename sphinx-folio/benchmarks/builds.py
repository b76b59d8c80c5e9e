"""What building costs: ours beside the stock directive, ready-made HTML and no list at all."""
# ruff: noqa: T201 (progress)

import pstats
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import SPHINX, BuildFailedError, Cost, build, complaints, run
from benchmarks.report import Finding
from benchmarks.sites import Site

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
TURNS = 3
GROWTH = 10

Costs = dict[tuple[str, int, str], Cost]  # by kind of list, number of entries, step


def measure(sizes: Sequence[int], kinds: Sequence[str], turns: int = TURNS) -> Costs:
    """Build everything, long lists at most twice; they take turns, so that a noisy minute harms all kinds alike."""
    costs: Costs = {}
    with TemporaryDirectory(prefix="bench-") as folder:
        warm = [Site(kind, 7, Path(folder, "warm", kind)) for kind in kinds]  # compiles what they import
        working = [site.kind for site in warm if go_through(site)]
        for size in sizes:
            for turn in range(turns if size <= 1_000 else min(turns, 2)):
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
            yield finding(f"{size:,}: {step}", of_each(costs, size, step, "cpu"), "s", BUDGETS.get(size, {}).get(step))
        peaks = {step: of_each(costs, size, step, "memory") for step in STEPS}
        worst = max(peaks, key=lambda step: ratio(peaks[step]) or 0)
        yield finding(f"{size:,}: peak memory, {worst}", peaks[worst], "MiB", MEMORY if size in BUDGETS else None)
    if {1_000, 10_000} <= set(sizes):
        yield growth(costs)


def of_each(costs: Costs, size: int, step: str, figure: str) -> dict[str, float]:
    """A figure of each kind of list."""
    return {kind: getattr(cost, figure) for (kind, *rest), cost in costs.items() if rest == [size, step]}


def finding(what: str, figures: Mapping[str, float], unit: str, budget: float | None) -> Finding:
    """Ours to stock, and what all of them are."""
    measured = ", ".join(f"{kind} {figure:.3g}" for kind, figure in figures.items())
    return Finding(what, f"{measured} {unit}", ratio(figures), " ×", budget)


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


def profile(size: int) -> None:
    """Print what a cold build of ours spends its time on."""
    with TemporaryDirectory(prefix="bench-") as name:
        site = Site("ours", size, Path(name, "ours"))
        site.write()
        run([sys.executable, "-m", "cProfile", "-o", "profile", *SPHINX], site.folder)
        pstats.Stats(str(site.folder / "profile")).strip_dirs().sort_stats("tottime").print_stats(30)
