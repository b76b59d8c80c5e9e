"""Show the owner's portrait, as soon as there is one.

This Markdown ::

    ```{portrait}
    ```

becomes the picture ``portrait.*`` (jpg, png, webp, avif or svg) of the site's ``_static`` folder, with the site's
``author`` as its text, and nothing where there is none.
"""

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import metadata
from sphinx_folio.environment.dependencies import read_again
from sphinx_folio.environment.owner import portrait_in


class Portrait(SphinxDirective):
    """The ``{portrait}`` directive."""

    def run(self) -> list[nodes.Node]:
        """The picture, if there is one."""
        picture = portrait_in(Path(self.env.srcdir))
        read_again(self.env, portrait, picture)
        return [nodes.image(uri=f"/{picture}", alt=self.config.author, classes=["portrait"])] if picture else []


def portrait(app: Sphinx) -> str:
    """The question (see ``dependencies``) which picture there is."""
    return portrait_in(Path(app.srcdir))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.setup_extension("sphinx_folio")
    app.setup_extension("sphinx_folio.environment.dependencies")
    app.add_directive("portrait", Portrait)
    return metadata()
