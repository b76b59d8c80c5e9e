"""The Content-Security-Policy of a page, and one for all pages: https://www.w3.org/TR/CSP3/.

Scripts, styles, pictures and data come from the site itself; a script or style within the page is named by its hash; no
text is run as script.
"""

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from html import escape
from html.parser import HTMLParser

REFERRER = "strict-origin-when-cross-origin"
PERMISSIONS = "camera display-capture geolocation gyroscope magnetometer microphone midi payment usb"
# What only a header can say: hosts of other sites show none of these pages in a frame of theirs.
FRAMED = "frame-ancestors 'self'"

STATED = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"')
# The directives that name what stands in a page by its hash, with where ``Page`` notes it.
NAMED_BY_HASH = {"script-src": "scripts", "style-src": "styles", "style-src-attr": "style_attributes"}
HASH = re.compile(r"'sha256-[^']+'")
HEAD = re.compile(r"<head>\s*(?:<meta charset[^>]*>)?", re.IGNORECASE)  # which has to be near the top

SAME_WINDOW = ("", "_self", "_parent", "_top")
LOADING = {"src", "srcset", "poster", "action", "formaction"}  # attributes
AWAY = re.compile(r"\s*(?:(?!data:|blob:)[a-z][a-z\d+.-]*:|//)", re.IGNORECASE)  # the beginning of an address elsewhere
LOADING_LINKS = {"stylesheet", "icon", "apple-touch-icon", "preload", "modulepreload", "prefetch", "manifest"}

ELSEWHERE = "keep the file in the site, or only link to it"
HANDLER = "listen to the event in a script of the site"
PLUGIN = "an <iframe> shows files of the site"


class Page(HTMLParser):
    """What stands in a page, or in an SVG, that a policy is about."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.scripts: set[str] = set()
        self.styles: set[str] = set()
        self.style_attributes: set[str] = set()
        self.blocked: dict[str, str] = {}  # what the policy blocks, and what to do instead
        self.unsafe_links: dict[str, str] = {}  # tags that open a new window, and safe ones
        self.inside: set[str] | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Note what an element brings."""
        values = {name: value or "" for name, value in attributes}
        self.inside = None
        if tag == "style":
            self.inside = self.styles
        elif tag == "script" and "src" not in values and is_run(values.get("type", "")):
            self.inside = self.scripts
        if "style" in values:
            self.style_attributes.add(values["style"])
        self.blocked.update(blocked(tag, values))
        if tag == "a" and values.get("target", "") not in SAME_WINDOW:
            self.unsafe_links[self.get_starttag_text() or ""] = without_opener(values)

    def handle_data(self, data: str) -> None:
        """Note a script or a style, which always is one piece."""
        if self.inside is not None:
            self.inside.add(data)

    def handle_endtag(self, tag: str) -> None:
        """Go on with text."""
        self.inside = None


def is_run(kind: str) -> bool:
    """Whether a browser runs scripts of a type; the others are data."""
    return kind in ("", "module", "importmap", "speculationrules") or kind.endswith("javascript")


def blocked(tag: str, values: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The parts of an element that the policy blocks, each with its cure."""
    if tag in ("object", "embed"):
        yield f"<{tag}>", PLUGIN
    for name, value in values.items():
        if name.startswith("on") or value.strip().lower().startswith("javascript:"):
            yield f'<{tag} {name}="{value}">', HANDLER
        elif name in loading(tag, values) and any(map(AWAY.match, value.split(","))):
            yield f'<{tag} {name}="{value}">', ELSEWHERE


def loading(tag: str, values: dict[str, str]) -> set[str]:
    """The attributes of an element by which a page loads something, or sends it."""
    return LOADING | {"href"} if tag == "link" and LOADING_LINKS & {*values.get("rel", "").split()} else LOADING


def without_opener(values: dict[str, str]) -> str:
    """The tag of a link whose target does not learn which window it came from."""
    relations = values.get("rel", "").split()
    if not {"noopener", "noreferrer"} & {*relations}:
        relations.append("noopener")
    attributes = values | {"rel": " ".join(relations)}
    return "<a" + "".join(f' {name}="{escape(value)}"' for name, value in attributes.items()) + ">"


def policy(pages: Iterable[Page]) -> str:
    """What these pages need and no more, as a Content-Security-Policy."""
    return stated_policy({}, pages)


def stated_policy(known: Mapping[str, Iterable[str]], pages: Iterable[Page]) -> str:
    """A policy with the sources that are known by directive, and with those of what stands in some pages."""
    pages = list(pages)
    scripts, styles, attributes = (
        sorted({*known.get(directive, ()), *hashes(*(getattr(page, name) for page in pages))})
        for directive, name in NAMED_BY_HASH.items()
    )
    directives = {
        "default-src": ["'self'"],  # not 'none' and a list: Firefox fetches the page that is rel="next", too
        "script-src": ["'self'", *scripts],
        "style-src": ["'self'", *styles],
        "style-src-attr": ["'unsafe-hashes'", *attributes] if attributes else [],
        "img-src": ["'self'", "data:"],  # the theme's icons are in its stylesheet
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items() if sources)


def hashes(*texts: set[str]) -> list[str]:
    """How a policy names scripts and styles."""
    digests = (sha256(text.encode()).digest() for text in set().union(*texts))
    return sorted(f"'sha256-{b64encode(digest).decode()}'" for digest in digests)


def protected(html: str, warn: Callable[[str, str], None]) -> str:
    """A page under its policy; ``warn`` hears of what its readers will not get, and the cure."""
    page = Page(html)
    for tag, cure in page.blocked.items():
        warn(tag, cure)
    for tag, closed in page.unsafe_links.items():
        html = html.replace(tag, closed)
    said = f"""
    <meta http-equiv="Content-Security-Policy" content="{policy([page])}">
    <meta name="referrer" content="{REFERRER}">"""
    return HEAD.sub(lambda head: head[0] + said, html, count=1)


def united(pages: Iterable[str], pictures: Iterable[str]) -> str:
    """One policy for all that some pages need, which have one each, and pictures in SVG.

    What a page needs was found when it was rendered, so it is read from its head; a page without a policy, as another
    extension or the owner may bring one, is looked through.
    """
    needed: dict[str, set[str]] = {directive: set() for directive in NAMED_BY_HASH}
    others = list(pictures)
    for page in pages:
        stated = STATED.findall(page)
        others += [] if stated else [page]
        for directive in (each for policy in stated for each in policy.split("; ")):
            needed.get(directive.partition(" ")[0], set()).update(HASH.findall(directive))
    return stated_policy(needed, [Page(text) for text in others])


def headers(everything: str) -> Iterator[str]:
    """The lines of ``_headers``."""
    yield "/*"
    yield f"  Content-Security-Policy: {everything}; {FRAMED}"
    yield f"  Permissions-Policy: {', '.join(f'{name}=()' for name in PERMISSIONS.split())}"
    yield f"  Referrer-Policy: {REFERRER}"
    yield "  X-Content-Type-Options: nosniff"
