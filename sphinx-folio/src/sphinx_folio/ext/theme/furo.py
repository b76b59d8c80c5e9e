"""Furo, mended where a screen reader or a keyboard meets it, and a page for what is not found.

The mends are in ``templates/`` and in the last part of ``static/folio.css``, each with its reason. A site takes them by
naming this module beside ``html_theme = "furo"``; its own ``_templates`` still win.

What Furo and Sphinx send to every page, and most pages do not use, goes only where it is used: the colors of code to
pages with code, Sphinx's scripts to the search. (On other pages these would mark the words that were searched for, and
take the key "/" from the reader.) What is left of the stylesheets is up to ``stylesheets``.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import folder, metadata
from sphinx_folio.environment.requirements import require
from sphinx_folio.html.page_assets import has

CODE = {"_static/pygments.css"}
SEARCH = {f"_static/{name}.js" for name in "documentation_options doctools sphinx_highlight translations".split()}
EXTENSIONS = {"_static/styles/furo-extensions.css"}
STYLED = {"sphinx_design", "sphinx_copybutton", "sphinx_inline_tabs"}  # the extensions that it is for


def add_templates(app: Sphinx, config: Config) -> None:
    """Offer the package's templates; one of the site with the same name wins."""
    config.templates_path = [*config.templates_path, folder(app, "templates")]
    if "notfound_template" in config:  # sphinx-notfound-page is loaded
        config.notfound_template = "404.html"


def leave_out(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Send a page no file that only others use."""
    used = {
        *(CODE if has(context, "highlight") else ()),
        *(SEARCH if templatename == "search.html" else ()),
        *(EXTENSIONS if app.extensions.keys() & STYLED else ()),
    }
    unused = (CODE | SEARCH | EXTENSIONS) - used
    for files in (context["css_files"], context["script_files"]):
        files[:] = [each for each in files if each.filename not in unused]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the package's templates and stylesheet."""
    require("sphinx_folio.ext.theme.furo", furo="furo", minify="tdewolff-minify", tinycss2="tinycss2")
    app.setup_extension("sphinx_folio")
    app.setup_extension("sphinx_folio.html.css")
    app.setup_extension("sphinx_folio.html.publish")
    app.connect("config-inited", add_templates)
    app.connect("html-page-context", leave_out, priority=900)  # after all who add some
    return metadata()
