"""What browsers may load and run on a published page, and what the owner is told of the rest."""

import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from conftest import ROOTS, Built, Project, Visit, build, different, serve, tree
from sphinx_folio.html.csp import Page

Root = Callable[[str], Built]
Copy = Callable[[str], Project]

OWN = "/*\n  X-Own: 1\n"


def policy(built: Built, page: str = "index") -> dict[str, list[str]]:
    """What each directive of a page's policy names."""
    (meta,) = built.page(page).select("head > meta[http-equiv='Content-Security-Policy']")
    return directives(str(meta["content"]))


def directives(text: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in (part.split() for part in text.split(";"))}


def headers(built: Built) -> dict[str, str]:
    """What the file of headers says for every file."""
    pattern, *lines = (built.output / "_headers").read_text("utf-8").splitlines()
    assert pattern == "/*"
    assert all(line.startswith("  ") for line in lines)
    return dict(line.strip().split(": ", 1) for line in lines)


def named(text: str) -> str:
    """How a policy names a script or a style."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@pytest.fixture
def visit(root: Root, browser: Browser) -> Iterator[Visit]:
    with_address = serve(root("policy").output)
    yield Visit(browser, next(with_address))
    for context in browser.contexts:
        context.close()
    next(with_address, None)


def test_the_policy_stands_before_anything_that_a_page_loads(root: Root) -> None:
    for name in root("policy").pages():
        head = root("policy").page(name).head
        assert [next(iter(tag.attrs)) for tag in head.find_all(True, limit=3)] == ["charset", "http-equiv", "name"]
        assert head.find("meta", attrs={"name": "referrer"})["content"] == "strict-origin-when-cross-origin"


def test_nothing_comes_from_elsewhere_and_no_text_is_run(root: Root) -> None:
    for name in root("policy").pages():
        found = policy(root("policy"), name)
        assert found["default-src"] == found["form-action"] == ["'self'"]
        assert found["object-src"] == found["base-uri"] == ["'none'"]
        sources = {source for sources in found.values() for source in sources if not source.startswith("'sha256-")}
        assert sources <= {"'none'", "'self'", "data:", "'unsafe-hashes'"}


def test_what_stands_in_a_page_is_named_by_its_hash_on_this_page_only(root: Root) -> None:
    style = "h1 { letter-spacing: 1px }"
    assert named(style) in policy(root("policy"), "other")["style-src"]
    assert named(style) not in policy(root("policy"), "index")["style-src"]
    assert policy(root("policy"), "index")["style-src-attr"] == ["'unsafe-hashes'", named("color: rgb(0, 128, 0)")]
    assert "style-src-attr" not in policy(root("policy"), "other")


def test_data_is_not_named(root: Root) -> None:
    assert named('{"@type": "Person"}') not in policy(root("policy"))["script-src"]
    assert len(policy(root("policy"))["script-src"]) == 4  # the site, scripts of the page, the theme and its drawers


def test_scripts_and_styles_of_a_page_work(visit: Visit) -> None:
    page = visit.open("index.html")
    greeting = page.locator("#greeting")
    expect(greeting).to_have_text("Hello, <reader> & others.</p><!--")
    expect(greeting).to_have_css("color", "rgb(0, 128, 0)")
    expect(greeting).to_have_css("font-weight", "700")
    page.locator(".theme-toggle-content button").click()
    assert page.evaluate("document.body.dataset.theme") != "auto"
    page.locator(".sidebar-search").fill("else")
    page.keyboard.press("Enter")
    expect(page.locator("#search-results li").first).to_be_visible(timeout=10_000)
    assert visit.errors == []


def test_a_page_opened_from_disk_works_too(root: Root, visit: Visit) -> None:
    page = visit.open()
    visit.errors.clear()
    page.goto((root("policy").output / "index.html").as_uri())
    expect(page.locator("#greeting")).to_have_css("color", "rgb(0, 128, 0)")
    expect(page.locator("#greeting")).to_contain_text("reader")
    expect(page.locator(".sidebar-drawer")).to_have_css("display", "flex")
    page.get_by_role("link", name="Other").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Other")
    assert visit.errors == []


@pytest.mark.parametrize(
    ("added", "stopped"),
    [
        ("script = document.createElement('script'), script.textContent = 'window.reached = true'", "script-src-elem"),
        ("script = document.createElement('script'), script.src = 'https://example.org/a.js'", "script-src-elem"),
        ("image = document.createElement('img'), image.src = 'https://example.org/a.png'", "img-src"),
        ("frame = document.createElement('iframe'), frame.src = 'https://example.org/'", "frame-src"),
        ("style = document.createElement('style'), style.textContent = 'p { color: red }'", "style-src-elem"),
    ],
)
def test_what_somebody_slips_into_a_page_is_stopped(visit: Visit, added: str, stopped: str) -> None:
    page = visit.open("index.html")
    caught = page.evaluate(
        f"""new Promise((done) => {{
            addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective))
            let script, image, frame, style
            document.body.append(({added}, script ?? image ?? frame ?? style))
        }})"""
    )
    assert caught == stopped
    assert page.evaluate("window.reached") is None


@pytest.mark.parametrize(
    ("markup", "told"),
    [
        (
            '<img src="https://example.org/a.png" alt="">',
            '<img src="https://example.org/a.png">; keep the file in the site, or only link to it',
        ),
        (
            '<img srcset="a.png 1x, //example.org/b.png 2x" alt="">',
            '<img srcset="a.png 1x, //example.org/b.png 2x">; keep the file in the site, or only link to it',
        ),
        (
            '<iframe src="https://example.org/film"></iframe>',
            '<iframe src="https://example.org/film">; keep the file in the site, or only link to it',
        ),
        (
            '<link rel="stylesheet" href="https://example.org/font.css">',
            '<link href="https://example.org/font.css">; keep the file in the site, or only link to it',
        ),
        ('<b onclick="go()">Go</b>', '<b onclick="go()">; listen to the event in a script of the site'),
        (
            '<a href="JavaScript:go()">Go</a>',
            '<a href="JavaScript:go()">; listen to the event in a script of the site',
        ),
        (
            '<img src="//[" alt="">',  # no address at all
            '<img src="//[">; keep the file in the site, or only link to it',
        ),
        ('<embed src="a.pdf">', "<embed>; an <iframe> shows files of the site"),
    ],
)
def test_what_readers_will_not_get_is_known(markup: str, told: str) -> None:
    assert [f"{tag}; {cure}" for tag, cure in Page(markup).blocked.items()] == [told]


def test_the_owner_is_told_what_readers_will_not_get(project: Copy) -> None:
    copy = project("policy")
    copy.write("other.md", '# Other\n\n<p>\n<b onclick="go()">Go</b>\n</p>\n')
    cure = "listen to the event in a script of the site"
    assert copy.build().warnings == [
        f'other.md: browsers are told to leave out <b onclick="go()">; {cure} [folio.policy]'
    ]


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="https://example.org/a.png">picture</a>',
        '<link rel="alternate" href="https://example.org/feed">',
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="">',
        '<iframe src="index.html" title="Notes"></iframe>',
        "<p>onclick=go() and src=https://example.org/</p>",
    ],
)
def test_what_readers_get_is_not_told(markup: str) -> None:
    assert Page(markup).blocked == {}


def test_a_page_that_opens_in_a_new_window_does_not_learn_where_it_came_from(root: Root) -> None:
    new, same = root("policy").page("index").select("article p a[href^=https]")
    assert new["rel"] == ["nofollow", "noopener"]
    assert new["target"] == "_blank"
    assert "rel" not in same.attrs


def test_hosts_are_told_the_policy_of_all_pages_and_what_only_a_header_says(root: Root) -> None:
    built, told = root("policy"), headers(root("policy"))
    sent = directives(told["Content-Security-Policy"])
    for name in built.pages():
        assert all(set(sources) <= set(sent[directive]) for directive, sources in policy(built, name).items())
    assert named("path { fill: teal }") in sent["style-src"]  # the icon's
    assert sent["frame-ancestors"] == ["'self'"]
    assert told["X-Content-Type-Options"] == "nosniff"
    assert told["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in told["Permissions-Policy"]


def test_the_owners_headers_win(project: Copy) -> None:
    copy = project("policy")
    copy.write("extra/_headers", OWN)
    for _ in ("from scratch", "again"):
        built = copy.build(html_extra_path=["extra"])
        assert (built.output / "_headers").read_text("utf-8") == OWN


def test_a_page_has_its_policy_whichever_template_an_extension_answers_with(project: Copy) -> None:
    copy = project("policy")
    conf = (copy.source / "conf.py").read_text("utf-8")
    conf += """
templates_path = ["_templates"]

def answer(app, pagename, templatename, context, doctree):
    return "mine.html" if pagename == "other" else None

def setup(app):
    app.connect("html-page-context", answer, priority=10)
"""
    copy.write("conf.py", conf)
    copy.write(
        "_templates/mine.html", "<!DOCTYPE html><html><head><title>Mine</title></head><body>{{ body }}</body></html>"
    )
    built = copy.build()
    assert built.page("other").title.get_text() == "Mine"
    assert [name for name in built.pages() if not policy(built, name)] == []


def test_a_preview_has_no_policy(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sphinx", "-q", "-t", "live", ROOTS / "test-policy", tmp_path / "live"]
    subprocess.run(command, check=True)
    assert "Content-Security-Policy" not in (tmp_path / "live/index.html").read_text("utf-8")
    assert not (tmp_path / "live/_headers").exists()


def test_other_formats_have_no_policy(tmp_path: Path) -> None:
    built = build(ROOTS / "test-policy", tmp_path, "text")
    assert built.warnings == []
    assert not (built.output / "_headers").exists()


def test_an_edit_leaves_no_policy_stale(project: Copy, tmp_path: Path) -> None:
    copy = project("policy")
    copy.build()
    copy.write("other.md", "# Other\n\n<style>h1 { letter-spacing: 2px }</style>\n")
    after = copy.build()
    clean = build(copy.source, tmp_path / "clean")
    assert named("h1 { letter-spacing: 2px }") in headers(after)["Content-Security-Policy"]
    assert named("h1 { letter-spacing: 1px }") not in headers(after)["Content-Security-Policy"]
    assert different(tree(after.output), tree(clean.output)) == []


@pytest.mark.parametrize(
    ("language", "number", "words"),
    [
        ("fr", 1, "une page correspondant"),
        ("fr", 3, "3 pages trouvées"),
        ("de", 3, "found 3 pages"),  # Sphinx has no German for it
    ],
)
def test_a_search_in_another_language_counts_what_it_found(
    project: Copy, browser: Browser, language: str, number: int, words: str
) -> None:
    copy = project("policy")
    for each in range(number):
        copy.write(f"page{each}.md", f"---\norphan: true\n---\n# Page {each}\n\nZebra.\n")
    for _ in ("from scratch", "again"):
        built = copy.build(language=language)
    address = serve(built.output)
    visit = Visit(browser, next(address))
    page = visit.open("search.html?q=zebra")
    expect(page.locator("#search-results li")).to_have_count(number, timeout=10_000)
    expect(page.locator("#search-results")).to_contain_text(words)
    assert visit.errors == []
    page.context.close()
    next(address, None)
