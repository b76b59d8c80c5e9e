"""``{cite:t}`` and ``{cite:p}`` lead to the entries of ``{publications}`` lists.

sphinxcontrib-bibtex keeps its roles, tooltips, reference styles and ``{bibliography}``; this module hands it the
entries that ``bibtex`` has read (so that both see the same) and tells it where they stand. Loaded by ``publications``.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import cast

from docutils import nodes
from pybtex.backends.plaintext import Backend as PlainText
from pybtex.database import BibliographyData
from pybtex.database import Entry as PybtexEntry
from pybtex.database import Person as PybtexPerson
from pybtex.richtext import Text
from pybtex.style import FormattedEntry
from pybtex.style.formatting.unsrt import Style
from pybtex.style.template import FieldIsMissing
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata
from sphinxcontrib.bibtex.bibfile import BibData, BibFile, get_mtime
from sphinxcontrib.bibtex.citation_target import parse_citation_targets
from sphinxcontrib.bibtex.domain import BibtexDomain, Citation
from sphinxcontrib.bibtex.foot_domain import BibtexFootDomain
from sphinxcontrib.bibtex.foot_roles import FootCiteRole as BibtexFootCiteRole
from sphinxcontrib.bibtex.roles import CiteRole as BibtexCiteRole
from sphinxcontrib.bibtex.style.referencing import format_references
from sphinxcontrib.bibtex.style.template import SphinxReferenceInfo

from sphinx_folio import metadata
from sphinx_folio.bibliography.filters import KEY
from sphinx_folio.bibliography.library import Library
from sphinx_folio.bibliography.names import Person
from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.bibliography.reference import reference
from sphinx_folio.bibliography.urls import SCHEMES, safe_address
from sphinx_folio.environment.dependencies import write_again
from sphinx_folio.environment.publications import (
    Place,
    PublicationDomain,
    ask,
    depend_on_library,
    expect_files,
    publication_domain,
)
from sphinx_folio.text import did_you_mean

logger = logging.getLogger(__name__)

# Inside a value sphinxcontrib-bibtex makes a link of each of these; of what follows only this is harmless.
LINK = re.compile(rf"\\(?:url|href)(?!\s*\{{\s*(?:{'|'.join(SCHEMES)}):)(?![A-Za-z])", re.IGNORECASE)

# What pybtex's styles call some of our types.
TYPES = {"thesis": "phdthesis", "report": "techreport"}

PLAIN_TEXT = PlainText()


@dataclass(frozen=True, slots=True)
class Cited:
    """The question for the publications with some keys."""

    keys: tuple[str, ...]

    def __call__(self, library: Library) -> list[Publication]:
        """Those that there are."""
        return [library.by_key[key] for key in self.keys if key in library.by_key]


def places_of_citations(app: Sphinx) -> object:
    """The question (see ``dependencies``) where citations lead, with the labels of ``{bibliography}`` lists."""
    domain = cast("CitationDomain", app.env.domains["cite"])
    theirs = [
        (each.key, each.bibliography_key.docname, each.citation_id, each.formatted_entry.label)
        for each in domain.citations
    ]
    return theirs, sorted(domain.ours.items())


class CiteRole(BibtexCiteRole):
    """sphinxcontrib-bibtex's role, which a slip of the pen does not stop."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Cite, or show what is written and say what was expected."""
        expect_files(self.env, self.get_location())
        try:
            keys = tuple(target.key for target in parse_citation_targets(self.target))
        except ValueError:
            message = (
                f"{self.text!r} names no entries; expected keys with commas between them, as in {{cite:t}}`one,two`"
            )
            logger.warning(message, location=self.get_location(), type="folio", subtype="citation")
            return [nodes.inline("", f"[{self.text}]")], []
        ask(self.env, Cited(keys))
        write_again(self.env, places_of_citations)
        return super().run()


class FootCiteRole(BibtexFootCiteRole):
    """sphinxcontrib-bibtex's role, which an incomplete entry does not stop."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Cite in a footnote, or show the key and say what the entry lacks."""
        depend_on_library(self.env)
        expect_files(self.env, self.get_location())
        try:
            return super().run()
        except FieldIsMissing as error:
            message = f"{error}; a footnote needs it. Add it, or cite with {{cite:t}}`{self.text}`"
            logger.warning(message, location=self.get_location(), type="folio", subtype="citation")
            return [nodes.inline("", f"[{self.text}]")], []


class FootnoteDomain(BibtexFootDomain):
    """sphinxcontrib-bibtex's domain, with our role."""

    roles = dict.fromkeys(BibtexFootDomain.roles, FootCiteRole())


class CitationDomain(BibtexDomain):
    """sphinxcontrib-bibtex's domain, which finds the entries of our lists too."""

    roles = dict.fromkeys(BibtexDomain.roles, CiteRole())

    # Where the cited entries of our lists stand: found anew in every build, so not part of the stored data.
    ours: Mapping[str, Place] = {}

    def env_updated(self) -> Iterable[str]:
        """Find our entries beside those of ``{bibliography}`` lists."""
        updated = set(super().env_updated())
        theirs = {each.key for each in self.citations}
        cited = {target.key for citation in self.citation_refs for target in citation.targets} - theirs
        self.ours = {key: place for key, place in publication_domain(self.env).places().items() if key in cited}
        return updated

    def resolve_xref(  # type: ignore[override]  # as in sphinxcontrib-bibtex, a citation is more than one reference
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: addnodes.pending_xref,
        contnode: nodes.Element,
    ) -> nodes.Element:
        """Cite what can be cited, in the order in which it is written, and show and report each key that cannot."""
        references, unknown = [], []
        for each in parse_citation_targets(target):
            if cited := self.find(each.key, fromdocname):
                entry, formatted, place, title = cited
                to = (place.docname, place.anchor, title, each.pre, each.post)
                references.append((entry, formatted, SphinxReferenceInfo(builder, fromdocname, *to)))
            else:
                unknown.append(each.key)
                self.report(each.key, node)
        result = nodes.inline(target, classes=["bibtex-citation"])
        if references:
            result += format_references(self.reference_style, typ, references).render(self.backend)
        return nodes.inline("", "", result, *(nodes.inline("", f"[{key}]") for key in unknown))

    def find(self, key: str, docname: str) -> tuple[PybtexEntry, FormattedEntry, Place, str | None] | None:
        """An entry, as the reference styles take it, where a citation on a page leads, and what is shown on hover.

        Our entries need the library: it is asked only when a page that cites is written.
        """
        if key in self.ours:
            publication = publication_domain(self.env).library.by_key[key]
            text = reference(publication)
            return as_pybtex(publication), FormattedEntry(key, Text(text), key), self.ours[key], text
        theirs = [each for each in self.citations if each.key == key and self.is_listed(each)]
        if not theirs:
            return None
        citation = next((each for each in theirs if each.bibliography_key.docname == docname), theirs[-1])
        place = Place(citation.bibliography_key.docname, citation.citation_id)
        tooltip = citation.tooltip_entry and citation.tooltip_entry.text.render(PLAIN_TEXT).replace("\\url ", "")
        return citation.entry, citation.formatted_entry, place, tooltip

    def is_listed(self, citation: Citation) -> bool:
        """Whether citations lead to a ``{bibliography}`` list: not to one that is a plain list."""
        return bool(self.bibliographies[citation.bibliography_key].list_ == "citation")

    def report(self, key: str, node: nodes.Element) -> None:
        """Say why a key leads nowhere; an empty library has had its own warning."""
        library = publication_domain(self.env).library
        if not library.publications:
            return
        message = f"no entry has the key {key!r}; {did_you_mean(key, library.by_key, KEY)}"
        if key in library.by_key:
            message = (
                f"{key!r} is cited but on no page; expected a {{publications}} list with it, for the link to lead to"
            )
        logger.warning(message, location=node, type="folio", subtype="citation")


class Entries(Mapping[str, PybtexEntry]):
    """All entries as sphinxcontrib-bibtex reads them, each made when it is asked for; keys are alike in any case.

    It is kept between builds as nothing at all: each build hands over its own.
    """

    def __init__(self, domain: PublicationDomain, file: Path | None = None) -> None:
        self.domain = domain
        self.file = file

    @cached_property
    def chosen(self) -> dict[str, Publication]:
        """The publications in the order of their files, by their keys in lower case."""
        found = sorted(self.domain.library.publications, key=lambda each: each.entry.line)
        found = [each for path in self.domain.paths for each in found if each.entry.file == str(path)]
        return {each.key.lower(): each for each in found if self.file is None or each.entry.file == str(self.file)}

    def __getitem__(self, key: str) -> PybtexEntry:
        return as_pybtex(self.chosen[key.lower()])

    def __iter__(self) -> Iterator[str]:
        return (each.key for each in self.chosen.values())

    def __len__(self) -> int:
        return len(self.chosen)

    def __reduce__(self) -> tuple[type, tuple[()]]:
        return dict, ()


def hand_over(app: Sphinx) -> None:
    """Give sphinxcontrib-bibtex the entries that we have read; it reads nothing that it holds to be up to date."""
    domain = publication_domain(app.env)
    data = BibliographyData()
    data.entries = Entries(domain)
    files = {path: BibFile(get_mtime(path), cast("dict[str, None]", Entries(domain, path))) for path in domain.paths}
    app.env.domains["cite"].data["bibdata"] = BibData(app.config.bibtex_encoding, files, data)


def as_pybtex(publication: Publication) -> PybtexEntry:
    """The entry as sphinxcontrib-bibtex needs it: of a known type, with a year, without our marks or unsafe links."""
    source = publication.entry
    fields = {**source.fields, "year": publication.date.text or "n.d."}
    fields = {name: LINK.sub("", value) for name, value in fields.items()}
    if "url" in fields and safe_address(fields["url"]) is None:
        del fields["url"]
    fields["title"] = fields.get("title") or publication.key  # a label needs one where nobody wrote or edited it
    if "institution" in fields:
        fields.setdefault("school", fields["institution"])
    authors = persons(publication.authors, publication.and_others)
    editors = persons(publication.editors, publication.and_others and not authors)
    for role in ("author", "editor"):
        fields.pop(role, None)
    kind = TYPES.get(source.type, source.type)
    kind = kind if hasattr(Style, f"get_{kind}_template") else "misc"
    roles = {"author": authors, "editor": editors}
    made = PybtexEntry(kind, fields, {role: people for role, people in roles.items() if people})
    made.key = publication.key
    return made


def persons(people: Iterable[Person], and_others: bool) -> list[PybtexPerson]:
    """Names for sphinxcontrib-bibtex, which shortens three or more to "et al."; "and others" means that too."""
    found = [PybtexPerson(first=each.given, last=f"{{{each.family}}}", lineage=each.suffix) for each in people]
    return [*found, *[PybtexPerson(last="others")] * 2] if and_others else found


def setup(app: Sphinx) -> ExtensionMetadata:
    """Put our domain in the place of sphinxcontrib-bibtex's."""
    app.setup_extension("sphinx_folio.environment.publications")
    app.add_domain(CitationDomain, override=True)
    app.add_role("cite", CiteRole(), override=True)
    app.add_domain(FootnoteDomain, override=True)
    app.add_role("footcite", FootCiteRole(), override=True)
    app.connect("builder-inited", hand_over, priority=410)  # after our own reading, before sphinxcontrib-bibtex's
    return metadata()
