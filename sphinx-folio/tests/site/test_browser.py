import pytest
from playwright.sync_api import Page, expect

from conftest import WIDTHS, Built, Visit, everywhere


def search(page: Page, words: str) -> list[str]:
    page.get_by_role("searchbox" if page.locator("main").count() else "textbox", name="Search").first.fill(words)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?**")
    expect(page.locator(".search-summary")).to_contain_text("found", timeout=10_000)
    return [link.get_attribute("href") or "" for link in page.locator("#search-results li > a").all()]


def tab(page: Page) -> str:
    page.keyboard.press("Tab")
    return page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")


def test_a_visitor_finds_the_way_through_the_site(visit: Visit) -> None:
    page = visit.open()
    page.get_by_role("link", name="Publications").first.click()
    expect(page).to_have_title("Publications - Émilie du Châtelet")
    page.locator("#chatelet2026a").get_by_role("link", name="Details").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("On Prisms")
    page.get_by_role("link", name="Curriculum vitae").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Curriculum vitae")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("prisms", "publications/index.html#chatelet2026a"),
        ("Lepaute", "publications/index.html#chatelet"),
        ("laboratory", "cv/index.html"),
        ("fire", "index.html"),
    ],
)
def test_the_search_finds_papers_people_and_words_of_a_page(visit: Visit, words: str, found: str) -> None:
    hits = search(visit.open(), words)
    assert any(hit.removeprefix("./").startswith(found) for hit in hits), hits


def test_a_phone_has_a_search_field_on_the_search_page(visit: Visit) -> None:
    page = visit.open("search.html", width=375)
    field = page.get_by_role("search", name="Search this site").get_by_role("searchbox")
    field.fill("living")
    field.press("Enter")
    expect(page.locator("#search-results li").first).to_be_visible(timeout=10_000)
    expect(field).to_have_value("living")


def test_the_theme_switch_changes_the_colors_and_is_remembered(visit: Visit) -> None:
    page = visit.open()
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    button = page.get_by_role("button", name="Toggle Light / Dark / Auto color theme").first
    for _ in range(3):  # light, dark and automatic, in an order that depends on the system's
        if page.evaluate("document.body.dataset.theme") != "dark":
            button.click()
    assert page.evaluate(background) != light
    page.reload()
    assert page.evaluate("document.body.dataset.theme") == "dark"


def test_the_first_screen_of_a_phone_says_who_what_and_where_to_click(visit: Visit) -> None:
    page = visit.open(width=375)
    for locator in (page.get_by_role("heading", level=1), page.locator(".lead"), page.locator(".contact a").last):
        box = locator.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < 740


@everywhere
def test_every_page_is_quiet_and_stays_on_the_site(site: Built, visit: Visit, width: int, scheme: str) -> None:
    page = visit.open(width=width, scheme=scheme)
    for name in site.pages():
        page.goto(f"{visit.address}/{name}.html")
    assert visit.errors == []
    assert visit.elsewhere == []


def test_on_a_phone_the_menu_comes_before_the_page_and_closes_by_escape(visit: Visit) -> None:
    page = visit.open(width=375)
    drawer = page.get_by_role("complementary", name="Site")
    assert [tab(page), tab(page), tab(page)] == ["Skip to content", "__navigation", "Émilie du Châtelet"]
    page.locator("#__navigation").focus()
    page.keyboard.press("Space")
    expect(drawer.get_by_role("link", name="Publications")).to_be_in_viewport()
    assert tab(page) == "Émilie du Châtelet"
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(page.locator("#__navigation")).to_be_focused()


def test_what_a_reader_chooses_from_the_contents_is_read_next(visit: Visit) -> None:
    page = visit.open("cv/index.html", width=375)
    contents = page.get_by_role("complementary", name="On this page")
    page.locator("#__toc").focus()
    page.keyboard.press("Space")
    contents.get_by_role("link", name="Publications").focus()
    page.keyboard.press("Enter")
    expect(contents).to_be_hidden()
    expect(page.locator("article section#publications")).to_be_in_viewport()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('section').id") == "publications"


@pytest.mark.parametrize("width", WIDTHS)
def test_a_drawer_that_is_open_without_script_can_be_closed(visit: Visit, width: int) -> None:
    page = visit.open("cv/index.html", width, java_script_enabled=False)
    contents = page.get_by_role("complementary", name="On this page")
    expect(contents).to_be_hidden()
    page.locator("#__toc").focus()
    page.keyboard.press("Space")
    expect(contents.get_by_role("link", name="Grants")).to_be_in_viewport()
    page.keyboard.press("Space")
    expect(contents).to_be_hidden()


def test_what_is_not_found_has_a_page_with_ways_on(visit: Visit) -> None:
    page = visit.open("no/such/page.html")
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    page.get_by_role("link", name="home page").click()
    expect(page).to_have_title("Émilie du Châtelet")
    assert visit.errors == ["Failed to load resource: the server responded with a status of 404 (Not Found)"]


def test_print_shows_the_addresses_of_links(visit: Visit) -> None:
    page = visit.open("publications/index.html")
    after = "getComputedStyle(document.querySelector(`{}`), '::after').content"
    assert page.evaluate(after.format("#chatelet2026b .publication-links a")) == "none"
    page.emulate_media(media="print")
    assert (
        page.evaluate(after.format("#chatelet2026b .publication-links a")) == '" <https://doi.org/10.5555/chatelet.1>"'
    )
    assert page.evaluate(after.format("#chatelet2026b .publication-title a")) == "none"
    assert page.evaluate(after.format("#chatelet2026b a[href$='chatelet2026b.html']")) == "none"


def test_without_script_the_pages_are_whole(visit: Visit) -> None:
    page = visit.open("publications/index.html", java_script_enabled=False)
    assert page.locator(".publication").count() == 40
    page.get_by_role("link", name="Curriculum vitae").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Curriculum vitae")
