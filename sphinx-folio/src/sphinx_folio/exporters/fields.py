"""Publications in the formats that other programs read: one module, one format.

All of them take ``Publication`` values and return text or plain data; none reads BibTeX, works out a name or knows
Sphinx. What is in a value is text in every one of them, whatever it looks like.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from sphinx_folio.bibliography.links import Link, link_identity, own_address_links
from sphinx_folio.bibliography.names import Person
from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.text import NOT_NORMALIZED, normalize_whitespace

Node = dict[str, Any]  # an object of JSON or YAML

RANGE = re.compile(r"([^\s,;–—-]+)\s*[–—-]+\s*([^\s,;–—-]+)")


def field_text(publication: Publication, *names: str) -> str:
    """The first of these fields that the entry has, as text on one line."""
    fields = publication.entry.fields
    for name in names:
        if name in fields and (text := normalize_whitespace(publication.text(name))):
            return text
    return ""


def clean_names(persons: Iterable[Person]) -> Iterator[Person]:
    """The persons with their names on one line, without those of whose names nothing is left."""
    for person in persons:
        clean = on_one_line(person) if NOT_NORMALIZED.search(person.name) else person
        if clean.name:
            yield clean


def on_one_line(person: Person) -> Person:
    """A person with every part of the name on one line."""
    return replace(
        person,
        name=normalize_whitespace(person.name),
        family=normalize_whitespace(person.family),
        given=normalize_whitespace(person.given),
        suffix=normalize_whitespace(person.suffix),
    )


def page_range(publication: Publication) -> tuple[str, str]:
    """First and last page; the whole value and an empty string if it is not a range."""
    pages = field_text(publication, "pages")
    found = RANGE.fullmatch(pages)
    return (found[1], found[2]) if found else (pages, "")


def date_parts(publication: Publication) -> tuple[str, ...]:
    """Year, month and day in digits, as far as they are known; nothing for a year that four digits do not hold."""
    date = publication.date
    if not date.year or not 0 < date.year < 10_000:
        return ()
    known = (f"{date.year:04}", f"{date.month:02}", f"{date.day:02}")
    return known[: 1 + bool(date.month) + bool(date.month and date.day)]


def address_in(publication: Publication, *names: str) -> str:
    """The address that the first of these fields leads to; files of the site have none of their own.

    ``url`` has its address though a button leads there too, but for that of the work's DOI or arXiv number.
    """
    links = [*own_links(publication), *publication.links] if "url" in names else publication.links
    for link in links:
        if link.field in names and not link.is_file:
            return normalize_whitespace(link.target)
    return ""


def own_links(publication: Publication) -> Iterator[Link]:
    """The link that the entry's own address would make if no other led there."""
    identifying = (each for each in publication.links if each.field in ("doi", "eprint", "arxiv"))
    told = {link_identity(each, publication.doi) for each in identifying}
    for each in own_address_links(publication.entry):
        if isinstance(each, Link) and link_identity(each, publication.doi) not in told:
            yield each


def drop_empty(node: Node) -> Node:
    """The node without its empty properties."""
    return {name: value for name, value in node.items() if value}
