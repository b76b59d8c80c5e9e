"""List publications from the BibTeX files that ``bibtex_bibfiles`` in ``conf.py`` names.

This Markdown ::

    ```{publications}
    :filter: selected and year >= 2024
    :group-by: year
    :limit: 5
    ```

becomes a list, newest first: venue label, title, authors (the site's ``author`` underlined), where it appeared, note
and links. All options may be left out. ``:filter:`` takes an expression (see ``query``). A paper stands on as many
pages as lists name it; ``{cite}`` and the search lead to the list that has neither filter nor limit, else to the page
that lists most.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Set
from itertools import groupby
from pathlib import Path
from typing import Any, ClassVar, NamedTuple, cast

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata, OptionSpec

from sphinx_folio import METADATA
from sphinx_folio.bibtex import Problem, read
from sphinx_folio.latex import Piece, plain
from sphinx_folio.library import Library, Link, Publication, from_bibliography
from sphinx_folio.names import suggest, unused
from sphinx_folio.query import Query, QueryError

logger = logging.getLogger(__name__)

NODES: dict[str, type[nodes.TextElement]] = {
    "emphasis": nodes.emphasis,
    "strong": nodes.strong,
    "code": nodes.literal,
    "superscript": nodes.superscript,
    "subscript": nodes.subscript,
    "math": nodes.math,
}


class Place(NamedTuple):
    """Where a publication stands: a page's name and the anchor on it."""

    docname: str
    anchor: str


class Listed(NamedTuple):
    """One entry of one list; ``complete`` where the list leaves nothing out."""

    key: str
    anchor: str
    complete: bool


class PublicationDomain(Domain):
    """The library, which page lists what, and which pages show anything of it."""

    name = "publication"
    label = "Academic"  # a search result is an “Academic publication”
    object_types = {"publication": ObjType("publication")}
    initial_data = {"source": "", "library": Library(), "lists": {}, "users": set(), "written_places": {}}
    data_version = 1

    # Whether the library is another than the last build's: found when it is read, so not part of the stored data.
    changed = False

    @property
    def library(self) -> Library:
        """The publications of this build."""
        return self.data["library"]  # type: ignore[no-any-return]

    @property
    def lists(self) -> dict[str, list[Listed]]:
        """For each page the entries of its lists, in order."""
        return self.data["lists"]  # type: ignore[no-any-return]

    @property
    def users(self) -> set[str]:
        """The pages that show anything of the library, and are read again when it changes."""
        return self.data["users"]  # type: ignore[no-any-return]

    def load(self, paths: list[Path], owner: str) -> None:
        """Read the library, unless it is still what the last build read."""
        contents = [path.read_bytes() if path.is_file() else None for path in paths]
        source = hashlib.sha256(repr((owner, paths, contents)).encode()).hexdigest()
        self.changed = source != self.data["source"]
        if self.changed:
            self.data["library"] = from_bibliography(read(*paths), owner)
            self.data["source"] = source

    def places(self) -> dict[str, Place]:
        """Where each key leads: to a complete list if there is one, else to the page that lists most."""
        candidates = [
            (not listed.complete, -len(entries), docname, position, listed)
            for docname, entries in self.lists.items()
            for position, listed in enumerate(entries)
        ]
        places: dict[str, Place] = {}
        for _, _, docname, _, listed in sorted(candidates):
            places.setdefault(listed.key, Place(docname, listed.anchor))
        return places

    def clear_doc(self, docname: str) -> None:
        """Forget a page."""
        self.lists.pop(docname, None)
        self.users.discard(docname)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what a parallel reader found."""
        self.lists.update({name: found for name, found in otherdata["lists"].items() if name in docnames})
        self.users.update(otherdata["users"] & docnames)

    def resolve_any_xref(self, *args: Any) -> list[tuple[str, nodes.reference]]:
        """Nothing: publications are cited, not referred to."""
        return []

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Every publication that stands on a page, for the search."""
        places = self.places()
        for publication in self.library.publications:
            if place := places.get(publication.key):
                # Sphinx takes all up to the last full stop for the name of a module.
                title = plain(publication.title).replace(".", "\N{ONE DOT LEADER}")
                yield title, title, "publication", *place, 1


def publication_domain(env: BuildEnvironment) -> PublicationDomain:
    """The domain of a build."""
    return cast("PublicationDomain", env.domains["publication"])


class Publications(SphinxDirective):
    """The ``{publications}`` directive."""

    option_spec: ClassVar[OptionSpec] = {
        "filter": directives.unchanged_required,
        "group-by": lambda argument: directives.choice(argument, ("year",)),
        "limit": directives.positive_int,
    }

    def run(self) -> list[nodes.Node]:
        """Choose, group and show."""
        chosen = self.choose(use_library(self.env))[: self.options.get("limit")]
        if not chosen:
            return [nodes.paragraph("", "No publications yet.")]
        content: list[nodes.Node] = []
        if any(person.equal for publication in chosen for person in publication.authors):
            content.append(nodes.paragraph("", "* Equal contribution", classes=["publications-legend"]))
        if "group-by" not in self.options:
            return [*content, self.list_of(chosen)]
        for year, group in groupby(chosen, key=lambda publication: publication.year):
            section = nodes.section("", nodes.title("", str(year or "Undated")))
            self.note(section, f"year-{year or 'undated'}")
            content.append(section)
            section += self.list_of(group)
        return content

    def list_of(self, publications: Iterable[Publication]) -> nodes.bullet_list:
        """A list, and a note of where each entry stands."""
        listed = publication_domain(self.env).lists.setdefault(self.env.docname, [])
        complete = self.options.keys().isdisjoint({"filter", "limit"})
        items = nodes.bullet_list(classes=["publications"])
        for publication in publications:
            item = entry(publication, self.env)
            self.note(item, slug(publication.key))
            listed.append(Listed(publication.key, item["ids"][0], complete))
            items += item
        return items

    def choose(self, library: Library) -> list[Publication]:
        """What ``:filter:`` leaves; everything where it cannot be read."""
        if "filter" not in self.options:
            return list(library.publications)
        try:
            query = Query.parse(self.options["filter"])
        except QueryError as error:
            self.warn(f":filter: is ignored: {error}")
            return list(library.publications)
        if library.publications:  # an empty library has had its own warning
            for complaint in query.complaints(library):
                self.warn(f":filter: {self.options['filter']}: {complaint}")
        return query.select(library.publications)

    def warn(self, message: str) -> None:
        """Tell the owner, with the directive's place."""
        logger.warning(message, location=self.get_location(), type="folio", subtype="filter")

    def note(self, node: nodes.Element, anchor: str) -> None:
        """Give a node an anchor that is free on this page."""
        document = self.state.document
        node["ids"].append(unused(anchor, document.ids))
        document.note_explicit_target(node, node)
        self.set_source_info(node)


def entry(publication: Publication, env: BuildEnvironment) -> nodes.list_item:
    """One publication as it stands in a list on the page being read."""
    item = nodes.list_item(classes=["publication"])
    title: list[nodes.Node] = list(inline(publication.title))
    if publication.lead and exists(publication.lead, env):
        title = [link(publication.lead, title)]
    item += nodes.paragraph("", "", *title, classes=["publication-title"])
    if publication.venue:
        item.insert(0, nodes.paragraph("", publication.venue, classes=["publication-venue"]))
    for name, content in (
        ("authors", byline(publication)),
        ("where", list(inline(publication.where))),
        ("note", list(inline(publication.note))),
    ):
        if content:
            item += nodes.paragraph("", "", *content, classes=[f"publication-{name}"])
    if links := [*buttons(publication, env)]:
        buttons_list = nodes.bullet_list(classes=["publication-links"])
        buttons_list += [nodes.list_item("", nodes.paragraph("", "", each)) for each in links]
        item += buttons_list
    return item


def inline(pieces: Iterable[Piece]) -> Iterator[nodes.Node]:
    """Pieces of text as nodes."""
    for piece in pieces:
        if piece.kind == "text":
            yield nodes.Text(piece.text)
        else:
            yield NODES[piece.kind](piece.text, piece.text)


def byline(publication: Publication) -> list[nodes.Node]:
    """The authors, the owner marked and equal contributors starred."""
    content: list[nodes.Node] = []
    for person in publication.authors:
        content += [nodes.Text(", ")] if content else []
        content.append(
            nodes.inline("", person.name, classes=["publication-owner"]) if person.owner else nodes.Text(person.name)
        )
        content += [nodes.Text("*")] if person.equal else []
    if publication.and_others:
        content.append(nodes.Text(" et al."))
    return content


def buttons(publication: Publication, env: BuildEnvironment) -> Iterator[nodes.Node]:
    """The links, that to the project's page last and not on that page itself; none to what is not there."""
    for each in publication.links:
        if exists(each, env):
            yield link(each, [nodes.Text(each.label)])
    if publication.project in env.found_docs and publication.project != env.docname:
        yield page_link(publication.project, "Project page", env.docname)


def exists(to: Link, env: BuildEnvironment) -> bool:
    """Whether a link leads anywhere, as far as can be known here: addresses are for the link checker."""
    return not to.is_file or Path(env.srcdir, to.target.lstrip("/")).is_file()


def link(to: Link, content: list[nodes.Node]) -> nodes.Element:
    """A link to an address, or to a file of the site, which is then published with it."""
    if to.is_file:
        return addnodes.download_reference("", "", *content, reftarget=f"/{to.target.lstrip('/')}", refdoc="")
    return nodes.reference("", "", *content, refuri=to.target)


def page_link(page: str, text: str, docname: str) -> addnodes.pending_xref:
    """A link from the page ``docname`` to another page of the site."""
    target = {"refdomain": "std", "reftype": "doc", "reftarget": f"/{page}", "refexplicit": True}
    return addnodes.pending_xref("", nodes.inline("", text), refdoc=docname, refwarn=True, **target)


def slug(key: str) -> str:
    """A citation key as an anchor: as written, but for what an address cannot show."""
    return re.sub(r"[^\w.:-]+", "-", key).strip("-") or "publication"


def bibliography_files(app: Sphinx) -> list[Path]:
    """The ``.bib`` files of a site; sphinxcontrib-bibtex says so where it names none."""
    return [Path(app.confdir, name).resolve() for name in app.config.bibtex_bibfiles or ()]


def use_library(env: BuildEnvironment) -> Library:
    """The library, for the page being read, which is then read again whenever the library changes."""
    domain = publication_domain(env)
    domain.users.add(env.docname)
    return domain.library


def read_library(app: Sphinx) -> None:
    """Read the ``.bib`` files before any page is."""
    publication_domain(app.env).load(bibliography_files(app), app.config.author)


def users_of_library(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> Iterable[str]:
    """Read these pages again: what they show was made from another library."""
    domain = publication_domain(env)
    return domain.users & env.found_docs if domain.changed else ()


def report_problems(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Say in every build what is wrong with the ``.bib`` files, now that the site's pages are known."""
    library = publication_domain(env).library
    for problem in (*library.problems, *dead_ends(library, env)):
        location = f"{problem.file}:{problem.line}"
        logger.warning(problem.message, location=location, type="folio", subtype=problem.subtype)


def dead_ends(library: Library, env: BuildEnvironment) -> Iterator[Problem]:
    """The pages and files of the site that the library names and that are not there."""
    entries = {entry.key: entry for entry in library.entries}
    for publication in library.publications:
        entry = entries[publication.key]
        if publication.project and publication.project not in env.found_docs:
            guess = suggest(publication.project, env.found_docs)
            message = f"{entry.key}: no page {publication.project!r}{guess}; expected its path without .md"
            yield Problem(entry.file, entry.line_of("project"), message, "bibtex_project")
        for link in publication.links:
            if not exists(link, env):
                message = (
                    f"{entry.key}: no file {link.target!r} in this site; expected one, or an address with https://"
                )
                yield Problem(entry.file, entry.line_of(link.field), message, "bibtex_file")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive and its domain."""
    app.setup_extension("sphinx_folio")
    app.setup_extension("sphinxcontrib.bibtex")
    app.add_domain(PublicationDomain)
    app.add_directive("publications", Publications)
    app.connect("builder-inited", read_library, priority=400)  # before sphinxcontrib-bibtex reads for itself
    app.connect("env-get-outdated", users_of_library)
    app.connect("env-before-read-docs", report_problems)
    app.setup_extension("sphinx_folio.citations")
    return METADATA
