"""When a publication appeared, from the fields ``date`` (EDTF), ``year``, ``month`` and ``day``."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Date:
    """A year (None where it is no number), a month and a day (0 where unknown), and what is shown for the year."""

    year: int | None
    month: int = 0
    day: int = 0
    text: str = ""


def date_of(fields: Mapping[str, str]) -> tuple[Date, tuple[str, str] | None]:
    """The date of an entry, and what is wrong with it and how to mend it, if anything is."""
    raise NotImplementedError
