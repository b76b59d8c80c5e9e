"""The audit sees what is too heavy, and what is sent for nothing."""

import random
from collections.abc import Callable

import pytest

from sphinx_folio.audit import weight
from sphinx_folio.audit.browser import Published
from sphinx_folio.audit.findings import Finding

Publish = Callable[[dict[str, str]], Published]

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Page</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="style.css">{head}</head>
<body><h1>A page with words enough to be painted first</h1><button type="button">Say it</button>{body}</body></html>"""
STYLE = "h1 { margin: 0 }"
SCRIPT = "const say = () => document.body.append('said'); document.querySelector('button').onclick = say"
WHOLE = {"style.css": STYLE, "script.js": SCRIPT}
SOURCE = '<script src="script.js"></script>'


def page(head: str = "", body: str = SOURCE) -> str:
    return PAGE.format(head=head, body=body)


def noise(size: int) -> str:
    """Text that hardly gets smaller when it is compressed: half of its length."""
    return random.Random(1).randbytes(size // 2).hex()  # noqa: S311 (no secret)


def picture(size: int) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="600" height="500"><desc>{noise(size)}</desc></svg>'


@pytest.fixture
def broken(publish: Publish) -> Callable[..., dict[str, Finding]]:
    """The rows that are broken of a home page and files beside it, by what was checked."""

    def found(html: str, **files: str) -> dict[str, Finding]:
        rows = weight.check(publish({"index.html": html} | WHOLE | files))
        return {finding.check: finding for finding in rows if finding.broken}

    return found


def test_a_light_page_has_its_figures_and_breaks_nothing(publish: Publish) -> None:
    found = list(weight.check(publish({"index.html": page(), "other.html": page()} | WHOLE)))
    assert [finding.what for finding in found if finding.broken] == []
    assert [(finding.page, finding.check) for finding in found] == [
        ("index", "largest contentful paint"),
        ("index", "all of it"),
        ("index", "HTML, CSS and JavaScript"),
        ("index", "requests"),
        ("index", "font files"),
        ("index", "files of which nothing is used"),
        ("other", "largest contentful paint"),
        ("other", "HTML, CSS and JavaScript"),
        ("other", "requests"),
        ("other", "font files"),
        ("other", "files of which nothing is used"),
        ("", "heaviest picture"),
    ]
    assert {finding.figure for finding in found if finding.check == "requests"} == {"3"}


def test_a_heavy_script_is_told_with_its_size(broken: Callable[..., dict[str, Finding]]) -> None:
    found = broken(page(), **{"script.js": f"{SCRIPT} // {noise(130_000)}"})
    assert list(found) == ["all of it", "HTML, CSS and JavaScript"]
    heaviest, *_ = found["HTML, CSS and JavaScript"].what.splitlines()
    assert heaviest.endswith(" kB /script.js")
    assert 60 < float(heaviest.split()[0]) < 80


def test_a_heavy_picture_below_the_window_weighs_on_the_home_page(broken: Callable[..., dict[str, Finding]]) -> None:
    lazy = '<p style="height: 9000px"></p><img src="picture.svg" loading="lazy" alt="">'
    found = broken(page(body=SOURCE + lazy), **{"picture.svg": picture(80_000)})
    assert list(found) == ["all of it"]


def test_a_picture_that_no_page_shows_is_too_heavy(broken: Callable[..., dict[str, Finding]]) -> None:
    found = broken(page(), **{"preview/card.svg": picture(100_000)})
    assert found["heaviest picture"].what == "100.1 kB preview/card.svg"
    assert list(found) == ["heaviest picture"]


def test_thirteen_requests_are_one_too_many(broken: Callable[..., dict[str, Finding]]) -> None:
    dots = {f"{number}.svg": picture(1) for number in range(10)}
    images = "".join(f'<img src="{name}" width="1" height="1" alt="">' for name in dots)
    assert broken(page(body=SOURCE + images), **dots)["requests"].figure == "13"
    twice = images.replace("9.svg", "8.svg")
    assert "requests" not in broken(page(body=SOURCE + twice), **dots)


def test_a_picture_that_is_painted_large_is_told(broken: Callable[..., dict[str, Finding]]) -> None:
    found = broken(page(body=SOURCE + '<img src="large.svg" alt="">'), **{"large.svg": picture(30_000)})
    wide, narrow = found["largest contentful paint"].what.splitlines()
    assert wide.startswith("1280 px: http")
    assert narrow.endswith("/large.svg")


def test_a_font_file_is_told(broken: Callable[..., dict[str, Finding]]) -> None:
    style = "@font-face { font-family: own; src: url(own.woff2) } h1 { font-family: own }"
    found = broken(page(), **{"style.css": style, "own.woff2": "no font"})
    assert found["font files"].what == "/own.woff2"


def test_a_stylesheet_and_a_script_that_nothing_uses_are_told(broken: Callable[..., dict[str, Finding]]) -> None:
    head = '<link rel="stylesheet" href="cards.css"><link rel="stylesheet" href="paper.css">'
    files = {
        "cards.css": ".card { margin: 0 }",
        "paper.css": "@media print { h1 { margin: 1em } }",
        "script.js": "const later = () => document.querySelector('.card').remove()",
        "value.js": "const language = 'en'",
    }
    found = broken(page(head, SOURCE + '<script src="value.js"></script>'), **files)
    assert list(found) == ["files of which nothing is used"]
    assert found["files of which nothing is used"].what == "/cards.css\n/script.js"


MODEL = """<model-figure><p class="model-says"></p></model-figure>
<script type="module" src="model-figure.js"></script>"""
FIGURE = 'import("./model.js").then(({ run }) => { document.querySelector(".model-says").textContent = run() })'


def test_a_model_has_a_budget_beyond_its_page(publish: Publish) -> None:
    model = f'export const run = () => "Two" // {noise(130_000)}'
    files = {"model-figure.js": FIGURE, "model.js": model, "page.html": page(body=SOURCE + MODEL)}
    found = {finding.check: finding for finding in weight.check(publish(files | WHOLE))}
    assert [check for check, finding in found.items() if finding.broken] == ["JavaScript of its model"]
    assert found["requests"].figure == "3 + 2 of its model"
