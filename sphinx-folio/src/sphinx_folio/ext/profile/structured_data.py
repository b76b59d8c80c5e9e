"""Say to search engines on the home page whose site this is: JSON-LD of a ``Person`` and a ``WebSite``.

It says what ``author`` and the settings that begin with it do in ``conf.py``, and what the CV's entries do where the
site has ``career``; the pages of the owner's publications (see ``papers``) name the same person. The owner's other
pages, ``author_links``, are in the head as ``<link rel="me">``: by it they can tell that this page is the owner's too.
"""

from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import metadata
from sphinx_folio.environment.cv import activities_of, entries_of_cv
from sphinx_folio.environment.dependencies import write_again
from sphinx_folio.environment.owner import site_of
from sphinx_folio.exporters.jsonld import schema_person, script, website


def follow_career(app: Sphinx, doctree: nodes.document) -> None:
    """Write the home page again when the CV changes."""
    if app.env.docname == app.config.root_doc:
        write_again(app.env, entries_of_cv)


def introduce(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document) -> None:
    """Put it into the head of the home page."""
    if pagename == app.config.root_doc:
        site = site_of(app)
        data = script(schema_person(site, activities_of(app.env)), website(site))
        links = (f'<link rel="me" href="{escape(address)}">' for address in site.same_as)
        context["metatags"] += "\n".join((data, *links, ""))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register when it is put there."""
    app.setup_extension("sphinx_folio.environment.owner")
    app.setup_extension("sphinx_folio.environment.dependencies")
    app.connect("doctree-read", follow_career)
    app.connect("html-page-context", introduce)
    return metadata()
