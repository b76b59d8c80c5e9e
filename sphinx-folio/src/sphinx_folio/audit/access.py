"""Access, as far as a program sees it: axe, headings, room, targets; each page in each window and state."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from playwright.sync_api import Page

from sphinx_folio.audit.browser import Published
from sphinx_folio.audit.findings import Finding, faults
from sphinx_folio.audit.npm import package
from sphinx_folio.audit.views import NARROW, STATES, WIDE, ZOOMED, window

AXE = ("axe-core", "4.14.1")
OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
OF_COLORS = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}
ALIKE_ROWS = "tbody tr:nth-child(n + 4)"  # a model's table may have a thousand cells

# What a pointer hits that is smaller than 24 px; links in text are as high as it, and axe sees to the room around them.
SMALL = """() => {
    const inText = (each) => getComputedStyle(each).display === "inline" &&
        (each.closest("article p, article li, article dd, article td, article figcaption") ||
            [...each.parentElement.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()))
    return [...document.querySelectorAll("a[href], button, input, select, summary, label[for]")]
        .filter((each) => each.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
        .filter((each) => getComputedStyle(each).pointerEvents !== "none" && !inText(each))
        .map((each) => [each, each.getBoundingClientRect()])
        .filter(([, { width, height }]) => Math.min(width, height) > 1 && Math.min(width, height) < 23.95)
        .map(([each, { width, height }]) => [width.toFixed(), height.toFixed(), each.outerHTML.slice(0, 120)])
        .map(([width, height, named]) => `${width} × ${height} px: ${named}`)
}"""

# What can be switched and draws itself, but looks the same on and off. Of grounds forced colors leave none but that of
# the page, which is told as transparent or not.
ALIKE = """() => {
    const forced = matchMedia("(forced-colors: active)").matches
    const bare = (color) => color.replace(/rgba\\((.*), 0\\)/, "rgb($1)")
    const ground = ({ backgroundColor }) => forced ? bare(backgroundColor) : backgroundColor
    const look = (box) => [box, box.nextElementSibling].filter(Boolean)
        .flatMap((each) => ["", "::before"].map((part) => getComputedStyle(each, part || null)))
        .map((s) => [s.outline, s.borderColor, ground(s), s.content, s.left, s.transform].join()).join()
    const drawn = (box) => getComputedStyle(box).opacity === "0" || getComputedStyle(box).appearance === "none"
    const changed = (box) => {
        const before = look(box)
        box.checked = !box.checked
        const after = look(box)
        box.checked = !box.checked
        return before !== after
    }
    return [...document.querySelectorAll("article :is([type=checkbox], [type=radio]):not(.sidebar-toggle)")]
        .filter((box) => box.checkVisibility() && drawn(box) && !changed(box))
        .map((box) => `looks the same on and off: ${box.outerHTML.slice(0, 120)}`)
}"""

HEADINGS = "Array.from(document.querySelectorAll('h1'), (each) => each.textContent.trim())"
WIDER = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"


def violations(page: Page, part: str = "html", options: Mapping[str, Any] = OPTIONS) -> list[str]:
    """What axe finds in the part of the page that this selector names."""
    if not page.evaluate("'axe' in window"):
        page.evaluate((package(*AXE) / "axe.min.js").read_text("utf-8"))
    where = {"include": part, "exclude": ALIKE_ROWS}
    found = page.evaluate("([where, options]) => axe.run(where, options)", [where, dict(options)])["violations"]
    return [f"{each['id']}: {node['html'][:120]}" for each in found for node in each["nodes"]]


def headings(page: Page, part: str) -> list[str]:
    """Whether there is not one heading of the first level."""
    found = page.evaluate(HEADINGS)
    return [] if len(found) == 1 else [f"{len(found)} headings of the first level: {', '.join(found)}"]


def sideways(page: Page, part: str) -> list[str]:
    """How far the page scrolls sideways."""
    wider = page.evaluate(WIDER)
    return [f"{wider} px wider than the window"] if wider > 0 else []


def small(page: Page, part: str) -> list[str]:
    """Targets that are too small for a finger."""
    found: list[str] = page.evaluate(SMALL)
    return found


def alike(page: Page, part: str) -> list[str]:
    """Switches whose state nobody sees."""
    found: list[str] = page.evaluate(ALIKE)
    return found


# Each is a row of a page: what is found there in any window and state.
Looks = dict[str, Callable[[Page, str], list[str]]]
LOOKS: Looks = {
    "violations that axe finds": violations,
    "first-level headings but one": headings,
    "sideways scrolling": sideways,
    "targets under 24 px": small,
    "switches alike on and off": alike,
}
# Of views that differ from an earlier one in nothing but colors.
COLORS: Looks = {
    "violations that axe finds": partial(violations, options=OF_COLORS),
    "switches alike on and off": alike,
}

OPENS, *USED = STATES

# How a visitor sees the pages, as Playwright says it; what is looked at, and in which states: only those in which that
# view has something that no earlier one had.
VIEWS: dict[str, tuple[dict[str, Any], Looks, list[str]]] = {
    "1280 px": ({"width": WIDE}, LOOKS, [OPENS, *USED]),
    "1280 px, dark": ({"width": WIDE, "color_scheme": "dark"}, COLORS, USED),
    "375 px": ({"width": NARROW}, LOOKS, USED),
    "375 px, dark": ({"width": NARROW, "color_scheme": "dark"}, COLORS, USED),
    "400 %": ({"width": ZOOMED}, LOOKS, USED[:1]),
    "forced colors": ({"forced_colors": "active"}, COLORS, USED),
    "forced colors, dark": ({"color_scheme": "dark", "forced_colors": "active"}, COLORS, USED),
}


def check(site: Published) -> Iterator[Finding]:
    """Look at every page in every view and every state that it has."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for view, (options, looks, states) in VIEWS.items():
        with window(site, **options) as page:
            for name in site.pages:
                page.goto(site.url(name))
                for state in states:
                    if part := STATES[state](page):
                        for row, look in looks.items():
                            found[name, row] += [f"{view}, {state}: {fault}" for fault in look(page, part)]
    for name in site.pages:
        for row in LOOKS:
            yield faults(row, name, found[name, row])
