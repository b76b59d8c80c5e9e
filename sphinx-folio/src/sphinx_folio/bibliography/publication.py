"""One publication: all that any surface shows of it, as typed text, made from its entry."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sphinx_folio.bibliography.container import CONTAINER_FIELDS, publication_details
from sphinx_folio.bibliography.dates import Date, Status, date_of, state_of
from sphinx_folio.bibliography.links import Link, arxiv_of, doi_of, links_of
from sphinx_folio.bibliography.names import Person, Role, SiteAuthors, owner_roles, read_people
from sphinx_folio.bibliography.venues import venue_label
from sphinx_folio.bibtex.model import Entry, Problem
from sphinx_folio.latex.convert import Span, latex_problems, plain_text, to_spans, to_text
from sphinx_folio.latex.mathml import mathml

UNTITLED = {"set", "bibnote"}  # types of biblatex whose entries have no title of their own


TITLE_LINK_FIELDS = {"doi", "url", "eprint", "arxiv", "pdf", "html"}  # fields that lead to the paper, not to its code


# Fields that are read as LaTeX and shown.
TEXTS = {"title", "subtitle", "note", "abstract", "keywords", "author", "editor"}


SHOWN_FIELDS = sorted(CONTAINER_FIELDS | TEXTS | {"abbr", "award", "award_name", "additional_info", "annotation"})


@dataclass(frozen=True, slots=True)
class Publication:
    """One publication, ready to show.

    ``anchor`` is the key as an address can show it, ``venue`` the short label beside the title (``NSDI’26``), ``where``
    the line under the authors, ``title_link`` the link of the title, if any. ``project`` is the page of the site about
    the work, or empty; ``preview`` a picture's path in the site. ``roles`` are the owner's. ``entry`` is the source of
    all of it, with standard names and inherited fields.
    """

    key: str
    anchor: str
    type: str
    title: tuple[Span, ...]
    authors: tuple[Person, ...]
    and_others: bool
    editors: tuple[Person, ...]
    date: Date
    status: Status
    venue: str
    where: tuple[Span, ...]
    note: tuple[Span, ...]
    award: tuple[Span, ...]
    abstract: tuple[Span, ...]
    additional_info: tuple[Span, ...]
    annotation: tuple[Span, ...]
    keywords: tuple[str, ...]
    links: tuple[Link, ...]
    title_link: Link | None
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
    def newest_first(self) -> tuple[bool, int, int, int]:
        """Sort key; what has no year comes last."""
        date = self.date
        return (date.year is None, -(date.year or 0), -date.month, -date.day)

    @property
    def has_code(self) -> bool:
        """Whether one of its links leads to code."""
        return any(link.field == "code" for link in self.links)

    def text(self, name: str) -> str:
        """Any field of the entry as plain text; nothing where there is none."""
        return to_text(self.entry.fields.get(name, ""))


def make_publication(
    entry: Entry, known: SiteAuthors, venues: Mapping[str, str]
) -> tuple[Publication, tuple[Problem, ...]]:
    """Make one publication, and say what of its entry cannot be used."""
    fields = entry.fields
    problems: list[Problem] = []
    title = title_of(fields)
    if not title:
        if entry.type not in UNTITLED:
            problems.append(entry.problem("bibtex_title", "no title", "write title = {…}"))
        title = (Span("text", entry.key),)
    authors = read_people(fields.get("author", ""), known, fields.get("author+an", ""), "author")
    editors = read_people(fields.get("editor", ""), known, fields.get("editor+an", ""), "editor")
    for role, found in (("author", authors), ("editor", editors)):
        problems += [entry.problem("bibtex_name", what, cure, role) for what, cure in found.faults]
    if body := collaboration(fields, authors.persons):
        authors = replace(authors, persons=(*authors.persons, body))
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
        where=publication_details(entry, date, status, editors.persons if authors.persons else ()),
        note=to_spans(fields.get("note", "")),
        award=award_spans(fields),
        abstract=to_spans(fields.get("abstract", "")),
        # al-folio needs the full stop at its beginning
        additional_info=to_spans(fields.get("additional_info", "").removeprefix(". ")),
        annotation=to_spans(fields.get("annotation", "")),
        keywords=keywords(fields.get("keywords", "")),
        links=links,
        title_link=next((link for link in links if link.field in TITLE_LINK_FIELDS), None),
        doi=doi_of(entry),
        arxiv=arxiv_of(entry),
        project="" if "://" in fields.get("project", "") else fields.get("project", ""),  # else one of the links
        selected=fields.get("selected", "").lower() in ("true", "yes", "1"),
        preview=fields.get("preview", ""),
        roles=owner_roles(authors.persons, authors.and_others),
        entry=entry,
    )
    return made, tuple(problems)


def collaboration(fields: Mapping[str, str], authors: Sequence[Person]) -> Person | None:
    """The collaboration that INSPIRE names in a field of its own, as an author, unless it is one already."""
    name = to_text(fields.get("collaboration", ""))
    if not name or any(name.casefold() in person.name.casefold() for person in authors if person.corporate):
        return None
    name = name if "collaboration" in name.casefold() else f"{name} Collaboration"
    return Person(name, name, corporate=True)


def title_of(fields: Mapping[str, str]) -> tuple[Span, ...]:
    """The title with its subtitle."""
    title, subtitle = to_spans(fields.get("title", "")), to_spans(fields.get("subtitle", ""))
    if not (title and subtitle):
        return title or subtitle
    colon = " " if plain_text(title).endswith((":", "?", "!", ".")) else ": "
    return (*title, Span("text", colon), *subtitle)


def award_spans(fields: Mapping[str, str]) -> tuple[Span, ...]:
    """The award: its name, and what else is said of it."""
    name, award = to_spans(fields.get("award_name", "")), to_spans(fields.get("award", ""))
    return (*name, Span("text", ": "), *award) if name and award else name or award


def keywords(source: str) -> tuple[str, ...]:
    """The keywords of a list with commas, or semicolons, between them; each once."""
    parts = re.split(r"\s*;\s*" if ";" in source else r"\s*,\s*", to_text(source))
    return tuple(dict.fromkeys(filter(None, parts)))


def unreadable(entry: Entry) -> Iterator[Problem]:
    """What of the LaTeX that is shown cannot be read."""
    for name in SHOWN_FIELDS:
        source = entry.fields.get(name, "")
        if "\\" in source:
            for what in latex_problems(source):
                yield entry.problem("bibtex_latex", f"{name}: {what}", "write it as plain text", name)
        if "$" in source or "\\(" in source or "ensuremath" in source:
            for span in to_spans(source):
                if span.kind == "math" and mathml(span.text) is None:
                    what = f"{name}: the formula {span.text!r} cannot be converted, so its source is shown"
                    yield entry.problem("bibtex_math", what, "write it in simpler LaTeX", name)


def status_of(entry: Entry) -> Status:
    """Preprint, to appear or published: from ``pubstate``, else from the year, the type and where it appeared."""
    fields = entry.fields
    pubstate = to_text(fields.get("pubstate", ""))
    if state := state_of(pubstate) or state_of(to_text(fields.get("year", ""))):
        return state
    if pubstate:
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
    return to_text(entry.fields.get("type", "")) if entry.type == "thesis" else venue_label(texts, entry.type, venues)
