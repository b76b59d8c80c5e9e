"""What a site knows of its publications: plain values, made once from ``.bib`` entries, for every surface.

No surface reads BibTeX or works out a name, a venue or a link for itself; it asks a ``Publication``.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal
from urllib.parse import quote, urlsplit

from pybtex.bibtex.exceptions import BibTeXError
from pybtex.bibtex.utils import split_name_list
from pybtex.database import InvalidNameString
from pybtex.database import Person as Name

from sphinx_folio.bibtex import MONTHS, Bibliography, Entry, Problem
from sphinx_folio.latex import Piece, plain, read, to_text

Status = Literal["preprint", "to appear", "published"]

SCHEMES = ("http", "https", "mailto")  # of addresses that may become links
EQUAL = "*"
OTHERS = "others"  # the name that "and others" makes
FORTHCOMING = {"forthcoming", "inpress", "to appear"}  # biblatex's words for pubstate, and BibTeX users' own
LEADS = {"doi", "url", "eprint", "arxiv", "pdf"}  # what a title may lead to: the paper, and not its code

# A button for each of these fields, in this order, after DOI, the entry's own address and arXiv.
BUTTONS = {
    "pdf": "PDF",
    "code": "Code",
    "website": "Website",
    "demo": "Demo",
    "data": "Data",
    "dataset": "Data",
    "model": "Model",
    "slides": "Slides",
    "poster": "Poster",
    "video": "Video",
    "tutorial": "Tutorial",
    "blog": "Blog",
    "supp": "Supplement",
}

EXPECTED = dict.fromkeys(("url", *BUTTONS), "an http, https or mailto address, or the path of a file of this site") | {
    "doi": "a DOI, as in 10.1000/182",
    "eprint": "an arXiv identifier, as in 2505.12242",
    "arxiv": "an arXiv identifier, as in 2505.12242",
}

ARXIV_ID = re.compile(r"(?:arxiv:)?((?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?)", re.IGNORECASE)
DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
HOST = re.compile(r"https?://(?:www\.)?([^/?#:]+)", re.IGNORECASE)
WRAPPED = re.compile(r"\\(?:url|path)\{(.*)\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Person:
    """An author. ``equal`` is set by a ``*`` on either part of the name, ``owner`` where it is the site's owner."""

    name: str
    equal: bool = False
    owner: bool = False


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


@dataclass(frozen=True, slots=True)
class Publication:
    """One publication, ready to show.

    ``year`` is None where the entry has none that is a number, ``month`` 0 where it has none. ``venue`` is the short
    label beside the title (``NSDI’26``), ``where`` the line under the authors, ``lead`` the link that the title is, if
    any. ``project`` is the page of the site about the work, or empty. ``fields`` holds every field of the entry as
    text, for filters.
    """

    key: str
    type: str
    title: tuple[Piece, ...]
    authors: tuple[Person, ...]
    and_others: bool
    year: int | None
    month: int
    status: Status
    venue: str
    where: tuple[Piece, ...]
    note: tuple[Piece, ...]
    links: tuple[Link, ...]
    lead: Link | None
    project: str
    selected: bool
    fields: Mapping[str, str]

    @property
    def newest_first(self) -> tuple[int, int]:
        """Sort key; what has no year comes last."""
        return (-(self.year or 0), -self.month)


@dataclass(frozen=True)
class Library:
    """All publications, newest first, and in the file's order within a month.

    ``entries`` are what they were made from, ``problems`` all that is wrong with the files.
    """

    publications: tuple[Publication, ...] = ()
    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()

    @cached_property
    def keys(self) -> frozenset[str]:
        """Every citation key."""
        return frozenset(publication.key for publication in self.publications)


def from_bibliography(bibliography: Bibliography, owner: str = "") -> Library:
    """Make a library of what was read; ``owner`` is the name whose papers these are."""
    problems = list(bibliography.problems)
    publications = [publication(entry, owner, problems) for entry in bibliography.entries]
    publications.sort(key=lambda each: each.newest_first)
    return Library(tuple(publications), bibliography.entries, tuple(problems))


def publication(entry: Entry, owner: str, problems: list[Problem]) -> Publication:
    """Make one publication; what cannot be used is left out and added to ``problems``."""
    texts = {name: to_text(value) for name, value in entry.fields.items()}
    title = read(entry.fields.get("title", ""))
    if not title:
        problems.append(Problem(entry.file, entry.line, f"{entry.key}: expected a title", "bibtex_title"))
        title = (Piece("text", entry.key),)
    names = names_of(entry, problems)
    year = re.search(r"\b\d{4}\b", texts.get("year") or texts.get("date", ""))
    status = status_of(entry)
    links = tuple(links_of(entry, problems))
    return Publication(
        key=entry.key,
        type=entry.type,
        title=title,
        authors=tuple(person(name, owner) for name in names if name != OTHERS),
        and_others=OTHERS in names,
        year=int(year.group()) if year else None,
        month=month_of(texts),
        status=status,
        venue=texts.get("abbr", "") or ("Preprint" if status == "preprint" else ""),
        where=where(entry, texts, status),
        note=read(entry.fields.get("note", "")),
        links=links,
        lead=next((link for link in links if link.field in LEADS), None),
        project=entry.fields.get("project", ""),
        selected=texts.get("selected", "").lower() in ("true", "yes", "1"),
        fields=texts,
    )


def person(name: str, owner: str) -> Person:
    """An author from a name as it is said, with its marks."""
    bare = name.replace(EQUAL, "")
    return Person(bare, equal=bare != name, owner=bool(owner) and fold(bare) == fold(owner))


def names_of(entry: Entry, problems: list[Problem]) -> list[str]:
    """The names in an entry's ``author`` field, else in ``editor``, each as it is said, with its marks."""
    role = "author" if entry.fields.get("author") else "editor"
    names = []
    for source in split_names(entry.fields.get(role, "")):
        name = parse_name(source)
        if name is None:
            message = f"{entry.key}: {source!r} is no name; expected {role} = {{Family, Given and Family, Given}}"
            problems.append(Problem(entry.file, entry.line_of(role), message, "bibtex_name"))
        names += [to_text(spoken(name))] if name else [to_text(part) for part in source.split(",")]
    return names


def split_names(value: str) -> list[str]:
    """The names of an author field, each as it stands there."""
    return [*split_name_list(re.sub(r"(\s+and)+\s*$", "", " ".join(value.split())))]


def parse_name(source: str) -> Name | None:
    """The parts of one name, or None where it is several with commas between them."""
    parts = [part.strip() for part in source.split(",")]
    if len(parts) > 2 and "{" not in source and all(" " in part for part in parts):
        return None
    try:
        return Name(source)
    except (InvalidNameString, BibTeXError):
        return None


def spoken(name: Name) -> str:
    """A name in the order in which it is said."""
    return " ".join(name.first_names + name.middle_names + name.prelast_names + name.last_names + name.lineage_names)


def fold(name: str) -> str:
    """A name without accents, case and punctuation, for comparing."""
    letters = [each for each in unicodedata.normalize("NFKD", name).casefold() if not unicodedata.combining(each)]
    return " ".join("".join(each if each.isalnum() else " " for each in letters).split())


def month_of(texts: Mapping[str, str]) -> int:
    """1 to 12 from ``month`` (a number or a word) or the second part of ``date``; 0 where there is none."""
    text = texts.get("month", "") or texts.get("date", "")[5:7]
    number = MONTHS.get(text[:3].lower(), text)
    return int(number) if number.isdecimal() and 1 <= int(number) <= 12 else 0


def status_of(entry: Entry) -> Status:
    """Preprint, to appear or published: from ``pubstate``, else from the type, arXiv's name and number."""
    state = entry.fields.get("pubstate", "").lower()
    if state in FORTHCOMING:
        return "to appear"
    unplaced = entry.type in ("misc", "online", "electronic") and arxiv_id(entry)
    on_arxiv = "arxiv" in (entry.fields.get("journal") or entry.fields.get("journaltitle", "")).lower()
    if state == "prepublished" or (not state and (entry.type == "unpublished" or unplaced or on_arxiv)):
        return "preprint"
    return "published"


def where(entry: Entry, texts: Mapping[str, str], status: Status) -> tuple[Piece, ...]:
    """The line that says where: journal with volume, number and pages; or proceedings, school, publisher."""
    pages = texts.get("pages", "")
    pieces: list[Piece] = []
    if journal := texts.get("journal") or texts.get("journaltitle"):
        volume = texts.get("volume", "") + (f"({texts['number']})" if texts.get("number") else "")
        place = ":".join(part for part in (volume, pages) if part)
        pieces = [Piece("emphasis", journal), Piece("text", f" {place}" if place else "")]
    elif book := texts.get("booktitle"):
        pieces = [Piece("text", "In "), Piece("emphasis", book), Piece("text", f", pages {pages}" if pages else "")]
    elif identifier := arxiv_id(entry):
        category = f" [{texts['primaryclass']}]" if texts.get("primaryclass") else ""
        pieces = [Piece("text", f"arXiv:{identifier}{category}")]
    else:
        others = ("howpublished", "school", "institution", "organization", "publisher")
        pieces = [Piece("text", next((texts[name] for name in others if texts.get(name)), ""))]
    year = texts.get("year") or texts.get("date", "")[:4]
    ending = f", {year}" if year and plain(pieces) else year
    ending += " (to appear)" if status == "to appear" else ""
    ending += f". {texts['eventtitle']}" if texts.get("eventtitle") else ""
    return tuple(piece for piece in (*pieces, Piece("text", ending)) if piece.text)


def links_of(entry: Entry, problems: list[Problem]) -> Iterator[Link]:
    """A link for every field that is an address or makes one; each address once."""
    seen: set[str] = set()
    for name, label, text in candidates(entry):
        target = address(text)
        if target is None:
            message = (
                f"{entry.key}: {name} = {{{entry.fields[name]}}} does not become a link; expected {EXPECTED[name]}"
            )
            problems.append(Problem(entry.file, entry.line_of(name), message, "bibtex_address"))
        elif (same := re.sub(r"^https?://(www\.)?|/$", "", target).lower()) not in seen:
            seen.add(same)
            yield Link(name, label, target)


def candidates(entry: Entry) -> Iterator[tuple[str, str, str]]:
    """The name of a field, its button's label, and the address that it makes, not yet checked."""
    if doi := entry.fields.get("doi"):
        match = DOI.fullmatch(unescape(doi))
        yield "doi", "DOI", f"https://doi.org/{quote(match[1], safe='/:;()')}" if match else ""
    if url := entry.fields.get("url"):
        host = HOST.match(unescape(url))
        yield "url", host[1] if host else "Link", unescape(url)
    name = "arxiv" if entry.fields.get("arxiv") else "eprint"
    if identifier := arxiv_id(entry):
        yield name, "arXiv", f"https://arxiv.org/abs/{identifier}"
    elif entry.fields.get(name) and "arxiv" in (name, archive(entry)):
        yield name, "arXiv", ""
    for name, label in BUTTONS.items():
        if value := entry.fields.get(name):
            yield name, label, unescape(value)


def archive(entry: Entry) -> str:
    """Whose identifier ``eprint`` is, in lower case; nothing where the entry does not say."""
    return (entry.fields.get("archiveprefix") or entry.fields.get("eprinttype", "")).lower()


def arxiv_id(entry: Entry) -> str:
    """The arXiv identifier of an entry, or nothing; an ``eprint`` of another archive is none."""
    eprint = entry.fields.get("eprint", "") if archive(entry) in ("arxiv", "") else ""
    match = ARXIV_ID.fullmatch((entry.fields.get("arxiv") or eprint).strip())
    return match[1] if match else ""


def unescape(value: str) -> str:
    r"""An address as it was before LaTeX: ``\url{a\_b}`` is ``a_b``."""
    wrapped = WRAPPED.fullmatch(value.strip())
    return re.sub(r"\\([_%&#~$])", r"\1", wrapped[1] if wrapped else value).strip()


def address(text: str) -> str | None:
    """The text if it may become a link, else None: nothing that a browser would run, nothing it could misread."""
    if not text or re.search(r"[\s\x00-\x1f\x7f<>\"\\]", text) or text.startswith("//"):
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    if parts.scheme in SCHEMES:
        whole = "@" in parts.path if parts.scheme == "mailto" else parts.netloc
        return text if whole else None
    return None if parts.scheme or ":" in text else text


def author_list(people: Iterable[Person], and_others: bool = False) -> str:
    """Names in a row, as in a reference."""
    return ", ".join([person.name for person in people] + (["et al."] if and_others else []))


def reference(publication: Publication) -> str:
    """The publication in one plain line: authors, title, where."""
    people = author_list(publication.authors, publication.and_others)
    parts = (people, plain(publication.title), plain(publication.where))
    return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part)
