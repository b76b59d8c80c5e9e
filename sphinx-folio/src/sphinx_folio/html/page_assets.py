"""Send a page only the styles and scripts that something on it needs.

A feature says so in its ``setup()``, by the beginnings of classes, or of elements' names, that need the file::

    add_assets_if_used(app, "projects.css", "projects")
"""

import re
from collections.abc import Mapping
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

STYLES = 660  # priority: after folio.css, before the site's own


def add_assets_if_used(app: Sphinx, name: str, *beginnings: str, **attributes: Any) -> None:
    """Have one of the package's files sent to each page that has an element which begins so."""

    def add(
        app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
    ) -> None:
        if not any(has(context, beginning) for beginning in beginnings):
            return
        if name.endswith(".css"):
            app.add_css_file(name, priority=STYLES, **attributes)
        else:
            app.add_js_file(name, **attributes)

    app.connect("html-page-context", add)


def has(context: Mapping[str, Any], beginning: str) -> bool:
    """Whether the text of a page has an element with a class, or a name, that begins so."""
    body = context.get("body") or ""
    return beginning in body and bool(re.search(rf'<{beginning}|class="([^"]*\s)?{beginning}', body))
