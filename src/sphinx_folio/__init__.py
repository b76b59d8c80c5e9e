"""An academic profile from Markdown pages and one BibTeX file, built by Sphinx.

Each feature is one module and one line of ``conf.py``::

    extensions = ["sphinx_folio.publications", "sphinx_folio.projects", …]

This module is what they share: the stylesheet and templates of the package, and the version.
"""

import zlib
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

__version__ = "0.1.0"

PACKAGE = Path(__file__).parent


def fingerprint() -> int:
    """Checksum of the package's own code: pages read by other code are read again."""
    checksum = 0
    for path in sorted(PACKAGE.glob("*.py")):
        checksum = zlib.crc32(path.read_bytes(), checksum)
    return checksum


METADATA: ExtensionMetadata = {
    "version": __version__,
    "env_version": fingerprint(),
    "parallel_read_safe": True,
    "parallel_write_safe": True,
}


def add_static_files(app: Sphinx, config: Config) -> None:
    """Offer the package's files; a file of the site with the same name wins."""
    config.html_static_path.insert(0, str(PACKAGE / "static"))
    config.templates_path.append(str(PACKAGE / "templates"))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register what every feature needs; each feature calls this for itself."""
    app.connect("config-inited", add_static_files)
    app.add_css_file("folio.css", priority=650)  # after the theme's and sphinx-design's, before the site's own
    return METADATA
