"""Put publications in order and under headings: what ``:sort:`` and ``:group-by:`` of a list mean."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from sphinx_folio.bibliography.filters import Value, lookup
from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.bibliography.venues import TYPE_LABELS
from sphinx_folio.text import slug

STATUSES = {"preprint": "Preprints", "to appear": "To appear", "published": "Published"}

# Headings for types, in the order in which they stand; what has none of its own comes last.
TYPE_HEADINGS = {
    "article": "Journal articles",
    "inproceedings": "Conference papers",
    "unpublished": "Manuscripts",
    "incollection": "Chapters",
    "inbook": "Chapters",
    "suppbook": "Chapters",
    "suppcollection": "Chapters",
    "inreference": "Chapters",
    "book": "Books",
    "mvbook": "Books",
    "booklet": "Books",
    "collection": "Edited books",
    "mvcollection": "Edited books",
    "reference": "Edited books",
    "mvreference": "Edited books",
    "proceedings": "Proceedings",
    "mvproceedings": "Proceedings",
    "periodical": "Journals",
    "suppperiodical": "Journal articles",
    "thesis": "Theses",
    "report": "Reports",
    "patent": "Patents",
    "software": "Software",
    "dataset": "Datasets",
    "manual": "Manuals",
    "online": "Online",
}
OTHERS = "Others"


def by_year(publication: Publication) -> tuple[object, str]:
    """Newest first, what has no year last."""
    year = publication.year
    if year is None:
        return (True, 0), "Undated"
    return (False, -year), str(year) if year > 0 else publication.date.text


def by_type(publication: Publication) -> tuple[object, str]:
    """Articles, papers, books and so on."""
    heading = TYPE_HEADINGS.get(publication.type, OTHERS)
    return list(dict.fromkeys([*TYPE_HEADINGS.values(), OTHERS])).index(heading), heading


def by_venue(publication: Publication) -> tuple[object, str]:
    """Venues in alphabetical order, what has none last: labels without their year, or names where there is no label."""
    label = publication.venue.rstrip("’'0123456789 ") or publication.venue
    if publication.venue in TYPE_LABELS.values():
        label = publication.text("journal") or publication.text("booktitle") or label
    return (not label, label.casefold()), label or OTHERS


def by_status(publication: Publication) -> tuple[object, str]:
    """Preprints, to appear, published."""
    return list(STATUSES).index(publication.status), STATUSES[publication.status]


GROUPS: dict[str, Callable[[Publication], tuple[object, str]]] = {
    "year": by_year,
    "type": by_type,
    "venue": by_venue,
    "status": by_status,
}


def group_publications(publications: Iterable[Publication], by: str) -> Iterator[tuple[str, str, list[Publication]]]:
    """Heading, anchor and members of each group; within a group the order stays."""
    groups: dict[str, list[Publication]] = {}
    order: dict[str, object] = {}
    for publication in publications:
        rank, heading = GROUPS[by](publication)
        groups.setdefault(heading, []).append(publication)
        order.setdefault(heading, rank)
    for heading in sorted(groups, key=order.__getitem__):  # type: ignore[arg-type]  # ranks of one kind compare
        yield heading, f"{by}-{slug(heading).lower()}", groups[heading]


def sort_keys(argument: str) -> list[str]:
    """The names to sort by, the first above the others; raises ValueError where there are none."""
    names = argument.replace(",", " ").split()
    if not names:
        raise ValueError("expected names to sort by, such as: -year title")
    return names


def sort_publications(publications: Sequence[Publication], names: Sequence[str]) -> list[Publication]:
    """Publications sorted by these names; a - before one turns its order around."""
    found = list(publications)
    for name in reversed(names):
        found.sort(key=lambda each: sort_rank(each, name.lstrip("-")), reverse=name.startswith("-"))
    return found


def sort_rank(publication: Publication, name: str) -> tuple[int, int, str]:
    """A sort key: by status in the order of its headings, by all else in that of its value."""
    if name == "status":
        return 0, list(STATUSES).index(publication.status), ""
    return value_rank(lookup(publication, name))


def value_rank(value: Value) -> tuple[int, int, str]:
    """A sort key for any value: numbers, then texts without regard to case."""
    if isinstance(value, int):
        return 0, int(value), ""
    return 1, 0, value.casefold() if isinstance(value, str) else " ".join(sorted(map(str, value)))
