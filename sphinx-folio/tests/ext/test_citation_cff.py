"""The button on a project's page that shows how its software is cited."""

from collections.abc import Callable, Iterator

import pytest
import yaml
from bs4 import BeautifulSoup
from html5lib import HTMLParser
from playwright.sync_api import Browser, expect

from conftest import Built, Project, build, serve

Copy = Callable[[str], Project]


@pytest.fixture
def built(root: Callable[[str], Built]) -> Built:
    return root("citation-file")


def files(page: BeautifulSoup) -> dict[str, dict[str, object]]:
    """What is behind each button of a page."""
    return {
        each.summary.get_text(): yaml.safe_load(each.pre.get_text()) for each in page.select("details.publication-cff")
    }


def test_the_page_shows_the_file_of_its_software(built: Built) -> None:
    ((label, node),) = files(built.page("projects/engine")).items()
    assert label == "CITATION.cff"
    assert node["title"] == "The Engine: “λ” </pre><script>alert(1)</script>"
    assert node["abstract"] == "It weaves <b>algebraic</b> patterns."
    assert node["url"] == "https://ada.example/projects/engine.html"
    assert node["repository-code"] == "https://code.example/ada/engine"
    assert node["authors"][0]["orcid"] == "https://orcid.org/0000-0002-1825-0097"
    assert node["preferred-citation"]["title"] == "Notes </pre><script>alert(2)</script>"
    assert [each["title"] for each in node["references"]] == ["Sketch"]


def test_each_repository_has_a_button_of_its_own(built: Built) -> None:
    found = files(built.page("projects/two"))
    assert {label: node["preferred-citation"]["title"] for label, node in found.items()} == {
        "CITATION.cff of github.com/ada/mill": "Mill",
        "CITATION.cff of github.com/ada/store": "Store",
    }


def test_hostile_text_is_text(built: Built) -> None:
    page = built.page("projects/engine")
    assert not [script for script in page.select("script") if "alert" in script.get_text()]
    HTMLParser(strict=True).parse((built.output / "projects/engine.html").read_text("utf-8"))


def test_where_there_is_nothing_to_show_the_owner_is_told_why(built: Built) -> None:
    assert built.warnings == [
        "projects/alone.md:3: no CITATION.cff: no paper is about this page; write project = {projects/alone} in its "
        "entry of the .bib file [folio.citation_file]",
        "projects/silent.md:3: no CITATION.cff: the papers about this page (quiet) name no code and author; "
        "write code = {https://…} in the entry [folio.citation_file]",
    ]
    assert built.text("projects/alone").startswith("Alone")
    assert files(built.page("projects/alone")) == {}


@pytest.mark.parametrize(("page", "count"), [("projects/engine", 1), ("projects/alone", 0), ("index", 0)])
def test_only_a_page_with_a_button_is_sent_the_script(built: Built, page: str, count: int) -> None:
    assert len(built.page(page).select("script[src*='publications.js']")) == count


def test_a_paper_that_is_added_later_makes_the_file(project: Copy) -> None:
    copy = project("citation-file")
    copy.build()
    entry = "@misc{loom, title = {Loom}, author = {Lovelace, Ada}, project = {projects/alone}, github = {ada/loom}}"
    copy.write("refs.bib", entry)
    (node,) = files(copy.build().page("projects/alone")).values()
    assert node["preferred-citation"]["title"] == "Loom"


def test_without_an_address_the_file_names_no_page(project: Copy) -> None:
    (node,) = files(project("citation-file").build(html_baseurl="").page("projects/engine")).values()
    assert "url" not in node


def test_other_formats_have_the_text_itself(project: Copy) -> None:
    copy = project("citation-file")
    built = build(copy.source, copy.work, "text")
    text = (built.output / "projects/engine.txt").read_text("utf-8")
    assert '   repository-code: "https://code.example/ada/engine"\n' in text


@pytest.fixture
def address(built: Built) -> Iterator[str]:
    yield from serve(built.output)


def test_a_press_copies_the_text(browser: Browser, address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/projects/engine.html")
    page.get_by_text("CITATION.cff").click()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("status")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("pre").text_content()
    assert copied.startswith('cff-version: "1.2.0"\n')
    context.close()
