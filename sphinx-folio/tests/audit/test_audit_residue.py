"""The audit sees what was left over."""

from collections.abc import Callable

import pytest

from sphinx_folio.audit import residue
from sphinx_folio.audit.browser import Published

Publish = Callable[[dict[str, str]], Published]

HOME = "https://ada.invalid/"
WHOLE = {
    "index.html": f"""<html><head><title>Ada</title>
<link rel="canonical" href="{HOME}index.html"><link rel="stylesheet" href="_static/style.css?v=1">
<meta property="og:image" content="{HOME}_static/portrait.jpg"></head>
<body><h1>Ada</h1><a href="papers/notes.html#top">Notes</a><form action="search.html"></form></body></html>""",
    "papers/notes.html": """<html><head><title>Notes</title></head>
<body><h1>Notes</h1><a href="../index.html">Home</a>
<script type="module" src="../_static/model.js"></script></body></html>""",
    "search.html": "<h1>Search</h1>",
    "404.html": "<h1>Not found</h1>",
    "papers.bib": "@misc{notes}",
    "_static/style.css": 'h1 { background: url("lines.svg") }',
    "_static/lines.svg": "<svg/>",
    "_static/portrait.jpg": "",
    "_static/model.js": 'import "./parts/plot.js";  // not ./parts/old.js\n/*! see model.js.LICENSE.txt */',
    "_static/model.js.LICENSE.txt": "Free.",
    "_static/parts/plot.js": 'new Worker(new URL("../worker.js", import.meta.url))',
    "_static/worker.js": "//# sourceMappingURL=worker.js.map",
    "_static/worker.js.map": "{}",
}


def broken(publish: Publish, **changed: str) -> dict[tuple[str, str], str]:
    return {(each.page, each.check): each.what for each in residue.check(publish(WHOLE | changed)) if each.broken}


def test_nothing_is_left_over_of_what_is_used(publish: Publish) -> None:
    found = list(residue.check(publish(WHOLE)))
    assert [each.what for each in found if each.broken] == []
    pages = ["404", "index", "papers/notes", "search"]
    assert [each.page for each in found] == [*sorted(pages * 2), "", "", ""]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("TODO", "TODO in “Notes Notes TODO ../index.html"),
        ("Lorem ipsum", "Lorem in “"),
        ("by Your Name", "Your Name in “"),
        ('<img alt="Jane Doe">', "Jane Doe in “"),
        ('<a href="https://example.org/">Mine</a>', "example.org in “"),
    ],
)
def test_a_placeholder_is_told_with_the_words_around_it(publish: Publish, text: str, told: str) -> None:
    found = broken(publish, **{"papers/notes.html": WHOLE["papers/notes.html"].replace("Home", text)})
    assert list(found) == [("papers/notes", "placeholders")]
    assert told in found["papers/notes", "placeholders"]


def test_a_placeholder_in_a_file_is_told(publish: Publish) -> None:
    found = broken(publish, **{"papers.bib": "@misc{notes, title = {TODO}}"})
    assert found == {("", "placeholders in other files"): "papers.bib: TODO in “@misc{notes, title = {TODO}}”"}


@pytest.mark.parametrize("target", ["#", "", "javascript:void(0)"])
def test_a_link_to_nowhere_is_told_by_its_words(publish: Publish, target: str) -> None:
    page = WHOLE["papers/notes.html"].replace("</h1>", f'</h1><a href="{target}">More <b>notes</b></a>')
    found = broken(publish, **{"papers/notes.html": page})
    assert found == {("papers/notes", "links to nowhere"): f"'More notes': href=\"{target}\""}


def test_a_page_that_no_link_leads_to_is_told(publish: Publish) -> None:
    found = broken(publish, **{"old/draft.html": '<a href="other.html">Other</a>', "old/other.html": "<h1>Other</h1>"})
    assert found == {("", "pages without a way to them"): "old/draft\nold/other"}


@pytest.mark.parametrize("name", ["_static/old.css", "_static/parts/old.js", "_static/draft/style.css"])
def test_a_file_that_nothing_names_is_told(publish: Publish, name: str) -> None:
    assert broken(publish, **{name: ""}) == {("", "unused files in _static"): name}


def test_the_still_picture_of_a_figure_is_not_left_over(publish: Publish) -> None:
    alone = {"_static/models/mill.svg": "<svg/>"}
    assert broken(publish, **alone) == {("", "unused files in _static"): "_static/models/mill.svg"}
    page = WHOLE["papers/notes.html"].replace("Home</a>", 'Home</a> <a href="../_static/models/mill.js">Script</a>')
    assert broken(publish, **alone, **{"_static/models/mill.js": "", "papers/notes.html": page}) == {}
