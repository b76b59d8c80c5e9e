"""The CV as a file that résumé builders read: ``resume.json`` in the form of JSON Resume.

It is made from the entries of ``career``, the publications, and what ``conf.py`` says of the owner; what goes where is
told in ``formats.jsonresume``. ``{downloads}`` links to it, and every page with entries announces it. A file of the
site's ``html_extra_path`` replaces it.
"""

from collections.abc import Iterator
from dataclasses import replace
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import BUILDERS, METADATA
from sphinx_folio.activities import Activity
from sphinx_folio.career import activities_of, career_domain
from sphinx_folio.catalog import publication_domain
from sphinx_folio.downloads import Download
from sphinx_folio.exports import paths
from sphinx_folio.formats.jsonresume import resume
from sphinx_folio.formats.site import Site
from sphinx_folio.outputs import Outputs, checksum, is_owned
from sphinx_folio.owner import site_of

FILE, LABEL = "resume.json", "JSON Resume"


def offer(app: Sphinx) -> list[Download]:
    """What ``{downloads}`` links to."""
    return [Download(FILE, LABEL)]


def announce(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document) -> None:
    """Let programs find the file on the pages whose entries are in it."""
    if app.builder.name in BUILDERS and career_domain(app.env).activities.get(pagename):
        address = escape(context["pathto"](FILE, 1))
        link = f'<link rel="alternate" type="application/json" title="{LABEL}" href="{address}">\n'
        context["metatags"] = context.get("metatags", "") + link


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the file, unless nothing that it is made from has changed."""
    if exception or app.builder.name not in BUILDERS:
        return
    domain, site = publication_domain(app.env), site_of(app)
    entries, owned = list(located(app, site)), is_owned(app, FILE)
    places = sorted(domain.lists.items()), sorted(domain.papers.items())
    outputs = Outputs(app, "resume", checksum(domain.data["source"], places, site, entries, owned))
    if outputs.current:
        return
    if owned:
        outputs.place(FILE)
    else:
        outputs.write(FILE, resume(site, entries, domain.library.publications, FILE, paths(app, domain)))
    outputs.finish()


def located(app: Sphinx, site: Site) -> Iterator[Activity]:
    """The entries with the address that each leads to: a project's page before anything else, else the one it names."""
    for each in activities_of(app.env):
        if site.address and each.page in app.env.found_docs and (each.kind == "project" or not each.url):
            yield replace(each, url=site.absolute(app.builder.get_target_uri(each.page)))
        else:
            yield each


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register when the file is made and where it is offered."""
    app.setup_extension("sphinx_folio.citations")  # with the catalog; sphinxcontrib-bibtex must not read by itself
    app.setup_extension("sphinx_folio.career")
    app.setup_extension("sphinx_folio.downloads")
    app.connect("downloads", offer)
    app.connect("html-page-context", announce)
    app.connect("build-finished", write)
    return METADATA
