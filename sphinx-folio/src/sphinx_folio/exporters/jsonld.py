"""What search engines read about the owner, the site and each paper: JSON-LD in the vocabulary of schema.org.

A paper is a ScholarlyArticle, or what its type says; the owner is one node of the graph, ``HOME#me``, wherever a name
is the owner's. The page of a paper and the home page carry ``script(…)`` in their heads.
"""

import json
from collections.abc import Iterable, Sequence

from sphinx_folio.bibliography.names import Person
from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.bibliography.urls import web_address
from sphinx_folio.cv.model import Activity, Kind
from sphinx_folio.exporters.fields import Node, address_in, date_parts, field, named, page_range, without_gaps
from sphinx_folio.exporters.languages import language
from sphinx_folio.exporters.site import Site
from sphinx_folio.latex.convert import plain
from sphinx_folio.text import one_line

TYPES = {
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
STATUS = {"preprint": "Preprint", "to appear": "To appear"}


def script(*nodes: Node) -> str:
    """An element for the head of a page, with these nodes in it; no text in them can end it."""
    data = nodes[0] if len(nodes) == 1 else {"@graph": nodes}
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return f'<script type="application/ld+json">{text}</script>'


def person(site: Site, activities: Sequence[Activity] = ()) -> Node:
    """The owner, for the home page; with a career, also where the owner is, was taught, and was honoured."""
    now = [each for each in activities if each.current]
    positions, education = of_kind(now, "position"), of_kind(activities, "education")
    return without_gaps(
        {
            "@type": "Person",
            "@id": owner_id(site),
            "name": one_line(site.author),
            "url": one_line(site.address),
            "image": one_line(site.absolute(site.picture)) if site.address else "",
            "description": one_line(site.description),
            "email": f"mailto:{one_line(site.email)}" if site.email else "",
            "jobTitle": one_line(site.job_title) or next((each.title for each in positions if each.title), ""),
            "worksFor": bodies(positions),
            "affiliation": bodies(of_kind(now, "position", "education")) or organization(site.affiliation),
            "alumniOf": bodies([each for each in education if not each.current], "EducationalOrganization"),
            "award": list(filter(None, map(named_award, of_kind(activities, "award")))),
            "knowsAbout": [one_line(topic) for topic in site.topics],
            "sameAs": [one_line(address) for address in site.same_as],
        }
    )


def of_kind(activities: Iterable[Activity], *kinds: Kind) -> list[Activity]:
    """The activities of some kinds."""
    return [each for each in activities if each.kind in kinds]


def bodies(activities: Iterable[Activity], kind: str = "Organization") -> list[Node]:
    """The organizations where the activities were, each once."""
    found: dict[str, Node] = {}
    for each in activities:
        if each.organization:
            node = without_gaps({"@type": kind, "name": each.organization, "url": one_line(each.url)})
            found.setdefault(each.organization, node)
    return list(found.values())


def named_award(activity: Activity) -> str:
    """An award, who gave it, and its year: ``Royal Medal, Royal Society (1843)``; nothing where neither is said."""
    name = ", ".join(filter(None, (activity.title, activity.organization)))
    date = activity.period.start or activity.period.end
    return f"{name} ({date.year})" if name and date else name


def website(site: Site) -> Node:
    """The site, for the home page."""
    return without_gaps(
        {
            "@type": "WebSite",
            "@id": f"{site.address}#website" if site.address else "",
            "name": one_line(site.title),
            "url": one_line(site.address),
            "inLanguage": one_line(site.language),
            "author": {"@id": owner_id(site)} if site.address else one_line(site.author),
        }
    )


def scholarly_article(publication: Publication, site: Site, address: str = "", pdf: str = "") -> Node:
    """One paper; ``address`` and ``pdf`` are the absolute addresses of its page and of its full text, or empty."""
    kind = TYPES.get(publication.type, "ScholarlyArticle")
    first, last = page_range(publication) if kind in PAGED else ("", "")
    title = one_line(plain(publication.title))
    return without_gaps(
        {
            "@type": kind,
            "@id": one_line(address),
            "name": title,
            "headline": title,
            "author": [author(each, site) for each in named(publication.authors)],
            "editor": [author(each, site) for each in named(publication.editors)],
            "datePublished": "-".join(date_parts(publication)),
            "isPartOf": container(publication),
            "pageStart": first,
            "pageEnd": last,
            "publisher": organization(field(publication, "publisher")),
            "sourceOrganization": organization(field(publication, "institution", "organization")),
            "inSupportOf": field(publication, "type") if kind == "Thesis" else "",
            "identifier": identifiers(publication),
            "isbn": field(publication, "isbn") if kind == "Book" else "",
            "codeRepository": address_in(publication, "code", "url") if kind == "SoftwareSourceCode" else "",
            "version": field(publication, "version"),
            "url": one_line(address),
            "sameAs": list(dict.fromkeys(filter(None, (address_in(publication, name) for name in SAME)))),
            "encoding": document(pdf),
            "abstract": one_line(plain(publication.abstract)),
            "keywords": [one_line(keyword) for keyword in publication.keywords],
            "award": one_line(plain(publication.award)),
            "inLanguage": language(publication),
            "creativeWorkStatus": STATUS.get(publication.status, ""),
        }
    )


def author(person: Person, site: Site) -> Node:
    """Who wrote it; the owner is the person of the home page."""
    if person.corporate:
        return organization(person.name)
    return without_gaps(
        {
            "@type": "Person",
            "@id": owner_id(site) if person.owner else "",
            "name": person.name,
            "givenName": person.given if person.family else "",
            "familyName": person.family if person.given else "",
            "honorificSuffix": person.suffix,
            "url": one_line(site.address if person.owner else web_address(person.page)),
            "sameAs": [one_line(address) for address in site.same_as] if person.owner else [],
        }
    )


def container(publication: Publication) -> Node:
    """What the work appeared in: an issue of a volume of a periodical, a book, or a series."""
    if journal := field(publication, "journal"):
        node = without_gaps({"@type": "Periodical", "name": journal, "issn": field(publication, "issn")})
        for kind, number, name in (
            ("PublicationVolume", "volumeNumber", "volume"),
            ("PublicationIssue", "issueNumber", "number"),
        ):
            if said := field(publication, name):
                node = {"@type": kind, number: said, "isPartOf": node}
        return node
    series = field(publication, "series")
    shelf: Node = {"@type": "BookSeries", "name": series} if series else {}
    if book := field(publication, "booktitle", "maintitle"):
        isbn = field(publication, "isbn")
        return without_gaps({"@type": "Book", "name": book, "isbn": isbn, "isPartOf": shelf})
    return shelf


def identifiers(publication: Publication) -> list[Node]:
    """The numbers that the work is known by."""
    numbers = (("DOI", one_line(publication.doi)), ("arXiv", one_line(publication.arxiv)))
    return [{"@type": "PropertyValue", "propertyID": name, "value": value} for name, value in numbers if value]


def document(pdf: str) -> Node:
    """The full text."""
    if not pdf:
        return {}
    return {"@type": "MediaObject", "contentUrl": one_line(pdf), "encodingFormat": "application/pdf"}


def organization(name: str) -> Node:
    """A body by its name; nothing where there is none."""
    return {"@type": "Organization", "name": one_line(name)} if name else {}


def owner_id(site: Site) -> str:
    """What the owner is in the graph; nothing where the site's address is not known."""
    return f"{one_line(site.address)}#me" if site.address else ""
