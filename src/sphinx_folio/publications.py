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

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata, OptionSpec

from sphinx_folio import METADATA
from sphinx_folio.catalog import Listed, exists, path_of, publication_domain, use_library
from sphinx_folio.latex import Piece
from sphinx_folio.library import Library, Link, Publication
from sphinx_folio.names import unused
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
    links = usable_links(publication, env)
    if publication.lead in links:
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
    buttons: list[nodes.Node] = [link(each, [nodes.Text(each.label)]) for each in links]
    if publication.project in env.found_docs and publication.project != env.docname:
        buttons.append(page_link(publication.project, "Project page", env.docname))
    if buttons:
        row = nodes.bullet_list(classes=["publication-links"])
        row += [nodes.list_item("", nodes.paragraph("", "", button)) for button in buttons]
        item += row
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


def usable_links(publication: Publication, env: BuildEnvironment) -> list[Link]:
    """The links without those to files that are not there; the page is read again when one comes."""
    for each in publication.links:
        if each.is_file:
            env.note_dependency(path_of(each, env))
    return [each for each in publication.links if exists(each, env)]


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


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.setup_extension("sphinx_folio")
    app.setup_extension("sphinx_folio.citations")  # with the catalog
    app.add_directive("publications", Publications)
    return METADATA
