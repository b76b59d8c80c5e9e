"""The keyboard alone: every stop of the Tab key is seen, in order and not covered; skip link and drawers work."""

from collections import defaultdict
from collections.abc import Iterator

from playwright.sync_api import Page

from sphinx_folio.audit.browser import Published
from sphinx_folio.audit.findings import Finding, faults
from sphinx_folio.audit.views import DRAWERS, NARROW, SETTLED, WIDE, unfold, window

STOPS, SKIP, DRAWN = "stops of the Tab key with a fault", "faults of the skip link", "faults of the drawers"

# How a stop looks is kept while nothing has the focus, to be compared when it has. An input that is clear is
# drawn by its label or by what follows it.
PREPARE = """() => {
    scrollTo(0, 0)
    const visible = (each) => each.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    const shapes = (stop) => [stop, ...(stop.labels ?? []), stop.matches("input") && stop.nextElementSibling]
        .filter((each) => each && visible(each))
    const shape = (stop) => visible(stop) ? [stop] : shapes(stop)
    const look = (stop) => [stop, stop.parentElement, ...shapes(stop)].map((each) => {
        const s = getComputedStyle(each)
        return [s.outline, s.boxShadow, s.borderColor, s.backgroundColor, s.color, s.textDecoration, s.transform].join()
    }).join()
    const named = (each) => each.outerHTML.slice(0, 120)
    const open = (each) => each.tabIndex >= 0 && !each.matches(":disabled, [inert] *, [inert]") &&
        each.checkVisibility({ visibilityProperty: true })
    const stops = [...document.querySelectorAll(
        "a[href], button, input, select, textarea, summary, [tabindex], [contenteditable]"
    )].filter(open)
    const looks = new Map(stops.map((each) => [each, look(each)]))
    const met = new Set()
    let last, lost

    // Places on each line that a stop takes: its middle, and near its ends.
    const along = ({ left, width, top, height }) =>
        [0.05, 0.5, 0.95].map((part) => [left + part * width, top + height / 2])
    const places = (stop) => shape(stop).flatMap((each) => [...each.getClientRects()])
        .filter(({ width, height }) => width * height > 1).flatMap(along)
    const inside = ([x, y]) => x >= 0 && y >= 0 && x <= innerWidth && y <= innerHeight
    // Of radio buttons one is a stop for all.
    const stood = ({ type, form, name }) => type === "radio" &&
        stops.some((each) => met.has(each) && each.form === form && each.name === name)
    const behind = (one, other) => Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_PRECEDING)

    window.audit = {
        // What hides an element from those who see.
        hidden(stop) {
            const all = places(stop)
            const seen = all.filter(inside)
            if (!all.length) return ["cannot be seen"]
            if (!seen.length) return ["is out of the window"]
            const atop = seen.map(([x, y]) => document.elementFromPoint(x, y)).filter(Boolean)
            const free = atop.some((top) => shape(stop).some((each) => each.contains(top) || top.contains(each)))
            return free ? [] : [`is covered by ${named(atop[0])}`]
        },
        // What is wrong with the stop that has the focus; null where the way is at its end: at a stop that was met
        // before, or for the second time at none.
        stop() {
            const here = document.activeElement
            if (met.has(here) || (here === document.body && lost)) return null
            if (here === document.body) {
                lost = last
                return []
            }
            met.add(here)
            const said = this.hidden(here)
            if (lost) said.push(`comes after the focus was lost at ${named(lost)}`)
            lost = undefined
            if (looks.get(here) === look(here)) said.push("looks the same without the focus")
            if (last && behind(last, here)) said.push("comes too late")
            last = here
            return said.map((fault) => `${fault}: ${named(here)}`)
        },
        // What is wrong when the Tab key leads to nothing new.
        end() {
            const here = document.activeElement
            const trapped = [here].filter((each) => each !== document.body && each !== stops[0])
            const missed = stops.filter((each) => !met.has(each) && open(each) && !stood(each))
            return [
                ...trapped.map((each) => `does not let go of the focus: ${named(each)}`),
                ...missed.map((each) => `is no stop: ${named(each)}`),
            ]
        },
    }
}"""

# Whether an element can be seen in the window, as far as it is not covered.
SHOWN = """(each) => {
    const { left, right } = each.getBoundingClientRect()
    return each.checkVisibility({ visibilityProperty: true }) && left < innerWidth && right > 0
}"""
FOCUSED = "() => document.activeElement === document.body ? 'nothing' : document.activeElement.outerHTML.slice(0, 120)"
NOTHING = "body:not(:has(:focus))"
HELD = "(parts) => Boolean(document.activeElement.closest(parts.join()))"
BEFORE = """() => document.activeElement !== document.body && Boolean(
    document.querySelector(":target").compareDocumentPosition(document.activeElement) &
        Node.DOCUMENT_POSITION_PRECEDING
)"""


def stops(page: Page) -> list[str]:
    """Press Tab until it leads to nothing new."""
    page.evaluate(PREPARE)
    found: list[str] = []
    page.keyboard.press("Tab")
    while (said := page.evaluate("audit.stop()")) is not None:
        found += said
        page.keyboard.press("Tab")
    found += page.evaluate("audit.end()")
    return found


def skip(page: Page) -> list[str]:
    """Follow the link that comes first, and see whether the focus goes on from where it leads."""
    page.keyboard.press("Tab")
    if not page.evaluate("document.activeElement.matches('a[href^=\"#\"]')"):
        return [f"the first stop is no link into the page: {page.evaluate(FOCUSED)}"]
    page.keyboard.press("Enter")
    page.wait_for_timeout(50)  # for scripts that follow the address
    page.keyboard.press("Tab")
    if not page.evaluate("Boolean(document.querySelector(':target'))"):
        return [f"leads nowhere: {page.url}"]
    if page.evaluate(BEFORE):
        return [f"the focus stays before where it leads: {page.evaluate(FOCUSED)}"]
    return []


def drawn(name: str, toggle: str, drawer: str, page: Page) -> Iterator[str]:
    """Open a drawer, go round in it, and close it."""
    links, shown = page.locator(f"{drawer} a[href]"), page.locator(drawer)
    if not links.count() or shown.evaluate(SHOWN):
        return
    box = page.locator(f"input{toggle}")
    box.focus()
    page.keyboard.press("Space")
    if not shown.evaluate(SHOWN):
        yield f"{name}: cannot be opened"
        return
    box.blur()
    page.evaluate(PREPARE)
    box.focus()
    yield from (f"{name}: what closes it {fault}" for fault in page.evaluate("audit.stop()"))
    page.keyboard.press("Tab")
    if not page.evaluate(HELD, [drawer]):
        yield f"{name}: the focus does not go into it, but to {page.evaluate(FOCUSED)}"
    while (said := page.evaluate("audit.stop()")) is not None:
        if shown.evaluate(SHOWN) and not page.evaluate(HELD, [drawer, toggle, NOTHING]):
            yield f"{name}: the page behind takes the focus: {page.evaluate(FOCUSED)}"
            break
        yield from (f"{name}: {fault}" for fault in said)
        page.keyboard.press("Tab")
    box.focus()
    page.keyboard.press("Space")
    if shown.evaluate(SHOWN):
        yield f"{name}: cannot be closed"


def check(site: Published) -> Iterator[Finding]:
    """Go through every page by keyboard, in a wide window and in a narrow one."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for width in (WIDE, NARROW):
        with window(site, width) as page:
            for name in site.pages:
                page.goto(site.url(name))
                found[name, SKIP] += [f"{width} px: {fault}" for fault in skip(page)]
                for called, parts in DRAWERS.items():
                    found[name, DRAWN] += [f"{width} px: {fault}" for fault in drawn(called, *parts, page)]
                page.goto(site.url(name))
                unfold(page)
                if page.locator("model-figure").count():
                    page.wait_for_timeout(SETTLED)
                found[name, STOPS] += [f"{width} px: {fault}" for fault in stops(page)]
    for name in site.pages:
        for row in (STOPS, SKIP, DRAWN):
            yield faults(row, name, found[name, row])
