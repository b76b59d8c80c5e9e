"""Publications as HTML: the values of ``library`` put into the package's Jinja templates, with everything escaped.

Sphinx's own templates do not escape; these do. A file of the site's ``templates_path`` replaces the package's of the
same name.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from sphinx_folio import PACKAGE
from sphinx_folio.bibliography.links import Link
from sphinx_folio.bibliography.names import Person
from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.bibliography.reference import ending, stop
from sphinx_folio.bibliography.sorting import by_venue
from sphinx_folio.exporters.bibtex import bibtex_entry
from sphinx_folio.latex.convert import Span, plain_text
from sphinx_folio.latex.mathml import mathml

FROM_THE_RIGHT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
TAGS = {"emphasis": "em", "strong": "strong", "code": "code", "superscript": "sup", "subscript": "sub"}
MANY = 12  # a list of more authors than this is folded around the owner
FIRST = 3  # so many of a folded list are always shown
STYLES = {"list": "publications.html", "cv": "publications-cv.html"}  # templates of lists
LONG = 500  # a list of more entries than this costs a browser only what is on the screen

ROLES = {
    "first": "First author",
    "co-first": "Co-first author",
    "corresponding": "Corresponding author",
    "last": "Last author",
    "middle": "Co-author",
}


@dataclass(frozen=True)
class Facet:
    """One way to narrow a list: its heading, an entry’s values, their order, and what else the form calls them."""

    heading: str
    values: Callable[[Publication], Sequence[str]]
    order: Callable[[Counter[str]], list[str]]
    called: Mapping[str, str] = field(default_factory=dict)


def most_first(counts: Counter[str]) -> list[str]:
    """Values in the order of how many entries have them, then of the alphabet."""
    return sorted(counts, key=lambda value: (-counts[value], value.casefold()))


def newest_first(counts: Counter[str]) -> list[str]:
    """Years."""
    return sorted(counts, reverse=True)


def by_role(counts: Counter[str]) -> list[str]:
    """Roles, the first author's first."""
    return [role for role in ROLES if role in counts]


FACETS = {
    "year": Facet("Year", lambda each: [str(each.year)] if each.year else [], newest_first),
    "venue": Facet("Venue", lambda each: [by_venue(each)[1]] if each.venue else [], most_first),
    "topic": Facet("Topic", lambda each: each.keywords, most_first),
    "role": Facet("Role", lambda each: each.roles, by_role, ROLES),
    "code": Facet("Code", lambda each: ["yes"] if each.has_code else [], most_first, {"yes": "Has code"}),
}


@dataclass(frozen=True)
class Page:
    """What publications are shown on, as far as it decides where their links lead.

    Each function gives an address as seen from this page, or None where there is nothing to lead to: that of a file of
    the site, of the page about the work, of the publication's own page, and of its picture.
    """

    to_file: Callable[[Link], str | None]
    to_project: Callable[[Publication], str | None]
    to_paper: Callable[[Publication], str | None]
    to_preview: Callable[[Publication], str | None]


@dataclass(frozen=True)
class Choice:
    """One chip of the form: the value, what it is called, and how many entries have it."""

    value: str
    called: str
    count: int


@dataclass(frozen=True)
class Byline:
    """The authors, or editors, of a publication: those always shown, the owner if not among them, how many more."""

    all: tuple[Person, ...]
    shown: tuple[Person, ...]
    owner: Person | None
    more: int
    ending: str


@cache
def environment(folders: tuple[str, ...]) -> Environment:
    """The templates, the site's own before the package's."""
    made = Environment(
        loader=FileSystemLoader([*folders, str(PACKAGE / "templates")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"html": html, "markdown": markdown, "isolated": isolated, "bibtex": bibtex_entry, "byline": byline}
    made.filters |= {"facets": facets_of, "plain": plain_text, "stop": stop}
    return made


def html(spans: Iterable[Span]) -> Markup:
    """Spans of text as HTML."""
    return Markup("").join(element(span) for span in spans)


def element(span: Span) -> Markup:
    """One span; a formula that cannot be converted is shown as its source."""
    if span.kind == "text":
        return escape(span.text)
    if span.kind == "math":
        formula = mathml(span.text)
        return Markup(formula) if formula else Markup("<code>{}</code>").format(span.text)  # noqa: S704 (escapes)
    return Markup("<{0}>{1}</{0}>").format(TAGS[span.kind], span.text)


def markdown(spans: Iterable[Span]) -> Markup:
    """Spans of text in which al-folio's fields have Markdown: emphasis and links, no pictures."""
    return Markup("").join(element(span) if span.kind != "text" else inline(span.text) for span in spans)


def inline(text: str) -> Markup:
    """Markdown within a line as HTML; what is HTML in it is text, and no address is one that a browser would run."""
    made = Markup(reader().renderInline(text.strip()))  # noqa: S704 (escapes)
    before, after = (" " if text[:1] == " " else ""), (" " if text[-1:] == " " else "")
    return before + made + after


@cache
def reader() -> MarkdownIt:
    """What reads Markdown; made only where there is some."""
    return MarkdownIt("commonmark", {"html": False}).disable("image")


def isolated(name: str) -> Markup:
    """A name; one that is written from the right stands for itself among its neighbours."""
    return Markup("<bdi>{}</bdi>").format(name) if FROM_THE_RIGHT.search(name) else escape(name)


def byline(publication: Publication) -> Byline:
    """Who is shown of many authors: the first, the owner, and how many there are besides."""
    people = publication.authors or publication.editors
    if len(people) <= MANY:
        return Byline(people, people, None, 0, ending(publication))
    owner = next((person for person in people[FIRST:] if person.owner), None)
    return Byline(people, people[:FIRST], owner, len(people) - FIRST - bool(owner), ending(publication))


def facets_of(publication: Publication) -> str:
    """An entry's values of all facets, as JSON for the script that narrows the list."""
    values = {name: list(facet.values(publication)) for name, facet in FACETS.items()}
    return json.dumps({name: found for name, found in values.items() if found}, ensure_ascii=False)


def choices(publications: Sequence[Publication], name: str) -> list[Choice]:
    """The chips of one facet."""
    facet = FACETS[name]
    counts = Counter(value for publication in publications for value in dict.fromkeys(facet.values(publication)))
    ordered = facet.order(counts)
    return [Choice(value, facet.called.get(value, value), counts[value]) for value in ordered]


def list_html(
    entries: Iterable[tuple[Publication, str]],
    page: Page,
    folders: tuple[str, ...] = (),
    form: str = "",
    total: int = 0,
    style: str = "list",
) -> str:
    """A list of publications, each with its anchor.

    ``form`` names the form that narrows it, ``total`` is how many entries its directive has under all headings,
    ``style`` is one of ``STYLES``.
    """
    template = environment(folders).get_template(STYLES[style])
    return template.render(entries=entries, page=page, form=form, long=total > LONG)


def facets_html(
    publications: Sequence[Publication],
    names: Iterable[str],
    page: Page,
    anchor: str,
    folders: tuple[str, ...] = (),
    style: str = "list",
) -> str:
    """The form that narrows a list; a facet in which there is nothing to choose is left out."""
    found = {name: (FACETS[name].heading, choices(publications, name)) for name in names}
    useful = {name: each for name, each in found.items() if len(each[1]) > (name != "code")}
    template = environment(folders).get_template("publications-facets.html")
    total = len(publications)
    searched = ["title", "author", "venue"]
    if style == "list" and any(each.abstract and not (total > LONG and page.to_paper(each)) for each in publications):
        searched.append("abstract")
    return template.render(facets=useful, anchor=anchor, total=total, searched=", ".join(searched).capitalize())
