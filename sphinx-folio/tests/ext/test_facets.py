"""Lists as a visitor uses them: the form that narrows one, what unfolds and is copied, the picture of the years."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from conftest import WIDTHS, Built, Project, Visit, everywhere, serve
from sphinx_folio.audit.access import violations


@pytest.fixture(scope="module")
def address(root: Callable[[str], Built]) -> Iterator[str]:
    yield from serve(root("facets").output)


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    visit = Visit(browser, address)
    yield visit
    for context in browser.contexts:
        context.close()
    assert visit.errors == []
    assert visit.elsewhere == []


def chip(page: Page, name: str) -> Locator:
    return page.get_by_role("checkbox", name=re.compile(rf"^{re.escape(name)}\s+\d+$"))


def shown(page: Page) -> list[str]:
    return page.locator(".publication:visible").evaluate_all("items => items.map(item => item.id)")


def status(page: Page) -> Locator:
    return page.locator("output").first


def query(page: Page) -> str:
    return page.evaluate("location.search")


def test_without_script_the_list_is_whole_and_has_no_form(visit: Visit) -> None:
    page = visit.open(java_script_enabled=False)
    expect(page.locator(".publication:visible")).to_have_count(12)
    expect(page.locator("form.publications-facets")).to_be_hidden()
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)


def test_a_chip_narrows_the_list_and_says_so(visit: Visit) -> None:
    page = visit.open()
    expect(status(page)).to_have_text("12 publications")
    chip(page, "storage").check()
    expect(status(page)).to_have_text("2 of 12 publications")
    assert shown(page) == ["store", "telegraph"]
    chip(page, "storage").uncheck()
    expect(status(page)).to_have_text("12 publications")
    assert len(shown(page)) == 12


def test_within_a_facet_any_is_enough_and_between_facets_all_are_needed(visit: Visit) -> None:
    page = visit.open()
    chip(page, "storage").check()
    chip(page, "surveys").check()
    assert shown(page) == ["census", "store", "nervous", "telegraph"]
    chip(page, "First author").check()
    assert shown(page) == ["nervous"]
    chip(page, "1846").check()
    assert shown(page) == []
    expect(status(page)).to_have_text("0 of 12 publications")


def test_a_chip_counts_what_it_would_give(visit: Visit) -> None:
    page = visit.open()
    chip(page, "storage").check()
    for name, number in {
        "Co-first author": 1,
        "Last author": 0,
        "surveys": 2,
        "storage": 2,
        "1845": 1,
        "1846": 0,
    }.items():
        expect(chip(page, name)).to_have_accessible_name(re.compile(rf"\D{number}$"))
        expect(chip(page, name)).to_be_enabled()


def test_no_chip_moves_when_one_is_chosen(visit: Visit) -> None:
    page = visit.open()
    places = "[...document.querySelectorAll('.publications-choice')].map(each => [each.offsetLeft, each.offsetWidth])"
    before = page.evaluate(places)
    chip(page, "storage").check()
    assert page.evaluate(places) == before


def test_years_without_a_visible_entry_are_hidden_with_their_headings(visit: Visit) -> None:
    page = visit.open()
    chip(page, "storage").check()
    assert page.locator("h2:visible").evaluate_all("all => all.map(each => each.firstChild.data)") == ["1845", "1843"]
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_the_keyboard_is_enough(visit: Visit) -> None:
    page = visit.open()
    page.get_by_role("searchbox", name="Search", exact=True).last.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(chip(page, "1846")).to_be_checked()
    expect(chip(page, "1846")).to_be_focused()
    ring = page.locator(".publications-choice > :focus + span").evaluate("each => getComputedStyle(each).outlineWidth")
    assert ring == "2px"
    expect(status(page)).to_have_text("1 of 12 publications")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "reset":
            break
    page.keyboard.press("Enter")
    expect(status(page)).to_have_text("12 publications")
    expect(page.get_by_role("button", name="Show all")).to_be_focused()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("storage", ["store", "telegraph"]),
        ("WHEELS brass", ["store"]),
        ("brass wheels of flying", []),
        ("problemes", ["euler"]),
        ("PROBLÈMES d'euler", ["euler"]),
        ("orsted", ["euler"]),
        ("lukasiewicz", ["census"]),
        ("flight", ["flying"]),
        ("comptes 1842", ["euler"]),
        ("abstract", []),
        ("howpublished", []),
    ],
)
def test_the_search_finds_entries_with_every_word_without_regard_to_case_and_accents(
    visit: Visit, words: str, found: list[str]
) -> None:
    page = visit.open()
    page.locator("form.publications-facets [type=search]").fill(words)
    expect(status(page)).to_have_text(f"{len(found)} of 12 publications")
    assert shown(page) == found


def test_typing_is_announced_once_it_is_over(visit: Visit) -> None:
    page = visit.open()
    page.evaluate(
        "said = []; new MutationObserver(() => said.push(document.querySelector('output').value))"
        ".observe(document.querySelector('output'), {childList: true, characterData: true, subtree: true})"
    )
    page.clock.install()  # the page's own time, however long the keys take on a busy machine
    page.locator("form.publications-facets [type=search]").press_sequentially("storage")
    assert page.evaluate("said") == []
    page.clock.run_for(1000)
    expect(status(page)).to_have_text("2 of 12 publications")
    assert page.evaluate("said") == ["2 of 12 publications"]
    assert status(page).get_attribute("role") == "status"


def test_enter_in_the_search_leads_nowhere(visit: Visit) -> None:
    page = visit.open()
    page.locator("form.publications-facets [type=search]").fill("storage")
    page.keyboard.press("Enter")
    expect(status(page)).to_have_text("2 of 12 publications")
    assert query(page) == "?q=storage"


def test_the_address_leads_back_to_what_was_chosen(visit: Visit) -> None:
    page = visit.open("index.html?other=mine&topic=")
    chip(page, "storage").check()
    chip(page, "Co-first author").check()
    page.locator("form.publications-facets [type=search]").fill("brass")
    expect(page).to_have_url(re.compile(r"\?other=mine&topic=storage&role=co-first&q=brass$"))
    page.reload()
    assert shown(page) == ["store"]
    expect(status(page)).to_have_text("1 of 12 publications")
    expect(chip(page, "storage")).to_be_checked()
    page.goto(f"{visit.address}/plain.html")
    page.go_back()
    assert shown(page) == ["store"]
    page.get_by_role("button", name="Show all").click()
    expect(status(page)).to_have_text("12 publications")
    expect(page).to_have_url(re.compile(r"\?other=mine$"))
    expect(page.locator("form.publications-facets [type=search]")).to_have_value("")
    expect(page.locator("form :checked")).to_have_count(0)
    assert len(shown(page)) == 12


def test_an_address_may_name_what_is_not_there(visit: Visit) -> None:
    page = visit.open("index.html?topic=storage&topic=%22alchemy&role=alchemist&rank=1")
    assert shown(page) == ["store", "telegraph"]
    page.goto(f"{visit.address}/index.html?topic=alchemy#%")
    assert len(shown(page)) == 12


def test_back_and_forward_keep_form_and_address_together(visit: Visit) -> None:
    page = visit.open("index.html?topic=storage")
    page.evaluate("location.hash = 'store'")
    chip(page, "surveys").check()
    expect(status(page)).to_have_text("4 of 12 publications")
    page.go_back()
    expect(status(page)).to_have_text("2 of 12 publications")
    expect(chip(page, "surveys")).not_to_be_checked()


def test_a_link_to_an_entry_that_is_filtered_away_shows_it(visit: Visit) -> None:
    page = visit.open("index.html?topic=flight")
    assert shown(page) == ["flying"]
    page.evaluate("location.hash = 'music'")
    expect(page.locator("#music")).to_be_in_viewport()
    expect(page).to_have_url(f"{visit.address}/index.html#music")
    assert len(shown(page)) == 12


@pytest.mark.parametrize(("target", "count"), [("music", 12), ("year-1844", 12), ("flying", 1), ("papers", 1)])
def test_a_link_with_both_a_choice_and_an_entry_shows_the_entry(visit: Visit, target: str, count: int) -> None:
    page = visit.open(f"index.html?topic=flight#{target}")
    expect(page.locator(f"#{target}")).to_be_in_viewport()
    assert len(shown(page)) == count


def test_a_year_in_the_contents_is_found_a_second_time(visit: Visit) -> None:
    page = visit.open(width=1600)
    page.locator(".toc-drawer").get_by_role("link", name="1844").click()
    chip(page, "flight").check()
    expect(status(page)).to_have_text("1 of 12 publications")
    page.locator(".toc-drawer").get_by_role("link", name="1844").click()
    expect(page.locator("#music")).to_be_in_viewport()


def test_each_list_of_a_page_has_its_own_form_and_parameters(visit: Visit) -> None:
    page = visit.open("two.html")
    first, second = page.locator("form.publications-facets").all()
    first.get_by_role("checkbox", name="numbers").check()
    second.get_by_role("checkbox", name="storage").check()
    expect(second.get_by_role("status")).to_have_text("1 of 6 publications")
    expect(first.get_by_role("status")).to_have_text("1 of 6 publications")
    assert query(page) == "?topic=numbers&publications-facets-2.topic=storage"
    page.reload()
    assert shown(page) == ["horses", "telegraph"]


def test_a_facet_of_many_values_shows_the_first_ten(visit: Visit) -> None:
    page = visit.open()
    topics = page.get_by_role("group", name="Topic")
    expect(topics.locator("label:visible")).to_have_count(10)
    topics.get_by_text("5 more").click()
    expect(topics.locator("label:visible")).to_have_count(15)
    assert topics.locator("summary").inner_text() == "Fewer"


def test_a_folded_choice_that_the_address_names_can_be_seen(visit: Visit) -> None:
    page = visit.open("index.html?topic=tides")
    expect(chip(page, "tides")).to_be_visible()
    assert shown(page) == ["census"]


def test_a_chosen_chip_is_told_by_more_than_color(visit: Visit) -> None:
    page = visit.open()
    tick = "each => getComputedStyle(each, '::before').content"
    assert chip(page, "storage").locator("+ span").evaluate(tick) == "none"
    chip(page, "storage").check()
    assert "✓" in chip(page, "storage").locator("+ span").evaluate(tick)


@pytest.mark.parametrize("width", WIDTHS)
def test_chips_and_buttons_are_large_enough_to_press(visit: Visit, width: int) -> None:
    page = visit.open(width=width)
    page.locator("#store .publication-bibtex summary").click()
    sizes = page.evaluate(
        "[...document.querySelectorAll('form :is(input, button), .publication-texts summary, .publication button')]"
        ".filter(each => each.checkVisibility()).map(each => each.getBoundingClientRect())"
        ".map(box => Math.min(box.width, box.height))"
    )
    assert min(sizes) >= 24


@everywhere
def test_axe_finds_nothing_while_a_list_is_used(visit: Visit, width: int, scheme: str) -> None:
    page = visit.open("index.html?topic=computation&topic=tides", width, scheme)
    assert violations(page) == []
    page.evaluate("document.querySelectorAll('article details').forEach(each => { each.open = true })")
    expect(page.locator(".publication-code > button")).to_have_count(12)
    assert violations(page) == []


@pytest.mark.parametrize("width", [*WIDTHS, 320])
def test_nothing_that_is_opened_scrolls_the_page_sideways(visit: Visit, width: int) -> None:
    page = visit.open(width=width)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    page.keyboard.press("End")
    assert page.evaluate("document.scrollingElement.scrollWidth <= document.scrollingElement.clientWidth")


@pytest.mark.parametrize("width", WIDTHS)
def test_abstract_and_bibtex_open_below_their_buttons_which_stay_where_they_are(visit: Visit, width: int) -> None:
    page = visit.open(width=width)
    abstract, bibtex = page.locator("#store .publication-texts summary").all()
    abstract.scroll_into_view_if_needed()
    places = [abstract.bounding_box(), bibtex.bounding_box()]
    abstract.click()
    bibtex.click()
    assert [abstract.bounding_box(), bibtex.bounding_box()] == places
    text, code = page.locator("#store .publication-abstract p"), page.locator("#store pre")
    assert text.bounding_box()["y"] >= places[1]["y"] + places[1]["height"]
    assert code.bounding_box()["y"] >= text.bounding_box()["y"] + text.bounding_box()["height"]
    assert text.bounding_box()["width"] == code.bounding_box()["width"]


@pytest.mark.parametrize("script", [True, False])
def test_many_authors_are_folded_around_the_owner(visit: Visit, script: bool) -> None:
    page = visit.open(java_script_enabled=script)
    authors = page.locator("#census .publication-authors")
    summary = authors.locator("summary")
    few = "Charles Babbage, Mary Somerville, Augustus De Morgan, … Ada Lovelace … +36"
    assert " ".join(summary.inner_text().split()) == few
    expect(authors.locator("summary .publication-owner")).to_be_visible()
    expect(authors.get_by_text("Charles Lyell")).to_be_hidden()
    summary.click()
    expect(authors.get_by_text("Charles Lyell")).to_be_visible()
    expect(authors.locator("p .publication-owner")).to_be_visible()
    assert summary.inner_text().strip() == "Fewer"


def test_bibtex_is_copied_by_keyboard_and_said_to_be(visit: Visit) -> None:
    page = visit.open(permissions=["clipboard-read", "clipboard-write"])
    page.locator("#store .publication-bibtex summary").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Copy")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Copy")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#store").get_by_role("status")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#store pre").text_content()


def test_an_entry_has_one_button_however_often_it_is_opened(visit: Visit) -> None:
    page = visit.open()
    for _ in range(3):
        page.locator("#store .publication-bibtex summary").click()
    expect(page.locator("button", has_text="Copy")).to_have_count(1)


@pytest.mark.parametrize(
    "denied", ["navigator.clipboard.writeText = () => Promise.reject()", "delete Navigator.prototype.clipboard"]
)
def test_what_may_not_be_copied_is_selected(visit: Visit, denied: str) -> None:
    page = visit.open()
    page.evaluate(f"() => {{ {denied} }}")
    page.locator("#store .publication-bibtex summary").click()
    page.get_by_role("button", name="Copy").click()
    assert page.evaluate("getSelection().toString().trim()").startswith("@inproceedings{store,")
    expect(page.locator("#store").get_by_role("status")).to_be_empty()


def test_a_preview_keeps_its_room_before_it_is_there(visit: Visit) -> None:
    picture = visit.open().locator(".publication-preview")
    expect(picture).to_have_accessible_name("A loom that weaves numbers")
    size = "each => [each.offsetTop, each.offsetWidth, each.offsetHeight, each.parentElement.offsetHeight]"
    before = picture.evaluate(size)
    picture.evaluate("each => { each.removeAttribute('src'); each.alt = '' }")
    assert picture.evaluate(size) == before


def test_paper_has_the_list_but_nothing_to_press(visit: Visit) -> None:
    page = visit.open()
    page.locator("#notes .publication-abstract summary").click()
    page.locator("#notes .publication-bibtex summary").click()
    page.emulate_media(media="print")
    expect(page.locator(".publication:visible")).to_have_count(12)
    expect(page.locator("form.publications-facets")).to_be_hidden()
    expect(page.get_by_role("button", name="Copy")).to_be_hidden()
    expect(page.locator("#notes .publication-abstract p")).to_be_visible()
    expect(page.locator("#store .publication-texts summary").first).to_be_hidden()
    expect(page.locator("#census .publication-few")).to_be_visible()


def test_the_picture_says_in_words_what_it_shows(root: Callable[[str], Built]) -> None:
    page = root("facets").page("index")
    assert page.select_one(".publications-chart svg")["aria-label"] == (
        "Publications per year. 1828: 1 (1 as first author); 1841: 1 (1 as last author); 1842: 1 (1 as co-first"
        " author); 1843: 2 (1 as first author, 1 as co-author); 1844: 2 (1 as first author, 1 as last author);"
        " 1845: 3 (1 as first author, 1 as co-first author, 1 as corresponding author); 1846: 1 (1 as co-author)."
    )
    assert [title.get_text() for title in page.select(".publications-chart title")][:2] == [
        "1828: 1 (1 as first author)",
        "1829: 0",
    ]
    keys = [key.get_text() for key in page.select(".publications-chart .chart-key")]
    assert keys == ["First author", "Co-first author", "Corresponding author", "Last author", "Co-author"]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_years_below_the_picture_do_not_touch(visit: Visit, width: int) -> None:
    page = visit.open(width=width)
    boxes = [text.bounding_box() for text in page.locator(".publications-chart text:visible").all()]
    names = sorted((box for box in boxes if box["y"] == max(box["y"] for box in boxes)), key=lambda box: box["x"])
    assert len(names) >= 4
    for left, right in pairwise(names):
        assert left["x"] + left["width"] + 4 < right["x"]


def test_a_page_without_a_form_shows_its_list(visit: Visit) -> None:
    page = visit.open("plain.html")
    expect(page.locator(".publication:visible")).to_have_count(3)
    expect(page.locator("form.publications-facets")).to_have_count(0)


def test_in_a_long_list_links_and_the_form_work_as_in_a_short_one(
    project: Callable[[str], Project], browser: Browser
) -> None:
    copy = project("facets")
    entry = "@misc{{k{}, title = {{Work {}}}, author = {{Lovelace, Ada}}, year = {{{}}}, keywords = {{t{}}}}}"
    made = "\n".join(entry.format(n, n, 1800 + n % 40, n % 7) for n in range(600))
    copy.write("refs.bib", made)
    copy.write("index.md", "# Long\n\n```{publications}\n:facets: topic\n```\n\n```{toctree}\nplain\ntwo\n```\n")
    for address in serve(copy.build().output):
        visit = Visit(browser, address)
        page = visit.open("index.html#k300")
        expect(page.locator("#k300")).to_be_in_viewport()
        assert page.locator("#k20").evaluate("each => getComputedStyle(each).contentVisibility") == "auto"
        page.get_by_role("checkbox", name="t3").check()
        expect(status(page)).to_have_text("86 of 600 publications")
        page.evaluate("location.hash = 'k5'")
        expect(page.locator("#k5")).to_be_in_viewport()
        page.context.close()
        assert visit.errors == []
