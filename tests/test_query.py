from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_folio.query import Query, QueryError
from test_library import entry, library

LIBRARY = library(
    entry(
        "zip", "inproceedings", year="2026", project="projects/zip", author="Lovelace, Ada", keywords="storage, models"
    ),
    entry("flow", "unpublished", year="2025", selected="true"),
    entry("old", "article", year="1999", volume="9", venue="ignored", abbr="VLDB'99"),
    entry("undated", "unpublished"),
)


def chosen(expression: str) -> list[str]:
    return [publication.key for publication in Query.parse(expression).select(LIBRARY.publications)]


@pytest.mark.parametrize(
    ("expression", "keys"),
    [
        ("year >= 2025", ["zip", "flow"]),
        ("year < 2000 and year > 0", ["old"]),
        ("selected", ["flow"]),
        ("not selected and type != 'unpublished'", ["zip", "old"]),
        ('project == "projects/zip"', ["zip"]),
        ('key in {"flow", "old"}', ["flow", "old"]),
        ('"storage" in keywords', ["zip"]),
        ('"lovelace" in author', ["zip"]),
        ("status == 'preprint'", ["flow", "undated"]),
        ('venue == "vldb\'99"', ["old"]),
        ("volume > 8", ["old"]),
        ("year", ["zip", "flow", "old"]),
        ('year > "x"', []),
    ],
)
def test_an_expression_chooses_papers_newest_first(expression: str, keys: list[str]) -> None:
    assert chosen(expression) == keys
    assert not Query.parse(expression).complaints(LIBRARY)


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "year >=",
        "year = 2024",
        "key.upper()",
        "__import__('os').system('x')",
        "1 < year < 3",
        "[x for x in y]",
        "lambda: 1",
    ],
)
def test_what_cannot_be_read_says_what_was_expected(expression: str) -> None:
    with pytest.raises(QueryError, match=r"expected an expression such as: year >= 2024"):
        Query.parse(expression)


def test_one_equals_sign_says_to_write_two() -> None:
    with pytest.raises(QueryError, match="write == for equality"):
        Query.parse("year = 2024")


@pytest.mark.parametrize(
    ("expression", "complaint"),
    [
        ('key == "flwo"', "no entry has the key 'flwo'; did you mean 'flow'?"),
        (
            'key in {"zip", "nothing-like-it"}',
            "no entry has the key 'nothing-like-it'; expected that of an entry in a .bib file of this site",
        ),
        ("yaer > 2000", "no entry has a field 'yaer'; did you mean 'year'?"),
    ],
)
def test_what_no_entry_has_is_named(expression: str, complaint: str) -> None:
    assert Query.parse(expression).complaints(LIBRARY) == [complaint]


@given(
    st.text()
    | st.from_regex(r"(year|key|selected) (==|<|in|and|or) (\w+|'\w*'|\d+)( (and|or) not \w+)?", fullmatch=True)
)
def test_any_text_is_an_expression_or_says_why_not(text: str) -> None:
    with suppress(QueryError):  # any other error would not be ours
        assert set(chosen(text)) <= LIBRARY.keys
