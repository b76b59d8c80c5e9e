"""Tell browsers what a page may load and run: nothing from elsewhere, and of what stands in it only what was built.

Each published page begins with a Content-Security-Policy. Scripts, styles, pictures and data come from the site itself;
what stands in the page is named by its hash; no text is run as script. Where a page asks for more, the owner is told:
its readers would not get it. Hosts that read a file ``_headers`` (Netlify, Cloudflare Pages) send the same for every
file, and what only a header can say; another ``_headers`` among the site's own files wins.

A preview (``make livehtml``) goes without: its server puts a script into each page.
"""

import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from hashlib import sha256
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, cast

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import metadata
from sphinx_folio.html.builders import is_published
from sphinx_folio.html.generated_files import beside_pages, is_owned

logger = logging.getLogger(__name__)

REFERRER = "strict-origin-when-cross-origin"
PERMISSIONS = "camera display-capture geolocation gyroscope magnetometer microphone midi payment usb"
# What only a header can say: hosts of other sites show none of these pages in a frame of theirs.
FRAMED = "frame-ancestors 'self'"

OWN = re.compile(r'(<meta http-equiv="Content-Security-Policy" content=)"[^"]*"')
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
        self.stopped: dict[str, str] = {}  # what the policy does not let through, and what to do instead
        self.openers: dict[str, str] = {}  # tags of links that hand their page to a new window, and how they should be
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
        self.stopped.update(stopped(tag, values))
        if tag == "a" and values.get("target", "") not in SAME_WINDOW:
            self.openers[self.get_starttag_text() or ""] = without_opener(values)

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


def stopped(tag: str, values: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What of an element the policy does not let through, with the cure."""
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
    pages = list(pages)
    scripts, styles, attributes = (
        hashes(*(getattr(page, name) for page in pages)) for name in ("scripts", "styles", "style_attributes")
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
    for tag, cure in page.stopped.items():
        warn(tag, cure)
    for tag, closed in page.openers.items():
        html = html.replace(tag, closed)
    said = f"""
    <meta http-equiv="Content-Security-Policy" content="{policy([page])}">
    <meta name="referrer" content="{REFERRER}">"""
    return HEAD.sub(lambda head: head[0] + said, html, count=1)


def protect(app: Sphinx) -> None:
    """Have each page protected when its template has been filled in, whichever template that is.

    Not by answering ``html-page-context`` with a template: Sphinx takes the first that any extension answers with.
    """
    if not is_published(app):
        return
    templates = cast("StandaloneHTMLBuilder", app.builder).templates
    render = templates.render

    def render_protected(template: str, context: dict[str, Any]) -> str:
        html = render(template, context)
        pagename = context.get("pagename")
        return html if pagename is None else protected(html, partial(warn, pagename))

    templates.render = render_protected


def warn(pagename: str, tag: str, cure: str) -> None:
    """Tell the owner what readers of the page will not get."""
    message = "browsers are told to leave out %s; %s"
    logger.warning(message, tag, cure, location=pagename, type="folio", subtype="policy")


@beside_pages("_headers and the search page lack a policy")
def finish(app: Sphinx, exception: Exception | None) -> None:
    """Put what all pages need into ``_headers``, and into the search, which takes other pages apart."""
    if exception or not is_published(app):
        return
    folder, builder = Path(app.outdir), cast("StandaloneHTMLBuilder", app.builder)
    files = sorted([*folder.rglob("*.html"), *folder.rglob("*.svg")])
    everything = policy(Page(file.read_text("utf-8", "replace")) for file in files)
    search = Path(builder.get_outfilename("search"))
    if search.exists():
        search.write_text(OWN.sub(rf'\1"{everything}"', search.read_text("utf-8"), count=1), "utf-8")
    if not is_owned(app, "_headers"):
        Path(folder, "_headers").write_text("\n".join(headers(everything)) + "\n", "utf-8")


def headers(everything: str) -> Iterator[str]:
    """The lines of ``_headers``."""
    yield "/*"
    yield f"  Content-Security-Policy: {everything}; {FRAMED}"
    yield f"  Permissions-Policy: {', '.join(f'{name}=()' for name in PERMISSIONS.split())}"
    yield f"  Referrer-Policy: {REFERRER}"
    yield "  X-Content-Type-Options: nosniff"


@beside_pages("the search may count in English")
def translate(app: Sphinx, exception: Exception | None) -> None:
    """Give the search its words as a script: Sphinx gives the rule of their plural as a text, which is not run."""
    path = Path(app.outdir, "_static/translations.js")
    if exception or not is_published(app) or not path.exists():
        return
    before, called, catalog = path.read_text("utf-8").partition("Documentation.addTranslations(")
    if called:  # an earlier build's file is as it should be
        said = json.loads(catalog.rpartition(")")[0])
        messages = {key: words for key, words in said["messages"].items() if words and all(words)}  # "" would be shown
        rule = f"(n) => Number({said['plural_expr']})"
        script = f"""Object.assign(Documentation.TRANSLATIONS, {json.dumps(messages)});
Object.assign(Documentation, {{ LOCALE: {json.dumps(said["locale"])}, PLURAL_EXPR: {rule} }});
"""
        path.write_text(before + script, "utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register when pages are protected, and what is made of all their policies."""
    app.connect("builder-inited", protect)
    app.connect("build-finished", finish)
    app.connect("build-finished", translate)
    return metadata()
