"""One address for the site: canonical links, sitemap, robots.txt, link previews, and the page for what is not found."""

from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from sphinx.errors import ConfigError

from conftest import Built, Project

ADDRESS = "https://example.org/ada/"
ON_READ_THE_DOCS = "https://ada.readthedocs.io/en/latest/"
OWN_ROBOTS = "User-agent: *\nDisallow: /\n"

Root = Callable[[str], Built]
Copy = Callable[[str], Project]


def meta(page: BeautifulSoup, name: str) -> list[str]:
    """What a page says about itself under a name."""
    return [tag["content"] for tag in page("meta", {"name": name}) + page("meta", {"property": name})]


def canonical(page: BeautifulSoup) -> list[str]:
    """The addresses a page calls its own."""
    return [link["href"] for link in page("link", rel="canonical")]


def robots(built: Built) -> list[str]:
    """The lines of robots.txt."""
    return (built.output / "robots.txt").read_text("utf-8").splitlines()


def sitemap(built: Built) -> list[str | None]:
    """The addresses in sitemap.xml."""
    tree = ET.parse(built.output / "sitemap.xml")  # noqa: S314 (our own file)
    return [element.text for element in tree.iterfind("{*}url/{*}loc")]


def links_to_the_site(page: BeautifulSoup) -> set[str]:
    """Where a page links to, and what it loads, within the site."""
    targets = {tag["href"] for tag in page(href=True)} | {tag["src"] for tag in page(src=True)}
    return {target for target in targets if not target.startswith(("https://", "#"))}


@pytest.mark.parametrize("page", ["index", "papers/notes"])
def test_every_page_names_its_address(root: Root, page: str) -> None:
    built = root("hosting")
    assert built.warnings == []
    assert canonical(built.page(page)) == [f"{ADDRESS}{page}.html"]


@pytest.mark.parametrize("page", ["index", "papers/notes"])
def test_a_link_preview_names_the_address_of_its_page(root: Root, page: str) -> None:
    assert meta(root("hosting").page(page), "og:url") == [f"{ADDRESS}{page}.html"]


def test_the_description_of_a_page_is_what_search_engines_and_previews_say(root: Root) -> None:
    page = root("hosting").page("index")
    said = 'Says "hello", in <b>bold</b>, and explains &lt;.'
    assert meta(page, "description") == [said]
    assert meta(page, "og:description") == [said]
    assert "<b>" not in (root("hosting").output / "index.html").read_text("utf-8")


def test_a_page_without_a_description_is_described_by_its_first_words(root: Root) -> None:
    page = root("hosting").page("papers/notes")
    assert meta(page, "description") == meta(page, "og:description") == ["On the Analytical Engine."]


def test_the_sitemap_lists_every_page_once_and_no_other(root: Root) -> None:
    assert sitemap(root("hosting")) == [f"{ADDRESS}index.html", f"{ADDRESS}papers/notes.html"]


def test_a_page_that_the_owner_keeps_out_of_the_sitemap_stays_out(project: Copy) -> None:
    built = project("hosting").build(sitemap_excludes=["papers/notes.html"])
    assert sitemap(built) == [f"{ADDRESS}index.html"]


def test_an_address_without_https_is_told_so(project: Copy) -> None:
    with pytest.raises(ConfigError, match=r"html_baseurl = 'ada.example' .* expected 'https://ada.example'"):
        project("hosting").build(html_baseurl="ada.example")


def test_the_last_slash_of_the_address_may_be_left_out(project: Copy) -> None:
    built = project("hosting").build(html_baseurl=ADDRESS.rstrip("/"))
    assert canonical(built.page("index")) == [f"{ADDRESS}index.html"]
    assert sitemap(built)[0] == f"{ADDRESS}index.html"
    assert robots(built)[-1] == f"Sitemap: {ADDRESS}sitemap.xml"


def test_robots_are_welcome_and_told_of_the_sitemap(root: Root) -> None:
    assert robots(root("hosting")) == ["User-agent: *", "Allow: /", f"Sitemap: {ADDRESS}sitemap.xml"]


@pytest.mark.parametrize(("file", "extra"), [("robots.txt", "robots.txt"), ("extra/robots.txt", "extra")])
def test_the_owners_robots_txt_wins_in_every_build(project: Copy, file: str, extra: str) -> None:
    site = project("hosting")
    site.write(file, OWN_ROBOTS)
    for _ in ("from scratch", "again"):
        assert robots(site.build(html_extra_path=[extra])) == OWN_ROBOTS.splitlines()


@pytest.mark.parametrize(
    ("address", "prefix"),
    [
        ("https://ada.example", "/"),
        ("https://ada.example/", "/"),
        ("https://example.org/ada", "/ada/"),
        ("https://example.org/ada/site/", "/ada/site/"),
        ("", "/"),
    ],
)
def test_the_page_for_what_is_not_found_links_from_where_the_site_is(project: Copy, address: str, prefix: str) -> None:
    links = links_to_the_site(project("hosting").build(html_baseurl=address).page("404"))
    assert f"{prefix}index.html" in links
    assert any(link.startswith(f"{prefix}_static/") for link in links)
    assert all(link.startswith(prefix) and "//" not in link for link in links)


def test_on_read_the_docs_its_address_wins(project: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READTHEDOCS", "True")
    monkeypatch.setenv("READTHEDOCS_CANONICAL_URL", ON_READ_THE_DOCS)
    built = project("hosting").build()
    assert canonical(built.page("index")) == meta(built.page("index"), "og:url") == [f"{ON_READ_THE_DOCS}index.html"]
    assert "/en/latest/index.html" in links_to_the_site(built.page("404"))
    assert robots(built)[-1] == f"Sitemap: {ON_READ_THE_DOCS}sitemap.xml"
    assert ADDRESS not in (built.output / "sitemap.xml").read_text("utf-8")


def test_a_site_without_an_address_builds_and_promises_no_sitemap(project: Copy) -> None:
    built = project("hosting").build(html_baseurl="")
    assert built.warnings == []
    assert robots(built) == ["User-agent: *", "Allow: /"]
    assert not (built.output / "sitemap.xml").exists()
    assert canonical(built.page("index")) == []
