"""The keyboard alone: every stop of the Tab key is seen, in order and not covered; skip link and drawers work."""

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page

from audit.findings import Finding, faults
from audit.site import Published
from audit.views import DRAWERS, NARROW, WIDE, draw, unfold, window

# What stands for a stop on the screen: itself, or beside it where it is drawn by its label or the text that follows.
# Its look is kept while it has no focus, to be compared when it has. Transitions would hide the difference for a while.
PREPARE = """() => {
    const still = new CSSStyleSheet()
    still.replaceSync("*, ::before, ::after { transition: none !important; scroll-behavior: auto !important }")
    document.adoptedStyleSheets.push(still)

    const clear = (each) => !each.checkVisibility({ opacityProperty: true })
    const stand = (each) => [each, each.nextElementSibling, each.parentElement, ...(each.labels ?? [])]
        .filter((other) => other && !clear(other))
    const look = (each) => stand(each).map((other) => {
        const s = getComputedStyle(other)
        return [s.outline, s.boxShadow, s.borderColor, s.backgroundColor, s.color, s.textDecoration, s.transform].join()
    }).join()
    const stops = [...document.querySelectorAll(
        "a[href], button, input, select, textarea, summary, [tabindex], [contenteditable]"
    )].filter((each) => each.tabIndex >= 0 && !each.disabled && each.checkVisibility({ visibilityProperty: true }))
    const looks = new Map(stops.map((each) => [each, look(each)]))
    const named = (each) => each.outerHTML.slice(0, 120)
    const met = new Set()
    let last

    window.audit = {
        count: stops.length,
        // What is wrong with the stop that has the focus; null where no element has it.
        stop() {
            const here = document.activeElement
            if (here === document.body || met.has(here)) return null
            met.add(here)
            const said = []
            const shown = stand(here).filter((each) => each.checkVisibility({ visibilityProperty: true }))
            const boxes = shown.flatMap((each) => [...each.getClientRects()]).filter(({ width, height }) => width * height > 1)
            const middles = boxes.map((box) => [(box.left + box.right) / 2, (box.top + box.bottom) / 2])
                .filter(([x, y]) => x >= 0 && y >= 0 && x <= innerWidth && y <= innerHeight)
            const atop = middles.flatMap(([x, y]) => document.elementFromPoint(x, y) ?? [])
            if (!boxes.length) said.push("cannot be seen")
            else if (!middles.length) said.push("is out of the window")
            else if (!atop.some((top) => shown.some((each) => each.contains(top) || top.contains(each))))
                said.push(`is covered by ${named(atop[0])}`)
            if (looks.get(here) === look(here)) said.push("looks the same without the focus")
            if (last && last.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_PRECEDING) said.push("comes too late")
            last = here
            return said.map((fault) => `${fault}: ${named(here)}`)
        },
        missed: () => stops.filter((each) => !met.has(each) && each.checkVisibility({ visibilityProperty: true })).map(named),
    }
}"""
