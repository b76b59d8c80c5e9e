"""Say to search engines on the home page whose site this is: JSON-LD of a ``Person`` and a ``WebSite``.

It says what ``author``, ``author_position``, ``author_affiliation`` and ``author_links`` in ``conf.py`` do; the pages
of the owner's publications (see ``papers``) name the same person.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import METADATA
from sphinx_folio.formats.jsonld import person, script, website
from sphinx_folio.owner import site_of


def introduce(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document) -> None:
    """Put it into the head of the home page."""
    if pagename == app.config.root_doc:
        site = site_of(app)
        context["metatags"] += script(person(site), website(site)) + "\n"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register when it is put there."""
    app.setup_extension("sphinx_folio.owner")
    app.connect("html-page-context", introduce)
    return METADATA
