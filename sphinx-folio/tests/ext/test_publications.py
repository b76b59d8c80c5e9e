import json
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup, Tag
from sphinx.errors import ConfigError

from conftest import Built, Project, build


@pytest.fixture
def built(root: Callable[[str], Built]) -> Built:
    return root("publications")


def entry(page: BeautifulSoup, anchor: str) -> Tag:
    found = page.find(id=anchor)
    assert found is not None, f"no #{anchor}"
    return found


def titles(page: BeautifulSoup) -> list[str]:
    return [title.get_text() for title in page.select(".publication-title")]


def test_papers_are_newest_first_under_year_headings(built: Built) -> None:
    page = built.page("index")
    assert [heading.get_text().rstrip("¶#") for heading in page.select("h2")] == ["1844", "1843", "Undated"]
    assert [len(section.select(".publication")) for section in page.select("section section")] == [2, 1, 1]


def test_an_entry_reads_label_title_authors_where_note_links(built: Built) -> None:
    item = entry(built.page("index"), "engine")
    assert [child["class"][0] for child in item.find_all(["p", "div"], recursive=False)] == [
        "publication-venue",
        "publication-title",
        "publication-authors",
        "publication-where",
        "publication-note",
        "publication-actions",
    ]
    assert item.select_one(".publication-venue").get_text() == "Memoirs’43"
    assert item.select_one(".publication-authors").get_text() == "Ada Lovelace*, Charles Babbage*, Mary Somerville"
    assert item.select_one(".publication-where").get_text() == "Scientific Memoirs 3:666–731, 1843"
    assert item.select_one(".publication-note").get_text() == "Adopted by the Engine"


def test_the_title_keeps_its_case_its_math_and_its_emphasis(built: Built) -> None:
    title = entry(built.page("index"), "engine").select_one(".publication-title")
    assert title.get_text().startswith("Notes on the λ Engine: ")
    assert title.select_one("math").get_text(strip=True) == "xij2"
    assert title.em.get_text() == "practice"
    assert title.a["href"] == "https://doi.org/10.1000/engine"


def test_the_owner_is_marked_and_nobody_else(built: Built) -> None:
    marked = entry(built.page("index"), "engine").select(".publication-owner")
    assert [name.get_text() for name in marked] == ["Ada Lovelace"]


def test_others_are_et_al(built: Built) -> None:
    assert entry(built.page("index"), "2024甲").select_one(".publication-authors").get_text() == "Ada Lovelace et al."


def test_a_star_is_explained_where_one_is_shown(built: Built) -> None:
    assert "* Equal contribution" in built.text("engine")
    assert "Equal contribution" not in built.text("wrong").split("Still here")[1]


def test_links_lead_to_addresses_files_and_the_project_page(built: Built) -> None:
    links = {
        link.get_text(): link["href"] for link in entry(built.page("index"), "engine").select(".publication-links a")
    }
    assert links["DOI"] == "https://doi.org/10.1000/engine"
    assert links["Code"] == "https://example.org/engine?a=1&b=2"
    assert links["Project page"] == "engine.html"
    assert (built.output / links["Slides"]).read_bytes() == b"%PDF-1.4\n"


def test_a_project_page_does_not_link_to_itself(built: Built) -> None:
    assert titles(built.page("engine"))
    assert "Project page" not in built.text("engine")


def test_a_limit_counts_from_the_newest(built: Built) -> None:
    first, second, *rest = titles(built.page("some"))
    assert (first, second) == ('<script>alert("title")</script> & "quotes"', "A key that no slug would like")
    assert len(rest) == 1


def test_a_list_that_nothing_belongs_to_says_so(built: Built) -> None:
    assert "No publications yet." in built.text("some")


def test_one_paper_may_stand_on_many_pages_and_twice_on_one(project: Callable[[str], Project]) -> None:
    copy = project("publications")
    copy.write("wrong.md", "# Right\n")
    copy.write("some.md", "# Some\n" + '\n```{publications}\n:filter: key == "engine"\n```\n' * 2)
    built = copy.build()
    assert [warning for warning in built.warnings if "javascript" not in warning] == []
    assert [item["id"] for item in built.page("some").select(".publication")] == ["engine", "engine-2"]


def test_text_from_the_file_is_text(built: Built) -> None:
    for name in built.pages():
        page = built.page(name)
        assert not [script for script in page.select("script") if "alert(" in script.get_text()]
        assert not page.select(".publication b, .publication img, [onerror], a[href^='javascript:' i]")
    item = entry(built.page("index"), "bad-script-alert-1-script-key")
    assert item.select_one(".publication-title").get_text() == '<script>alert("title")</script> & "quotes"'
    assert item.select_one(".publication-authors").get_text() == "Mallory <u>Eve</u>"
    assert item.select_one(".publication-note").get_text() == "<img src=x onerror=alert(1)>"


def test_what_is_wrong_is_told_once_with_file_and_line(built: Built) -> None:
    assert sorted(built.warnings) == [
        "refs.bib:15: bad<script>alert(1)</script>key: code = {javascript:alert(1)} does not become a link"
        " (write an http, https or mailto address, or the path of a file of this site) [folio.bibtex_address]",
        "wrong.md:3: :filter: is ignored: 'year >=' cannot be read;"
        ' expected an expression such as: year >= 2024 and project == "projects/name" [folio.filter]',
    ]
    assert built.hints == [
        "some.md:11: :filter: year > 1900: no entry matches, so the list is empty;"
        " change the filter, or leave it until an entry does [folio.filter]",
        "wrong.md:7: :filter: key == \"enigne\": no entry has the key 'enigne'; did you mean 'engine'? [folio.filter]",
    ]


def test_what_leads_nowhere_is_told_once_at_its_line_and_makes_no_button(project: Callable[[str], Project]) -> None:
    copy = project("publications")
    copy.write(
        "refs.bib",
        "@misc{engine, title = {T},\n project = {engien},\n code = {code/x.py},\n pdf = {talks/engine.pdf}}\n",
    )
    built = copy.build(suppress_warnings=["folio.filter"])
    assert built.warnings == [
        "refs.bib:2: engine: no page 'engien' (did you mean 'engine'?) [folio.bibtex_project]",
        "refs.bib:3: engine: no file 'code/x.py' in this site (put it into _static, or write its https:// address)"
        " [folio.bibtex_file]",
    ]
    assert [link.get_text() for link in built.page("index").select(".publication-links a")] == ["PDF"]


def test_a_file_or_a_project_page_that_comes_later_gets_its_button(project: Callable[[str], Project]) -> None:
    copy = project("publications")
    copy.write("refs.bib", "@misc{engine, title = {T}, project = {motor}, pdf = {talks/motor.pdf}}\n")
    copy.build()
    copy.write("talks/motor.pdf", "%PDF-1.4")
    copy.write("motor.md", "---\norphan: true\n---\n# Motor\n")
    labels = [link.get_text() for link in copy.build().page("index").select(".publication-links a")]
    assert labels == ["PDF", "Project page"]
    (copy.source / "motor.md").unlink()
    labels = [link.get_text() for link in copy.build().page("index").select(".publication-links a")]
    assert labels == ["PDF"]


def test_other_files_may_be_named_in_the_configuration(project: Callable[[str], Project]) -> None:
    copy = project("publications")
    copy.write("more.bib", "@misc{more, title = {From the other file}, year = {1900}}")
    copy.build()
    again = copy.build(bibtex_bibfiles=["refs.bib", "more.bib"])
    assert titles(again.page("index"))[0] == "From the other file"


def test_a_broken_reference_in_a_page_says_nothing_of_this_package(project: Callable[[str], Project]) -> None:
    copy = project("publications")
    copy.write("wrong.md", "# Wrong\n\n[x](nosuch)\n")
    assert not [warning for warning in copy.build().warnings if "resolve_any_xref" in warning]


def test_a_page_with_a_wrong_filter_is_whole(built: Built) -> None:
    assert len(titles(built.page("wrong"))) == 4
    assert "Still here." in built.text("wrong")


@pytest.mark.parametrize(
    ("content", "warning"),
    [
        (
            None,
            "refs.bib:1: no such file (check its name) [folio.bibtex_missing]",
        ),
        (
            "",
            "refs.bib:1: no entries (write one, such as @article{key, title = {…}, …}) [folio.bibtex_empty]",
        ),
    ],
)
def test_without_papers_there_is_one_warning_and_whole_pages(
    project: Callable[[str], Project], content: str | None, warning: str
) -> None:
    copy = project("publications")
    copy.write("wrong.md", "# Citing\n\n{cite:t}`engine` and more.\n")
    (copy.source / "refs.bib").unlink()
    if content is not None:
        copy.write("refs.bib", content)
    built = copy.build()
    assert built.warnings == [warning]
    assert "No publications yet." in built.text("index")
    assert "and more." in built.text("wrong")


def test_a_problem_is_told_again_by_the_next_build(project: Callable[[str], Project]) -> None:
    copy = project("publications")
    copy.build()
    assert [warning for warning in copy.build().warnings if warning.startswith("refs.bib:15")]


def test_a_problem_can_be_silenced_by_its_kind(project: Callable[[str], Project]) -> None:
    built = project("publications").build(suppress_warnings=["folio.bibtex_address", "folio.filter"])
    assert built.warnings == []


def test_a_changed_library_changes_every_list(project: Callable[[str], Project]) -> None:
    copy = project("publications")
    copy.build()
    text = (copy.source / "refs.bib").read_text("utf-8")
    copy.write(
        "refs.bib", text.replace("Somerville, Mary", "Herschel, Caroline") + "@misc{new, title = {New}, year = 2000}"
    )
    again = copy.build()
    assert "Caroline Herschel" in again.text("engine")
    assert "Caroline Herschel" in again.text("index")
    assert titles(again.page("index"))[0] == "New"


def test_a_cv_has_the_label_and_one_paragraph_of_each_paper(built: Built) -> None:
    item = entry(built.page("vita"), "engine")
    assert [child["class"] for child in item.find_all(recursive=False)] == [
        ["publication-venue"],
        ["publication-reference"],
    ]
    assert item.select_one(".publication-venue").get_text() == "Memoirs’43"
    assert item.select_one(".publication-reference").get_text() == (
        "Ada Lovelace*, Charles Babbage*, Mary Somerville. “Notes on the λ Engine: xij2 in practice.” "
        "Scientific Memoirs 3:666–731, 1843. Adopted by the Engine."
    )


def test_a_cv_underlines_the_owner_and_links_the_title_as_a_list_does(built: Built) -> None:
    item = entry(built.page("vita"), "engine")
    assert [name.get_text() for name in item.select(".publication-owner")] == ["Ada Lovelace"]
    assert item.select_one(".publication-title a")["href"] == "https://doi.org/10.1000/engine"
    assert "* Equal contribution" in built.text("vita")


def test_a_cv_lists_every_paper_in_the_order_of_the_list_and_under_its_anchor(built: Built) -> None:
    vita, index = (
        [item["id"] for item in built.page(name).select("ul.publications > li")] for name in ("vita", "index")
    )
    assert vita == index
    assert titles(built.page("vita")) == titles(built.page("index"))


def test_a_cv_takes_all_other_options(project: Callable[[str], Project]) -> None:
    copy = project("publications")
    options = ":style: cv\n:filter: year > 1800\n:sort: title\n:limit: 2\n:group-by: year\n:facets:\n:chart:\n"
    copy.write("vita.md", f"# Vita\n\n```{{publications}}\n{options}```\n")
    copy.write("refs.bib", (copy.source / "refs.bib").read_text("utf-8").replace("doi =", "abstract = {Long}, doi ="))
    page = copy.build().page("vita")
    assert [heading.get_text().rstrip("¶#") for heading in page.select("h2")] == ["1844"]
    assert [item["id"] for item in page.select(".publications-cv > li")] == ["bad-script-alert-1-script-key", "2024甲"]
    assert {each["data-facets"] for each in page.select(".publications-cv")} == {page.form["id"]}
    assert page.select("figure.publications-chart")


def test_a_form_above_a_cv_promises_no_search_of_abstracts(project: Callable[[str], Project]) -> None:
    copy = project("publications")
    copy.write("refs.bib", "@misc{engine, title = {Notes}, year = {1843}, abstract = {Long}}")
    for style, searched in (("list", "Title, author, venue, abstract"), ("cv", "Title, author, venue")):
        copy.write("vita.md", f"# Vita\n\n```{{publications}}\n:facets:\n:style: {style}\n```\n")
        assert copy.build().page("vita").select_one("[type=search][name=q]")["placeholder"] == searched


def test_citations_lead_to_the_full_list_rather_than_to_a_cv(project: Callable[[str], Project]) -> None:
    copy = project("publications")
    copy.write("a.md", "---\norphan: true\n---\n# A\n\n```{publications}\n:style: cv\n```\n")
    copy.write("some.md", "# Some\n\n{cite:t}`engine`\n")
    assert copy.build().page("some").select_one("a[href$='#engine']")["href"] == "index.html#engine"


def test_citations_lead_to_a_cv_where_there_is_no_other_list(project: Callable[[str], Project]) -> None:
    copy = project("publications")
    copy.write("index.md", "# Papers\n\n{cite:t}`engine`\n\n```{toctree}\nvita\n```\n")
    for name in ("some", "engine", "wrong"):
        (copy.source / f"{name}.md").unlink()
    built = copy.build(suppress_warnings=["folio.bibtex_project", "folio.bibtex_address"])
    assert built.warnings == []
    assert built.page("index").select_one("a[href$='#engine']")["href"] == "vita.html#engine"


def test_an_unknown_style_is_told(project: Callable[[str], Project]) -> None:
    copy = project("publications")
    copy.write("vita.md", "# Vita\n\n```{publications}\n:style: vc\n```\n")
    warnings = [each for each in copy.build().warnings if each.startswith("vita.md")]
    assert len(warnings) == 1
    assert 'choose from "list", or "cv"' in warnings[0]


@pytest.mark.parametrize("builder", ["text", "latex", "linkcheck", "epub", "singlehtml"])
def test_every_builder_takes_a_list_with_all_its_options(project: Callable[[str], Project], builder: str) -> None:
    copy = project("publications")
    copy.write("index.md", "# All\n\n```{publications}\n:facets:\n:chart:\n:style: cv\n:group-by: type\n```\n")
    copy.write("refs.bib", "@misc{engine, title = {Notes}, author = {Lovelace, Ada}, year = {1843}}")
    built = build(copy.source, copy.work, builder, suppress_warnings=["toc.not_included", "folio.filter", "epub"])
    assert [warning for warning in built.warnings if "folio" in warning or "publications" in warning] == []
    if builder == "text":
        assert "Ada Lovelace. Notes. 1843" in (built.output / "index.txt").read_text("utf-8")


def test_a_wrong_name_to_sort_by_is_told(project: Callable[[str], Project]) -> None:
    copy = project("publications")
    copy.write("index.md", "# All\n\n```{publications}\n:sort: -yaer\n```\n")
    built = copy.build(suppress_warnings=["toc.not_included"])
    assert any(":sort: -yaer: no entry has a field 'yaer'; did you mean 'year'?" in each for each in built.warnings)


def test_what_a_mark_cannot_mean_is_said_at_once(project: Callable[[str], Project]) -> None:
    with pytest.raises(ConfigError, match=r"author_marks in conf\.py: '#' means 'boss'; expected 'equal' or"):
        project("publications").build(author_marks={"#": "boss"})


def test_the_search_index_leads_to_the_complete_list(built: Built) -> None:
    index = (built.output / "searchindex.js").read_text("utf-8")
    objects = json.loads(index.removeprefix("Search.setIndex(").removesuffix(")"))
    names = {name: objects["docnames"][number] for number, *_, name in objects["objects"][""]}
    assert names["Without a year · Charles Babbage"] == "index"
    assert len(names) == 4


@pytest.mark.parametrize("said", ["", "bibtex_bibfiles = None\n", "bibtex_bibfiles = []\n"])
def test_where_no_file_is_named_the_owner_is_told_once_how_to_name_one(
    project: Callable[[str], Project], said: str
) -> None:
    copy = project("resume")
    text = (copy.source / "conf.py").read_text("utf-8").replace('bibtex_bibfiles = ["refs.bib"]\n', said)
    copy.write("conf.py", text)
    copy.write("index.md", "# Home\n\n```{publications}\n```\n\nSee {cite:t}`notes`.\n")
    copy.write("cv/index.md", "---\norphan: true\n---\n# CV\n\n```{publications}\n```\n")
    copy.write("projects/engine.md", "---\norphan: true\n---\n# Engine\n")
    (warning,) = copy.build().warnings
    assert warning.startswith("cv/index.md:6: there are no papers to show: bibtex_bibfiles in conf.py names no file; ")
    assert warning.endswith('expected, e.g., ["refs.bib"] [folio.bibtex_files]')


def test_one_file_may_be_named_by_its_name_alone(project: Callable[[str], Project]) -> None:
    copy = project("resume")
    text = (copy.source / "conf.py").read_text("utf-8").replace('["refs.bib"]', '"refs.bib"')
    copy.write("conf.py", text)
    built = copy.build()
    assert built.warnings == []
    assert "Notes on the λ Engine" in built.text("cv/index")
