"""The software of a paper as a ``CITATION.cff`` file for its repository: the Citation File Format, version 1.2.0.

Hosts of code read it to say how the software is cited: by the paper, which is its ``preferred-citation``. It is YAML in
which every text is quoted, so that no reader takes one for a number, a date or anything but text.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import yaml

from sphinx_folio.bibliography.dates import Status
from sphinx_folio.bibliography.names import Person
from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.bibliography.urls import web_address
from sphinx_folio.exporters.fields import Node, address_in, clean_names, date_parts, drop_empty, field_text, page_range
from sphinx_folio.exporters.site import Site
from sphinx_folio.latex.convert import plain_text
from sphinx_folio.text import normalize_whitespace

MESSAGE = "If you use this software, please cite the paper under preferred-citation."
CODE = ("code", "software", "repository", "github")  # fields that lead to code
CFF_TYPES = {
    "article": "article",
    "suppperiodical": "article",
    "periodical": "serial",
    **dict.fromkeys("book manual mvbook collection mvcollection reference mvreference".split(), "book"),
    **dict.fromkeys("proceedings mvproceedings".split(), "proceedings"),
    "inreference": "encyclopedia",
    "inproceedings": "conference-paper",
    "thesis": "thesis",
    "report": "report",
    "online": "website",
    "software": "software",
    "dataset": "data",
    "patent": "patent",
    "booklet": "pamphlet",
    "unpublished": "unpublished",
}
CFF_STATUSES: Mapping[Status, str] = {"preprint": "preprint", "to appear": "in-press"}

# What the schema takes for a DOI and an ORCID; and what is a number rather than a text.
DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)?/[A-Za-z0-9:/_;\-.()\[\]\\]+", re.ASCII)
ORCID = re.compile(r"https://orcid\.org/(?:\d{4}-){3}\d{3}[\dX]", re.ASCII)
NUMBER = re.compile(r"[1-9]\d{0,8}", re.ASCII)


def by_repository(papers: Iterable[Publication]) -> dict[str, list[Publication]]:
    """The papers whose code is in a repository, and that somebody wrote, by its address."""
    found: dict[str, list[Publication]] = {}
    for paper in papers:
        address = repository(paper)
        if address and writers(paper):
            found.setdefault(address, []).append(paper)
    return found


def repository(publication: Publication) -> str:
    """Where the code is; nothing where it is not on the web."""
    return web_address(address_in(publication, *CODE)).rstrip("/")


def cff(papers: Sequence[Publication], site: Site, title: str, description: str = "", page: str = "") -> str:
    """The file for the software of these papers; the first is what to cite, and its authors are the software's.

    ``title`` and ``description`` are those of the page about it, ``page`` is that page's address.
    """
    first, *others = papers
    node = {
        "cff-version": "1.2.0",
        "message": MESSAGE,
        "type": "software",
        "title": normalize_whitespace(title),
        "abstract": normalize_whitespace(description),
        "authors": cff_authors(first, site),
        "repository-code": repository(first),
        "url": web_address(page),
        "keywords": list(dict.fromkeys(filter(None, map(normalize_whitespace, first.keywords)))),
        "preferred-citation": cff_reference(first, site),
        "references": [cff_reference(each, site) for each in others],
    }
    return as_yaml(drop_empty(node))


def cff_reference(publication: Publication, site: Site) -> Node:
    """One work to cite."""
    kind, journal = cff_type(publication), field_text(publication, "journal")
    first, last = page_range(publication)
    year, month = [*map(int, date_parts(publication)), 0, 0][:2]
    doi = publication.doi if DOI.fullmatch(publication.doi) else ""
    return drop_empty(
        {
            "type": kind,
            "title": normalize_whitespace(plain_text(publication.title)) or normalize_whitespace(publication.key),
            "authors": cff_authors(publication, site),
            "status": CFF_STATUSES.get(publication.status, ""),
            "journal": journal,
            "collection-title": "" if journal else field_text(publication, "booktitle", "maintitle", "series"),
            "conference": entity(field_text(publication, "eventtitle") if kind == "conference-paper" else ""),
            "volume": number_or_text(field_text(publication, "volume")),
            "issue" if journal else "number": number_or_text(field_text(publication, "number")),
            "start": number_or_text(first or field_text(publication, "eid")),
            "end": number_or_text(last),
            "year": year,
            "month": month,
            "publisher": entity(field_text(publication, "publisher")),
            "institution": entity(field_text(publication, "institution", "organization")),
            "thesis-type": field_text(publication, "type") if kind == "thesis" else "",
            "doi": doi,
            "url": cff_url(publication, doi),
            "identifiers": cff_identifiers(publication),
        }
    )


def cff_type(publication: Publication) -> str:
    """The type; a preprint is an article."""
    is_preprint = publication.status == "preprint" and publication.type in ("misc", "online")
    return "article" if is_preprint else CFF_TYPES.get(publication.type, "generic")


def cff_authors(publication: Publication, site: Site) -> list[Node]:
    """Who wrote it, else who edited it, each once."""
    orcid = next(filter(ORCID.fullmatch, site.same_as), "")
    once = {person.name: cff_person(person, orcid) for person in writers(publication)}
    return list(once.values())


def writers(publication: Publication) -> list[Person]:
    """Its authors, else its editors."""
    return list(clean_names(publication.authors)) or list(clean_names(publication.editors))


def cff_person(person: Person, orcid: str) -> Node:
    """A person, or a body; only of the owner is the ORCID known."""
    if person.corporate:
        return entity(person.name)
    has_both = bool(person.family and person.given)
    return drop_empty(
        {
            "family-names": person.family if has_both else person.name,
            "given-names": person.given if has_both else "",
            "name-suffix": person.suffix if has_both else "",
            "orcid": orcid if person.owner else "",
        }
    )


def entity(name: str) -> Node:
    """A body by its name; nothing where there is none."""
    return {"name": name} if name else {}


def cff_url(publication: Publication, doi: str) -> str:
    """Where the work is: what its entry says, else an archive, else what the DOI that the schema does not take says."""
    archived = address_in(publication, "eprint", "arxiv")
    return web_address(address_in(publication, "url") or archived or ("" if doi else address_in(publication, "doi")))


def cff_identifiers(publication: Publication) -> list[Node]:
    """The arXiv number, for which the format has no name."""
    arxiv = normalize_whitespace(publication.arxiv)
    return [{"type": "other", "value": f"arXiv:{arxiv}"}] if arxiv else []


def number_or_text(text: str) -> int | str:
    """A number where a text is one."""
    return int(text) if NUMBER.fullmatch(text) else text


class Text(str):
    """A value that YAML has to read as text, whatever it looks like."""

    __slots__ = ()


class Dumper(yaml.SafeDumper):
    """PyYAML's writer, with every ``Text`` in double quotes and all else, such as names of properties, plain."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent lists below their property, too, as people do."""
        super().increase_indent(flow, indentless=False)


Dumper.add_representer(Text, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


def as_yaml(node: Node) -> str:
    """A node as YAML: properties in their own order, each text on one line and in quotes (YAML 1.2, section 7.3.1).

    >>> print(as_yaml({"title": "1984", "year": 1949}), end="")
    title: "1984"
    year: 1949
    """
    return yaml.dump(with_quotes(node), Dumper=Dumper, sort_keys=False, allow_unicode=True, width=math.inf)


def with_quotes(value: Any) -> Any:
    """A node whose texts are ``Text``."""
    match value:
        case dict():
            return {name: with_quotes(each) for name, each in value.items()}
        case list():
            return [with_quotes(each) for each in value]
    return Text(value) if isinstance(value, str) else value
