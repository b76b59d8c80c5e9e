"""Where a publication appeared: its journal, proceedings, book or institution, in one line of text."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sphinx_folio.bibliography.dates import Date, Status, state_of
from sphinx_folio.bibliography.links import arxiv_of
from sphinx_folio.bibliography.names import Person
from sphinx_folio.bibtex.model import Entry
from sphinx_folio.latex.convert import Span, to_text

# The fields that make the line under the authors.
CONTAINER_FIELDS = frozenset(
    """
    journal booktitle maintitle series volume number pages eid chapter edition publisher institution organization
    howpublished primaryclass version type eventtitle
    """.split()
)


def author_list(people: Iterable[Person], and_others: bool = False) -> str:
    """Names separated by commas: ``Ada Lovelace, Charles Babbage et al.``."""
    return ", ".join(person.name for person in people) + (" et al." if and_others else "")


def publication_details(entry: Entry, date: Date, status: Status, editors: Sequence[Person]) -> tuple[Span, ...]:
    """Journal, volume, number and pages, or proceedings, school or publisher; then the year: one line of a list."""
    texts = {name: to_text(value).rstrip(" ,;") for name, value in entry.fields.items() if name in CONTAINER_FIELDS}
    found = [span for span in container_spans(entry, texts, editors) if span.text]
    when = ("," if found else "") + f" {date.text}" if date.text else ""
    when += " (to appear)" if status == "to appear" and state_of(date.text) != status else ""
    when += f". {texts['eventtitle']}" if texts.get("eventtitle") else ""
    found.append(Span("text", when if found else when.lstrip(" .")))
    return tuple(found) if found[-1].text else tuple(found[:-1])


def container_spans(entry: Entry, texts: Mapping[str, str], editors: Sequence[Person]) -> Iterator[Span]:
    """Where a work appeared, up to its year."""
    pages = texts.get("pages") or texts.get("eid", "")
    volume = texts.get("volume", "") + (f"({texts['number']})" if texts.get("number") else "")
    if journal := texts.get("journal"):
        yield Span("emphasis", journal)
        within = ":".join(filter(None, (volume, pages)))
        yield Span("text", f" {within}" if within else "")
    elif book := texts.get("booktitle") or texts.get("maintitle"):
        yield Span("text", "In ")
        yield Span("emphasis", book)
        by = f"edited by {author_list(editors)}" if editors else ""
        chapter = f"chapter {texts['chapter']}" if texts.get("chapter") else ""
        publisher = texts.get("publisher", "")
        details = comma_separated([by, *edition_volume_series(texts), chapter, pages_text(pages), publisher])
        yield Span("text", f", {details}" if details else "")
    elif arxiv := arxiv_of(entry):
        category = f" [{texts['primaryclass']}]" if texts.get("primaryclass") else ""
        yield Span("text", f"arXiv:{arxiv}{category}")
    else:
        publishers = (texts.get(name, "") for name in ("howpublished", "institution", "organization", "publisher"))
        first_two = list(dict.fromkeys(filter(None, publishers)))[:2]
        kind = texts.get("type", "") if entry.type in ("thesis", "report", "patent", "software", "manual") else ""
        numbered = " ".join(filter(None, (kind, texts.get("number", "")))) if entry.type != "thesis" else kind
        parts = [numbered] if entry.type in ("thesis", "report", "patent") else edition_volume_series(texts)
        version = f"version {texts['version']}" if texts.get("version") else ""
        yield Span("text", comma_separated([*parts, version, *first_two, pages_text(pages)]))


def edition_volume_series(texts: Mapping[str, str]) -> list[str]:
    """Edition, volume and series of a book."""
    edition = texts.get("edition", "")
    volume, series, number = texts.get("volume", ""), texts.get("series", ""), texts.get("number", "")
    row = f"{series} {number}".strip() if series else ""
    ordinal = ordinal_of(int(edition)) if edition.isdecimal() else edition
    text = ordinal if not ordinal or "edition" in ordinal.lower() else f"{ordinal} edition"
    return [text, f"volume {volume}" if volume else "", row]


def ordinal_of(number: int) -> str:
    """An English ordinal number: 1st, 2nd, 3rd, 4th, 11th, 21st."""
    teen = 10 < number % 100 < 14
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def pages_text(pages: str) -> str:
    """The pages, with the word before them."""
    if not pages or not re.match(r"[\dA-Za-z]*\d", pages):
        return pages
    return f"pages {pages}" if re.search(r"[–,-]", pages) else f"page {pages}"


def comma_separated(parts: Iterable[str]) -> str:
    """The parts that are not empty, separated by commas."""
    return ", ".join(filter(None, parts))
