"""All publications as files that other programs read, and links to them.

The site gets ``publications.bib``, ``publications.ris``, ``publications.json`` (CSL-JSON), ``publications.atom`` (a
feed of the newest, which every page announces) and ``llms.txt`` (the site in short, for language models), from the
same values as its pages. This Markdown ::

    ```{exports}
    ```

becomes a line of links: All publications as BibTeX · RIS · CSL-JSON · Atom feed. A file of the site's
``html_extra_path`` replaces the one of the same name.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import metadata
from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.environment.links import paths
from sphinx_folio.environment.owner import site_of
from sphinx_folio.environment.placeholders import fill
from sphinx_folio.environment.publications import PublicationDomain, publication_domain
from sphinx_folio.environment.toctree import in_menu
from sphinx_folio.exporters import bibtex, csl, ris
from sphinx_folio.exporters.atom import atom
from sphinx_folio.exporters.llms_txt import Line, llms_txt
from sphinx_folio.exporters.site import Site
from sphinx_folio.html.builders import BUILDERS
from sphinx_folio.html.generated_files import GeneratedFiles, beside_pages, checksum, is_owned
from sphinx_folio.text import front_matter

FEED = "publications.atom"
FILES = {
    "publications.bib": "BibTeX",
    "publications.ris": "RIS",
    "publications.json": "CSL-JSON",
    FEED: "Atom feed",
}
LLMS = "llms.txt"

Maker = Callable[[Sequence[Publication]], str]


class folio_exports(nodes.General, nodes.Element):  # noqa: N801 (as docutils names its nodes)
    """Where the line of links stands."""


class Exports(SphinxDirective):
    """The ``{exports}`` directive."""

    def run(self) -> list[nodes.Node]:
        """A place for the links, which are made for each builder."""
        return [folio_exports()]


def link_exports(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Make the line of links, where the files are there to link to."""
    for node in list(doctree.findall(folio_exports)):
        fill(node, line_of_links(app, docname) if app.builder.name in BUILDERS else None)


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


@beside_pages("the exports were not written")
def write_exports(app: Sphinx, exception: Exception | None) -> None:
    """Write the files, unless nothing that they are made from has changed."""
    if exception or app.builder.name not in BUILDERS:
        return
    domain, site, pages = publication_domain(app.env), site_of(app), list(pages_of(app))
    owned = [name for name in (*FILES, LLMS) if is_owned(app, name)]
    outputs = GeneratedFiles(app, "exports", stamp(domain, site, pages, owned))
    if outputs.current:
        return
    papers = domain.library.publications
    for name, make in makers_of(app, domain, site, pages).items():
        if name in owned:
            outputs.place(name)
        else:
            with outputs.attempt(f"{name} was not written"):
                outputs.write(name, made_of_all(make, papers, name, outputs))
    outputs.finish()


def made_of_all(make: Maker, papers: Sequence[Publication], name: str, outputs: GeneratedFiles) -> str:
    """Make the text of a file; where that fails, without the entries that it fails for, each with a warning."""
    with suppress(Exception):
        return make(papers)
    sound = []
    for each in papers:
        with outputs.attempt(f"{name} lacks this entry", location=f"{each.entry.file}:{each.entry.line}"):
            make([each])
            sound.append(each)
    return make(sound)


def stamp(domain: PublicationDomain, site: Site, pages: list[Line], owned: list[str]) -> str:
    """A checksum of all that the files are made from: the library, where its entries stand, the pages, the settings."""
    places = sorted(domain.lists.items()), sorted(domain.papers.items())
    return checksum(domain.data["source"], places, site, pages, owned)


def makers_of(app: Sphinx, domain: PublicationDomain, site: Site, pages: list[Line]) -> dict[str, Maker]:
    """What makes the text of each file from publications."""
    path_of = paths(app, domain)
    files = [Line(f"All publications as {label}", site.absolute(name)) for name, label in FILES.items()]
    return {
        "publications.bib": bibtex.bibtex_file,
        "publications.ris": ris.ris_file,
        "publications.json": csl.csl_json,
        FEED: lambda papers: atom(papers, site, FEED, path_of),
        LLMS: lambda papers: llms_txt(site, pages, papers, files, path_of),
    }


def pages_of(app: Sphinx) -> Iterator[Line]:
    """The site's pages in the order of its menu, those that no menu has at the end."""
    env, site = app.env, site_of(app)
    for docname in dict.fromkeys([*in_menu(env, env.config.root_doc, set()), *sorted(env.found_docs)]):
        if title := env.titles.get(docname):
            address = site.absolute(app.builder.get_target_uri(docname) or "./")
            yield Line(title.astext(), address, front_matter(env.metadata.get(docname), "description"))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive, and when its links and files are made."""
    app.setup_extension(
        "sphinx_folio.ext.publications.citations"
    )  # with the catalog; sphinxcontrib-bibtex must not read by itself
    app.setup_extension("sphinx_folio.environment.owner")
    app.add_node(folio_exports)
    app.add_directive("exports", Exports)
    app.connect("doctree-resolved", link_exports)
    app.connect("html-page-context", announce_feed)
    app.connect("build-finished", write_exports)
    return metadata()
