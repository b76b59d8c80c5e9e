"""What a site knows of its publications: plain values, made once from ``.bib`` entries, for every surface.

No surface reads BibTeX or works out a name, a venue or a link for itself; it asks a ``Publication``.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Literal

from sphinx_folio.bibtex import Entry, Problem, read
from sphinx_folio.dates import Date, date_of
from sphinx_folio.formulas import mathml
from sphinx_folio.inheritance import inherit
from sphinx_folio.latex import Piece, complaints, plain, to_text
from sphinx_folio.latex import read as pieces
from sphinx_folio.links import Link, arxiv_of, doi_of, links_of
from sphinx_folio.names import unused
from sphinx_folio.people import Known, Person, Role, people, roles
from sphinx_folio.schema import standard
from sphinx_folio.venues import label

Status = Literal["preprint", "to appear", "published"]

# pubstate in biblatex's words, and what people write there or instead of a year.
FORTHCOMING = {"forthcoming", "inpress", "in press", "to appear", "accepted"}
UNPUBLISHED = {"prepublished", "submitted", "inpreparation", "in preparation", "under review", "preprint"}

LEADS = {"doi", "url", "eprint", "arxiv", "pdf", "html"}  # what a title may lead to: the paper, and not its code
# What the line under the authors is made from.
PLACED = frozenset(
    """
    journal booktitle maintitle series volume number pages eid chapter edition publisher institution organization
    howpublished primaryclass version type eventtitle
    """.split()
)
NUMBERED = {"DOI": ("doi", "url"), "arXiv number": ("eprint", "arxiv", "url")}  # fields that such a number may be in
SHOWN = ("title", "booktitle", "journal", "note", "award", "abstract", "author", "editor")  # read as LaTeX on a page


@dataclass(frozen=True, slots=True)
class Publication:
    """One publication, ready to show.

    ``anchor`` is the key as an address can show it, ``venue`` the short label beside the title (``NSDI’26``), ``where``
    the line under the authors, ``lead`` the link that the title is, if any. ``project`` is the page of the site about
    the work, or empty; ``preview`` a picture's path in the site. ``roles`` are the owner's. ``entry`` is what all of it
    was made from, with standard names and what it inherits.
    """

    key: str
    anchor: str
    type: str
    title: tuple[Piece, ...]
    authors: tuple[Person, ...]
    and_others: bool
    editors: tuple[Person, ...]
    date: Date
    status: Status
    venue: str
    where: tuple[Piece, ...]
    note: tuple[Piece, ...]
    award: tuple[Piece, ...]
    abstract: tuple[Piece, ...]
    information: tuple[Piece, ...]
    annotation: tuple[Piece, ...]
    keywords: tuple[str, ...]
    links: tuple[Link, ...]
    lead: Link | None
    doi: str
    arxiv: str
    project: str
    selected: bool
    preview: str
    roles: tuple[Role, ...]
    entry: Entry

    @property
    def year(self) -> int | None:
        """The year, or None where the entry has none that is a number."""
        return self.date.year

    @property
    def newest_first(self) -> tuple[int, int, int]:
        """Sort key; what has no year comes last."""
        return (-(self.date.year or 0), -self.date.month, -self.date.day)

    @property
    def has_code(self) -> bool:
        """Whether one of its links leads to code."""
        return any(link.field == "code" for link in self.links)

    def text(self, name: str) -> str:
        """Any field of the entry as plain text; nothing where there is none."""
        return to_text(self.entry.fields.get(name, ""))


@dataclass(frozen=True)
class Library:
    """All publications, newest first, and in the file's order within a day; ``problems`` is all that is wrong."""

    publications: tuple[Publication, ...] = ()
    problems: tuple[Problem, ...] = ()
    # What was wrong with each entry by itself, for a later reading that finds the entry unchanged.
    faults: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def by_key(self) -> Mapping[str, Publication]:
        """Every publication by its citation key."""
        return {publication.key: publication for publication in self.publications}


def read_library(
    paths: Sequence[Path], known: Known, venues: Mapping[str, str] | None = None, earlier: Library | None = None
) -> Library:
    """Read ``.bib`` files; ``venues`` are short forms by venue, ``earlier`` a library made with the same settings.

    Entries that ``earlier`` has are not converted again.
    """
    bibliography = read(*paths)
    named = [standard(entry) for entry in bibliography.entries]
    entries, lost = inherit([entry for entry, _ in named])
    problems = [*bibliography.problems, *lost, *(fault for _, faults in named for fault in faults)]
    publications, faults_of, taken = [], {}, set[str]()
    for entry in entries:
        made, faults = kept(entry, earlier or Library()) or publication(entry, known, venues or {})
        anchor = unused(slug(entry.key), taken)
        taken.add(anchor)
        publications.append(made if made.anchor == anchor else replace(made, anchor=anchor))
        faults_of[entry.key] = faults
        problems += faults
    problems += same_work(publications)
    order = [str(path) for path in paths]
    problems.sort(key=lambda problem: (order.index(problem.file), problem.line))
    publications.sort(key=lambda each: each.newest_first)
    return Library(tuple(publications), tuple(problems), {key: faults for key, faults in faults_of.items() if faults})


def kept(entry: Entry, earlier: Library) -> tuple[Publication, tuple[Problem, ...]] | None:
    """The publication made before of the same entry, wherever in the file that stood, and what was wrong with it."""
    old = earlier.by_key.get(entry.key)
    if old is None or shape(old.entry) != shape(entry):
        return None
    moved = entry.line - old.entry.line
    faults = earlier.faults.get(entry.key, ())
    if not moved:
        return old, faults
    return replace(old, entry=entry), tuple(replace(fault, line=fault.line + moved) for fault in faults)


def shape(entry: Entry) -> tuple[object, ...]:
    """All of an entry that its publication depends on, and its problems but for where the entry begins."""
    lines = [line - entry.line for line in entry.field_lines.values()]
    return entry.type, list(entry.fields.items()), entry.file, lines


def publication(entry: Entry, known: Known, venues: Mapping[str, str]) -> tuple[Publication, tuple[Problem, ...]]:
    """Make one publication, and say what of its entry cannot be used."""
    fields = entry.fields
    problems: list[Problem] = []
    title = title_of(fields)
    if not title:
        problems.append(entry.problem("bibtex_title", "no title", "write title = {…}"))
        title = (Piece("text", entry.key),)
    authors = people(fields.get("author", ""), known, fields.get("author+an", ""), "author")
    editors = people(fields.get("editor", ""), known, fields.get("editor+an", ""), "editor")
    for role, found in (("author", authors), ("editor", editors)):
        problems += [entry.problem("bibtex_name", what, cure, role) for what, cure in found.faults]
    date, fault = date_of(fields)
    if fault:
        problems.append(entry.problem("bibtex_date", *fault[1:], field=fault[0]))
    links, faults = links_of(entry)
    problems += [*faults, *unreadable(entry)]
    status = status_of(entry)
    made = Publication(
        key=entry.key,
        anchor="",  # free ones are known only among all entries
        type=entry.type,
        title=title,
        authors=authors.persons,
        and_others=authors.and_others or (not authors.persons and editors.and_others),
        editors=editors.persons,
        date=date,
        status=status,
        venue=to_text(fields.get("abbr", "")) or venue_of(entry, status, venues),
        where=where(entry, date, status, editors.persons if authors.persons else ()),
        note=pieces(fields.get("note", "")),
        award=award(fields),
        abstract=pieces(fields.get("abstract", "")),
        information=pieces(fields.get("additional_info", "")),
        annotation=pieces(fields.get("annotation", "")),
        keywords=keywords(fields.get("keywords", "")),
        links=links,
        lead=next((link for link in links if link.field in LEADS), None),
        doi=doi_of(entry),
        arxiv=arxiv_of(entry),
        project="" if "://" in fields.get("project", "") else fields.get("project", ""),  # else one of the links
        selected=fields.get("selected", "").lower() in ("true", "yes", "1"),
        preview=fields.get("preview", ""),
        roles=roles(authors.persons, authors.and_others),
        entry=entry,
    )
    return made, tuple(problems)


def title_of(fields: Mapping[str, str]) -> tuple[Piece, ...]:
    """The title with its subtitle."""
    title, subtitle = pieces(fields.get("title", "")), pieces(fields.get("subtitle", ""))
    if not (title and subtitle):
        return title or subtitle
    colon = " " if plain(title).endswith((":", "?", "!", ".")) else ": "
    return (*title, Piece("text", colon), *subtitle)


def award(fields: Mapping[str, str]) -> tuple[Piece, ...]:
    """The award: its name, and what else is said of it."""
    name, award = pieces(fields.get("award_name", "")), pieces(fields.get("award", ""))
    return (*name, Piece("text", ": "), *award) if name and award else name or award


def keywords(source: str) -> tuple[str, ...]:
    """The keywords of a list with commas, or semicolons, between them; each once."""
    parts = re.split(r"\s*;\s*" if ";" in source else r"\s*,\s*", to_text(source))
    return tuple(dict.fromkeys(filter(None, parts)))


def unreadable(entry: Entry) -> Iterator[Problem]:
    """What of the LaTeX that is shown cannot be read."""
    for name in SHOWN:
        source = entry.fields.get(name, "")
        if "\\" in source:
            for what in complaints(source):
                yield entry.problem("bibtex_latex", f"{name}: {what}", "write it as plain text", name)
        if "$" in source or "\\(" in source or "ensuremath" in source:
            for piece in pieces(source):
                if piece.kind == "math" and mathml(piece.text) is None:
                    what = f"{name}: the formula {piece.text!r} cannot be converted, so its source is shown"
                    yield entry.problem("bibtex_math", what, "write it in simpler LaTeX", name)


def status_of(entry: Entry) -> Status:
    """Preprint, to appear or published: from ``pubstate``, else from the year, the type and where it appeared."""
    fields = entry.fields
    states = {fields.get("pubstate", "").strip().lower(), fields.get("year", "").strip("{} ").lower()}
    if states & FORTHCOMING:
        return "to appear"
    if states & UNPUBLISHED:
        return "preprint"
    if fields.get("pubstate", "").lower() == "published":
        return "published"
    venue = (fields.get("journal") or fields.get("booktitle") or fields.get("publisher") or "").lower()
    on_server = re.search(r"\barxiv\b|\bcorr\b|biorxiv|medrxiv|\bssrn\b|openreview preprint", venue)
    unplaced = entry.type in ("misc", "online") and not venue and bool(arxiv_of(entry))
    return "preprint" if entry.type == "unpublished" or on_server or unplaced else "published"


def venue_of(entry: Entry, status: Status, venues: Mapping[str, str]) -> str:
    """The label of an entry that does not say its own."""
    if status == "preprint":
        return "Preprint"
    names = ("shortjournal", "journal", "booktitle", "eventtitle")
    texts = {name: to_text(entry.fields[name]) for name in names if name in entry.fields}
    return to_text(entry.fields.get("type", "")) if entry.type == "thesis" else label(texts, entry.type, venues)


def where(entry: Entry, date: Date, status: Status, editors: Sequence[Person]) -> tuple[Piece, ...]:
    """The line that says where: journal with volume, number and pages; or proceedings, school, publisher; the year."""
    texts = {name: to_text(value).rstrip(" ,;") for name, value in entry.fields.items() if name in PLACED}
    found = [piece for piece in place(entry, texts, editors) if piece.text]
    ending = ("," if found else "") + f" {date.text}" if date.text else ""
    ending += " (to appear)" if status == "to appear" and date.text.lower() not in FORTHCOMING else ""
    ending += f". {texts['eventtitle']}" if texts.get("eventtitle") else ""
    found.append(Piece("text", ending if found else ending.lstrip(" .")))
    return tuple(found) if found[-1].text else tuple(found[:-1])


def place(entry: Entry, texts: Mapping[str, str], editors: Sequence[Person]) -> Iterator[Piece]:
    """Where a work appeared, up to its year."""
    pages = texts.get("pages") or texts.get("eid", "")
    volume = texts.get("volume", "") + (f"({texts['number']})" if texts.get("number") else "")
    if journal := texts.get("journal"):
        yield Piece("emphasis", journal)
        place = ":".join(filter(None, (volume, pages)))
        yield Piece("text", f" {place}" if place else "")
    elif book := texts.get("booktitle") or texts.get("maintitle"):
        yield Piece("text", "In ")
        yield Piece("emphasis", book)
        by = f"edited by {author_list(editors)}" if editors else ""
        chapter = f"chapter {texts['chapter']}" if texts.get("chapter") else ""
        details = listed([by, *shelf(texts), chapter, pages_said(pages), texts.get("publisher", "")])
        yield Piece("text", f", {details}" if details else "")
    elif arxiv := arxiv_of(entry):
        category = f" [{texts['primaryclass']}]" if texts.get("primaryclass") else ""
        yield Piece("text", f"arXiv:{arxiv}{category}")
    else:
        houses = (texts.get(name, "") for name in ("howpublished", "institution", "organization", "publisher"))
        house = list(dict.fromkeys(filter(None, houses)))[:2]
        kind = texts.get("type", "") if entry.type in ("thesis", "report", "patent", "software", "manual") else ""
        numbered = " ".join(filter(None, (kind, texts.get("number", "")))) if entry.type != "thesis" else kind
        parts = [numbered] if entry.type in ("thesis", "report", "patent") else shelf(texts)
        version = f"version {texts['version']}" if texts.get("version") else ""
        yield Piece("text", listed([*parts, version, *house, pages_said(pages)]))


def shelf(texts: Mapping[str, str]) -> list[str]:
    """Edition, volume and series of a book."""
    edition = texts.get("edition", "")
    volume, series, number = texts.get("volume", ""), texts.get("series", ""), texts.get("number", "")
    row = f"{series} {number}".strip() if series else ""
    ordinal = {"1": "1st", "2": "2nd", "3": "3rd"}.get(edition, f"{edition}th" if edition.isdecimal() else edition)
    said = ordinal if not ordinal or "edition" in ordinal.lower() else f"{ordinal} edition"
    return [said, f"volume {volume}" if volume else "", row]


def pages_said(pages: str) -> str:
    """The pages, with the word before them."""
    if not pages or not re.match(r"[\dA-Za-z]*\d", pages):
        return pages
    return f"pages {pages}" if re.search(r"[–,-]", pages) else f"page {pages}"


def listed(parts: Iterable[str]) -> str:
    """What there is of these parts, with commas between them."""
    return ", ".join(filter(None, parts))


def same_work(publications: Iterable[Publication]) -> Iterator[Problem]:
    """Entries with the DOI or the arXiv number of an earlier one."""
    seen: dict[tuple[str, str], Publication] = {}
    for each in publications:
        numbers = (("DOI", each.doi.lower()), ("arXiv number", re.sub(r"v\d+$", "", each.arxiv.lower())))
        for name, number in numbers:
            first = seen.setdefault((name, number), each)
            if number and first is not each:
                what = f"the same {name} as {first.key} in line {first.entry.line}"
                at = next((at for at in NUMBERED[name] if at in each.entry.fields), "")
                yield each.entry.problem("bibtex_same", what, "remove one of the two, or correct the number", at)
                break


def slug(key: str) -> str:
    """A citation key as an anchor and the name of a file: as written, but for what an address cannot show."""
    return re.sub(r"[^\w.-]+", "-", key).strip("-.")[:80] or "publication"


def author_list(people: Iterable[Person], and_others: bool = False) -> str:
    """Names in a row, as in a reference."""
    return ", ".join([person.name for person in people] + (["et al."] if and_others else []))


def byline(publication: Publication) -> str:
    """Who wrote it, else who edited it."""
    if publication.authors:
        return author_list(publication.authors, publication.and_others)
    some = publication.editors
    ending = " (eds.)" if len(some) > 1 or publication.and_others else " (ed.)"
    return author_list(some, publication.and_others) + ending if some else ""


def reference(publication: Publication) -> str:
    """The publication in one plain line: authors, title, where."""
    parts = (byline(publication), plain(publication.title), plain(publication.where))
    return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part)
