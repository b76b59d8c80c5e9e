"""Publications as RIS, which EndNote, Zotero, Mendeley and JabRef read.

The tags are those of the format's specification (Research Information Systems, 2001 and 2011) as Zotero and EndNote use
them. Lines end with a carriage return and a line feed, as the specification has it and every reader accepts; a value is
one line. An asterisk is not allowed in names, keywords and the names of periodicals.
"""

from collections.abc import Iterable, Iterator

from sphinx_folio.bibliography.names import Person
from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.exporters.fields import address_in, date_parts, field, named, page_range
from sphinx_folio.exporters.languages import language
from sphinx_folio.latex.convert import plain
from sphinx_folio.text import one_line

TYPES = {
    "article": "JOUR",
    "suppperiodical": "JOUR",
    "periodical": "JFULL",
    **dict.fromkeys("book manual mvbook reference mvreference".split(), "BOOK"),
    **dict.fromkeys("collection mvcollection proceedings mvproceedings".split(), "EDBOOK"),
    **dict.fromkeys("inbook bookinbook suppbook incollection suppcollection".split(), "CHAP"),
    "inreference": "ENCYC",
    "inproceedings": "CONF",  # CPAPER means the same, but fewer programs know it
    "thesis": "THES",
    "report": "RPRT",
    "online": "ELEC",
    "software": "COMP",
    "dataset": "DATA",
    "patent": "PAT",
    "booklet": "PAMP",
    "unpublished": "UNPB",
}
WHOLE = {"BOOK", "EDBOOK"}


def library(publications: Iterable[Publication]) -> str:
    """A ``.ris`` file."""
    return "".join(map(ris, publications))


def ris(publication: Publication) -> str:
    """One reference, from TY to ER."""
    lines = [f"{tag}  - {text}\r\n" for tag, text in tags(publication) if text]
    return "".join([*lines, "ER  - \r\n"])


def tags(publication: Publication) -> Iterator[tuple[str, str]]:
    """Tags and their values; some are empty."""
    kind = type_of(publication)
    yield "TY", kind
    yield "ID", one_line(publication.key)
    yield from (("AU", name(person)) for person in named(publication.authors))
    yield from (("A3" if kind in WHOLE else "A2", name(person)) for person in named(publication.editors))
    yield "TI", one_line(plain(publication.title))
    yield from date(publication)
    yield from place(publication, kind)
    yield "DO", one_line(publication.doi)
    yield "AN", f"arXiv:{publication.arxiv}" if publication.arxiv else ""
    # A semicolon would begin another address.
    yield "UR", address(publication).replace(";", "%3B")
    yield "L1", address_in(publication, "pdf").replace(";", "%3B")
    yield "AB", one_line(plain(publication.abstract))
    yield from (("KW", starless(one_line(keyword))) for keyword in publication.keywords)
    yield "LA", language(publication)
    yield "N1", one_line(plain(publication.note))


def type_of(publication: Publication) -> str:
    """The type of reference."""
    unpublished = publication.status == "preprint" and publication.type in ("misc", "online")
    return "UNPB" if unpublished else TYPES.get(publication.type, "GEN")


def name(person: Person) -> str:
    """A name as ``Family, Given, Suffix``."""
    if person.corporate or not (person.family and person.given):
        return starless(person.name)
    return starless(", ".join(filter(None, (person.family, person.given, person.suffix))))


def date(publication: Publication) -> Iterator[tuple[str, str]]:
    """The year, and the date as year/month/day/whatever else is said."""
    parts = date_parts(publication)
    if parts:
        yield "PY", parts[0]
        yield "DA", "/".join([*parts, "", "", ""][:3]) + "/" if len(parts) > 1 else ""
    elif publication.date.text:
        yield "DA", f"///{one_line(publication.date.text)}"


def place(publication: Publication, kind: str) -> Iterator[tuple[str, str]]:
    """Where it appeared."""
    first, last = page_range(publication)
    yield "T2", starless(field(publication, "journal", "booktitle", "maintitle"))
    yield "J2", starless(field(publication, "shortjournal"))
    yield "T3", starless(field(publication, "series"))
    yield "VL", field(publication, "volume")
    has_own_number = kind in ("RPRT", "PAT")
    yield "SN" if has_own_number else "IS", field(publication, "number")
    yield "SN", "" if has_own_number else field(publication, "issn", "isbn")
    yield "SP", first
    yield "EP", last
    yield "C7", field(publication, "eid")
    yield "ET", field(publication, "edition", "version")
    yield "PB", field(publication, "publisher", "institution", "organization", "howpublished")
    yield "CY", field(publication, "address")
    yield "M3", field(publication, "type")


def address(publication: Publication) -> str:
    """The address of the work."""
    return address_in(publication, "url") or address_in(publication, "eprint", "arxiv")


def starless(text: str) -> str:
    """A text without asterisks."""
    return " ".join(text.replace("*", "").split()) if "*" in text else text
