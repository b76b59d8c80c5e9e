"""The CV as a file that résumé builders read: ``resume.json`` in the form of JSON Resume.

It is made from the entries of ``career``, the publications, and what ``conf.py`` says of the owner; what goes where is
told in ``formats.jsonresume``. ``{downloads}`` links to it, and every page with entries announces it. A file of the
site's ``html_extra_path`` replaces it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata
from sphinxcontrib.bibtex.domain import BibtexDomain

from sphinx_folio import metadata
from sphinx_folio.cv.document import children_with_class
from sphinx_folio.cv.model import CVEntry
from sphinx_folio.cv.plaintext import is_entry
from sphinx_folio.environment.cv import activities_of, cv_domain
from sphinx_folio.environment.links import paths
from sphinx_folio.environment.owner import site_of
from sphinx_folio.environment.publications import publication_domain
from sphinx_folio.exporters.jsonresume import json_resume
from sphinx_folio.exporters.site import Site
from sphinx_folio.ext.cv.downloads import Download
from sphinx_folio.ext.cv.entries import said
from sphinx_folio.html.builders import BUILDERS
from sphinx_folio.html.generated_files import GeneratedFiles, beside_pages, checksum, is_owned

# The roles of sphinxcontrib-bibtex that are part of a sentence: without the others it is whole.
SPOKEN = ("t", "ts", "ct", "cts", "year", "author", "authors", "cauthor", "cauthors")

FILE, LABEL = "resume.json", "JSON Resume"


def offer(app: Sphinx) -> list[Download]:
    """What ``{downloads}`` links to."""
    return [Download(FILE, LABEL)]


def announce(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document) -> None:
    """Let programs find the file on the pages whose entries are in it."""
    if app.builder.name in BUILDERS and cv_domain(app.env).activities.get(pagename):
        address = escape(context["pathto"](FILE, 1))
        link = f'<link rel="alternate" type="application/json" title="{LABEL}" href="{address}">\n'
        context["metatags"] = context.get("metatags", "") + link


@beside_pages(f"{FILE} was not written")
def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the file, unless nothing that it is made from has changed."""
    if exception or app.builder.name not in BUILDERS:
        return
    domain, site = publication_domain(app.env), site_of(app)
    entries, owned = list(located(app, site)), is_owned(app, FILE)
    places = sorted(domain.lists.items()), sorted(domain.papers.items())
    pages = citing(app, entries)
    sources = [Path(app.doctreedir, f"{page}.doctree").read_bytes() for page in pages]
    cited = sources, app.config.bibtex_reference_style
    outputs = GeneratedFiles(app, "resume", checksum(domain.data["source"], places, site, entries, owned, cited))
    if outputs.current:
        return
    if owned:
        outputs.place(FILE)
    else:
        entries = list(with_citations(app, entries, pages))
        outputs.write(FILE, json_resume(site, entries, domain.library.publications, FILE, paths(app, domain)))
    outputs.finish()


def located(app: Sphinx, site: Site) -> Iterator[CVEntry]:
    """The entries with the address that each leads to: a project's page before anything else, else the one it names."""
    for each in activities_of(app.env):
        if site.address and each.page in app.env.found_docs and (each.kind == "project" or not each.url):
            yield replace(each, url=site.absolute(app.builder.get_target_uri(each.page)))
        else:
            yield each


def citing(app: Sphinx, entries: Iterable[CVEntry]) -> list[str]:
    """The pages with entries that cite anything."""
    cites = {citation.docname for citation in cite_domain(app).citation_refs}
    return sorted({each.docname for each in entries} & cites)


def cite_domain(app: Sphinx) -> BibtexDomain:
    """The domain that knows what citations are shown as."""
    return cast("BibtexDomain", app.env.domains["cite"])


def with_citations(app: Sphinx, entries: Iterable[CVEntry], pages: Iterable[str]) -> Iterator[CVEntry]:
    """The entries with the citations that are part of their sentences, as these pages show them."""
    bodies = {(page, anchor): body for page in pages for anchor, body in citing_bodies(app, page)}
    for each in entries:
        body = bodies.get((each.docname, each.anchor))
        yield replace(each, **said(body.children)) if body else each


def citing_bodies(app: Sphinx, page: str) -> list[tuple[str, nodes.Element]]:
    """The bodies of a page's entries in whose sentences something is cited, with the entries' anchors."""
    document = app.env.get_doctree(page)
    items = [item for item in document.findall(nodes.list_item) if is_entry(item)]
    bodies = [(item["activity"].anchor, body) for item in items for body in children_with_class(item, "activity-body")]
    found = [(anchor, body) for anchor, body in bodies if any(spoken(body))]
    for citation in list(spoken(document)):
        citation.replace_self(nodes.inline("", shown(app, page, citation)))
    return found


def spoken(parent: nodes.Element) -> Iterator[addnodes.pending_xref]:
    """The citations in a node that its sentences need."""
    for node in parent.findall(addnodes.pending_xref):
        if node.get("refdomain") == "cite" and node["reftype"] in SPOKEN:
            yield node


def shown(app: Sphinx, page: str, citation: addnodes.pending_xref) -> str:
    """What a page shows for a citation; what is wrong with it has been said of the page."""
    asked = citation["reftype"], citation["reftarget"], citation, nodes.inline()
    with logging.suppress_logging():
        return cite_domain(app).resolve_xref(app.env, page, app.builder, *asked).astext()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register when the file is made and where it is offered."""
    app.setup_extension(
        "sphinx_folio.ext.publications.citations"
    )  # with the catalog; sphinxcontrib-bibtex must not read by itself
    app.setup_extension("sphinx_folio.ext.cv.entries")
    app.setup_extension("sphinx_folio.ext.cv.downloads")
    app.connect("folio-downloads", offer)
    app.connect("html-page-context", announce)
    app.connect("build-finished", write)
    return metadata()
