"""A page as visitors have it: in a wide or a narrow window, light or dark, as it opens and in use."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from playwright.sync_api import Page, expect

from sphinx_folio.audit.browser import Published

WIDE, NARROW = 1280, 375
ZOOMED = 320  # what is left of 1280 at 400 %
WAIT = 20_000  # milliseconds that a model or a search may take on a busy machine
SETTLED = 800  # milliseconds after which a model has made its tables anew
DRAWERS = {"menu": ("#__navigation", ".sidebar-drawer"), "contents": ("#__toc", ".toc-drawer")}  # toggle, drawer

# What moves is looked at when it has arrived; nobody waits for it.
STILL = """{
    const still = new CSSStyleSheet()
    still.replaceSync("*, ::before, ::after { transition: none !important; scroll-behavior: auto !important }")
    document.adoptedStyleSheets.push(still)
}"""


@contextmanager
def window(site: Published, width: int = WIDE, **options: Any) -> Iterator[Page]:
    """A fresh window, closed afterwards."""
    height = 900 if width == WIDE else 740
    context = site.browser.new_context(viewport={"width": width, "height": height}, **options)
    context.add_init_script(STILL)
    yield context.new_page()
    context.close()


def whole(page: Page) -> str:
    """Leave the page as it opens."""
    return "html"


def unfold(page: Page) -> str:
    """Open all that is folded and wait for what is live."""
    for figure in page.locator("model-figure").all():
        figure.scroll_into_view_if_needed()
        expect(figure.locator(".model-says")).not_to_be_empty(timeout=WAIT)
    folded = page.locator("details:not([open])")
    folded.evaluate_all("all => all.forEach((details) => { details.open = true })")
    page.wait_for_timeout(50)  # for what opening adds: a button that copies
    for data in page.locator(".model-data").all():
        expect(data.locator("table").first).to_be_visible(timeout=WAIT)
    return "html"


def narrow(page: Page) -> str:
    """Choose something in the form that narrows a list."""
    choices = page.locator(".publications-facets input[type=checkbox]")
    if not choices.count():
        return ""
    choices.first.check()
    return "article"


def search(page: Page) -> str:
    """Search for the site's name, which surely is found."""
    results = page.locator("#search-results")
    if not results.count():
        return ""
    page.goto(f"{page.url}?q={page.title().split()[-1]}")
    expect(results.locator("li").first).to_be_visible(timeout=WAIT)
    return "article"


def draw(toggle: str, drawer: str, page: Page) -> str:
    """Open a drawer of narrow windows by keyboard, and no other."""
    page.keyboard.press("Escape")
    box = page.locator(f"input{toggle}")
    if not box.count() or not box.evaluate("box => box.checkVisibility()"):
        return ""
    box.focus()
    page.keyboard.press("Space")
    return drawer


# What a visitor does with a page, one after the other. Each says which part of it has changed, or "" where a page has
# nothing of the kind in this window.
STATES: dict[str, Callable[[Page], str]] = {
    "as it opens": whole,
    "all unfolded": unfold,
    "list narrowed": narrow,
    "search results": search,
    **{f"{name} open": partial(draw, *parts) for name, parts in DRAWERS.items()},
}
