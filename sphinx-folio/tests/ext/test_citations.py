from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup

from conftest import Built, Project


@pytest.fixture
def built(root: Callable[[str], Built]) -> Built:
    return root("citations")


def citations(page: BeautifulSoup) -> dict[str, str]:
    return {link.get_text(): link["href"] for link in page.select(".bibtex-citation a")}


def test_a_citation_names_authors_and_year(built: Built) -> None:
    assert built.text("citing").endswith(
        "As Lovelace and Babbage [ 1843 ] say [see Somerville et al. , 1846 , chapter 2] ,"
        " [ Lovelace and Babbage, 1843 , Babbage, n.d. ] , Somerville et al. ."
    )


def test_a_citation_leads_to_the_complete_list_or_the_only_one(built: Built) -> None:
    assert set(citations(built.page("citing")).values()) == {"list.html#engine", "list.html#stars", "list.html#undated"}
    assert built.page("list").find(id="engine")


def test_a_citation_shows_its_reference_on_hover(built: Built) -> None:
    link = built.page("citing").select_one(".bibtex-citation a")
    assert link["title"] == "Ada Lovelace, Charles Babbage. Notes. 1843."


def test_a_key_that_is_none_is_shown_and_reported_and_the_others_still_lead_on(built: Built) -> None:
    assert "See [enigne] and [ Lovelace and Babbage, 1843 ] [unlisted] ." in built.text("wrong")
    assert citations(built.page("wrong")) == {"Lovelace and Babbage, 1843": "list.html#engine"}
    assert [warning for warning in built.warnings if "expected keys" not in warning] == [
        "wrong.md:3: no entry has the key 'enigne'; did you mean 'engine'? [folio.citation]",
        "wrong.md:3: 'unlisted' is cited but on no page; expected a {publications} list with it,"
        " for the link to lead to [folio.citation]",
    ]


def test_a_slip_in_a_citation_stops_nothing(built: Built) -> None:
    assert built.text("wrong").endswith("Nor [two words] , nor [{half] .")
    expected = "names no entries; expected keys with commas between them, as in {cite:t}`one,two` [folio.citation]"
    assert f"wrong.md:5: 'two words' {expected}" in built.warnings
    assert f"wrong.md:5: '{{half' {expected}" in built.warnings


def test_footnotes_of_sphinxcontrib_bibtex_see_the_same_entries(built: Built) -> None:
    assert "Notes." in built.text("footnotes")


def test_a_stock_bibliography_still_works_beside_ours(project: Callable[[str], Project]) -> None:
    copy = project("citations")
    copy.write("wrong.md", '# Stock\n\n{cite:t}`unlisted`\n\n```{bibliography}\n:filter: key == "unlisted"\n```\n')
    built = copy.build()
    assert built.warnings == []
    assert [href.startswith("#") for href in citations(built.page("wrong")).values()] == [True]


def test_no_list_of_sphinxcontrib_bibtex_runs_what_an_entry_says(project: Callable[[str], Project]) -> None:
    copy = project("citations")
    copy.write(
        "refs.bib",
        r"@misc{engine, title = {Evil}, author = {Eve, A.}, year = {1843}, url = {javascript:alert(1)},"
        r" note = {\url{javascript:alert(2)} \href{data:text/html,x}{here} \url{{javascript:alert(3)}}"
        r" \url {javascript:alert(4)} \url{https://x.org}}}",
    )
    copy.write("list.md", "# Stock\n\n```{bibliography}\n:all:\n```\n")
    built = copy.build()
    links = [link["href"] for name in ("list", "footnotes") for link in built.page(name).select("a.external")]
    assert "https://x.org" in links
    assert not [href for href in links if href.startswith(("javascript", "data"))]


def test_an_entry_that_lacks_something_stops_no_footnote(project: Callable[[str], Project]) -> None:
    copy = project("citations")
    copy.write("refs.bib", "@invented{engine, title = {N}, author = {Lovelace, Ada}, year = {1843}}")
    assert "Ada Lovelace. N. 1843." in copy.build().text("footnotes")
    copy.write("refs.bib", "@article{engine, title = {N}, author = {Lovelace, Ada}, year = {1843}}")
    built = copy.build()
    assert "A stock footnote [engine] ." in built.text("footnotes")
    assert "footnotes.md:3: missing journal in engine; a footnote needs it." in "\n".join(built.warnings)


def test_a_footnote_follows_its_entry(project: Callable[[str], Project]) -> None:
    copy = project("citations")
    text = (copy.source / "refs.bib").read_text("utf-8")
    copy.write("refs.bib", text.replace("{engine,", "{motor,"))
    copy.build()
    copy.write("refs.bib", text)
    assert "Notes." in copy.build().text("footnotes")


def test_a_citation_finds_another_list_when_its_own_is_gone(project: Callable[[str], Project]) -> None:
    copy = project("citations")
    copy.write("footnotes.md", '# Stock\n\n```{bibliography}\n:filter: key == "engine"\n```\n')
    assert any(href.startswith("footnotes.html") for href in citations(copy.build().page("citing")).values())
    copy.write("footnotes.md", "# Nothing\n")
    assert "list.html#engine" in citations(copy.build().page("citing")).values()


def test_an_entry_that_nobody_wrote_and_nobody_named_is_cited_by_its_key(project: Callable[[str], Project]) -> None:
    copy = project("citations")
    copy.write("refs.bib", "@misc{engine, url = {https://example.org/}, year = {2020}}")
    assert "As engine [ 2020 ] say" in copy.build().text("citing")


def test_others_are_et_al_in_a_citation(project: Callable[[str], Project]) -> None:
    copy = project("citations")
    copy.write("refs.bib", "@misc{engine, title = {N}, author = {Lovelace, Ada and others}, year = {1843}}")
    assert "As Lovelace et al. [ 1843 ] say" in copy.build().text("citing")


def test_a_changed_entry_changes_the_pages_that_only_cite_it(project: Callable[[str], Project]) -> None:
    copy = project("citations")
    copy.build()
    text = (copy.source / "refs.bib").read_text("utf-8")
    copy.write("refs.bib", text.replace("Babbage, Charles}, year = {1843}", "Somerville, Mary}, year = {1999}"))
    assert "Lovelace and Somerville [ 1999 ]" in copy.build().text("citing")


def test_a_list_that_moves_takes_its_citations_along(project: Callable[[str], Project]) -> None:
    copy = project("citations")
    copy.build()
    copy.write("list.md", "# Nothing\n")
    copy.write("footnotes.md", "# All\n\n```{publications}\n```\n")
    assert set(citations(copy.build().page("citing")).values()) == {
        "footnotes.html#engine",
        "footnotes.html#stars",
        "footnotes.html#undated",
    }
