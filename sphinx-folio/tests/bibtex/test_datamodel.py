import pytest

from sphinx_folio.bibtex.datamodel import (
    KNOWN_FIELDS,
    STANDARD_FIELDS,
    STANDARD_TYPES,
    TYPE_ALIASES,
    standard_name,
    standardize,
)
from sphinx_folio.bibtex.model import Entry
from sphinx_folio.text import did_you_mean, truncate, typo_of, unique_id


def entry(type_: str = "misc", **fields: str) -> Entry:
    lines = {name: number for number, name in enumerate(fields, 2)}
    return Entry("k", type_, fields, "refs.bib", 1, lines)


def told(found: Entry) -> list[str]:
    return [f"{problem.line}: {problem.message}" for problem in standardize(found)[1]]


BIBLATEX = """
article book mvbook inbook bookinbook suppbook booklet collection mvcollection incollection suppcollection dataset
manual misc online patent periodical suppperiodical proceedings mvproceedings inproceedings reference mvreference
inreference report set software thesis unpublished xdata artwork audio bibnote commentary image jurisdiction legislation
legal letter movie music performance review standard video
"""


@pytest.mark.parametrize("type_", BIBLATEX.split())
def test_every_type_of_biblatex_is_known_and_kept(type_: str) -> None:
    found = entry(type_, title="T")
    assert standardize(found) == (found, ())


ALIASES = {
    "conference": ("inproceedings", None),
    "phdthesis": ("thesis", "PhD thesis"),
    "mastersthesis": ("thesis", "Master’s thesis"),
    "bachelorsthesis": ("thesis", "Bachelor’s thesis"),
    "techreport": ("report", "Technical report"),
    "electronic": ("online", None),
    "www": ("online", None),
}


@pytest.mark.parametrize(("alias", "expected"), ALIASES.items())
def test_an_alias_becomes_the_type_that_it_stands_for(alias: str, expected: tuple[str, str | None]) -> None:
    found, problems = standardize(entry(alias, title="T"))
    assert ((found.type, found.fields.get("type")), problems) == (expected, ())


def test_a_type_of_ones_own_words_stays() -> None:
    assert standardize(entry("phdthesis", type="Habilitation"))[0].fields == {"type": "Habilitation"}


def test_biblatexs_words_for_kinds_are_put_into_english() -> None:
    assert standardize(entry("thesis", type="mathesis"))[0].fields == {"type": "Master’s thesis"}
    assert standardize(entry("patent", type="patentus"))[0].fields == {"type": "Patent"}


FIELD_NAMES = {
    "journaltitle": "journal",
    "location": "address",
    "school": "institution",
    "eprinttype": "archiveprefix",
    "eprintclass": "primaryclass",
    "keyword": "keywords",
    "tags": "keywords",
    "issue": "number",
    "arxivid": "arxiv",
    "hal_id": "hal",
}


@pytest.mark.parametrize(("alias", "name"), FIELD_NAMES.items())
def test_an_alias_becomes_the_field_that_it_stands_for_in_its_line(alias: str, name: str) -> None:
    found, problems = standardize(entry("article", title="T", **{alias: "X"}))
    assert (found.fields, found.line_of(name), problems) == ({"title": "T", name: "X"}, 3, ())
    assert standard_name(alias) == name


def test_an_alias_keeps_its_name_where_the_other_says_something() -> None:
    found = entry("article", number="2", issue="Spring", tags="b", keyword="a")
    assert standardize(found)[0].fields == {"number": "2", "issue": "Spring", "keywords": "b", "keyword": "a"}


def test_an_alias_replaces_an_empty_field() -> None:
    assert standardize(entry("article", journal="", journaltitle="J"))[0].fields == {"journal": "J"}


SLIPS = {
    "autor": "author",
    "tilte": "title",
    "jounral": "journal",
    "notes": "note",
    "urls": "url",
    "yaer": "year",
    "bootitle": "booktitle",
    "abstact": "abstract",
    "pubisher": "publisher",
    "keyworks": "keywords",
}


@pytest.mark.parametrize(("name", "meant"), SLIPS.items())
def test_a_field_that_is_nearly_a_known_one_is_a_hint(name: str, meant: str) -> None:
    (problem,) = standardize(entry("article", key="K", **{name: "X"}))[1]
    assert problem.message == f"k: nothing uses {name} (did you mean {meant}?)"
    assert (problem.line, problem.subtype, problem.is_error) == (3, "bibtex_field", False)


def test_nothing_is_asked_where_the_field_is_there_too() -> None:
    assert not told(entry("article", note="N", notes="M"))


OTHER_TOOLS = """
timestamp owner file groups bdsk-url-1 date-added mendeley-tags slaccitation adsurl adsnote biburl bibsource coden core
data fjournal collaboration urn ppn_gvk creationdate readstatus __markedentry shortjournal editora volumes part eissn
bibtex_show google_scholar_id inspirehep_id altmetric dimensions title2 rate eid lccn x foo
"""


@pytest.mark.parametrize("name", OTHER_TOOLS.split())
def test_fields_of_other_tools_and_of_ones_own_are_kept_silently(name: str) -> None:
    found = entry("article", **{name: "X"})
    assert standardize(found) == (found, ())


def test_no_known_field_is_taken_for_a_slip() -> None:
    assert not told(entry("article", **dict.fromkeys(KNOWN_FIELDS, "")))
    assert STANDARD_FIELDS < KNOWN_FIELDS


MISSPELT = {
    "artcile": "article",
    "inproceeding": "inproceedings",
    "incolection": "incollection",
    "phdtesis": "phdthesis",
    "techrep": "techreport",
}


@pytest.mark.parametrize(("name", "meant"), MISSPELT.items())
def test_a_misspelt_type_is_told_and_kept(name: str, meant: str) -> None:
    found, _ = standardize(entry(name, title="T"))
    assert found.type == name
    assert told(found) == [f"1: k: @{name} is not a known type, so it is shown like @misc (did you mean @{meant}?)"]


@pytest.mark.parametrize("name", ["talk", "poster", "preprint", "hardware", "tutorial", "gizmo", "customa"])
def test_an_invented_type_is_the_owners_own(name: str) -> None:
    found = entry(name, title="T")
    assert standardize(found) == (found, ())


def test_no_known_type_is_taken_for_another() -> None:
    assert not any(told(entry(name)) for name in STANDARD_TYPES | TYPE_ALIASES.keys())


def test_a_slip_is_one_letter_or_two_the_wrong_way_round() -> None:
    known = ["title", "url", "date"]
    assert [typo_of(name, known) for name in ("titel", "tite", "tiitle", "tutle", "urls")] == [*["title"] * 4, "url"]
    assert not any(typo_of(name, known) for name in ("title1", "rate", "uri", "titration", "ttlie"))


def test_a_long_text_is_cut_on_one_line_and_shows_that_it_was() -> None:
    assert truncate("An  Engine\nof Its Own", 20) == "An Engine of Its Own"
    assert truncate("An  Engine\nof Its Own", 11) == "An Engine…"


def test_names_are_made_unique_and_guessed() -> None:
    assert unique_id("a", {"a", "a-2"}) == "a-3"
    assert did_you_mean("yaer", ["year"], "a field") == "did you mean 'year'?"
    assert did_you_mean("xyz", ["year"], "a field") == "expected a field"
