"""What search engines read about the owner, the site and each paper: JSON-LD in the vocabulary of schema.org.

A paper is a ScholarlyArticle, or what its type says; the owner is one node of the graph, ``HOME#me``, wherever a name
is the owner's. The page of a paper and the home page carry ``script(…)`` in their heads.
"""

import json
from collections.abc import Iterable, Sequence

from sphinx_folio.bibliography.names import Person
from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.bibliography.urls import web_address
from sphinx_folio.cv.model import CVEntry, EntryKind
from sphinx_folio.exporters.fields import Node, address_in, clean_names, date_parts, drop_empty, field_text, page_range
from sphinx_folio.exporters.languages import language
from sphinx_folio.exporters.site import Site
from sphinx_folio.latex.convert import plain_text
from sphinx_folio.text import normalize_whitespace

SCHEMA_TYPES = {
    **dict.fromkeys("book manual mvbook collection mvcollection reference mvreference booklet".split(), "Book"),
    **dict.fromkeys("proceedings mvproceedings".split(), "Book"),
    **dict.fromkeys("inbook bookinbook suppbook incollection suppcollection inreference".split(), "Chapter"),
    "periodical": "Periodical",
    "thesis": "Thesis",
    "report": "Report",
    "online": "Article",
    "software": "SoftwareSourceCode",
    "dataset": "Dataset",
    "patent": "CreativeWork",
}
PAGED = ("Article", "Chapter", "Report", "ScholarlyArticle")  # those that schema.org gives pages
SAME = ("doi", "url", "eprint", "arxiv")  # fields whose addresses are those of the work itself
CREATIVE_WORK_STATUSES = {"preprint": "Preprint", "to appear": "To appear"}


def script(*nodes: Node) -> str:
    """An element for the head of a page, with these nodes in it; no text in them can end it."""
    data = nodes[0] if len(nodes) == 1 else {"@graph": nodes}
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return f'<script type="application/ld+json">{text}</script>'


def schema_person(site: Site, activities: Sequence[CVEntry] = ()) -> Node:
    """The owner, for the home page; with a career, also where the owner is, was taught, and was honoured."""
    now = [each for each in activities if each.current]
    positions, education = of_kind(now, "position"), of_kind(activities, "education")
    return drop_empty(
        {
            "@type": "Person",
            "@id": owner_id(site),
            "name": normalize_whitespace(site.author),
            "url": normalize_whitespace(site.address),
            "image": normalize_whitespace(site.absolute(site.picture)) if site.address else "",
            "description": normalize_whitespace(site.description),
            "email": f"mailto:{normalize_whitespace(site.email)}" if site.email else "",
            "jobTitle": normalize_whitespace(site.job_title) or next((p.title for p in positions if p.title), ""),
            "worksFor": bodies(positions),
            "affiliation": bodies(of_kind(now, "position", "education")) or organization(site.affiliation),
            "alumniOf": bodies([each for each in education if not each.current], "EducationalOrganization"),
            "award": list(filter(None, map(named_award, of_kind(activities, "award")))),
            "knowsAbout": [normalize_whitespace(topic) for topic in site.topics],
            "sameAs": [normalize_whitespace(address) for address in site.same_as],
        }
    )


def of_kind(activities: Iterable[CVEntry], *kinds: EntryKind) -> list[CVEntry]:
    """The activities of some kinds."""
    return [each for each in activities if each.kind in kinds]


def bodies(activities: Iterable[CVEntry], kind: str = "Organization") -> list[Node]:
    """The organizations where the activities were, each once."""
    found: dict[str, Node] = {}
    for each in activities:
        if each.organization:
            node = drop_empty({"@type": kind, "name": each.organization, "url": normalize_whitespace(each.url)})
            found.setdefault(each.organization, node)
    return list(found.values())


def named_award(activity: CVEntry) -> str:
    """An award, who gave it, and its year: ``Royal Medal, Royal Society (1843)``; nothing where neither is said."""
    name = ", ".join(filter(None, (activity.title, activity.organization)))
    date = activity.period.start or activity.period.end
    return f"{name} ({date.year})" if name and date else name


def website(site: Site) -> Node:
    """The site, for the home page."""
    return drop_empty(
        {
            "@type": "WebSite",
            "@id": f"{site.address}#website" if site.address else "",
            "name": normalize_whitespace(site.title),
            "url": normalize_whitespace(site.address),
            "inLanguage": normalize_whitespace(site.language),
            "author": {"@id": owner_id(site)} if site.address else normalize_whitespace(site.author),
        }
    )


def scholarly_article(publication: Publication, site: Site, address: str = "", pdf: str = "") -> Node:
    """One paper; ``address`` and ``pdf`` are the absolute addresses of its page and of its full text, or empty."""
    kind = SCHEMA_TYPES.get(publication.type, "ScholarlyArticle")
    first, last = page_range(publication) if kind in PAGED else ("", "")
    title = normalize_whitespace(plain_text(publication.title))
    return drop_empty(
        {
            "@type": kind,
            "@id": normalize_whitespace(address),
            "name": title,
            "headline": title,
            "author": [schema_author(each, site) for each in clean_names(publication.authors)],
            "editor": [schema_author(each, site) for each in clean_names(publication.editors)],
            "datePublished": "-".join(date_parts(publication)),
            "isPartOf": container(publication),
            "pageStart": first,
            "pageEnd": last,
            "publisher": organization(field_text(publication, "publisher")),
            "sourceOrganization": organization(field_text(publication, "institution", "organization")),
            "inSupportOf": field_text(publication, "type") if kind == "Thesis" else "",
            "identifier": schema_identifiers(publication),
            "isbn": field_text(publication, "isbn") if kind == "Book" else "",
            "codeRepository": address_in(publication, "code", "url") if kind == "SoftwareSourceCode" else "",
            "version": field_text(publication, "version"),
            "url": normalize_whitespace(address),
            "sameAs": list(dict.fromkeys(filter(None, (address_in(publication, name) for name in SAME)))),
            "encoding": document(pdf),
            "abstract": normalize_whitespace(plain_text(publication.abstract)),
            "keywords": [normalize_whitespace(keyword) for keyword in publication.keywords],
            "award": normalize_whitespace(plain_text(publication.award)),
            "inLanguage": language(publication),
            "creativeWorkStatus": CREATIVE_WORK_STATUSES.get(publication.status, ""),
        }
    )


def schema_author(person: Person, site: Site) -> Node:
    """Who wrote it; the owner is the person of the home page."""
    if person.corporate:
        return organization(person.name)
    return drop_empty(
        {
            "@type": "Person",
            "@id": owner_id(site) if person.owner else "",
            "name": person.name,
            "givenName": person.given if person.family else "",
            "familyName": person.family if person.given else "",
            "honorificSuffix": person.suffix,
            "url": normalize_whitespace(site.address if person.owner else web_address(person.page)),
            "sameAs": [normalize_whitespace(address) for address in site.same_as] if person.owner else [],
        }
    )


def container(publication: Publication) -> Node:
    """What the work appeared in: an issue of a volume of a periodical, a book, or a series."""
    if journal := field_text(publication, "journal"):
        node = drop_empty({"@type": "Periodical", "name": journal, "issn": field_text(publication, "issn")})
        for kind, number, name in (
            ("PublicationVolume", "volumeNumber", "volume"),
            ("PublicationIssue", "issueNumber", "number"),
        ):
            if text := field_text(publication, name):
                node = {"@type": kind, number: text, "isPartOf": node}
        return node
    series = field_text(publication, "series")
    shelf: Node = {"@type": "BookSeries", "name": series} if series else {}
    if book := field_text(publication, "booktitle", "maintitle"):
        isbn = field_text(publication, "isbn")
        return drop_empty({"@type": "Book", "name": book, "isbn": isbn, "isPartOf": shelf})
    return shelf


def schema_identifiers(publication: Publication) -> list[Node]:
    """The numbers that the work is known by."""
    numbers = (("DOI", normalize_whitespace(publication.doi)), ("arXiv", normalize_whitespace(publication.arxiv)))
    return [{"@type": "PropertyValue", "propertyID": name, "value": value} for name, value in numbers if value]


def document(pdf: str) -> Node:
    """The full text."""
    if not pdf:
        return {}
    return {"@type": "MediaObject", "contentUrl": normalize_whitespace(pdf), "encodingFormat": "application/pdf"}


def organization(name: str) -> Node:
    """A body by its name; nothing where there is none."""
    return {"@type": "Organization", "name": normalize_whitespace(name)} if name else {}


def owner_id(site: Site) -> str:
    """What the owner is in the graph; nothing where the site's address is not known."""
    return f"{normalize_whitespace(site.address)}#me" if site.address else ""
