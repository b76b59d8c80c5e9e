"""What stands in the head of a paper's page for Google Scholar and Zotero: ``citation_*`` tags.

After Google Scholar's inclusion guidelines for webmasters ("Configuring the meta-tags") and what Zotero's translator
"Embedded Metadata" takes. The first says which tag makes a journal article, a conference paper, a thesis or a report of
it, so each work has at most one of those.
"""

from collections.abc import Iterator

from sphinx_folio.bibliography.names import Person
from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.exporters.fields import clean_names, date_parts, field_text, page_range
from sphinx_folio.exporters.languages import language
from sphinx_folio.latex.convert import plain_text
from sphinx_folio.text import normalize_whitespace

# For each type the tag that says what the work is, and the fields that it is taken from.
CONTAINERS = {
    "article": ("citation_journal_title", ("journal",)),
    "suppperiodical": ("citation_journal_title", ("journal",)),
    "inproceedings": ("citation_conference_title", ("booktitle", "eventtitle")),
    "thesis": ("citation_dissertation_institution", ("institution", "publisher")),
    "report": ("citation_technical_report_institution", ("institution", "organization", "publisher")),
    **dict.fromkeys(
        "inbook bookinbook suppbook incollection suppcollection inreference".split(),
        ("citation_inbook_title", ("booktitle", "maintitle")),
    ),
}


def highwire(publication: Publication, pdf: str = "", address: str = "") -> list[tuple[str, str]]:
    """Names and contents of the tags, in order, as text.

    ``pdf`` and ``address`` are the absolute addresses of the paper's full text and of its page, or empty.
    """
    return [(tag, text) for tag, text in meta_tags(publication, pdf, address) if text]


def meta_tags(publication: Publication, pdf: str, address: str) -> Iterator[tuple[str, str]]:
    """The tags; some are empty."""
    yield "citation_title", normalize_whitespace(plain_text(publication.title))
    for tag, persons in (("citation_author", publication.authors), ("citation_editor", publication.editors)):
        yield from ((tag, highwire_name(person, is_alone=len(persons) == 1)) for person in clean_names(persons))
    yield "citation_publication_date", "/".join(date_parts(publication))
    container, fields = CONTAINERS.get(publication.type, ("citation_journal_title", ("journal",)))
    yield container, field_text(publication, *fields)
    yield "citation_series_title", field_text(publication, "series")
    yield "citation_volume", field_text(publication, "volume")
    is_report = publication.type == "report"
    yield "citation_technical_report_number" if is_report else "citation_issue", field_text(publication, "number")
    yield from zip(("citation_firstpage", "citation_lastpage"), page_range(publication), strict=True)
    yield "citation_doi", normalize_whitespace(publication.doi)
    yield "citation_arxiv_id", normalize_whitespace(publication.arxiv)
    yield from (("citation_issn", number) for number in numbers(publication, "issn"))
    yield from (("citation_isbn", number) for number in numbers(publication, "isbn"))
    yield "citation_pmid", field_text(publication, "pmid")
    yield "citation_publisher", field_text(publication, "publisher")
    yield from (("citation_keywords", normalize_whitespace(keyword)) for keyword in publication.keywords)
    yield "citation_language", language(publication)
    yield "citation_abstract_html_url", normalize_whitespace(address)
    yield "citation_pdf_url", normalize_whitespace(pdf)


def highwire_name(person: Person, is_alone: bool) -> str:
    """A name as ``Family, Given``, or as it is said where Zotero would take that for two people.

    It divides what a lone author is called at the comma where there are two words on either side.
    """
    given = " ".join(filter(None, (person.given, person.suffix)))
    if person.corporate or not (person.family and person.given) or (is_alone and " " in person.family and " " in given):
        return person.name.replace(";", ",")
    return f"{person.family}, {given}".replace(";", ",")


def numbers(publication: Publication, name: str) -> list[str]:
    """Each number of a field that may hold several."""
    return field_text(publication, name).replace(",", " ").replace(";", " ").split()
