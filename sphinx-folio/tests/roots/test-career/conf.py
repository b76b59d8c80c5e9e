from docutils import nodes
from sphinx.application import Sphinx

from sphinx_folio.environment.cv import activities_of, entries_of_cv
from sphinx_folio.environment.dependencies import write_again

author = "Ada Lovelace"
extensions = ["myst_parser", "sphinx_folio.ext.cv.entries"]
exclude_patterns = ["wrong.md"]


def follow(app: Sphinx, doctree: nodes.document) -> None:
    if app.env.docname == "who":
        write_again(app.env, entries_of_cv)


def show(app: Sphinx, pagename: str, templatename: str, context: dict[str, str], doctree: nodes.document) -> None:
    if pagename == "who":
        context["body"] += f"<p id='known'>{', '.join(each.title for each in activities_of(app.env))}</p>"


def setup(app: Sphinx) -> None:
    app.connect("doctree-read", follow)
    app.connect("html-page-context", show)
