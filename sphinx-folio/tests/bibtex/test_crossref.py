from pathlib import Path

import pytest

from sphinx_folio.bibtex.crossref import inherit
from sphinx_folio.bibtex.datamodel import standardize
from sphinx_folio.bibtex.model import Entry, Problem
from sphinx_folio.bibtex.reader import read_bib_files

PROCEEDINGS = (
    "@proceedings{nsdi, title = {Proceedings of NSDI}, subtitle = {Twentieth}, editor = {Hopper, Grace}, year = 2024,"
    " month = apr, publisher = {USENIX}, doi = {10.1/whole}, abstract = {All}, pages = {1--900}, isbn = {1}}\n"
)


def inherited(path: Path, *texts: str) -> tuple[dict[str, Entry], list[Problem]]:
    files = []
    for number, text in enumerate(texts):
        files.append(path / f"{number}.bib")
        files[-1].write_text(text, "utf-8")
    entries, problems = inherit([standardize(entry)[0] for entry in read_bib_files(*files).entries])
    return {entry.key: entry for entry in entries}, list(problems)


def fields(path: Path, *texts: str) -> dict[str, str]:
    entries, problems = inherited(path, *texts)
    assert not problems
    return dict(entries["k"].fields)


def test_a_paper_takes_what_it_lacks_from_its_proceedings(tmp_path: Path) -> None:
    paper = "@inproceedings{k, title = {Own}, publisher = {ACM}, crossref = {nsdi}}\n"
    assert fields(tmp_path, paper + PROCEEDINGS) == {
        "title": "Own",
        "publisher": "ACM",
        "crossref": "nsdi",
        "booktitle": "Proceedings of NSDI",
        "booksubtitle": "Twentieth",
        "editor": "Hopper, Grace",
        "year": "2024",
        "month": "4",
        "isbn": "1",
    }


def test_what_is_about_the_whole_alone_stays_with_it(tmp_path: Path) -> None:
    found = fields(tmp_path, "@inproceedings{k, title = {Own}, crossref = {nsdi}}\n" + PROCEEDINGS)
    assert found.keys().isdisjoint({"doi", "abstract", "pages"})


def test_an_empty_field_is_a_missing_one(tmp_path: Path) -> None:
    assert fields(tmp_path, "@inproceedings{k, year = {}, crossref = {nsdi}}\n" + PROCEEDINGS)["year"] == "2024"


def test_keys_know_no_case_and_files_no_order(tmp_path: Path) -> None:
    found = fields(tmp_path, "@InProceedings{k, title = {Own}, CrossRef = { NSDI }}", PROCEEDINGS)
    assert found["booktitle"] == "Proceedings of NSDI"


def test_an_older_key_of_the_parent_will_do(tmp_path: Path) -> None:
    found = fields(tmp_path, "@inproceedings{k, crossref = {old}}\n@proceedings{new, title = {P}, ids = {older, old}}")
    assert found["booktitle"] == "P"


TITLES = {
    ("inproceedings", "proceedings"): "booktitle",
    ("incollection", "collection"): "booktitle",
    ("inreference", "reference"): "booktitle",
    ("inbook", "book"): "booktitle",
    ("suppbook", "book"): "booktitle",
    ("inproceedings", "misc"): "booktitle",
    ("inbook", "mvbook"): "maintitle",
    ("book", "mvbook"): "maintitle",
    ("collection", "mvcollection"): "maintitle",
    ("inproceedings", "mvproceedings"): "maintitle",
    ("article", "periodical"): "journal",
    ("suppperiodical", "periodical"): "journal",
    ("misc", "misc"): "title",
}


@pytest.mark.parametrize(("types", "name"), TITLES.items())
def test_the_title_of_the_whole_becomes_what_it_is_to_the_part(
    tmp_path: Path, types: tuple[str, str], name: str
) -> None:
    child, parent = types
    found = fields(
        tmp_path, f"@{child}{{k, crossref = {{whole}}}}\n@{parent}{{whole, title = {{W}}, shorttitle = {{S}}}}"
    )
    expected = {name: "W"} | ({"shorttitle": "S"} if name == "title" else {})
    assert found == {"crossref": "whole"} | expected


def test_a_booktitle_of_the_parents_own_counts_more_than_its_title(tmp_path: Path) -> None:
    text = "@inproceedings{k, crossref = {p}}\n@proceedings{p, title = {Long}, booktitle = {Short}}"
    assert fields(tmp_path, text)["booktitle"] == "Short"


def test_the_author_of_a_book_is_that_of_its_chapter_too(tmp_path: Path) -> None:
    found = fields(tmp_path, "@inbook{k, crossref = {b}}\n@book{b, author = {Woolf, Virginia}, title = {B}}")
    assert found["author"] == found["bookauthor"] == "Woolf, Virginia"


def test_grandparents_give_through_parents(tmp_path: Path) -> None:
    text = (
        "@inbook{k, title = {T}, crossref = {b}}\n"
        "@book{b, title = {B}, crossref = {m}}\n"
        "@mvbook{m, title = {M}, publisher = {P}}"
    )
    found = fields(tmp_path, text)
    assert (found["booktitle"], found["maintitle"], found["publisher"]) == ("B", "M", "P")


def test_a_date_is_inherited_whole_or_not_at_all(tmp_path: Path) -> None:
    dated = "@proceedings{p, title = {P}, date = {2023-07-10}}\n"
    assert "date" not in fields(tmp_path, dated + "@inproceedings{k, year = 2024, crossref = {p}}")
    assert fields(tmp_path, dated + "@inproceedings{k, crossref = {p}}")["date"] == "2023-07-10"
    assert "month" not in fields(tmp_path, PROCEEDINGS + "@inproceedings{k, year = 2023, crossref = {nsdi}}")
    assert fields(tmp_path, PROCEEDINGS + "@inproceedings{k, year = 2024, crossref = {nsdi}}")["month"] == "4"
    assert "date" not in fields(tmp_path, "@misc{k, year = 2024, xdata = {x}}\n@xdata{x, date = {2023}}")


def test_xdata_gives_all_it_has_and_is_not_published(tmp_path: Path) -> None:
    text = (
        "@xdata{acm, publisher = {ACM}, address = {New York}, xdata = {more}}\n@xdata{more, note = {N}}\n"
        "@xdata{series, series = {LNCS}, publisher = {Springer}, url = {https://example.org}}\n"
        "@book{k, title = {T}, xdata = {acm, series}}"
    )
    entries, problems = inherited(tmp_path, text)
    assert (list(entries), problems) == (["k"], [])
    assert entries["k"].fields == {
        "title": "T",
        "xdata": "acm, series",
        "publisher": "ACM",
        "address": "New York",
        "note": "N",
        "series": "LNCS",
        "url": "https://example.org",
    }


def test_xref_takes_over_nothing(tmp_path: Path) -> None:
    assert fields(tmp_path, "@inproceedings{k, xref = {nsdi}}\n" + PROCEEDINGS) == {"xref": "nsdi"}


def test_what_is_inherited_stands_in_the_line_that_says_so(tmp_path: Path) -> None:
    entries, _ = inherited(tmp_path, "@inproceedings{k,\n title = {Own},\n crossref = {nsdi},\n}\n" + PROCEEDINGS)
    assert (entries["k"].line_of("booktitle"), entries["k"].line_of("title")) == (3, 2)


MISSING = {
    "@misc{k,\n crossref = {nowhere}}": "k: crossref: no entry 'nowhere' (add it, or remove crossref)",
    "@misc{k,\n xref = {nowhere}}": "k: xref: no entry 'nowhere' (add it, or remove xref)",
    "@misc{k,\n xdata = {nowhere}}": "k: xdata: no entry 'nowhere' (add it, or remove xdata)",
    "@misc{k,\n crossref = {nsdi-24}}\n@misc{nsdi24}": "k: crossref: no entry 'nsdi-24' (did you mean 'nsdi24'?)",
    "@misc{k,\n crossref = {prceedings}}\n@misc{Proceedings}": (
        "k: crossref: no entry 'prceedings' (did you mean 'Proceedings'?)"
    ),
}


@pytest.mark.parametrize(("text", "message"), MISSING.items())
def test_a_parent_that_is_not_there_is_reported_in_its_line(tmp_path: Path, text: str, message: str) -> None:
    entries, (problem,) = inherited(tmp_path, text)
    assert (problem.line, problem.message, problem.subtype) == (2, message, "bibtex_crossref")
    assert "k" in entries


def test_entries_that_inherit_from_each_other_are_shown_as_they_are(tmp_path: Path) -> None:
    text = "@misc{k, title = {K}, crossref = {l}}\n@misc{l, note = {L}, publisher = {P}, crossref = {k}}"
    entries, (problem,) = inherited(tmp_path, text)
    assert entries["k"].fields["publisher"] == "P"
    assert problem.message == "l: crossref: 'k' leads back to this entry (remove one crossref)"


def test_an_entry_cannot_be_its_own_parent(tmp_path: Path) -> None:
    entries, (problem,) = inherited(tmp_path, "@inproceedings{k, title = {K}, crossref = {k}}")
    assert entries["k"].fields == {"title": "K", "crossref": "k"}
    assert problem.message == "k: crossref: 'k' leads back to this entry (remove one crossref)"


def test_any_number_of_generations_is_read(tmp_path: Path) -> None:
    text = "".join(f"@misc{{k{each}, crossref = {{k{each + 1}}}}}\n" for each in range(3000))
    entries, problems = inherited(tmp_path, text + "@misc{k3000, publisher = {P}}")
    assert entries["k2990"].fields["publisher"] == "P"
    assert (len(entries), problems) == (3001, [])


def test_an_entry_that_inherits_nothing_is_the_same_entry(tmp_path: Path) -> None:
    entry = Entry("k", "misc", {"title": "T"}, "refs.bib", 1, {"title": 1})
    assert inherit([entry])[0][0] is entry
