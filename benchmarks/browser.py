"""What a reader waits for on a page of 1,000 entries: Lighthouse's score, and a facet's answer in a real browser."""
# ruff: noqa: S603, T201 (it runs npm and Lighthouse, and says what it does)

import gzip
import json
import os
import runpy
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from measure import BuildFailedError, build
from playwright.sync_api import Page, sync_playwright
from report import Finding
from sites import Site

ROOT = Path(__file__).parent.parent
TOOLS = ROOT / "build/bench"
LIGHTHOUSE = "lighthouse@12.8.2"
FLAGS = ("--headless=new", "--no-sandbox", "--disable-background-networking")

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
    chromium = runpy.run_path(str(ROOT / "tests/programs.py"))["chromium"]()
    with TemporaryDirectory(prefix="bench-") as name:
        if "ours" in kinds:
            folder = built("pages", Path(name))
            yield score("ours", folder, chromium, runs, SCORE)
            yield from answers(folder, chromium)
        if "stock" in kinds:
            yield score("stock", built("stock", Path(name)), chromium, runs, None)


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


class Compressed(SimpleHTTPRequestHandler):
    """Serves files as a web host does: compressed, over one connection."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with the file."""
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        content = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=31536000")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments: Any) -> None:
        """Nobody reads it."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of the page while the folder is served."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Compressed, directory=folder)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/publications.html"
        server.shutdown()


def score(kind: str, folder: Path | None, chromium: str, runs: int, budget: float | None) -> Finding:
    """Lighthouse's performance on a phone, the median of some runs."""
    what = f"{ENTRIES:,}: Lighthouse, mobile, {kind}"
    if folder is None:
        return Finding(what, "not built", None, budget=budget, at_least=True)
    with served(folder) as address:
        reports = [lighthouse(address, chromium) for _ in range(runs)]
    middle = sorted(reports, key=performance)[len(reports) // 2]
    names = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")
    told = ", ".join(f"{name} {middle['audits'][name]['displayValue']}" for name in names).replace("\xa0", " ")
    return Finding(what, f"{told}; of {runs}", performance(middle), budget=budget, at_least=True)


def performance(report: dict[str, Any]) -> float:
    """The score out of 100."""
    return float(report["categories"]["performance"]["score"]) * 100


def lighthouse(address: str, chromium: str) -> dict[str, Any]:
    """Its report; it is installed into ``build`` where it is missing."""
    program = TOOLS / "node_modules/.bin/lighthouse"
    if not program.exists():
        TOOLS.mkdir(parents=True, exist_ok=True)
        install = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--no-save", "--prefix", str(TOOLS)]
        subprocess.run([*install, LIGHTHOUSE], check=True)
    options = ["--quiet", "--only-categories=performance", "--output=json", f"--chrome-flags={' '.join(FLAGS)}"]
    environment = os.environ | {"CHROME_PATH": chromium}
    done = subprocess.run([program, address, *options], check=True, env=environment, capture_output=True)
    return json.loads(done.stdout)


def answers(folder: Path | None, chromium: str) -> Iterator[Finding]:
    """How long a facet takes to answer: here, and on a slower machine."""
    what = f"{ENTRIES:,}: slowest answer of a facet"
    times = {1: [], SLOWER: []} if folder is None else clicked(folder, chromium)
    for slower, budget in ((1, ANSWER), (SLOWER, None)):
        found = times[slower]
        told = f"median {median(found):.0f} ms of {len(found)}, on or off" if found else "no facets"
        where = "" if slower == 1 else f", CPU {slower} × slower"
        yield Finding(what + where, told, max(found, default=None), " ms", budget)


def clicked(folder: Path, chromium: str) -> dict[int, list[float]]:
    """Milliseconds of each click, by how much slower the machine is made."""
    with served(folder) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS[1:]))
        page = browser.new_page()
        page.goto(address)
        session = page.context.new_cdp_session(page)
        times = {}
        for slower in (1, SLOWER):
            session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
            times[slower] = list(click_some(page))
        browser.close()
    return times


def click_some(page: Page) -> Iterator[float]:
    """Switch chips on and off some times; the least counts, and a chip that leaves the list as it is says nothing."""
    chips = page.locator(FACETS).all()
    for chip in chips[:: max(1, len(chips) // CHIPS)]:
        milliseconds = [chip.evaluate(CLICK) for _ in range(2 * TIMES)]
        yield from (min(times) for times in (milliseconds[::2], milliseconds[1::2]) if None not in times)
