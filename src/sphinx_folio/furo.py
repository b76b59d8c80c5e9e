"""Furo, mended where a screen reader or a keyboard meets it.

The mends are in ``templates/`` and in the last part of ``static/folio.css``, each with its reason. A site takes them by
naming this module beside ``html_theme = "furo"``; its own ``_templates`` still win.
"""

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import METADATA


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the package's templates and stylesheet."""
    app.setup_extension("sphinx_folio")
    return METADATA
