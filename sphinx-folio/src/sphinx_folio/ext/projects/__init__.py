"""Project pages: cards that lead to them, and how to cite their software.

``"sphinx_folio.ext.projects"`` in ``conf.py`` loads all of it; each part can also be named alone.
"""

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import metadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Load every part of the feature."""
    app.setup_extension("sphinx_folio.ext.projects.cards")
    app.setup_extension("sphinx_folio.ext.projects.citation_cff")
    return metadata()
