"""The audit sees what is asked of other hosts, policies that are loose or broken, and errors in the console."""

from collections.abc import Callable

import pytest

from sphinx_folio.audit import privacy
from sphinx_folio.audit.browser import Published
from sphinx_folio.audit.findings import Finding

Publish = Callable[[dict[str, str]], Published]

POLICY = "default-src 'none'; script-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'"
PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="referrer" content="strict-origin-when-cross-origin">
<link rel="icon" href="data:,"><title>Page</title>{head}</head><body><h1>Page</h1>{body}</body></html>"""
HEADERS = f"""/*
  Content-Security-Policy: {POLICY}; frame-ancestors 'none'
  Permissions-Policy: camera=()
  Referrer-Policy: strict-origin-when-cross-origin
  X-Content-Type-Options: nosniff
"""


def page(body: str = "", head: str = "", policy: str = POLICY) -> str:
    return PAGE.format(policy=policy, head=head, body=body)


def rows(site: Published) -> dict[str, Finding]:
    """What was found, by what was checked, of a site of one page."""
    return {finding.check: finding for finding in privacy.check(site)}


@pytest.fixture
def visited(publish: Publish) -> Callable[..., dict[str, Finding]]:
    """What is found of a page and files beside it."""
    return lambda html, **files: rows(publish({"index.html": html, "_headers": HEADERS} | files))


def test_a_page_that_keeps_to_itself_breaks_nothing_and_has_its_rows(publish: Publish) -> None:
    found = list(privacy.check(publish({"a.html": page(), "b.html": page(), "_headers": HEADERS})))
    assert [finding.page for finding in found] == ["a", "a", "a", "b", "b", "b", "", ""]
    assert [finding.what for finding in found if finding.broken] == []


@pytest.mark.parametrize(
    ("markup", "told"),
    [
        ('<img src="https://example.org/a.png" alt="">', "img src: https://example.org/a.png"),
        ('<img srcset="a.png, //example.org/b.png 2x" alt="">', "img srcset: a.png, //example.org/b.png 2x"),
        ('<link rel="preconnect" href="https://example.org">', "link href: https://example.org"),
    ],
)
def test_what_a_page_names_elsewhere_is_told(
    visited: Callable[..., dict[str, Finding]], markup: str, told: str
) -> None:
    assert told in visited(page(markup))[privacy.ELSEWHERE].what.splitlines()


def test_a_link_to_elsewhere_is_no_request(visited: Callable[..., dict[str, Finding]]) -> None:
    body = '<a href="https://example.org/">There</a><link rel="me" href="https://example.org/">'
    assert not visited(page(body))[privacy.ELSEWHERE].broken


def test_what_a_script_asks_of_others_is_told(visited: Callable[..., dict[str, Finding]]) -> None:
    script = "fetch('http://elsewhere.test/count').catch(() => {})"
    loose = POLICY + "; connect-src http://elsewhere.test"
    html = page(head='<script src="count.js"></script>', policy=loose)
    found = visited(html, **{"count.js": script, "_headers": HEADERS.replace(POLICY, loose)})
    assert found[privacy.ELSEWHERE].what == "http://elsewhere.test/count"
    assert found[privacy.BREACHES].what == "the policy lets connect-src be http://elsewhere.test"


@pytest.mark.parametrize(
    ("policy", "told"),
    [
        (POLICY.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'"), "script-src be 'unsafe-inline'"),
        (POLICY.replace("script-src 'self'", "script-src 'self' 'unsafe-eval'"), "script-src be 'unsafe-eval'"),
        (POLICY.replace("script-src 'self'", "script-src data:"), "script-src be data:"),
        (POLICY + "; font-src https:", "font-src be https:"),
        (POLICY.replace("base-uri 'none'; ", ""), "the policy has no base-uri"),
    ],
)
def test_a_loose_policy_is_told(visited: Callable[..., dict[str, Finding]], policy: str, told: str) -> None:
    assert told in visited(page(policy=policy))[privacy.BREACHES].what


def test_a_page_without_policies_is_told(visited: Callable[..., dict[str, Finding]]) -> None:
    html = '<!DOCTYPE html><title>Page</title><link rel="icon" href="data:,"><p>Text.</p>'
    assert visited(html)[privacy.BREACHES].what.splitlines() == [
        'before the policy: <link rel="icon" href="data:,">',
        "no Content-Security-Policy",
        "no policy for referrers",
    ]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<script>window.ran = true</script>", "script-src-elem stops inline"),
        ('<button type="button" onclick="go()">Go</button>', "button onclick: go()"),
        ('<a href="javascript:go()">Go</a>', "a href: javascript:go()"),
        ('<p style="color: red">Red.</p>', "style-src-attr stops inline"),
        ('<a href="https://example.org/" target="_blank">There</a>', 'opens a window without rel="noopener"'),
    ],
)
def test_what_breaks_the_policy_is_told(visited: Callable[..., dict[str, Finding]], body: str, told: str) -> None:
    found = visited(page(body))
    assert told in found[privacy.BREACHES].what
    assert not found[privacy.ERRORS].broken  # each is told once


def test_what_breaks_the_policy_only_in_use_is_told(visited: Callable[..., dict[str, Finding]]) -> None:
    script = (
        """document.querySelector("button").onclick = ({ target }) => { target.innerHTML = '<i style="top: 0"></i>' }"""
    )
    found = visited(page('<button type="button">Go</button><script src="go.js"></script>'), **{"go.js": script})
    assert "style-src-attr stops inline" in found[privacy.BREACHES].what


def test_what_only_the_headers_stop_is_told(visited: Callable[..., dict[str, Finding]]) -> None:
    html = page("<style>p { top: 0 }</style>", policy=POLICY + "; style-src 'self' 'unsafe-inline'")
    assert "style-src-elem stops inline" in visited(html)[privacy.BREACHES].what


def test_errors_of_scripts_and_files_that_are_missing_are_told(visited: Callable[..., dict[str, Finding]]) -> None:
    found = visited(page('<script src="a.js"></script><script src="b.js"></script>'), **{"a.js": "nothing.there"})
    told = found[privacy.ERRORS].what
    assert "nothing is not defined" in told
    assert "404 (Not Found)" in told


def test_headers_that_are_missing_are_told(publish: Publish) -> None:
    found = rows(publish({"index.html": page()}))[privacy.HEADERS]
    assert found.figure == "4"
    assert "X-Content-Type-Options: …nosniff" in found.what


def test_styles_and_pictures_that_name_other_hosts_are_told(visited: Callable[..., dict[str, Finding]]) -> None:
    styles = {
        "a.css": '@import "https://example.org/font.css"; p { background: url(b.png) url("data:,") }',
        "b.svg": '<svg xmlns="http://www.w3.org/2000/svg"><path style="fill: url(//example.org/a.svg#b)"/></svg>',
    }
    assert visited(page(), **styles)[privacy.STYLES].what.splitlines() == [
        "a.css: https://example.org/font.css",
        "b.svg: //example.org/a.svg#b",
    ]
