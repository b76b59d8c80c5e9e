"""The CV's page as a PDF, typeset by Typst from the same values.

``make html`` puts ``ada-lovelace-cv.pdf`` into the site, named for the site's ``author``, and ``{downloads}`` links to
it with its size and date; ``make pdf`` makes nothing else. In ``conf.py``, ``cv_page`` names the page, ``cv_paper`` is
``us-letter`` or ``a4``, and ``cv_versions`` names the PDFs to make, with the pages that each may have. An entry with
``:tags: full`` is in none of the others (see ``VersionFilter``). A ``cv.typ`` among the site's templates replaces
the package's.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ConfigError
from sphinx.util import logging
from sphinx.util.nodes import process_only_nodes
from sphinx.util.tags import Tags
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import PACKAGE, metadata
from sphinx_folio.bibliography.dates import Date
from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.bibliography.urls import SCHEMES, web_address
from sphinx_folio.cv.document import Block, DoctreeReader, VersionFilter, with_content
from sphinx_folio.cv.periods import display_date
from sphinx_folio.cv.typst import CONTENT, Typeset, TypesettingError, typeset
from sphinx_folio.environment.cv import activities_of
from sphinx_folio.environment.links import legend, page_for, template_folders
from sphinx_folio.environment.messages import hint
from sphinx_folio.environment.owner import NO_AUTHOR, as_lists, known, site_of
from sphinx_folio.environment.placeholders import fill
from sphinx_folio.environment.publications import (
    PAGE,
    folio_publication_placeholder,
    folio_publications,
    publication_domain,
)
from sphinx_folio.environment.toctree import in_menu
from sphinx_folio.exporters.site import contacts
from sphinx_folio.ext.cv.downloads import Download
from sphinx_folio.html.builders import BUILDERS
from sphinx_folio.html.generated_files import GeneratedFiles, beside_pages, checksum
from sphinx_folio.text import closest, did_you_mean, front_matter, slug

logger = logging.getLogger(__name__)

PAPERS = ("us-letter", "a4")
CV_PAGE = "cv/index"  # where the CV is looked for when cv_page names no page
FEATURE, TEMPLATE = "cv", "cv.typ"
Attempt = Callable[[nodes.Element], AbstractContextManager[None]]

SMALLER = (9.5, 9)  # sizes of type, in points, of a version that does not fit into its pages with the template's own


class CvBuilder(Builder):
    """Makes the PDFs alone: ``sphinx-build -b cv``."""

    name = "cv"
    format = "pdf"
    epilog = "The CV is in %(outdir)s."

    def get_outdated_docs(self) -> Iterable[str]:
        """No page: they are not written."""
        return ()

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Where a page is in the site that links lead to."""
        return f"{docname}.html"

    def write_documents(self, docnames: Iterable[str]) -> None:
        """Nothing."""


@beside_pages("the CV was not made a PDF")
def make_pdfs(app: Sphinx, env: BuildEnvironment) -> None:
    """Make the PDFs, unless nothing that they come from has changed."""
    if app.builder.name not in (*BUILDERS, CvBuilder.name) or app.tags.has("live"):
        return
    is_possible = can_be_made(app)
    outputs = GeneratedFiles(app, FEATURE, stamp(app) if is_possible else "")
    if outputs.current:
        return
    check_tags(app)
    for name, limit in app.config.cv_versions.items() if is_possible else ():
        file, timestamp = file_name(app.config, name), moment()
        attempt = partial(outputs.attempt, f"{file} lacks this")
        with outputs.attempt(f"{file} was not made", page_of(app.config)):
            finished = version_of(app, name, limit, timestamp, attempt)
            if finished and fits(app, name, limit, finished):
                facts = [finished.pages, len(finished.pdf), timestamp]
                outputs.place(file, facts).write_bytes(finished.pdf)
    outputs.finish()


def page_of(config: Config) -> str:
    """The page that is the CV."""
    return config.cv_page or CV_PAGE


def can_be_made(app: Sphinx) -> bool:
    """Whether there can be a PDF; where the site seems to want one, say why there is none."""
    page, found = page_of(app.config), app.env.found_docs
    fault = ""
    if page in found and find_spec("typst") is None:
        fault = "no PDF of the CV: Typst is not installed (pip install 'sphinx-folio[pdf]')"
    elif page in found and app.config.author in ("", NO_AUTHOR):
        fault = "no PDF of the CV: author in conf.py is not set"
    elif page not in found and app.config.cv_page:
        fault = f"cv_page in conf.py: no page {page!r}; {did_you_mean(page, found, PAGE)}"
    elif page not in found and (entries := activities_of(app.env)):
        cure = f"name the CV's page in conf.py, e.g. cv_page = {entries[0].docname!r}"
        hint(app.config, f"no PDF of the CV: there is no page {page!r}; {cure}", subtype="cv_pdf")
    if fault:
        logger.warning(fault, type="folio", subtype="cv_pdf")
    return page in found and not fault


def stamp(app: Sphinx) -> str:
    """A checksum of all that the PDFs are made from: pages, papers, settings, template, fonts, and what sets them."""
    env, config = app.env, app.config
    pages = [Path(app.doctreedir, f"{name}.doctree").read_bytes() for name in pages_of(env)]
    titles = [(name, title.astext()) for name, title in sorted(env.titles.items())]
    settings = config.cv_versions, config.cv_paper, site_of(app), known(config), description(app)
    chosen = template(app)
    beside = sorted(chosen.parent.rglob("*")) if chosen.parent != PACKAGE / "templates" else [chosen]
    looks = [path.read_bytes() for path in (*beside, CONTENT) if path.is_file()]
    fonts = [(str(path), path.stat().st_mtime_ns) for folder in font_folders(app) for path in sorted(folder.rglob("*"))]
    links = sorted(publication_domain(env).papers.items()), os.environ.get("SOURCE_DATE_EPOCH"), version("typst")
    return checksum(pages, publication_domain(env).data["source"], titles, settings, looks, fonts, links)


def pages_of(env: BuildEnvironment) -> list[str]:
    """The pages of the CV: the one that is it, and those below it in the site's menu."""
    return list(in_menu(env, page_of(env.config), set()))


def check_tags(app: Sphinx) -> None:
    """Tell the owner of tags that are the name of a version but for a slip."""
    versions = app.config.cv_versions
    for activity in activities_of(app.env):
        for tag in activity.tags:
            close = closest(tag.casefold(), versions, cutoff=0.75) if tag not in versions else []
            if close:
                message = "{%s} %s: no version %r in cv_versions; did you mean %r?"
                details = (activity.kind, activity.title, tag, close[0])
                logger.warning(message, *details, location=activity.docname, type="folio", subtype="cv_tag")


def fits(app: Sphinx, name: str, limit: int, finished: Typeset) -> bool:
    """Whether a version fits its pages, so that it can be published; report what is wrong with it."""
    page = page_of(app.config)
    for warning in finished.warnings:
        logger.warning("CV: %s", warning, location=page, type="folio", subtype="cv_typst")
    if limit and finished.pages > limit:
        message = f"the CV version {name!r} has {finished.pages} pages instead of {limit}, so it is not published"
        cure = "shorten it with :tags:, or raise the limit in cv_versions"
        hint(app.config, f"{message}; {cure}", location=str(app.env.doc2path(page)), subtype="cv_length")
        return False
    return True


def version_of(app: Sphinx, name: str, limit: int, timestamp: int, attempt: Attempt) -> Typeset | None:
    """One version of the CV, in smaller type if that is what makes it fit; None where it cannot be set at all."""
    written = cv_document(app, name, attempt)
    finished = typeset_document(app, written, timestamp)
    if finished is None or not limit or finished.pages <= limit:
        return finished
    for size in SMALLER:
        smaller = typeset_document(app, {**written, "size": size}, timestamp)
        if smaller and smaller.pages <= limit:
            return smaller
    return finished


def typeset_document(app: Sphinx, written: dict[str, Any], timestamp: int) -> Typeset | None:
    """A CV as a PDF; what cannot be set is named and taken out of it."""
    while True:
        try:
            return typeset(written, template(app), timestamp, font_folders(app))
        except TypesettingError as error:
            at_fault = f"{template(app)}:{error.line}" if error.line else page_of(app.config)
            location = (error.failing_block or {}).get("source") or at_fault
            hints = f" ({'; '.join(error.hints)})" if error.hints else ""
            # Once, though it be in several versions.
            message = f"CV: {error.message}{hints}"
            logger.warning(message, location=location, type="folio", subtype="cv_typst", once=True)
            if error.failing_block is None:
                return None
            written["blocks"] = with_content(list(without(error.failing_block, written["blocks"])))


def without(failing_block: Mapping[str, Any], blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks but for one, which may be a paper in a list."""
    for block in blocks:
        papers = block.get("entries")
        if papers is not None:
            yield {**block, "entries": [each for each in papers if each is not failing_block]}
        elif block is not failing_block:
            yield block


def cv_document(app: Sphinx, name: str, attempt: Attempt) -> dict[str, Any]:
    """All that one version of the CV is made from."""
    config, site = app.config, site_of(app)
    pages = {page: doctree(app, page) for page in pages_of(app.env)}
    choice = VersionFilter(name, tuple(config.cv_versions), short=bool(config.cv_versions[name]))
    papers = {paper.key: paper for page in pages.values() for paper in papers_on(app.env, page)}
    chosen = {paper.key for paper in choice.of_papers(list(papers.values()))}  # of all lists, however they are grouped
    blocks = [block for page in pages for block in reader(app, page, choice, chosen, attempt).blocks(pages[page])]
    return {
        "name": config.author,
        "title": f"Curriculum vitae of {config.author}",
        "description": description(app),
        "language": config.language,
        "paper": config.cv_paper,
        "keywords": list(site.topics),
        "position": ", ".join(filter(None, (site.job_title, site.affiliation))),
        "contacts": [{"text": each.text, "url": each.address} for each in contacts(site)],
        "blocks": with_content(blocks),
    }


def description(app: Sphinx) -> str:
    """What the CV's page says of itself."""
    return front_matter(app.env.metadata[page_of(app.config)], "description")


def reader(app: Sphinx, docname: str, choice: VersionFilter, chosen: Set[str], attempt: Attempt) -> DoctreeReader:
    """What reads a page of the CV for a version, which has the ``chosen`` papers."""
    marks = known(app.config).marks
    return DoctreeReader(
        titled=docname != page_of(app.config),
        choice=choice,
        papers=lambda node: [paper for paper in papers_on(app.env, node) if paper.key in chosen],
        legend=lambda papers: legend(papers, marks),
        absolute=lambda node: absolute(app, docname, node),
        attempt=attempt,
        address=lambda publication: address(app, docname, publication),
    )


def doctree(app: Sphinx, docname: str) -> nodes.document:
    """A page with its links resolved, as it is for print, and with lists that still know their papers."""
    document = app.env.get_doctree(docname)
    for node in list(document.findall(folio_publication_placeholder)):
        listed = nodes.container(classes=["publications"], entries=node["entries"])
        fill(node, listed if isinstance(node, folio_publications) else None)
    process_only_nodes(document, Tags([*(set(app.tags) - tags_of(app.builder)), "cv", "pdf"]))
    with logging.suppress_logging():  # what is wrong with a link is said of the page
        return app.env.get_and_resolve_doctree(docname, app.builder, tags=app.tags, doctree=document)


def tags_of(builder: Builder) -> set[str]:
    """The tags by which a page knows what is made of it."""
    return {builder.name, builder.format, f"builder_{builder.name}", f"format_{builder.format}"}


def papers_on(env: BuildEnvironment, node: nodes.Element) -> list[Publication]:
    """The publications of the lists in a node, or of the list that it is."""
    by_key = publication_domain(env).library.by_key
    lists = [each for each in node.findall(nodes.container) if "publications" in each["classes"]]
    return [by_key[key] for each in lists for key, _ in each["entries"]]


def absolute(app: Sphinx, docname: str, node: nodes.Element) -> str:
    """Where a link leads from anywhere; nothing where that is not known, or no address to follow."""
    target = f"#{node['refid']}" if "refid" in node else node.get("refuri", "")
    return from_anywhere(app, docname, target)


def address(app: Sphinx, docname: str, publication: Publication) -> str:
    """Where the title of a publication leads: as on the page, to the work or to its own page."""
    page = page_for(app.env, app.builder, docname)
    lead = page.to_file(publication.title_link) if publication.title_link else None
    return from_anywhere(app, docname, lead or page.to_paper(publication) or "")


def from_anywhere(app: Sphinx, docname: str, target: str) -> str:
    """An address as seen from a page in full; nothing where there is none to follow."""
    here = site_of(app).absolute(app.builder.get_target_uri(docname))
    return web_address(urljoin(here, target) if target else "", SCHEMES)


def template(app: Sphinx) -> Path:
    """What the CV looks like, as the site says or the package."""
    folders = [*map(Path, template_folders(app)), PACKAGE / "templates"]
    return next(path for folder in folders if (path := folder / TEMPLATE).is_file())


def font_folders(app: Sphinx) -> list[Path]:
    """Where fonts of the site's are."""
    return [Path(app.confdir, folder) for folder in app.config.cv_fonts]


def moment() -> int:
    """When this is made, as the environment says or as it is, in seconds since 1970."""
    return int(os.environ.get("SOURCE_DATE_EPOCH") or time.time())


def file_name(config: Config, version: str) -> str:
    """The name of a version's file: ``ada-lovelace-cv.pdf`` for the first, ``ada-lovelace-cv-one-page.pdf``."""
    parts = [config.author, "cv", *([] if version == next(iter(config.cv_versions)) else [version])]
    return f"{slug('-'.join(parts)).lower()}.pdf"


def downloads(app: Sphinx) -> list[Download]:
    """The links to what was made."""
    if app.tags.has("live"):
        return []
    made = GeneratedFiles(app, FEATURE, "").before
    files = {file_name(app.config, name): name for name in app.config.cv_versions}
    first = next(iter(files.values()), "")
    labels = {file: "PDF" if name == first else f"{name.capitalize()} PDF" for file, name in files.items()}
    return [Download(file, label, details(*made[file])) for file, label in labels.items() if file in made]


def details(pages: int, size: int, timestamp: int) -> str:
    """What to know before downloading: ``2 pages, 58 kB, 24 Nov 2026``."""
    day = datetime.fromtimestamp(timestamp, UTC)
    date = display_date(Date(day.year, day.month, day.day))
    return f"{pages} page{'s' * (pages != 1)}, {max(1, round(size / 1000))} kB, {date}"


def check_settings(app: Sphinx, config: Config) -> None:
    """Say at once what ``conf.py`` cannot mean."""
    as_lists(config, "cv_fonts")
    config.cv_paper = config.cv_paper.lower()
    if config.cv_paper not in PAPERS:
        raise ConfigError(f"cv_paper in conf.py: {config.cv_paper!r}; expected {' or '.join(map(repr, PAPERS))}")
    versions = config.cv_versions
    if not isinstance(versions, dict) or not all(isinstance(limit, int) for limit in versions.values()):
        expected = "expected the pages that each may have, 0 for any: {'full': 0, 'one-page': 1}"
        raise ConfigError(f"cv_versions in conf.py: {versions!r}; {expected}")
    for folder in font_folders(app):
        if not folder.is_dir():
            logger.warning("cv_fonts in conf.py: no folder %r", folder.name, type="folio", subtype="cv_fonts")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the builder, the settings, and when the PDFs are made."""
    app.setup_extension("sphinx_folio.ext.cv.entries")
    app.setup_extension(
        "sphinx_folio.ext.publications.citations"
    )  # with the catalog; sphinxcontrib-bibtex must not read by itself
    app.add_builder(CvBuilder)
    app.add_config_value("cv_page", "", "env", frozenset({str}))
    app.add_config_value("cv_paper", "us-letter", "", frozenset({str}))
    app.add_config_value("cv_versions", {"full": 0}, "", frozenset({dict, list, tuple}))  # the last two are told
    app.add_config_value("cv_fonts", [], "", frozenset({list, tuple}))
    app.connect("config-inited", check_settings)
    app.connect("env-updated", make_pdfs, priority=900)  # when citations have their labels
    app.connect("folio-downloads", downloads, priority=400)
    return metadata()
