"""``{cite:t}`` and ``{cite:p}`` lead to the entries of ``{publications}`` lists.

sphinxcontrib-bibtex keeps its roles, tooltips, reference styles and ``{bibliography}``; this module hands it the
entries that ``bibtex`` has read (so that both see the same) and tells it where they stand. Loaded by ``publications``.
"""

import ast
import re
from collections.abc import Iterable

from docutils import nodes
from pybtex.database import BibliographyData, Person
from pybtex.database import Entry as PybtexEntry
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
from sphinxcontrib.bibtex.directives import BibliographyKey, BibliographyValue
from sphinxcontrib.bibtex.domain import BibtexDomain, Citation
from sphinxcontrib.bibtex.foot_domain import BibtexFootDomain
from sphinxcontrib.bibtex.foot_roles import FootCiteRole as BibtexFootCiteRole
from sphinxcontrib.bibtex.roles import CiteRole as BibtexCiteRole

from sphinx_folio import METADATA
from sphinx_folio.bibtex import Entry
from sphinx_folio.catalog import Place, bibliography_files, publication_domain, use_library
from sphinx_folio.library import EQUAL, OTHERS, SCHEMES, address, parse_name, reference, split_names
from sphinx_folio.names import suggest
from sphinx_folio.query import KEY

logger = logging.getLogger(__name__)

# Inside a value sphinxcontrib-bibtex makes a link of each of these; of what follows only this is harmless.
LINK = re.compile(rf"\\(?:url|href)(?!\s*\{{\s*(?:{'|'.join(SCHEMES)}):)(?![A-Za-z])", re.IGNORECASE)

# The roles ask for the list that an entry is in; ours is none of sphinxcontrib-bibtex's and lists nothing there.
NOTHING_TO_LIST = BibliographyValue(
    line=0,
    bibfiles=[],
    style="plain",
    list_="citation",
    enumtype="",
    start=1,
    labelprefix="",
    keyprefix="",
    filter_=ast.parse("False"),
    citation_nodes={},
    keys=[],
)


class CiteRole(BibtexCiteRole):
    """sphinxcontrib-bibtex's role, which a slip of the pen does not stop."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Cite, or show what is written and say what was expected."""
        use_library(self.env)
        try:
            list(parse_citation_targets(self.target))
        except ValueError:
            message = (
                f"{self.text!r} names no entries; expected keys with commas between them, as in {{cite:t}}`one,two`"
            )
            logger.warning(message, location=self.get_location(), type="folio", subtype="citation")
            return [nodes.inline("", f"[{self.text}]")], []
        return super().run()


class FootCiteRole(BibtexFootCiteRole):
    """sphinxcontrib-bibtex's role, which an incomplete entry does not stop."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Cite in a footnote, or show the key and say what the entry lacks."""
        use_library(self.env)
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
    initial_data = BibtexDomain.initial_data | {"leads_to": {}}  # where each citation led in the last build
    data_version = BibtexDomain.data_version + 100  # another shape than theirs, whatever version theirs is

    def env_updated(self) -> Iterable[str]:
        """Add our entries to those of ``{bibliography}`` lists; where one has moved, citing pages are written again."""
        publications = publication_domain(self.env)
        places = publications.places()
        lists = {docname: BibliographyKey(docname, "publications") for docname in publications.lists}
        self.bibliographies.update(dict.fromkeys(lists.values(), NOTHING_TO_LIST))
        updated = set(super().env_updated())
        found = {citation.key for citation in self.citations}
        for publication in publications.library.publications:
            place = places.get(publication.key)
            if place and publication.key not in found:
                text = FormattedEntry(publication.key, Text(reference(publication)), publication.key)
                entry = self.bibdata.data.entries[publication.key]
                list_ = lists[place.docname]
                self.citations.append(Citation(place.anchor, list_, publication.key, entry, text, text))
        leads_to = {each.key: Place(each.bibliography_key.docname, each.citation_id) for each in self.citations}
        if leads_to != self.data["leads_to"]:
            self.data["leads_to"] = leads_to
            updated.update(citation.docname for citation in self.citation_refs)
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
        """Cite what can be cited, and show and report each key that cannot."""
        listed = {citation.key for citation in self.citations}
        targets = list(parse_citation_targets(target))
        known = ",".join(f"{braced(each.pre)}{each.key}{braced(each.post)}" for each in targets if each.key in listed)
        unknown = [each.key for each in targets if each.key not in listed]
        result = nodes.inline("", "", *(nodes.inline("", f"[{key}]") for key in unknown))
        if known:
            result.insert(0, super().resolve_xref(env, fromdocname, builder, typ, known, node, contnode))
        for key in unknown:
            self.report(key, node)
        return result

    def report(self, key: str, node: nodes.Element) -> None:
        """Say why a key leads nowhere; an empty library has had its own warning."""
        library = publication_domain(self.env).library
        if not library.publications:
            return
        message = f"no entry has the key {key!r}{suggest(key, library.keys, KEY)}"
        if key in library.keys:
            message = (
                f"{key!r} is cited but on no page; expected a {{publications}} list with it, for the link to lead to"
            )
        logger.warning(message, location=node, type="folio", subtype="citation")


def braced(text: str) -> str:
    """A text before or after a key, as the roles write it."""
    return f"{{{text}}}" if text else ""


def hand_over(app: Sphinx) -> None:
    """Give sphinxcontrib-bibtex the entries that we have read; it reads nothing that it holds to be up to date."""
    entries = publication_domain(app.env).library.entries
    files = {
        path: BibFile(get_mtime(path), {entry.key: None for entry in entries if entry.file == str(path)})
        for path in bibliography_files(app)
    }
    data = BibliographyData({entry.key: as_pybtex(entry) for entry in entries})
    app.env.domains["cite"].data["bibdata"] = BibData(app.config.bibtex_encoding, files, data)


def as_pybtex(entry: Entry) -> PybtexEntry:
    """The entry as sphinxcontrib-bibtex needs it: of a known type, with a year, without our marks or unsafe links."""
    fields = {"year": entry.fields.get("date", "")[:4] or "n.d.", **entry.fields}
    fields = {name: LINK.sub("", value) for name, value in fields.items()}
    if "url" in fields and address(fields["url"]) is None:
        del fields["url"]
    persons = {role: people(fields.pop(role)) for role in ("author", "editor") if role in fields}
    kind = entry.type if hasattr(Style, f"get_{entry.type}_template") else "misc"
    return PybtexEntry(kind, fields, persons)


def people(value: str) -> list[Person]:
    """Names for sphinxcontrib-bibtex, which shortens three or more to "et al."; "and others" means that too."""
    names = [name.replace(EQUAL, "") for name in split_names(value)]
    found = [parse_name(name) or Person(f"{{{name}}}") for name in names]
    return found if names[-1:] != [OTHERS] else [*found[:-1], *[Person(OTHERS)] * 2]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Put our domain in the place of sphinxcontrib-bibtex's."""
    app.setup_extension("sphinx_folio.catalog")
    app.add_domain(CitationDomain, override=True)
    app.add_role("cite", CiteRole(), override=True)
    app.add_domain(FootnoteDomain, override=True)
    app.add_role("footcite", FootCiteRole(), override=True)
    app.connect("builder-inited", hand_over, priority=410)  # after our own reading, before sphinxcontrib-bibtex's
    return METADATA
