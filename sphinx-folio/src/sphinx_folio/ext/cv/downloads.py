"""Link to the CV in other formats.

This Markdown ::

    ```{downloads}
    ```

becomes a line of links to the files that other features make: “Download: PDF (2 pages, 58 kB) · JSON Resume”. A feature
offers its files by answering the event ``folio-downloads``.
"""

from dataclasses import dataclass
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import metadata
from sphinx_folio.environment.dependencies import write_again
from sphinx_folio.environment.placeholders import fill
from sphinx_folio.html.builders import BUILDERS


@dataclass(frozen=True, slots=True)
class Download:
    """A file with the CV in another format, named from the top of the site: ``PDF`` (``2 pages, 58 kB``)."""

    name: str
    label: str
    details: str = ""


class folio_downloads(nodes.General, nodes.Element):  # noqa: N801 (docutils names nodes in lower case)
    """Where the links will stand: what there is to load is known when all pages have been read."""


class Downloads(SphinxDirective):
    """The ``{downloads}`` directive."""

    def run(self) -> list[nodes.Node]:
        """A place for the links, which are made for each builder."""
        write_again(self.env, offered)
        return [folio_downloads()]


def offered(app: Sphinx) -> list[Download]:
    """The CV's other formats, in the order of the features that make them."""
    if app.builder.name not in BUILDERS:
        return []
    return [download for found in app.emit("folio-downloads") for download in found]


def link_downloads(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Make the line of links, where there is anything to load."""
    for place in list(doctree.findall(folio_downloads)):
        links = [part for each in offered(app) for part in (nodes.Text(" · "), *link(app, docname, each))]
        fill(place, nodes.paragraph("", "Download: ", *links[1:], classes=["downloads"]) if links else None)


def link(app: Sphinx, docname: str, download: Download) -> list[nodes.Node]:
    """A link to a file, as seen from a page, and what is said of it."""
    address = relative_uri(app.builder.get_target_uri(docname), quote(download.name))
    details = f" ({download.details})" if download.details else ""
    return [nodes.reference("", download.label, refuri=address, internal=True), nodes.Text(details)]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the event, the directive and what makes its links."""
    app.setup_extension("sphinx_folio")
    app.setup_extension("sphinx_folio.environment.dependencies")
    app.add_event("folio-downloads")
    app.add_node(folio_downloads)
    app.add_directive("downloads", Downloads)
    app.connect("doctree-resolved", link_downloads)
    return metadata()
