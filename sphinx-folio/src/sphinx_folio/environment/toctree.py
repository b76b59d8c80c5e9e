"""The order of the pages in the site's menu."""

from collections.abc import Iterator

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import metadata
from sphinx_folio.environment.dependencies import write_again


def in_menu(env: BuildEnvironment, docname: str, seen: set[str]) -> Iterator[str]:
    """A page and all below it."""
    if docname not in seen:
        seen.add(docname)
        yield docname
        for below in env.toctree_includes.get(docname, ()):
            yield from in_menu(env, below, seen)


def menu(app: Sphinx) -> object:
    """The question (see ``dependencies``) what the menu is: the titles of pages, and their order."""
    titles = sorted((name, title.astext()) for name, title in app.env.titles.items())
    return titles, sorted(app.env.toctree_includes.items())


def follow_menu(app: Sphinx) -> None:
    """Have every page written again when the menu has become another."""
    write_again(app.env, menu, every_page=True)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register that pages depend on the menu."""
    app.setup_extension("sphinx_folio.environment.dependencies")
    app.connect("builder-inited", follow_menu)
    return metadata()
