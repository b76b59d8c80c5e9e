"""All publications as files that other programs read, and links to them.

The site gets ``publications.bib``, ``publications.ris``, ``publications.json`` (CSL-JSON), ``publications.atom`` (a
feed of the newest, which every page announces) and ``llms.txt`` (the site in short, for language models), from the
same values as its pages. This Markdown ::

    ```{exports}
    ```

becomes a line of links: All publications as BibTeX · RIS · CSL-JSON · Atom feed. A file of the site's
``html_extra_path`` replaces the one of the same name.
"""

from collections.abc import Callable, Iterator
from html import escape
from typing import Any
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import BUILDERS, METADATA, front_matter
from sphinx_folio.catalog import PublicationDomain, publication_domain
from sphinx_folio.formats import bibtex, csl, ris
from sphinx_folio.formats.atom import atom
from sphinx_folio.formats.llms import Line, llms_txt
from sphinx_folio.formats.site import Site
from sphinx_folio.library import Publication
from sphinx_folio.outputs import Outputs, checksum, is_owned
from sphinx_folio.owner import site_of

FEED = "publications.atom"
FILES = {
    "publications.bib": "BibTeX",
    "publications.ris": "RIS",
    "publications.json": "CSL-JSON",
    FEED: "Atom feed",
}
LLMS = "llms.txt"


class exports(nodes.General, nodes.Element):  # noqa: N801 (as docutils names its nodes)
    """Where the line of links stands."""


class Exports(SphinxDirective):
    """The ``{exports}`` directive."""

    def run(self) -> list[nodes.Node]:
        """A place for the links, which are made for each builder."""
        return [exports()]


def link_exports(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Make the line of links, where the files are there to link to."""
    for node in list(doctree.findall(exports)):
        node.replace_self([line_of_links(app, docname)] if app.builder.name in BUILDERS else [])


def line_of_links(app: Sphinx, docname: str) -> nodes.paragraph:
    """The links, as seen from a page."""
    here = app.builder.get_target_uri(docname)
    line = nodes.paragraph("", "All publications as ", classes=["publications-exports"])
    for position, (name, label) in enumerate(FILES.items()):
        if position:
            line += nodes.Text(" · ")
        line += nodes.reference("", label, refuri=relative_uri(here, name), internal=True)
    return line


def announce_feed(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document
) -> None:
    """Let browsers and feed readers find the feed on every page."""
    if app.builder.name in BUILDERS:
        address, title = escape(context["pathto"](FEED, 1)), escape(f"{app.config.project}: publications")
        link = f'<link rel="alternate" type="application/atom+xml" title="{title}" href="{address}">\n'
        context["metatags"] = context.get("metatags", "") + link


def write_exports(app: Sphinx, exception: Exception | None) -> None:
    """Write the files, unless nothing that they are made from has changed."""
    if exception or app.builder.name not in BUILDERS:
        return
    domain, site, pages = publication_domain(app.env), site_of(app), list(pages_of(app))
    owned = [name for name in (*FILES, LLMS) if is_owned(app, name)]
    outputs = Outputs(app, "exports", stamp(domain, site, pages, owned))
    if outputs.current:
        return
    makers = makers_of(app, domain, site, pages)
    for name, make in makers.items():
        if name in owned:
            outputs.place(name)
        else:
            outputs.write(name, make())
    outputs.finish()


def stamp(domain: PublicationDomain, site: Site, pages: list[Line], owned: list[str]) -> str:
    """A checksum of all that the files are made from: the library, where its entries stand, the pages, the settings."""
    places = sorted(domain.lists.items()), sorted(domain.papers.items())
    return checksum(domain.data["source"], places, site, pages, owned)


def makers_of(app: Sphinx, domain: PublicationDomain, site: Site, pages: list[Line]) -> dict[str, Callable[[], str]]:
    """What makes the text of each file."""
    papers, path_of = domain.library.publications, paths(app, domain)
    files = [Line(f"All publications as {label}", site.absolute(name)) for name, label in FILES.items()]
    return {
        "publications.bib": lambda: bibtex.bibliography(papers),
        "publications.ris": lambda: ris.library(papers),
        "publications.json": lambda: csl.library(papers),
        FEED: lambda: atom(papers, site, FEED, path_of),
        LLMS: lambda: llms_txt(site, pages, papers, files, path_of),
    }


def paths(app: Sphinx, domain: PublicationDomain) -> Callable[[Publication], str]:
    """What tells where a publication stands, from the top of the site: its own page, else its entry in a list."""
    places, builder = domain.places(), app.builder

    def path_of(publication: Publication) -> str:
        if name := domain.papers.get(publication.key):
            return builder.get_target_uri(name)
        if place := places.get(publication.key):
            return f"{builder.get_target_uri(place.docname) or './'}#{quote(place.anchor)}"
        return ""

    return path_of


def pages_of(app: Sphinx) -> Iterator[Line]:
    """The site's pages in the order of its menu, those that no menu has at the end."""
    env, site = app.env, site_of(app)
    for docname in dict.fromkeys([*in_menu(env, env.config.root_doc, set()), *sorted(env.found_docs)]):
        if title := env.titles.get(docname):
            address = site.absolute(app.builder.get_target_uri(docname) or "./")
            yield Line(title.astext(), address, front_matter(env.metadata.get(docname), "description"))


def in_menu(env: BuildEnvironment, docname: str, seen: set[str]) -> Iterator[str]:
    """A page and all below it."""
    if docname not in seen:
        seen.add(docname)
        yield docname
        for below in env.toctree_includes.get(docname, ()):
            yield from in_menu(env, below, seen)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive, and when its links and files are made."""
    app.setup_extension("sphinx_folio.citations")  # with the catalog; sphinxcontrib-bibtex must not read by itself
    app.setup_extension("sphinx_folio.owner")
    app.add_node(exports)
    app.add_directive("exports", Exports)
    app.connect("doctree-resolved", link_exports)
    app.connect("html-page-context", announce_feed)
    app.connect("build-finished", write_exports)
    return METADATA
