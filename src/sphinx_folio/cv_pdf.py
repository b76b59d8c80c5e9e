"""The CV's page as a PDF, typeset by Typst from the same values.

``make html`` puts ``ada-lovelace-cv.pdf`` into the site, named for the site's ``author``, and ``{downloads}`` links to
it with its size and date; ``make pdf`` makes nothing else. In ``conf.py``, ``cv_page`` names the page, ``cv_paper`` is
``us-letter`` or ``a4``, and ``cv_versions`` names the PDFs to make, with the pages that each may have. An entry with
``:tags: full`` is in none of the others (see ``manuscript.Choice``). A ``cv.typ`` among the site's templates replaces
the package's.
"""

import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple, cast
from urllib.parse import urljoin

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.config import Config
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment
from sphinx.errors import ConfigError
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import BUILDERS, METADATA, PACKAGE, front_matter
from sphinx_folio.career import Download
from sphinx_folio.catalog import checksum, publication_domain
from sphinx_folio.formats.site import Site, contacts
from sphinx_folio.library import Publication, slug
from sphinx_folio.links.addresses import SCHEMES
from sphinx_folio.manuscript import Block, Choice, Manuscript
from sphinx_folio.names import suggest
from sphinx_folio.outputs import Outputs
from sphinx_folio.owner import known, site_of
from sphinx_folio.publications import legend, place, publications, template_folders
from sphinx_folio.typesetting import CONTENT, Typeset, TypesettingError, typeset

logger = logging.getLogger(__name__)

PAPERS = ("us-letter", "a4")
TEMPLATE = "cv.typ"
SMALLER = (9.5, 9)  # sizes of type, in points, of a version that does not fit into its pages with the template's own


class Made(NamedTuple):
    """A PDF that was made: its pages, bytes, and when, in seconds since 1970."""

    pages: int
    size: int
    timestamp: int


class CvDomain(Domain):
    """What was made, until something that it comes from changes."""

    name = "cv"
    label = "Curriculum vitae"
    initial_data = {"made": {}}

    @property
    def made(self) -> dict[str, Made]:
        """The PDF of each version of the CV."""
        return self.data["made"]  # type: ignore[no-any-return]

    def merge_domaindata(self, docnames: Iterable[str], otherdata: dict[str, Any]) -> None:
        """Nothing: no page that is read makes any."""

    def resolve_any_xref(self, *args: Any) -> list[tuple[str, nodes.reference]]:
        """Nothing can be referred to."""
        return []


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


def make_pdfs(app: Sphinx, env: BuildEnvironment) -> None:
    """Make the PDFs, unless nothing that they come from has changed."""
    if app.builder.name not in (*BUILDERS, CvBuilder.name) or app.tags.has("live"):
        return
    page = app.config.cv_page
    if page not in env.found_docs:
        cure = suggest(page, env.found_docs, "the path of a page of this site, without .md")
        logger.warning("cv_page in conf.py: no page %r; %s", page, cure, type="folio", subtype="cv_page")
        return
    outputs = Outputs(app, "cv", stamp(app))
    if outputs.current:
        return
    made = cast("CvDomain", env.domains["cv"]).made
    made.clear()
    for name, limit in app.config.cv_versions.items():
        if finished := version_of(app, name, limit):
            outputs.place(file_name(app.config, name)).write_bytes(finished.pdf)
            made[name] = Made(finished.pages, len(finished.pdf), moment())
            report(app, name, limit, finished)
    outputs.finish()


def stamp(app: Sphinx) -> str:
    """A checksum of all that the PDFs are made from: page, papers, settings, templates, and what typesets them."""
    env, config = app.env, app.config
    doctree = Path(app.doctreedir, f"{config.cv_page}.doctree").read_bytes()
    titles = [(name, title.astext()) for name, title in sorted(env.titles.items())]
    settings = config.cv_versions, config.cv_paper, config.cv_fonts, site_of(app), known(config)
    templates = template(app).read_bytes(), CONTENT.read_bytes()
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    return checksum(
        doctree, publication_domain(env).data["source"], titles, settings, templates, fixed, version("typst")
    )


def report(app: Sphinx, name: str, limit: int, finished: Typeset) -> None:
    """Tell the owner what is not right with a version that was made."""
    page = app.config.cv_page
    for warning in finished.warnings:
        logger.warning("CV: %s", warning, location=page, type="folio", subtype="cv_typst")
    if limit and finished.pages > limit:
        message = "the CV %r has %d pages, not %d; tag what it can do without, or change cv_versions in conf.py"
        logger.warning(message, name, finished.pages, limit, location=page, type="folio", subtype="cv_length")


def version_of(app: Sphinx, name: str, limit: int) -> Typeset | None:
    """One version of the CV, in smaller type if that is what makes it fit; None where it cannot be set at all."""
    written = manuscript(app, name)
    finished = set_in_type(app, written)
    if finished is None or not limit or finished.pages <= limit:
        return finished
    for size in SMALLER:
        smaller = set_in_type(app, {**written, "size": size})
        if smaller and smaller.pages <= limit:
            return smaller
    return finished


def set_in_type(app: Sphinx, written: dict[str, Any]) -> Typeset | None:
    """A manuscript as a PDF; what cannot be set is named and taken out of it."""
    while True:
        try:
            return typeset(written, template(app), moment(), font_folders(app))
        except TypesettingError as error:
            location = (error.culprit or {}).get("source") or app.config.cv_page
            hints = f" ({'; '.join(error.hints)})" if error.hints else ""
            # Once, though it be in several versions.
            message = f"CV: {error.message}{hints}"
            logger.warning(message, location=location, type="folio", subtype="cv_typst", once=True)
            if error.culprit is None:
                return None
            written["blocks"] = list(without(error.culprit, written["blocks"]))


def without(culprit: Mapping[str, Any], blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks but for one, which may be a paper in a list."""
    for block in blocks:
        papers = block.get("entries")
        if papers is not None:
            yield {**block, "entries": [each for each in papers if each is not culprit]}
        elif block is not culprit:
            yield block


def manuscript(app: Sphinx, name: str) -> dict[str, Any]:
    """All that one version of the CV is made from."""
    config, site = app.config, site_of(app)
    reader = Manuscript(
        choice=Choice(name, tuple(config.cv_versions), short=bool(config.cv_versions[name])),
        papers=lambda node: papers_of(app.env, node),
        legend=lambda papers: legend(papers, known(config).marks),
        absolute=lambda node: absolute(app, site, node),
    )
    return {
        "name": config.author,
        "title": f"Curriculum vitae of {config.author}",
        "description": front_matter(app.env.metadata[config.cv_page], "description"),
        "language": config.language,
        "paper": config.cv_paper,
        "keywords": list(site.topics),
        "position": ", ".join(filter(None, (site.job_title, site.affiliation))),
        "contacts": [{"text": each.text, "url": each.address} for each in contacts(site)],
        "blocks": reader.blocks(doctree(app)),
    }


def doctree(app: Sphinx) -> nodes.document:
    """The CV's page with its links resolved, and with lists that still know their papers."""
    env, page = app.env, app.config.cv_page
    document = env.get_doctree(page)
    for node in list(document.findall(place)):
        listed = nodes.container(classes=["publications"], entries=node["entries"])
        node.replace_self([listed] if isinstance(node, publications) else [])
    with logging.suppress_logging():  # what is wrong with a link is said of the page
        return env.get_and_resolve_doctree(page, app.builder, tags=app.tags, doctree=document)


def papers_of(env: BuildEnvironment, node: nodes.Element) -> list[Publication]:
    """The publications of a list."""
    by_key = publication_domain(env).library.by_key
    return [by_key[key] for key, _ in node["entries"]]


def absolute(app: Sphinx, site: Site, node: nodes.Element) -> str:
    """Where a link leads from anywhere; nothing where that is not known, or no address to follow."""
    here = app.builder.get_target_uri(app.config.cv_page)
    target = node.get("refuri") or (f"#{node['refid']}" if "refid" in node else "")
    address = target if not node.get("internal") and "refid" not in node else urljoin(site.absolute(here), target)
    return address if address.partition(":")[0] in SCHEMES else ""


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
    config, made = app.config, cast("CvDomain", app.env.domains["cv"]).made
    if app.tags.has("live"):
        return []
    first = next(iter(config.cv_versions), "")
    return [
        Download(
            file_name(config, name),
            "PDF" if name == first else f"{name.replace('-', ' ').capitalize()} PDF",
            details(made[name]),
        )
        for name in config.cv_versions
        if name in made
    ]


def details(made: Made) -> str:
    """What to know before downloading: ``2 pages, 58 kB, 24 November 2026``."""
    pages = f"{made.pages} page{'s' * (made.pages != 1)}"
    day = datetime.fromtimestamp(made.timestamp, UTC)
    return f"{pages}, {max(1, round(made.size / 1000))} kB, {day.day} {day:%B %Y}"


def check_settings(app: Sphinx, config: Config) -> None:
    """Say at once what ``conf.py`` cannot mean."""
    if config.cv_paper not in PAPERS:
        raise ConfigError(f"cv_paper in conf.py: {config.cv_paper!r}; expected {' or '.join(map(repr, PAPERS))}")
    for name, limit in config.cv_versions.items():
        if not isinstance(limit, int):
            raise ConfigError(f"cv_versions in conf.py: {name!r} has {limit!r} pages; expected a number, 0 for any")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the builder, the settings, and when the PDFs are made."""
    app.setup_extension("sphinx_folio.career")
    app.setup_extension("sphinx_folio.citations")  # with the catalog; sphinxcontrib-bibtex must not read by itself
    app.add_domain(CvDomain)
    app.add_builder(CvBuilder)
    app.add_config_value("cv_page", "cv/index", "env", frozenset({str}))
    app.add_config_value("cv_paper", "us-letter", "", frozenset({str}))
    app.add_config_value("cv_versions", {"full": 0}, "", frozenset({dict}))
    app.add_config_value("cv_fonts", [], "", frozenset({list, tuple}))
    app.connect("config-inited", check_settings)
    app.connect("env-updated", make_pdfs, priority=900)  # when citations have their labels
    app.connect("career-downloads", downloads, priority=400)
    return METADATA
