import pytest

from sphinx_folio.bibliography.library import read_library
from sphinx_folio.bibliography.names import SiteAuthors
from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.bibliography.sorting import group_publications, sort_keys, sort_publications

ENTRIES = """
@article{b, title = {Beta}, year = {2024}, abbr = {VLDB'24}, journal = {J}, author = {B, A}}
@phdthesis{c, title = {gamma}, year = {2020}, school = {S}}
@article{a, title = {Alpha}, year = {2025}, abbr = {VLDB'25}, journal = {J}, author = {A, B}}
@inproceedings{d, title = {Delta}, year = {2026}, pubstate = {forthcoming}, booktitle = {P}}
@misc{e, title = {Epsilon}, eprint = {2505.12242}}
@oddity{f, title = {Zeta}, year = {2020}}
"""


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> tuple[Publication, ...]:
    path = tmp_path_factory.mktemp("grouping") / "refs.bib"
    path.write_text(ENTRIES, "utf-8")
    return read_library([path], SiteAuthors()).publications


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("year", [("2026", "d"), ("2025", "a"), ("2024", "b"), ("2020", "cf"), ("Undated", "e")]),
        ("type", [("Journal articles", "ab"), ("Conference papers", "d"), ("Theses", "c"), ("Others", "fe")]),
        (
            "venue",
            [("P", "d"), ("PhD thesis", "c"), ("Preprint", "e"), ("VLDB", "ab"), ("Others", "f")],
        ),
        ("status", [("Preprints", "e"), ("To appear", "d"), ("Published", "abcf")]),
    ],
)
def test_papers_stand_under_headings(papers: tuple[Publication, ...], by: str, expected: list[tuple[str, str]]) -> None:
    found = [(heading, "".join(each.key for each in members)) for heading, _, members in group_publications(papers, by)]
    assert found == expected


def test_a_heading_has_an_anchor_that_says_what_it_is(papers: tuple[Publication, ...]) -> None:
    assert [anchor for _, anchor, _ in group_publications(papers, "status")] == [
        "status-preprints",
        "status-to-appear",
        "status-published",
    ]


@pytest.mark.parametrize(
    ("order", "keys"),
    [
        ("title", "abdecf"),
        ("-title", "fcedba"),
        ("year title", "ecfbad"),
        ("-year, title", "dabcfe"),
        ("venue", "fdceba"),
        ("author", "dcfeba"),
        ("year", "ecfbad"),
    ],
)
def test_a_list_is_sorted_as_it_asks(papers: tuple[Publication, ...], order: str, keys: str) -> None:
    assert "".join(each.key for each in sort_publications(papers, sort_keys(order))) == keys


def test_nothing_to_sort_by_says_what_was_expected() -> None:
    with pytest.raises(ValueError, match="expected names to sort by, such as: -year title"):
        sort_keys(" , ")
