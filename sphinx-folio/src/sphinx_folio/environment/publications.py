"""The publications as Sphinx knows them: read when a ``.bib`` file changes, kept between builds, found by the search.

A page that shows publications asks for them (``ask``), and is read again when the answer has become another (see
``dependencies``). A build in which none of them changed does not even load them. Loaded by the features that need it.
"""

import hashlib
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import metadata
from sphinx_folio.bibliography.attachments import (
    PROJECT,
    FileReference,
    file_references,
    find_attachment,
    missing_attachments,
)
from sphinx_folio.bibliography.container import author_list
from sphinx_folio.bibliography.library import Library, made_from, read_library
from sphinx_folio.bibliography.names import SiteAuthors, names_not_found
from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.bibliography.reference import byline
from sphinx_folio.bibtex.model import Problem
from sphinx_folio.environment.dependencies import read_again
from sphinx_folio.environment.messages import hint
from sphinx_folio.environment.owner import as_lists, known
from sphinx_folio.html.builders import BUILDERS
from sphinx_folio.html.generated_files import GeneratedFiles, beside_pages, checksum
from sphinx_folio.html.page_assets import add_assets_if_used
from sphinx_folio.latex.convert import plain_text
from sphinx_folio.text import did_you_mean, search_result

logger = logging.getLogger(__name__)

PAGE = "the path of a page of this site, without .md"
FOUND_BY = 30  # so many authors stand in a search result, and lead to it


# What a page shows of the library; kept between builds, so a function of a module or a frozen dataclass.
Selection = Callable[[Library], Sequence[Publication]]


@dataclass(frozen=True, slots=True)
class PublicationsSelected:
    """The question (see ``dependencies``) which publications a selection has, and what they are made from."""

    selection: Selection

    def __call__(self, app: Sphinx) -> object:
        """The answer."""
        return publication_domain(app.env).answer(self.selection)[1]

    def is_unchanged(self, app: Sphinx) -> bool:
        """Whether the library is the last build's, which is known without loading it."""
        return not publication_domain(app.env).changed


class Place(NamedTuple):
    """Where a publication stands: a page's name and the anchor on it, and whether all others stand there too."""

    docname: str
    anchor: str
    complete: bool = False


class Listed(NamedTuple):
    """One list of a page: its entries as (key, anchor), ``complete`` where it leaves nothing out."""

    entries: tuple[tuple[str, str], ...]
    complete: bool


class PublicationDomain(Domain):
    """The library, which page lists what, and what each page has asked of it."""

    name = "publication"
    label = "Academic"  # a search result is an “Academic publication”
    object_types = {"publication": ObjType("publication")}
    # All that a build needs in which the library has not changed; the library itself is in a file of its own.
    initial_data = {
        "source": "",
        "problems": (),
        "hints": (),
        "mentions": (),
        "found_by": {},
        "anchors": {},
        "papers": {},
        "lists": {},
        "asked": {},
    }
    data_version = 4

    # The ``.bib`` files, the library, and whether it is another than the last build's: no part of the stored data.
    paths: tuple[Path, ...] = ()
    loaded: Library | None = None
    changed = False

    @property
    def library(self) -> Library:
        """The publications of this build."""
        if self.loaded is None:
            self.loaded = self.stored().get(self.data["source"]) or self.read()
        return self.loaded

    @property
    def file(self) -> Path:
        """Where the library is kept between builds."""
        return Path(self.env.doctreedir, "publications.pickle")

    @property
    def lists(self) -> dict[str, list[Listed]]:
        """For each page its lists, in order."""
        return self.data["lists"]  # type: ignore[no-any-return]

    @property
    def papers(self) -> dict[str, str]:
        """The page of each publication by its key, where ``papers`` makes any."""
        return self.data["papers"]  # type: ignore[no-any-return]

    @property
    def mentions(self) -> tuple[FileReference, ...]:
        """The pages and files of the site that entries name."""
        return self.data["mentions"]  # type: ignore[no-any-return]

    @property
    def settings(self) -> str:
        """A checksum of what a publication is made with besides its entry."""
        return checksum(metadata()["env_version"], known(self.env.config), self.env.config.venue_names)

    def load(self, paths: Iterable[Path]) -> None:
        """Read the library, unless it is still what the last build read."""
        self.paths = tuple(paths)
        contents = [hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "" for path in self.paths]
        source = checksum(self.settings, self.paths, contents)
        self.changed = source != self.data["source"]
        if not self.changed:
            return
        library = self.loaded = self.read()
        self.data |= {
            "source": source,
            "problems": library.problems,
            "hints": tuple(unknown_people(library, known(self.env.config))),
            "mentions": tuple(file_references(library)),
            "found_by": {each.key: found_by(each) for each in library.publications},
            "anchors": {each.key: each.anchor for each in library.publications},
        }
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with self.file.open("wb") as file:
            pickle.dump({self.settings: library, source: library}, file, pickle.HIGHEST_PROTOCOL)

    def read(self) -> Library:
        """Read the files; entries that the last reading knew are taken from it."""
        config = self.env.config
        earlier = self.stored().get(self.settings)
        return read_library(self.paths, known(config), config.venue_names, earlier)

    def stored(self) -> Mapping[str, Library]:
        """What was kept of the last reading, by the checksums of its source and of its settings."""
        try:
            with self.file.open("rb") as file:
                return pickle.load(file)  # type: ignore[no-any-return]  # noqa: S301 (ours)
        except Exception:  # not there, cut short, or of other code
            return {}

    def answer(self, selection: Selection) -> tuple[Sequence[Publication], str]:
        """The publications that are selected, and a checksum of all that they are made from."""
        chosen = selection(self.library)
        return chosen, checksum(self.settings, [made_from(each) for each in chosen])

    def places(self) -> dict[str, Place]:
        """Where each key leads: to a complete list if there is one, else to the page that lists most."""
        ranked = sorted(
            (not listed.complete, -sum(len(each.entries) for each in lists), docname, position, listed)
            for docname, lists in self.lists.items()
            for position, listed in enumerate(lists)
        )
        places: dict[str, Place] = {}
        for _, _, docname, _, listed in ranked:
            for key, anchor in listed.entries:
                places.setdefault(key, Place(docname, anchor, listed.complete))
        return places

    def clear_doc(self, docname: str) -> None:
        """Forget a page."""
        self.lists.pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what a parallel reader found."""
        self.lists.update({name: found for name, found in otherdata["lists"].items() if name in docnames})

    def resolve_any_xref(self, *args: Any) -> list[tuple[str, nodes.reference]]:
        """Nothing: publications are cited, not referred to."""
        return []

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Every publication that stands on a page, for the search: found by its title and by who wrote it."""
        places = self.places()
        for key, (title, shown) in self.data["found_by"].items():
            if place := places.get(key):
                yield title, shown, "publication", place.docname, place.anchor, 1


def found_by(publication: Publication) -> tuple[str, str]:
    """A publication's name in the search, and what a result shows of it."""
    title = plain_text(publication.title)
    people = author_list(publication.authors[:FOUND_BY], publication.and_others) if publication.authors else ""
    return title, search_result(title, people or byline(publication))


def publication_domain(env: BuildEnvironment) -> PublicationDomain:
    """The domain of a build."""
    return cast("PublicationDomain", env.domains["publication"])


def ask(env: BuildEnvironment, selection: Selection) -> Sequence[Publication]:
    """Publications for the page being read, which is read again when they are others, or have changed."""
    chosen, answer = publication_domain(env).answer(selection)
    read_again(env, PublicationsSelected(selection), answer)
    read_again(env, project_pages, pages_of_projects(env))  # entries link to them where they are there
    return chosen


def everything(library: Library) -> Sequence[Publication]:
    """The question for all publications."""
    return library.publications


def depend_on_library(env: BuildEnvironment) -> Library:
    """The library, for the page being read, which is then read again whenever the library changes."""
    ask(env, everything)
    return publication_domain(env).library


def expect_files(env: BuildEnvironment, location: str) -> None:
    """Tell the owner once of a page that asks for papers where ``conf.py`` names no file of them."""
    if not publication_domain(env).paths:
        message = 'there are no papers to show: bibtex_bibfiles in conf.py names no file; expected, e.g., ["refs.bib"]'
        logger.warning(message, location=location, type="folio", subtype="bibtex_files", once=True)


def name_files(app: Sphinx, config: Config) -> None:
    """Take nothing for no file, and a text for one: sphinxcontrib-bibtex stops at the first, and spells the second."""
    config.bibtex_bibfiles = config.bibtex_bibfiles or []
    as_lists(config, "bibtex_bibfiles")


def bibliography_files(app: Sphinx) -> list[Path]:
    """The ``.bib`` files of a site."""
    return [Path(app.confdir, name).resolve() for name in app.config.bibtex_bibfiles]


def load_library(app: Sphinx) -> None:
    """Read the ``.bib`` files before any page is."""
    publication_domain(app.env).load(bibliography_files(app))


def project_pages(app: Sphinx) -> list[str]:
    """The question (see ``dependencies``) which of the pages that entries name as their ``project`` are there."""
    return pages_of_projects(app.env)


def pages_of_projects(env: BuildEnvironment) -> list[str]:
    """The pages that entries name as their ``project`` and that are there."""
    named = {mention.target for mention in publication_domain(env).mentions if mention.field == PROJECT}
    return sorted(named & env.found_docs)


def report_problems(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Say in every build what is wrong with the ``.bib`` files, now that the site's pages are known."""
    domain = publication_domain(env)
    found = [*domain.data["problems"], *dead_ends(domain.mentions, env)]
    for problem in sorted(found, key=lambda problem: (problem.file, problem.line)):
        location = f"{problem.file}:{problem.line}"
        if problem.is_error:
            logger.warning(problem.message, location=location, type="folio", subtype=problem.subtype)
        else:
            hint(app.config, problem.message, location=location, subtype=problem.subtype)
    for message, subtype in domain.data["hints"]:
        hint(app.config, message, location=str(Path(app.confdir, "conf.py")), subtype=subtype)


def unknown_people(library: Library, known: SiteAuthors) -> Iterator[tuple[str, str]]:
    """Yield hints at names in ``conf.py`` that no entry has, each with the subtype of its hint."""
    people = [person for each in library.publications for person in (*each.authors, *each.editors)]
    if known.owner and people and not any(person.owner for person in people):
        _, close = next(names_not_found(known.owner[:1], people), ("", []))
        similar = f" ({' or '.join(map(repr, close))}?)" if close else ""
        cure = f"if entries write the name differently{similar}, add that to author_names"
        yield f"author: no entry has the author {known.owner[0]!r}; {cure}", "author"
    for name, close in names_not_found(known.pages, people) if people else ():
        cure = f"did you mean {' or '.join(map(repr, close))}?" if close else "write it as entries do, or remove it"
        yield f"coauthors: no entry has the author {name!r}; {cure}", "coauthor"


def dead_ends(mentions: Sequence[FileReference], env: BuildEnvironment) -> Iterator[Problem]:
    """The pages and files of the site that entries name and that are not there."""
    for field, target, key, file, line in mentions:
        if field == PROJECT and target not in env.found_docs:
            cure = did_you_mean(target, env.found_docs, PAGE)
            yield Problem(file, line, key, f"no page {target!r}", cure, "bibtex_project")
    yield from missing_attachments(mentions, Path(env.srcdir))


def note_file(field: str, target: str, env: BuildEnvironment) -> None:
    """Have the page being read depend on a file that an entry names, also where there is none: it may come."""
    env.note_dependency(Path(env.srcdir, find_attachment(field, target, Path(env.srcdir)) or target.lstrip("/")))


@beside_pages("files that entries name are not on the site")
def publish_files(app: Sphinx, exception: Exception | None) -> None:
    """Put the files that entries name into the site, each where it stands in the source."""
    if exception or app.builder.name not in BUILDERS:
        return
    named = [each for each in publication_domain(app.env).mentions if each.field != PROJECT]
    paths = {path for each in named if (path := find_attachment(each.field, each.target, Path(app.srcdir)))}
    ours = sorted(path for path in paths if not path.startswith("_static/"))  # Sphinx copies those itself
    ages = [(path, Path(app.srcdir, path).stat().st_mtime_ns) for path in ours]
    outputs = GeneratedFiles(app, "publication-files", checksum(ages))
    if not outputs.current:
        for path in ours:
            outputs.copy(path, Path(app.srcdir, path))
        outputs.finish()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the domain, its settings, and when it is read."""
    app.setup_extension("sphinxcontrib.bibtex")
    app.setup_extension("sphinx_folio.environment.owner")
    app.setup_extension("sphinx_folio.html.incremental")
    app.setup_extension("sphinx_folio.environment.toctree")
    app.setup_extension("sphinx_folio.environment.dependencies")
    app.add_config_value("venue_names", {}, "env", frozenset({dict}))
    app.add_domain(PublicationDomain)
    app.connect("config-inited", name_files)
    app.connect("builder-inited", load_library, priority=400)  # before sphinxcontrib-bibtex reads for itself
    app.connect("env-before-read-docs", report_problems)
    add_assets_if_used(app, "publications.css", "publication")
    add_assets_if_used(app, "publications.js", "publication-code", loading_method="defer")
    app.connect("build-finished", publish_files)
    return metadata()


class folio_publication_placeholder(nodes.General, nodes.Element):  # noqa: N801 (docutils names nodes in lower case)
    """Stands where something made of ``entries`` will, which are pairs of a key and an anchor."""


class folio_publications(folio_publication_placeholder):  # noqa: N801
    """Where a list will stand.

    ``form`` is the anchor of the form that narrows it, if any, ``total`` how many entries are under all its headings,
    ``style`` how each is printed (see ``STYLES``).
    """


class folio_publications_facets(folio_publication_placeholder):  # noqa: N801
    """Where that form will stand, with the ``facets`` named and the ``style`` of the list."""


class folio_publications_chart(folio_publication_placeholder):  # noqa: N801
    """Where the picture of the publications of each year will stand."""
