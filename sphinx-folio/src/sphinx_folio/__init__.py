"""An academic profile from Markdown pages and one BibTeX file, built by Sphinx.

Each feature is one folder or module of ``ext`` and one line of ``conf.py``::

    extensions = ["sphinx_folio.ext.publications", "sphinx_folio.ext.cv", …]

This module is what they share: the version, and the package's stylesheet.
"""

from __future__ import annotations

import os
import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # what reads and checks .bib files needs nothing of Sphinx
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata

__version__ = "0.1.0"

PACKAGE = Path(__file__).parent
NO_PAGES = ("audit", "cli", "former_names")  # rooms whose code no page is made by

# So that the names that extensions had before can be imported, too: sphinx_folio.papers is former_names/papers.py.
__path__.append(str(PACKAGE / "former_names"))


def fingerprint() -> int:
    """Checksum of the code and templates that pages are made by: pages made by others are made again."""
    checksum = 0
    for path in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.glob("templates/*.html")]):
        if path.relative_to(PACKAGE).parts[0] not in NO_PAGES:
            checksum = zlib.crc32(path.read_bytes(), checksum)
    return checksum


@cache
def metadata() -> ExtensionMetadata:
    """What ``setup()`` of every feature returns to Sphinx."""
    return {
        "version": __version__,
        "env_version": fingerprint(),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def folder(app: Sphinx, name: str) -> str:
    """A folder of the package as seen from the site: what is published does not tell where on a disk either was.

    In full where there is no way from one to the other: on Windows, when they are on different drives.
    """
    try:
        return os.path.relpath(PACKAGE / name, app.confdir)
    except ValueError:
        return str(PACKAGE / name)


def add_static_files(app: Sphinx, config: Config) -> None:
    """Offer the package's files; a file of the site with the same name wins."""
    config.html_static_path = [folder(app, "static"), *config.html_static_path]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register what every feature that is seen on a page needs; it calls this for itself."""
    app.setup_extension("sphinx_folio.environment.config_check")
    app.setup_extension("sphinx_folio.environment.link_check")
    app.setup_extension("sphinx_folio.html.incremental")
    app.setup_extension("sphinx_folio.environment.toctree")
    app.connect("config-inited", add_static_files)
    app.add_css_file("folio.css", priority=650)  # after the theme's, before the site's own
    return metadata()
