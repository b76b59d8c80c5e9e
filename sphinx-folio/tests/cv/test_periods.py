from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_folio.bibliography.dates import Date
from sphinx_folio.cv.periods import EXPECTED, Period, iso, read_period

DAYS = st.dates(min_value=date(1000, 1, 1)).map(date.isoformat)
DATES = st.tuples(DAYS, st.sampled_from([4, 7, 10])).map(lambda pair: pair[0][: pair[1]])


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("2025", "2025"),
        ("2025-02", "Feb 2025"),
        ("2024-05-15", "15 May 2024"),
        ("2023-09/2024-07", "Sep 2023 – Jul 2024"),
        ("2024-09/..", "Sep 2024 – Present"),
        ("2024/..", "2024 – Present"),
        ("2025/2026", "2025–2026"),
        ("2025/2026-02", "2025 – Feb 2026"),
        ("2024-05-15/2024-05-17", "15 May 2024 – 17 May 2024"),
        ("../2024-07", "until Jul 2024"),
        ("2024/2024", "2024"),
        (" 2023-09 / 2024-07 ", "Sep 2023 – Jul 2024"),
        ("2024-02-29", "29 Feb 2024"),
        ("", ""),
    ],
)
def test_a_period_reads_as_people_write_it(source: str, text: str) -> None:
    period, fault = read_period(source)
    assert (period.text, fault) == (text, "")


def test_each_date_of_a_period_is_known_to_programs() -> None:
    parts = [read_period(source)[0].parts for source in ("2023-09/2024-07", "2024/..", "2025/2026", "../2024-05-15")]
    assert parts == [
        (("2023-09", "Sep 2023"), " – ", ("2024-07", "Jul 2024")),
        (("2024", "2024"), " – ", "Present"),
        (("2025", "2025"), "–", ("2026", "2026")),
        ("until ", ("2024-05-15", "15 May 2024")),
    ]


def test_what_goes_on_has_no_end() -> None:
    assert read_period("2024-09/..") == (Period(Date(2024, 9), ongoing=True), "")
    assert read_period("2024-09") == (Period(Date(2024, 9)), "")


@pytest.mark.parametrize(
    "source",
    [
        "soon",
        "Sep 2024 – Present",
        "2024-13",
        "2024-00",
        "2023-02-29",
        "2024-9",
        "0000",
        "2024-09/",
        "/2024-09",
        "2023–2024",
        "2023/2024/2025",
        "..",
        "../..",
        "2024-09/soon",
        "２０２４",
    ],
)
def test_what_is_no_period_says_what_was_expected(source: str) -> None:
    assert read_period(source) == (Period(), f"{source!r} cannot be read; {EXPECTED}")


@pytest.mark.parametrize(
    ("source", "text"),
    [("2024-02/2023-01", "Feb 2024 – Jan 2023"), ("2024-05-02/2024-05-01", "2 May 2024 – 1 May 2024")],
)
def test_an_end_before_the_start_is_shown_as_written_and_reported(source: str, text: str) -> None:
    start, end = source.split("/")
    period, fault = read_period(source)
    assert period.text == text
    assert fault == f"the end {end} is before the start {start}; expected {end}/{start}"


@pytest.mark.parametrize("source", ["2024-05/2024", "2024/2024-01", "2024-05-15/2024-05", "2024-05/2024-05-01"])
def test_dates_are_compared_as_far_as_both_are_known(source: str) -> None:
    assert read_period(source)[1] == ""


@given(DATES, DATES)
def test_a_period_is_as_it_was_written(start: str, end: str) -> None:
    for source in (start, f"{start}/{end}", f"{start}/..", f"../{end}"):
        period, _ = read_period(source)
        sides = [iso(side) if side else ".." for side in (period.start, period.end)]
        assert source == (sides[0] if "/" not in source else "/".join(sides))
        assert period.ongoing == source.endswith("/..")
        assert period.text


@given(st.text())
def test_no_text_stops_the_reading(source: str) -> None:
    period, fault = read_period(source)
    assert period.text or fault or not source.strip()


def test_nothing_known_shows_nothing() -> None:
    assert (Period().text, Period().parts) == ("", ())
    assert iso(Date(2024, 9, 15)) == "2024-09-15"
