"""Show the owner's portrait, as soon as there is one.

This Markdown ::

    ```{portrait}
    ```

becomes the picture ``portrait.*`` (jpg, png, webp, avif or svg) of the site's ``_static`` folder, with the site's
``author`` as its text, and nothing where there is none.
"""

from collections.abc import Iterable
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import metadata
from sphinx_folio.environment.owner import portrait_in

SHOWN = "folio_portrait"  # what a page's metadata calls the picture that the page shows


class Portrait(SphinxDirective):
    """The ``{portrait}`` directive."""

    def run(self) -> list[nodes.Node]:
        """The picture, if there is one."""
        picture = portrait_in(Path(self.env.srcdir))
        self.env.metadata[self.env.docname][SHOWN] = picture  # forgotten with the page
        return [nodes.image(uri=f"/{picture}", alt=self.config.author, classes=["portrait"])] if picture else []


def pages_with_another(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> Iterable[str]:
    """Read these pages again: the picture that they show is gone, or there is another."""
    picture = portrait_in(Path(env.srcdir))
    return [page for page in env.found_docs if env.metadata[page].get(SHOWN, picture) != picture]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.setup_extension("sphinx_folio")
    app.add_directive("portrait", Portrait)
    app.connect("env-get-outdated", pages_with_another)
    return metadata()
