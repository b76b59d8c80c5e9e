"""Publications in the formats that other programs read: one module, one format.

All of them take ``Publication`` values and return text or plain data; none reads BibTeX, works out a name or knows
Sphinx. What is in a value is text in every one of them, whatever it looks like.
"""

import re

from sphinx_folio.library import Publication

# What XML cannot hold, which is also what nobody wants in a line of text, and what makes a line two.
UNUSABLE = re.compile(r"[^\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")
UNEVEN = re.compile(UNUSABLE.pattern + r"|\xa0|  |^ | $")
RANGE = re.compile(r"([^\s,;–—-]+)\s*[–—-]+\s*([^\s,;–—-]+)")


def one_line(text: str) -> str:
    """A text on one line, without control characters and with single spaces."""
    return " ".join(UNUSABLE.sub(" ", text).split()) if UNEVEN.search(text) else text


def field(publication: Publication, *names: str) -> str:
    """The first of these fields that the entry has, as text on one line."""
    fields = publication.entry.fields
    for name in names:
        if name in fields and (text := one_line(publication.text(name))):
            return text
    return ""


def page_range(publication: Publication) -> tuple[str, str]:
    """First and last page; all that is said of the pages and nothing where it is no range."""
    pages = field(publication, "pages")
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
    """The address that the first of these fields leads to; files of the site have none of their own."""
    for link in publication.links:
        if link.field in names and not link.is_file:
            return one_line(link.target)
    return ""
