"""Furo, mended where a screen reader or a keyboard meets it, and a page for what is not found.

The mends are in ``templates/`` and in the last part of ``static/folio.css``, each with its reason. A site takes them by
naming this module beside ``html_theme = "furo"``; its own ``_templates`` still win.
"""

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import METADATA, PACKAGE


def add_templates(app: Sphinx, config: Config) -> None:
    """Offer the package's templates; one of the site with the same name wins."""
    config.templates_path = [*config.templates_path, str(PACKAGE / "templates")]
    if "notfound_template" in config:  # sphinx-notfound-page is loaded
        config.notfound_template = "404.html"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the package's templates and stylesheet."""
    app.setup_extension("sphinx_folio")
    app.connect("config-inited", add_templates)
    return METADATA
