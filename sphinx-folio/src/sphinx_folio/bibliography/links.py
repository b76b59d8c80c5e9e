"""The links of a publication: a button for every field that is an address or identifies the paper somewhere.

    doi = {10.1145/12}, eprint = {2101.00001}, code = {github.com/x/y}    DOI   arXiv   Code

An address appears once, under the most telling of its labels. What should be a link and cannot be one is reported.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote, urlsplit

from sphinx_folio.bibliography.identifiers import (
    ARCHIVE_FIELDS,
    ARCHIVES,
    archive,
    arxiv_field,
    arxiv_in,
    dois_in,
    isbn_in,
    without_version,
)
from sphinx_folio.bibliography.identifiers import arxiv_of as arxiv_of
from sphinx_folio.bibliography.identifiers import doi_of as doi_of
from sphinx_folio.bibliography.urls import safe_address, split_addresses, unescape
from sphinx_folio.bibtex.model import Entry, Problem
from sphinx_folio.text import truncate

# A button for each of these fields, in this order, after the paper's own addresses.
BUTTONS = {
    "pdf": "PDF",
    "html": "HTML",
    "adsurl": "ADS",
    "code": "Code",
    "software": "Code",
    "repository": "Code",
    "github": "Code",
    "project": "Project",
    "website": "Website",
    "homepage": "Website",
    "demo": "Demo",
    "data": "Data",
    "dataset": "Data",
    "model": "Model",
    "slides": "Slides",
    "poster": "Poster",
    "video": "Video",
    "talk": "Talk",
    "tutorial": "Tutorial",
    "blog": "Blog",
    "supp": "Supplement",
    "supplement": "Supplement",
    "supplementary": "Supplement",
}
INSTEAD_OF_URL = ("link", "ee", "howpublished", "note")
ONLY_ADDRESS = re.compile(r"(?:[\w ]{0,30}:\s*)?(\\url\s*\{[^{}]*\}|https?://\S+)[\s.]*")
SWITCHES = ("true", "false", "yes", "no")  # what other tools have under these names

HOST = re.compile(r"https?://(?:www\.)?([^/?#:]+)", re.IGNORECASE)
SCHEME = re.compile(r"^https?://(?:www\.)?", re.IGNORECASE)
REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+")
ARXIV_PAGE = re.compile(r"(?:export\.)?arxiv\.org/(?P<kind>abs|pdf)/(?P<id>.+?)(?:\.pdf)?", re.IGNORECASE)
DOI_PAGE = re.compile(r"(?:dx\.)?doi\.org/(?P<doi>.+)", re.IGNORECASE)
DOI_SAFE = "/:;()+,=@!*'$&"

ADDRESS_CURE = "write an http, https or mailto address, or the path of a file of this site"


@dataclass(frozen=True, slots=True)
class Link:
    """A button made from ``field``; ``target`` is an http(s) or mailto address, or a file's path in the site."""

    field: str
    label: str
    target: str

    @property
    def is_file(self) -> bool:
        """Whether the target is a file of the site."""
        return not urlsplit(self.target).scheme


def links_of(entry: Entry) -> tuple[tuple[Link, ...], tuple[Problem, ...]]:
    """A link for every field that makes one, each address once; and what makes none though it should."""
    found = [
        *doi_link(entry),
        *own_address_links(entry),
        *arxiv_link(entry),
        *archive_links(entry),
        *buttons(entry),
        *isbn_link(entry),
    ]
    links = [each for each in found if isinstance(each, Link)]
    return tuple(unique_links(links, doi_of(entry))), tuple(each for each in found if isinstance(each, Problem))


def doi_link(entry: Entry) -> Iterator[Link | Problem]:
    """The link that a DOI makes."""
    if value := entry.fields.get("doi"):
        dois = dois_in(value)
        if not dois[0]:
            yield not_a_link(entry, "doi", example_cure("10.1000/182"), "bibtex_identifier")
        elif len(dois) > 1:
            yield entry.problem("bibtex_identifier", "doi names several DOIs, the first is used", "keep one", "doi")
    if doi := doi_of(entry):
        yield Link("doi", "DOI", f"https://doi.org/{quote(doi, safe=DOI_SAFE)}")


def own_address_links(entry: Entry) -> Iterator[Link | Problem]:
    """The address of the publication itself, from the first field that holds one."""
    if entry.fields.get("url"):
        yield from address_link(entry, "url", entry.fields["url"])
        return
    for name in INSTEAD_OF_URL:
        if match := ONLY_ADDRESS.fullmatch(entry.fields.get(name, "")):
            for each in address_link(entry, name, match[1]):
                yield replace(each, field="url") if isinstance(each, Link) else each
            return


def arxiv_link(entry: Entry) -> Iterator[Link | Problem]:
    """The link that an arXiv identifier makes."""
    name, identifier = arxiv_field(entry)
    if identifier:
        yield Link("eprint" if name == "eprint" else "arxiv", "arXiv", f"https://arxiv.org/abs/{identifier}")
        return
    name = next((name for name in ("arxiv", "arxivid") if entry.fields.get(name)), "eprint")
    if name != "eprint" or (entry.fields.get("eprint") and archive(entry) == "arxiv"):
        yield not_a_link(entry, name, example_cure("2101.00001"), "bibtex_identifier")


def archive_links(entry: Entry) -> Iterator[Link | Problem]:
    """The links to other archives that have the paper."""
    held = [(name, kept) for name, kept in ARCHIVE_FIELDS.items() if entry.fields.get(name)]
    if entry.fields.get("eprint") and (kept := ARCHIVES.get(archive(entry))):
        held.insert(0, ("eprint", kept))
    for name, kept in held:
        text = unescape(entry.fields[name])
        if target := kept.address(text) or (safe_address(text) if HOST.match(text) else None):
            yield Link(name, kept.label, target)
        else:
            yield not_a_link(entry, name, example_cure(kept.example), "bibtex_identifier")
    if not any(name == "eprint" for name, _ in held) and HOST.match(text := unescape(entry.fields.get("eprint", ""))):
        yield from address_link(entry, "eprint", text)


def isbn_link(entry: Entry) -> Iterator[Link | Problem]:
    """The link to a book in the catalogue of a library."""
    if value := entry.fields.get("isbn"):
        if number := isbn_in(value):
            yield Link("isbn", "ISBN", f"https://openlibrary.org/isbn/{number}")
        else:
            yield not_a_link(entry, "isbn", example_cure("978-3-16-148410-0"), "bibtex_identifier")


def buttons(entry: Entry) -> Iterator[Link | Problem]:
    """The links of fields that are addresses, or paths of files."""
    for name in BUTTONS:
        value = entry.fields.get(name)
        if not value or value.lower() in SWITCHES or (name == "project" and not HOST.match(unescape(value))):
            continue  # a project is a page of this site, which others look after
        is_repository = name == "github" and REPOSITORY.fullmatch(value)
        yield from address_link(entry, name, f"https://github.com/{value}" if is_repository else value)


def address_link(entry: Entry, name: str, value: str) -> Iterator[Link | Problem]:
    """The link to the first address in a value."""
    texts = split_addresses(unescape(value))
    target = safe_address(texts[0])
    if target is None:
        yield not_a_link(entry, name, ADDRESS_CURE, "bibtex_address")
        return
    if len(texts) > 1:
        fault = f"{name} holds more than one address, the first is used"
        yield entry.problem("bibtex_address", fault, f"keep one address in {name}", name)
    host = HOST.match(target)
    yield Link(name, BUTTONS.get(name) or (host[1].lower() if host else "Link"), target)


def example_cure(example: str) -> str:
    """The cure for an invalid identifier: a made-up example of a valid one."""
    return f"write it like {example}"


def not_a_link(entry: Entry, name: str, cure: str, subtype: str) -> Problem:
    """The problem of a field whose value does not become a link."""
    value = truncate(entry.fields[name], 60)
    return entry.problem(subtype, f"{name} = {{{value}}} does not become a link", cure, name)


def unique_links(links: Sequence[Link], doi: str) -> Iterator[Link]:
    """Each address once, under the label that says most of it: arXiv before its DOI, and any before the host."""
    keyed = [(link, link_identity(link, doi)) for link in links]
    told = {key for link, key in keyed if not is_vague(link, key)}
    seen: set[str] = set()
    for link, key in keyed:
        if key not in seen and not (is_vague(link, key) and key in told):
            seen.add(key)
            yield link


def is_vague(link: Link, key: str) -> bool:
    """Whether any other link to the same address says more."""
    return link.field == "url" or (link.field == "doi" and key.startswith("arxiv:"))


def link_identity(link: Link, doi: str) -> str:
    """What equal addresses have in common; the PDF of an arXiv paper is another only where it is given as ``pdf``."""
    host, slash, path = SCHEME.sub("", link.target).rstrip("/").partition("/")
    text = f"{host.lower()}{slash}{path}"
    if match := DOI_PAGE.fullmatch(text):
        text = unquote(match["doi"]).lower()
        identifier = without_version(arxiv_in(text))
        return f"arxiv:{identifier}" if identifier else f"doi:{text}"
    if (match := ARXIV_PAGE.fullmatch(text)) and (match["kind"] == "abs" or link.field != "pdf"):
        return f"arxiv:{without_version(match['id'].lower())}"
    if doi and link.field == "url" and "pdf" not in text and f"/{unquote(text)}".lower().endswith(f"/{doi.lower()}"):
        return f"doi:{doi.lower()}"  # the publisher's page, which the DOI leads to
    return text
