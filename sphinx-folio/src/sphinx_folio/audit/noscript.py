"""Without script every page is whole: its words, what is folded, menus, the system's colors, pictures of models."""

from collections import Counter
from collections.abc import Iterator
from typing import Literal

from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as TooLate

from sphinx_folio.audit.browser import Published
from sphinx_folio.audit.findings import Finding, faults
from sphinx_folio.audit.views import DRAWERS, NARROW, WIDE, draw, window

# The words that a reader sees of a page's own text, once all is unfolded. What is there to be operated is looked at
# apart, and models, of which a picture stays.
WORDS = """() => {
    const apart = "model-figure, form, button, noscript, script, style"
    const main = document.querySelector("article, main, [role=main]") ?? document.body
    const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT)
    const words = []
    while (texts.nextNode()) {
        const around = texts.currentNode.parentElement
        if (!around.closest(apart) && around.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
            words.push(...texts.currentNode.data.split(/\\s+/).filter(Boolean))
    }
    return words
}"""
UNFOLD = "document.querySelectorAll('details').forEach((details) => { details.open = true })"

# What can do nothing without script. A form with an address and a switch that is styled can.
IDLE = """() => [...document.querySelectorAll("button, input, select, textarea, [role=button], [contenteditable]")]
    .filter((each) => each.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
    .filter((each) => !each.closest("form[action]") && !each.matches(".sidebar-toggle"))
    .map((each) => `can do nothing: ${each.outerHTML.slice(0, 120)}`)"""

PICTURES = """() => {
    const seen = (each) => each?.checkVisibility() && each.getBoundingClientRect().height > 1
    return [...document.querySelectorAll("model-figure")].flatMap((model) => [
        ...([...model.querySelectorAll("svg, img")].some(seen) ? [] : [`no picture of the model ${model.id}`]),
        ...(seen(model.closest("figure")?.querySelector("figcaption")) ? [] : [`no caption of the model ${model.id}`]),
    ])
}"""

# How light the text is, of 255: it says which of its colors a page shows.
LIGHTNESS = "Math.max(...getComputedStyle(document.body).color.match(/[\\d.]+/g).slice(0, 3))"
SCHEMES: dict[Literal["light", "dark"], bool] = {"light": False, "dark": True}  # whether the text is light
SLIDE, PATIENCE = 400, 2_000  # milliseconds: that a drawer takes, and that a link in it may


def check(site: Published) -> Iterator[Finding]:
    """A row for each page."""
    for name in site.pages:
        yield faults("faults without script", name, found(site, name))


def found(site: Published, name: str) -> Iterator[str]:
    """Visit a page without script, in windows of each kind."""
    with window(site, WIDE, java_script_enabled=False) as page:
        page.goto(site.url(name))
        yield from page.evaluate(IDLE)
        yield from page.evaluate(PICTURES)
        yield from silent(page)
        yield from folded(page)
        yield from missing(page, words(site, name))
        yield from colors(page)
    with window(site, NARROW, java_script_enabled=False) as page:
        yield from drawers(site, page, name)


def words(site: Published, name: str) -> Counter[str]:
    """What a page says with script."""
    with window(site) as page:
        page.goto(site.url(name))
        page.evaluate(UNFOLD)
        return Counter(page.evaluate(WORDS))


def missing(page: Page, said: Counter[str]) -> Iterator[str]:
    """What a page, unfolded, does not say without script."""
    page.evaluate(UNFOLD)
    if unsaid := said - Counter(page.evaluate(WORDS)):
        yield f"only with script: {' '.join(unsaid.elements())[:200]}"


def folded(page: Page) -> Iterator[str]:
    """What cannot be opened and closed."""
    for details in page.locator("details").all():
        summary = details.locator("summary").first
        if not summary.is_visible():  # in one that is closed
            continue
        before = is_open(details)
        try:
            summary.click(timeout=PATIENCE)
            between = is_open(details)
            summary.click(timeout=PATIENCE)
        except TooLate:
            between = before
        if between is before or is_open(details) is not before:
            yield f"does not open and close: {summary.text_content()}"
        details.evaluate("details => { details.open = true }")  # for those that are in it


def is_open(details: Locator) -> bool:
    """Whether what is folded is shown."""
    shown: bool = details.evaluate("details => details.open")
    return shown


def silent(page: Page) -> Iterator[str]:
    """A search that does not say that it needs script."""
    if page.locator("#search-results").count() and not page.locator("noscript *").first.is_visible():
        yield "does not say that the search needs script"


def colors(page: Page) -> Iterator[str]:
    """Where a page does not follow the system."""
    for scheme, light in SCHEMES.items():
        page.emulate_media(color_scheme=scheme)
        if (page.evaluate(LIGHTNESS) > 127) is not light:
            yield f"is not {scheme} where the system is"


def drawers(site: Published, page: Page, name: str) -> Iterator[str]:
    """Drawers that do not open, or whose links lead nowhere."""
    for called, parts in DRAWERS.items():
        page.goto(site.url(name))
        if not (drawer := draw(*parts, page)):
            continue
        page.wait_for_timeout(SLIDE)
        link = page.locator(f"{drawer} a[href]").last
        try:
            link.click(timeout=PATIENCE)
        except TooLate:
            yield f"the drawer does not open: {called}"
            continue
        if page.url == site.url(name):
            yield f"leads nowhere: {link.text_content()}"
