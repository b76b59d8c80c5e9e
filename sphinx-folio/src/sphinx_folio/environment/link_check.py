"""Hosts that a link check cannot ask: they refuse every program, or make their anchors by script.

``sphinx-build -b linkcheck`` then checks what it can. A DOI that leads to one of them is still checked, since an
unknown DOI is doi.org's own 404. The site's own settings are kept; these come on top.
"""

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import metadata

# They answer every program with 403.
REFUSING = (r"https://dl\.acm\.org/", r"https://www\.computer\.org/", r"https://openreview\.net/")
ANCHORS_BY_SCRIPT = (r"https://github\.com/",)


def add_known_hosts(app: Sphinx, config: Config) -> None:
    """Leave out what a check can only report wrongly."""
    config.linkcheck_ignore = [*config.linkcheck_ignore, *REFUSING]
    config.linkcheck_anchors_ignore_for_url = [*config.linkcheck_anchors_ignore_for_url, *ANCHORS_BY_SCRIPT]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register when the settings are completed."""
    app.connect("config-inited", add_known_hosts)
    return metadata()
