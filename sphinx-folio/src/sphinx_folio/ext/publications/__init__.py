"""Lists of publications, citations, a page for each paper, and all of them as files.

``"sphinx_folio.ext.publications"`` in ``conf.py`` loads all of it; each part can also be named alone.
"""

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import metadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Load every part of the feature."""
    app.setup_extension("sphinx_folio.ext.publications.lists")
    app.setup_extension("sphinx_folio.ext.publications.paper_pages")
    app.setup_extension("sphinx_folio.ext.publications.exports")
    return metadata()
