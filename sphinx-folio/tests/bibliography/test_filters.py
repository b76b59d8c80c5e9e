from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_folio.bibliography.filters import Query, QueryError
from sphinx_folio.bibliography.library import Library, read_library
from sphinx_folio.bibliography.names import SiteAuthors

ENTRIES = """
@conference{zip, title = {T}, author = {Lovelace, Ada and Babbage, Charles}, year = {2026}, project = {projects/zip},
  keywords = {storage, Large models}}
@unpublished{flow, title = {T}, year = {2025}, selected = {true}, author = {Babbage, Charles and Lovelace, Ada}}
@article{old, title = {T}, year = {1999}, volume = {9}, abbr = {VLDB'99}, journaltitle = {J}}
@phdthesis{undated, title = {T}, school = {S}}
@mastersthesis{master, title = {T}, school = {S}}
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    path = tmp_path_factory.mktemp("query") / "refs.bib"
    path.write_text(ENTRIES, "utf-8")
    return read_library([path], SiteAuthors(("Ada Lovelace",)))


@pytest.fixture(scope="module")
def chosen(library: Library) -> Callable[[str], list[str]]:
    return lambda expression: [each.key for each in Query.parse(expression).select(library.publications)]


@pytest.mark.parametrize(
    ("expression", "keys"),
    [
        ("year >= 2025", ["zip", "flow"]),
        ("year < 2000 and year > 0", ["old"]),
        ("selected", ["flow"]),
        ("not selected and type != 'unpublished' and year", ["zip", "old"]),
        ('type == "inproceedings"', ["zip"]),
        ('type == "conference"', ["zip"]),
        ('type == "thesis"', ["undated", "master"]),
        ('type == "phdthesis"', ["undated"]),
        ('type in {"article", "mastersthesis"}', ["old", "master"]),
        ('type not in {"article", "thesis"}', ["zip", "flow"]),
        ('project == "projects/zip"', ["zip"]),
        ('key in {"flow", "old"}', ["flow", "old"]),
        ('"storage" in keywords', ["zip"]),
        ('keywords == "large models"', ["zip"]),
        ('role == "first"', ["zip"]),
        ('role in {"last", "first"}', ["zip", "flow"]),
        ('role != "first" and role', ["flow"]),
        ('journaltitle == "j"', ["old"]),
        ('"lovelace" in author', ["zip", "flow"]),
        ("status == 'preprint'", ["flow"]),
        ('venue == "vldb\'99"', ["old"]),
        ("volume > 8", ["old"]),
        ("selected == true", ["flow"]),
        ("year", ["zip", "flow", "old"]),
        ('year > "x"', []),
    ],
)
def test_an_expression_chooses_papers_newest_first(
    library: Library, chosen: Callable[[str], list[str]], expression: str, keys: list[str]
) -> None:
    assert chosen(expression) == keys
    assert not Query.parse(expression).complaints(library)


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
        ('role == "frist"', "no role is 'frist'; did you mean 'first'?"),
        ("yaer > 2000", "no entry has a field 'yaer'; did you mean 'year'?"),
    ],
)
def test_what_no_entry_has_is_named(library: Library, expression: str, complaint: str) -> None:
    assert Query.parse(expression).complaints(library) == [complaint]


@pytest.mark.parametrize(
    ("expression", "missing"),
    [
        ('key == "flwo"', "no entry has the key 'flwo'; did you mean 'flow'?"),
        (
            'key in {"zip", "nothing-like-it"}',
            "no entry has the key 'nothing-like-it'; expected that of an entry in a .bib file of this site",
        ),
    ],
)
def test_a_key_that_no_entry_has_is_named(library: Library, expression: str, missing: str) -> None:
    query = Query.parse(expression)
    assert (query.complaints(library), query.missing_keys(library)) == ([], [missing])


@given(
    st.text()
    | st.from_regex(r"(year|key|selected) (==|<|in|and|or) (\w+|'\w*'|\d+)( (and|or) not \w+)?", fullmatch=True)
)
def test_any_text_is_an_expression_or_says_why_not(
    library: Library, chosen: Callable[[str], list[str]], text: str
) -> None:
    with suppress(QueryError):  # any other error would not be ours
        assert set(chosen(text)) <= library.by_key.keys()
