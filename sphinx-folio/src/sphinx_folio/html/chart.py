"""A picture of how many publications each year has, by the owner's role: drawn when the site is built, as SVG.

It says in words what it shows, takes its colors from the page, and needs no script. Places across are in percent of its
width and those down in pixels, so that it fits every screen and its text is as large as the page's.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.html.rendering import ROLES, environment

HEIGHT, FOOT, HEAD = 190, 24, 20  # of the drawing; below the bars the years, above them the numbers
GAP = 0.3  # of the room that a year has
FEWEST = 10  # fewer years than this do not fill the width
MOST = 60  # years are shown with those between them
WIDE, NARROW = 640, 330  # pixels that a page's text has on a desk and on a phone, at least
NAME, NUMBER = 40, 15  # pixels that a year and a number take
UNKNOWN = "Other"
COLORS = {kind: color for color, kind in enumerate((*ROLES.values(), UNKNOWN), 1)}

Counts = Mapping[int, Counter[str]]


@dataclass(frozen=True, slots=True)
class Bar:
    """One part of a year's bar: ``x`` and ``width`` in percent, ``y`` and ``height`` in pixels."""

    color: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Year:
    """One year: where its middle and the top of its bar are, what it says, and on which screens its name has room."""

    year: int
    x: float
    top: float
    total: int
    bars: tuple[Bar, ...]
    said: str
    named: str
    is_roomy: bool


def role_of(publication: Publication) -> str:
    """The first of the owner's roles, in words."""
    return ROLES[publication.roles[0]] if publication.roles else UNKNOWN


def chart_html(publications: Sequence[Publication], folders: tuple[str, ...] = ()) -> str:
    """The picture; nothing where no publication has a year."""
    counts: dict[int, Counter[str]] = {}
    for publication in publications:
        if publication.year:
            counts.setdefault(publication.year, Counter())[role_of(publication)] += 1
    if not counts:
        return ""
    kinds = [kind for kind in COLORS if any(count[kind] for count in counts.values())]
    colors = {kind: COLORS[kind] for kind in kinds} if len(kinds) > 1 else {kinds[0]: 1}
    drawn = years(counts, colors)
    template = environment(folders).get_template("publications-chart.html")
    return template.render(
        years=drawn,
        kinds=[] if kinds == [UNKNOWN] else list(colors.items()),
        said="; ".join(year.said for year in drawn if year.total),
        width=round(room(counts) * len(drawn), 2),
        height=HEIGHT,
        foot=FOOT,
    )


def room(counts: Counts) -> float:
    """The percent of the width that a year has."""
    return 100 / max(len(shown_years(counts)), FEWEST)


def shown_years(counts: Counts) -> Sequence[int]:
    """Every year from the first to the last; where those are too far apart for that, those with a publication."""
    span = range(min(counts), max(counts) + 1)
    return span if len(span) <= MOST else sorted(counts)


def years(counts: Counts, colors: Mapping[str, int]) -> list[Year]:
    """What is drawn of each year."""
    shown, each = shown_years(counts), room(counts)
    step = ceil(NAME / (each / 100 * WIDE))
    phone_step = step * ceil(NAME / (each / 100 * NARROW) / step)
    found = []
    for index, year in enumerate(shown):
        count = counts.get(year, Counter())
        bars = stack(count, colors, index * each, counts)
        middle = round((index + 0.5) * each, 2)
        top = bars[-1].y if bars else HEIGHT - FOOT
        before = len(shown) - 1 - index
        named = "" if before % step else "wide" if before % phone_step else "always"
        is_roomy = each / 100 * NARROW >= NUMBER
        found.append(Year(year, middle, top, count.total(), bars, f"{year}: {spoken(count)}", named, is_roomy))
    return found


def stack(count: Counter[str], colors: Mapping[str, int], x: float, counts: Counts) -> tuple[Bar, ...]:
    """The parts of a year's bar, from below, with a line's room between them."""
    each = room(counts)
    unit = (HEIGHT - FOOT - HEAD) / max(count.total() for count in counts.values())
    x, width, y = round(x + each * GAP / 2, 2), round(each * (1 - GAP), 2), float(HEIGHT - FOOT)
    bars = []
    for kind, color in colors.items():
        if count[kind]:
            y -= count[kind] * unit
            bars.append(Bar(color, x, round(y, 1), width, round(max(count[kind] * unit - 1, 0.5), 1)))
    return tuple(bars)


def spoken(count: Counter[str]) -> str:
    """A year's numbers in words: ``3 (2 as first author, 1 as last author)``."""
    parts = [f"{count[kind]} as {kind.lower()}" for kind in COLORS if count[kind] and kind != UNKNOWN]
    if parts and count[UNKNOWN]:
        parts.append(f"{count[UNKNOWN]} other")
    return f"{count.total()} ({', '.join(parts)})" if parts else str(count.total())
