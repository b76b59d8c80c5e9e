"""Extensions that have been renamed: the former name still loads the feature, with a hint that names the new one.

The former names are modules of one line in ``former_names/``, which is a second folder of the package (see
``sphinx_folio.__path__``), since Sphinx imports an extension by its name.
"""

from collections.abc import Callable

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import metadata
from sphinx_folio.environment.messages import hint


def setup_of(former: str, name: str) -> Callable[[Sphinx], ExtensionMetadata]:
    """The ``setup()`` of a former name."""

    def setup(app: Sphinx) -> ExtensionMetadata:
        app.setup_extension(name)
        feature = ".".join(name.split(".")[:3])
        more = f', or "{feature}", which loads the whole feature' if feature != name else ""
        message = f'"{former}" has been renamed; write "{name}"{more}'
        hint(app.config, message, subtype="renamed", location="conf.py")
        return metadata()

    return setup
