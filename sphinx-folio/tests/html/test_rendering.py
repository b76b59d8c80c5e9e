from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from sphinx_folio.bibliography.library import read_library
from sphinx_folio.bibliography.names import SiteAuthors
from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.html.rendering import LONG, MANY, Page, choices, list_html

PAGE = Page(lambda link: link.target, lambda each: None, lambda each: None, lambda each: None)
WITH_PAPERS = Page(PAGE.to_file, PAGE.to_project, lambda each: f"{each.anchor}.html", PAGE.to_preview)


@pytest.fixture
def papers(tmp_path: Path) -> Callable[[str], tuple[Publication, ...]]:
    def read(text: str) -> tuple[Publication, ...]:
        path = tmp_path / "refs.bib"
        path.write_text(text, "utf-8")
        return read_library([path], SiteAuthors(("Ada Lovelace",))).publications

    return read


def shown(papers: tuple[Publication, ...], page: Page = PAGE, total: int = 0, style: str = "list") -> Tag:
    html = list_html([(each, each.anchor) for each in papers], page, total=total, style=style)
    return BeautifulSoup(html, "html5lib").select_one(".publications")


def test_a_page_of_very_many_leaves_texts_to_the_papers_own_pages(
    papers: Callable[[str], tuple[Publication, ...]],
) -> None:
    found = papers("@misc{k, title = {T}, abstract = {A}}")
    assert len(shown(found, WITH_PAPERS, total=LONG).select("details")) == 2
    assert not shown(found, WITH_PAPERS, total=LONG + 1).select("details")
    assert shown(found, WITH_PAPERS, total=LONG + 1).select("a[href='k.html']")


def test_without_pages_of_their_own_papers_keep_their_texts(papers: Callable[[str], tuple[Publication, ...]]) -> None:
    found = papers("@misc{k, title = {T}, abstract = {A}}")
    assert len(shown(found, PAGE, total=LONG + 1).select("details")) == 2


@pytest.mark.parametrize(
    ("count", "owner", "summary"),
    [
        (MANY, 5, None),
        (MANY + 8, 15, "A0 B, A1 B, A2 B, … Ada Lovelace … +16"),
        (MANY + 8, 3, "A0 B, A1 B, A2 B, Ada Lovelace … +16"),
        (MANY + 8, 1, "A0 B, Ada Lovelace, A2 B, … +17"),
        (MANY + 8, MANY + 7, "A0 B, A1 B, A2 B, … Ada Lovelace +16"),
        (MANY + 8, None, "A0 B, A1 B, A2 B, … +17"),
    ],
)
def test_many_authors_are_folded_around_the_owner(
    papers: Callable[[str], tuple[Publication, ...]], count: int, owner: int | None, summary: str | None
) -> None:
    names = ["Lovelace, Ada" if number == owner else f"B, A{number}" for number in range(count)]
    item = shown(papers(f"@misc{{k, title = {{T}}, author = {{{' and '.join(names)}}}}}"))
    folded = item.select_one("details.publication-authors")
    assert (folded is None) == (summary is None)
    if summary:
        few = "".join(item.select_one(each).get_text() for each in (".publication-few", ".publication-more"))
        assert " ".join(few.split()) == summary
        assert len(folded.p.get_text().split(", ")) == count


@pytest.mark.parametrize(
    ("entry", "paragraph"),
    [
        ("author = {Lovelace*, Ada}, title = {Why?}, year = {1843}", "Ada Lovelace*. “Why?” 1843."),
        ("author = {Smith, Jr., John}, title = {On “What?”}", "John Smith Jr. “On “What?””"),
        ("author = {Lovelace, Ada and others}, title = {T}, note = {Read it!}", "Ada Lovelace et al. “T.” Read it!"),
        ("editor = {Lovelace, Ada and Babbage, C.}, title = {T}", "Ada Lovelace, C. Babbage (eds.). “T.”"),
        ("title = {<script>1</script>}, note = {<img>}", "“<script>1</script>.” <img>."),
        (
            "title = {T}, award = {[Best paper](https://example.org), with \\emph{honours}}",
            "“T.” Best paper, with honours",
        ),
    ],
)
def test_each_sentence_of_a_cv_ends_once(
    papers: Callable[[str], tuple[Publication, ...]], entry: str, paragraph: str
) -> None:
    item = shown(papers(f"@misc{{k, {entry}}}"), style="cv")
    assert item.select_one(".publication-reference").get_text() == paragraph
    assert not item.select("script, img")


def test_a_title_from_the_right_turns_nothing_but_itself(papers: Callable[[str], tuple[Publication, ...]]) -> None:
    item = shown(papers("@misc{k, title = {על סיבוכיות}, author = {כהן, דוד}}"), style="cv")
    assert [each.get_text() for each in item.select("bdi")] == ["דוד כהן", "על סיבוכיות"]


def test_many_authors_are_folded_in_a_cv_too(papers: Callable[[str], tuple[Publication, ...]]) -> None:
    names = " and ".join(f"B, A{number}" for number in range(MANY + 1))
    item = shown(papers(f"@misc{{k, title = {{T}}, author = {{{names}}}, year = 1843}}"), style="cv")
    assert item.select_one("details.publication-authors > p").get_text().count("B") == MANY + 1
    assert item.select_one(".publication-reference").get_text() == "“T.” 1843."


def test_chips_stand_in_an_order_that_is_looked_for(papers: Callable[[str], tuple[Publication, ...]]) -> None:
    found = papers(
        "@misc{a, title = {1}, year = {2020}, keywords = {x, y}, author = {B, C and Lovelace, Ada}, code = {https://x.org}}"
        "@misc{b, title = {2}, year = {2024}, keywords = {y}, author = {B, C and Lovelace, Ada}}"
        "@misc{c, title = {3}, year = {2022}, author = {Lovelace, Ada and B, C}}"
    )
    assert [choice.value for choice in choices(found, "year")] == ["2024", "2022", "2020"]
    assert [(choice.value, choice.count) for choice in choices(found, "topic")] == [("y", 2), ("x", 1)]
    assert [(choice.called, choice.count) for choice in choices(found, "role")] == [
        ("First author", 1),
        ("Last author", 2),
    ]
    assert [choice.called for choice in choices(found, "code")] == ["Has code"]
