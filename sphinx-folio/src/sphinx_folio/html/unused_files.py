"""Publish no file of the machinery that no page uses.

Sphinx, its theme and this package bring scripts, styles and pictures for every kind of page. When all pages have been
written, those that neither a page names, nor a file that is used, are taken out of ``_static``, and with them the still
pictures of models, which are in the pages themselves. The site's own files stay. Nothing of this in a preview.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, cast

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import PACKAGE, metadata
from sphinx_folio.html.builders import is_published
from sphinx_folio.html.generated_files import beside_pages

if TYPE_CHECKING:
    from sphinx.builders.html import StandaloneHTMLBuilder

IN_PAGE = re.compile(r"\b_static/([^\s\"'<>&?#()]+)")
IN_FILE = re.compile(r"[\w./-]+\.\w+")
READ = {".css", ".js"}
MADE = ("*-stemmer.js", "basic.css", "pygments.css")  # by Sphinx, from templates and Python


def used(static: Path, pages: Iterator[str]) -> set[str]:
    """The files in ``_static`` that some pages name, or that a file which is used names."""
    ahead = {name for page in pages for name in IN_PAGE.findall(page)}
    seen: set[str] = set()
    while ahead:
        name = ahead.pop()
        path = static / name
        if name in seen or not path.is_file():
            continue
        seen.add(name)
        named = IN_FILE.findall(path.read_text("utf-8", "replace")) if path.suffix in READ else []
        ahead |= {normpath(join(dirname(name), each)) for each in named}
    return seen


def offered(app: Sphinx) -> Iterator[str]:
    """What the machinery puts into ``_static``, and the site does not."""
    theme = cast("StandaloneHTMLBuilder", app.builder).theme
    own = [Path(app.confdir, name) for name in app.config.html_static_path]
    brought = [PACKAGE / "static", *(Path(folder, "static") for folder in theme.get_theme_dirs())]
    own = [folder for folder in own if folder.resolve() not in brought]
    names = {name for folder in brought for name in names_in(folder, "**/*")}
    names |= {name for pattern in MADE for name in names_in(Path(app.outdir, "_static"), pattern)}
    yield from sorted(name for name in names if not any((folder / name).is_file() for folder in own))
    yield from (name for folder in own for name in names_in(folder, "models/*.svg"))


def names_in(folder: Path, pattern: str) -> Iterator[str]:
    """The files in a folder, as seen from there."""
    return (path.relative_to(folder).as_posix() for path in folder.glob(pattern) if path.is_file())


@beside_pages("files that no page uses are published")
def remove(app: Sphinx, exception: Exception | None) -> None:
    """Take out what is not used."""
    if exception or not is_published(app):
        return
    static = Path(app.outdir, "_static")
    pages = (path.read_text("utf-8", "replace") for path in Path(app.outdir).rglob("*.html"))
    kept = used(static, pages)
    for name in offered(app):
        if name not in kept:
            (static / name).unlink(missing_ok=True)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register it, after all who write a page or a stylesheet."""
    app.connect("build-finished", remove, priority=950)
    return metadata()
