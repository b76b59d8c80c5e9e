import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_folio.bibtex import Bibliography, Entry
from sphinx_folio.latex import plain
from sphinx_folio.library import Library, Link, Publication, address, from_bibliography, reference


def entry(key: str = "k", kind: str = "misc", **fields: str) -> Entry:
    return Entry(key, kind, {"title": "T", **fields}, "refs.bib", 1, dict.fromkeys(fields, 7))


def library(*entries: Entry, owner: str = "Ada Lovelace") -> Library:
    return from_bibliography(Bibliography(entries, ()), owner)


def one(kind: str = "misc", **fields: str) -> Publication:
    found = library(entry(kind=kind, **fields))
    assert not found.problems
    return found.publications[0]


def buttons(**fields: str) -> list[tuple[str, str]]:
    return [(link.label, link.target) for link in one(**fields).links]


@pytest.mark.parametrize(
    ("names", "spoken"),
    [
        ("Lovelace, Ada and Charles Babbage", ["Ada Lovelace", "Charles Babbage"]),
        ("van der Berg, Jan and de la Cruz, Ana", ["Jan van der Berg", "Ana de la Cruz"]),
        ("King, Jr., Martin Luther", ["Martin Luther King Jr."]),
        (r"Erd{\H{o}}s, P{\'a}l", ["Pál Erdős"]),
        ("{Barnes and Noble}", ["Barnes and Noble"]),
        ("Plato", ["Plato"]),
        ("王, 伟", ["伟 王"]),
        ("Lovelace,\n   Ada and\n   Babbage, Charles", ["Ada Lovelace", "Charles Babbage"]),
        ("", []),
    ],
)
def test_names_are_said_in_their_order(names: str, spoken: list[str]) -> None:
    assert [person.name for person in one(author=names).authors] == spoken


@pytest.mark.parametrize("name", ["Lovelace, Ada", "Ada Lovelace", "LOVELACE, ADA", "Lóvelace*, Ada", "{Ada Lovelace}"])
def test_the_owner_is_known_however_the_name_is_written(name: str) -> None:
    assert [person.owner for person in one(author=f"{name} and Babbage, Charles").authors] == [True, False]


def test_a_star_on_either_part_of_a_name_is_equal_contribution() -> None:
    people = one(author="Lovelace*, Ada and Babbage, Charles* and Somerville, Mary").authors
    assert [(person.name, person.equal) for person in people] == [
        ("Ada Lovelace", True),
        ("Charles Babbage", True),
        ("Mary Somerville", False),
    ]


def test_and_others_is_no_person() -> None:
    publication = one(author="Lovelace, Ada and others")
    assert [person.name for person in publication.authors] == ["Ada Lovelace"]
    assert publication.and_others


def test_editors_stand_where_there_are_no_authors() -> None:
    assert [person.name for person in one(editor="Lovelace, Ada").authors] == ["Ada Lovelace"]


@pytest.mark.parametrize(
    "names", ["Ada Lovelace, Charles Babbage, Mary Somerville", "A B, C D, E F, G H", "A, B, C, D, E"]
)
def test_names_with_commas_between_them_are_shown_one_by_one_and_reported(names: str) -> None:
    found = library(entry(author=names))
    assert [person.name for person in found.publications[0].authors] == names.split(", ")
    (problem,) = found.problems
    assert (problem.line, problem.subtype) == (7, "bibtex_name")
    assert "expected author = {Family, Given and Family, Given}" in problem.message


def test_an_and_at_the_end_is_nobody() -> None:
    assert [person.name for person in one(author="Lovelace, Ada and").authors] == ["Ada Lovelace"]


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("doi", "not-a-doi", "expected a DOI, as in 10.1000/182"),
        ("arxiv", "not-arxiv", "expected an arXiv identifier, as in 2505.12242"),
    ],
)
def test_an_identifier_that_is_none_is_no_link_and_is_reported(field: str, value: str, expected: str) -> None:
    found = library(entry(**{field: value}))
    assert not found.publications[0].links
    assert [problem.message for problem in found.problems] == [
        f"k: {field} = {{{value}}} does not become a link; {expected}"
    ]


@pytest.mark.parametrize("month", ["may", "May", "5", "05", "²", "13", "", "spring"])
def test_a_month_is_a_number_or_a_word(month: str) -> None:
    assert one(month=month).month == (5 if month in ("may", "May", "5", "05") else 0)


def test_an_entry_without_a_title_is_shown_by_its_key_and_reported() -> None:
    found = library(Entry("k", "misc", {}, "refs.bib", 3, {}))
    assert plain(found.publications[0].title) == "k"
    assert [(problem.line, problem.message) for problem in found.problems] == [(3, "k: expected a title")]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"doi": "10.1145/1_2"}, ("DOI", "https://doi.org/10.1145/1_2")),
        ({"doi": "https://doi.org/10.1145/12"}, ("DOI", "https://doi.org/10.1145/12")),
        ({"doi": r"10.1145/1\_2"}, ("DOI", "https://doi.org/10.1145/1_2")),
        ({"doi": "10.1002/(SICI)1097<1::AID>3.0"}, ("DOI", "https://doi.org/10.1002/(SICI)1097%3C1::AID%3E3.0")),
        ({"eprint": "2505.12242", "archiveprefix": "arXiv"}, ("arXiv", "https://arxiv.org/abs/2505.12242")),
        ({"eprint": "arXiv:2505.12242v2"}, ("arXiv", "https://arxiv.org/abs/2505.12242v2")),
        ({"arxiv": "hep-th/9901001"}, ("arXiv", "https://arxiv.org/abs/hep-th/9901001")),
        ({"url": r"https://www.usenix.org/a\_b"}, ("usenix.org", "https://www.usenix.org/a_b")),
        ({"url": r"\url{https://x.org/~me}"}, ("x.org", "https://x.org/~me")),
        ({"pdf": "papers/mine.pdf"}, ("PDF", "papers/mine.pdf")),
        ({"code": "https://x.org"}, ("Code", "https://x.org")),
        ({"slides": "http://x.org/s"}, ("Slides", "http://x.org/s")),
    ],
)
def test_a_field_becomes_a_button(fields: dict[str, str], expected: tuple[str, str]) -> None:
    assert buttons(**fields) == [expected]


def test_one_address_makes_one_button() -> None:
    fields = {"doi": "10.1145/12", "url": "http://doi.org/10.1145/12", "pdf": "https://arxiv.org/abs/2505.12242/"}
    assert buttons(**fields, eprint="2505.12242") == [
        ("DOI", "https://doi.org/10.1145/12"),
        ("arXiv", "https://arxiv.org/abs/2505.12242"),
    ]


def test_an_eprint_of_another_archive_is_no_arxiv_paper() -> None:
    assert buttons(eprint="hal-0123", archiveprefix="HAL") == []


def test_the_title_leads_to_the_paper_and_never_to_its_code() -> None:
    assert one(code="https://x.org", doi="10.1145/12").lead == Link("doi", "DOI", "https://doi.org/10.1145/12")
    assert one(code="https://x.org", pdf="https://x.org/p.pdf").lead == Link("pdf", "PDF", "https://x.org/p.pdf")
    assert one(code="https://x.org").lead is None


@pytest.mark.parametrize(
    "value",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java\tscript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example/x",
        "https:///nowhere",
        "https://x.org/a b",
        'https://x.org/"onmouseover=alert(1)',
        "http://[broken",
    ],
)
@pytest.mark.parametrize("field", ["url", "code", "pdf"])
def test_an_address_that_is_none_is_no_link_and_is_reported_with_its_line(field: str, value: str) -> None:
    found = library(entry(**{field: value}))
    assert not found.publications[0].links
    (problem,) = found.problems
    assert (problem.file, problem.line, problem.subtype) == ("refs.bib", 7, "bibtex_address")
    assert (
        f"k: {field} = {{{value}}} does not become a link; expected an http, https or mailto address" in problem.message
    )


@given(st.text())
def test_only_harmless_addresses_become_links(text: str) -> None:
    target = address(text)
    assert target is None or target == text
    if target and ":" in target:
        assert target.split(":")[0].lower() in ("http", "https", "mailto")


@pytest.mark.parametrize(
    ("kind", "fields", "line"),
    [
        (
            "article",
            {"journal": "J", "volume": "18", "number": "6", "pages": "1--9", "year": "2025"},
            "J 18(6):1–9, 2025",
        ),
        ("article", {"journaltitle": "J", "date": "2024-05"}, "J, 2024"),
        ("article", {"journal": "J", "eventtitle": "51st Conference", "year": "2025"}, "J, 2025. 51st Conference"),
        ("inproceedings", {"booktitle": "P", "year": "2026", "pubstate": "forthcoming"}, "In P, 2026 (to appear)"),
        ("inproceedings", {"booktitle": "P", "pages": "3--4"}, "In P, pages 3–4"),
        ("misc", {"eprint": "2505.12242", "primaryclass": "cs.DC", "year": "2025"}, "arXiv:2505.12242 [cs.DC], 2025"),
        ("phdthesis", {"school": "S", "year": "1843"}, "S, 1843"),
        ("misc", {"year": "1843"}, "1843"),
        ("article", {}, ""),
    ],
)
def test_the_line_says_where_it_appeared_and_nothing_empty(kind: str, fields: dict[str, str], line: str) -> None:
    assert plain(one(kind, **fields).where) == line


@pytest.mark.parametrize(
    ("kind", "fields", "status", "venue"),
    [
        ("misc", {"eprint": "2505.12242"}, "preprint", "Preprint"),
        ("article", {"journal": "arXiv preprint arXiv:2505.12242"}, "preprint", "Preprint"),
        ("online", {"url": "https://x.org"}, "published", ""),
        ("misc", {}, "published", ""),
        ("unpublished", {}, "preprint", "Preprint"),
        ("article", {"pubstate": "prepublished"}, "preprint", "Preprint"),
        ("inproceedings", {"pubstate": "inpress", "abbr": "NSDI'26"}, "to appear", "NSDI’26"),
        ("article", {"abbr": "VLDB'25"}, "published", "VLDB’25"),
        ("article", {}, "published", ""),
    ],
)
def test_status_and_label(kind: str, fields: dict[str, str], status: str, venue: str) -> None:
    publication = one(kind, **fields)
    assert (publication.status, publication.venue) == (status, venue)


def test_the_newest_comes_first_and_what_has_no_year_last() -> None:
    found = library(
        entry("undated"),
        entry("old", year="1999", month="12"),
        entry("first", year="2025", month="5"),
        entry("second", year="2025", month="May"),
        entry("december", date="2025-12-01"),
        entry("press", year="in press"),
    )
    assert [each.key for each in found.publications] == ["december", "first", "second", "old", "undated", "press"]


def test_a_reference_in_one_line() -> None:
    publication = one(author="Lovelace*, Ada and others", title="What is it?", eprint="2505.12242", year="2025")
    assert reference(publication) == "Ada Lovelace, et al. What is it? arXiv:2505.12242, 2025."
