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
import re
from collections.abc import Iterable, Iterator, Sequence, Set
from pathlib import Path
from typing import Any, ClassVar, NamedTuple, cast
from urllib.parse import quote
from xml.etree import ElementTree

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri
from sphinx.util.typing import ExtensionMetadata, OptionSpec
from sphinx.writers.html5 import HTML5Translator

from sphinx_folio import BUILDERS, METADATA
from sphinx_folio.names import suggest, unused
from sphinx_folio.outputs import checksum
from sphinx_folio.sending import send

logger = logging.getLogger(__name__)

FOLDER = "_static/models"

SVG = "{http://www.w3.org/2000/svg}"
# What a picture may have in it when it becomes part of a page: nothing that runs, loads or changes how others look.
DRAWN = frozenset(
    "svg title desc g defs path rect circle ellipse line polyline polygon text tspan pattern clipPath".split()
)
UNWANTED = re.compile(r"on|style$|href$|.*[{:]")  # names of attributes
ELSEWHERE = re.compile(r"url\((?!#)")


class Picture(NamedTuple):
    """A model's still picture: ready to stand in a page, and in words."""

    svg: str
    words: str


class live(nodes.General, nodes.Element):  # noqa: N801 (docutils names nodes in lower case)
    """Where the model ``name`` comes to life, if it has a module; in it stands an image, if there is a picture."""


class ModelDomain(Domain):
    """The picture of each page that has any, and which pages show pictures of others."""

    name = "model"
    label = "Models"
    # The checksum is that of the pictures which the last build knew.
    initial_data = {"pictures": {}, "users": set(), "checksum": ""}

    @property
    def pictures(self) -> dict[str, str]:
        """Where the picture of a page's first figure is, from the top of the site's source."""
        return self.data["pictures"]  # type: ignore[no-any-return]

    def clear_doc(self, docname: str) -> None:
        """Forget a page."""
        self.pictures.pop(docname, None)
        self.data["users"].discard(docname)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what a parallel reader found."""
        self.pictures.update({name: found for name, found in otherdata["pictures"].items() if name in docnames})
        self.data["users"].update(otherdata["users"] & docnames)

    def resolve_any_xref(self, *args: Any) -> list[tuple[str, nodes.reference]]:
        """Nothing: a figure has an anchor like every other."""
        return []


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
        shown = live(name=name, module=module, height=self.options.get("height"), svg=picture.svg if picture else "")
        if picture:
            shown += nodes.image(uri=f"/{FOLDER}/{name}.svg", alt=picture.words)
            model_domain(self.env).pictures.setdefault(self.env.docname, f"{FOLDER}/{name}.svg")
        figure = nodes.figure("", shown, *captioned(content), classes=["model"])
        taken = self.state.document.ids
        figure["ids"].append(name if name not in taken else unused(f"{name}-model", taken))  # a heading may be first
        self.state.document.note_explicit_target(figure, figure)
        self.set_source_info(figure)
        return [figure]

    def module(self, name: str) -> str:
        """Where a model is, from the top of the site; nothing where there is none."""
        known = self.names(".js")
        self.env.note_dependency(self.folder / f"{name}.js")  # also where there is none: it may come
        if name in known:
            return f"{FOLDER}/{name}.js"
        self.warn(f"no model {name!r}; {suggest(name, known, f'the name of a module in {FOLDER}, without .js')}")
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


def read_picture(source: str) -> Picture:
    """A picture from SVG, of which only what draws is kept; raises ValueError or SyntaxError where it is no SVG."""
    root = ElementTree.fromstring(source)  # noqa: S314 (the site's own file)
    if root.tag != f"{SVG}svg":  # which also is what an image without this namespace would show: nothing
        raise ValueError("it is no SVG")
    clean(root)
    said = [" ".join("".join(part.itertext()).split()) for part in root if part.tag in ("title", "desc")]
    words = ". ".join(filter(None, said))
    root.set("aria-label", words)  # screen readers know titles, but few descriptions
    return Picture(ElementTree.tostring(root, "unicode").strip(), words)


def clean(element: ElementTree.Element) -> None:
    """Take everything out of an element but drawings, and namespaces off the names, which HTML has none of."""
    element.tag = local(element)
    for name, value in list(element.attrib.items()):
        if UNWANTED.match(name) or ELSEWHERE.search(value):
            del element.attrib[name]
    for child in list(element):
        if local(child) in DRAWN:
            clean(child)
        else:
            element.remove(child)


def local(element: ElementTree.Element) -> str:
    """An SVG element's name in HTML; of another element a name that is none of those."""
    return str(element.tag).removeprefix(SVG)


def visit_live(self: HTML5Translator, node: live) -> None:
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
    for node in list(doctree.findall(live)):
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


def model_domain(env: BuildEnvironment) -> ModelDomain:
    """The domain of a build."""
    return cast("ModelDomain", env.domains["model"])


def picture_of(env: BuildEnvironment, docname: str) -> str:
    """The picture of a page's first figure, from the top of the site's source; nothing where there is none."""
    return model_domain(env).pictures.get(docname, "") if "model" in env.domains else ""


def ornament(path: Path, *classes: str) -> str:
    """A picture as SVG that says nothing: beside it stand words."""
    root = ElementTree.fromstring(read_picture(path.read_text("utf-8")).svg)  # noqa: S314 (the site's own file)
    for whole in root.iter():
        for part in [part for part in whole if part.tag in ("title", "desc")]:
            whole.remove(part)
    for name in ("role", "aria-label"):
        root.attrib.pop(name, None)
    root.attrib.update({"class": " ".join(classes), "aria-hidden": "true"})
    return ElementTree.tostring(root, "unicode")


def use_pictures(env: BuildEnvironment, docname: str) -> None:
    """Have a page that is being read written again whenever another page has another picture."""
    if "model" in env.domains:
        model_domain(env).data["users"].add(docname)


def users_of_pictures(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Write these pages again: they show pictures that are not those of the last build."""
    data = model_domain(env).data
    found = sorted(data["pictures"].items())
    drawn = [path.read_bytes() for path in (Path(env.srcdir, name) for _, name in found) if path.is_file()]
    before, data["checksum"] = data["checksum"], checksum(found, drawn)
    return data["users"] & env.found_docs if data["checksum"] != before else ()


def show_in_search(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Have the search show the pictures of the pages that it finds."""
    if templatename == "search.html" and model_domain(app.env).pictures:
        app.add_js_file("model-search.js", loading_method="defer")  # after Sphinx's scripts, before they begin


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive, and what shows its figures."""
    app.setup_extension("sphinx_folio")
    app.add_domain(ModelDomain)
    app.add_node(live, html=(visit_live, None))
    app.add_directive("model", Model)
    app.connect("env-updated", users_of_pictures)
    app.connect("doctree-resolved", show_pictures)
    app.connect("html-page-context", show_in_search)
    send(app, "model-figure.css", "model")
    send(app, "model-figure.js", "model-figure", loading_method="defer")
    return METADATA
