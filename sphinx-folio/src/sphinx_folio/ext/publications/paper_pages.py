"""A page for every publication, made from its entry in the ``.bib`` file.

``publications/KEY.html`` shows all that its entry in a list does, how to cite it, and where to go on. Its head says the
same to Google Scholar and Zotero (``citation_…``), to search engines (JSON-LD) and to whoever previews a link
(OpenGraph). The folder is ``publications_folder`` of ``conf.py``.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast
from urllib.parse import urljoin

from markupsafe import Markup, escape
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.util.osutil import relative_uri
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import metadata
from sphinx_folio.bibliography.attachments import find_attachment
from sphinx_folio.bibliography.library import made_from
from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.bibliography.reference import reference
from sphinx_folio.environment.dependencies import pages_asking
from sphinx_folio.environment.links import legend, page_for, template_folders
from sphinx_folio.environment.owner import known, site_of
from sphinx_folio.environment.publications import Place, PublicationsSelected, publication_domain
from sphinx_folio.exporters.bibtex import bibtex_entry
from sphinx_folio.exporters.highwire import highwire
from sphinx_folio.exporters.jsonld import scholarly_article, script
from sphinx_folio.exporters.ris import ris_record
from sphinx_folio.html.builders import BUILDERS
from sphinx_folio.html.generated_files import GeneratedFiles, checksum
from sphinx_folio.html.rendering import Page, environment
from sphinx_folio.latex.convert import plain_text
from sphinx_folio.text import unique_id

DOWNLOADS = {"bib": "Download BibTeX", "ris": "Download RIS", "txt": "Download text"}
RESERVED = ("404", "genindex", "llms", "publications", "robots", "search")  # made at the top of a site by others
DESCRIBED = 160  # characters of an abstract stand in a search engine's result


def name_pages(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Find each publication a page's name that is free; where one is another than before, lists are made again."""
    domain = publication_domain(env)
    folder = app.config.publications_folder.strip("/")
    names, taken = {}, {*env.found_docs, *RESERVED}
    for key, anchor in domain.data["anchors"].items():
        names[key] = unique_id("/".join(filter(None, (folder, anchor))), taken)
        taken.add(names[key])
    if names != domain.papers:
        domain.data["papers"] = names
        docnames += sorted(pages_asking(env, PublicationsSelected) - set(docnames))


def make_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The pages, but for those that are made from the same as before, and the files to download from them."""
    if app.builder.name not in BUILDERS:
        return
    domain, builder = publication_domain(app.env), cast("StandaloneHTMLBuilder", app.builder)
    common = stamp(app)
    outputs = GeneratedFiles(
        app, "publication-pages", checksum(common, domain.data["source"], sorted(domain.lists.items()))
    )
    if outputs.current:
        return
    places = domain.places()
    for publication in domain.library.publications:
        name, place = domain.papers[publication.key], places.get(publication.key)
        page, facts = path_of(name, builder), checksum(common, made_from(publication), place)
        at = f"{publication.entry.file}:{publication.entry.line}"
        outputs.place(page, facts)
        if outputs.before.get(page) != facts or not Path(app.outdir, page).is_file():
            filled = None
            with outputs.attempt(f"{page} was not written", at):
                filled = context(app, publication, name, place)
            if filled is not None:
                yield name, filled, "page.html"
        for ending, make in {"bib": bibtex_entry, "ris": ris_record, "txt": as_text}.items():
            with outputs.attempt(f"{name}.{ending} was not written", at):
                outputs.write(f"{name}.{ending}", make(publication))
    outputs.finish({path_of(name, builder) for name in app.env.found_docs})


def as_text(publication: Publication) -> str:
    """The formatted reference, as a file."""
    return f"{reference(publication)}\n"


def path_of(name: str, builder: StandaloneHTMLBuilder) -> str:
    """Where a page is written, from the top of the site."""
    return Path(builder.get_outfilename(name)).relative_to(builder.outdir).as_posix()


def stamp(app: Sphinx) -> str:
    """A checksum of all that each of these pages is made from: files, menu, settings, styles and templates."""
    env, builder = app.env, cast("StandaloneHTMLBuilder", app.builder)
    domain, site = publication_domain(env), Path(app.srcdir)
    named = domain.mentions
    there = [find_attachment(each.field, each.target, site) or each.target in env.found_docs for each in named]
    menu = [(name, title.astext()) for name, title in sorted(env.titles.items())], sorted(env.toctree_includes.items())
    settings = builder.build_info.config_hash, app.config.author, app.config.project, app.config.language
    styles = [path.read_bytes() for path in sorted(Path(app.outdir, "_static").rglob("*.[cj]s*")) if path.is_file()]
    templates = [path.read_bytes() for folder in template_folders(app) for path in sorted(Path(folder).rglob("*.html"))]
    return checksum(domain.settings, there, menu, settings, styles, templates)


def context(app: Sphinx, publication: Publication, name: str, place: Place | None) -> dict[str, Any]:
    """What Sphinx's page template is given for a publication."""
    builder, env = app.builder, app.env
    here = builder.get_target_uri(name)
    page = page_for(env, builder, name)
    template = environment(template_folders(app)).get_template("paper.html")
    body = template.render(
        publication=publication,
        page=page,
        legend=legend([publication], known(app.config).marks),
        reference=reference(publication),
        downloads=[(label, relative_uri(here, f"{name}.{ending}")) for ending, label in DOWNLOADS.items()],
        list=place and place.complete and f"{relative_uri(here, builder.get_target_uri(place.docname))}#{place.anchor}",
    )
    description = plain_text(publication.abstract) or reference(publication)
    return {
        "title": str(escape(plain_text(publication.title))),
        "body": body,
        "meta": {"description": shortened(description)},
        "metatags": head(app, publication, page, name, shortened(description)),
    }


def head(app: Sphinx, publication: Publication, page: Page, name: str, description: str) -> str:
    """What the page says of the publication to programs."""
    site = site_of(app)
    here = app.builder.get_target_uri(name)
    address = site.address and site.absolute(here)
    pdf = absolute(address, next((page.to_file(link) for link in publication.links if link.field == "pdf"), None))
    graph = {
        "og:type": "article",
        "og:title": plain_text(publication.title),
        "og:description": description,
        "og:site_name": site.title,
        "og:url": address,
        "og:image": absolute(address, page.to_preview(publication)),
    }
    tags = [("name", each, text) for each, text in highwire(publication, pdf, address)]
    tags += [("property", each, text) for each, text in graph.items() if text]
    meta = [Markup('<meta {}="{}" content="{}">').format(*tag) for tag in tags]
    return "\n".join([*meta, script(scholarly_article(publication, site, address, pdf)), ""])


def absolute(page: str, address: str | None) -> str:
    """An address as seen from a page in full; nothing where that cannot be said."""
    return urljoin(page, address) if address and (page or "://" in address) else ""


def shortened(text: str) -> str:
    """The beginning of a text, up to the end of a word."""
    if len(text) <= DESCRIBED:
        return text
    return text[: DESCRIBED - 1].rsplit(" ", 1)[0].rstrip(",;:– ") + "…"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register when the pages are named and made."""
    app.setup_extension("sphinx_folio")
    app.setup_extension(
        "sphinx_folio.ext.publications.citations"
    )  # with the catalog; sphinxcontrib-bibtex must not read by itself
    app.add_config_value("publications_folder", "publications", "html", frozenset({str}))
    app.connect("env-before-read-docs", name_pages)
    app.connect("html-collect-pages", make_pages)
    return metadata()
