"""The CV: its entries, the PDF, JSON Resume, and links to both.

``"sphinx_folio.ext.cv"`` in ``conf.py`` loads all of it; each part can also be named alone.
"""

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import metadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Load every part of the feature."""
    app.setup_extension("sphinx_folio.ext.cv.entries")
    app.setup_extension("sphinx_folio.ext.cv.pdf")
    app.setup_extension("sphinx_folio.ext.cv.json_resume")
    app.setup_extension("sphinx_folio.ext.cv.downloads")
    return metadata()
