"""The audit sees what keeps a reader out, in whichever window and state it does."""

from collections.abc import Callable

import pytest

from sphinx_folio.audit import access
from sphinx_folio.audit.browser import Published

Publish = Callable[[dict[str, str]], Published]

PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta name="viewport" content="width=device-width"><title>Ada Lovelace</title><style>
body { background: white; color: black }
@media (prefers-color-scheme: dark) { body { background: black; color: white } a { color: #9cf } }
button, label { display: inline-block; min-width: 2rem; min-height: 2rem }
input { width: 1.5rem; height: 1.5rem }
label input { appearance: none }
summary { padding: 0.5rem }
label input:checked + span { outline: 2px solid }
aside:not(:has(:checked) ~ *) { display: none }
</style></head>
<body>
<nav><input type="checkbox" id="__navigation" class="sidebar-toggle" aria-label="Menu"></nav>
<aside class="sidebar-drawer" aria-label="Site"><p>The menu.</p></aside>
<article role="main">
<h1>Notes</h1>
<p>Text.</p>
<form class="publications-facets"><label><input type="checkbox"><span>Engines</span></label></form>
<p class="narrowed"></p>
<details><summary>More</summary><p>Folded.</p></details>
</article>
<script>
document.querySelector("label input").addEventListener("change", () => {
    document.querySelector(".narrowed").innerHTML = "<button>Show all</button>"
})
</script>
</body>
</html>
"""
SEARCH = PAGE.replace(
    "</article>",
    """<ul id="search-results"></ul></article>
<script>
if (location.search === "?q=Lovelace") document.querySelector("ul").innerHTML = `<li>Notes</li>`
</script>""",
)

AXE, SMALL, ALIKE = "violations that axe finds", "targets under 24 px", "switches alike on and off"
TINY = "<button style='min-width: 10px; padding: 0; border: 0'>1</button>"
NAMELESS = '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'


def broken(publish: Publish, page: str, name: str = "notes") -> dict[str, str]:
    return {each.check: each.what for each in access.check(publish({f"{name}.html": page})) if each.broken}


def test_a_whole_page_has_no_fault_and_a_row_for_each_look(publish: Publish) -> None:
    found = list(access.check(publish({"notes.html": PAGE, "search.html": SEARCH})))
    assert [each.what for each in found if each.broken] == []
    assert [(each.page, each.check) for each in found] == [
        (page, row) for page in ("notes", "search") for row in access.LOOKS
    ]


@pytest.mark.parametrize(
    ("whole", "fault", "row", "told"),
    [
        ("Text.", f"Text. {NAMELESS}", AXE, "1280 px, as it opens: image-alt: <img"),
        ("Folded.", f"Folded. {NAMELESS}", AXE, "400 %, all unfolded: image-alt: <img"),
        (">Show all<", "><", AXE, "375 px, list narrowed: button-name: <button"),
        ("The menu.", f"The menu. {NAMELESS}", AXE, "375 px, menu open: image-alt: <img"),
        ("color: white", "color: #333", AXE, "1280 px, dark, all unfolded: color-contrast: <h1"),
        ("<p>Text.</p>", "<h1>More</h1>", "first-level headings but one", "2 headings of the first level: Notes, More"),
        ("<h1>Notes</h1>", "<h2>Notes</h2>", "first-level headings but one", "0 headings of the first level"),
        ("Text.", '<img alt="" width="330">', "sideways scrolling", "400 %, all unfolded: "),
        ("Text.", TINY, SMALL, "10 × 32 px: <button"),
        ("checked + span", "checked + b", ALIKE, "forced colors, all unfolded: looks the same"),
        ("outline: 2px solid", "box-shadow: 0 0 1px", ALIKE, "looks the same on and off: <input"),
    ],
)
def test_a_fault_is_told_with_the_view_and_the_state(
    publish: Publish, whole: str, fault: str, row: str, told: str
) -> None:
    assert whole in PAGE
    assert told in broken(publish, PAGE.replace(whole, fault))[row]


def test_a_switch_that_forced_colors_make_alike_is_told(publish: Publish) -> None:
    page = PAGE.replace("outline: 2px solid", "background: gold; color: black")
    (said,) = broken(publish, page).values()
    assert {line.split(",")[0] for line in said.splitlines()} == {"forced colors"}


def test_a_wide_table_is_told_where_it_is_too_wide_and_by_how_much(publish: Publish) -> None:
    wide = '<table style="width: 400px; border-spacing: 0"><tr><td>1</td></tr></table>'
    said = broken(publish, PAGE.replace("<p>Text.</p>", wide))["sideways scrolling"]
    assert {line.split(",")[0] for line in said.splitlines()} == {"375 px", "400 %"}
    assert "px wider than the window" in said


def test_a_fault_among_the_results_of_the_search_is_told(publish: Publish) -> None:
    said = broken(publish, SEARCH.replace("<li>Notes</li>", f"<li>{NAMELESS}</li>"), "search")
    assert "1280 px, search results: image-alt: <img" in said[AXE]


def test_a_link_in_text_may_be_as_high_as_the_text(publish: Publish) -> None:
    assert broken(publish, PAGE.replace("Text.", 'More of <a href="#">this</a> and that.')) == {}
