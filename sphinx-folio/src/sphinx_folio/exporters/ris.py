"""Publications as RIS, which EndNote, Zotero, Mendeley and JabRef read.

The tags are those of the format's specification (Research Information Systems, 2001 and 2011) as Zotero and EndNote use
them. Lines end with a carriage return and a line feed, as the specification has it and every reader accepts; a value is
one line. An asterisk is not allowed in names, keywords and the names of periodicals.
"""

from collections.abc import Iterable, Iterator

from sphinx_folio.bibliography.names import Person
from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.exporters.fields import address_in, clean_names, date_parts, field_text, page_range
from sphinx_folio.exporters.languages import language
from sphinx_folio.latex.convert import plain_text
from sphinx_folio.text import normalize_whitespace

RIS_TYPES = {
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


def ris_file(publications: Iterable[Publication]) -> str:
    """A ``.ris`` file."""
    return "".join(map(ris_record, publications))


def ris_record(publication: Publication) -> str:
    """One reference, from TY to ER."""
    lines = [f"{tag}  - {text}\r\n" for tag, text in ris_tags(publication) if text]
    return "".join([*lines, "ER  - \r\n"])


def ris_tags(publication: Publication) -> Iterator[tuple[str, str]]:
    """Tags and their values; some are empty."""
    kind = ris_type(publication)
    yield "TY", kind
    yield "ID", normalize_whitespace(publication.key)
    yield from (("AU", ris_name(person)) for person in clean_names(publication.authors))
    yield from (("A3" if kind in WHOLE else "A2", ris_name(person)) for person in clean_names(publication.editors))
    yield "TI", normalize_whitespace(plain_text(publication.title))
    yield from ris_date(publication)
    yield from ris_container(publication, kind)
    yield "DO", normalize_whitespace(publication.doi)
    yield "AN", f"arXiv:{publication.arxiv}" if publication.arxiv else ""
    # A semicolon would begin another address.
    yield "UR", ris_address(publication).replace(";", "%3B")
    yield "L1", address_in(publication, "pdf").replace(";", "%3B")
    yield "AB", normalize_whitespace(plain_text(publication.abstract))
    yield from (("KW", starless(normalize_whitespace(keyword))) for keyword in publication.keywords)
    yield "LA", language(publication)
    yield "N1", normalize_whitespace(plain_text(publication.note))


def ris_type(publication: Publication) -> str:
    """The type of reference."""
    unpublished = publication.status == "preprint" and publication.type in ("misc", "online")
    return "UNPB" if unpublished else RIS_TYPES.get(publication.type, "GEN")


def ris_name(person: Person) -> str:
    """A name as ``Family, Given, Suffix``."""
    if person.corporate or not (person.family and person.given):
        return starless(person.name)
    return starless(", ".join(filter(None, (person.family, person.given, person.suffix))))


def ris_date(publication: Publication) -> Iterator[tuple[str, str]]:
    """The year, and the date as year/month/day/whatever else is said."""
    parts = date_parts(publication)
    if parts:
        yield "PY", parts[0]
        yield "DA", "/".join([*parts, "", "", ""][:3]) + "/" if len(parts) > 1 else ""
    elif publication.date.text:
        yield "DA", f"///{normalize_whitespace(publication.date.text)}"


def ris_container(publication: Publication, kind: str) -> Iterator[tuple[str, str]]:
    """Where it appeared."""
    first, last = page_range(publication)
    yield "T2", starless(field_text(publication, "journal", "booktitle", "maintitle"))
    yield "J2", starless(field_text(publication, "shortjournal"))
    yield "T3", starless(field_text(publication, "series"))
    yield "VL", field_text(publication, "volume")
    has_own_number = kind in ("RPRT", "PAT")
    yield "SN" if has_own_number else "IS", field_text(publication, "number")
    yield "SN", "" if has_own_number else field_text(publication, "issn", "isbn")
    yield "SP", first
    yield "EP", last
    yield "C7", field_text(publication, "eid")
    yield "ET", field_text(publication, "edition", "version")
    yield "PB", field_text(publication, "publisher", "institution", "organization", "howpublished")
    yield "CY", field_text(publication, "address")
    yield "M3", field_text(publication, "type")


def ris_address(publication: Publication) -> str:
    """The address of the work."""
    return address_in(publication, "url") or address_in(publication, "eprint", "arxiv")


def starless(text: str) -> str:
    """A text without asterisks."""
    return " ".join(text.replace("*", "").split()) if "*" in text else text
