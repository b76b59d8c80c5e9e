"""The publications as Sphinx knows them: read once a build, kept between builds, found by the search.

What shows publications asks ``use_library`` for them, and its page is read again when they change. Loaded by the
features that need it.
"""

import hashlib
from collections.abc import Iterable, Iterator, Set
from pathlib import Path
from typing import Any, NamedTuple, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import METADATA
from sphinx_folio.bibtex import Problem, read
from sphinx_folio.latex import plain
from sphinx_folio.library import Library, Link, author_list, from_bibliography
from sphinx_folio.names import suggest

logger = logging.getLogger(__name__)

PAGE = "the path of a page of this site, without .md"
FOUND_BY = 30  # so many authors stand in a search result, and lead to it


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
    initial_data = {"source": "", "library": Library(), "lists": {}, "users": set()}
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
        """Every publication that stands on a page, for the search: found by its title and by who wrote it."""
        places = self.places()
        for publication in self.library.publications:
            if place := places.get(publication.key):
                title = plain(publication.title)
                people = author_list(publication.authors[:FOUND_BY], publication.and_others)
                # Sphinx takes all up to the last full stop for the name of a module.
                shown = " · ".join(filter(None, (title, people))).replace(".", "\N{ONE DOT LEADER}")
                yield title, shown, "publication", *place, 1


def publication_domain(env: BuildEnvironment) -> PublicationDomain:
    """The domain of a build."""
    return cast("PublicationDomain", env.domains["publication"])


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
    """Read these pages again: what they show was made from another library, or a project's page has come or gone."""
    domain = publication_domain(env)
    projects = {publication.project for publication in domain.library.publications}
    return domain.users & env.found_docs if domain.changed or projects & (added | removed) else ()


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
            message = (
                f"{entry.key}: no page {publication.project!r}{suggest(publication.project, env.found_docs, PAGE)}"
            )
            yield Problem(entry.file, entry.line_of("project"), message, "bibtex_project")
        for link in publication.links:
            if not exists(link, env):
                message = (
                    f"{entry.key}: no file {link.target!r} in this site; expected one, or an address with https://"
                )
                yield Problem(entry.file, entry.line_of(link.field), message, "bibtex_file")


def exists(to: Link, env: BuildEnvironment) -> bool:
    """Whether a link leads anywhere, as far as can be known here: addresses are for the link checker."""
    return not to.is_file or path_of(to, env).is_file()


def path_of(to: Link, env: BuildEnvironment) -> Path:
    """Where the file is that a link to a file of the site leads to."""
    return Path(env.srcdir, to.target.lstrip("/"))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the domain and when it is read."""
    app.setup_extension("sphinxcontrib.bibtex")
    app.add_domain(PublicationDomain)
    app.connect("builder-inited", read_library, priority=400)  # before sphinxcontrib-bibtex reads for itself
    app.connect("env-get-outdated", users_of_library)
    app.connect("env-before-read-docs", report_problems)
    return METADATA
