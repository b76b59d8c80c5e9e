"""What Crossref and arXiv say of a work: their answers, as they send them, to one ``Record``.

Crossref answers in JSON (``/works/DOI``, ``/works?query.bibliographic=…``), arXiv in Atom (``/api/query?id_list=…``).
An answer may hold anything; what is not as expected counts as not there.
"""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from xml.etree import ElementTree

from sphinx_folio.bibliography.identifiers import without_version
from sphinx_folio.latex.convert import Span, to_spans, to_text

ATOM = "{http://www.w3.org/2005/Atom}"
ARXIV = "{http://arxiv.org/schemas/atom}"

DATES = ("issued", "published", "published-print", "published-online", "posted")
VENUES = ("container-title", "short-container-title", "event", "institution", "group-title")

TAG = re.compile(r"</?[A-Za-z][^<>]*>")
DOI = re.compile(r"10\.\d{4,9}/\S+")
CATEGORY = re.compile(r"\.[a-z]{2}(?=/)", re.IGNORECASE)  # math.GT/0309136 is math/0309136


class Name(NamedTuple):
    """A person's name in its parts, or a body's as a family name."""

    given: str
    family: str

    @property
    def said(self) -> str:
        """The name as it is said."""
        return f"{self.given} {self.family}".strip()


@dataclass(frozen=True, slots=True)
class Record:
    """One work, in plain text; empty where the host says nothing.

    ``titles`` are the ways in which the host gives the title, the fullest first; ``years`` the earliest and the latest
    in which it may be said to have appeared. ``preprint`` where this is no more than one; ``published`` is then the DOI
    of what became of it, or ``reference`` says where that is.
    """

    host: str
    identifier: str
    titles: tuple[str, ...] = ()
    authors: tuple[Name, ...] = ()
    years: tuple[int, ...] = ()
    venues: tuple[str, ...] = ()
    preprint: bool = False
    published: str = ""
    reference: str = ""

    @property
    def title(self) -> str:
        """The title, with its subtitle where it has one."""
        return self.titles[0] if self.titles else ""


def crossref_work(answer: str) -> Record | None:
    """The work that an answer of Crossref's describes, or None."""
    message = message_of(answer)
    return crossref_record(message) if message else None


def crossref_works(answer: str) -> tuple[Record, ...]:
    """The works that Crossref found for a query, best first."""
    items = message_of(answer).get("items")
    return tuple(crossref_record(item) for item in listed(items) if isinstance(item, dict))


def message_of(answer: str) -> Mapping[str, Any]:
    """What Crossref has to say, without its envelope; nothing where it is not in the shape of an answer."""
    try:
        message = json.loads(answer)["message"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
    return message if isinstance(message, dict) else {}


def crossref_record(work: Mapping[str, Any]) -> Record:
    """A record from Crossref's description of a work."""
    years = sorted(year for name in DATES for year in year_in(work.get(name)))
    return Record(
        host="Crossref",
        identifier=str(work.get("DOI", "")),
        titles=tuple(crossref_titles(work)),
        authors=tuple(name for name in map(name_of, listed(work.get("author"))) if name.said),
        years=tuple(years[:1] + years[-1:]),
        venues=tuple(dict.fromkeys(readable(text) for name in VENUES for text in texts(work.get(name)))),
        preprint=work.get("type") == "posted-content",
        published=next(related(work.get("relation")), ""),
    )


def crossref_titles(work: Mapping[str, Any]) -> Iterator[str]:
    """The title with its subtitle, and without."""
    title = next(texts(work.get("title")), "")
    for subtitle in texts(work.get("subtitle")):
        yield readable(f"{title}: {subtitle}")
    if title:
        yield readable(title)


def year_in(date: object) -> Iterator[int]:
    """The year of ``{"date-parts": [[2024, 5, 1]]}``, if there is one."""
    match date:
        case {"date-parts": [[int(year), *_], *_]}:
            yield year


def related(relation: object) -> Iterator[str]:
    """The DOIs of what a preprint became."""
    for item in listed(relation.get("is-preprint-of")) if isinstance(relation, dict) else ():
        if isinstance(item, dict) and (doi := DOI.search(str(item.get("id", "")))):
            yield doi[0]


def name_of(author: object) -> Name:
    """The name of a person or a body."""
    match author:
        case {"name": str(name)}:
            return Name("", readable(name))
        case {"family": str(family), **others}:
            return Name(readable(str(others.get("given") or "")), readable(family))
    return Name("", "")


def listed(value: object) -> list[Any]:
    """The value where it is a list, else nothing."""
    return value if isinstance(value, list) else []


def texts(value: object) -> Iterator[str]:
    """The texts in what may be a text, a list of texts, or something with a name."""
    match value:
        case str():
            yield value
        case list():
            for item in value:
                yield from texts(item)
        case {"name": name, **others}:
            yield from texts(name)
            yield from texts(others.get("acronym"))


def readable(text: str) -> str:
    """Text without the markup that such records come with: tags, entities (also twice over) and LaTeX."""
    bare = " ".join(html.unescape(html.unescape(TAG.sub("", html.unescape(text)))).split())
    return prose(to_spans(bare)) if re.search(r"[\\${}]", bare) else bare


def prose(spans: Iterable[Span]) -> str:
    r"""The text of spans, formulas included: ``$\lambda$Calculus`` is λCalculus."""
    return "".join(to_text(span.text) if span.kind == "math" else span.text for span in spans)


def arxiv_entries(answer: str) -> dict[str, str] | None:
    """Each paper of a feed of arXiv's, as XML by its identifier; None where the answer is no feed."""
    try:
        feed = ElementTree.fromstring(answer)  # noqa: S314 (expat bounds what entities grow to, the client the size)
    except (ElementTree.ParseError, ValueError):
        return None
    found = {}
    for entry in feed.iter(f"{ATOM}entry"):
        _, _, identifier = said(entry, f"{ATOM}id").partition("/abs/")
        if identifier and said(entry, f"{ATOM}title"):  # of an unknown one there may be an entry without a title
            found[arxiv_identifier(identifier)] = ElementTree.tostring(entry, encoding="unicode")
    return found if feed.tag == f"{ATOM}feed" else None


def arxiv_record(entry: str) -> Record | None:
    """A record from one entry of a feed of arXiv's, or None."""
    try:
        element = ElementTree.fromstring(entry)  # noqa: S314 (as above)
    except (ElementTree.ParseError, ValueError):
        return None
    _, _, identifier = said(element, f"{ATOM}id").partition("/abs/")
    dates = (said(element, f"{ATOM}{name}")[:4] for name in ("published", "updated"))
    doi = DOI.search(said(element, f"{ARXIV}doi"))
    return Record(
        host="arXiv",
        identifier=arxiv_identifier(identifier),
        titles=tuple(filter(None, [said(element, f"{ATOM}title")])),
        authors=tuple(in_parts(said(author, f"{ATOM}name")) for author in element.iter(f"{ATOM}author")),
        years=tuple(int(year) for year in dates if year.isdecimal()),
        preprint=True,
        published=doi[0] if doi else "",
        reference=said(element, f"{ARXIV}journal_ref"),
    )


def in_parts(name: str) -> Name:
    """A name that is given as it is said, its last word taken for the family name."""
    given, _, family = name.rpartition(" ")
    return Name(given, family)


def said(element: ElementTree.Element, name: str) -> str:
    """The text of the first element of that name."""
    return readable(element.findtext(name) or "")


def arxiv_identifier(identifier: str) -> str:
    """An identifier as all versions of a paper share it, for comparing."""
    return CATEGORY.sub("", without_version(identifier.strip().lower()))
