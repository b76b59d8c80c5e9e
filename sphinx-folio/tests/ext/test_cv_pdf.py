import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from docutils import nodes
from pypdf import PdfReader
from sphinx.errors import ConfigError

from conftest import Project, build

CV = "ada-lovelace-cv.pdf"
SHORT = "ada-lovelace-cv-one-page.pdf"


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 24 November 2026."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795500000")


@pytest.fixture
def cv(project: Callable[[str], Project]) -> Project:
    """A site with a CV, to edit and build again."""
    return project("cv-pdf")


def read(pdf: Path) -> str:
    """What a program reads in a PDF, on one line."""
    text = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout
    return " ".join(text.split())


def links(pdf: Path) -> list[str]:
    """Where a PDF leads."""
    annotations = [each.get_object() for page in PdfReader(pdf).pages for each in page.get("/Annots", ())]
    return [each["/A"]["/URI"] for each in annotations if "/URI" in each.get("/A", {})]


def edit(project: Project, name: str, old: str, new: str) -> None:
    """Replace a text in a file that has it."""
    text = (project.source / name).read_text("utf-8")
    assert old in text
    project.write(name, text.replace(old, new))


def test_the_cv_says_what_its_page_says_in_its_order(cv: Project) -> None:
    built = cv.build()
    assert built.warnings == []
    text = read(built.output / CV)
    said = [
        *("Ada Lovelace", "Analyst", "lovelace.example", "ada@lovelace.example", "github.com/ada"),
        *("Interests", "Machines that weave patterns as Lovelace and Menabrea [1843] says, and numbers."),
        *("Experience", "Analytical Society", "Oct 1842 – Present", "Analyst", "Programmed the engine."),
        *("Scientific Memoirs", "Jan 1842 – Sep 1842", "Translator", "Honours", "Medal of the Society"),
        *("Publications", "* Equal contribution", "Ada Lovelace*, Luigi Menabrea*.", "“Notes upon the Memoir.”"),
        "On Flying",
    ]
    rest = text
    for each in said:
        assert each in rest, each
        rest = rest.partition(each)[2]


def test_what_is_for_the_screen_is_not_printed(cv: Project) -> None:
    text = read(cv.build().output / CV)
    assert text.count("Ada Lovelace") == 3  # in the header, and as an author of two papers
    assert "Download" not in text
    assert "vCard" not in text


def test_its_links_lead_where_the_site_is_published(cv: Project) -> None:
    found = links(cv.build().output / CV)
    assert {"https://lovelace.example/engine.html", "https://numbers.example/", "mailto:ada@lovelace.example"} <= {
        *found
    }
    assert "https://lovelace.example/cv/index.html#notes" in found  # the citation
    assert "https://memoirs.example/notes" in found
    assert [each for each in found if not re.match(r"https://|mailto:", each)] == []


def test_without_an_address_of_the_site_no_link_leads_nowhere(cv: Project) -> None:
    built = cv.build(html_baseurl="")
    assert [each for each in links(built.output / CV) if "engine" in each] == []
    assert "weave patterns" in read(built.output / CV)


def test_the_page_says_how_large_the_pdf_is_and_of_when(cv: Project) -> None:
    built = cv.build()
    line = built.page("cv/index").select_one(".downloads")
    size = round((built.output / CV).stat().st_size / 1000)
    assert line is not None
    assert f"PDF (1 page, {size} kB, 24 Nov 2026)" in line.get_text()
    assert [link["href"] for link in line.select("a")][:2] == [f"../{CV}", f"../{SHORT}"]


def test_a_short_version_leaves_out_what_is_tagged_for_others_and_papers_not_selected(cv: Project) -> None:
    text = read(cv.build().output / SHORT)
    assert "Analytical Society" in text
    assert "Notes upon the Memoir" in text
    assert [left for left in ("Translator", "Honours", "Medal", "On Flying") if left in text] == []


def test_entries_and_papers_may_be_chosen_for_a_version_by_name(cv: Project) -> None:
    edit(cv, "cv/index.md", ":tags: full\n```\n\n## Honours", ":tags: academic, one-page\n```\n\n## Honours")
    edit(cv, "refs.bib", "title  = {On Flying}", "keywords = {wings, one-page}, title = {On Flying}")
    built = cv.build()
    assert "Translator" in read(built.output / CV)
    text = read(built.output / SHORT)
    assert [kept for kept in ("Translator", "On Flying") if kept not in text] == []
    assert [left for left in ("Analytical Society", "Notes upon") if left in text] == []


def test_however_papers_are_grouped_a_short_version_has_the_selected_ones(cv: Project) -> None:
    edit(cv, "cv/index.md", ":style: cv", ":style: cv\n:group-by: year")
    text = read(cv.build().output / SHORT)
    assert "Notes upon the Memoir" in text
    assert [left for left in ("On Flying", "1828") if left in text] == []


def test_a_tag_that_is_nearly_a_version_is_told(cv: Project) -> None:
    edit(cv, "cv/index.md", ":tags: full\n```\n\n## Honours", ":tags: Full onepage industry\n```\n\n## Honours")
    assert [each.partition(": ")[2] for each in cv.build().warnings] == [
        "{position} Translator: no version 'Full' in cv_versions; did you mean 'full'? [folio.cv_tag]",
        "{position} Translator: no version 'onepage' in cv_versions; did you mean 'one-page'? [folio.cv_tag]",
    ]


def test_an_author_without_a_name_is_told(cv: Project) -> None:
    assert [each for each in cv.build(author="").warnings if "author in conf.py is not set" in each]


def test_a_folder_of_fonts_that_is_not_there_is_told(cv: Project) -> None:
    assert cv.build(cv_fonts=["fonts"]).warnings == ["cv_fonts in conf.py: no folder 'fonts' [folio.cv_fonts]"]


def test_a_version_that_does_not_fit_its_pages_is_a_hint_and_not_offered_until_it_does(cv: Project) -> None:
    assert (cv.build().output / SHORT).is_file()
    edit(cv, "cv/index.md", "## Experience", "word " * 3000 + "\n\n## Experience")
    built = cv.build()
    assert built.warnings == []
    assert built.hints == [
        "cv/index.md: the CV version 'one-page' has 3 pages instead of 1, so it is not published;"
        " shorten it with :tags:, or raise the limit in cv_versions [folio.cv_length]"
    ]
    assert (built.output / CV).is_file()
    assert not (built.output / SHORT).exists()
    assert "one-page" not in str(built.page("cv/index"))
    edit(cv, "cv/index.md", "word " * 3000, "")
    built = cv.build()
    assert built.hints == []
    assert "One-page PDF (1 page" in built.text("cv/index")


def test_a_position_that_is_removed_is_gone_everywhere_at_once(cv: Project, tmp_path: Path) -> None:
    before = cv.build().output
    everywhere = {
        "page": lambda: (before / "cv/index.html").read_text("utf-8"),
        "PDF": lambda: read(before / CV),
        "JSON Resume": lambda: (before / "resume.json").read_text("utf-8"),
        "JSON-LD": lambda: (before / "index.html").read_text("utf-8"),
    }
    assert [name for name, text in everywhere.items() if "Analytical Society" not in text()] == []
    text = (cv.source / "cv/index.md").read_text("utf-8")
    cv.write("cv/index.md", re.sub(r"```\{position\} Analyst\n.*?```\n", "", text, flags=re.DOTALL))
    after = cv.build()
    assert after.warnings == []
    assert [name for name, text in everywhere.items() if "Analytical Society" in text()] == []
    clean = build(cv.source, tmp_path / "clean").output
    for name in (CV, SHORT, "resume.json", "index.html", "cv/index.html"):
        assert (after.output / name).read_bytes() == (clean / name).read_bytes(), name


def test_a_paper_that_changes_changes_the_pdf(cv: Project) -> None:
    cv.build()
    edit(cv, "refs.bib", "On Flying", "On Swimming")
    assert "On Swimming" in read(cv.build().output / CV)


def test_a_version_that_is_no_longer_made_is_gone(cv: Project) -> None:
    assert (cv.build().output / SHORT).is_file()
    built = cv.build(cv_versions={"full": 0})
    assert (built.output / CV).is_file()
    assert not (built.output / SHORT).exists()
    assert "One page" not in built.text("cv/index")


def test_it_is_not_made_again_when_nothing_of_it_changed(cv: Project) -> None:
    made = cv.build().output / CV
    os.utime(made, ns=(1, 1))
    edit(cv, "engine.md", "algebraic", "geometric")
    cv.build()
    assert made.stat().st_mtime_ns == 1
    edit(cv, "cv/index.md", "the engine**", "the mill**")
    cv.build()
    assert made.stat().st_mtime_ns != 1


def test_the_same_sources_and_date_give_the_same_bytes(cv: Project, tmp_path: Path) -> None:
    first = cv.build().output / CV
    second = build(cv.source, tmp_path / "again").output / CV
    assert first.read_bytes() == second.read_bytes()


def test_while_editing_no_pdf_is_made_and_none_is_offered(cv: Project, tmp_path: Path) -> None:
    command = ["-m", "sphinx", "-q", "-t", "live", cv.source, tmp_path / "live"]
    made = subprocess.run([sys.executable, *command], capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    assert list((tmp_path / "live").rglob("*.pdf")) == []
    assert "pdf" not in (tmp_path / "live/cv/index.html").read_text("utf-8")


def test_the_builder_cv_makes_the_pdfs_and_nothing_else(cv: Project) -> None:
    built = build(cv.source, cv.work, "cv")
    assert built.warnings == []
    assert sorted(path.name for path in built.output.iterdir()) == [SHORT, CV]
    assert "https://lovelace.example/engine.html" in links(built.output / CV)


def test_both_paper_sizes_can_be_had(cv: Project) -> None:
    for paper, size in (("us-letter", (612, 792)), ("A4", (595, 842))):
        page = PdfReader(cv.build(cv_paper=paper).output / CV).pages[0]
        assert (round(page.mediabox.width), round(page.mediabox.height)) == size


def test_a_template_of_the_site_replaces_the_package_s(cv: Project) -> None:
    cv.build()
    cv.write(
        "_templates/cv.typ",
        '#let cv = json("cv.json")\n#set document(title: cv.title)\n#set text(lang: "en")\n= Life of #cv.name',
    )
    assert read(cv.build(templates_path=["_templates"]).output / CV) == "Life of Ada Lovelace"


def test_a_mistake_in_such_a_template_is_told(cv: Project) -> None:
    cv.write("_templates/cv.typ", "#undefined")
    built = cv.build(templates_path=["_templates"])
    assert built.warnings == ["_templates/cv.typ:1: CV: unknown variable: undefined [folio.cv_typst]"]
    assert not (built.output / CV).exists()
    assert "PDF" not in built.text("cv/index")


def test_an_entry_that_cannot_be_set_is_named_with_its_place_and_the_rest_is_set(cv: Project) -> None:
    edit(cv, "cv/index.md", "Programmed **the engine**", "Programmed \u0378 it")  # no character, so in no font
    built = cv.build()
    line = (cv.source / "cv/index.md").read_text("utf-8").splitlines().index("```{position} Analyst") + 1
    assert [each for each in built.warnings if f"cv/index.md:{line}:" in each and "378" in each]
    assert "Scientific Memoirs" in read(built.output / CV)


def test_a_paper_that_cannot_be_set_is_named_with_its_place(cv: Project) -> None:
    edit(cv, "refs.bib", "On Flying", "On \u0378")
    built = cv.build()
    line = (cv.source / "refs.bib").read_text("utf-8").splitlines().index("@misc{flying,") + 1
    assert [each for each in built.warnings if f"refs.bib:{line}:" in each and "378" in each]
    assert "Notes upon the Memoir" in read(built.output / CV)


@pytest.mark.parametrize(
    "text", ["#let x = 1", "#sys.version", "a_b*c*", "@ref $x$", "<label>", '"quoted"', "// not", "[x] `y`"]
)
def test_what_is_markup_to_typst_is_text_in_any_field(cv: Project, text: str) -> None:
    escaped = re.sub(r"([\\`*_{}\[\]<>$@])", r"\\\1", text)
    edit(cv, "cv/index.md", "Programmed **the engine**", escaped)
    edit(cv, "cv/index.md", ":organization: Analytical Society", f":organization: {json.dumps(escaped)}")
    built = cv.build(author=text, smartquotes=False)
    found = read(built.output / next(built.output.glob("*cv.pdf")).name)
    assert found.count(text) >= 3


def test_a_page_that_is_not_there_is_told(cv: Project) -> None:
    built = cv.build(cv_page="vc/index")
    assert built.warnings == ["cv_page in conf.py: no page 'vc/index'; did you mean 'cv/index'? [folio.cv_pdf]"]


def test_a_site_without_a_cv_has_no_pdf_and_nothing_to_be_told(cv: Project) -> None:
    (cv.source / "cv/index.md").unlink()
    cv.write("index.md", "# Ada Lovelace\n\n```{toctree}\nengine\n```\n")
    built = cv.build()
    assert (built.warnings, built.hints) == ([], [])
    assert list(built.output.rglob("*.pdf")) == []


def test_entries_without_a_page_of_the_cv_are_a_hint(cv: Project) -> None:
    (cv.source / "cv/index.md").unlink()
    cv.write("index.md", "# Ada Lovelace\n\n```{award} Medal\n```\n\n```{toctree}\nengine\n```\n")
    built = cv.build()
    assert built.warnings == []
    assert built.hints == [
        "no PDF of the CV: there is no page 'cv/index'; name the CV's page in conf.py, e.g. cv_page = 'index'"
        " [folio.cv_pdf]"
    ]
    assert (cv.build(cv_page="index").output / CV).is_file()


def test_a_page_that_is_removed_takes_the_pdf_with_it(cv: Project) -> None:
    cv.write("index.md", "# Ada Lovelace\n\n```{downloads}\n```\n\n```{toctree}\nengine\ncv/index\n```\n")
    assert CV in str(cv.build().page("index"))
    cv.write("index.md", "# Ada Lovelace\n\n```{downloads}\n```\n\n```{toctree}\nengine\n```\n")
    (cv.source / "cv/index.md").unlink()
    built = cv.build()
    assert list(built.output.rglob("*.pdf")) == []
    assert CV not in str(built.page("index"))


def test_without_typst_the_owner_is_told_and_the_site_is_made(cv: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sphinx_folio.ext.cv.pdf.find_spec", lambda name: None)
    built = cv.build()
    assert [each for each in built.warnings if "pip install 'sphinx-folio[pdf]'" in each] == built.warnings != []
    assert "Analytical Society" in built.text("cv/index")
    assert CV not in str(built.page("cv/index"))


def test_what_the_page_says_of_itself_is_the_subject_of_the_pdf(cv: Project) -> None:
    assert PdfReader(cv.build().output / CV).metadata.subject == "What Ada Lovelace has done."
    edit(cv, "cv/index.md", "What Ada Lovelace has done.", "A life.")
    assert PdfReader(cv.build().output / CV).metadata.subject == "A life."


def test_what_a_template_of_the_site_takes_from_beside_it_may_change(cv: Project) -> None:
    cv.write(
        "_templates/cv.typ",
        '#import "mine.typ": greeting\n#set document(title: "x")\n#set text(lang: "en")\n= #greeting',
    )
    cv.write("_templates/mine.typ", '#let greeting = "Good day"')
    assert read(cv.build(templates_path=["_templates"]).output / CV) == "Good day"
    cv.write("_templates/mine.typ", '#let greeting = "Good night"')
    assert read(cv.build(templates_path=["_templates"]).output / CV) == "Good night"


def test_whatever_markdown_an_entry_holds_is_printed(cv: Project) -> None:
    inside = """~~~{award} Prize within
~~~

~~~{publications}
:style: cv
~~~

> Quoted.

| Table | Cell |
|---|---|
| one | two |

Noted[^1].

[^1]: At the foot.
"""
    edit(cv, "cv/index.md", "- Programmed **the engine**.", inside)
    edit(cv, "cv/index.md", "## Honours", "- A list\n\n  ```{award} Prize in a list\n  ```\n\n## Honours")
    built = cv.build()
    assert built.warnings == []
    text = read(built.output / CV)
    wanted = (
        "Prize within",
        "Quoted.",
        "Table · Cell",
        "one · two",
        "Noted1.",
        "1 At the foot.",
        "A list",
        "Prize in a",
    )
    assert [each for each in wanted if each not in text] == []


def test_what_is_for_the_screen_only_is_in_no_pdf_however_it_is_made(cv: Project) -> None:
    only = ":::{only} html\nOn the screen.\n:::\n\n:::{only} pdf\nOn paper.\n:::\n\n## Experience"
    edit(cv, "cv/index.md", "## Experience", only)
    built = cv.build(myst_enable_extensions=["colon_fence"])
    other = build(cv.source, cv.work, "cv", myst_enable_extensions=["colon_fence"])
    assert "On the screen." in built.text("cv/index")
    for made in (built, other):
        assert "On paper." in read(made.output / CV)
        assert "On the screen." not in read(made.output / CV)


def test_titles_lead_where_they_do_on_the_page(cv: Project) -> None:
    edit(cv, "refs.bib", "title  = {On Flying}", "pdf = {http-wings.pdf}, title = {On Flying}")
    cv.write("_static/http-wings.pdf", "%PDF")
    cv.write(
        "refs.bib",
        (cv.source / "refs.bib").read_text("utf-8") + "@misc{pins, title = {Pins}, author = {Lovelace, Ada}}\n",
    )
    conf = (cv.source / "conf.py").read_text("utf-8")
    cv.write(
        "conf.py",
        conf.replace(
            '"sphinx_folio.ext.profile.contact"',
            '"sphinx_folio.ext.publications.paper_pages", "sphinx_folio.ext.profile.contact"',
        ),
    )
    found = links(cv.build().output / CV)
    assert "https://lovelace.example/_static/http-wings.pdf" in found
    assert "https://lovelace.example/publications/pins.html" in found


def test_another_way_of_making_it_changes_nothing_that_the_page_says(cv: Project) -> None:
    before = cv.build().page("cv/index").select_one(".downloads")
    build(cv.source, cv.work, "cv", cv_versions={"full": 0})
    edit(cv, "cv/index.md", "the engine**", "the mill**")
    after = cv.build().page("cv/index").select_one(".downloads")
    assert [link["href"] for link in after.select("a")] == [link["href"] for link in before.select("a")]


def test_pages_below_the_cv_in_the_menu_are_part_of_it(cv: Project) -> None:
    text = (cv.source / "cv/index.md").read_text("utf-8")
    cv.write("cv/index.md", text + "\n```{toctree}\nteaching\n```\n")
    cv.write("cv/teaching.md", "# Teaching\n\n```{teaching} Mathematics\n:period: 1841\n```\n")
    assert read(cv.build().output / CV).endswith("Teaching Mathematics 1841")
    cv.write("cv/teaching.md", "# Teaching\n\n```{teaching} Astronomy\n:period: 1841\n```\n")
    assert read(cv.build().output / CV).endswith("Teaching Astronomy 1841")


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ({"cv_paper": "a5"}, "expected 'us-letter' or 'a4'"),
        ({"cv_versions": ["full"]}, "expected the pages that each may have"),
        ({"cv_versions": {"full": "two"}}, "expected the pages that each may have"),
    ],
)
def test_a_setting_that_means_nothing_is_told_at_once(cv: Project, setting: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        cv.build(**setting)


def test_a_list_with_a_form_and_a_picture_is_printed_without_them(cv: Project) -> None:
    edit(cv, "cv/index.md", ":style: cv", ":style: cv\n:facets:\n:chart:")
    built = cv.build()
    assert built.warnings == []
    assert "Notes upon the Memoir" in read(built.output / CV)


def test_a_footnote_that_holds_a_list_or_nothing_to_print_is_printed(cv: Project) -> None:
    edit(cv, "cv/index.md", "## Honours", "Noted[^1] twice[^2].\n\n[^1]: - In a list\n\n[^2]: <b></b>\n\n## Honours")
    built = cv.build()
    assert built.warnings == []
    assert "In a list" in read(built.output / CV)


def test_an_entry_whose_printing_fails_is_named_and_costs_neither_the_page_nor_the_rest(
    cv: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(node: nodes.Node) -> None:
        raise ZeroDivisionError("no such thing")

    edit(cv, "cv/index.md", "Programmed **the engine**", "Programmed $x$")
    monkeypatch.setattr("sphinx_folio.cv.document.formula_run", fail)
    line = next(n for n, text in enumerate((cv.source / "cv/index.md").read_text().splitlines(), 1) if "$x$" in text)
    for _ in ("from scratch", "again"):
        built = cv.build(myst_enable_extensions=["dollarmath"])
        assert [each for each in built.warnings if f"cv/index.md:{line}: {CV} lacks this: ZeroDivisionError" in each]
        assert {each.rpartition(" ")[2] for each in built.warnings} == {"[folio.file]"}
        assert "Scientific Memoirs" in read(built.output / CV)
        assert "Programmed" in built.text("cv/index")


def test_a_pdf_that_cannot_be_made_at_all_costs_no_page(cv: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise ZeroDivisionError("no such thing")

    monkeypatch.setattr("sphinx_folio.ext.cv.pdf.typeset", fail)
    built = cv.build()
    assert [each.partition(": ")[2] for each in built.warnings] == [
        f"{file} was not made: ZeroDivisionError: no such thing"
        " (the pages are whole; sphinx-build -vv shows where it failed) [folio.file]"
        for file in (CV, SHORT)
    ]
    assert "Analytical Society" in built.text("cv/index")
    assert "PDF" not in built.text("cv/index")
