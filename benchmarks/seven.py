"""What the extension costs a small site: this one's own pages with it, without it, and with the stock extension."""
# ruff: noqa: T201 (progress)

import re
import runpy
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from measure import BuildFailedError, build
from report import Finding

ROOT = Path(__file__).parent.parent
TURNS = 7
BUDGET = 10  # per cent (issue 3)

# What the pages need that is not about papers; the rest of the site's extensions is left out everywhere.
BASE = ("myst_parser", "sphinx_folio.portrait", "sphinx_folio.furo")
WITH: Mapping[str, tuple[str, ...]] = {
    "without": (),
    "stock": ("sphinxcontrib.bibtex",),
    "ours": ("sphinx_folio.publications",),
}

FENCES = re.compile(r"^```\{(?:publications|projects)\}\n.*?^```\n", re.MULTILINE | re.DOTALL)
LISTS_OF_OTHERS = re.compile(r"^```\{projects\}\n.*?^```\n", re.MULTILINE | re.DOTALL)
CITATIONS = re.compile(r"\{cite:\w+\}`([^`]*)`")


def write(kind: str, folder: Path) -> None:
    """Copy the site, the directives that this kind does not know left out."""
    conf = runpy.run_path(str(ROOT / "conf.py"))
    for path in (path for pattern in conf["include_patterns"] for path in ROOT.glob(pattern) if path.is_file()):
        page = folder / path.relative_to(ROOT)
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(spoken(path.read_text("utf-8"), kind), "utf-8")
    for name in conf["bibtex_bibfiles"]:
        shutil.copy(ROOT / name, folder / name)
    for name in conf["html_static_path"]:
        shutil.copytree(ROOT / name, folder / name)
    extensions = f"\nextensions = {[*BASE, *WITH[kind]]}\n"
    (folder / "conf.py").write_text((ROOT / "conf.py").read_text("utf-8") + extensions, "utf-8")


def spoken(page: str, kind: str) -> str:
    """The page in the words that this kind knows; stock lists all papers where ours lists any."""
    if kind == "ours":
        return LISTS_OF_OTHERS.sub("", page)
    if kind == "stock":
        return FENCES.sub("", page)
    return CITATIONS.sub(r"\1", FENCES.sub("", page))
