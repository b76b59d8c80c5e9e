"""An academic profile from Markdown pages and one BibTeX file, built by Sphinx.

Each feature is one module and one line of ``conf.py``::

    extensions = ["sphinx_folio.publications", "sphinx_folio.projects", …]

This module is what they share: the package's stylesheet, the version, and the reading of a page's front matter.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # what reads and checks .bib files needs nothing of Sphinx
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata

__version__ = "0.1.0"

PACKAGE = Path(__file__).parent
BUILDERS = ("html", "dirhtml")  # those of a site; other formats, EPUB's too, get ordinary nodes


def fingerprint() -> int:
    """Checksum of the package's own code and templates: pages made by others are made again."""
    checksum = 0
    for path in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.glob("templates/*.html")]):
        checksum = zlib.crc32(path.read_bytes(), checksum)
    return checksum


METADATA: ExtensionMetadata = {
    "version": __version__,
    "env_version": fingerprint(),
    "parallel_read_safe": True,
    "parallel_write_safe": True,
}


def front_matter(metadata: Mapping[str, Any] | None, name: str) -> str:
    """A text in a page's front matter; nothing where it is not there, or left empty (which MyST calls null)."""
    value = str((metadata or {}).get(name, "")).strip()
    return "" if value == "null" else value


def folder(app: Sphinx, name: str) -> str:
    """A folder of the package as seen from the site: what is published does not tell where on a disk either was."""
    return os.path.relpath(PACKAGE / name, app.confdir)


def add_static_files(app: Sphinx, config: Config) -> None:
    """Offer the package's files; a file of the site with the same name wins."""
    config.html_static_path = [folder(app, "static"), *config.html_static_path]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register what every feature that is seen on a page needs; it calls this for itself."""
    app.setup_extension("sphinx_folio.settings")
    app.setup_extension("sphinx_folio.incremental")
    app.setup_extension("sphinx_folio.leftovers")
    app.connect("config-inited", add_static_files)
    app.add_css_file("folio.css", priority=650)  # after the theme's, before the site's own
    return METADATA
