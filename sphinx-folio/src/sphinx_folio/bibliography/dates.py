"""When a publication appeared, from the fields ``date`` (biblatex, EDTF), ``year``, ``month`` and ``day``.

``date = {2023-09/2024-07}`` is September 2023 and shown as 2023–2024; ``year = {in press}`` has no year and is shown as
it stands.
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from sphinx_folio.bibtex.model import MONTHS
from sphinx_folio.latex.convert import to_text
from sphinx_folio.text import truncate

State = Literal["preprint", "to appear"]

SEASONS = {"spr": 3, "sum": 6, "aut": 9, "fal": 9, "win": 12}  # by the month that each begins in
EDTF_SEASONS = {"21": 3, "22": 6, "23": 9, "24": 12}

# A point in time of EDTF: years BCE are negative, digits nobody knows are X or u, and doubt is ~, ? or %.
POINT = re.compile(
    r"""
    (?P<year>-?\d{4}|\d{3}[Xu]|\d\d(?:XX|uu))  # 1843 -0044 184X 18XX
    (?:-(?P<month>\d\d?|XX|uu)  # 1843-09, or a season: 1843-21
        (?:-(?P<day>\d\d?|XX|uu))?  # 1843-09-07
    )?
    (?:[T ]\d\d[\d:.]*(?:Z|[+-][\d:]+)?)?  # a time of day, which is not shown: T10:00:00Z
    (?P<doubt>[~?%]*)  # about (~), uncertain (?), or both (%)
    """,
    re.VERBOSE | re.IGNORECASE,
)
OPEN = re.compile(r"(?:\.\.|open|unknown|present|)", re.IGNORECASE)
TO = re.compile(r"\s*(?:/|--+|–|—)\s*")
OTHER_SIGNS = re.compile(r"(\d{4})[/.](\d\d?)[/.](\d\d?)")
YEARS = re.compile(r"(?P<first>\d{4})\s*(?:/|-+|–|—)\s*(?P<last>\d{4}|\d\d?)?")
DECADE = re.compile(r"(\d{3})[-?x_]", re.IGNORECASE)
YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
WORD = re.compile(r"[^\W\d_]+")
NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")

# What pubstate says in biblatex's words, and what people write there or instead of a year: see ``state_of``.
STATES: Mapping[str, State] = {
    **dict.fromkeys(
        """
        inpreparation inprep preparation submitted insubmission undersubmission submittedforpublication inreview
        underreview inrevision underrevision underconsideration preprint preprints eprint eprints prepublished
        unpublished workingpaper manuscript draft
        """.split(),
        "preprint",
    ),
    **dict.fromkeys(
        """
        forthcoming inpress press inprint toappear appearing accepted acceptedforpublication inproduction undercontract
        """.split(),
        "to appear",
    ),
}
# What else stands for a year that is not known, or not known yet.
YEARLESS = re.compile(
    r"""
    \W*(?:
        under\ \w+ | review | revision | submission | prep | prints?  # not accepted yet
      | online\ first | early\ access | ahead\ of\ print  # accepted, without a year
      | ongoing | present | current
      | n\.?\s?d | s\.?\s?d | no\ date | undated | unknown | tb[ad]  # n.d., s.d., TBA, TBD
    )\W*
    """,
    re.VERBOSE | re.IGNORECASE,
)
SORTING = re.compile(r"\\noopsort\s*\{[^{}]*\}")

CURES = {
    "date": "write date = {2024-05-17}, {2024-05} or {2024}",
    "year": "write year = {2024}, or pubstate = {inpress} where there is none yet",
    "month": "write month = may",
    "day": "write day = {17}",
}

DateFault = tuple[str, str, str]  # the field, what is wrong with it, and how to mend it


@dataclass(frozen=True, slots=True)
class Date:
    """A year (None where it is no number), a month and a day (0 where unknown), and what is shown for the year.

    A range counts from its beginning, a season from its first month; a year BCE is 0 or less, as in ISO 8601.
    """

    year: int | None
    month: int = 0
    day: int = 0
    text: str = ""


def date_of(fields: Mapping[str, str]) -> tuple[Date, DateFault | None]:
    """The date of an entry, and what is wrong with it, if anything is."""
    get = fields.get
    return read_date_fields(get("date", ""), get("year", ""), get("month", ""), get("day", ""))


@lru_cache(maxsize=4096)  # there are fewer months than papers
def read_date_fields(date: str, year: str, month: str, day: str) -> tuple[Date, DateFault | None]:
    """The date that the fields give together: ``date`` where it can be read, else the others."""
    whole, fault = from_date(plain_date(date)) if date else (None, None)
    source = "date", date  # of the last part that is known
    if whole is None or whole.year is None:
        other, complaint = from_year(year)
        if other.text or whole is None:
            whole, source = other, ("year", year)
        fault = fault or complaint
    if not whole.month and month:
        number, start = from_month(plain_date(month))
        whole, source = Date(whole.year, number, start, whole.text), ("month", month)
        fault = fault or (None if number else unreadable_date("month", month))
    if whole.month and not whole.day and day:
        number = int(day) if NUMBER.fullmatch(day) else 0
        whole, source = Date(whole.year, whole.month, number, whole.text), ("day", day)
        fault = fault or (None if number else unreadable_date("day", day))
    if whole.day and not is_valid_day(whole):
        whole, fault = Date(whole.year, whole.month, 0, whole.text), fault or unreadable_date(*source)
    return whole, fault


def state_of(text: str) -> State | None:
    """The state that words for one stand for, however they are written: ``In Press``, ``in-press``, ``{inpress}``."""
    return STATES.get(re.sub(r"[\W_]", "", text).casefold())


def unreadable_date(name: str, value: str) -> DateFault:
    """The fault of a value that cannot be read."""
    return name, f"{name} = {{{truncate(value, 40)}}} cannot be read", CURES[name]


def plain_date(value: str) -> str:
    """A value without braces and with plain signs, but with the ``~`` that means about."""
    plain = SORTING.sub("", value).replace("\\slash", "/").replace("\\%", "%")
    return " ".join(re.sub(r"[{}]", "", plain).split())


def is_valid_day(date: Date) -> bool:
    """Whether the month has such a day, in a leap year where the year is not known."""
    year = date.year if date.year and date.year > 0 else 4
    return 1 <= date.day <= monthrange(year, date.month)[1]


def from_date(text: str) -> tuple[Date, DateFault | None]:
    """What a ``date`` says: a point in time, or a range, which may be open."""
    if point := POINT.fullmatch(text):
        return from_point(point)
    if years := YEARS.fullmatch(text):
        return from_years(years)
    ends = TO.split(OTHER_SIGNS.sub(r"\1-\2-\3", text))
    points = [POINT.fullmatch(end) for end in ends]
    known = [from_point(point) for point in points if point]
    if (
        not known
        or len(ends) > 2
        or not all(point or OPEN.fullmatch(end) for point, end in zip(points, ends, strict=True))
    ):
        return from_words("date", text)
    if len(ends) == 1:
        return known[0]
    first, fault = known[0]
    texts = [from_point(point)[0].text if point else "" for point in points]
    return Date(first.year, first.month, first.day, texts[0] if texts[0] == texts[1] else "–".join(texts)), fault


def from_point(point: re.Match[str], name: str = "date") -> tuple[Date, DateFault | None]:
    """One point in time; a month that no year has is left out."""
    digits, month, day = point["year"], point["month"] or "", point["day"] or ""
    year, text = year_and_text(digits, point["doubt"])
    if not month.isdecimal():
        return Date(year, text=text), None
    if month in EDTF_SEASONS:
        return Date(year, EDTF_SEASONS[month], text=text), None
    if not 1 <= int(month) <= 12:
        return Date(year, text=text), unreadable_date(name, point[0])
    return Date(year, int(month), int(day) if day.isdecimal() else 0, text), None


def year_and_text(digits: str, doubt: str) -> tuple[int, str]:
    """A year as a number and as it is shown: ``-0044`` is 45 BCE, as there is no year 0."""
    unknown = len(digits) - len(digits.rstrip("XxUu"))
    year = int(re.sub("[XxUu]", "0", digits))
    text = str(year) + "s" * (unknown > 0) if year > 0 else f"{1 - year} BCE"
    return year, ("c. " if "~" in doubt or "%" in doubt else "") + text + ("?" if "?" in doubt or "%" in doubt else "")


def from_years(years: re.Match[str]) -> tuple[Date, DateFault | None]:
    """Two years (``2023/24``), one and what follows (``1984-``), or a year and a month (``2024/05``)."""
    first, last = years["first"], years["last"] or ""
    if len(last) == 2 and int(last) <= int(first) % 100 and 1 <= int(last) <= 12:
        return Date(int(first), int(last), text=str(int(first))), None
    return Date(int(first), text=f"{int(first)}–{last}"), None


def from_words(name: str, text: str) -> tuple[Date, DateFault | None]:
    """The year in a text, and the month if a word names one; without a year, a fault unless the words say why."""
    shown = to_text(text)
    year = YEAR.search(text)
    if year is None:
        is_known = not shown or state_of(shown) or YEARLESS.fullmatch(shown)
        return Date(None, text=shown), None if is_known else unreadable_date(name, text)
    month, day = from_month(text) if name == "date" or WORD.match(text) else (0, 0)
    fault = unreadable_date(name, text) if name == "date" else None
    return Date(int(year[0]), month, day, year[0] if month else shown), fault


def from_year(value: str) -> tuple[Date, DateFault | None]:
    """What a ``year`` says, which may be a whole date or no year at all."""
    text = plain_date(value)
    if re.fullmatch(r"\d{4}|-\d{1,4}|[1-9]\d\d", text):
        year, shown = year_and_text(text, "")
        return Date(year, text=shown), None
    if decade := DECADE.fullmatch(text.replace("?", "_")):
        return Date(int(decade[1]) * 10, text=f"{decade[1]}0s"), None
    if point := POINT.fullmatch(text):
        return from_point(point, "year")
    if years := YEARS.fullmatch(text):
        return from_years(years)
    return from_words("year", SORTING.sub("", value))


def from_month(text: str) -> tuple[int, int]:
    """The month, and the day beside it; of a range its beginning, and 0 for what is not there."""
    numbers = [int(number) for number in NUMBER.findall(text)]
    for word in WORD.findall(text):
        start = word[:3].lower()
        if month := int(MONTHS.get(start, 0)) or SEASONS.get(start, 0):
            day = next((number for number in numbers if 1 <= number <= 31), 0)
            return month, 0 if start in SEASONS else day
    if len(numbers) == 2 and re.fullmatch(r"\d+[\s~,]+\d+\.?", text) and "," not in text:
        numbers.sort(key=lambda number: number > 12)  # a day beside a month, whichever comes first
        return (numbers[0], numbers[1]) if 1 <= numbers[0] <= 12 else (0, 0)
    return (numbers[0], 0) if numbers and 1 <= numbers[0] <= 12 else (0, 0)


Status = Literal["preprint", "to appear", "published"]
