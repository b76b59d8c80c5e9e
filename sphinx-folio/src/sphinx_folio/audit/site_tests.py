"""The site's own tests: true of any owner's content, run by ``make test-site``.

A site's ``tests/test_site.py`` takes them over with one line, so that a later version of the package brings better
ones; the fixtures come from ``tests/conftest.py``::

    pytest_plugins = ["sphinx_folio.audit.site_fixtures"]

What belongs to a feature that ``conf.py`` does not name is skipped. They need Chromium and wheels, no npm and no Java.
In the browser they look at every page that somebody wrote, and at three of each kind that is generated.
"""

import json
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import html5lib
import pytest
from html5lib.html5parser import ParseError

from sphinx_folio.audit.links import broken_links
from sphinx_folio.audit.site_fixtures import EntryInSource, PageReport, PaperInSource, Site, letters

CVEntries = Mapping[str, list[EntryInSource]]

WORD = re.compile(r"[^\W_]+")
EXPORTS = ("publications.bib", "publications.ris", "publications.json", "llms.txt")


def test_the_site_builds_without_a_warning(site: Site) -> None:
    assert site.warnings == []


def test_every_paper_stands_in_the_list_of_all_papers(site: Site, papers: list[PaperInSource]) -> None:
    lists = [page for page in site.written if site.lists_everything(page)]
    if not lists:
        pytest.skip("no page lists all papers")
    for page in lists:
        listed = [letters(each.get_text()) for each in site.page(page).select(".publications .publication-title")]
        assert [paper.key for paper in papers if letters(paper.title) not in listed] == [], f"missing from {page}"


def test_every_paper_has_a_page_of_its_own(site: Site, papers: list[PaperInSource]) -> None:
    site.needs("sphinx_folio.ext.publications.paper_pages")
    headings = {}
    for paper in papers:
        name = site.paper_page(paper)
        heading = site.page(name).find("h1") if site.has(name) else None
        headings[paper.key] = letters(heading.get_text()) if heading else ""
    assert [paper.key for paper in papers if letters(paper.title) != headings[paper.key]] == []


@pytest.mark.parametrize("name", EXPORTS)
def test_every_paper_is_in_each_file_of_all_papers(site: Site, papers: list[PaperInSource], name: str) -> None:
    site.needs("sphinx_folio.ext.publications.exports")
    text = (site.folder / name).read_text("utf-8")
    if name.endswith(".bib"):  # in LaTeX, so found by the key
        assert [paper.key for paper in papers if f"{{{paper.key}," not in text] == []
    else:
        written = letters(json.dumps(json.loads(text), ensure_ascii=False) if name.endswith(".json") else text)
        assert [paper.key for paper in papers if letters(paper.title) not in written] == []


def test_every_entry_of_the_cv_is_on_its_page_in_order(site: Site, cv_entries: CVEntries) -> None:
    for page, entries in cv_entries.items():
        shown = [letters(each.get_text()) for each in site.page(page).select(".activity")]
        assert out_of_order([letters(each.title) for each in entries], shown) == [], page


def test_every_entry_of_the_cv_is_in_the_pdf_in_order(site: Site, cv_entries: CVEntries) -> None:
    site.needs("sphinx_folio.ext.cv.pdf")
    if site.cv_page not in cv_entries:
        pytest.skip("the site has no page for the CV, so no PDF")
    lines = list(map(letters, site.pdf_text().splitlines()))
    assert out_of_order([letters(each.title) for each in cv_entries[site.cv_page]], lines) == []


def test_every_entry_of_the_cv_is_in_json_resume_in_order(site: Site, cv_entries: CVEntries) -> None:
    site.needs("sphinx_folio.ext.cv.json_resume")
    sections = json.loads((site.folder / "resume.json").read_text("utf-8")).values()
    listed = [section for section in sections if isinstance(section, list)]
    nodes = [set(words(json.dumps(node, ensure_ascii=False))) for section in listed for node in section]
    entries = [each for page in cv_entries.values() for each in page]
    for kind in {each.kind for each in entries}:  # each has a section of its own; a degree is two parts of a node
        titles = [words(each.title) for each in entries if each.kind == kind]
        assert out_of_order(titles, nodes, set.issuperset) == [], kind


def test_every_link_of_the_site_leads_somewhere(site: Site) -> None:
    assert [each for each in broken_links(site.folder, site.folder) if each != "no link leads anywhere"] == []


def test_every_page_is_valid_html(site: Site) -> None:
    faults = []
    for name in site.pages:
        try:
            html5lib.HTMLParser(strict=True).parse((site.folder / f"{name}.html").read_text("utf-8"))
        except ParseError as error:
            faults.append(f"{name}: {error}")
    assert faults == []


def test_every_page_has_one_main_heading(site: Site) -> None:
    site.needs("sphinx_folio.ext.theme.furo")  # other themes have their own ways
    headings = {name: len(site.page(name).select("h1")) for name in site.pages}
    assert {name: count for name, count in headings.items() if count != 1} == {}


def test_no_page_reports_an_error_in_the_browser(visits: list[PageReport]) -> None:
    assert [f"{each.page}: {error}" for each in visits for error in each.errors] == []


def test_no_page_asks_another_host_for_anything(visits: list[PageReport]) -> None:
    assert [f"{each.page}: {address}" for each in visits for address in each.elsewhere] == []


def test_axe_finds_nothing_on_a_screen_and_on_a_dark_phone(site: Site, visits: list[PageReport]) -> None:
    site.needs("sphinx_folio.ext.theme.furo")  # what is wrong with other themes is theirs to correct
    assert [f"{each.page}: {violation}" for each in visits for violation in each.violations] == []


def words(text: str) -> list[str]:
    """The words of a text but for short ones, such as the "in" between a degree and its field."""
    return [word for word in WORD.findall(text.casefold()) if len(word) > 2]


def out_of_order(
    entries: Sequence[Any], places: Sequence[Any], has: Callable[[Any, Any], bool] = operator.contains
) -> list[Any]:
    """The entries that are in no place at or behind that of the entry before them."""
    start, missing = 0, []
    for entry in entries:
        found = next((place for place in range(start, len(places)) if has(places[place], entry)), None)
        if found is None:
            missing.append(entry)
        else:
            start = found
    return missing
