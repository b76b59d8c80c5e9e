from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_folio.bibliography.dates import STATES, Date, date_of, state_of
from sphinx_folio.bibliography.library import read_library
from sphinx_folio.bibliography.names import SiteAuthors


def read(**fields: str) -> Date:
    """The date of fields with which nothing is wrong."""
    date, fault = date_of(fields)
    assert fault is None
    return date


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2024", Date(2024, text="2024")),
        ("2024-05", Date(2024, 5, text="2024")),
        ("2024-05-17", Date(2024, 5, 17, "2024")),
        ("{2024-5-7}", Date(2024, 5, 7, "2024")),
        ("2024-05-17T10:00", Date(2024, 5, 17, "2024")),
        ("2024-05-17T10:00:00.000Z", Date(2024, 5, 17, "2024")),
        ("2024-05-17T10:00:00+10:00", Date(2024, 5, 17, "2024")),
        ("2024/05/17", Date(2024, 5, 17, "2024")),
        ("2024/05", Date(2024, 5, text="2024")),
        ("2023/2024", Date(2023, text="2023–2024")),
        ("2023-09/2024-07", Date(2023, 9, text="2023–2024")),
        ("2024-05-30/2024-06-02", Date(2024, 5, 30, "2024")),
        ("2024/..", Date(2024, text="2024–")),
        ("2024/", Date(2024, text="2024–")),
        ("../2024", Date(2024, text="–2024")),
        ("unknown/2024-05", Date(2024, 5, text="–2024")),
        ("2024-21", Date(2024, 3, text="2024")),
        ("2024-22", Date(2024, 6, text="2024")),
        ("2024-23", Date(2024, 9, text="2024")),
        ("2024-24", Date(2024, 12, text="2024")),
        ("1850~", Date(1850, text="c. 1850")),
        ("1850?", Date(1850, text="1850?")),
        (r"1850\%", Date(1850, text="c. 1850?")),
        ("1850~/1860", Date(1850, text="c. 1850–1860")),
        ("199X", Date(1990, text="1990s")),
        ("199u", Date(1990, text="1990s")),
        ("1999-XX-XX", Date(1999, text="1999")),
        ("-0044", Date(-44, text="45 BCE")),
        ("0000", Date(0, text="1 BCE")),
        ("-0099/-0043", Date(-99, text="100 BCE–44 BCE")),
    ],
)
def test_a_date_is_read_as_biblatex_writes_it(date: str, expected: Date) -> None:
    assert read(date=date) == expected


@pytest.mark.parametrize(
    ("year", "number", "shown"),
    [
        ("2024", 2024, "2024"),
        ("{2024}", 2024, "2024"),
        ("2023/24", 2023, "2023–24"),
        ("2023--2024", 2023, "2023–2024"),
        ("1984-", 1984, "1984–"),
        ("c. 1850", 1850, "c. 1850"),
        ("[1936]", 1936, "[1936]"),
        ("1985a", 1985, "1985a"),
        ("198?", 1980, "1980s"),
        ("2024 (to appear)", 2024, "2024 (to appear)"),
        (r"{\noopsort{1973a}}1981", 1981, "1981"),
        ("in press", None, "in press"),
        ("{In Press}", None, "In Press"),
        ("Preprints", None, "Preprints"),
        ("to appear", None, "to appear"),
        ("Forthcoming", None, "Forthcoming"),
        ("submitted", None, "submitted"),
        ("under review", None, "under review"),
        ("n.d.", None, "n.d."),
        ("", None, ""),
    ],
)
def test_a_year_is_shown_as_it_stands_and_sorted_by_its_number(year: str, number: int | None, shown: str) -> None:
    assert read(year=year) == Date(number, text=shown)


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("inpress", "to appear"),
        ("In Press", "to appear"),
        ("{in-press}", "to appear"),
        ("toappear", "to appear"),
        ("To appear.", "to appear"),
        ("Preprints", "preprint"),
        ("pre-print", "preprint"),
        ("in revision", "preprint"),
        ("Working paper", "preprint"),
        ("draft", "preprint"),
        ("manuscript", "preprint"),
        ("unpublished", "preprint"),
        ("published", None),
        ("n.d.", None),
        ("online first", None),
        ("2024", None),
        ("", None),
    ],
)
def test_words_for_a_state_say_it_however_they_are_written(words: str, state: str | None) -> None:
    assert state_of(words) == state


@pytest.mark.parametrize("word", STATES)
def test_a_word_for_a_state_may_stand_for_the_year(word: str) -> None:
    assert read(year=word) == Date(None, text=word)


@pytest.mark.parametrize("month", ["may", "May", "MAY", "May.", "5", "05", "{May}", "May--June", "5/6", "5--6", "5, 6"])
def test_a_month_is_a_word_or_a_number_and_of_two_the_first(month: str) -> None:
    assert read(year="2024", month=month) == Date(2024, 5, text="2024")


@pytest.mark.parametrize(
    "month", ["June 15", "15 June", "15~June", "15. June", "jun 15th", "6~15", "15 6", "June 15--17"]
)
def test_a_month_may_name_the_day(month: str) -> None:
    assert read(year="2024", month=month) == Date(2024, 6, 15, "2024")


@pytest.mark.parametrize(
    ("month", "number"), [("Spring", 3), ("summer", 6), ("Fall", 9), ("Autumn", 9), ("Winter", 12)]
)
def test_a_season_counts_from_its_first_month(month: str, number: int) -> None:
    assert read(year="2024", month=month) == Date(2024, number, text="2024")


def test_a_day_of_its_own_counts() -> None:
    assert read(year="2024", month="feb", day="29") == Date(2024, 2, 29, "2024")


def test_a_year_may_be_a_whole_date() -> None:
    assert read(year="2024-05-17") == Date(2024, 5, 17, "2024")
    assert read(year="May 2024") == Date(2024, 5, text="2024")


def test_date_wins_over_year_and_month() -> None:
    assert read(date="2024-05", year="1999", month="dec") == Date(2024, 5, text="2024")


def test_what_date_leaves_open_the_month_says() -> None:
    assert read(date="2024", year="2024", month="may", day="17") == Date(2024, 5, 17, "2024")


def test_the_one_that_can_be_read_is_used() -> None:
    date, fault = date_of({"date": "someday", "year": "2024", "month": "may"})
    assert date == Date(2024, 5, text="2024")
    assert fault == ("date", "date = {someday} cannot be read", "write date = {2024-05-17}, {2024-05} or {2024}")
    assert date_of({"date": "2024", "year": "MMXXIV"}) == (Date(2024, text="2024"), None)


@pytest.mark.parametrize(
    ("fields", "expected", "field"),
    [
        ({"year": "MCMLXXXV"}, Date(None, text="MCMLXXXV"), "year"),
        ({"year": "92"}, Date(None, text="92"), "year"),
        ({"year": "20244"}, Date(None, text="20244"), "year"),
        ({"date": "soon"}, Date(None, text="soon"), "date"),
        ({"date": "June 2010"}, Date(2010, 6, text="2010"), "date"),
        ({"date": "2024-13"}, Date(2024, text="2024"), "date"),
        ({"date": "../.."}, Date(None, text="../.."), "date"),
        ({"year": "2024", "month": "13"}, Date(2024, text="2024"), "month"),
        ({"year": "2024", "month": "²"}, Date(2024, text="2024"), "month"),
        ({"year": "2024", "month": "Smarch"}, Date(2024, text="2024"), "month"),
        ({"year": "2024", "month": "2", "day": "30"}, Date(2024, 2, text="2024"), "day"),
        ({"date": "2023-02-29"}, Date(2023, 2, text="2023"), "date"),
        ({"year": "2023-02-29"}, Date(2023, 2, text="2023"), "year"),
        ({"year": "2023-13"}, Date(2023, text="2023"), "year"),
        ({"year": "2023", "month": "feb 29"}, Date(2023, 2, text="2023"), "month"),
        ({"date": "2023-02", "day": "29"}, Date(2023, 2, text="2023"), "day"),
    ],
)
def test_what_cannot_be_read_is_shown_and_reported_with_its_cure(
    fields: dict[str, str], expected: Date, field: str
) -> None:
    date, fault = date_of(fields)
    assert date == expected
    assert fault
    name, what, cure = fault
    assert name == field
    assert what.startswith(f"{field} = {{")
    assert cure.startswith(f"write {field} = ")


def test_a_long_value_shows_that_it_is_cut() -> None:
    _, fault = date_of({"year": "around the time of " * 10})
    assert fault
    assert fault[1] == "year = {around the time of around the time of a…} cannot be read"


def test_an_entry_may_have_no_date_at_all() -> None:
    assert read() == Date(None)


sign = st.sampled_from("0123456789-/~?X. {}\\") | st.sampled_from(["2024", "May ", "..", "--", "-05", "in press"])
anything = st.lists(sign, max_size=8).map("".join) | st.text(max_size=12)


@given(anything, anything, anything, anything)
def test_any_date_is_read_without_complaint(date: str, year: str, month: str, day: str) -> None:
    found, _ = date_of({"date": date, "year": year, "month": month, "day": day})
    assert 0 <= found.month <= 12
    assert 0 <= found.day <= 31
    assert found.year is None or found.text


def test_a_month_that_is_none_is_reported_on_its_own_line(tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text("@misc{k,\n title = {T},\n year = {2024},\n month = {Smarch}}")
    (problem,) = read_library([tmp_path / "refs.bib"], SiteAuthors()).problems
    assert (problem.line, problem.subtype) == (4, "bibtex_date")
