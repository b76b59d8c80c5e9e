"""The newest publications as a feed that readers subscribe to: Atom 1.0 (RFC 4287).

Dates are the publications' own and never the clock's, so the same papers make the same feed. What identifies an entry
is made from the owner's name and the citation key, and stays when the site moves.
"""

from collections.abc import Callable, Iterable
from itertools import islice
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.bibliography.reference import reference
from sphinx_folio.exporters.fields import clean_names, date_parts
from sphinx_folio.exporters.site import Site
from sphinx_folio.latex.convert import plain_text
from sphinx_folio.text import normalize_whitespace

NEWEST = 50
LONG_AGO = "1970-01-01T00:00:00Z"  # Atom asks for a date where a publication has none


def atom(publications: Iterable[Publication], site: Site, path: str, path_of: Callable[[Publication], str]) -> str:
    """The feed of the first of these publications; ``path`` is its own in the site, ``path_of`` that of a paper."""
    newest = list(islice(publications, NEWEST))
    feed = ET.Element("feed", xmlns="http://www.w3.org/2005/Atom")
    if site.language:
        feed.set("xml:lang", normalize_whitespace(site.language))
    add(feed, "title", f"{site.title}: publications")
    add(feed, "id", identity(site))
    add(feed, "updated", max(map(updated, newest), default=LONG_AGO))
    add(ET.SubElement(feed, "author"), "name", site.author or site.title)
    if site.address:
        own, home = normalize_whitespace(site.absolute(path)), normalize_whitespace(site.address)
        ET.SubElement(feed, "link", rel="self", type="application/atom+xml", href=own)
        ET.SubElement(feed, "link", rel="alternate", type="text/html", href=home)
    for publication in newest:
        feed.append(entry(publication, site, path_of(publication)))
    ET.indent(feed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(feed, encoding="unicode")}\n'


def entry(publication: Publication, site: Site, path: str) -> ET.Element:
    """One publication."""
    element = ET.Element("entry")
    add(element, "title", plain_text(publication.title))
    add(element, "id", identity(site, publication.key))
    add(element, "updated", updated(publication))
    if date_parts(publication):
        add(element, "published", updated(publication))
    for person in clean_names(publication.authors):
        add(ET.SubElement(element, "author"), "name", person.name)
    address = site.absolute(path) or (publication.title_link.target if publication.title_link else "")
    if address:
        ET.SubElement(element, "link", rel="alternate", type="text/html", href=normalize_whitespace(address))
    for keyword in publication.keywords:
        ET.SubElement(element, "category", term=normalize_whitespace(keyword))
    add(element, "summary", plain_text(publication.abstract) or reference(publication))
    return element


def add(parent: ET.Element, tag: str, text: str) -> None:
    """Put an element with a text into another."""
    ET.SubElement(parent, tag).text = normalize_whitespace(text)


def identity(site: Site, key: str = "") -> str:
    """What a feed reader knows the feed, or an entry of it, by."""
    return uuid5(NAMESPACE_URL, f"publications of {site.author or site.title}#{key}").urn


def updated(publication: Publication) -> str:
    """When it appeared, at the beginning of the day, month or year that is known."""
    parts = date_parts(publication)
    return "-".join((*parts, "01", "01")[:3]) + "T00:00:00Z" if parts else LONG_AGO
