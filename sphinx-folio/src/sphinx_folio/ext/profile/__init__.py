"""Who the site is about: contact, portrait, what search engines read; and which of its files are pages.

``"sphinx_folio.ext.profile"`` in ``conf.py`` loads all of it; each part can also be named alone.
"""

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import metadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Load every part of the feature."""
    app.setup_extension("sphinx_folio.environment.pages")
    app.setup_extension("sphinx_folio.ext.profile.contact")
    app.setup_extension("sphinx_folio.ext.profile.portrait")
    app.setup_extension("sphinx_folio.ext.profile.structured_data")
    return metadata()
