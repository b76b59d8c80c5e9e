"""What the owner waits for: from saving a file until the open page has been loaded again, beside stock packages alone.

Ours is this site under ``make livehtml``. Stock is its pages with Sphinx, MyST-Parser, sphinxcontrib-bibtex and Furo
under sphinx-autobuild: lists are the stock directive's, entries of the CV admonitions, the rest of our directives is
left out. Its machinery is a small extension of its own.
"""
# ruff: noqa: S310, S603, T201 (it runs the servers, and says what it does)

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory, gettempdir
from urllib.request import urlopen

from playwright.sync_api import Browser, Page

from benchmarks.measure import BuildFailedError
from benchmarks.report import Finding
from benchmarks.small_site import write
from sphinx_folio.audit.browser import launched

ROOT = Path(__file__).parents[2]
TURNS = 15
BUDGET = 1.0  # times stock (issue 6)
SECONDS = 1.0
PATIENCE = 60_000  # milliseconds
SETTLED = 0.4  # seconds between a reload and the next save: watchers look for more changes for a while

LEFT_OUT = shutil.ignore_patterns(".*", "build", "tests", "benchmarks", "node_modules", "__pycache__")
EXTENSIONS = ["myst_parser", "sphinxcontrib.bibtex", "machinery"]
DIRECTIVE = re.compile(
    r"^```\{(?!toctree|include|bibliography)[a-z-]+\}(.*)\n((?::.*\n)*)((?:(?!```).*\n)*)```\n", re.M
)
MACHINERY = """\
def say(app, docname, source):
    source[0] += "\\n\\nMachinery {0}.\\n"


def setup(app):
    app.connect("source-read", say)
    return {{"version": "1", "env_version": {0}, "parallel_read_safe": True}}
"""

Seconds = dict[tuple[str, str], list[float]]

# What is edited, the page that is open meanwhile, and what it then says.
STEPS = {
    "a page": ("index.html", "document.body.textContent.includes('Edit {}.')"),
    "refs.bib": ("publications/index.html", "document.body.textContent.includes('Edit {} ')"),
    "CSS": ("index.html", "getComputedStyle(document.documentElement).getPropertyValue('--edit') == {}"),
    "machinery": ("index.html", "document.body.textContent.includes('Machinery {}.')"),
}


def findings(turns: int) -> Iterator[Finding]:
    """The medians of ours beside those of stock, and by themselves."""
    with launched() as browser:
        seconds = measure(browser, turns)
    for step in STEPS:
        ours, stock = (median(seconds[kind, step]) for kind in KINDS)
        told = f"ours {ours:.2f}, stock {stock:.2f} s; median of {turns}"
        yield Finding(f"save to reload: {step}", told, ratio(seconds, step), " ×", BUDGET)
        yield Finding(f"save to reload: {step}, ours", told, ours, " s", SECONDS)


def ratio(seconds: Seconds, step: str) -> float:
    """Ours to stock: the median of what each turn says, of which the two were measured one after the other."""
    ours, stock = (seconds[kind, step] for kind in KINDS)
    return median(one / other for one, other in zip(ours, stock, strict=True))


def measure(browser: Browser, turns: int, steps: Iterable[str] = STEPS) -> Seconds:
    """Seconds of each turn by kind and step. The kinds take turns, so that a noisy minute harms both alike."""
    seconds: Seconds = {(kind, step): [] for kind in KINDS for step in steps}
    with TemporaryDirectory(prefix="bench-") as name, ExitStack() as stack:
        previews = {kind: stack.enter_context(preview(kind, Path(name, kind))) for kind in KINDS}
        pages = {kind: stack.enter_context(browser.new_page()) for kind in KINDS}
        for turn in range(turns + 1):  # the first warms up
            for step, kind in product(steps, KINDS):
                taken = previews[kind].reload(pages[kind], step, turn)
                if turn:
                    seconds[kind, step].append(taken)
                print(f"{turn:3} {step:10} {kind:5} {taken:.2f} s", file=sys.stderr)
    return seconds


@dataclass(frozen=True, slots=True)
class Preview:
    """A site that is being edited: its folder, and where it is served."""

    folder: Path
    address: str

    def reload(self, page: Page, step: str, number: int) -> float:
        """Seconds from the save until the open page has been loaded again and shows it."""
        path, shown = STEPS[step]
        page.goto(f"{self.address}/{path}")
        time.sleep(SETTLED)
        began = time.perf_counter()
        with page.expect_event("load", lambda _: page.evaluate(shown.format(number)), timeout=PATIENCE):
            self.edit(step, number)
        return time.perf_counter() - began

    def edit(self, step: str, number: int) -> None:
        """Change a file of the site, each time in another way."""
        match step:
            case "a page":
                change(self.folder / "index.md", r"(\n\nEdit \d+\.\n)?\Z", f"\n\nEdit {number}.\n")
            case "refs.bib":
                change(self.folder / "refs.bib", r"title( *)= \{(Edit \d+ )?", rf"title\1= {{Edit {number} ")
            case "CSS":
                rule = f"\n:root {{ --edit: {number} }}\n"
                change(self.folder / "_static/custom.css", r"(\n:root \{ --edit: \d+ \}\n)?\Z", rule)
            case _:
                self.edit_machinery(number)

    def edit_machinery(self, number: int) -> None:
        """Change code by which pages are made."""
        ours = self.folder / "sphinx-folio/src/sphinx_folio/environment/links.py"
        if ours.exists():
            change(ours, r'(?<="equal": )"[^"]*"', f'"Machinery {number}."')
        else:
            replace(self.folder / "machinery.py", MACHINERY.format(number))


def change(path: Path, pattern: str, text: str) -> None:
    """Replace the first place of a file that has a pattern."""
    replace(path, re.sub(pattern, text, path.read_text("utf-8"), count=1))


def replace(path: Path, text: str) -> None:
    """Save as editors do, at one stroke: half a file would be a save of its own."""
    new = Path(gettempdir(), f"bench-{os.getpid()}-{path.name}")  # elsewhere: it would be seen
    new.write_text(text, "utf-8")
    new.replace(path)


@contextmanager
def preview(kind: str, folder: Path) -> Iterator[Preview]:
    """Run the server of a kind in a new folder, until it answers."""
    command = KINDS[kind](folder)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "PYTHONPATH"))}
    environment |= {"BROWSER": "true", "PYTHONUNBUFFERED": "1", "PYTHONPATH": f"{folder}/src"}
    log = folder.with_suffix(".log")  # in the folder it would be an edit
    with log.open("w") as out:
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=out, stderr=out, start_new_session=True)
    try:
        yield Preview(folder, answering(log))
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)


def answering(log: Path) -> str:
    """The address that a server has told, once it answers there."""
    for _ in range(600):
        time.sleep(0.1)
        if found := re.search(r"http://127\.0\.0\.1:\d+", log.read_text("utf-8")):
            with suppress(OSError), urlopen(found[0]):
                return found[0]
    raise BuildFailedError(log.read_text("utf-8"))


def ours(folder: Path) -> list[str]:
    """A copy of this site, with what this runs under for its environment."""
    shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
    python = folder / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    (folder / ".venv/.live").touch()
    return ["make", "livehtml", "SPHINXOPTS=-q"]


def stock(folder: Path) -> list[str]:
    """The same pages and papers with stock packages."""
    write("stock", folder)
    for path in folder.rglob("*.md"):
        path.write_text(DIRECTIVE.sub(admonition, path.read_text("utf-8")), "utf-8")
    with (folder / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(f"\nimport sys\nsys.path.insert(0, '.')\nextensions = {EXTENSIONS}\n")
    (folder / "machinery.py").write_text(MACHINERY.format(0), "utf-8")
    options = ["-q", "-b", "html", "-d", "build/doctrees", "--port", "0", "--ignore", "build/*"]
    return [sys.executable, "-m", "sphinx_autobuild", *options, ".", "build/html"]


def admonition(found: re.Match[str]) -> str:
    """An entry of ours in words that all of Sphinx has; nothing where it says nothing."""
    title, _, body = found.groups()
    return f"```{{admonition}} {title.strip() or 'Entry'}\n{body}```\n" if body.strip() else ""


KINDS = {"ours": ours, "stock": stock}
