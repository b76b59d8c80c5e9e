"""The still pictures of interactive figures, by page, for cards and for the search."""

import re
from collections.abc import Set
from pathlib import Path
from typing import Any, NamedTuple, cast
from xml.etree import ElementTree

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment

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


class FigureDomain(Domain):
    """The picture of each page that has any, and which pages show pictures of others."""

    name = "model"
    label = "Models"
    initial_data = {"pictures": {}}
    data_version = 1

    @property
    def pictures(self) -> dict[str, str]:
        """Where the picture of a page's first figure is, from the top of the site's source."""
        return self.data["pictures"]  # type: ignore[no-any-return]

    def clear_doc(self, docname: str) -> None:
        """Forget a page."""
        self.pictures.pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what a parallel reader found."""
        self.pictures.update({name: found for name, found in otherdata["pictures"].items() if name in docnames})

    def resolve_any_xref(self, *args: Any) -> list[tuple[str, nodes.reference]]:
        """Nothing: a figure has an anchor like every other."""
        return []


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


def figure_domain(env: BuildEnvironment) -> FigureDomain:
    """The domain of a build."""
    return cast("FigureDomain", env.domains["model"])


def picture_of(env: BuildEnvironment, docname: str) -> str:
    """The picture of a page's first figure, from the top of the site's source; nothing where there is none."""
    return figure_domain(env).pictures.get(docname, "") if "model" in env.domains else ""


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


def pictures_of_pages(app: Sphinx) -> object:
    """The question (see ``dependencies``) which pictures the first figures of pages have, and how they look."""
    found = sorted(figure_domain(app.env).pictures.items()) if "model" in app.env.domains else []
    paths = [Path(app.srcdir, name) for _, name in found]
    return found, [path.read_bytes() for path in paths if path.is_file()]


class folio_figure(nodes.General, nodes.Element):  # noqa: N801 (docutils names nodes in lower case)
    """Where the model ``name`` comes to life, if it has a module; in it stands an image, if there is a picture."""
