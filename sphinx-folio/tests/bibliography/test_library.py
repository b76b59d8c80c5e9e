from collections.abc import Callable
from pathlib import Path

import pytest

from sphinx_folio.bibliography.library import Library, read_library
from sphinx_folio.bibliography.names import SiteAuthors
from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.bibliography.reference import reference
from sphinx_folio.latex.convert import plain_text

ADA = SiteAuthors(("Ada Lovelace",))


@pytest.fixture
def library(tmp_path: Path) -> Callable[..., Library]:
    """Read a library from the text of a file."""
    path = tmp_path / "refs.bib"

    def read(text: str, earlier: Library | None = None) -> Library:
        path.write_text(text, "utf-8")
        return read_library([path], ADA, earlier=earlier)

    return read


@pytest.fixture
def one(library: Callable[..., Library]) -> Callable[..., Publication]:
    """The publication of an entry with these fields, of which nothing is wrong."""

    def made(kind: str = "misc", **fields: str) -> Publication:
        body = "".join(f"  {name} = {{{value}}},\n" for name, value in {"title": "T", **fields}.items())
        found = library(f"@{kind}{{k,\n{body}}}")
        assert [problem.message for problem in found.problems] == []
        return found.publications[0]

    return made


def test_editors_stand_where_there_are_no_authors(one: Callable[..., Publication]) -> None:
    assert (
        reference(one("book", editor="Lovelace, Ada and Babbage, Charles"))
        == "Ada Lovelace, Charles Babbage (eds.). T."
    )
    assert reference(one("book", editor="Lovelace, Ada")) == "Ada Lovelace (ed.). T."


def test_an_entry_without_a_title_is_shown_by_its_key_and_reported(library: Callable[..., Library]) -> None:
    found = library("\n@misc{k, year = {2000}}")
    assert plain_text(found.publications[0].title) == "k"
    assert [(problem.line, problem.message) for problem in found.problems] == [(2, "k: no title (write title = {…})")]


@pytest.mark.parametrize(
    ("title", "subtitle", "shown"),
    [("Engines", "A Sketch", "Engines: A Sketch"), ("Why?", "A Sketch", "Why? A Sketch"), ("", "A Sketch", "A Sketch")],
)
def test_a_subtitle_follows_the_title(one: Callable[..., Publication], title: str, subtitle: str, shown: str) -> None:
    assert plain_text(one(title=title, subtitle=subtitle).title) == shown


def test_a_collaboration_in_a_field_of_its_own_is_an_author(one: Callable[..., Publication]) -> None:
    assert reference(one(author="Lovelace, Ada", collaboration="ATLAS")).startswith(
        "Ada Lovelace, ATLAS Collaboration."
    )
    assert reference(one(author="{ATLAS Collaboration}", collaboration="ATLAS")).startswith("ATLAS Collaboration. T")


@pytest.mark.parametrize(
    ("edition", "said"),
    [("1", "1st"), ("2", "2nd"), ("3", "3rd"), ("4", "4th"), ("11", "11th"), ("21", "21st"), ("103", "103rd")],
)
def test_an_edition_is_said_in_words(one: Callable[..., Publication], edition: str, said: str) -> None:
    assert plain_text(one("book", edition=edition, publisher="H").where) == f"{said} edition, H"


def test_the_title_leads_to_the_paper_and_never_to_its_code(one: Callable[..., Publication]) -> None:
    assert one(code="https://x.org", doi="10.1145/12").title_link.field == "doi"
    assert one(code="https://x.org", pdf="https://x.org/p.pdf").title_link.field == "pdf"
    assert one(code="https://x.org").title_link is None


@pytest.mark.parametrize(
    ("kind", "fields", "line"),
    [
        (
            "article",
            {"journal": "J", "volume": "18", "number": "6", "pages": "1--9", "year": "2025"},
            "J 18(6):1–9, 2025",
        ),
        ("article", {"journaltitle": "J", "date": "2024-05"}, "J, 2024"),
        ("article", {"journal": "J", "volume": "4", "eid": "e12", "year": "2024"}, "J 4:e12, 2024"),
        ("article", {"journal": "J", "eventtitle": "51st Conference", "year": "2025"}, "J, 2025. 51st Conference"),
        ("article", {"journal": "J", "year": "in press"}, "J, in press"),
        ("inproceedings", {"booktitle": "P", "year": "2026", "pubstate": "forthcoming"}, "In P, 2026 (to appear)"),
        ("inproceedings", {"booktitle": "P", "pages": "3--4"}, "In P, pages 3–4"),
        ("conference", {"booktitle": "P", "pages": "3"}, "In P, page 3"),
        (
            "incollection",
            {"booktitle": "P", "author": "A, B", "editor": "C, D", "chapter": "3", "publisher": "H", "year": "2000"},
            "In P, edited by D C, chapter 3, H, 2000",
        ),
        (
            "book",
            {"publisher": "H", "edition": "2", "series": "S", "volume": "7", "year": "2000"},
            "2nd edition, volume 7, S, H, 2000",
        ),
        ("misc", {"eprint": "2505.12242", "primaryclass": "cs.DC", "year": "2025"}, "arXiv:2505.12242 [cs.DC], 2025"),
        ("phdthesis", {"school": "S", "year": "1843"}, "PhD thesis, S, 1843"),
        ("techreport", {"number": "12", "institution": "I", "year": "1843"}, "Technical report 12, I, 1843"),
        ("software", {"version": "1.2", "publisher": "Z", "year": "2020"}, "version 1.2, Z, 2020"),
        ("misc", {"howpublished": "Talk", "year": "1843"}, "Talk, 1843"),
        ("misc", {"year": "1843"}, "1843"),
        ("article", {}, ""),
        ("article", {"journal": "", "volume": "", "number": "", "pages": ""}, ""),
    ],
)
def test_the_line_says_where_it_appeared_and_nothing_empty(
    one: Callable[..., Publication], kind: str, fields: dict[str, str], line: str
) -> None:
    assert plain_text(one(kind, **fields).where) == line


@pytest.mark.parametrize(
    ("kind", "fields", "status", "venue"),
    [
        ("misc", {"eprint": "2505.12242"}, "preprint", "Preprint"),
        ("article", {"journal": "arXiv preprint arXiv:2505.12242"}, "preprint", "Preprint"),
        ("article", {"journal": "CoRR", "volume": "abs/2505.12242"}, "preprint", "Preprint"),
        ("article", {"journal": "bioRxiv"}, "preprint", "Preprint"),
        ("online", {"url": "https://x.org"}, "published", "Online"),
        ("misc", {}, "published", ""),
        ("unpublished", {}, "preprint", "Preprint"),
        ("article", {"pubstate": "prepublished"}, "preprint", "Preprint"),
        ("inproceedings", {"pubstate": "inpress", "abbr": "NSDI'26"}, "to appear", "NSDI’26"),
        ("article", {"year": "to appear", "journal": "J"}, "to appear", "Article"),
        ("article", {"year": "Preprints"}, "preprint", "Preprint"),
        ("article", {"year": "submitted"}, "preprint", "Preprint"),
        ("article", {"abbr": "VLDB'25"}, "published", "VLDB’25"),
        ("article", {}, "published", "Article"),
        ("inproceedings", {"booktitle": "Proceedings of Machine Learning and Systems 7"}, "published", "MLSys"),
        ("inproceedings", {"booktitle": "Proceedings of the Great Conference (GREAT '26)"}, "published", "GREAT"),
        ("inproceedings", {"booktitle": "A Workshop at Machine Learning and Systems 7"}, "published", "Conference"),
        ("phdthesis", {"school": "S"}, "published", "PhD thesis"),
    ],
)
def test_status_and_label(
    one: Callable[..., Publication], kind: str, fields: dict[str, str], status: str, venue: str
) -> None:
    publication = one(kind, **fields)
    assert (publication.status, publication.venue) == (status, venue)


def test_the_site_knows_short_forms_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("@article{k, title = {T}, journal = {Scientific Memoirs of London}}")
    (publication,) = read_library([path], ADA, {"Scientific Memoirs": "SciMem"}).publications
    assert publication.venue == "SciMem"


def test_the_newest_comes_first_and_what_has_no_year_last(library: Callable[..., Library]) -> None:
    found = library(
        "@misc{undated, title=1}\n@misc{old, title=2, year=1999, month=12}\n@misc{first, title=3, year=2025, month=5}\n"
        "@misc{second, title=4, year=2025, month=may}\n@misc{december, title=5, date={2025-12-01}}\n"
        "@misc{later, title=6, date={2025-12-24}}\n@misc{press, title=7, year={in press}}\n"
    )
    keys = [each.key for each in found.publications]
    assert keys == ["later", "december", "first", "second", "old", "undated", "press"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("storage, inference", ("storage", "inference")),
        ("storage; serving, and more", ("storage", "serving, and more")),
        ("storage, storage,,", ("storage",)),
        ("", ()),
    ],
)
def test_keywords(one: Callable[..., Publication], source: str, expected: tuple[str, ...]) -> None:
    assert one(keywords=source).keywords == expected


def test_an_award_has_a_name_and_more_to_say(one: Callable[..., Publication]) -> None:
    assert plain_text(one(award="Best Paper").award) == "Best Paper"
    assert plain_text(one(award_name="Best Paper", award="Among 300").award) == "Best Paper: Among 300"


@pytest.mark.parametrize(("field", "value"), [("doi", "10.1000/engine"), ("eprint", "2505.12242")])
def test_the_same_work_twice_is_reported_at_the_second(library: Callable[..., Library], field: str, value: str) -> None:
    found = library(f"@misc{{a, title={{A}},\n {field}={{{value}}}}}\n@misc{{b, title={{B}},\n {field}={{{value}}}}}")
    assert [each.key for each in found.publications] == ["a", "b"]
    (problem,) = found.problems
    assert (problem.line, problem.entry, problem.is_error) == (4, "b", False)
    assert "as a in line 1" in problem.message


def test_what_latex_cannot_say_is_reported_at_its_line_and_shown(library: Callable[..., Library]) -> None:
    found = library("@misc{k,\n title = {An \\oddity{Engine}},\n note = {$\\begin{odd}x\\end{odd}$},\n}")
    assert plain_text(found.publications[0].title) == "An Engine"
    assert [(problem.line, problem.subtype) for problem in found.problems] == [(2, "bibtex_latex"), (3, "bibtex_math")]


@pytest.mark.parametrize(
    ("key", "anchor"),
    [
        ("engine", "engine"),
        ("DBLP:conf/x/Lovelace43", "DBLP-conf-x-Lovelace43"),
        ("2024甲", "2024甲"),
        ("O'Neil", "O-Neil"),
        ("...", "publication"),
    ],
)
def test_a_key_becomes_an_anchor_that_an_address_can_show(
    library: Callable[..., Library], key: str, anchor: str
) -> None:
    assert library(f"@misc{{{key}, title={{T}}}}").publications[0].anchor == anchor


def test_no_two_publications_have_one_anchor(library: Callable[..., Library]) -> None:
    found = library("@misc{a/b, title={1}}\n@misc{a:b, title={2}}")
    assert [each.anchor for each in found.publications] == ["a-b", "a-b-2"]


def test_an_entry_that_has_not_changed_is_not_made_again_wherever_it_has_moved(library: Callable[..., Library]) -> None:
    first = library("@misc{a, title={A}}\n@misc{b,\n title={B \\oddity{x}}}")
    again = library("@misc{new, title={New}}\n@misc{a, title={A}}\n\n@misc{b,\n title={B \\oddity{x}}}", earlier=first)
    assert again.by_key["b"].title is first.by_key["b"].title
    assert again.by_key["b"].entry.line == 4
    assert [problem.line for problem in again.problems] == [5]


def test_an_entry_that_has_changed_is_made_again(library: Callable[..., Library]) -> None:
    first = library("@misc{a, title={A}}")
    assert plain_text(library("@misc{a, title={B}}", earlier=first).by_key["a"].title) == "B"


def test_a_reference_in_one_line(one: Callable[..., Publication]) -> None:
    publication = one(author="Lovelace*, Ada and others", title="What is it?", eprint="2505.12242", year="2025")
    assert reference(publication) == "Ada Lovelace et al. What is it? arXiv:2505.12242, 2025."


def test_problems_come_in_the_order_of_the_file(library: Callable[..., Library]) -> None:
    found = library("@misc{b}\n@misc{a, title={A}, title={B}}\n@misc{c, doi={nonsense}, title={C}}")
    assert [problem.line for problem in found.problems] == [1, 2, 3]
