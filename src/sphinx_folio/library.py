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

from sphinx_folio.bibtex import Bibliography, Entry, Problem
from sphinx_folio.latex import Piece, plain, read, to_text

Status = Literal["preprint", "to appear", "published"]

EQUAL = "*"
PREPRINT_TYPES = {"misc", "unpublished", "online", "electronic"}
FORTHCOMING = {"forthcoming", "inpress", "to appear"}  # biblatex's words for pubstate, and BibTeX users' own
MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}

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
    """A button: ``target`` is an http(s) or mailto address, or a file's path from the top of the site."""

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
    label beside the title (``NSDI'26``), ``where`` the line under the authors, ``url`` the address
    that the title leads to, or empty. ``project`` is the page of the site
    about the work, or empty. ``fields`` holds every field of the entry as text, for filters.
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
    url: str
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
    fields = entry.fields
    title = read(fields.get("title", ""))
    if not title:
        problems.append(Problem(entry.file, entry.line, f"{entry.key}: expected a title", "bibtex_title"))
        title = (Piece("text", entry.key),)
    names = list(authors(entry, owner, problems))
    year = re.search(r"\b\d{4}\b", fields.get("year") or fields.get("date", ""))
    status = status_of(entry)
    links = tuple(links_of(entry, problems))
    return Publication(
        key=entry.key,
        type=entry.type,
        title=title,
        authors=tuple(person for person in names if person.name != "others"),
        and_others=any(person.name == "others" for person in names),
        year=int(year.group()) if year else None,
        month=month_of(fields),
        status=status,
        venue=to_text(fields.get("abbr", "")) or ("Preprint" if status == "preprint" else ""),
        where=where(entry, status),
        note=read(fields.get("note", "")),
        links=links,
        url=next((link.target for link in links if link.label == "PDF" or link.label not in BUTTONS.values()), ""),
        project=fields.get("project", ""),
        selected=fields.get("selected", "").lower() in ("true", "yes", "1"),
        fields={name: to_text(value) for name, value in fields.items()},
    )


def authors(entry: Entry, owner: str, problems: list[Problem]) -> Iterator[Person]:
    """The people of an entry's ``author`` field, else of ``editor``; "and others" is a person named ``others``."""
    role = "author" if entry.fields.get("author") else "editor"
    for source in split_names(entry.fields.get(role, "")):
        name = parse_name(source)
        if name is None:
            message = f"{entry.key}: {source!r} is no name; expected {role} = {{Family, Given and Family, Given}}"
            problems.append(Problem(entry.file, entry.line_of(role), message, "bibtex_name"))
        text = to_text(spoken(name) if name else source)
        bare = text.replace(EQUAL, "")
        yield Person(bare, equal=bare != text, owner=bool(owner) and fold(bare) == fold(owner))


def split_names(value: str) -> list[str]:
    """The names of an author field, each as it stands there."""
    return split_name_list(" ".join(value.split()))  # type: ignore[no-any-return]


def parse_name(source: str) -> Name | None:
    """The parts of one name, or None where it has more commas than a name can."""
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


def month_of(fields: Mapping[str, str]) -> int:
    """1 to 12 from ``month`` (a number or a word) or the second part of ``date``; 0 where there is none."""
    text = fields.get("month", "") or fields.get("date", "")[5:7]
    return int(text) if text.isdigit() and 1 <= int(text) <= 12 else MONTHS.get(text[:3].lower(), 0)


def status_of(entry: Entry) -> Status:
    """Preprint, to appear or published, from ``pubstate`` and the entry's type."""
    state = entry.fields.get("pubstate", "").lower()
    if state in FORTHCOMING:
        return "to appear"
    if state == "prepublished" or (not state and entry.type in PREPRINT_TYPES):
        return "preprint"
    return "published"


def where(entry: Entry, status: Status) -> tuple[Piece, ...]:
    """The line that says where: journal with volume, number and pages; or proceedings, school, publisher."""
    fields = {name: to_text(value) for name, value in entry.fields.items()}
    pieces: list[Piece] = []
    if journal := fields.get("journal") or fields.get("journaltitle"):
        volume = fields.get("volume", "") + (f"({fields['number']})" if fields.get("number") else "")
        pages = fields.get("pages", "").replace("--", "–")
        place = ":".join(part for part in (volume, pages) if part)
        pieces = [Piece("emphasis", journal), Piece("text", f" {place}" if place else "")]
    elif book := fields.get("booktitle"):
        pages = fields.get("pages", "").replace("--", "–")
        pieces = [Piece("text", "In "), Piece("emphasis", book), Piece("text", f", pages {pages}" if pages else "")]
    elif identifier := arxiv_id(entry):
        category = f" [{fields['primaryclass']}]" if fields.get("primaryclass") else ""
        pieces = [Piece("text", f"arXiv:{identifier}{category}")]
    else:
        others = ("howpublished", "school", "institution", "organization", "publisher")
        pieces = [Piece("text", next((fields[name] for name in others if fields.get(name)), ""))]
    year = fields.get("year") or fields.get("date", "")[:4]
    ending = f", {year}" if year and plain(pieces) else year
    ending += " (to appear)" if status == "to appear" else ""
    ending += f". {fields['eventtitle']}" if fields.get("eventtitle") else ""
    return tuple(piece for piece in (*pieces, Piece("text", ending)) if piece.text)


def links_of(entry: Entry, problems: list[Problem]) -> Iterator[Link]:
    """A link for every field that is an address or makes one, each address once."""
    seen: set[str] = set()
    for name, link in candidates(entry):
        target = address(link.target)
        if target is None:
            message = f"{entry.key}: {name} = {{{entry.fields[name]}}} does not become a link;"
            message += " expected an http, https or mailto address, or the path of a file of this site"
            problems.append(Problem(entry.file, entry.line_of(name), message, "bibtex_address"))
        elif (same := re.sub(r"^https?://(www\.)?|/$", "", target)) not in seen:
            seen.add(same)
            yield Link(link.label, target)


def candidates(entry: Entry) -> Iterator[tuple[str, Link]]:
    """Links as the fields have them, not yet checked, each with the name of its field."""
    if doi := entry.fields.get("doi"):
        match = DOI.fullmatch(unescape(doi))
        yield "doi", Link("DOI", f"https://doi.org/{quote(match[1], safe='/:;()')}" if match else unescape(doi))
    if url := entry.fields.get("url"):
        host = HOST.match(unescape(url))
        yield "url", Link(host[1] if host else "Link", unescape(url))
    if identifier := arxiv_id(entry):
        yield "eprint" if "eprint" in entry.fields else "arxiv", Link("arXiv", f"https://arxiv.org/abs/{identifier}")
    for name, label in BUTTONS.items():
        if value := entry.fields.get(name):
            yield name, Link(label, unescape(value))


def arxiv_id(entry: Entry) -> str:
    """The arXiv identifier of an entry, or nothing; an ``eprint`` of another archive is none."""
    archive = entry.fields.get("archiveprefix") or entry.fields.get("eprinttype") or "arxiv"
    eprint = entry.fields.get("eprint", "") if archive.lower() == "arxiv" else ""
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
    if parts.scheme in ("http", "https"):
        return text if parts.netloc else None
    if parts.scheme == "mailto":
        return text if "@" in parts.path else None
    return None if parts.scheme or ":" in text else text


def author_list(people: Iterable[Person], and_others: bool = False) -> str:
    """Names in a row, as in a reference."""
    return ", ".join([person.name for person in people] + (["et al."] if and_others else []))


def reference(publication: Publication) -> str:
    """The publication in one plain line: authors, title, where."""
    people = author_list(publication.authors, publication.and_others)
    parts = (people, plain(publication.title), plain(publication.where))
    return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part)
