"""Whatever is in a ``.bib`` file: nothing crashes, every entry is there once, and its text is text everywhere."""

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from sphinx_folio.bibliography.library import Library, read_library
from sphinx_folio.bibliography.names import SiteAuthors
from sphinx_folio.exporters import bibtex, csl, ris
from sphinx_folio.html.chart import chart_html
from sphinx_folio.html.rendering import FACETS, Page, facets_html, list_html
from sphinx_folio.latex.convert import plain_text

PAGE = Page(lambda link: link.target, lambda each: None, lambda each: None, lambda each: None)

# What titles and names are made of: words, LaTeX in many spellings, and what somebody might try.
PIECES = st.sampled_from(
    [
        *("Engine", "the", "naïve", "λ", "王", "a-b", "2024", "C++", "R&D", "50\\%", "it's"),
        *(
            "{BERT}",
            "{\\'e}",
            '\\"{o}',
            "\\v{c}",
            "{\\o}",
            "\\emph{so}",
            "\\textbf{x}",
            "$n^2$",
            "$x_{ij}$",
            "\\&",
            "--",
        ),
        *("\\LaTeX{}", "\\unknown{kept}", "{\\em old}", "~", "``quoted''", "\\url{https://example.org/a_b}"),
        *("<script>alert(1)</script>", "<b>", "]]>", "</script>", "javascript:alert(1)", "onerror=x", "&lt;i&gt;"),
    ]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=6).map(" ".join)
NAMES = st.lists(
    st.sampled_from(
        ["Lovelace, Ada", "Charles Babbage", "{The Society}", "van der Berg, Jan", "Erd{\\H o}s, P{\\'a}l"]
    ),
    min_size=1,
    max_size=4,
).map(" and ".join)
FIELDS = st.fixed_dictionaries(
    {"title": TEXTS},
    optional={
        "author": NAMES,
        "journal": TEXTS,
        "booktitle": TEXTS,
        "year": st.sampled_from(["2024", "in press", "1999--2000", "", "MMXX"]),
        "note": TEXTS,
        "abstract": TEXTS,
        "keywords": TEXTS,
        "pages": st.sampled_from(["1--9", "e12", "", "12"]),
        "volume": st.sampled_from(["3", ""]),
        "doi": st.sampled_from(["10.1000/x_1", "https://doi.org/10.1000/2", "none", ""]),
        "url": st.sampled_from(["https://example.org/?a=1&b=2", "javascript:alert(1)", "", "www.example.org/x"]),
        "code": st.sampled_from(["https://example.org/code", "data:text/html,x", ""]),
    },
)
TYPES = st.sampled_from("article inproceedings book incollection phdthesis techreport misc online oddity".split())
ENTRIES = st.lists(st.tuples(TYPES, FIELDS), min_size=1, max_size=5)


def source(entries: list[tuple[str, dict[str, str]]]) -> str:
    bodies = ("".join(f"  {name} = {{{value}}},\n" for name, value in fields.items()) for _, fields in entries)
    kinds = (kind for kind, _ in entries)
    return "\n".join(f"@{kind}{{k{n},\n{body}}}" for n, (kind, body) in enumerate(zip(kinds, bodies, strict=True)))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any") / "any.bib"


def library(path: Path, text: str) -> Library:
    path.write_text(text, "utf-8", newline="")
    return read_library([path], SiteAuthors(("Ada Lovelace",)))


@given(ENTRIES)
def test_every_entry_is_on_the_page_once_and_all_of_it_is_text(
    path: Path, entries: list[tuple[str, dict[str, str]]]
) -> None:
    found = library(path, source(entries)).publications
    page = BeautifulSoup(list_html([(each, each.anchor) for each in found], PAGE), "html5lib")
    assert sorted(item["id"] for item in page.select(".publication")) == [f"k{n}" for n in range(len(entries))]
    assert not page.select("script, [onerror], iframe")
    assert not [link for link in page.select("[href]") if not link["href"].startswith("https://")]
    allowed = "ul li p a em strong code sup sub span div details summary pre math".split()
    assert {tag.name for tag in page.select(".publications *") if not tag.find_parent("math")} <= set(allowed)


@given(ENTRIES)
def test_what_is_shown_is_free_of_latex(path: Path, entries: list[tuple[str, dict[str, str]]]) -> None:
    for each in library(path, source(entries)).publications:
        shown = [each.title, each.where, each.note, each.abstract]
        text = " ".join(
            [
                *map(plain_text, shown),
                *(person.name for person in (*each.authors, *each.editors)),
                *each.keywords,
                each.venue,
            ]
        )
        assert not re.search(r"[\\{}]", text), text


@given(ENTRIES)
def test_what_is_exported_reads_the_same_again(path: Path, entries: list[tuple[str, dict[str, str]]]) -> None:
    before = library(path, source(entries)).by_key
    after = library(path, bibtex.bibtex_file(before.values())).by_key
    assert after.keys() == before.keys()
    for key, each in before.items():
        assert plain_text(after[key].title) == plain_text(each.title)
        assert after[key].authors == each.authors
        assert (after[key].doi, after[key].year) == (each.doi, each.year)


@given(ENTRIES)
def test_every_other_surface_takes_it(path: Path, entries: list[tuple[str, dict[str, str]]]) -> None:
    found = library(path, source(entries)).publications
    assert len(json.loads(csl.csl_json(found))) == len(entries)
    assert ris.ris_file(found).count("ER  - ") == len(entries)
    form = BeautifulSoup(facets_html(found, FACETS, PAGE, "form"), "html5lib")
    chart = BeautifulSoup(chart_html(found), "html5lib")
    assert not form.select("script") + chart.select("script")


@given(st.binary(max_size=200) | st.text(st.sampled_from("@{}(),=#%\\\"'\n ab1$&<>") | st.characters(), max_size=200))
def test_no_bytes_are_too_broken(path: Path, data: bytes | str) -> None:
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))
    found = read_library([path], SiteAuthors())
    assert found.publications or found.problems
    list_html([(each, each.anchor) for each in found.publications], PAGE)
    bibtex.bibtex_file(found.publications)
