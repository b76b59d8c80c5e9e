"""Which files of a profile are pages: ``index.md``, and everything in folders; no ``include_patterns`` is needed.

Other files beside ``conf.py`` (``README.md`` …) are not pages. Nor is anything in folders that begin with ``_`` or
``.``, in those for built and installed files and for tests, or in the package's; Sphinx does not walk through them. A
``conf.py`` that sets ``include_patterns`` is followed instead; its ``exclude_patterns`` always count.
"""

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import metadata

NO_PAGES = ("_*", ".*", "**/_*", "**/.*", "build", "tests", "sphinx-folio", "vendor", "node_modules")


def find_pages(app: Sphinx, config: Config) -> None:
    """Complete the settings by which Sphinx finds pages."""
    if "include_patterns" not in config._raw_config:  # Sphinx does not tell otherwise
        config.include_patterns = [f"{config.root_doc}.*", "*/**"]
        config.exclude_patterns = [*config.exclude_patterns, *NO_PAGES]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register when the settings are completed."""
    app.connect("config-inited", find_pages)
    return metadata()
