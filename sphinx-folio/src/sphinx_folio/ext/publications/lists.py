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
a form above the list that narrows it, ``:chart:`` a picture of the papers of each year. ``:style: cv`` prints each
paper as a CV does, as one paragraph beside its label, without buttons, abstract and BibTeX. A paper stands on as many
pages as lists name it; ``{cite}`` and the search lead to the list that has neither filter nor limit and is not in this
style, else to the page that lists most.

The page that is read holds only which entries it lists. They are put in their place when the page is written, so that
a page of ten thousand costs nothing until something on it changes.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata, OptionSpec
from sphinx.writers.html5 import HTML5Translator

from sphinx_folio import metadata
from sphinx_folio.bibliography.attachments import PICTURE
from sphinx_folio.bibliography.container import author_list
from sphinx_folio.bibliography.filters import Query, QueryError, unknown_fields
from sphinx_folio.bibliography.library import Library
from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.bibliography.reference import byline
from sphinx_folio.bibliography.sorting import GROUPS, group_publications, sort_keys, sort_publications
from sphinx_folio.environment.links import legend, page_for, template_folders
from sphinx_folio.environment.messages import hint
from sphinx_folio.environment.owner import known
from sphinx_folio.environment.placeholders import fill
from sphinx_folio.environment.publications import (
    Listed,
    ask,
    expect_files,
    folio_publication_placeholder,
    folio_publications,
    folio_publications_chart,
    folio_publications_facets,
    note_file,
    publication_domain,
)
from sphinx_folio.html.builders import BUILDERS
from sphinx_folio.html.chart import chart_html
from sphinx_folio.html.page_assets import add_assets_if_used
from sphinx_folio.html.rendering import FACETS, STYLES, facets_html, list_html
from sphinx_folio.latex.convert import Span, plain_text
from sphinx_folio.text import unique_id

logger = logging.getLogger(__name__)

NONE_YET = "No publications yet."
WIDEN = "change the filter, or leave it until an entry does"
NODES: dict[str, type[nodes.TextElement]] = {
    "emphasis": nodes.emphasis,
    "strong": nodes.strong,
    "code": nodes.literal,
    "superscript": nodes.superscript,
    "subscript": nodes.subscript,
    "math": nodes.math,
}


class folio_html(nodes.General, nodes.Element):  # noqa: N801
    """Stands for ``html`` that is ready to be written; its text is what the search finds it by."""


def facet_names(argument: str | None) -> list[str]:
    """The facets that an option names, else all."""
    names = (argument or "").replace(",", " ").split()
    return [directives.choice(name, tuple(FACETS)) for name in names] or list(FACETS)


@dataclass(frozen=True, slots=True)
class Selection:
    """The question for what a list shows: what the filter leaves, sorted, up to a limit."""

    filter: str
    sort: tuple[str, ...]
    limit: int | None

    def __call__(self, library: Library) -> Sequence[Publication]:
        """Those publications, in their order; a filter that cannot be read leaves all."""
        chosen: Sequence[Publication] = library.publications
        with suppress(QueryError):
            chosen = Query.parse(self.filter).select(chosen) if self.filter else chosen
        return sort_publications(chosen, self.sort)[: self.limit]


class Publications(SphinxDirective):
    """The ``{publications}`` directive."""

    option_spec: ClassVar[OptionSpec] = {
        "filter": directives.unchanged_required,
        "group-by": lambda argument: directives.choice(argument, tuple(GROUPS)),
        "sort": sort_keys,
        "limit": directives.positive_int,
        "facets": facet_names,
        "chart": directives.flag,
        "style": lambda argument: directives.choice(argument, tuple(STYLES)),
    }

    def run(self) -> list[nodes.Node]:
        """Choose, group and note where the entries will stand."""
        expect_files(self.env, self.get_location())
        chosen = ask(self.env, self.selection)
        self.check_options(publication_domain(self.env).library, is_empty=not chosen)
        if not chosen:
            return [nodes.paragraph("", NONE_YET)]
        above: list[nodes.Node] = list(self.above(chosen))
        form = next((node["ids"][0] for node in above if isinstance(node, folio_publications_facets)), "")
        if "group-by" not in self.options:
            return [*above, self.list_of(chosen, form, len(chosen))]
        sections: list[nodes.Node] = []
        for heading, anchor, members in group_publications(chosen, self.options["group-by"]):
            section = nodes.section("", nodes.title("", heading))
            self.take(section, unique_id(anchor, self.state.document.ids))
            section += self.list_of(members, form, len(chosen))
            sections.append(section)
        return above + sections

    @property
    def selection(self) -> Selection:
        """What this list asks for; its answer is what it shows."""
        sort = tuple(self.options.get("sort", ()))
        return Selection(self.options.get("filter", ""), sort, self.options.get("limit"))

    @property
    def style(self) -> str:
        """How each entry is printed: one of ``STYLES``."""
        return self.options.get("style", "list")  # type: ignore[no-any-return]

    def above(self, chosen: Sequence[Publication]) -> Iterator[nodes.Element]:
        """What stands above a list: what its marks mean, the picture, the form that narrows it."""
        entries = tuple((publication.key, publication.anchor) for publication in chosen)
        if text := legend(chosen, known(self.config).marks):
            yield nodes.paragraph("", text, classes=["publications-legend"])
        if "chart" in self.options:
            yield folio_publications_chart(entries=entries)
        if "facets" in self.options:
            node = folio_publications_facets(entries=entries, facets=self.options["facets"], style=self.style)
            self.take(node, unique_id("publications-facets", self.state.document.ids))
            yield node

    def list_of(self, chosen: Iterable[Publication], form: str, total: int) -> folio_publications:
        """Where a list will stand, with an anchor for each entry that is free on this page."""
        pairs = []
        node = folio_publications(form=form, total=total, style=self.style)
        for publication in chosen:
            anchor = unique_id(publication.anchor, self.state.document.ids)
            self.state.document.ids[anchor] = node
            pairs.append((publication.key, anchor))
            files = [(link.field, link.target) for link in publication.links if link.is_file]
            for field, target in [*files, *([(PICTURE, publication.preview)] if publication.preview else [])]:
                note_file(field, target, self.env)
        node["entries"] = tuple(pairs)
        complete = self.style == "list" and self.options.keys().isdisjoint({"filter", "limit"})
        lists = publication_domain(self.env).lists.setdefault(self.env.docname, [])
        lists.append(Listed(node["entries"], complete))
        self.set_source_info(node)
        return node

    def check_options(self, library: Library, *, is_empty: bool) -> None:
        """Warn of options that are wrong, and hint at those that find nothing; ``is_empty``: no entry is shown.

        An empty library has had its own warning.
        """
        expression = self.options.get("filter", "")
        try:
            query = Query.parse(expression) if expression else None
        except QueryError as error:
            query = None
            self.warn(f":filter: is ignored: {error}")
        if not library.publications:
            return
        names = self.options.get("sort", ())
        for each in unknown_fields([name.lstrip("-") for name in names], library):
            self.warn(f":sort: {' '.join(names)}: {each}")
        if query is None:
            return
        wrong, missing = query.complaints(library), query.missing_keys(library)
        for each in wrong:
            self.warn(f":filter: {expression}: {each}")
        for each in missing:
            self.hint(f":filter: {expression}: {each}")
        if is_empty and not wrong and not missing:
            self.hint(f":filter: {expression}: no entry matches, so the list is empty; {WIDEN}")

    def warn(self, message: str) -> None:
        """Tell the owner, with the directive's place."""
        logger.warning(message, location=self.get_location(), type="folio", subtype="filter")

    def hint(self, message: str) -> None:
        """Print a hint, with the directive's place."""
        hint(self.config, message, location=self.get_location(), subtype="filter")

    def take(self, node: nodes.Element, anchor: str) -> None:
        """Give a node an anchor that is free on this page."""
        node["ids"].append(anchor)
        self.state.document.note_explicit_target(node, node)
        self.set_source_info(node)


def show(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the entries in their places on a page that is about to be written, as HTML."""
    places = list(doctree.findall(folio_publication_placeholder))
    if app.builder.name not in BUILDERS or not places:
        return
    by_key = publication_domain(app.env).library.by_key
    page, folders = page_for(app.env, app.builder, docname), template_folders(app)
    for node in places:
        chosen = [by_key[key] for key, _ in node["entries"]]
        anchors = [anchor for _, anchor in node["entries"]]
        match node:
            case folio_publications():
                entries = zip(chosen, anchors, strict=True)
                html = list_html(entries, page, folders, node["form"], node["total"], node["style"])
            case folio_publications_facets():
                html = facets_html(chosen, node["facets"], page, node["ids"][0], folders, node["style"])
            case _:
                html = chart_html(chosen, folders)
        text = searched(chosen) if isinstance(node, folio_publications) else ""
        node.replace_self(folio_html("", nodes.Text(text), html=html))


def searched(chosen: Iterable[Publication]) -> str:
    """The words that the search finds a list by: all but its BibTeX and the labels of its buttons."""
    return "\n".join(part for publication in chosen for part in search_words(publication))


def search_words(publication: Publication) -> Iterator[str]:
    """What an entry says, part by part."""
    yield publication.venue
    yield author_list(publication.authors or publication.editors)
    for name in ("title", "where", "note", "award", "additional_info", "annotation", "abstract"):
        yield plain_text(getattr(publication, name))
    yield from publication.keywords


def visit_folio_html(self: HTML5Translator, node: folio_html) -> None:
    """Write the HTML, and not the words."""
    self.body.append(node["html"])
    raise nodes.SkipNode


class ShowAsNodes(SphinxPostTransform):
    """Put the entries in their places as ordinary nodes, for every builder but those of HTML."""

    default_priority = 5  # before ReferencesResolver (10) and what collects links
    builders = BUILDERS

    def is_supported(self) -> bool:
        """Where no site is written."""
        return not super().is_supported()

    def run(self, **kwargs: Any) -> None:
        """Replace each placeholder; a form and a picture are for the screen."""
        for node in list(self.document.findall(folio_publication_placeholder)):
            by_key = publication_domain(self.env).library.by_key
            if isinstance(node, folio_publications):
                fill(node, plain_list(by_key[key] for key, _ in node["entries"]))
            else:
                fill(node, None)


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


def inline(spans: Iterable[Span]) -> Iterator[nodes.Node]:
    """Spans of text as nodes."""
    for span in spans:
        yield nodes.Text(span.text) if span.kind == "text" else NODES[span.kind](span.text, span.text)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive and what puts the entries in their place."""
    app.setup_extension("sphinx_folio")
    app.setup_extension("sphinx_folio.ext.publications.citations")  # with the catalog
    for node in (folio_publications, folio_publications_facets, folio_publications_chart):
        app.add_node(node)
    app.add_node(folio_html, html=(visit_folio_html, None))
    app.add_directive("publications", Publications)
    app.add_post_transform(ShowAsNodes)
    app.connect("doctree-resolved", show)
    add_assets_if_used(app, "publications-facets.css", "publications-facets", "publications-chart")
    add_assets_if_used(app, "publications-facets.js", "publications-facets", loading_method="defer")
    return metadata()
