"""Stylesheets are published without what no page uses, and with all that a page may come to use."""

from collections.abc import Callable

import pytest

from conftest import Built, Project, build
from sphinx_folio.html.css import UsedNames, prune_css

Copy = Callable[[str], Project]

PAGE = '<ul class="list"><li id="first" class="odd:one">'
SCRIPT = "item.classList.add('open'); item.className = `list-${kind}`; item.id = number + '-mark'"
NAMES = UsedNames([PAGE, SCRIPT])


@pytest.mark.parametrize(
    "rule",
    [
        ".list{margin: 0}",
        "#first{margin: 0}",
        "li:hover, li:focus-visible::before{margin: 0}",
        "@media print{.list{margin: 0}}",
        "@supports (width: 1lh){@media (prefers-color-scheme: dark){.list{margin: 0}}}",
        "@keyframes gone{to{margin: 0}}",
        "@page{margin: 0}",
        '@import "gone.css" print;',
        "li:not(.gone){margin: 0}",
        ".list:has(> .gone, .open){margin: 0}",
        ":is(.gone, .list) li{margin: 0}",
        ".list{&:hover{margin: 0}}",
        '[data-kind="gone"], [class~="gone"]{margin: 0}',
        ".open{margin: 0}",  # by a script, as the two that follow
        ".list-long{margin: 0}",
        "#b-mark{margin: 0}",
        r".odd\:one{margin: 0}",
        "li{background: url(\"data:image/svg+xml;utf8,<svg class='gone'/>\")}",
        "li{background: url('data:image/svg+xml;utf8,<svg class=\"gone\"/>')}",
        "/*! Free to use. */",
    ],
)
def test_a_rule_that_something_may_need_stays_as_it_is(rule: str) -> None:
    assert prune_css(rule, NAMES) == rule


@pytest.mark.parametrize(
    ("written", "published"),
    [
        (".gone, .list .gone:hover, li#gone {margin: 0}", ""),
        (".gone, .list {margin: 0}", ".list{margin: 0}"),
        ("@media print {.gone {margin: 0}}", ""),
        ("/* Why. */ li /* all */ {/* none */ margin: 0}", "li{margin: 0}"),
        ("li {margin: 0} li", "li{margin: 0}"),
    ],
)
def test_what_nothing_can_need_is_taken_out(written: str, published: str) -> None:
    assert prune_css(written, NAMES) == published


def test_a_site_sends_lean_stylesheets_whose_names_change_with_them(project: Copy) -> None:
    copy = project("publications")
    extensions = ["myst_parser", "sphinx_folio.ext.publications.lists", "sphinx_folio.ext.theme.furo"]
    looks = {"html_static_path": ["_static"], "html_css_files": ["own.css"], "html_theme": "furo"}
    copy.write("_static/own.css", "/* Mine. */ .publication-title{color: red} .gone{color: red}")
    built = copy.build(extensions=extensions, **looks)
    own = built.output / "_static/own.css"
    before = sent(built)
    assert [name for name, _ in before] == ["styles/furo.css", "publications.css", "own.css"]
    assert own.read_text("utf-8") == ".publication-title{color: red}"
    theme = (built.output / "_static/styles/furo.css").read_text("utf-8")
    assert ".sidebar-drawer" in theme
    assert "sd-card" not in theme

    copy.write("more.md", "# More\n\n```{note}\n:class: gone\nWords.\n```\n")
    built = copy.build(extensions=extensions, **looks)
    assert own.read_text("utf-8") == ".publication-title{color: red}.gone{color: red}"
    after = sent(built)
    assert after != before
    clean = build(copy.source, copy.work / "clean", extensions=extensions, **looks)
    assert sent(clean) == after


def sent(built: Built) -> list[tuple[str, str]]:
    """The stylesheets that the first page names, and their versions."""
    links = (str(link["href"]) for link in built.page("index").select("link[rel=stylesheet]"))
    return [(name, version) for name, _, version in (link.removeprefix("_static/").partition("?v=") for link in links)]
