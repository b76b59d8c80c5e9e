"""What hosts of code read of a project's paper: ``CITATION.cff``, by a reader of YAML and the rules of the format."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import NOTES, make
from sphinx_folio import audit
from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.exporters.cff import by_repository, cff
from sphinx_folio.exporters.site import Site
from sphinx_folio.latex.convert import plain_text
from sphinx_folio.text import normalize_whitespace

ORCID = "https://orcid.org/0000-0002-1825-0097"
SITE = Site("Ada", "Ada Lovelace", "https://ada.example/", same_as=("https://github.com/ada", ORCID))
CODE = "https://code.example/ada/engine"
ENGINE = {
    **NOTES,
    "author": "Lovelace*, Ada and van der Berg, Jr., Jan and {Analytical Society} and Plato and others",
    "url": "https://example.org/engine",
    "keywords": "engines, notes, engines",
    "code": f"{CODE}/",
}
BABBAGE = {"family-names": "Babbage", "given-names": "Charles"}
SCHEMA = jsonschema.Draft7Validator(
    json.loads(Path(audit.__file__).with_name("schemas").joinpath("cff.json").read_text())
)


def read(*papers: Publication, title: str = "The Engine", description: str = "", page: str = "") -> dict[str, Any]:
    """What a reader finds in the file, which is valid."""
    node = yaml.safe_load(cff(papers, SITE, title, description, page))
    SCHEMA.validate(node)
    return node


def cited(kind: str = "article", **fields: str) -> dict[str, Any]:
    """What is to be cited of a paper."""
    return read(make(kind, **{"title": "T", "author": "Lovelace, Ada", "code": CODE, **fields}))["preferred-citation"]


def test_the_software_is_cited_by_its_paper() -> None:
    node = read(make(**ENGINE), description="It weaves.", page="https://ada.example/engine.html")
    people = [
        {"family-names": "Lovelace", "given-names": "Ada", "orcid": ORCID},
        {"family-names": "van der Berg", "given-names": "Jan", "name-suffix": "Jr."},
        {"name": "Analytical Society"},
        {"family-names": "Plato"},
    ]
    assert node == {
        "cff-version": "1.2.0",
        "message": "If you use this software, please cite the paper under preferred-citation.",
        "type": "software",
        "title": "The Engine",
        "abstract": "It weaves.",
        "authors": people,
        "repository-code": CODE,
        "url": "https://ada.example/engine.html",
        "keywords": ["engines", "notes"],
        "preferred-citation": {
            "type": "article",
            "title": "Notes on the λ Engine: 100% of k",
            "authors": people,
            "journal": "Scientific Memoirs & Notes",
            "volume": 3,
            "issue": 12,
            "start": 666,
            "end": 731,
            "year": 1843,
            "month": 9,
            "doi": "10.1000/en_gine",
            "url": "https://example.org/engine",
        },
    }


def test_it_reads_well_where_it_is_copied_from() -> None:
    text = cff([make(title="Looms", author="Lovelace, Ada", code=CODE, year="1843")], SITE, "The Engine")
    assert text == (
        'cff-version: "1.2.0"\n'
        'message: "If you use this software, please cite the paper under preferred-citation."\n'
        'type: "software"\n'
        'title: "The Engine"\n'
        "authors:\n"
        '  - family-names: "Lovelace"\n'
        '    given-names: "Ada"\n'
        f'    orcid: "{ORCID}"\n'
        f'repository-code: "{CODE}"\n'
        "preferred-citation:\n"
        '  type: "article"\n'
        '  title: "Looms"\n'
        "  authors:\n"
        '    - family-names: "Lovelace"\n'
        '      given-names: "Ada"\n'
        f'      orcid: "{ORCID}"\n'
        "  year: 1843\n"
    )


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("inproceedings", {"booktitle": "Proc."}, {"type": "conference-paper", "collection-title": "Proc."}),
        ("inproceedings", {"eventtitle": "NSDI ’26"}, {"conference": {"name": "NSDI ’26"}}),
        ("incollection", {"booktitle": "B"}, {"type": "generic", "collection-title": "B"}),
        ("book", {"publisher": "Wiley", "series": "S"}, {"publisher": {"name": "Wiley"}, "collection-title": "S"}),
        ("phdthesis", {"school": "Turin"}, {"institution": {"name": "Turin"}, "thesis-type": "PhD thesis"}),
        ("techreport", {"number": "7"}, {"type": "report", "number": 7}),
        ("software", {}, {"type": "software"}),
        ("dataset", {}, {"type": "data"}),
        ("invented", {}, {"type": "generic"}),
        ("article", {"journal": "J", "number": "2A", "volume": "IV"}, {"issue": "2A", "volume": "IV"}),
        ("article", {"journal": "J", "volume": "007"}, {"volume": "007"}),
        ("article", {"eid": "e12"}, {"start": "e12"}),
        ("article", {"pubstate": "forthcoming"}, {"status": "in-press"}),
        ("article", {"year": "-44", "month": "mar"}, {"year": None, "month": None}),
        (
            "misc",
            {"eprint": "2505.12242", "archiveprefix": "arXiv"},
            {
                "type": "article",
                "status": "preprint",
                "url": "https://arxiv.org/abs/2505.12242",
                "identifiers": [{"type": "other", "value": "arXiv:2505.12242"}],
            },
        ),
        ("article", {"doi": "10.1000/a<b>c"}, {"doi": None, "url": "https://doi.org/10.1000/a%3Cb%3Ec"}),
        ("article", {"doi": "10.1000/abc"}, {"doi": "10.1000/abc", "url": None}),
        ("article", {"url": "mailto:ada@ada.example"}, {"url": None}),
        (
            "book",
            {"author": "", "editor": "Babbage, Charles"},
            {"authors": [BABBAGE]},
        ),
        ("article", {"author": "Babbage, Charles and Babbage, Charles"}, {"authors": [BABBAGE]}),
    ],
)
def test_a_work_is_told_by_the_words_of_the_format(kind: str, fields: dict[str, str], expected: dict[str, Any]) -> None:
    work = cited(kind, **fields)
    assert {name: work.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    "text", ["1.10", "no", "2024-05-17", "~", "a: b # c", "- x", "{{ x }}", "!!python/x", '"', "\\n"]
)
def test_a_text_is_read_as_the_text_it_is(text: str) -> None:
    node = read(make(title="T", author="Lovelace, Ada", code=CODE), title=text, description=text)
    assert (node["title"], node["abstract"]) == (text, text)


def test_each_repository_has_a_file_of_its_own() -> None:
    about = {"author": "Lovelace, Ada"}
    new, old, other = (
        make(title="New", code=CODE, **about),
        make(title="Old", code=f"{CODE}/", **about),
        make(title="Other", github="ada/loom", **about),
    )
    assert by_repository([new, other, old]) == {CODE: [new, old], "https://github.com/ada/loom": [other]}
    node = read(new, old)
    assert node["preferred-citation"]["title"] == "New"
    assert [each["title"] for each in node["references"]] == ["Old"]


@pytest.mark.parametrize(
    "fields",
    [
        {"author": "Lovelace, Ada"},
        {"author": "Lovelace, Ada", "code": "files/engine.zip"},
        {"author": "Lovelace, Ada", "code": "mailto:ada@ada.example"},
        {"code": CODE},
    ],
)
def test_what_is_in_no_repository_or_by_nobody_has_no_file(fields: dict[str, str]) -> None:
    assert by_repository([make(title="T", **fields)]) == {}


SIGNS = st.sampled_from([*"\"'\\:#-?!&*%@`{}[],|>~$^\n\t\0\x85\u2028\ufeff λéא愛😀", ": ", " #", "\n- ", "---", "\\u"])
TEXTS = st.lists(st.text(max_size=5) | SIGNS, max_size=12).map("".join)
FIELDS = [
    "journal",
    "booktitle",
    "volume",
    "number",
    "pages",
    "year",
    "doi",
    "url",
    "publisher",
    "keywords",
    "eventtitle",
]


@settings(max_examples=200)
@given(
    title=TEXTS,
    description=TEXTS,
    kind=st.sampled_from(["article", "inproceedings", "misc", "thesis", "report", "book"]),
    fields=st.dictionaries(st.sampled_from(FIELDS), TEXTS, max_size=5),
    author=TEXTS,
)
def test_whatever_is_written_the_file_is_valid(
    title: str, description: str, kind: str, fields: dict[str, str], author: str
) -> None:
    paper = make(kind, **{"title": title, "author": f"Lovelace, Ada and {author}", "code": CODE, **fields})
    node = read(paper, title=f"The {title}", description=description)
    assert node["title"] == normalize_whitespace(f"The {title}")
    assert node.get("abstract", "") == normalize_whitespace(description)
    assert node["preferred-citation"]["title"] == (normalize_whitespace(plain_text(paper.title)) or "engine")
