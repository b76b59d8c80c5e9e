from collections.abc import Callable

from conftest import Project


def test_another_theme_keeps_its_own_pages(project: Callable[[str], Project]) -> None:
    built = project("publications").build(html_theme="alabaster")
    page = built.page("search")
    assert len(page.select("h1#search-documentation")) == 1
    assert not page.select(".search-form")


def test_a_template_of_the_site_wins(project: Callable[[str], Project]) -> None:
    copy = project("publications")
    copy.write("_templates/search.html", "<title>Mine</title>")
    extensions = ["myst_parser", "sphinx_folio.ext.publications.lists", "sphinx_folio.ext.theme.furo"]
    built = copy.build(html_theme="furo", extensions=extensions, templates_path=["_templates"])
    assert built.page("search").title.get_text() == "Mine"
