"""The owner as an entry of an address book: a vCard 4.0 (RFC 6350).

The owner's other pages are plain ``URL`` lines, which every address book shows; few know RFC 9554's ``SOCIALPROFILE``.
"""

import mimetypes
from collections.abc import Iterator

from sphinx_folio.bibliography.names import read_person
from sphinx_folio.exporters.site import Site
from sphinx_folio.text import normalize_whitespace

WIDTH = 75  # octets in a line


def vcard(site: Site, name: str) -> str:
    """The text of the file ``name``, from the top of the site."""
    properties = (f"{left}:{right}" for left, right in properties_of(site, name) if right)
    return "".join(f"{fold_line(line)}\r\n" for line in ("BEGIN:VCARD", "VERSION:4.0", *properties, "END:VCARD"))


def properties_of(site: Site, name: str) -> Iterator[tuple[str, str]]:
    """Each property and its value, empty where it is not known."""
    owner = read_person(normalize_whitespace(site.author))
    parts = (owner.family, owner.given, "", "", owner.suffix)
    yield "KIND", "org" if owner.corporate else "individual"
    yield "FN", escape_text(owner.name or site.author)
    yield "N", "" if owner.corporate else ";".join(map(escape_text, parts))
    yield "TITLE", escape_text(site.job_title)
    yield "ORG", escape_text(site.affiliation)
    yield "EMAIL", escape_text(site.email)
    for address in dict.fromkeys((site.address, *site.same_as)):
        yield "URL", normalize_whitespace(address)
    yield "LANG", normalize_whitespace(site.language).replace("_", "-")
    if site.address:
        media, _ = mimetypes.guess_type(site.picture)
        yield f"PHOTO;MEDIATYPE={media}" if media else "PHOTO", normalize_whitespace(site.absolute(site.picture))
        yield "UID", f"{normalize_whitespace(site.address)}#me"
        yield "SOURCE", normalize_whitespace(site.absolute(name))


def escape_text(text: str) -> str:
    """A text on one line, without what would end the value or a part of it."""
    line = normalize_whitespace(text).replace("\\", "\\\\")
    return line.replace(",", "\\,").replace(";", "\\;")


def fold_line(line: str) -> str:
    """A line cut where it gets too long, never within a character; what goes on begins with a space."""
    pieces, room = [""], WIDTH
    for character in line:
        size = len(character.encode())
        if size > room:
            pieces.append(" ")
            room = WIDTH - 1
        pieces[-1] += character
        room -= size
    return "\r\n".join(pieces)
