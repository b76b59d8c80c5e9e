"""Publish no file of the machinery that no page uses.

Sphinx, Furo and this package bring scripts, styles and pictures for every kind of page. When all pages have been
written, those that neither a page names, nor a file that is used, are taken out of ``_static``. Files of the site, of
another theme or of another extension stay. Skipped in previews, and without ``sphinx_folio.ext.theme``, since only
Furo's pages are known to name all that they use.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, cast

from sphinx.application import Sphinx

from sphinx_folio.html.generated_files import has_file, is_owned

if TYPE_CHECKING:
    from sphinx.builders.html import StandaloneHTMLBuilder

IN_PAGE = re.compile(r"\b_static/([^\s\"'<>&?#()]+)")
IN_FILE = re.compile(r"[\w./-]+\.\w+")
READ = {".css", ".js"}
BRINGING = ("sphinx", "sphinx_basic_ng", "furo", "sphinx_folio")  # the second is what Furo builds on
MADE = ("*-stemmer.js", "basic.css", "pygments.css")  # by Sphinx, from templates and Python


def used(static: Path, pages: Iterable[str]) -> set[str]:
    """The files in ``_static`` that some pages name, or that a file which is used names."""
    there = set(names_in(static, "**/*"))  # in scripts much looks like a name: some is too long to ask the system for
    ahead = {name for page in pages for name in IN_PAGE.findall(page)}
    seen: set[str] = set()
    while ahead:
        name = ahead.pop()
        path = static / name
        if name in seen or name not in there:
            continue
        seen.add(name)
        named = IN_FILE.findall(path.read_text("utf-8", "replace")) if path.suffix in READ else []
        ahead |= {normpath(join(dirname(name), each)) for each in named}
    return seen


def offered(app: Sphinx) -> Iterator[str]:
    """The files that Sphinx, Furo and this package put into ``_static``, and the site does not."""
    modules = [sys.modules[name] for name in BRINGING if name in sys.modules]
    packages = [Path(module.__file__).resolve().parent for module in modules if module.__file__]
    themes = [
        Path(folder, "static").resolve() for folder in cast("StandaloneHTMLBuilder", app.builder).theme.get_theme_dirs()
    ]
    static = [Path(app.confdir, name).resolve() for name in app.config.html_static_path]
    brought = [each for each in (*static, *themes) if any(map(each.is_relative_to, packages))]
    own = [folder for folder in (*static, *themes) if folder not in brought]
    names = {name for folder in brought for name in names_in(folder, "**/*")}
    names |= {name for pattern in MADE for name in names_in(Path(app.outdir, "_static"), pattern)}
    for name in sorted(names):
        if not any(has_file(each, name) for each in own) and not is_owned(app, f"_static/{name}"):
            yield name


def names_in(folder: Path, pattern: str) -> Iterator[str]:
    """The files in a folder, as seen from there."""
    return (path.relative_to(folder).as_posix() for path in folder.glob(pattern) if path.is_file())


def remove_unused_files(app: Sphinx, pages: Iterable[str]) -> None:
    """Remove the files that neither a page names, nor a file that is used."""
    static = Path(app.outdir, "_static")
    kept = used(static, pages)
    for name in offered(app):
        if name not in kept:
            (static / name).unlink(missing_ok=True)
