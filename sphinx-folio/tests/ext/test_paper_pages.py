import json
from collections.abc import Callable
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup
from html5lib import HTMLParser

from conftest import Built, Project, build
from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.exporters.ris import ris_record
from sphinx_folio.ext.publications import paper_pages

ADDRESS = "https://example.org/ada/publications/engine.html"


@pytest.fixture
def built(root: Callable[[str], Built]) -> Built:
    return root("papers")


@pytest.fixture
def page(built: Built) -> BeautifulSoup:
    return built.page("publications/engine")


def meta(page: BeautifulSoup, attribute: str = "name") -> list[tuple[str, str]]:
    return [(tag[attribute], tag["content"]) for tag in page.select(f"meta[{attribute}]")]


def data(page: BeautifulSoup) -> dict[str, object]:
    return json.loads(page.select_one("script[type='application/ld+json']").string)


def test_every_publication_has_a_page_and_nothing_is_wrong(built: Built) -> None:
    assert built.warnings == []
    assert {"publications/engine", "publications/index", "publications/index-2"} <= set(built.pages())
    assert built.page("publications/index").h1.get_text().startswith("Publications")
    assert built.page("publications/index-2").h1.get_text() == "A key that is the list’s name"


def test_the_page_says_all_that_its_entry_in_the_list_does(page: BeautifulSoup) -> None:
    said = " ".join(page.select_one(".paper").get_text(" ").split())
    for expected in ("Notes on the λ Engine", "practice", "Ada Lovelace *, Charles Babbage *", "* Equal contribution"):
        assert expected in said
    for expected in ("Scientific Memoirs 3(2):666–731, 1843", "Translated", "Best Notes", "engines · numbers"):
        assert expected in said
    assert "weaves algebraic patterns & more" in page.select_one("#abstract p").get_text()


def test_it_leads_on_to_the_project_and_back_to_the_list(built: Built, page: BeautifulSoup) -> None:
    links = {link.get_text(): link["href"] for link in page.select(".paper a")}
    assert links["Project page"] == "../engine.html"
    assert links["All publications"] == "index.html#engine"
    assert links["Charles Babbage"] == "https://example.org/charles"
    assert (built.output / "publications" / links["PDF"]).read_bytes() == b"%PDF-1.4\n"
    assert built.page("publications/index").find(id="engine").find("a", string="Details")["href"] == "engine.html"


@pytest.mark.parametrize(("page", "count"), [("publications/index", 1), ("publications/engine", 1), ("engine", 0)])
def test_only_pages_that_show_publications_are_sent_the_script(built: Built, page: str, count: int) -> None:
    assert len(built.page(page).select("script[src*='publications.js']")) == count


def test_it_says_how_to_cite_in_three_ways(built: Built, page: BeautifulSoup) -> None:
    cite = page.select_one("#cite")
    assert "Ada Lovelace, Charles Babbage. Notes on the λ Engine" in cite.p.get_text()
    assert cite.pre.get_text().startswith("@article{engine,")
    files = {link.get_text(): built.output / "publications" / link["href"] for link in cite.select("a[download]")}
    assert files["Download BibTeX"].read_text("utf-8") == cite.pre.get_text()
    assert files["Download RIS"].read_text("utf-8").startswith("TY  - JOUR")
    assert files["Download text"].read_text("utf-8").strip() == cite.p.get_text()


def test_google_scholar_and_zotero_find_what_they_look_for(page: BeautifulSoup) -> None:
    tags = meta(page)
    assert [value for name, value in tags if name == "citation_author"] == ["Lovelace, Ada", "Babbage, Charles"]
    expected = {
        "citation_publication_date": "1843/09",
        "citation_journal_title": "Scientific Memoirs",
        "citation_volume": "3",
        "citation_issue": "2",
        "citation_firstpage": "666",
        "citation_lastpage": "731",
        "citation_doi": "10.1000/engine",
        "citation_pdf_url": "https://example.org/ada/papers/engine.pdf",
        "citation_abstract_html_url": ADDRESS,
    }
    assert {name: value for name, value in tags if name in expected} == expected


def test_search_engines_are_told_who_wrote_it(built: Built, page: BeautifulSoup) -> None:
    paper = data(page)
    assert (paper["@type"], paper["datePublished"]) == ("ScholarlyArticle", "1843-09")
    assert paper["@id"] == ADDRESS
    owner, other = paper["author"]
    home = data(built.page("index"))["@graph"]
    person = next(node for node in home if node["@type"] == "Person")
    assert owner["@id"] == person["@id"]
    assert owner["sameAs"] == person["sameAs"] == ["https://orcid.org/0000-0000-0000-0000"]
    assert other["url"] == "https://example.org/charles"


def test_the_home_page_says_whose_site_it_is(built: Built) -> None:
    person, site = data(built.page("index"))["@graph"]
    assert (person["name"], person["jobTitle"]) == ("Ada Lovelace", "Analyst")
    assert person["affiliation"]["name"] == "Analytical Society"
    assert person["description"] == "Who weaves algebraic patterns."
    assert (site["@type"], site["url"]) == ("WebSite", "https://example.org/ada/")


def test_a_link_to_it_has_a_preview(page: BeautifulSoup) -> None:
    graph = dict(meta(page, "property"))
    assert graph["og:type"] == "article"
    assert graph["og:url"] == ADDRESS
    assert graph["og:description"].startswith("It weaves algebraic patterns & more")


def test_the_addresses_in_the_head_are_those_of_the_links(page: BeautifulSoup) -> None:
    pdf = next(link["href"] for link in page.select(".publication-links a") if link.get_text() == "PDF")
    assert urljoin(ADDRESS, pdf) == dict(meta(page))["citation_pdf_url"]


def test_hostile_text_is_text_on_every_page_and_in_every_head(built: Built) -> None:
    for name in built.pages():
        text = (built.output / f"{name}.html").read_text("utf-8")
        HTMLParser(strict=True).parse(text)
        scripts = [script.get_text() for script in built.page(name).select("script:not([src])")]
        assert not [script for script in scripts if script.startswith("alert(1)")]
    evil = built.page("publications/evil-script")
    assert evil.h1.get_text() == '"><script>alert(1)</script> ]]> </script>'
    assert dict(meta(evil))["citation_title"] == evil.h1.get_text()
    assert data(evil)["headline"] == evil.h1.get_text()
    assert "weaves flowers. </script>" in data(built.page("publications/engine"))["abstract"]


def test_without_an_address_the_head_names_none(project: Callable[[str], Project]) -> None:
    page = project("papers").build(html_baseurl="").page("publications/engine")
    names = dict(meta(page))
    assert names["citation_doi"] == "10.1000/engine"
    assert "citation_pdf_url" not in names
    assert "og:url" not in dict(meta(page, "property"))


def test_the_folder_is_the_owners_choice(project: Callable[[str], Project]) -> None:
    built = project("papers").build(publications_folder="papers")
    assert "papers/engine" in built.pages()
    link = built.page("publications/index").find(id="engine").find("a", string="Details")
    assert link["href"] == "../papers/engine.html"


def test_pages_follow_the_way_a_builder_names_them(project: Callable[[str], Project]) -> None:
    copy = project("papers")
    built = build(copy.source, copy.work, "dirhtml")
    page = built.page("publications/engine/index")
    assert page.h1.get_text().startswith("Notes")
    links = {link.get_text(): link["href"] for link in page.select(".paper a")}
    for label in ("PDF", "Download BibTeX", "Download RIS", "Download text"):
        assert (built.output / "publications/engine" / links[label]).is_file()


def test_what_fails_for_one_paper_is_named_and_costs_no_other_page(
    project: Callable[[str], Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(publication: Publication) -> str:
        if publication.key == "engine":
            raise ZeroDivisionError("no such thing")
        return ris_record(publication)

    monkeypatch.setattr(paper_pages, "ris_record", failing)
    copy = project("papers")
    line = next(
        number
        for number, text in enumerate((copy.source / "refs.bib").read_text("utf-8").splitlines(), 1)
        if "{engine," in text
    )
    for _ in ("from scratch", "again"):
        built = copy.build()
        assert [each for each in built.warnings if "folio.file" in each] == [
            f"refs.bib:{line}: publications/engine.ris was not written: ZeroDivisionError: no such thing"
            " (the pages are whole; sphinx-build -vv shows where it failed) [folio.file]"
        ]
        assert "publications/engine" in built.pages()
        assert (built.output / "publications/engine.bib").is_file()
