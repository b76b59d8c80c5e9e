"""Link to the CV in other formats.

This Markdown ::

    ```{downloads}
    ```

becomes a line of links to the files that other features make: “Download: PDF (2 pages, 58 kB) · JSON Resume”. A feature
offers its files by answering the event ``downloads``.
"""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import metadata
from sphinx_folio.environment.placeholders import fill
from sphinx_folio.html.builders import BUILDERS
from sphinx_folio.html.generated_files import checksum


@dataclass(frozen=True, slots=True)
class Download:
    """A file with the CV in another format, named from the top of the site: ``PDF`` (``2 pages, 58 kB``)."""

    name: str
    label: str
    details: str = ""


class downloads(nodes.General, nodes.Element):  # noqa: N801 (docutils names nodes in lower case)
    """Where the links will stand: what there is to load is known when all pages have been read."""


class Downloads(SphinxDirective):
    """The ``{downloads}`` directive."""

    def run(self) -> list[nodes.Node]:
        """A place for the links, which are made for each builder."""
        downloads_domain(self.env).pages.add(self.env.docname)
        return [downloads()]


class DownloadsDomain(Domain):
    """Which pages link to the files, and a checksum of what the last build had for them."""

    name = "downloads"
    label = "Download"
    initial_data = {"pages": set(), "checksum": ""}

    @property
    def pages(self) -> set[str]:
        """The pages with the line of links."""
        return self.data["pages"]  # type: ignore[no-any-return]

    def clear_doc(self, docname: str) -> None:
        """Forget a page."""
        self.pages.discard(docname)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what a parallel reader found."""
        self.pages.update(otherdata["pages"] & docnames)

    def resolve_any_xref(self, *args: Any) -> list[tuple[str, nodes.reference]]:
        """Nothing can be referred to."""
        return []


def downloads_domain(env: BuildEnvironment) -> DownloadsDomain:
    """The domain of a build."""
    return cast("DownloadsDomain", env.domains["downloads"])


def offered(app: Sphinx) -> list[Download]:
    """The CV's other formats, in the order of the features that make them."""
    if app.builder.name not in BUILDERS:
        return []
    return [download for found in app.emit("downloads") for download in found]


def follow_offers(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Write the pages again when there are other files to load."""
    domain, now = downloads_domain(env), checksum(offered(app))
    before, domain.data["checksum"] = domain.data["checksum"], now
    return domain.pages & env.found_docs if now != before else ()


def link_downloads(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Make the line of links, where there is anything to load."""
    for place in list(doctree.findall(downloads)):
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
    app.add_event("downloads")
    app.add_domain(DownloadsDomain)
    app.add_node(downloads)
    app.add_directive("downloads", Downloads)
    app.connect("env-updated", follow_offers, priority=950)  # when the features have made what they offer
    app.connect("doctree-resolved", link_downloads)
    return metadata()
