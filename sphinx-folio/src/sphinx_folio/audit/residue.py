"""Nothing is left over: no text that waits for another, no link to nowhere, no page and no file that nobody gets to."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from sphinx_folio.audit.browser import Published
from sphinx_folio.audit.findings import Finding, faults

# What people write until they know better, and names from examples. Not "Ada Lovelace", who is in our own: people
# cite her.
PLACEHOLDERS = re.compile(
    r"\b(?:TODO|FIXME)\b|(?i:\b(?:lorem|ipsum|changeme|placeholder (?:text|image|picture)|your name|"
    r"jane doe|john doe|firstname|lastname)\b|\bexample\.(?:com|org|net)\b|\.example\b)"
)
SAID = ("alt", "aria-label", "content", "href", "src", "title")  # attributes that readers or programs get to
TEXTS = {".atom", ".bib", ".css", ".js", ".json", ".ris", ".svg", ".txt", ".vcf", ".xml"}
FOUND_ALONE = {"404"}  # the host answers with it
NOWHERE = ("", "#", "javascript:void(0)", "javascript:void(0);", "javascript:;")
# Comments use nothing, but for licenses and maps of sources.
COMMENT = re.compile(r"/\*(?!!).*?\*/|(?<![^\s;{}])//(?!#).*?$", re.DOTALL | re.MULTILINE)
NAME = re.compile(r"[\w./:%~-]+\.\w+")


def check(site: Published) -> Iterator[Finding]:
    """Two rows for each page, and one for each kind of file."""
    for page in site.pages:
        yield faults("placeholders", page, placeholders(said(site, page)))
        yield faults("links to nowhere", page, dead_links(site, page))
    others = sorted(path for path in site.folder.rglob("*") if path.suffix in TEXTS)
    found = (f"{within(site, path)}: {each}" for path in others for each in placeholders(path.read_text("utf-8")))
    yield faults("placeholders in other files", "", found)
    yield faults("pages without a way to them", "", sorted({*site.pages} - FOUND_ALONE - reached(site)))
    static = {within(site, path) for path in site.folder.glob("_static/**/*") if path.is_file()}
    yield faults("unused files in _static", "", sorted(static - used(site) - pictures(static)))


def pictures(static: set[str]) -> set[str]:
    """The still pictures of figures, which are the owner's, and in their pages themselves."""
    models = {name.removesuffix(".js") for name in static if name.startswith("_static/models/")}
    return {f"{name}.svg" for name in models} & static


def within(site: Published, path: Path) -> str:
    """A file by its name in the site."""
    return path.relative_to(site.folder).as_posix()


def said(site: Published, page: str) -> str:
    """All that a page says to readers and programs, in lines."""
    parsed = site.parsed(page)
    attributes = [str(tag[name]) for tag in parsed.find_all() for name in SAID if name in tag.attrs]
    return "\n".join([*parsed.stripped_strings, *attributes])


def placeholders(text: str) -> Iterator[str]:
    """What is still to be written, with some words around it."""
    for match in PLACEHOLDERS.finditer(text):
        around = text[max(0, match.start() - 30) : match.end() + 30]
        yield f"{match[0]} in “{' '.join(around.split())}”"


def dead_links(site: Published, page: str) -> Iterator[str]:
    """Links with words and no target."""
    for link in site.parsed(page).select("a[href]"):
        if str(link["href"]).strip() in NOWHERE:
            yield f'{" ".join(link.get_text(" ").split())!r}: href="{link["href"]}"'


def reached(site: Published) -> set[str]:
    """The pages that links and forms lead to from the home page, over however many others."""
    seen, ahead = {"index"}, ["index"]
    while ahead:
        page = ahead.pop()
        targets = {
            str(tag.get("href") or tag.get("action")) for tag in site.parsed(page).select("a[href], form[action]")
        }
        pages = {target.removesuffix(".html") for target in files(site, f"{page}.html", targets) if ".html" in target}
        ahead += pages - seen
        seen |= pages
    return seen


def used(site: Published) -> set[str]:
    """The files that some page names, or that a file which is used names."""
    seen = {f"{page}.html" for page in site.pages}
    ahead = sorted(seen)
    while ahead:
        name = ahead.pop()
        path = site.folder / name
        if path.suffix in {".html", *TEXTS}:
            text = path.read_text("utf-8")
            text = COMMENT.sub("", text) if path.suffix in {".css", ".js"} else text
            named = files(site, name, NAME.findall(text)) - seen
            ahead += sorted(named)
            seen |= named
    return seen


def files(site: Published, name: str, addresses: Iterable[str]) -> set[str]:
    """The files that are there under some addresses, as the file of this name says them."""
    found, home = set(), site.home
    for address in addresses:
        parts = urlsplit(f"/{address.removeprefix(home)}" if home and address.startswith(home) else address)
        target = normpath(PurePosixPath("/", name).parent / unquote(parts.path)).lstrip("/")
        if not parts.scheme and not parts.netloc and (site.folder / target).is_file():
            found.add(target)
    return found
