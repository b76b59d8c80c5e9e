"""Give entries what they take over from others by ``crossref`` and ``xdata``, as biblatex does.

The rules are those of biblatex's manual, appendix B, with exceptions for what is about one work alone: a paper does
not get the DOI of its proceedings. An entry keeps what it has.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from sphinx_folio.bibtex.model import Entry, Problem
from sphinx_folio.text import is_typo_of

PARTS_OF_BOOKS = frozenset({"inbook", "bookinbook", "suppbook"})
PARTS_OF_COLLECTIONS = frozenset({"incollection", "inreference", "suppcollection"})
PARTS = PARTS_OF_BOOKS | PARTS_OF_COLLECTIONS | {"inproceedings"}
WHOLES_IN_VOLUMES = frozenset({"mvbook", "mvcollection", "mvreference", "mvproceedings"})
ARTICLES = frozenset({"article", "suppperiodical"})

BOOK_TITLES = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
MAIN_TITLES = {"title": "maintitle", "subtitle": "mainsubtitle", "titleaddon": "maintitleaddon"}
JOURNAL_TITLES = {"title": "journal", "subtitle": "journalsubtitle", "titleaddon": "journaltitleaddon"}

# Titles that are no other's, once the parent's title has become the child's booktitle, maintitle or journal.
OWN_TITLES = frozenset({*BOOK_TITLES, "shorttitle", "sorttitle", "indextitle", "indexsorttitle"})

# biblatex's own exceptions, then what is about one work alone.
NEVER = frozenset(
    """
    crossref xref xdata ids key entryset entrysubtype execute label options presort related relatedoptions
    relatedstring relatedtype shorthand shorthandintro sortkey
    abstract additional_info annotation arxiv award award_name bibtex_show blog code dataset demo doi eid eprint file
    hal html keywords model note pages pdf pmid poster preview project pubstate selected slides supp tutorial url
    urldate video website
    """.split()
)
LINKS = frozenset({"crossref", "xref", "xdata", "ids"})
RELATIONS = ("xdata", "crossref", "xref")
GENERATIONS = 50  # more than anybody has, and fewer than Python can count
DATES = frozenset({"date", "year", "month", "day"})


def inherit(entries: Sequence[Entry]) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """The entries, which have standard names, with all that they inherit; ``@xdata`` is only there to be inherited."""
    heirs = Heirs(entries)
    merged = tuple(heirs.merged(entry) or entry for entry in entries if entry.type != "xdata")
    return merged, tuple(heirs.problems)


class Heirs:
    """Entries by key in lower case, and what has come of those that inherit, None while that is being found out."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = {each.casefold(): entry for entry in entries for each in other_keys(entry)}
        self.entries |= {entry.key.casefold(): entry for entry in entries}
        self.done: dict[str, Entry | None] = {}
        self.problems: list[Problem] = []

    def merged(self, entry: Entry, depth: int = 0) -> Entry | None:
        """The entry with its inherited fields; None on a cycle."""
        key = entry.key.casefold()
        if depth == GENERATIONS or not any(entry.fields.get(name) for name in RELATIONS):
            return entry
        if key not in self.done:
            self.done[key] = None
            self.done[key] = self.with_parents(entry, depth)
        return self.done[key]

    def with_parents(self, entry: Entry, depth: int) -> Entry:
        """An entry with what its parents, which have inherited what they do, give to it."""
        heir = entry
        for name in RELATIONS:
            for key in keys_in(entry.fields.get(name, ""), several=name == "xdata"):
                parent = self.entries.get(key.casefold())
                if parent is None:
                    self.missing(entry, name, key)
                elif name == "xref":
                    continue  # that names a parent without taking anything from it
                elif found := self.merged(parent, depth + 1):
                    given = xdata_fields(found, entry) if name == "xdata" else inherited_fields(found, entry)
                    heir = with_missing(heir, given, name)
                else:
                    what = f"{name}: {key!r} leads back to this entry"
                    self.problems.append(entry.problem("bibtex_crossref", what, f"remove one {name}", name))
        return heir

    def missing(self, entry: Entry, name: str, key: str) -> None:
        """Report a parent that is not there."""
        letters = comparable_key(key)
        meant = next((known for known, each in self.letters.items() if is_typo_of(letters, each)), "")
        cure = f"did you mean {meant!r}?" if meant else f"add it, or remove {name}"
        self.problems.append(entry.problem("bibtex_crossref", f"{name}: no entry {key!r}", cure, name))

    @cached_property
    def letters(self) -> Mapping[str, str]:
        """Every key, and what is compared of it."""
        return {entry.key: comparable_key(entry.key) for entry in self.entries.values()}


def comparable_key(key: str) -> str:
    """The letters and digits of a key, to compare keys by."""
    return "".join(each for each in key.casefold() if each.isalnum())


def other_keys(entry: Entry) -> list[str]:
    """The keys that an entry has had before."""
    return keys_in(entry.fields.get("ids", ""), several=True)


def keys_in(value: str, several: bool) -> list[str]:
    """The keys in a field."""
    return [key for part in (value.split(",") if several else [value]) if (key := " ".join(part.split()))]


def xdata_fields(parent: Entry, child: Entry) -> Mapping[str, str]:
    """The fields that an entry inherits from an ``@xdata``: all of them."""
    return {name: value for name, value in parent.fields.items() if not is_other_date(name, parent, child)}


def inherited_fields(parent: Entry, child: Entry) -> Mapping[str, str]:
    """The fields that a child inherits, under the child's names (biblatex's manual, appendix B)."""
    titles = titles_for(parent.type, child.type)
    kept = {
        name: value
        for name, value in parent.fields.items()
        if name not in NEVER and not (titles and name in OWN_TITLES) and not is_other_date(name, parent, child)
    }
    renamed = {titles[name]: value for name, value in parent.fields.items() if name in titles}
    if child.type in PARTS_OF_BOOKS and parent.type in ("book", "mvbook") and "author" in parent.fields:
        renamed["bookauthor"] = parent.fields["author"]
    return renamed | kept


def titles_for(parent: str, child: str) -> Mapping[str, str]:
    """What a parent's titles are to its child; empty where they may be the child's own."""
    if parent in WHOLES_IN_VOLUMES:
        return MAIN_TITLES
    if child in PARTS:
        return BOOK_TITLES
    return JOURNAL_TITLES if child in ARTICLES and parent == "periodical" else {}


def is_other_date(name: str, parent: Entry, child: Entry) -> bool:
    """Whether a field is part of a date that is not the child's, which has one of its own."""
    if name not in DATES or not (child.fields.get("date") or child.fields.get("year")):
        return False
    return name != "month" or bool(child.fields.get("date")) or child.fields.get("year") != parent.fields.get("year")


def with_missing(entry: Entry, given: Mapping[str, str], through: str) -> Entry:
    """An entry with those of the given fields that it does not have; they stand where ``through`` does."""
    added = {name: value for name, value in given.items() if value and not entry.fields.get(name) and name not in LINKS}
    if not added:
        return entry
    lines = dict.fromkeys(added, entry.line_of(through))
    return replace(entry, fields={**entry.fields, **added}, field_lines={**entry.field_lines, **lines})
