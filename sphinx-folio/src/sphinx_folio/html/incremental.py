"""What an incremental build leaves is what a clean one makes, where Sphinx alone leaves something behind.

The page of a source that is gone goes, too, and so do words of the search that no page has any more. Templates stay
compiled from one build to the next.
"""

from pathlib import Path
from typing import Any, cast

from jinja2 import Environment, FileSystemBytecodeCache
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import metadata
from sphinx_folio.html.builders import BUILDERS


def keep_templates(app: Sphinx) -> None:
    """Compile the theme's templates once: that is most of what the first page costs."""
    if app.builder.name in BUILDERS:
        keep_compiled(app, cast("StandaloneHTMLBuilder", app.builder).templates.environment)


def keep_compiled(app: Sphinx, environment: Environment) -> None:
    """Have compiled templates beside Sphinx's environment; they are known by their source."""
    folder = Path(app.doctreedir, "templates")
    folder.mkdir(exist_ok=True)
    environment.bytecode_cache = FileSystemBytecodeCache(str(folder))


def remove_pages(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Remove the pages whose sources are gone."""
    if app.builder.name in BUILDERS:
        builder = cast("StandaloneHTMLBuilder", app.builder)
        for docname in removed:
            Path(builder.get_outfilename(docname)).unlink(missing_ok=True)
    return []


def prune_search_index(app: Sphinx) -> list[Any]:
    """Take words out of the search index that no page has any more: Sphinx keeps them, without a page to lead to."""
    if indexer := getattr(app.builder, "indexer", None):
        for words in (getattr(indexer, "_mapping", {}), getattr(indexer, "_title_mapping", {})):
            for word in [word for word, pages in words.items() if not pages]:
                del words[word]
    return []


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register them; what else pages show of one another is known to its own features."""
    app.connect("builder-inited", keep_templates)
    app.connect("env-get-outdated", remove_pages)
    app.connect("html-collect-pages", prune_search_index)
    return metadata()
