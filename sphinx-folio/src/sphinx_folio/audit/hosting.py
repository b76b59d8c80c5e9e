"""Whether the site works wherever it may be: at the top of a host, in a folder of one, on Read the Docs, on a disk.

On hosts every link is followed, with the addresses that pages and the sitemap name in full, and a page that is not
found is opened in the browser.
"""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Request, Response

from sphinx_folio.audit import readthedocs
from sphinx_folio.audit.browser import Published, served
from sphinx_folio.audit.findings import Finding, faults
from sphinx_folio.audit.links import broken_links
from sphinx_folio.audit.site import build

FOLDER = "https://ada.github.io/folio"  # without a slash, as GitHub tells it to the workflow
MISSING = "no/such/page.html"
CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)index.html"')


def check(site: Published) -> Iterator[Finding]:
    """Look at this site everywhere; it is built again for each address."""
    yield from hosted("at the top of a host", site.folder, address(site.folder), site.browser)
    yield from on_disk(site)
    with TemporaryDirectory(prefix="audit-") as name:
        build(Path(), Path(name), "-D", f"html_baseurl={FOLDER}")
        yield from hosted("in a folder", Path(name, "html"), f"{FOLDER}/", site.browser)
    with readthedocs.built(Path.cwd()) as (folder, errors):
        yield faults("errors of the build, Read the Docs", "", errors)
        if folder.is_dir():
            yield from hosted("Read the Docs", folder, readthedocs.ADDRESS, site.browser)


def hosted(place: str, folder: Path, expected: str, browser: Browser) -> Iterator[Finding]:
    """Look at a site that was built for an address."""
    said, path = address(folder), urlsplit(expected).path
    yield Finding(f"address, {place}", "", said or "none", expected, said != expected or not said)
    with laid_out(folder, path) as host, served(host) as root:
        mapped = ["--remap", f"^{re.escape(expected)} file://{host}{path}"] if expected else []
        yield faults(f"broken links, {place}", "", broken_links(host, host, "--index-files", "index.html", *mapped))
        yield faults(f"what is not found, {place}", "404", not_found(f"{root}{path or '/'}", browser))


def address(folder: Path) -> str:
    """Where a built site says that it is."""
    found = CANONICAL.search((folder / "index.html").read_text("utf-8"))
    return found[1] if found else ""


@contextmanager
def laid_out(folder: Path, path: str) -> Iterator[Path]:
    """What a host has that shows a site at a path, and the page for what is not found in place of one that is not."""
    with TemporaryDirectory(prefix="audit-") as name:
        site = Path(name, path.strip("/"))
        shutil.copytree(folder, site, dirs_exist_ok=True)
        for place in {Path(name, "404.html"), site / MISSING}:
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(folder / "404.html", place)
        yield Path(name)


@contextmanager
def visited(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A fresh page, and the requests that fail on it; from a disk modules do not load, and need not."""
    failed: list[str] = []

    def answered(response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            failed.append(response.url)

    def lost(request: Request) -> None:
        module = request.url.startswith("file:") and request.resource_type == "script"
        if not module and request.failure != "net::ERR_ABORTED":  # by leaving the page
            failed.append(request.url)

    page = browser.new_page()
    page.on("response", answered)
    page.on("requestfailed", lost)
    yield page, failed
    page.close()


def not_found(site: str, browser: Browser) -> Iterator[str]:
    """What is wrong with the page for what is not found, deep in a site."""
    with visited(browser) as (page, failed):
        answer = page.goto(f"{site}no/such/other.html")
        if not answer or answer.status != 404:
            yield "it is found"
        yield from (f"does not load {url.removeprefix(site)}" for url in failed)
        if f"{site}index.html" not in page.evaluate("[...document.links].map((link) => link.href)"):
            yield "no link leads home"


def on_disk(site: Published) -> Iterator[Finding]:
    """Open every page from the disk."""
    links = broken_links(site.folder, Path("/"), "--index-files", "", "--exclude-path", "404.html")
    yield faults("broken links, on a disk", "", links)
    with visited(site.browser) as (page, failed):
        for name in site.pages:
            if name != "404":
                failed.clear()
                yield faults("faults, on a disk", name, read_from(site.folder / f"{name}.html", page, failed))


def read_from(file: Path, page: Page, failed: list[str]) -> Iterator[str]:
    """What is wrong with a page that is opened from the disk, and left by its first link."""
    page.goto(file.as_uri())
    yield from (f"does not load {Path(url).name}" for url in failed)
    if not page.locator("h1").first.is_visible():
        yield "shows no heading"
    if (links := page.locator("a[href$='.html']:visible")).count():
        with page.expect_navigation():
            links.first.click()
        if not page.url.startswith("file:") or not page.locator("h1").count():
            yield f"its first link leads to {page.url}"
