"""The order of the pages in the site's menu."""

from collections.abc import Iterator

from sphinx.environment import BuildEnvironment


def in_menu(env: BuildEnvironment, docname: str, seen: set[str]) -> Iterator[str]:
    """A page and all below it."""
    if docname not in seen:
        seen.add(docname)
        yield docname
        for below in env.toctree_includes.get(docname, ()):
            yield from in_menu(env, below, seen)
