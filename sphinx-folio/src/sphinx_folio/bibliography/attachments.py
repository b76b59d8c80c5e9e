"""The files and pages of a site that its publications name: a paper's PDF, a picture, the page of a project."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from sphinx_folio.bibliography.library import Library
from sphinx_folio.bibtex.model import Problem

PROJECT, PICTURE = "project", "preview"  # the fields that name a page, and a picture; others name files to download

# Folders and files of the site that are its owner's own, and what a picture is.
PRIVATE = ("build", "conf.py")
PICTURES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")

# Where files are looked for in the site: from its top, among what is served as it is, then where al-folio keeps them.
FOLDERS = ("", "_static", "assets/pdf")
FOLDERS_OF_PICTURES = ("", "_static", "assets/img/publication_preview")


class FileReference(NamedTuple):
    """A page or file of the site that an entry names, and where it does."""

    field: str
    target: str
    key: str
    file: str
    line: int


def file_references(library: Library) -> Iterator[FileReference]:
    """The pages and files of the site that the entries name."""
    for each in library.publications:
        files = [(link.field, link.target) for link in each.links if link.is_file]
        named = [(PROJECT, each.project), (PICTURE, each.preview), *files]
        entry = each.entry
        found = [FileReference(*pair, each.key, entry.file, entry.line_of(pair[0])) for pair in named if pair[1]]
        yield from sorted(found, key=lambda reference: reference.line)


def find_attachment(field: str, target: str, site: Path) -> str | None:
    """The path in the site's folder of a file that a field names; None where there is no such file in there."""
    if field == PICTURE and not target.lower().endswith(PICTURES):
        return None
    site = site.resolve()
    for folder in FOLDERS_OF_PICTURES if field == PICTURE else FOLDERS:
        try:
            path = (site / folder / target.lstrip("/")).resolve()
            if path.is_file() and path.is_relative_to(site) and is_public(path.relative_to(site)):
                return path.relative_to(site).as_posix()
        except (OSError, ValueError):  # no name that a file can have
            return None
    return None


def is_public(path: Path) -> bool:
    """Whether a file of the site may be published: none that is hidden, and nothing of what only the owner sees."""
    return path.parts[0] not in PRIVATE and not any(part.startswith(".") for part in path.parts)


def missing_attachments(named: Iterable[FileReference], site: Path) -> Iterator[Problem]:
    """The files that are not there."""
    for field, target, key, file, line in named:
        if field != PROJECT and find_attachment(field, target, site) is None:
            cure = (
                "put a picture into _static"
                if field == PICTURE
                else "put it into _static, or write its https:// address"
            )
            yield Problem(file, line, key, f"no file {target!r} in this site", cure, "bibtex_file")
