"""How pages look: Furo, corrected for keyboards and screen readers, and formulas without script.

``"sphinx_folio.ext.theme"`` in ``conf.py`` loads all of it; each part can also be named alone.
"""

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import metadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Load every part of the feature."""
    app.setup_extension("sphinx_folio.ext.theme.furo")
    app.setup_extension("sphinx_folio.ext.theme.mathml")
    return metadata()
