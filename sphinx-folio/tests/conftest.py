"""What the tests share: built projects to ask questions of, and a real browser to visit them with."""

import functools
import io
import multiprocessing
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import settings
from playwright.sync_api import Browser
from sphinx.application import Sphinx
from sphinx.locale import translators
from sphinx.util.console import strip_colors
from sphinx.util.docutils import docutils_namespace, patch_docutils

from sphinx_folio.audit.browser import Published, launched, served
from sphinx_folio.audit.browser import Visit as Visit
from sphinx_folio.bibliography.names import SiteAuthors
from sphinx_folio.bibliography.publication import Publication, make_publication
from sphinx_folio.bibtex.datamodel import standardize
from sphinx_folio.bibtex.model import Entry

multiprocessing.set_start_method("forkserver")  # forking beside threads may hang

settings.register_profile("folio", deadline=None, database=None)  # machines are noisy, and nothing is left behind
settings.load_profile("folio")

ROOT = Path(__file__).parents[2]
ROOTS = Path(__file__).parent / "roots"
# In what windows pages are looked at.
WIDTHS = (1280, 375)
SCHEMES = ("light", "dark")
everywhere = pytest.mark.parametrize(("width", "scheme"), [(width, scheme) for width in WIDTHS for scheme in SCHEMES])

INVENTED = Path(__file__).parent / "invented"  # the content of a whole site


# An entry with what LaTeX and formats get wrong.
NOTES = {
    "title": r"Notes on the {\lambda} {Engine}: 100\% of $k$",
    "journal": r"Scientific Memoirs \& Notes",
    "volume": "3",
    "number": "12",
    "pages": "666--731",
    "year": "1843",
    "month": "9",
    "doi": "10.1000/en_gine",
}


def make(kind: str = "article", key: str = "engine", **fields: str) -> Publication:
    """A publication from the fields of one entry."""
    entry, _ = standardize(Entry(key, kind, fields, "refs.bib", 1, {}))
    made, _ = make_publication(entry, SiteAuthors(("Ada Lovelace",)), {})
    return made


@dataclass(frozen=True)
class Built:
    """A project after a build: its files, and every warning as ``file:line: message``, sources named from its root.

    Hints are as warnings.
    """

    source: Path
    output: Path
    warnings: list[str]
    hints: list[str] = field(default_factory=list)

    def page(self, name: str) -> BeautifulSoup:
        """One page, parsed as a browser would."""
        return BeautifulSoup((self.output / f"{name}.html").read_text("utf-8"), "html5lib")

    def pages(self) -> list[str]:
        """The names of all pages."""
        return sorted(str(path.relative_to(self.output).with_suffix("")) for path in self.output.rglob("*.html"))

    def text(self, name: str) -> str:
        """What a page's article says, on one line."""
        article = self.page(name).find(["article", "main"]) or self.page(name).find(class_="body")
        return " ".join(article.get_text(" ").split())


def build(source: Path, work: Path, builder: str = "html", **config: object) -> Built:
    """Build a project as ``make html`` would; a second build with the same ``work`` folder is an incremental one."""
    translators.clear()  # of an earlier build in another language: Sphinx says the names that are not set in it
    warnings, status = io.StringIO(), io.StringIO()
    with patch_docutils(source), docutils_namespace():
        app = Sphinx(
            source,
            source,
            work / builder,
            work / "doctrees",
            builder,
            confoverrides={"nitpicky": True, **config},
            status=status,
            warning=warnings,
        )
        app.build()
    lines = strip_colors(warnings.getvalue()).replace(f"{source}/", "").splitlines()
    told = strip_colors(status.getvalue()).replace(f"{source}/", "").splitlines()
    hints = [line.replace("HINT: ", "") for line in told if "HINT: " in line]
    return Built(source, work / builder, [line.replace("WARNING: ", "") for line in lines if line], hints)


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Built]:
    """Build ``tests/roots/test-NAME``, once for all tests."""

    @functools.cache
    def built(name: str) -> Built:
        return build(ROOTS / f"test-{name}", tmp_path_factory.mktemp(name))

    return built


def build_site(work: Path, *options: str) -> Built:
    """Build the invented site in a process of its own; a warning fails it."""
    output = work / "html"
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-n",
        "-W",
        "-q",
        "--keep-going",
        "-D",
        "html_baseurl=https://example.org/",
    ]
    command += [*options, "-d", work / "doctrees", INVENTED, output]
    moment = os.environ | {"SOURCE_DATE_EPOCH": "1795478400"}  # or the PDFs of two builds would differ
    made = subprocess.run(command, capture_output=True, text=True, env=moment)
    assert made.returncode == 0, made.stderr
    assert made.stderr == ""
    return Built(INVENTED, output, [])


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a built site."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def different(first: dict[str, bytes], second: dict[str, bytes]) -> list[str]:
    """The files in which two sites differ."""
    return sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))


@dataclass(frozen=True)
class Project:
    """A project that a test may edit and build again."""

    source: Path
    work: Path

    def write(self, name: str, text: str) -> None:
        """Write a file of the project."""
        path = self.source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def build(self, **config: object) -> Built:
        """Build it, incrementally after the first time."""
        return build(self.source, self.work, **config)


@pytest.fixture
def project(tmp_path: Path) -> Callable[[str], Project]:
    """A copy of ``tests/roots/test-NAME`` to edit."""

    def copy(name: str) -> Project:
        shutil.copytree(ROOTS / f"test-{name}", tmp_path / "source")
        return Project(tmp_path / "source", tmp_path / "work")

    return copy


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The invented site, built once as ``make html`` does, with nothing to warn of."""
    return build_site(tmp_path_factory.mktemp("site"))


def serve(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port of this machine, as a host would: what is not found is answered with 404.html."""
    with served(folder) as address:
        yield address


@pytest.fixture(scope="session")
def address(site: Built) -> Iterator[str]:
    """Where the built site is served."""
    yield from serve(site.output)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    with launched() as browser:
        yield browser


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """Visit the site; its windows are closed afterwards."""
    visit = Visit(browser, address)
    yield visit
    for context in browser.contexts:
        context.close()


@pytest.fixture
def publish(tmp_path: Path, browser: Browser) -> Iterator[Callable[[dict[str, str]], Published]]:
    """Publish a folder of files, given by their names, for a check of ``audit/`` to look at."""
    with served(tmp_path) as address:

        def published(files: dict[str, str]) -> Published:
            for name, text in files.items():
                path = tmp_path / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, "utf-8")
            return Published(tmp_path, address, browser)

        yield published
