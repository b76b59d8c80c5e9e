"""The audit sees what a page lacks where no script runs."""

from collections.abc import Callable

import pytest

from sphinx_folio.audit import noscript
from sphinx_folio.audit.browser import Published

Publish = Callable[[dict[str, str]], Published]

STYLE = """:root { color-scheme: light dark }
aside { position: fixed; left: 0; width: 10em; visibility: hidden }
.sidebar-toggle:checked + aside { visibility: visible }
form:not([action]) { display: none }"""
TOGGLE = '<input type="checkbox" class="sidebar-toggle" id="__navigation" aria-label="Menu">'
DRAWER = '<aside class="sidebar-drawer"><a href="other.html">Other</a></aside>'
SEARCH = '<form action="search.html"><input name="q"></form>'
NARROWING = '<form><input type="checkbox"> 2025</form>'
LIST = "<ul><li>One paper</li><li>Another paper</li></ul>"
MORE = "<details><summary>More</summary>It works.</details>"
DETAILS = f"<details><summary>Abstract</summary><p>We found it.</p>{MORE}</details>"
MODEL = "<figure><model-figure><svg><path d='M0 0h9'/></svg></model-figure><figcaption>A model.</figcaption></figure>"
WHOLE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Page</title>
<link rel="icon" href="data:,"><style>{STYLE}</style></head>
<body>{TOGGLE}{DRAWER}<main><h1>Page</h1>{SEARCH}{NARROWING}{LIST}{DETAILS}{MODEL}</main>
<script>document.querySelector("details").insertAdjacentHTML("afterend", "<button>Copy</button>")</script>
</body></html>"""
OTHER = WHOLE.replace(TOGGLE, "")
SEARCHING = OTHER.replace("</main>", '<noscript><p>Needs script.</p></noscript><div id="search-results"></div></main>')


def test_pages_that_need_no_script_have_a_row_each(publish: Publish) -> None:
    found = list(noscript.check(publish({"index.html": WHOLE, "other.html": OTHER, "search.html": SEARCHING})))
    assert [finding.page for finding in found] == ["index", "other", "search"]
    assert [finding.what for finding in found if finding.broken] == []


def with_script(script: str) -> str:
    return WHOLE.replace("<script>", f"<script>{script};")


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (with_script("document.querySelector('ul').innerHTML += '<li>A third one'"), "only with script: A third one"),
        (
            with_script("document.querySelector('li').hidden = false").replace("<li>", "<li hidden>", 1),
            "only with script: One paper",
        ),
        (
            WHOLE.replace(MORE, '<details><summary style="pointer-events: none">Fixed</summary></details>'),
            "does not open and close: Fixed",
        ),
        (WHOLE.replace("light dark", "light"), "is not dark where the system is"),
        (WHOLE.replace("<h1>", "<button>Copy</button><h1>"), "can do nothing: <button>Copy</button>"),
        (WHOLE.replace("<form>", '<form style="display: block">'), 'can do nothing: <input type="checkbox">'),
        (WHOLE.replace("<svg", "<svg hidden style='display: none'"), "no picture of the model"),
        (WHOLE.replace("figcaption>", "b>"), "no caption of the model"),
        (WHOLE.replace("visibility: visible", ""), "the drawer does not open: menu"),
        (WHOLE.replace("other.html", ""), "leads nowhere: Other"),
        (SEARCHING.replace("Needs script.", ""), "does not say that the search needs script"),
    ],
)
def test_what_a_page_lacks_without_script_is_told(publish: Publish, page: str, told: str) -> None:
    (found,) = noscript.check(publish({"index.html": page}))
    assert found.what.strip() == told
