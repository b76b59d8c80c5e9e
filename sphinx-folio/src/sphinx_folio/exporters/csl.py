"""Publications as CSL-JSON, which Zotero, Pandoc, Word plug-ins and every citation processor read.

After the schema ``csl-data.json`` and the specification of the Citation Style Language, version 1.0.2.
"""

import json
from collections.abc import Iterable
from typing import Any

from sphinx_folio.bibliography.names import Person
from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.exporters.fields import address_in, clean_names, date_parts, field_text, page_range
from sphinx_folio.exporters.languages import language
from sphinx_folio.latex.convert import plain_text
from sphinx_folio.text import normalize_whitespace

CSL_TYPES = {
    "article": "article-journal",
    "suppperiodical": "article-journal",
    "periodical": "periodical",
    **dict.fromkeys("book manual mvbook collection mvcollection reference mvreference".split(), "book"),
    **dict.fromkeys("proceedings mvproceedings".split(), "book"),
    **dict.fromkeys("inbook bookinbook suppbook incollection suppcollection".split(), "chapter"),
    "inreference": "entry-encyclopedia",
    "inproceedings": "paper-conference",
    "thesis": "thesis",
    "report": "report",
    "online": "webpage",
    "software": "software",
    "dataset": "dataset",
    "patent": "patent",
    "booklet": "pamphlet",
    "unpublished": "manuscript",
}

# Variables and the fields that they are taken from.
VARIABLES = {
    "container-title": ("journal", "booktitle", "maintitle"),
    "container-title-short": ("shortjournal",),
    "collection-title": ("series",),
    "volume": ("volume",),
    "edition": ("edition",),
    "version": ("version",),
    "chapter-number": ("chapter",),
    "number-of-pages": ("pagetotal",),
    "number-of-volumes": ("volumes",),
    "publisher": ("publisher", "institution", "organization", "howpublished"),
    "publisher-place": ("address",),
    "genre": ("type",),
    "ISBN": ("isbn",),
    "ISSN": ("issn",),
    "PMID": ("pmid",),
    "PMCID": ("pmcid",),
}


def csl_json(publications: Iterable[Publication]) -> str:
    """A ``.json`` file, with one work a line."""
    works = (json.dumps(csl_item(each), ensure_ascii=False) for each in publications)
    return "[\n" + ",\n".join(works) + "\n]\n"


def csl_item(publication: Publication) -> dict[str, Any]:
    """One work; its ``id`` is the citation key."""
    work: dict[str, Any] = {
        "id": normalize_whitespace(publication.key),
        "type": csl_type(publication),
        "title": normalize_whitespace(plain_text(publication.title)),
        "author": [csl_name(person) for person in clean_names(publication.authors)],
        "editor": [csl_name(person) for person in clean_names(publication.editors)],
        "issued": issued(publication),
        **{variable: field_text(publication, *fields) for variable, fields in VARIABLES.items()},
        number_of(publication): field_text(publication, "number"),
        "page": "-".join(filter(None, page_range(publication))) or field_text(publication, "eid"),
        "DOI": normalize_whitespace(publication.doi),
        "URL": address_in(publication, "url") or address_in(publication, "eprint", "arxiv"),
        "abstract": normalize_whitespace(plain_text(publication.abstract)),
        "language": language(publication),
        "keyword": normalize_whitespace(", ".join(publication.keywords)),
        "note": normalize_whitespace(plain_text(publication.note)),
        "status": "forthcoming" if publication.status == "to appear" else "",
    }
    if publication.and_others:
        work["author" if publication.authors else "editor"].append({"literal": "others"})
    if publication.arxiv and work["type"] == "article":
        work |= {"publisher": work["publisher"] or "arXiv", "number": f"arXiv:{publication.arxiv}"}
    return {variable: value for variable, value in work.items() if value}


def csl_type(publication: Publication) -> str:
    """The type; a preprint is an ``article``."""
    is_preprint = publication.status == "preprint" and publication.type in ("article", "misc", "online", "unpublished")
    return "article" if is_preprint else CSL_TYPES.get(publication.type, "document")


def number_of(publication: Publication) -> str:
    """The variable that a number is for this type: a journal's issue, a place in a series, or the work's own."""
    if field_text(publication, "journal"):
        return "issue"
    return "collection-number" if field_text(publication, "series") else "number"


def csl_name(person: Person) -> dict[str, str]:
    """A name in its parts, or whole."""
    if person.corporate or not (person.family and person.given):
        return {"literal" if person.corporate else "family": person.name}
    parts = {"family": person.family, "given": person.given, "suffix": person.suffix}
    return {part: text for part, text in parts.items() if text}


def issued(publication: Publication) -> dict[str, Any]:
    """The date in numbers, else what is said instead of one."""
    if parts := date_parts(publication):
        return {"date-parts": [[int(part) for part in parts]]}
    return {"literal": text} if (text := normalize_whitespace(publication.date.text)) else {}
