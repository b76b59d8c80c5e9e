"""Put a figure into a page that a reader can set: a model that is computed in the browser.

This Markdown ::

    ```{model} pendulum
    :height: 320

    How long a pendulum takes to swing, by its length.
    ```

becomes a figure of the model ``_static/models/pendulum.js`` with this caption; what such a module exports is in
``types/model/types.d.ts``. Until it has been loaded, without script and in other formats, the figure shows the picture
``pendulum.svg`` beside the module, which ``make posters`` makes. ``:height:`` keeps so many pixels free for it. A card
of ``{projects}`` shows the picture of its page's first figure, and so does the search.
"""

import posixpath
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar, cast
from urllib.parse import quote

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri
from sphinx.util.typing import ExtensionMetadata, OptionSpec
from sphinx.writers.html5 import HTML5Translator

from sphinx_folio import metadata
from sphinx_folio.environment.figures import FigureDomain, Picture, figure_domain, folio_figure, read_picture
from sphinx_folio.html.builders import BUILDERS
from sphinx_folio.html.page_assets import add_assets_if_used
from sphinx_folio.text import did_you_mean, unique_id

logger = logging.getLogger(__name__)

FOLDER = "_static/models"


class Model(SphinxDirective):
    """The ``{model}`` directive."""

    required_arguments = 1
    has_content = True
    option_spec: ClassVar[OptionSpec] = {"height": directives.positive_int}

    def run(self) -> list[nodes.Node]:
        """The figure with its caption, or what is there of it."""
        name = self.arguments[0]
        content = self.parse_content_to_nodes()
        module, picture = self.module(name), self.picture(name)
        if not module and not picture:
            return content
        shown = folio_figure(
            name=name, module=module, height=self.options.get("height"), svg=picture.svg if picture else ""
        )
        if picture:
            shown += nodes.image(uri=f"/{FOLDER}/{name}.svg", alt=picture.words)
            figure_domain(self.env).pictures.setdefault(self.env.docname, f"{FOLDER}/{name}.svg")
        figure = nodes.figure("", shown, *captioned(content), classes=["model"])
        taken = self.state.document.ids
        figure["ids"].append(name if name not in taken else unique_id(f"{name}-model", taken))  # a heading may be first
        self.state.document.note_explicit_target(figure, figure)
        self.set_source_info(figure)
        return [figure]

    def module(self, name: str) -> str:
        """Where a model is, from the top of the site; nothing where there is none."""
        known = self.names(".js")
        self.env.note_dependency(self.folder / f"{name}.js")  # also where there is none: it may come
        if name in known:
            return f"{FOLDER}/{name}.js"
        self.warn(f"no model {name!r}; {did_you_mean(name, known, f'the name of a module in {FOLDER}, without .js')}")
        return ""

    def picture(self, name: str) -> Picture | None:
        """The picture of a model; one that is missing is reported only where there is a model to make it from."""
        path = self.folder / f"{name}.svg"
        self.env.note_dependency(path)
        if name in self.names(".svg"):
            try:
                return read_picture(path.read_text("utf-8"))
            except (ValueError, SyntaxError) as error:
                self.warn(f"{FOLDER}/{name}.svg cannot be read: {error}; `make posters` makes it anew")
        elif name in self.names(".js"):
            self.warn(f"no picture of the model {name!r}; `make posters` makes {FOLDER}/{name}.svg")
        return None

    @property
    def folder(self) -> Path:
        """Where the site's models are."""
        return Path(self.env.srcdir, FOLDER)

    def names(self, suffix: str) -> list[str]:
        """What the files of a kind in the folder are called."""
        return sorted(path.stem for path in self.folder.glob(f"*{suffix}"))

    def warn(self, message: str) -> None:
        """Tell the owner, with the directive's place."""
        logger.warning(message, location=self.get_location(), type="folio", subtype="model")


def captioned(content: Sequence[nodes.Node]) -> list[nodes.Node]:
    """A caption of the first paragraph, and a legend of what else there is."""
    if not content or not isinstance(content[0], nodes.paragraph):
        return [nodes.legend("", *content)] if content else []
    first, *others = content
    caption = nodes.caption("", "", *first.children)
    return [caption, nodes.legend("", *others)] if others else [caption]


def visit_folio_figure(self: HTML5Translator, node: folio_figure) -> None:
    """Write the element with the picture in it, or the picture alone."""
    if node["module"]:
        here = self.builder.get_target_uri(self.builder.current_docname)
        attributes: dict[str, Any] = {"name": node["name"], "src": relative_uri(here, node["module"])}
        if node["height"]:
            attributes["height"] = node["height"]
        for image in node.findall(nodes.image):  # whose file the builder has copied; the search shows it
            attributes["poster"] = posixpath.join(self.builder.imgpath, quote(self.builder.images[image["uri"]]))
        self.body.append(self.starttag(node, "model-figure", "", **attributes))
    self.body.append(node["svg"])
    self.body.append("</model-figure>\n" if node["module"] else "\n")
    raise nodes.SkipNode


def show_pictures(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Leave only the pictures where no site is written; where not even they can be shown, what they show in words."""
    if app.builder.name in BUILDERS:
        return
    for node in list(doctree.findall(folio_figure)):
        if node.children:
            node.replace_self(node.children)
        else:
            figure = cast("nodes.figure", node.parent)
            figure.replace_self(list(uncaptioned(figure)))
    if "image/svg+xml" in app.builder.supported_image_types:
        return
    for image in list(doctree.findall(nodes.image)):
        if image["uri"].startswith(f"{FOLDER}/"):  # else it has been converted
            place = image.parent.index(image)
            image.parent[place : place + 1] = [nodes.paragraph("", image["alt"])] if image["alt"] else []


def uncaptioned(figure: nodes.figure) -> Iterator[nodes.Node]:
    """What is written of a figure that shows nothing."""
    for part in figure.children:
        if isinstance(part, nodes.caption):
            yield nodes.paragraph("", "", *part.children)
        elif isinstance(part, nodes.legend):
            yield from part.children


def show_in_search(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Have the search show the pictures of the pages that it finds."""
    if templatename == "search.html" and figure_domain(app.env).pictures:
        app.add_js_file("model-search.js", loading_method="defer")  # after Sphinx's scripts, before they begin


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive, and what shows its figures."""
    app.setup_extension("sphinx_folio")
    app.add_domain(FigureDomain)
    app.add_node(folio_figure, html=(visit_folio_figure, None))
    app.add_directive("model", Model)
    app.connect("doctree-resolved", show_pictures)
    app.connect("html-page-context", show_in_search)
    add_assets_if_used(app, "model-figure.css", "model")
    add_assets_if_used(app, "model-figure.js", "model-figure", loading_method="defer")
    return metadata()
