"""All papers as files beside the pages, and the links that lead to them."""

import json
from collections.abc import Callable
from pathlib import Path

import bibtexparser
import feedparser
import pytest
import rispy

from conftest import Built, Project, build
from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.exporters import ris

FILES = ["llms.txt", "publications.atom", "publications.bib", "publications.json", "publications.ris"]
HOSTILE = '</script><script>alert(1)</script> ]]> "quoted" & [linked](javascript:alert)'

Root = Callable[[str], Built]
Copy = Callable[[str], Project]


def read(built: Built, name: str) -> str:
    """What a file of the site says, with its line ends."""
    return (built.output / name).read_bytes().decode()


def exported(built: Built) -> dict[str, bytes]:
    """The files that are there, and what is in them."""
    return {name: (built.output / name).read_bytes() for name in FILES if (built.output / name).is_file()}


def ages(built: Built) -> dict[str, int]:
    """When each file was written."""
    return {name: (built.output / name).stat().st_mtime_ns for name in FILES}


def test_the_papers_are_there_in_every_format(root: Root) -> None:
    built = root("exports")
    assert built.warnings == []
    assert sorted(exported(built)) == FILES
    titles = [HOSTILE, "Notes on the λ Engine"]
    assert [entry["title"] for entry in rispy.loads(read(built, "publications.ris"), newline="\r\n")] == titles
    assert [work["title"] for work in json.loads(read(built, "publications.json"))] == titles
    assert [entry.title for entry in feedparser.parse(read(built, "publications.atom")).entries] == titles
    assert [entry.key for entry in bibtexparser.parse_string(read(built, "publications.bib")).entries] == [
        "bad<script>",
        "engine",
    ]


def test_marks_and_the_sites_own_fields_stay_at_home(root: Root) -> None:
    text = read(root("exports"), "publications.bib")
    assert "author  = {Lovelace, Ada and Babbage, Charles}," in text
    assert "selected" not in text


def test_feed_and_summary_lead_to_the_entries(root: Root) -> None:
    place = "https://example.org/ada/pages/papers.html#engine"
    feed = feedparser.parse(read(root("exports"), "publications.atom"))
    assert feed.entries[1].link == place
    assert f"[Notes on the λ Engine]({place})" in read(root("exports"), "llms.txt")


def test_the_summary_lists_the_pages_in_the_order_of_the_menu(root: Root) -> None:
    head, _, rest = read(root("exports"), "llms.txt").partition("## Publications")
    assert head == (
        '# Ada "\\& Co" \\<b\\>\n\n'
        "> Notes on \\*engines\\* and &#91;looms&#93;.\n\n"
        "## Pages\n\n"
        "- [Ada](https://example.org/ada/index.html): Notes on \\*engines\\* and &#91;looms&#93;.\n"
        "- [Papers](https://example.org/ada/pages/papers.html)\n"
        "- [Alone](https://example.org/ada/alone.html): In no menu.\n\n"
    )
    assert "## Optional\n\n- [All publications as BibTeX](https://example.org/ada/publications.bib)\n" in rest


def test_every_page_announces_the_feed(root: Root) -> None:
    built = root("exports")
    for name in built.pages():
        (link,) = built.page(name)("link", rel="alternate", type="application/atom+xml")
        assert link["title"] == 'Ada "& Co" <b>: publications'
        assert (built.output / name).parent.joinpath(link["href"]).resolve() == built.output / "publications.atom"


def test_a_page_that_asks_for_them_has_a_line_of_links(root: Root) -> None:
    built = root("exports")
    (line,) = built.page("pages/papers").select(".publications-exports")
    assert line.get_text() == "All publications as BibTeX · RIS · CSL-JSON · Atom feed"
    targets = [(built.output / "pages" / link["href"]).resolve() for link in line("a")]
    assert targets == [built.output / f"publications.{ending}" for ending in ("bib", "ris", "json", "atom")]


def test_addresses_without_html_lead_there_too(project: Copy) -> None:
    copy = project("exports")
    built = build(copy.source, copy.work, "dirhtml")
    assert built.warnings == []
    links = built.page("pages/papers/index").select(".publications-exports a")
    assert links[0]["href"] == "../../publications.bib"
    feed = feedparser.parse(read(built, "publications.atom"))
    assert feed.entries[1].link == "https://example.org/ada/pages/papers/#engine"


def test_without_an_address_links_are_relative(project: Copy) -> None:
    built = project("exports").build(html_baseurl="")
    assert "[Notes on the λ Engine](pages/papers.html#engine)" in read(built, "llms.txt")
    assert feedparser.parse(read(built, "publications.atom")).entries[1].link == "pages/papers.html#engine"


@pytest.mark.parametrize(
    ("builder", "page"), [("text", "pages/papers.txt"), ("epub", "pages/papers.xhtml"), ("linkcheck", "")]
)
def test_where_there_are_no_files_there_are_no_links(project: Copy, builder: str, page: str) -> None:
    copy = project("exports")
    copy.write("refs.bib", "@misc{a, title = {A}}\n")
    built = build(copy.source, copy.work, builder, epub_show_urls="no", version="1", copyright="x")
    assert built.warnings == []
    assert exported(built) == {}
    if page:  # the link checker writes none
        assert "All publications as" not in (built.output / page).read_text("utf-8")


def test_without_papers_the_files_are_empty_and_the_links_still_lead_there(project: Copy) -> None:
    copy = project("exports")
    copy.write("refs.bib", "% none yet\n")
    built = copy.build(suppress_warnings=["folio"])
    assert built.warnings == []
    assert json.loads(read(built, "publications.json")) == []
    assert (read(built, "publications.bib"), read(built, "publications.ris")) == ("", "")
    assert feedparser.parse(read(built, "publications.atom")).entries == []
    assert "## Publications" not in read(built, "llms.txt")


def test_a_build_that_changes_nothing_makes_nothing(project: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = project("exports")
    before = ages(copy.build())
    monkeypatch.setattr("sphinx_folio.ext.publications.exports.makers_of", None)
    assert ages(copy.build()) == before


def test_what_has_not_changed_is_not_written(project: Copy) -> None:
    copy = project("exports")
    before = ages(copy.build())
    copy.write("alone.md", "---\norphan: true\n---\n# Alone no more\n")
    after = ages(copy.build())
    assert [name for name in FILES if after[name] != before[name]] == ["llms.txt"]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("refs.bib", "Babbage, Charles", "Somerville, Mary"),
        ("refs.bib", "@misc{bad<script>", "@comment{bad"),
        ("pages/papers.md", "```{publications}", "```{publications}\n:filter: year == 1843"),
        ("index.md", "Notes on", "More on"),
        ("index.md", "```{toctree}\npages/papers", "```{toctree}\nalone\npages/papers"),
    ],
)
def test_after_an_edit_the_files_are_those_of_a_clean_build(
    project: Copy, tmp_path: Path, name: str, old: str, new: str
) -> None:
    copy = project("exports")
    copy.build()
    text = (copy.source / name).read_text("utf-8")
    assert old in text
    copy.write(name, text.replace(old, new))
    again = exported(copy.build())
    clean = exported(build(copy.source, tmp_path / "clean"))
    assert again == clean


def test_a_file_that_was_deleted_is_made_again(project: Copy) -> None:
    copy = project("exports")
    before = exported(copy.build())
    (copy.work / "html/publications.ris").unlink()
    assert exported(copy.build()) == before


def test_the_owners_file_wins_for_as_long_as_there_is_one(project: Copy) -> None:
    copy = project("exports")
    made = exported(copy.build())
    copy.write("extra/llms.txt", "# Mine\n")
    for _ in ("first", "again"):
        assert read(copy.build(html_extra_path=["extra"]), "llms.txt") == "# Mine\n"
    (copy.source / "extra/llms.txt").unlink()
    assert exported(copy.build(html_extra_path=["extra"])) == made


def test_a_site_without_the_feature_has_none_of_it(project: Copy) -> None:
    copy = project("exports")
    copy.write(
        "conf.py", (copy.source / "conf.py").read_text("utf-8").replace(', "sphinx_folio.ext.publications.exports"', "")
    )
    copy.write("pages/papers.md", "# Papers\n\n```{publications}\n```\n")
    built = copy.build()
    assert built.warnings == []
    assert exported(built) == {}
    assert not built.page("index")("link", type="application/atom+xml")


def test_an_entry_that_a_format_fails_for_is_named_and_the_other_entries_are_there(
    project: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(publication: Publication) -> str:
        if publication.key == "engine":
            raise ZeroDivisionError("no such thing")
        return ris.ris_record(publication)

    copy = project("exports")
    whole = ris.ris_file
    monkeypatch.setattr(ris, "ris_file", lambda papers: whole(papers) if all(map(failing, papers)) else "")
    line = (copy.source / "refs.bib").read_text("utf-8").splitlines().index("@article{engine,") + 1
    for _ in ("from scratch", "again"):
        built = copy.build()
        assert built.warnings == [
            f"refs.bib:{line}: publications.ris lacks this entry: ZeroDivisionError: no such thing"
            " (the pages are whole; sphinx-build -vv shows where it failed) [folio.file]"
        ]
        assert sorted(exported(built)) == FILES
        assert [entry["title"] for entry in rispy.loads(read(built, "publications.ris"), newline="\r\n")] == [HOSTILE]


def test_a_file_that_cannot_be_written_is_named_and_the_others_are_there(
    project: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*arguments: object) -> str:
        raise ZeroDivisionError("no such thing")

    monkeypatch.setattr("sphinx_folio.ext.publications.exports.llms_txt", failing)
    built = project("exports").build()
    assert built.warnings[-1].startswith("llms.txt was not written: ZeroDivisionError")
    assert sorted(exported(built)) == FILES[1:]


@pytest.mark.parametrize("builder", ["html", "text"])
def test_a_label_above_the_line_of_links_is_no_end_of_a_build(project: Copy, builder: str) -> None:
    copy = project("exports")
    copy.write("index.md", "# Papers\n\nSee [here](#files).\n\n(files)=\n```{exports}\n```\n")
    assert [each for each in build(copy.source, copy.work, builder).warnings if "toctree" not in each] == []
