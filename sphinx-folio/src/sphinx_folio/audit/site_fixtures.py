"""What the site's own tests are given: the built site, what its sources say, and what a browser met on its pages.

``pytest --built FOLDER`` looks at a site that is built already.
"""

import re
import runpy
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, get_args

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, Route, ViewportSize
from pypdf import PdfReader

from sphinx_folio.audit.browser import launched, served
from sphinx_folio.audit.views import STILL
from sphinx_folio.bibliography.library import read_library
from sphinx_folio.bibliography.names import SiteAuthors
from sphinx_folio.cv.model import EntryKind
from sphinx_folio.latex.convert import plain_text

GENERATED = 3  # pages of each generated kind are looked at in the browser
ALONE = ("404", "genindex", "search")  # kinds of one page
PHONE: ViewportSize = {"width": 375, "height": 740}
AXE = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}

# A CV entry's first line in Markdown: ```{position} Research Intern
ENTRY = re.compile(
    rf"^\s*(?:`{{3,}}|~{{3,}}|:{{3,}})\s*\{{({'|'.join([*get_args(EntryKind), 'project-entry'])})\}}[ \t]*(.*)$",
    re.MULTILINE | re.IGNORECASE,
)
# A {publications} directive: its options are the lines below it that begin with a colon.
LIST = re.compile(r"^\s*(?:`{3,}|~{3,}|:{3,})\s*\{publications\}[ \t]*\n((?:[ \t]*:[\w-]+:.*\n)*)", re.MULTILINE)
CHOOSING = re.compile(r":(?:filter|limit|style|layout):")
MARKDOWN_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


class EntryInSource(NamedTuple):
    """An entry of a CV as it is written: its kind and its title, without the markup of links."""

    kind: str
    title: str


class PaperInSource(NamedTuple):
    """An entry of the site's ``.bib`` files: its key, its anchor, and its title as text."""

    key: str
    anchor: str
    title: str


@dataclass
class PageReport:
    """What a browser met on a page: errors, requests that leave the site, and what axe finds (also narrow and dark)."""

    page: str
    errors: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Site:
    """A built site beside its sources; pages are named from the top, without ``.html``."""

    source: Path
    folder: Path
    warnings: list[str]

    @cached_property
    def settings(self) -> dict[str, Any]:
        """The values in ``conf.py``."""
        return runpy.run_path(str(self.source / "conf.py"))

    @cached_property
    def pages(self) -> list[str]:
        """All pages."""
        return sorted(path.relative_to(self.folder).with_suffix("").as_posix() for path in self.folder.rglob("*.html"))

    @cached_property
    def written(self) -> list[str]:
        """The pages that somebody wrote: they have a source."""
        return [page for page in self.pages if self.markdown(page) is not None]

    @property
    def looked_at(self) -> list[str]:
        """The pages to open in a browser: all that are written, and some of each generated kind."""
        made = [page for page in self.pages if page not in self.written]
        alone = [page for page in made if page in ALONE]
        kinds = sorted({page.rpartition("/")[0] for page in made if page not in ALONE})
        some = [page for kind in kinds for page in islice((p for p in made if p.rpartition("/")[0] == kind), GENERATED)]
        return [*self.written, *(page for page in some if page not in ALONE), *alone]

    @property
    def cv_page(self) -> str:
        """The page that the PDF is made of."""
        return str(self.settings.get("cv_page", "cv/index"))

    def markdown(self, page: str) -> str | None:
        """The source of a page."""
        path = self.source / f"{page}.md"
        return path.read_text("utf-8") if path.is_file() else None

    def has(self, page: str) -> bool:
        """Whether there is such a page."""
        return page in self.pages

    def page(self, name: str) -> BeautifulSoup:
        """A page to ask questions of."""
        return BeautifulSoup((self.folder / f"{name}.html").read_text("utf-8"), "html.parser")

    def lists_everything(self, page: str) -> bool:
        """Whether a page has a list of papers that leaves none out."""
        return any(not CHOOSING.search(options) for options in LIST.findall(self.markdown(page) or ""))

    def paper_page(self, paper: PaperInSource) -> str:
        """The name of a paper's own page."""
        folder = str(self.settings.get("publications_folder", "publications")).strip("/")
        return f"{folder}/{paper.anchor}".lstrip("/")

    def pdf_text(self) -> str:
        """The text of the CV's first version."""
        pdfs = sorted(self.folder.glob("*-cv*.pdf"), key=lambda path: len(path.name))  # others have a longer name
        return "\n".join(page.extract_text() for path in pdfs[:1] for page in PdfReader(path).pages)

    def needs(self, feature: str) -> None:
        """Skip the test where ``conf.py`` does not name a feature, nor the one that it is a part of."""
        named = self.settings.get("extensions", [])
        if not any(feature == each or feature.startswith(f"{each}.") for each in named):
            pytest.skip(f"conf.py does not name {feature}")


def letters(text: str) -> str:
    """The letters and digits of a text: what is left when typesetting, markup and punctuation are taken away."""
    return "".join(filter(str.isalnum, text.casefold()))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer ``--built``."""
    parser.addoption("--built", type=Path, metavar="FOLDER", help="a site that is built already, instead of a build")


@pytest.fixture(scope="session")
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site, built once from scratch as ``make html`` builds it."""
    root: Path = request.config.rootpath
    source = next(folder for folder in (root, *root.parents) if (folder / "conf.py").is_file())
    if built := request.config.getoption("--built"):
        return Site(source, built.resolve(), [])
    work = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-n", "-q", "--keep-going", "-b", "html", "-d", str(work / "doctrees")]
    command += [str(source), str(work / "html")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return Site(source, work / "html", done.stderr.splitlines())


@pytest.fixture(scope="session")
def papers(site: Site) -> list[PaperInSource]:
    """The entries of the site's ``.bib`` files."""
    files = [site.source / name for name in site.settings.get("bibtex_bibfiles", ())]
    library = read_library(files, SiteAuthors((site.settings.get("author", ""),)))
    return [PaperInSource(each.key, each.anchor, plain_text(each.title)) for each in library.publications]


@pytest.fixture(scope="session")
def cv_entries(site: Site) -> Mapping[str, list[EntryInSource]]:
    """The entries of the CV by page, in order; those without a title, which are named by what they link to, are not."""
    found = {page: entries_in(site.markdown(page) or "") for page in site.written}
    entries = {page: each for page, each in found.items() if each}
    if not entries:
        pytest.skip("the site has no CV entries")
    return entries


def entries_in(markdown: str) -> list[EntryInSource]:
    """The entries in a page's source that have a title."""
    found = [EntryInSource(kind.lower(), MARKDOWN_LINK.sub(r"\1", title)) for kind, title in ENTRY.findall(markdown)]
    return [each for each in found if letters(each.title)]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all."""
    with launched() as browser:
        yield browser


@pytest.fixture(scope="session")
def visits(site: Site, browser: Browser) -> list[PageReport]:
    """Every page to look at, opened once: wide and light, then narrow and dark."""
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    with served(site.folder) as address:
        return [visit(browser, address, page, axe) for page in site.looked_at]


def visit(browser: Browser, address: str, name: str, axe: str) -> PageReport:
    """Open a page in a fresh window; what it asks of other hosts is noted and never sent."""
    met = PageReport(name)
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.add_init_script(STILL)  # axe is not to look at what is moving
    page = context.new_page()
    page.on("console", lambda message: met.errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: met.errors.append(str(error)))

    def intercept(route: Route) -> None:
        met.elsewhere.append(route.request.url)
        route.fulfill(status=200, body="")

    page.route(lambda url: not url.startswith((address, "data:", "blob:")), intercept)
    page.goto(f"{address}/{name}.html")
    page.evaluate(axe)
    met.violations += violations(page, "")
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    met.violations += violations(page, "on a dark phone: ")
    context.close()
    return met


def violations(page: Page, prefix: str) -> list[str]:
    """What axe finds: each rule that is broken, with the first element that breaks it."""
    found = page.evaluate("options => axe.run(document, options)", AXE)["violations"]
    return [f"{prefix}{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]
