"""The audit sees errors in HTML, SVG and CSS."""

from collections.abc import Callable

import pytest

from sphinx_folio.audit import html
from sphinx_folio.audit.browser import Published

Publish = Callable[[dict[str, str]], Published]

PAGE = """<!DOCTYPE html>
<html lang="en">
<head><title>Page</title></head>
<body>
<h1>Page</h1>
<p>Text.</p>
</body>
</html>
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">\n<path d="M0 0h9"/>\n</svg>'
WHOLE = {"a page.html": PAGE, "other.html": PAGE, "picture.svg": SVG, "style.css": "p { margin: 0 }"}


def test_whole_files_have_no_error_and_a_row_each_page(publish: Publish) -> None:
    found = list(html.check(publish(WHOLE)))
    assert [finding.page for finding in found] == ["a page", "other", ""]
    assert not any(finding.broken for finding in found)


def test_errors_are_told_with_their_places(publish: Publish) -> None:
    site = publish(
        {
            "a page.html": PAGE.replace("<p>Text.</p>", "<p><div>Text.</div></p>"),
            "other.html": PAGE,
            "picture.svg": SVG.replace("M0 0h9", "M0 0q"),
            "style.css": "p { margin: red }",
        }
    )
    page, other, rest = html.check(site)
    assert page.what.startswith("line 6: No “p” element in scope")
    assert not other.broken
    picture, style = rest.what.splitlines()
    assert picture.startswith("picture.svg: line 2: Bad value “M0 0q” for attribute “d”")
    assert style.startswith("style.css: line 1: CSS: “margin”: “red” is not a “margin” value.")


def test_without_java_the_promise_is_broken(publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    (found,) = html.check(publish(WHOLE))
    assert found.broken
    assert found.what == "The Nu checker needs Java: apt-get install default-jre-headless"
