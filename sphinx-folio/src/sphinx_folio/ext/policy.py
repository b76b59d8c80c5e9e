"""Tell browsers what a page may load and run: nothing from elsewhere, and of what stands in it only what was built.

Each published page begins with a Content-Security-Policy (see ``html.csp``). Where a page asks for more, the owner is
warned: its readers would not get it. When all pages are written, ``html.publish`` writes ``_headers`` for hosts that
read it (Netlify, Cloudflare Pages); another ``_headers`` among the site's own files wins.

A preview (``make livehtml``) goes without: its server puts a script into each page.
"""

from functools import partial
from typing import Any, cast

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import metadata
from sphinx_folio.html.builders import is_published
from sphinx_folio.html.csp import protected

logger = logging.getLogger(__name__)


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


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register when pages are protected."""
    app.setup_extension("sphinx_folio.html.publish")
    app.connect("builder-inited", protect)
    return metadata()
