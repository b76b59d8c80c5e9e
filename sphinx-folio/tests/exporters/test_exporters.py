"""What other programs read of the papers: each format with the program that reads it."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from xml.etree import ElementTree as ET

import bibtexparser
import feedparser
import pytest
import rispy
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pybtex.database import parse_string

from conftest import NOTES, make
from sphinx_folio.audit import data as audited
from sphinx_folio.audit.vocabulary import unknown
from sphinx_folio.bibliography.identifiers import doi_in
from sphinx_folio.bibliography.names import Person, SiteAuthors
from sphinx_folio.bibliography.publication import Publication, make_publication
from sphinx_folio.bibtex.datamodel import standardize
from sphinx_folio.bibtex.reader import read_bib_files as read_files
from sphinx_folio.exporters import atom, bibtex, csl, highwire, jsonld, ris
from sphinx_folio.exporters import llms_txt as llms
from sphinx_folio.exporters.fields import clean_names
from sphinx_folio.exporters.languages import language
from sphinx_folio.exporters.site import Site
from sphinx_folio.latex.convert import plain_text, to_text
from sphinx_folio.text import normalize_whitespace

Values = dict[str, str]

SITE = Site("Ada’s site", "Ada Lovelace", "https://example.org/ada/", "en", "Notes.", ("https://orcid.example/1",))
ENGINE = {
    **NOTES,
    "author": "Lovelace*, Ada and van der Berg, Jr., Jan and {Barnes, Noble and Sons} and others",
    "day": "5",
    "url": "https://example.org/engine_a?b=1&c=%20#d",
    "issn": "1234-5678",
    "keywords": "engines, notes",
    "abstract": "It weaves <algebraic> patterns.",
    "note": "With notes",
    "code": "https://example.org/code",
    "abbr": "Memoirs’43",
    "selected": "true",
}


def without(name: str, fields: dict[str, str]) -> dict[str, str]:
    """Fields but for one."""
    return {each: value for each, value in fields.items() if each != name}


def line_of(text: str, field: str) -> str:
    """The value that a BibTeX entry has for a field, with its braces; nothing where it has none."""
    found = re.search(rf"^  {field} += (.*),$", text, re.MULTILINE)
    return found[1] if found else ""


# What nobody writes on purpose, and what would end a value early in one format or another.
HOSTILE = [
    *("<script>alert(1)</script>", "</script>", "<!--", "]]>", "&amp;", "&", "<", ">", '"', "'", "javascript:alert(1)"),
    *("{", "}", "\\", "\\{", "\\}", "\\\\", "{{a}", "%", "#", "@", "\n@article{x,", "$", "$x_1$", "~", "^", "_"),
    *(
        "\n",
        "\r\n",
        "\t",
        "\x00",
        "\x1b[0m",
        "\x7f",
        "\x85",
        "\u2028",
        "\u2029",
        "\ufffe",
        "\u202e",
        "\ufeff",
        "\xa0",
        "e\u0301",
    ),
    *(
        "TY  - JOUR",
        "\nER  - \n",
        ";",
        ",",
        " and ",
        "*",
        "†",
        "[a](b)",
        "\n# H",
        "- x",
        "1. y",
        "``",
        "''",
        "--",
        "<<",
    ),
    *(
        "\\emph{x}",
        "\\'e",
        "\\ss",
        "{\\em y}",
        "\\unknown{z}",
        "\\href{a}{b}",
        "\\url{http://x.org/a_b}",
        "H$_2$O",
        "λ",
        "甲",
    ),
]
few = settings(max_examples=30)
hostile = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=3), max_size=8).map("".join)
NAMES = ["Lovelace, Ada", "van der Berg, Jr., Jan", "{Barnes and Noble}", "Ada Lovelace*", "CERN", "others"]
names = st.lists(st.sampled_from(NAMES) | hostile, max_size=4).map(" and ".join)
TEXTS = (
    "journal booktitle publisher note abstract keywords series subtitle address type volume number pages edition"
    " language issn isbn doi url eprint pdf institution"
).split()
TYPES = "article book inbook incollection inproceedings thesis report online software misc odd".split()
papers = st.builds(
    lambda kind, key, fields: make(kind, key, **fields),
    st.sampled_from(TYPES),
    hostile.map("k{}".format),
    st.fixed_dictionaries(
        {"title": hostile.map("T{}".format)},
        optional={
            **dict.fromkeys(TEXTS, hostile),
            **dict.fromkeys(("author", "editor"), names),
            "year": st.integers(1000, 2999).map(str) | hostile,
            "doi": hostile.map("10.1000/1{}".format) | hostile,
            "month": st.sampled_from(["1", "may", "12"]) | hostile,
        },
    ),
)


# BibTeX


def test_a_whole_entry_reads_as_one_would_write_it() -> None:
    assert bibtex.bibtex_entry(make(**ENGINE)) == (
        "@article{engine,\n"
        "  author  = {Lovelace, Ada and van der Berg, Jr., Jan and {Barnes, Noble and Sons} and others},\n"
        "  title   = {Notes on the {\\lambda} {Engine}: 100\\% of $k$},\n"
        "  journal = {Scientific Memoirs \\& Notes},\n"
        "  volume  = {3},\n"
        "  number  = {12},\n"
        "  pages   = {666--731},\n"
        "  year    = {1843},\n"
        "  month   = sep,\n"
        "  day     = {5},\n"
        "  note    = {With notes},\n"
        "  issn    = {1234-5678},\n"
        "  doi     = {10.1000/en_gine},\n"
        "  url     = {https://example.org/engine_a?b=1&c=%20#d},\n"
        "}\n"
    )


@pytest.mark.parametrize("name", "abbr selected preview project code slides annotation file abstract keywords".split())
def test_what_only_the_site_understands_stays_at_home(name: str) -> None:
    assert not line_of(bibtex.bibtex_entry(make(title="T", **{name: "true"})), name)


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("thesis", {"type": "PhD thesis", "institution": "Turin"}, ("phdthesis", {"school": "{Turin}", "type": ""})),
        ("phdthesis", {"school": "Turin"}, ("phdthesis", {"school": "{Turin}", "type": ""})),
        ("mastersthesis", {"school": "Turin"}, ("mastersthesis", {"school": "{Turin}", "type": ""})),
        ("thesis", {"type": "Bachelor’s thesis"}, ("mastersthesis", {"type": "{Bachelor’s thesis}"})),
        ("thesis", {"type": "Habilitation"}, ("phdthesis", {"type": "{Habilitation}"})),
        ("report", {"institution": "MIT", "number": "7"}, ("techreport", {"institution": "{MIT}", "number": "{7}"})),
        ("online", {"url": "https://example.org"}, ("misc", {"url": "{https://example.org}"})),
        ("software", {"publisher": "Zenodo"}, ("misc", {"howpublished": "{Zenodo}", "publisher": ""})),
        ("dataset", {"howpublished": "CD", "publisher": "P"}, ("misc", {"howpublished": "{CD}", "publisher": "{P}"})),
        ("patent", {"type": "US patent", "number": "1"}, ("misc", {"howpublished": "{US patent 1}"})),
        ("inbook", {"booktitle": "B"}, ("incollection", {"booktitle": "{B}"})),
        ("inbook", {"chapter": "2"}, ("inbook", {"chapter": "{2}"})),
        ("collection", {"editor": "Babbage, Charles"}, ("book", {"editor": "{Babbage, Charles}"})),
        ("invented", {"journal": "J"}, ("misc", {"journal": "{J}"})),
    ],
)
def test_a_type_is_one_that_bibtex_knows(
    kind: str, fields: dict[str, str], expected: tuple[str, dict[str, str]]
) -> None:
    text = bibtex.bibtex_entry(make(kind, title="T", **fields))
    name, values = expected
    assert text.startswith(f"@{name}{{engine,\n")
    assert {field: line_of(text, field) for field in values} == values


@pytest.mark.parametrize(
    ("person", "name"),
    [
        (Person("Ada Lovelace", "Lovelace", "Ada"), "Lovelace, Ada"),
        (Person("Jan van der Berg Jr.", "van der Berg", "Jan", "Jr."), "van der Berg, Jr., Jan"),
        (Person("CERN", "CERN", corporate=True), "{CERN}"),
        (Person("Plato", "Plato"), "Plato"),
        (Person("The Two Names", "The Two Names"), "{The Two Names}"),
        (Person("others", "others"), "{others}"),
        (Person("Bob Salt, and Pepper", "Salt, and Pepper", "Bob"), "{Salt, and Pepper}, Bob"),
        (Person("Eve A_B{", "A_B{", "Eve", marks="*"), r"A\_B\textbraceleft{}, Eve"),
        (Person("Anderson Sands", "Sands", "Anderson"), "Sands, Anderson"),
        (Person("``x'", "``x'"), r"\textasciigrave{}\textasciigrave{}x\textquotesingle{}"),
    ],
)
def test_a_name_cannot_be_mistaken(person: Person, name: str) -> None:
    assert bibtex.bibtex_name(person) == name


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("Plain — title", "Plain — title"),
        (r"{BERT} and \emph{more} of $a_1 \& b$, 5\%", r"{BERT} and \emph{more} of $a_1 \& b$, 5\%"),
        ("100% of #1 & a_b", r"100\% of \#1 \& a\_b"),
        ("a cost of $5", r"a cost of \$5"),
        (r"see \url{http://x.org/a_b%20c}", r"see \url{http://x.org/a_b%20c}"),
        ("two\n  lines\tand\x00 a \x1b[31mcontrol\u2028", "two lines and a [31mcontrol"),
        ("unbalanced { brace", "unbalanced brace"),
        ("unbalanced } brace", "unbalanced brace"),
        ("set \\{a, b\\}", "set \\{a, b\\}"),
        ("half a set \\{a", r"half a set \textbraceleft{}a"),
        ("@article{x, title = {y}}", "@article{x, title = {y}}"),
        ("ends with a backslash\\", "ends with a backslash"),
        ("{" * 90 + "deep" + "}" * 90, "deep"),
    ],
)
def test_a_value_keeps_its_latex_as_far_as_it_is_safe(source: str, value: str) -> None:
    written = bibtex.safe_latex(source)
    assert (written, to_text(written)) == (value, to_text(source))


@pytest.mark.parametrize(
    ("source", "value"),
    [
        (r"\apjl", "ApJL"),
        (r"{\prl}", "Phys. Rev. Lett."),
        (r"{\aap} Letters", r"A\&A Letters"),
        (r"\mnras{} 1", "MNRAS 1"),
        (r"\emph{\apjs}", r"\emph{ApJS}"),
        (r"\prlx \alpha", r"\prlx \alpha"),
        ("a\u202eb", "ab"),
    ],
)
def test_what_only_some_programs_know_is_written_as_it_reads(source: str, value: str) -> None:
    assert (bibtex.safe_latex(source), to_text(bibtex.safe_latex(source))) == (value, to_text(source))


def test_keys_are_made_valid_and_none_is_there_twice() -> None:
    keys = ["a b", "a,b", "A-B", "{x}", "2024甲", "%", "ok:1.x/y"]
    text = bibtex.bibtex_file([make(key=key, title="T") for key in keys])
    assert re.findall(r"^@misc\{(.*),$|^@article\{(.*),$", text, re.MULTILINE) == [
        ("", key) for key in ["a-b", "a-b-2", "A-B-3", "x", "2024甲", "entry", "ok:1.x/y"]
    ]


def test_an_entry_whose_address_is_its_note_has_it_once() -> None:
    text = bibtex.bibtex_entry(make("misc", title="T", howpublished=r"\url{https://example.org/a\_b}"))
    assert text.count("https://example.org/a") == 1


@pytest.mark.parametrize("button", ["code", "pdf", "website"])
def test_an_address_that_a_button_leads_to_is_the_works_own_too(button: str) -> None:
    paper = make("software", title="T", url=r"https://example.org/a\_b", **{button: "https://example.org/a_b"})
    address = "https://example.org/a_b"
    assert line_of(bibtex.bibtex_entry(paper), "url") == f"{{{address}}}"
    assert f"UR  - {address}\r\n" in ris.ris_record(paper)
    assert csl.csl_item(paper)["URL"] == address
    assert jsonld.scholarly_article(paper, SITE)["sameAs"] == [address]


def test_an_address_that_its_number_says_already_is_not_said_twice() -> None:
    for fields in (
        {"doi": "10.1000/a", "url": "https://doi.org/10.1000/a"},
        {"url": "https://arxiv.org/abs/2505.12242"},
    ):
        assert line_of(bibtex.bibtex_entry(make(title="T", **fields)), "url") == ""


def test_a_preprint_has_its_arxiv_number() -> None:
    text = bibtex.bibtex_entry(make("misc", title="T", arxiv="2505.12242"))
    assert (line_of(text, "eprint"), line_of(text, "archiveprefix")) == ("{2505.12242}", "{arXiv}")


def test_a_number_of_another_archive_stays_with_it() -> None:
    text = bibtex.bibtex_entry(make(title="T", eprint="hal-01", archiveprefix="HAL"))
    assert (line_of(text, "eprint"), line_of(text, "archiveprefix")) == ("{hal-01}", "{HAL}")


@pytest.mark.parametrize(
    ("fields", "lines"),
    [
        ({"date": "2023-09-05"}, ("{2023}", "sep", "{5}")),
        ({"year": "2024", "month": "may"}, ("{2024}", "may", "")),
        ({"year": "in press"}, ("{in press}", "", "")),
        ({}, ("", "", "")),
    ],
)
def test_a_date_is_year_month_and_day(fields: dict[str, str], lines: tuple[str, str, str]) -> None:
    text = bibtex.bibtex_entry(make(title="T", **fields))
    assert tuple(line_of(text, name) for name in ("year", "month", "day")) == lines


def test_a_year_that_only_biblatex_can_say_is_kept_for_it() -> None:
    assert line_of(bibtex.bibtex_entry(make(title="T", date="-0379-02")), "date") == "{-0379-02}"


# BibTeX, read again


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Publication]:
    """Reads a .bib file of one entry that there is nothing to say against."""
    path = tmp_path_factory.mktemp("again") / "publications.bib"

    def read(text: str) -> Publication:
        path.write_text(text, "utf-8")
        found = read_files(path)
        assert [problem.message for problem in found.problems if problem.is_error] == []
        (entry,) = found.entries
        made, _ = make_publication(standardize(entry)[0], SiteAuthors(("Ada Lovelace",)), {})
        return made

    return read


def said(person: Person) -> tuple[str, ...]:
    """A name in its parts."""
    if person.corporate or not (person.family and person.given):
        return (person.name,)
    return tuple(filter(None, (person.family, person.suffix, person.given)))


def summary(publication: Publication) -> dict[str, object]:
    """What has to be the same of a publication that went through a file."""
    texts = ("journal", "booktitle", "note", "volume", "number", "series", "edition")
    return {
        "title": normalize_whitespace(plain_text(publication.title)),
        "authors": [said(person) for person in clean_names(publication.authors)],
        "editors": [said(person) for person in clean_names(publication.editors)],
        "others": publication.and_others and bool(publication.authors or publication.editors),
        "date": (publication.date.year, publication.date.month, publication.date.day),
        "doi": publication.doi,
        "arxiv": publication.arxiv,
        **{name: normalize_whitespace(publication.text(name)) for name in texts},
    }


@few
@given(papers)
def test_whatever_is_in_an_entry_reads_the_same_again(again: Callable[[str], Publication], paper: Publication) -> None:
    assert summary(again(bibtex.bibtex_entry(paper))) == summary(paper)


def said_in(fields: Mapping[str, str]) -> Values:
    """What another program has of an entry, as text."""
    names = ("title", "journal", "volume", "year")
    texts = {name: normalize_whitespace(to_text(fields.get(name, ""))) for name in names}
    return {**texts, "doi": doi_in(fields.get("doi", ""))}


def said_of(publication: Publication) -> Values:
    """What it should have."""
    texts = {name: normalize_whitespace(publication.text(name)) for name in ("journal", "volume")}
    year = normalize_whitespace(publication.date.text)
    return {"title": normalize_whitespace(plain_text(publication.title)), **texts, "year": year, "doi": publication.doi}


@few
@given(st.lists(papers, max_size=2))
def test_bibtexparser_reads_every_entry(made: list[Publication]) -> None:
    found = bibtexparser.parse_string(bibtex.bibtex_file(made))
    assert not found.failed_blocks
    assert not found.comments
    assert [entry.entry_type for entry in found.entries] == [bibtex.bibtex_type(each) for each in made]
    for entry, each in zip(found.entries, made, strict=True):
        assert said_in({field.key: field.value for field in entry.fields}) == said_of(each)


@few
@given(st.lists(papers, max_size=2))
def test_pybtex_reads_every_entry_and_its_names(made: list[Publication]) -> None:
    found = parse_string(bibtex.bibtex_file(made), "bibtex")
    assert len(found.entries) == len(made)
    for entry, each in zip(found.entries.values(), made, strict=True):
        assert said_in(entry.fields) == said_of(each)
        authors = [person for person in entry.persons.get("author", ()) if str(person) != "others"]
        assert [parts_of(person) for person in authors] == summary(each)["authors"]


def parts_of(person: Any) -> tuple[str, ...]:
    """A name as pybtex has it, in the parts that ours have."""
    family = person.prelast_names + person.last_names
    parts = (family, person.lineage_names, person.first_names + person.middle_names)
    return tuple(filter(None, (normalize_whitespace(to_text(" ".join(each))) for each in parts)))


# RIS


def test_a_reference_has_the_tags_that_managers_read() -> None:
    assert ris.ris_record(make(**ENGINE)).split("\r\n") == [
        "TY  - JOUR",
        "ID  - engine",
        "AU  - Lovelace, Ada",
        "AU  - van der Berg, Jan, Jr.",
        "AU  - Barnes, Noble and Sons",
        "TI  - Notes on the λ Engine: 100% of k",
        "PY  - 1843",
        "DA  - 1843/09/05/",
        "T2  - Scientific Memoirs & Notes",
        "VL  - 3",
        "IS  - 12",
        "SN  - 1234-5678",
        "SP  - 666",
        "EP  - 731",
        "DO  - 10.1000/en_gine",
        "UR  - https://example.org/engine_a?b=1&c=%20#d",
        "AB  - It weaves <algebraic> patterns.",
        "KW  - engines",
        "KW  - notes",
        "N1  - With notes",
        "ER  - ",
        "",
    ]


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("inproceedings", {"booktitle": "Proc."}, ["TY  - CONF", "T2  - Proc."]),
        ("incollection", {"booktitle": "B", "editor": "Babbage, Charles"}, ["TY  - CHAP", "A2  - Babbage, Charles"]),
        ("book", {"editor": "Babbage, Charles", "isbn": "1"}, ["TY  - BOOK", "A3  - Babbage, Charles", "SN  - 1"]),
        ("phdthesis", {"school": "Turin"}, ["TY  - THES", "PB  - Turin", "M3  - PhD thesis"]),
        ("report", {"institution": "MIT", "number": "7"}, ["TY  - RPRT", "PB  - MIT", "SN  - 7"]),
        ("misc", {"arxiv": "2505.12242"}, ["TY  - UNPB", "UR  - https://arxiv.org/abs/2505.12242"]),
        ("software", {"version": "2.1"}, ["TY  - COMP", "ET  - 2.1"]),
        ("invented", {"pages": "12, 15"}, ["TY  - GEN", "SP  - 12, 15"]),
        ("article", {"year": "2024", "month": "may"}, ["PY  - 2024", "DA  - 2024/05//"]),
        ("article", {"year": "in press"}, ["DA  - ///in press"]),
        ("article", {"keywords": "a*b", "journal": "J*"}, ["KW  - ab", "T2  - J"]),
    ],
)
def test_a_type_has_its_own_tags(kind: str, fields: dict[str, str], expected: list[str]) -> None:
    lines = ris.ris_record(make(kind, title="T", **fields)).splitlines()
    assert [line for line in expected if line not in lines] == []


@few
@given(st.lists(papers, max_size=2))
def test_rispy_reads_every_reference(made: list[Publication]) -> None:
    text = ris.ris_file(made)
    found = rispy.loads(text, newline="\r\n")
    assert len(found) == len(made)
    for reference, each in zip(found, made, strict=True):
        assert reference["title"] == summary(each)["title"].strip()
        authors = [person for person in clean_names(each.authors) if ris.ris_name(person)]
        assert len(reference.get("authors", [])) == len(authors)
        assert reference.get("doi", "") == each.doi
        assert "unknown_tag" not in reference
    assert not re.search(r"(?<!\r)\n|\r(?!\n)", text)


# CSL-JSON


def test_a_work_has_the_variables_of_its_type() -> None:
    assert csl.csl_item(make(**ENGINE)) == {
        "id": "engine",
        "type": "article-journal",
        "title": "Notes on the λ Engine: 100% of k",
        "author": [
            {"family": "Lovelace", "given": "Ada"},
            {"family": "van der Berg", "given": "Jan", "suffix": "Jr."},
            {"literal": "Barnes, Noble and Sons"},
            {"literal": "others"},
        ],
        "issued": {"date-parts": [[1843, 9, 5]]},
        "container-title": "Scientific Memoirs & Notes",
        "volume": "3",
        "issue": "12",
        "page": "666-731",
        "ISSN": "1234-5678",
        "DOI": "10.1000/en_gine",
        "URL": "https://example.org/engine_a?b=1&c=%20#d",
        "abstract": "It weaves <algebraic> patterns.",
        "keyword": "engines, notes",
        "note": "With notes",
    }


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("misc", {"arxiv": "2505.12242"}, {"type": "article", "publisher": "arXiv", "number": "arXiv:2505.12242"}),
        ("inproceedings", {"booktitle": "P", "pubstate": "forthcoming"}, {"status": "forthcoming"}),
        ("incollection", {"series": "LNCS", "number": "9"}, {"collection-title": "LNCS", "collection-number": "9"}),
        ("report", {"number": "7"}, {"type": "report", "number": "7"}),
        ("phdthesis", {"school": "Turin"}, {"type": "thesis", "genre": "PhD thesis", "publisher": "Turin"}),
        ("misc", {"year": "in press"}, {"type": "document", "issued": {"literal": "in press"}}),
        ("proceedings", {"editor": "Plato and others"}, {"editor": [{"family": "Plato"}, {"literal": "others"}]}),
    ],
)
def test_a_works_variables(kind: str, fields: dict[str, str], expected: dict[str, object]) -> None:
    work = csl.csl_item(make(kind, title="T", **fields))
    assert {variable: work.get(variable) for variable in expected} == expected


@few
@given(st.lists(papers, max_size=2))
def test_citation_processors_get_valid_works(made: list[Publication]) -> None:
    text = csl.csl_json(made)
    assert list(audited.works(text)) == []
    assert [work["title"] for work in json.loads(text)] == [summary(each)["title"] for each in made]


# Atom


def in_list(publication: Publication) -> str:
    """Where a paper stands on the example site."""
    return f"papers/index.html#{publication.key}"


def test_the_feed_says_what_is_new() -> None:
    feed = feedparser.parse(atom.atom([make(**ENGINE)], SITE, "publications.atom", in_list))
    assert not feed.bozo
    assert (feed.version, feed.feed.title, feed.feed.author) == ("atom10", "Ada’s site: publications", "Ada Lovelace")
    assert feed.feed.updated == "1843-09-05T00:00:00Z"
    assert {link.rel: link.href for link in feed.feed.links} == {
        "self": "https://example.org/ada/publications.atom",
        "alternate": "https://example.org/ada/",
    }
    (entry,) = feed.entries
    assert entry.title == "Notes on the λ Engine: 100% of k"
    assert entry.link == "https://example.org/ada/papers/index.html#engine"
    assert entry.published == entry.updated == "1843-09-05T00:00:00Z"
    assert [author.name for author in entry.authors] == [
        "Ada Lovelace",
        "Jan van der Berg Jr.",
        "Barnes, Noble and Sons",
    ]
    assert [tag.term for tag in entry.tags] == ["engines", "notes"]


def test_the_feed_has_the_newest_fifty() -> None:
    feed = feedparser.parse(atom.atom([make(key=f"k{n}", title="T") for n in range(60)], SITE, "f.atom", in_list))
    assert [entry.link.split("#")[1] for entry in feed.entries] == [f"k{n}" for n in range(50)]


def test_an_entry_stays_the_same_one_when_the_site_moves_and_its_title_changes() -> None:
    moved = Site("Other", "Ada Lovelace", "https://example.com/")
    (before,) = feedparser.parse(atom.atom([make(title="A")], SITE, "f.atom", in_list)).entries
    (after,) = feedparser.parse(atom.atom([make(title="B")], moved, "f.atom", in_list)).entries
    assert before.id == after.id
    assert before.id.startswith("urn:uuid:")


def test_a_site_without_an_address_has_a_feed_too() -> None:
    feed = feedparser.parse(atom.atom([make(title="T", year="2024")], Site("S"), "f.atom", in_list))
    assert not feed.bozo
    assert (feed.entries[0].links[0].href, feed.feed.author) == ("papers/index.html#engine", "S")


def test_a_paper_that_stands_nowhere_is_linked_where_it_is_published() -> None:
    feed = feedparser.parse(atom.atom([make(title="T", doi="10.1000/1")], SITE, "f.atom", lambda each: ""))
    assert feed.entries[0].link == "https://doi.org/10.1000/1"


def test_without_papers_there_is_an_empty_feed() -> None:
    feed = feedparser.parse(atom.atom([], SITE, "f.atom", in_list))
    assert (feed.bozo, feed.entries, feed.feed.updated) == (False, [], "1970-01-01T00:00:00Z")


@few
@given(st.lists(papers, max_size=2, unique_by=lambda each: atom.identity(SITE, each.key)), hostile, hostile)
def test_feed_readers_get_text(made: list[Publication], title: str, author: str) -> None:
    site = Site(title, author, "https://example.org/")
    text = atom.atom(made, site, "publications.atom", lambda each: f"p.html#{each.anchor}")
    root = ET.fromstring(text)  # noqa: S314 (our own)
    found = [normalize_whitespace(entry.findtext("{*}title") or "") for entry in root.iterfind("{*}entry")]
    assert found == [summary(each)["title"] for each in made]
    assert {element.tag.split("}")[1] for element in root.iter()} <= set(
        "feed title id updated author name link entry published category summary".split()
    )
    assert list(audited.feed(text)) == []
    assert len(feedparser.parse(text).entries) == len(made)


# llms.txt


def test_language_models_get_the_site_in_short() -> None:
    pages = [
        llms.Line("Home", "https://example.org/ada/", "Who I am."),
        llms.Line("CV", "https://example.org/ada/cv.html"),
    ]
    files = [llms.Line("BibTeX", "https://example.org/ada/publications.bib")]
    assert llms.llms_txt(SITE, pages, [make(**ENGINE)], files, in_list) == (
        "# Ada’s site\n\n"
        "> Notes.\n\n"
        "## Pages\n\n"
        "- [Home](https://example.org/ada/): Who I am.\n"
        "- [CV](https://example.org/ada/cv.html)\n\n"
        "## Publications\n\n"
        "- [Notes on the λ Engine: 100% of k](https://example.org/ada/papers/index.html#engine):"
        " Ada Lovelace, Jan van der Berg Jr., Barnes, Noble and Sons et al."
        " Scientific Memoirs \\& Notes 3(12):666–731, 1843\n\n"
        "## Optional\n\n"
        "- [BibTeX](https://example.org/ada/publications.bib)\n"
    )


def test_a_site_without_description_and_papers_has_a_heading() -> None:
    assert llms.llms_txt(Site("S"), [], [], [], in_list) == "# S\n"


# As the proposal's own program takes a line apart.
LINK = re.compile(r"-\s*\[(?P<title>[^\]]+)\]\((?P<address>[^\)]+)\)(?::\s*(?P<about>.*))?")


@few
@given(st.lists(papers, max_size=2), hostile, hostile)
def test_markdown_in_a_title_is_text(made: list[Publication], title: str, description: str) -> None:
    site = Site(f"T{title}", address="https://example.org/", description=description)
    text = llms.llms_txt(site, [], made, [], lambda each: f"p.html#{each.key}")
    soup = BeautifulSoup(MarkdownIt().render(text), "html5lib")
    assert [" ".join(heading.get_text().split()) for heading in soup("h1")] == [normalize_whitespace(f"T{title}")]
    assert [" ".join(link.get_text().split()) for link in soup("a")] == [summary(each)["title"] for each in made]
    assert {tag.name for tag in soup.body()} <= {"h1", "h2", "blockquote", "p", "ul", "li", "a"}
    assert len([line for line in text.splitlines() if LINK.fullmatch(line)]) == len(made)


# Languages


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"language": "German"}, "de"),
        ({"langid": "ngerman"}, "de"),
        ({"language": "brazilian"}, "pt"),
        ({"language": "langenglish"}, "en"),
        ({"language": "Fran{\\c c}ais"}, "fr"),
        ({"language": "EN"}, "en"),
        ({"language": "en_US"}, "en-US"),
        ({"language": "eng"}, "en"),
        ({"language": "Japanese (abstract in English)"}, "ja"),
        ({"language": "English and German"}, "en"),
        ({"language": "Elvish", "langid": "american"}, "en"),
        ({"language": "Elvish"}, ""),
        ({"language": "Welsh"}, "cy"),
        ({"language": "ger"}, "de"),
        ({}, ""),
    ],
)
def test_a_language_is_told_by_its_code_and_only_where_the_entry_says_it(fields: Values, code: str) -> None:
    paper = make(title="T", **fields)
    assert language(paper) == code
    assert dict(highwire.highwire(paper)).get("citation_language", "") == code
    assert jsonld.scholarly_article(paper, SITE).get("inLanguage", "") == code
    assert csl.csl_item(paper).get("language", "") == code
    assert (f"LA  - {code}\r\n" in ris.ris_record(paper)) == bool(code)


# Highwire


def test_google_scholar_and_zotero_read_the_head() -> None:
    paper = make(**without("url", ENGINE))
    assert highwire.highwire(paper, "https://example.org/e.pdf", "https://example.org/e.html") == [
        ("citation_title", "Notes on the λ Engine: 100% of k"),
        ("citation_author", "Lovelace, Ada"),
        ("citation_author", "van der Berg, Jan Jr."),
        ("citation_author", "Barnes, Noble and Sons"),
        ("citation_publication_date", "1843/09/05"),
        ("citation_journal_title", "Scientific Memoirs & Notes"),
        ("citation_volume", "3"),
        ("citation_issue", "12"),
        ("citation_firstpage", "666"),
        ("citation_lastpage", "731"),
        ("citation_doi", "10.1000/en_gine"),
        ("citation_issn", "1234-5678"),
        ("citation_keywords", "engines"),
        ("citation_keywords", "notes"),
        ("citation_abstract_html_url", "https://example.org/e.html"),
        ("citation_pdf_url", "https://example.org/e.pdf"),
    ]


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("inproceedings", {"booktitle": "Proc."}, ("citation_conference_title", "Proc.")),
        ("incollection", {"booktitle": "B"}, ("citation_inbook_title", "B")),
        ("phdthesis", {"school": "Turin"}, ("citation_dissertation_institution", "Turin")),
        ("report", {"institution": "MIT"}, ("citation_technical_report_institution", "MIT")),
        ("report", {"number": "7"}, ("citation_technical_report_number", "7")),
        ("misc", {"arxiv": "2505.12242"}, ("citation_arxiv_id", "2505.12242")),
        ("book", {"isbn": "1, 2"}, ("citation_isbn", "2")),
        ("article", {"date": "2025-05"}, ("citation_publication_date", "2025/05")),
        ("article", {"year": "2025"}, ("citation_publication_date", "2025")),
        ("article", {"author": "de la Cruz, Ana Maria"}, ("citation_author", "Ana Maria de la Cruz")),
        ("article", {"author": "{CERN}"}, ("citation_author", "CERN")),
    ],
)
def test_a_head_has_the_tag_of_its_type(kind: str, fields: dict[str, str], expected: tuple[str, str]) -> None:
    assert expected in highwire.highwire(make(kind, title="T", **fields))


@few
@given(papers)
def test_a_head_never_has_an_empty_tag_and_at_most_one_container(paper: Publication) -> None:
    tags = highwire.highwire(paper)
    assert [text for _, text in tags if text != normalize_whitespace(text) or not text] == []
    containers = {container for container, _ in highwire.CONTAINERS.values()}
    assert len([name for name, _ in tags if name in containers]) <= 1


# JSON-LD


def data_in(element: str) -> Any:
    """What a browser finds in a script element of the head."""
    soup = BeautifulSoup(f"<!doctype html><head>{element}<title>after</title>", "html5lib")
    (script,) = soup.head("script")
    assert soup.head.title.string == "after"
    return json.loads(script.string)


def test_search_engines_read_the_paper() -> None:
    paper = make(**ENGINE)
    data = data_in(
        jsonld.script(jsonld.scholarly_article(paper, SITE, "https://example.org/e.html", "https://example.org/e.pdf"))
    )
    assert (data["@context"], data["@type"], data["@id"]) == (
        "https://schema.org",
        "ScholarlyArticle",
        "https://example.org/e.html",
    )
    assert data["name"] == data["headline"] == "Notes on the λ Engine: 100% of k"
    assert data["author"][0] == {
        "@type": "Person",
        "@id": "https://example.org/ada/#me",
        "name": "Ada Lovelace",
        "givenName": "Ada",
        "familyName": "Lovelace",
        "url": "https://example.org/ada/",
        "sameAs": ["https://orcid.example/1"],
    }
    assert data["author"][2] == {"@type": "Organization", "name": "Barnes, Noble and Sons"}
    assert data["isPartOf"] == {
        "@type": "PublicationIssue",
        "issueNumber": "12",
        "isPartOf": {
            "@type": "PublicationVolume",
            "volumeNumber": "3",
            "isPartOf": {"@type": "Periodical", "name": "Scientific Memoirs & Notes", "issn": "1234-5678"},
        },
    }
    assert (data["datePublished"], data["pageStart"], data["pageEnd"]) == ("1843-09-05", "666", "731")
    assert data["identifier"] == [{"@type": "PropertyValue", "propertyID": "DOI", "value": "10.1000/en_gine"}]
    assert data["sameAs"] == ["https://doi.org/10.1000/en_gine", "https://example.org/engine_a?b=1&c=%20#d"]
    assert data["encoding"]["contentUrl"] == "https://example.org/e.pdf"
    assert data["keywords"] == ["engines", "notes"]


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("phdthesis", {"school": "Turin"}, {"@type": "Thesis", "inSupportOf": "PhD thesis"}),
        ("report", {"institution": "MIT"}, {"sourceOrganization": {"@type": "Organization", "name": "MIT"}}),
        ("book", {"isbn": "1"}, {"@type": "Book", "isbn": "1"}),
        ("incollection", {"booktitle": "B"}, {"@type": "Chapter", "isPartOf": {"@type": "Book", "name": "B"}}),
        ("dataset", {}, {"@type": "Dataset"}),
        ("software", {"url": "https://x.org/c"}, {"@type": "SoftwareSourceCode", "codeRepository": "https://x.org/c"}),
        ("misc", {"arxiv": "2505.12242"}, {"@type": "ScholarlyArticle", "creativeWorkStatus": "Preprint"}),
    ],
)
def test_a_paper_is_what_its_type_says(kind: str, fields: dict[str, str], expected: dict[str, object]) -> None:
    node = jsonld.scholarly_article(make(kind, title="T", **fields), SITE)
    assert {name: node.get(name) for name in expected} == expected


def test_the_home_page_says_whose_it_is() -> None:
    data = data_in(jsonld.script(jsonld.schema_person(SITE), jsonld.website(SITE)))
    assert data == {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "Person",
                "@id": "https://example.org/ada/#me",
                "name": "Ada Lovelace",
                "url": "https://example.org/ada/",
                "description": "Notes.",
                "sameAs": ["https://orcid.example/1"],
            },
            {
                "@type": "WebSite",
                "@id": "https://example.org/ada/#website",
                "name": "Ada’s site",
                "url": "https://example.org/ada/",
                "inLanguage": "en",
                "author": {"@id": "https://example.org/ada/#me"},
            },
        ],
    }


def test_what_is_not_known_is_not_said() -> None:
    assert jsonld.schema_person(Site("S", "Ada")) == {"@type": "Person", "name": "Ada"}


@few
@given(papers)
def test_no_text_ends_the_script_and_every_word_is_of_the_vocabulary(paper: Publication) -> None:
    data = data_in(jsonld.script(jsonld.scholarly_article(paper, SITE)))
    assert list(unknown(data)) == []
    assert data["name"] == summary(paper)["title"]
    assert data.get("abstract", "") == normalize_whitespace(plain_text(paper.abstract))
    assert [each["name"] for each in data.get("author", [])] == [each.name for each in clean_names(paper.authors)]
