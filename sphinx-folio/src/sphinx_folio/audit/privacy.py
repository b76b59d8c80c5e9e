"""Nothing is asked of another host, every page has a strict policy and keeps it, and browsers report no error.

Each page is visited on a host that sends the headers of ``_headers``, so that its own policy and theirs both hold: as
it opens, and in use.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Error, Page, Request

from sphinx_folio.audit.browser import Host, Published, served
from sphinx_folio.audit.findings import Finding, faults
from sphinx_folio.audit.views import narrow, unfold, window

ELSEWHERE, BREACHES, ERRORS = "requests to other hosts", "breaches of the policy", "errors in the console"
HEADERS, STYLES = "security headers missing in _headers", "other hosts named in styles"

POLICY = "content-security-policy"
SOURCE = re.compile(r"'self'|'none'|'unsafe-hashes'|'sha(256|384|512)-[\w+/=]+'")  # that a strict policy may name
NEEDED = {
    "Content-Security-Policy": "frame-ancestors '",
    "Permissions-Policy": "camera=()",
    "Referrer-Policy": "strict-origin",
    "X-Content-Type-Options": "nosniff",
}
NAMED = re.compile(r"""(?:url\(|@import)\s*["']?((?:https?:)?//[^"')\s]+)""")

HOST = re.compile(r"\s*(?:[a-z][a-z\d+.-]*:)?//([^/?#\s]+)", re.IGNORECASE)
LOADING = {"src", "srcset", "poster", "data", "ping"}  # attributes
LINKS = set(
    "stylesheet icon apple-touch-icon manifest preload modulepreload prefetch prerender preconnect dns-prefetch".split()
)

REPORT = """addEventListener("securitypolicyviolation", (event) => {
    const { effectiveDirective, blockedURI, sourceFile, lineNumber, sample } = event
    const place = `${sourceFile.split("/").pop()}:${lineNumber}`
    console.error(`content-security-policy: ${effectiveDirective} stops ${blockedURI} ${sample} (${place})`)
})"""
# Push every button, flip every switch there and back, and move every slider.
USE = """async () => {
    const all = (selector) => document.querySelectorAll(selector)
    const told = (each) => ["input", "change"].forEach((type) => each.dispatchEvent(new Event(type, { bubbles: true })))
    for (const each of all("input[type=checkbox], .theme-toggle")) { each.click(); each.click() }
    for (const each of all("input[type=range], input[type=number]")) { each.value = each.max; told(each) }
    for (const each of all("select")) { each.selectedIndex = each.options.length - 1; told(each) }
    for (const each of all("button")) if (each.type !== "submit") each.click()
    await new Promise((done) => setTimeout(done, 200))
}"""


class Strict(Host):
    """Sends with every file what ``_headers`` says, as hosts do that read it."""

    def end_headers(self) -> None:
        """Add them."""
        for name, value in headers(Path(self.directory)).items():
            self.send_header(name, value)
        super().end_headers()


def headers(folder: Path) -> dict[str, str]:
    """What is in ``_headers``, if there is one: a pattern of paths, and below it, indented, the headers."""
    path = folder / "_headers"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    pairs = (line.split(":", 1) for line in lines if line.startswith(" "))
    return {name.strip(): value.strip() for name, value in pairs}


class Markup(HTMLParser):
    """What is wrong with a page as it is written."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elsewhere: list[str] = []
        self.breaches: list[str] = []
        self.policy: str | None = None
        self.referrer: str | None = None
        self.feed(html)
        self.close()
        if self.policy is None:
            self.breaches.append("no Content-Security-Policy")
        if self.referrer is None:
            self.breaches.append("no policy for referrers")

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Look at an element."""
        values = {name: value or "" for name, value in attributes}
        relations = set(values.get("rel", "").split())
        if tag == "meta":
            self.note(values)
        loading = LOADING | {"href"} if tag == "link" and LINKS & relations else LOADING
        self.elsewhere += [
            f"{tag} {name}: {value}" for name, value in values.items() if name in loading and hosts(value)
        ]
        self.breaches += [f"{tag} {name}: {value}" for name, value in values.items() if runs(name, value)]
        if tag == "a" and values.get("target") == "_blank" and not {"noopener", "noreferrer"} & relations:
            self.breaches.append(f'opens a window without rel="noopener": {values.get("href")}')
        if self.policy is None and tag in ("script", "style", "link", "img"):
            self.breaches.append(f"before the policy: {self.get_starttag_text()}")

    def note(self, values: dict[str, str]) -> None:
        """Remember a policy."""
        if values.get("http-equiv", "").lower() == POLICY:
            self.policy = values.get("content", "")
            self.breaches += loose(self.policy)
        if values.get("name") == "referrer":
            self.referrer = values.get("content")


def hosts(addresses: str) -> list[str]:
    """The hosts that an address, or any of several, names."""
    return [found[1] for address in addresses.split(",") if (found := HOST.match(address))]


def runs(name: str, value: str) -> bool:
    """Whether an attribute has script in it."""
    return name.startswith("on") or value.strip().lower().startswith("javascript:")


def loose(policy: str) -> Iterator[str]:
    """What a policy lets through that a strict one does not."""
    directives = {name: sources for name, *sources in (part.split() for part in policy.split(";") if part.strip())}
    for name in ("default-src", "base-uri", "form-action"):
        if name not in directives:
            yield f"the policy has no {name}"
    for name, sources in directives.items():
        allowed = ("data:",) if name in ("img-src", "font-src") else ()
        for source in sources:
            if not SOURCE.fullmatch(source) and source not in allowed:
                yield f"the policy lets {name} be {source}"


def check(site: Published) -> Iterator[Finding]:
    """Three rows for each page, two for the site."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    with served(site.folder, Strict) as address:
        strict = replace(site, address=address)
        for name in site.pages:
            with window(strict, permissions=["clipboard-read", "clipboard-write"]) as page:
                for row, fault in visited(strict, page, name):
                    found[name, row].append(fault)
    for name in site.pages:
        markup = Markup(site.html(name))
        yield faults(ELSEWHERE, name, markup.elsewhere + found[name, ELSEWHERE])
        yield faults(BREACHES, name, markup.breaches + found[name, BREACHES])
        yield faults(ERRORS, name, found[name, ERRORS])
    sent = headers(site.folder)
    yield faults(HEADERS, "", (f"{name}: …{part}" for name, part in NEEDED.items() if part not in sent.get(name, "")))
    yield faults(STYLES, "", named(site.folder))


def visited(site: Published, page: Page, name: str) -> list[tuple[str, str]]:
    """Open a page, use it, and list what went wrong, with the row in which it is told."""
    found: list[tuple[str, str]] = []

    def hear(message: ConsoleMessage) -> None:
        if message.text.startswith(POLICY):
            found.append((BREACHES, message.text.partition(": ")[2]))
        elif message.type == "error" and "Content Security Policy" not in message.text:
            found.append((ERRORS, message.text))

    def ask(request: Request) -> None:
        if not request.url.startswith((site.address, "data:", "blob:")):
            found.append((ELSEWHERE, request.url))

    def fail(error: Error) -> None:
        found.append((ERRORS, str(error)))

    page.add_init_script(REPORT)
    page.on("console", hear)
    page.on("request", ask)
    page.on("pageerror", fail)
    page.goto(site.url(name))
    unfold(page)
    narrow(page)
    page.evaluate(USE)
    if page.locator("#search-results").count():
        page.goto(f"{site.url(name)}?q={name}")
        page.locator("#search-results > *").first.wait_for(state="attached")
        page.wait_for_load_state("networkidle")
    return found


def named(folder: Path) -> Iterator[str]:
    """Where stylesheets and pictures name other hosts to load from."""
    for path in sorted([*folder.rglob("*.css"), *folder.rglob("*.svg")]):
        for address in NAMED.findall(path.read_text("utf-8", "replace")):
            yield f"{path.relative_to(folder).as_posix()}: {address}"
