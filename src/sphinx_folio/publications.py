"""List publications from the BibTeX files that ``bibtex_bibfiles`` in ``conf.py`` names.

This Markdown ::

    ```{publications}
    :filter: selected and year >= 2024
    :group-by: year
    :limit: 5
    ```

becomes a list, newest first: venue label, title, authors (the site's ``author`` underlined), where it appeared, note,
links, abstract and BibTeX. All options may be left out. ``:filter:`` takes an expression (see ``query``),
``:group-by:`` year, type, venue or status, ``:sort:`` the names to sort by (``-year title``), ``:facets:`` puts
a form above the list that narrows it, ``:chart:`` a picture of the papers of each year. A paper stands on as many
pages as lists name it; ``{cite}`` and the search lead to the list that has neither filter nor limit, else to the page
that lists most.

The page that is read holds only which entries it lists. They are put in their place when the page is written, so that
a page of ten thousand costs nothing until something on it changes.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri
from sphinx.util.typing import ExtensionMetadata, OptionSpec

from sphinx_folio import METADATA
from sphinx_folio.catalog import Listed, find, known, note_file, publication_domain, use_library
from sphinx_folio.chart import chart_html
from sphinx_folio.grouping import GROUPS, group, sort_keys
from sphinx_folio.latex import Piece
from sphinx_folio.library import Library, Publication, byline
from sphinx_folio.links import Link
from sphinx_folio.names import unused
from sphinx_folio.people import Annotation
from sphinx_folio.query import Query, QueryError
from sphinx_folio.rendering import FACETS, Page, facets_html, list_html

logger = logging.getLogger(__name__)

NONE_YET = "No publications yet."
MEANINGS: dict[Annotation, str] = {"equal": "Equal contribution", "corresponding": "Corresponding author"}
NODES: dict[str, type[nodes.TextElement]] = {
    "emphasis": nodes.emphasis,
    "strong": nodes.strong,
    "code": nodes.literal,
    "superscript": nodes.superscript,
    "subscript": nodes.subscript,
    "math": nodes.math,
}


class publications(nodes.General, nodes.Element):  # noqa: N801 (docutils names nodes in lower case)
    """Stands where a list will; ``entries`` are pairs of key and anchor, ``facets`` names the form that narrows it."""


class publication_facets(nodes.General, nodes.Element):  # noqa: N801
    """Stands where the form for a list will: ``keys`` are the entries', ``fields`` the facets', ``name`` its own."""


class publication_chart(nodes.General, nodes.Element):  # noqa: N801
    """Stands where the picture of the papers of each year will; ``keys`` are the entries'."""


def facet_names(argument: str | None) -> list[str]:
    """The facets that an option names, else all."""
    names = (argument or "").replace(",", " ").split()
    return [directives.choice(name, tuple(FACETS)) for name in names] or list(FACETS)


class Publications(SphinxDirective):
    """The ``{publications}`` directive."""

    option_spec: ClassVar[OptionSpec] = {
        "filter": directives.unchanged_required,
        "group-by": lambda argument: directives.choice(argument, tuple(GROUPS)),
        "sort": sort_keys,
        "limit": directives.positive_int,
        "facets": facet_names,
        "chart": directives.flag,
    }

    def run(self) -> list[nodes.Node]:
        """Choose, group and note where the entries will stand."""
        chosen = self.choose(use_library(self.env))
        if "sort" in self.options:
            chosen = self.options["sort"](chosen)
        chosen = chosen[: self.options.get("limit")]
        if not chosen:
            return [nodes.paragraph("", NONE_YET)]
        keys = [publication.key for publication in chosen]
        content: list[nodes.Node] = []
        if text := legend(chosen, known(self.config).marks):
            content.append(nodes.paragraph("", text, classes=["publications-legend"]))
        if "chart" in self.options:
            content.append(publication_chart(keys=keys))
        form = ""
        if "facets" in self.options:
            form = unused("publications-facets", self.state.document.ids)
            node = publication_facets(keys=keys, fields=self.options["facets"])
            self.take(node, form)
            content.append(node)
        if "group-by" not in self.options:
            return [*content, self.list_of(chosen, form)]
        for heading, anchor, members in group(chosen, self.options["group-by"]):
            section = nodes.section("", nodes.title("", heading))
            self.take(section, unused(anchor, self.state.document.ids))
            section += self.list_of(members, form)
            content.append(section)
        return content

    def list_of(self, chosen: Iterable[Publication], form: str) -> publications:
        """Where a list will stand, with an anchor for each entry that is free on this page."""
        pairs = []
        node = publications(facets=form)
        for publication in chosen:
            anchor = unused(publication.anchor, self.state.document.ids)
            self.state.document.ids[anchor] = node
            pairs.append((publication.key, anchor))
            files = [(link.field, link.target) for link in publication.links if link.is_file]
            for field, target in [*files, *([("preview", publication.preview)] if publication.preview else [])]:
                note_file(field, target, self.env)
        node["entries"] = tuple(pairs)
        complete = self.options.keys().isdisjoint({"filter", "limit"})
        lists = publication_domain(self.env).lists.setdefault(self.env.docname, [])
        lists.append(Listed(node["entries"], complete))
        self.set_source_info(node)
        return node

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

    def take(self, node: nodes.Element, anchor: str) -> None:
        """Give a node an anchor that is free on this page."""
        node["ids"].append(anchor)
        self.state.document.note_explicit_target(node, node)
        self.set_source_info(node)


class ShowPublications(SphinxPostTransform):
    """Put the entries in their places: as HTML where that is written, as ordinary nodes for every other builder."""

    default_priority = 5  # before ReferencesResolver (10), for the links among ordinary nodes

    def run(self, **kwargs: Any) -> None:
        """Replace each placeholder."""
        by_key = publication_domain(self.env).library.by_key if self.any_of_ours() else {}
        page = page_for(self.env, self.app.builder, self.env.docname)
        folders = template_folders(self.app)
        as_html = self.app.builder.format == "html"
        for node in list(self.document.findall(publications)):
            entries = [(by_key[key], anchor) for key, anchor in node["entries"] if key in by_key]
            if as_html:
                replace(node, list_html(entries, page, folders, node["facets"]))
            else:
                node.replace_self(plain_list(publication for publication, _ in entries))
        for node in list(self.document.findall(publication_facets)):
            chosen = [by_key[key] for key in node["keys"] if key in by_key]
            replace(node, facets_html(chosen, node["fields"], node["ids"][0], folders) if as_html else "")
        for node in list(self.document.findall(publication_chart)):
            chosen = [by_key[key] for key in node["keys"] if key in by_key]
            replace(node, chart_html(chosen, folders) if as_html else "")

    def any_of_ours(self) -> bool:
        """Whether the page has any placeholder: the library is loaded only then."""
        kinds = (publications, publication_facets, publication_chart)
        return any(isinstance(node, kinds) for node in self.document.findall(nodes.Element))


def replace(node: nodes.Element, html: str) -> None:
    """Put HTML in the place of a node."""
    node.replace_self(nodes.raw("", html, format="html") if html else [])


def legend(chosen: Iterable[Publication], marks: Mapping[str, Annotation]) -> str:
    """What the marks behind the names in a list mean."""
    used = {mark for publication in chosen for person in publication.authors for mark in person.marks}
    return " · ".join(f"{mark} {MEANINGS[meaning]}" for mark, meaning in marks.items() if mark in used)


def page_for(env: BuildEnvironment, builder: Builder, docname: str) -> Page:
    """Where links from a page of the site lead."""
    here = builder.get_target_uri(docname) if builder.format == "html" else docname

    def to_site_file(field: str, target: str) -> str | None:
        path = find(field, target, env)
        return relative_uri(here, quote(path)) if path else None

    def to_file(link: Link) -> str | None:
        return to_site_file(link.field, link.target) if link.is_file else link.target

    def to_project(publication: Publication) -> str | None:
        if publication.project == docname or publication.project not in env.found_docs:
            return None
        return builder.get_relative_uri(docname, publication.project)

    def to_paper(publication: Publication) -> str | None:
        name = publication_domain(env).papers.get(publication.key)
        return relative_uri(here, builder.get_target_uri(name)) if name else None

    def to_preview(publication: Publication) -> str | None:
        return to_site_file("preview", publication.preview) if publication.preview else None

    return Page(to_file, to_project, to_paper, to_preview)


def template_folders(app: Sphinx) -> tuple[str, ...]:
    """Where the site's own templates are."""
    return tuple(str(Path(app.confdir, folder)) for folder in app.config.templates_path)


def plain_list(chosen: Iterable[Publication]) -> nodes.bullet_list:
    """The entries as ordinary nodes, for builders of other formats and for the link checker."""
    items = nodes.bullet_list()
    for publication in chosen:
        title: list[nodes.Node] = list(inline(publication.title))
        where = [nodes.Text(" "), *inline(publication.where)]
        item = nodes.paragraph("", f"{byline(publication)}. ", *title, nodes.Text("."), *where)
        for link in publication.links:
            if not link.is_file:
                item += [nodes.Text(" "), nodes.reference("", link.label, refuri=link.target)]
        items += nodes.list_item("", item)
    return items


def inline(pieces: Iterable[Piece]) -> Iterator[nodes.Node]:
    """Pieces of text as nodes."""
    for piece in pieces:
        yield nodes.Text(piece.text) if piece.kind == "text" else NODES[piece.kind](piece.text, piece.text)


def add_script(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document) -> None:
    """Send the script only to pages that have a list."""
    if pagename in publication_domain(app.env).lists:
        app.add_js_file("publications.js", loading_method="defer")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive and what puts the entries in their place."""
    app.setup_extension("sphinx_folio")
    app.setup_extension("sphinx_folio.citations")  # with the catalog
    app.add_node(publications)
    app.add_node(publication_facets)
    app.add_node(publication_chart)
    app.add_directive("publications", Publications)
    app.add_post_transform(ShowPublications)
    app.connect("html-page-context", add_script)
    return METADATA
