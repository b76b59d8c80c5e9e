"""The words of schema.org that the site says: types, and the properties that each has there."""

from collections.abc import Iterator
from typing import Any

THING = {"description", "identifier", "image", "name", "sameAs", "url"}
WORK = {
    *THING,
    *("abstract", "author", "award", "creativeWorkStatus", "datePublished", "editor", "encoding", "headline"),
    *("inLanguage", "isPartOf", "keywords", "publisher", "sourceOrganization", "version"),
}
PAGES = {"pageEnd", "pageStart"}
PERSON = {
    *("affiliation", "alumniOf", "award", "email", "familyName", "givenName", "honorificSuffix", "jobTitle"),
    *("knowsAbout", "worksFor"),
}

TYPES = {
    "Article": WORK | PAGES,
    "Book": WORK | {"isbn"},
    "BookSeries": WORK | {"issn"},
    "Chapter": WORK | PAGES,
    "CreativeWork": WORK,
    "Dataset": WORK | {"issn"},
    "EducationalOrganization": THING,
    "MediaObject": WORK | {"contentUrl", "encodingFormat"},
    "Organization": THING,
    "Periodical": WORK | {"issn"},
    "Person": THING | PERSON,
    "PropertyValue": THING | {"propertyID", "value"},
    "PublicationIssue": WORK | PAGES | {"issueNumber"},
    "PublicationVolume": WORK | PAGES | {"volumeNumber"},
    "Report": WORK | PAGES,
    "ScholarlyArticle": WORK | PAGES,
    "SoftwareSourceCode": WORK | {"codeRepository"},
    "Thesis": WORK | {"inSupportOf"},
    "WebSite": WORK | {"issn"},
}


def unknown(node: Any) -> Iterator[str]:
    """What of a node, and of those in it, schema.org has no word for."""
    for each in node if isinstance(node, list) else []:
        yield from unknown(each)
    if not isinstance(node, dict) or node.keys() == {"@id"}:  # a text, or another node by its name
        return
    kind = node.get("@type")
    if kind not in TYPES:
        yield f"no type {kind!r}"
        return
    for name, value in node.items():
        if not name.startswith("@") and name not in TYPES[kind]:
            yield f"{kind} has no property {name!r}"
        yield from unknown(value)
