"""What a page weighs: all that a browser is sent for it, compressed, scrolled to its end and used.

The figure of a model is a budget of its own, beyond the page without it; its files come when a reader comes near. What
a search fetches to quote from is other pages.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, Response

from sphinx_folio.audit.browser import Published
from sphinx_folio.audit.findings import Finding, faults
from sphinx_folio.audit.privacy import USE
from sphinx_folio.audit.views import NARROW, WIDE, narrow, search, unfold, window

HOME = "index"
HOME_BUDGET, PAGE_BUDGET, MODEL_BUDGET, PICTURE_BUDGET = 35_000, 60_000, 60_000, 100_000  # bytes
REQUESTS = 12
FIGURE = "**/model-figure.js*"  # brings a model to life
CODE = {"document", "stylesheet", "script"}  # kinds of files, as Playwright calls them
PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".ico"}
LOOKS: tuple[dict[str, Any], ...] = ({"color_scheme": "dark"}, {"media": "print"})
CLIPBOARD = ["clipboard-read", "clipboard-write"]

# The address of the picture that is the largest a browser paints before anybody touches the page; "" where it is text.
LARGEST = """async () => {
    let largest = "nothing was painted"
    const note = (list) => { largest = list.getEntries().at(-1).url }
    new PerformanceObserver(note).observe({ type: "largest-contentful-paint", buffered: true })
    const loaded = [...document.images].filter(({ complete }) => complete)
    await Promise.allSettled(loaded.map((image) => image.decode()))
    await new Promise((done) => setTimeout(done, 300))  // until it is painted
    return largest
}"""


@dataclass(frozen=True, slots=True)
class File:
    """What a browser was sent."""

    name: str
    kind: str
    size: int  # bytes, compressed


class Files:
    """All that a window is sent from now on, by address: twice the same counts once, since browsers keep it."""

    def __init__(self, page: Page) -> None:
        self.found: dict[str, File] = {}
        page.on("response", self.note)

    def note(self, response: Response) -> None:
        """Remember a file."""
        if response.url.startswith("http"):
            size = int(response.headers.get("content-length", 0))
            self.found[response.url] = File(urlsplit(response.url).path, response.request.resource_type, size)

    def of(self, *kinds: str) -> list[File]:
        """Those of some kinds, the heaviest first; of all where none is named."""
        files = (file for file in self.found.values() if file.kind in kinds or not kinds)
        return sorted(files, key=lambda file: (-file.size, file.name))


class Coverage:
    """Of which stylesheets and scripts something is used, as Chromium's own tools count it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.session = page.context.new_cdp_session(page)
        self.sheets: dict[str, str] = {}  # their addresses
        self.sent: set[str] = set()
        self.used: set[str] = set()
        self.session.on("CSS.styleSheetAdded", self.note)
        for command in ("DOM.enable", "CSS.enable", "CSS.startRuleUsageTracking", "Profiler.enable"):
            self.session.send(command)
        self.session.send("Profiler.startPreciseCoverage", {"callCount": True, "detailed": False})

    def note(self, event: dict[str, Any]) -> None:
        """Remember a stylesheet."""
        header = event["header"]
        self.sheets[header["styleSheetId"]] = "" if header["isInline"] else header["sourceURL"]

    def take(self) -> None:
        """Note what was used since the last time: a rule, and of a script a function, where it has any."""
        self.page.evaluate("document.documentElement.offsetHeight")  # rules are used when the page is laid out
        rules = self.session.send("CSS.takeCoverageDelta")["coverage"]
        self.sent.update(self.sheets.values())
        self.used.update(self.sheets[rule["styleSheetId"]] for rule in rules)
        for script in self.session.send("Profiler.takePreciseCoverage")["result"]:
            functions = script["functions"][1:]  # the first is the script itself
            self.sent.add(script["url"])
            if not functions or any(function["ranges"][0]["count"] for function in functions):
                self.used.add(script["url"])
        for worker in self.page.workers:  # which these tools do not see into
            self.used.update(worker.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)"))


def check(site: Published) -> Iterator[Finding]:
    """Some rows for each page, and one for all pictures."""
    for name in site.pages:
        yield largest(site, name)
        yield from weighed(site, name)
    yield heaviest(site.folder)


def largest(site: Published, name: str) -> Finding:
    """Whether readers wait for a picture, on a large screen or a small one."""
    found = []
    for width in (WIDE, NARROW):
        with window(site, width) as page:
            page.goto(site.url(name))
            if picture := page.evaluate(LARGEST):
                found.append(f"{width} px: {picture}")
    figure = "no text" if found else "text"
    return Finding("largest contentful paint", name, figure, "text", bool(found), "\n".join(found))


def weighed(site: Published, name: str) -> Iterator[Finding]:
    """Load a page, use it, and see what came."""
    with window(site, permissions=CLIPBOARD) as page:
        files, coverage = Files(page), Coverage(page)
        page.goto(site.url(name))
        use(page)
        coverage.take()
        for looks in LOOKS:
            page.emulate_media(**looks)
            coverage.take()
        page.remove_listener("response", files.note)
        if search(page):
            coverage.take()
    plain = without_model(site, name) if site.parsed(name).select_one("model-figure") else files
    yield from budgets(name, plain, [file for file in files.of() if file not in plain.of()])
    yield faults("font files", name, (file.name for file in files.of("font")))
    unused = (coverage.sent - coverage.used) & files.found.keys()
    yield faults("files of which nothing is used", name, sorted(files.found[address].name for address in unused))


def use(page: Page) -> None:
    """Have all of a page come, and try what can be done with it."""
    page.locator("[loading=lazy]").evaluate_all("all => all.forEach((each) => { each.loading = 'eager' })")
    unfold(page)
    narrow(page)
    page.evaluate(USE)
    page.wait_for_load_state("networkidle")


def without_model(site: Published, name: str) -> Files:
    """What is sent of a page that has a model when no reader comes near it."""
    with window(site) as page:
        files = Files(page)
        page.route(FIGURE, lambda route: route.abort())
        page.goto(site.url(name), wait_until="networkidle")
    return files


def budgets(name: str, plain: Files, model: list[File]) -> Iterator[Finding]:
    """What a page weighs, and what its model does beyond that, where it has one."""
    if name == HOME:
        yield within("all of it", name, plain.of(), HOME_BUDGET)
    yield within("HTML, CSS and JavaScript", name, plain.of(*CODE), PAGE_BUDGET)
    if model:
        yield within("JavaScript of its model", name, [file for file in model if file.kind in CODE], MODEL_BUDGET)
    asked = plain.of()
    figure = f"{len(asked)} + {len(model)} of its model" if model else str(len(asked))
    yield Finding("requests", name, figure, f"≤ {REQUESTS}", len(asked) > REQUESTS, listed(asked))


def within(check: str, page: str, files: list[File], budget: int) -> Finding:
    """Whether some files are light enough together."""
    size = sum(file.size for file in files)
    return Finding(check, page, kilobytes(size), f"≤ {kilobytes(budget)}", size > budget, listed(files))


def heaviest(folder: Path) -> Finding:
    """Whether each picture is light enough, shown on a page or only named in one: uncompressed, as most are sent."""
    paths = (path for path in folder.rglob("*") if path.suffix.lower() in PICTURES)
    files = sorted((path.stat().st_size, path.relative_to(folder).as_posix()) for path in paths)
    heavy = [f"{kilobytes(size)} {name}" for size, name in files if size > PICTURE_BUDGET]
    most, _ = files[-1] if files else (0, "")
    return Finding(
        "heaviest picture", "", kilobytes(most), f"≤ {kilobytes(PICTURE_BUDGET)}", bool(heavy), "\n".join(heavy)
    )


def listed(files: list[File]) -> str:
    """Files and what they weigh, a line for each."""
    return "\n".join(f"{kilobytes(file.size)} {file.name}" for file in files)


def kilobytes(size: int) -> str:
    """A size to read."""
    return f"{size / 1000:.1f} kB"
