"""When something lasted, from an interval of ISO 8601: ``2023-09/2024-07`` is Sep 2023 – Jul 2024.

``2024-09/..`` goes on and is Sep 2024 – Present; ``../2024-07`` ended; ``2025``, ``2025-05`` and ``2025-05-15`` are a
year, a month and a day.
"""

import re
from calendar import monthrange
from dataclasses import dataclass

from sphinx_folio.bibliography.dates import Date
from sphinx_folio.text import truncate

SHORT_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
PRESENT = "Present"
POINT = re.compile(r"([1-9][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
OPEN = ".."

EXPECTED = "expected a date or an interval of ISO 8601, such as 2024, 2024-09, 2023-09/2024-07, or 2024-09/.. (to date)"

PeriodPart = str | tuple[str, str]


@dataclass(frozen=True, slots=True)
class Period:
    """From a date to another; ``ongoing`` where it goes on. A single date is a start without an end."""

    start: Date | None = None
    end: Date | None = None
    ongoing: bool = False

    @property
    def text(self) -> str:
        """What is shown: ``Sep 2023 – Jul 2024``; nothing where nothing is known."""
        return "".join(part if isinstance(part, str) else part[1] for part in self.parts)

    @property
    def parts(self) -> tuple[PeriodPart, ...]:
        """What is shown, piece by piece: each date as a pair of its form in ISO 8601 and its text."""
        start, end = period_part(self.start), period_part(self.end)
        if end and not start:
            return "until ", *end
        if self.ongoing:
            return *start, " – ", PRESENT
        if not end or start == end:
            return start
        return *start, "–" if is_year(self.start) and is_year(self.end) else " – ", *end


def period_part(date: Date | None) -> tuple[tuple[str, str], ...]:
    """A date as it stands among the parts of a period, if it is known."""
    return ((iso(date), display_date(date)),) if date else ()


def is_year(date: Date | None) -> bool:
    """Whether no more is known than the year."""
    return date is not None and not date.month


def iso(date: Date) -> str:
    """A date in ISO 8601, as precise as it is known: ``2024-09-15``, ``2024-09``, ``2024``."""
    known = [f"{date.year:04}", *(f"{number:02}" for number in (date.month, date.day) if number)]
    return "-".join(known)


def display_date(date: Date) -> str:
    """A date as people read it: ``15 May 2024``, ``Sep 2024``, ``2024``."""
    known = (str(date.day or ""), SHORT_MONTHS[date.month - 1] if date.month else "", str(date.year))
    return " ".join(filter(None, known))


def read_period(source: str) -> tuple[Period, str]:
    """A period, and what is wrong with it and how to mend that, if anything is.

    What cannot be read is no period; an interval that ends before it begins stays as it is written.
    """
    sides = [side.strip() for side in source.split("/")]
    if sides == [""]:
        return Period(), ""
    points = [read_point(side) for side in sides if side != OPEN]
    if len(sides) > 2 or not points or None in points:
        return Period(), f"{truncate(source, 40)!r} cannot be read; {EXPECTED}"
    if len(sides) == 1:
        return Period(points[0]), ""
    start, end = (None if side == OPEN else read_point(side) for side in sides)
    fault = f"the end {sides[1]} is before the start {sides[0]}; expected {sides[1]}/{sides[0]}"
    return Period(start, end, end is None), fault if start and end and is_before(end, start) else ""


def read_point(text: str) -> Date | None:
    """A year, a month or a day; nothing where no calendar has it."""
    match = POINT.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(number or 0) for number in match.groups())
    if match[2] and not 1 <= month <= 12:
        return None
    if match[3] and not 1 <= day <= monthrange(year, month)[1]:
        return None
    return Date(year, month, day)


def is_before(one: Date, other: Date) -> bool:
    """Whether a date is before another, as far as both are known."""
    pairs = [(one.year, other.year), (one.month, other.month), (one.day, other.day)]
    return next((first < second for first, second in pairs if first and second and first != second), False)
