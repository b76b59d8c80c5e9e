"""What a reader waits for on a page of 1,000 entries: Lighthouse's score, and a facet's answer in a real browser."""
# ruff: noqa: T201 (it says what it does)

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Page

from benchmarks.measure import BuildFailedError, build
from benchmarks.report import Finding
from benchmarks.sites import Site
from sphinx_folio.audit import lighthouse
from sphinx_folio.audit.browser import launched, served

PAGE = "publications.html"

ENTRIES = 1_000
SCORE = 98.0  # issue 3; stock had 90
ANSWER = 100.0  # milliseconds, issue 3
FACETS = "form.publications-facets input[type=checkbox]"
CHIPS = 12  # that are clicked, spread over all of them
TIMES = 3  # on and off
SLOWER = 4  # times: a phone, as Lighthouse has it

# From a click until the first painted frame in which other entries are hidden than before; null where there is none.
CLICK = """async (chip) => {
    const hidden = () => document.querySelectorAll("li.publication[hidden]").length
    const painted = () => new Promise((done) => requestAnimationFrame(() => {
        const after = new MessageChannel()
        after.port1.onmessage = done
        after.port2.postMessage(null)
    }))
    const before = hidden(), start = performance.now()
    chip.click()
    for (let frame = 0; frame < 60; frame++) {
        await painted()
        if (hidden() !== before) return performance.now() - start
    }
    return null
}"""


def findings(kinds: Sequence[str], runs: int) -> Iterator[Finding]:
    """Build the page, serve it and look at it."""
    with TemporaryDirectory(prefix="bench-") as name:
        if "ours" in kinds:
            folder = built("pages", Path(name))
            yield score("ours", folder, runs, SCORE)
            yield from answers(folder)
        if "stock" in kinds:
            yield score("stock", built("stock", Path(name)), runs, None)


def built(kind: str, folder: Path) -> Path | None:
    """Where the site of this kind was built, None where it failed."""
    site = Site(kind, ENTRIES, folder / kind)
    site.write()
    try:
        build(site.folder)
    except BuildFailedError as error:
        print(f"{kind}: {error}", file=sys.stderr)
        return None
    return site.folder / "build/html"


def score(kind: str, folder: Path | None, runs: int, budget: float | None) -> Finding:
    """Lighthouse's performance on a phone, the median of some runs."""
    what = f"{ENTRIES:,}: Lighthouse, mobile, {kind}"
    if folder is None:
        return Finding(what, "not built", None, budget=budget, at_least=True)
    with served(folder) as address:
        reports = [lighthouse.report(f"{address}/{PAGE}", lighthouse.SPEED) for _ in range(runs)]
    middle = sorted(reports, key=speed)[runs // 2]
    names = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")
    told = ", ".join(f"{name} {middle['audits'][name]['displayValue']}" for name in names).replace("\xa0", " ")
    return Finding(what, f"{told}; of {runs}", speed(middle), budget=budget, at_least=True)


def speed(report: lighthouse.Report) -> float:
    """The score out of 100."""
    return float(lighthouse.score(report, lighthouse.SPEED))


def answers(folder: Path | None) -> Iterator[Finding]:
    """How long a facet takes to answer: here, and on a slower machine."""
    what = f"{ENTRIES:,}: slowest answer of a facet"
    times = {1: [], SLOWER: []} if folder is None else clicked(folder)
    for slower, budget in ((1, ANSWER), (SLOWER, None)):
        found = times[slower]
        told = f"median {median(found):.0f} ms of {len(found)}, on or off" if found else "no facets"
        where = "" if slower == 1 else f", CPU {slower} × slower"
        yield Finding(what + where, told, max(found, default=None), " ms", budget)


def clicked(folder: Path) -> dict[int, list[float]]:
    """Milliseconds of each click, by how much slower the machine is made."""
    with served(folder) as address, launched() as browser:
        page = browser.new_page()
        page.goto(f"{address}/{PAGE}")
        session = page.context.new_cdp_session(page)
        times = {}
        for slower in (1, SLOWER):
            session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
            times[slower] = list(click_some(page))
    return times


def click_some(page: Page) -> Iterator[float]:
    """Switch chips on and off some times; the least counts, and a chip that leaves the list as it is says nothing."""
    chips = page.locator(FACETS).all()
    for chip in chips[:: max(1, len(chips) // CHIPS)]:
        milliseconds = [chip.evaluate(CLICK) for _ in range(2 * TIMES)]
        yield from (min(times) for times in (milliseconds[::2], milliseconds[1::2]) if None not in times)
