"""What the extension costs a small site: this one's own pages without it, with the stock extension, and with ours."""
# ruff: noqa: T201 (progress)

import re
import runpy
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import BuildFailedError, build, complaints
from benchmarks.report import Finding
from sphinx_folio.environment.pages import NO_PAGES

ROOT = Path(__file__).parents[2]  # the site above the package
TURNS = 7
BUDGET = 10.0  # per cent (issue 3)

EXTENSIONS = {
    "without": ["myst_parser"],
    "stock": ["myst_parser", "sphinxcontrib.bibtex"],
    "ours": ["myst_parser", "sphinx_folio.ext.publications.lists"],
}

# Directives of the site's other features, whose cost is not the question.
ASIDE = re.compile(r"^```\{(?:projects|portrait|exports)\}\n.*?^```\n", re.MULTILINE | re.DOTALL)
LIST = re.compile(r"^```\{publications\}\n(.*?)^```\n", re.MULTILINE | re.DOTALL)
CITATION = re.compile(r"\{cite:\w+\}`([^`]*)`")


def findings(turns: int = TURNS) -> Iterator[Finding]:
    """The CPU time of a cold build beside that of the same pages without ours."""
    seconds = cheapest(turns)
    told = ", ".join(f"{kind} {cpu:.2f}" for kind, cpu in seconds.items())
    for kind, budget in (("without", BUDGET), ("stock", None)):
        more = (seconds["ours"] / seconds[kind] - 1) * 100 if "ours" in seconds else None
        yield Finding(f"seven papers: ours above {kind}", f"{told} s", more, " %", budget)


def cheapest(turns: int) -> Mapping[str, float]:
    """CPU seconds of the cheapest cold build of each kind; they take turns."""
    seconds: dict[str, float] = {}
    with TemporaryDirectory(prefix="bench-") as name:
        for turn in range(turns):
            for kind in EXTENSIONS:
                folder = Path(name, f"{turn}-{kind}")
                write(kind, folder)
                try:
                    seconds[kind] = min(build(folder).cpu, seconds.get(kind, float("inf")))
                except BuildFailedError as error:
                    print(f"seven papers, {kind}: {error}", file=sys.stderr)
                    return {}
                if not turn:
                    print(f"seven papers, {kind}: {complaints(folder)} warnings", file=sys.stderr)
    return seconds


def write(kind: str, folder: Path) -> None:
    """Copy the site's pages and papers, in words that this kind knows."""
    conf = runpy.run_path(str(ROOT / "conf.py"))
    for path in pages():
        page = folder / path.relative_to(ROOT)
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(worded(path.read_text("utf-8"), kind), "utf-8")
    for name in conf["bibtex_bibfiles"]:
        shutil.copy(ROOT / name, folder / name)
    for name in conf["html_static_path"]:
        shutil.copytree(ROOT / name, folder / name)
    settings = (ROOT / "conf.py").read_text("utf-8")
    (folder / "conf.py").write_text(f"{settings}\nextensions = {EXTENSIONS[kind]}\n", "utf-8")


def pages() -> Iterator[Path]:
    """The pages of the site: the home page, and what is in folders of content."""
    yield ROOT / "index.md"
    for folder in ROOT.iterdir():
        if folder.is_dir() and not folder.name.startswith((".", "_")) and folder.name not in NO_PAGES:
            yield from folder.rglob("*.md")


def worded(page: str, kind: str) -> str:
    """The page with the lists and citations that this kind has."""
    page = ASIDE.sub("", page)
    match kind:
        case "ours":
            return page
        case "stock":  # it has no such filters: one list, of all
            return LIST.sub(lambda found: "" if ":filter:" in found[1] else "```{bibliography}\n:all:\n```\n", page)
        case _:
            return CITATION.sub(r"\1", LIST.sub("", page))
