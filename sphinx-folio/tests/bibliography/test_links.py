from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_folio.bibliography.identifiers import ARCHIVES, Archive
from sphinx_folio.bibliography.links import Link, arxiv_of, doi_of, links_of
from sphinx_folio.bibliography.urls import SCHEMES, safe_address, web_address
from sphinx_folio.bibtex.model import Entry


def entry(**fields: str) -> Entry:
    return Entry("k", "misc", {"title": "T", **fields}, "refs.bib", 1, dict.fromkeys(fields, 7))


def buttons(**fields: str) -> list[tuple[str, str]]:
    """Labels and targets of fields with which nothing is wrong."""
    links, problems = links_of(entry(**fields))
    assert not problems
    return [(link.label, link.target) for link in links]


@pytest.mark.parametrize(
    ("doi", "expected"),
    [
        ("10.1145/12", "10.1145/12"),
        ("10.1145/1_2", "10.1145/1_2"),
        (r"10.1145/1\_2", "10.1145/1_2"),
        (r"10.1145/1{\_}2", "10.1145/1_2"),
        ("{10.1145/12}", "10.1145/12"),
        ("https://doi.org/10.1145/12", "10.1145/12"),
        ("http://dx.doi.org/10.1145/12", "10.1145/12"),
        ("http://doi.acm.org/10.1145/12", "10.1145/12"),
        ("doi.org/10.1145/12", "10.1145/12"),
        (r"\url{https://doi.org/10.1145/12}", "10.1145/12"),
        ("https://doi.org/10.1145%2F12", "10.1145/12"),
        ("https://doi.org/10.1145/12?download=true", "10.1145/12"),
        ("doi:10.1145/12", "10.1145/12"),
        ("DOI: 10.1145/12.", "10.1145/12"),
        ("10.1145/12. Online.", "10.1145/12"),
        ("10.1145/12\x1b[2J", "10.1145/12"),
        ("10.1016/S0004-3702(97)00050-7", "10.1016/S0004-3702(97)00050-7"),
        ("10.1145/12)", "10.1145/12"),
        (r"10.1002/1{\textless}2::AID{\textgreater}3.0", "10.1002/1<2::AID>3.0"),
        ("10.1002/1&lt;2", "10.1002/1&lt;2"),
        ("10/ggd754", "10/ggd754"),
    ],
)
def test_a_doi_is_found_however_it_is_given(doi: str, expected: str) -> None:
    assert doi_of(entry(doi=doi)) == expected
    assert [link.label for link in links_of(entry(doi=doi))[0]] == ["DOI"]


def test_the_button_of_a_doi_escapes_what_an_address_cannot_have() -> None:
    assert buttons(doi="10.1002/(SICI)1097<1::AID>3.0;2#x") == [
        ("DOI", "https://doi.org/10.1002/(SICI)1097%3C1::AID%3E3.0;2%23x")
    ]


@pytest.mark.parametrize("value", ["10.1145/12 10.1145/13", "10.1145/12; 10.1145/13", "10.1145/12, doi:10.1145/13"])
def test_of_several_dois_the_first_is_used_and_the_others_reported(value: str) -> None:
    links, (problem,) = links_of(entry(doi=value))
    assert [link.target for link in links] == ["https://doi.org/10.1145/12"]
    assert problem.subtype == "bibtex_identifier"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"eprint": "2505.12242"}, "2505.12242"),
        ({"eprint": "2505.12242", "archiveprefix": "arXiv"}, "2505.12242"),
        ({"eprint": "2505.12242", "archiveprefix": "arxiv"}, "2505.12242"),
        ({"eprint": "arXiv:2505.12242v2 [cs.DC]"}, "2505.12242v2"),
        ({"eprint": "https://arxiv.org/abs/2505.12242"}, "2505.12242"),
        ({"eprint": "hep-th/9901001v3"}, "hep-th/9901001v3"),
        ({"eprint": "math.AG/0307200"}, "math.AG/0307200"),
        ({"eprint": "9901001", "archiveprefix": "arXiv", "primaryclass": "hep-th"}, "hep-th/9901001"),
        ({"arxiv": "2505.12242"}, "2505.12242"),
        ({"arxiv": "https://arxiv.org/pdf/2505.12242v1.pdf"}, "2505.12242v1"),
        ({"url": "http://arxiv.org/abs/2505.12242"}, "2505.12242"),
        ({"url": "arxiv.org/pdf/2505.12242"}, "2505.12242"),
        ({"doi": "10.48550/arXiv.2505.12242"}, "2505.12242"),
        ({"journal": "arXiv preprint arXiv:2505.12242"}, "2505.12242"),
        ({"journal": "arXiv:2505.12242 [cs.DC]"}, "2505.12242"),
        ({"journal": "arXiv e-prints", "eid": "arXiv:2505.12242"}, "2505.12242"),
        ({"journal": "ArXiv", "volume": "abs/2505.12242"}, "2505.12242"),
        ({"journal": "CoRR", "volume": "abs/2505.12242"}, "2505.12242"),
        ({"journal": "CoRR abs/2505.12242"}, "2505.12242"),
        ({"note": "arXiv:2505.12242 [cs]"}, "2505.12242"),
        ({"note": "Extends arXiv:2505.12242"}, ""),
        ({"eprint": "hal-01234567", "archiveprefix": "HAL"}, ""),
        ({"eprint": "2563713"}, ""),
        ({"eprint": "2599.12242"}, ""),
        ({"journal": "Journal of 2505.12242"}, ""),
        ({}, ""),
    ],
)
def test_an_arxiv_paper_is_found_wherever_its_number_stands(fields: dict[str, str], expected: str) -> None:
    assert arxiv_of(entry(**fields)) == expected
    labels = [link.label for link in links_of(entry(**fields))[0]]
    assert labels.count("arXiv") == bool(expected)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"eprint": "hal-01234567", "archiveprefix": "HAL"}, ("HAL", "https://hal.science/hal-01234567")),
        ({"hal_id": "tel-01234567v2"}, ("HAL", "https://hal.science/tel-01234567v2")),
        ({"hal": "https://hal.science/hal-01234567"}, ("HAL", "https://hal.science/hal-01234567")),
        ({"eprint": "2563713", "archiveprefix": "jstor"}, ("JSTOR", "https://www.jstor.org/stable/2563713")),
        ({"eprint": "24038744", "archiveprefix": "pubmed"}, ("PubMed", "https://pubmed.ncbi.nlm.nih.gov/24038744/")),
        ({"pmid": "PMID: 24038744"}, ("PubMed", "https://pubmed.ncbi.nlm.nih.gov/24038744/")),
        ({"pmcid": "PMC5843160"}, ("PMC", "https://pmc.ncbi.nlm.nih.gov/articles/PMC5843160/")),
        ({"pmc": "5843160"}, ("PMC", "https://pmc.ncbi.nlm.nih.gov/articles/PMC5843160/")),
        ({"eprint": "2123/31137", "archiveprefix": "hdl"}, ("Handle", "https://hdl.handle.net/2123/31137")),
        ({"eprint": "2023/123", "archiveprefix": "IACR"}, ("IACR", "https://eprint.iacr.org/2023/123")),
        ({"inspirehep_id": "1711625"}, ("INSPIRE", "https://inspirehep.net/literature/1711625")),
        ({"bibcode": "2004A&A...424..927C"}, ("ADS", "https://ui.adsabs.harvard.edu/abs/2004A%26A...424..927C")),
        ({"adsurl": "https://ui.adsabs.harvard.edu/abs/2004A&A"}, ("ADS", "https://ui.adsabs.harvard.edu/abs/2004A&A")),
        ({"eprint": "https://psyarxiv.com/x", "archiveprefix": "PsyArXiv"}, ("psyarxiv.com", "https://psyarxiv.com/x")),
        ({"eprint": "https://urn.fi/x"}, ("urn.fi", "https://urn.fi/x")),
    ],
)
def test_other_archives_have_buttons_too(fields: dict[str, str], expected: tuple[str, str]) -> None:
    assert buttons(**fields) == [expected]


@pytest.mark.parametrize(
    ("isbn", "number"),
    [
        ("978-3-16-148410-0", "9783161484100"),
        ("978 3 16 148410 0", "9783161484100"),
        ("9783161484100", "9783161484100"),
        ("ISBN: 0-306-40615-2", "0306406152"),
        ("0-8044-2957-x", "080442957X"),
        ("978--3--16--148410--0", "9783161484100"),
        ("978-3-16-148410-0, 0-306-40615-2", "9783161484100"),
        ("0306406152 9783161484100", "0306406152"),
        ("978-3-16-148410-0 (print)", "9783161484100"),
    ],
)
def test_a_book_is_found_by_its_isbn_in_a_library(isbn: str, number: str) -> None:
    assert buttons(isbn=isbn, pdf="p.pdf") == [("PDF", "p.pdf"), ("ISBN", f"https://openlibrary.org/isbn/{number}")]


def test_an_eprint_that_nobody_knows_is_no_link_and_no_fault() -> None:
    assert buttons(eprint="Twitter") == []
    assert buttons(eprint="123", archiveprefix="E-thesis") == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"url": r"https://www.usenix.org/a\_b"}, ("usenix.org", "https://www.usenix.org/a_b")),
        ({"url": r"\url{https://x.org/~me}"}, ("x.org", "https://x.org/~me")),
        ({"url": r"https://x.org/\~{}me/{\textasciitilde}you/$\sim$all"}, ("x.org", "https://x.org/~me/~you/~all")),
        ({"url": r"https://x.org/?a=1\&b=\%20\#c"}, ("x.org", "https://x.org/?a=1&b=%20#c")),
        ({"url": "https://x.org/?a=1&amp;b=2"}, ("x.org", "https://x.org/?a=1&b=2")),
        ({"url": r"\href{https://x.org/a}{the paper}"}, ("x.org", "https://x.org/a")),
        ({"url": "<https://x.org/a>"}, ("x.org", "https://x.org/a")),
        ({"url": "https://x.org/long\n   -path.html"}, ("x.org", "https://x.org/long-path.html")),
        ({"url": "https://X.org/a b"}, ("x.org", "https://X.org/a%20b")),
        ({"url": "https://x.org/a (accessed 2024)"}, ("x.org", "https://x.org/a")),
        ({"url": "https://x.org/ü"}, ("x.org", "https://x.org/%C3%BC")),
        ({"url": "https://müller.example/ü"}, ("xn--mller-kva.example", "https://xn--mller-kva.example/%C3%BC")),
        ({"url": "www.x.example/a"}, ("x.example", "https://www.x.example/a")),
        ({"url": "10.1145/12"}, ("DOI", "https://doi.org/10.1145/12")),
        ({"url": "mailto:a@x.org"}, ("Link", "mailto:a@x.org")),
        ({"howpublished": r"\url{https://x.org/a}"}, ("x.org", "https://x.org/a")),
        ({"howpublished": r"Available at: \url{https://x.org/a}."}, ("x.org", "https://x.org/a")),
        ({"note": "https://x.org/a"}, ("x.org", "https://x.org/a")),
        ({"link": "https://x.org/a"}, ("x.org", "https://x.org/a")),
        ({"pdf": "papers/mine.pdf"}, ("PDF", "papers/mine.pdf")),
        ({"pdf": "my paper.pdf"}, ("PDF", "my paper.pdf")),
        ({"code": "github.com/x/y"}, ("Code", "https://github.com/x/y")),
        ({"github": "x/y"}, ("Code", "https://github.com/x/y")),
        ({"slides": "http://x.org/s"}, ("Slides", "http://x.org/s")),
        ({"html": "https://x.org/h"}, ("HTML", "https://x.org/h")),
        ({"supp": "files/s.zip"}, ("Supplement", "files/s.zip")),
        ({"project": "https://x.org/p"}, ("Project", "https://x.org/p")),
    ],
)
def test_a_field_becomes_a_button(fields: dict[str, str], expected: tuple[str, str]) -> None:
    assert buttons(**fields) == [expected]


@pytest.mark.parametrize(
    "fields",
    [
        {"project": "projects/mine"},  # a page of the site, which others look after
        {"code": "true", "pdf": "false"},
        {"preview": "a.png", "award": "Best Paper", "file": "a.pdf:a.pdf:application/pdf"},
        {"howpublished": "Talk at CERN", "note": r"Code at \url{https://x.org}"},
        {"url": "", "doi": ""},
    ],
)
def test_what_is_no_address_is_no_button(fields: dict[str, str]) -> None:
    assert buttons(**fields) == []


def test_buttons_stand_in_the_order_in_which_people_look_for_them() -> None:
    found = buttons(
        slides="s.pdf", code="https://x.org/c", pdf="p.pdf", url="https://x.org/u", doi="10.1145/1", eprint="2505.12242"
    )
    assert [label for label, _ in found] == ["DOI", "x.org", "arXiv", "PDF", "Code", "Slides"]


@pytest.mark.parametrize(
    ("fields", "labels"),
    [
        ({"doi": "10.1145/12", "url": "http://dx.doi.org/10.1145/12"}, ["DOI"]),
        ({"doi": "10.1002/A<1>", "url": "https://doi.org/10.1002/a%3C1%3E"}, ["DOI"]),
        ({"doi": "10.1145/12", "url": "https://dl.acm.org/doi/10.1145/12"}, ["DOI"]),
        ({"doi": "10.1145/12", "url": "https://dl.acm.org/doi/pdf/10.1145/12"}, ["DOI", "dl.acm.org"]),
        ({"eprint": "2505.12242", "url": "http://arxiv.org/abs/2505.12242v2"}, ["arXiv"]),
        ({"eprint": "2505.12242", "url": "https://arxiv.org/pdf/2505.12242.pdf"}, ["arXiv"]),
        ({"eprint": "2505.12242", "pdf": "https://arxiv.org/pdf/2505.12242"}, ["arXiv", "PDF"]),
        ({"eprint": "2505.12242", "pdf": "https://arxiv.org/abs/2505.12242/"}, ["arXiv"]),
        ({"eprint": "2505.12242", "doi": "10.48550/arXiv.2505.12242"}, ["arXiv"]),
        ({"eprint": "2505.12242v2", "doi": "10.48550/arXiv.2505.12242v1"}, ["arXiv"]),
        ({"url": "https://doi.org/10.48550/arXiv.2505.12242", "eprint": "2505.12242"}, ["arXiv"]),
        ({"url": "https://x.org/p.pdf", "pdf": "http://www.x.org/p.pdf"}, ["PDF"]),
        ({"url": "https://X.org/y/", "code": "https://x.org/y"}, ["Code"]),
        ({"url": "https://x.org/Y", "code": "https://x.org/y"}, ["x.org", "Code"]),
        ({"code": "https://x.org/y", "software": "https://x.org/y"}, ["Code"]),
    ],
)
def test_one_address_makes_one_button_under_its_best_name(fields: dict[str, str], labels: list[str]) -> None:
    assert [label for label, _ in buttons(**fields)] == labels


def test_a_link_knows_its_field_and_whether_it_is_a_file() -> None:
    links, _ = links_of(entry(eprint="2505.12242", pdf="p.pdf", howpublished=r"\url{https://x.org}"))
    assert [(link.field, link.is_file) for link in links] == [("url", False), ("eprint", False), ("pdf", True)]
    assert not Link("url", "Link", "mailto:a@x.org").is_file


def test_of_several_addresses_the_first_is_used_and_the_others_reported() -> None:
    for value in ("https://x.org/a https://x.org/b", "https://x.org/a;\n  https://x.org/b", "https://x.org/a,http://y"):
        links, (problem,) = links_of(entry(url=value))
        assert [link.target for link in links] == ["https://x.org/a"]
        assert problem.message == "k: url holds more than one address, the first is used (keep one address in url)"


@pytest.mark.parametrize(
    ("field", "value", "cure"),
    [
        ("doi", "not-a-doi", "write it like 10.1000/182"),
        ("doi", "0.1088/0957-4484", "write it like 10.1000/182"),
        ("arxiv", "not-arxiv", "write it like 2101.00001"),
        ("isbn", "978-3-16-148410-1", "write it like 978-3-16-148410-0"),
        ("isbn", "0-306-40615-3", "write it like 978-3-16-148410-0"),
        ("isbn", "none", "write it like 978-3-16-148410-0"),
        ("isbn", "97831614841001", "write it like 978-3-16-148410-0"),
        ("pmid", "none", "write it like 12345678"),
        ("hal_id", "x", "write it like hal-01234567"),
    ],
)
def test_an_identifier_that_is_none_is_no_link_and_is_reported(field: str, value: str, cure: str) -> None:
    links, (problem,) = links_of(entry(**{field: value}))
    assert not links
    assert (problem.line, problem.subtype) == (7, "bibtex_identifier")
    assert problem.message == f"k: {field} = {{{value}}} does not become a link ({cure})"


@pytest.mark.parametrize(
    "kept", sorted(set(ARCHIVES.values()), key=lambda kept: kept.label), ids=lambda kept: kept.label
)
def test_an_example_in_a_cure_is_an_identifier_of_its_archive(kept: Archive) -> None:
    assert kept.address(kept.example)


def test_an_eprint_of_arxiv_without_its_number_is_reported() -> None:
    links, (problem,) = links_of(entry(eprint="soon", archiveprefix="arXiv"))
    assert not links
    assert problem.cure == "write it like 2101.00001"


HARMFUL = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    " javascript:alert(1)",
    r"javascript\:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "ftp://x.org/a",
    "//evil.example/x",
    r"\\evil.example\x",
    "https:///nowhere",
    "https:x.org",
    'https://x.org/"onmouseover=alert(1)',
    "https://x.org/<b>",
    "https://x.org/\x00",
    "http://[broken",
    "https://a b.org/",
    "mailto:nobody",
    "the url",
    "papers/\u202efdp.exe",
]


@pytest.mark.parametrize("value", HARMFUL)
@pytest.mark.parametrize("field", ["url", "code", "pdf"])
def test_an_address_that_is_none_is_no_link_and_is_reported_with_its_line(field: str, value: str) -> None:
    links, (problem,) = links_of(entry(**{field: value}))
    assert not links
    assert (problem.file, problem.line, problem.subtype) == ("refs.bib", 7, "bibtex_address")
    assert problem.what.startswith(f"{field} = {{")
    assert problem.what.endswith("does not become a link")
    assert problem.cure == "write an http, https or mailto address, or the path of a file of this site"


def test_a_long_value_is_not_repeated_whole() -> None:
    _, (problem,) = links_of(entry(url="x" * 1000 + ":"))
    assert len(problem.message) < 200


@pytest.mark.parametrize(
    "path", ["paper.pdf", "files/a.pdf", "/static/a.pdf", "../a.pdf", "a b.pdf", "ä.pdf", "files.md/x", "page.html#top"]
)
def test_the_path_of_a_file_stays_as_it_is(path: str) -> None:
    assert safe_address(path) == path


pieces = st.sampled_from(
    ["http://", "https:", "javascript:", "\\url{", "}", "{", "x.org", "/", "\\", " ", "10.1145/", "%"]
)
value = st.lists(pieces | st.text(max_size=3), max_size=6).map("".join)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://x.example/é", "https://x.example/%C3%A9"),
        ("HTTP://x.example/A", "http://x.example/A"),
        ("www.x.example", "https://www.x.example"),
        ("mailto:ada@x.example", ""),
        ("javascript://x.example/%0aalert(1)", ""),
        ("ftp://x.example/", ""),
        ("//x.example/", ""),
        ("https://", ""),
        ("http", ""),
        ("files/a.pdf", ""),
        ("", ""),
    ],
)
def test_an_address_of_the_web_is_one_or_nothing(text: str, found: str) -> None:
    assert web_address(text) == found
    assert web_address(text, SCHEMES) == found or text.startswith("mailto:")


@given(value)
def test_only_harmless_addresses_become_links(text: str) -> None:
    target = safe_address(text)
    if target is not None:
        assert urlsplit(target).scheme in ("", "http", "https", "mailto")
        assert not set('"<>\\\t\r\n') & set(target)
        assert not target.startswith("//")
        assert safe_address(target) == target


@given(value, value, value, value)
def test_any_entry_is_read_without_complaint(url: str, doi: str, eprint: str, journal: str) -> None:
    links, _ = links_of(entry(url=url, doi=doi, eprint=eprint, journal=journal, howpublished=url, pmid=doi, pdf=url))
    for link in links:
        assert safe_address(link.target) == link.target
