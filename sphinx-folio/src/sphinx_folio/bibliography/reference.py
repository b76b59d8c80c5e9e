"""Publications in prose: who wrote them, where they appeared, and both as a reference of one line."""

from typing import TYPE_CHECKING

from sphinx_folio.bibliography.container import author_list
from sphinx_folio.latex.convert import plain_text

if TYPE_CHECKING:
    from sphinx_folio.bibliography.publication import Publication


def ending(publication: "Publication") -> str:
    """What stands behind the names of who wrote it, or of who edited it where nobody did."""
    others = " et al." if publication.and_others else ""
    if publication.authors or not publication.editors:
        return others
    return others + (" (eds.)" if others or len(publication.editors) > 1 else " (ed.)")


def byline(publication: "Publication") -> str:
    """Who wrote it, else who edited it."""
    people = publication.authors or publication.editors
    return author_list(people) + ending(publication) if people else ""


def reference(publication: "Publication") -> str:
    """The publication in one plain line: authors, title, where."""
    return sentences(byline(publication), plain_text(publication.title), plain_text(publication.where))


def sentences(*parts: str) -> str:
    """What there is of these parts, each ended by a full stop."""
    return " ".join(part + stop(part) for part in parts if part)


def stop(text: str) -> str:
    """The full stop that a sentence lacks."""
    return "" if text.rstrip("”’\"'").endswith((".", "?", "!", "…", "。", "？", "！", "؟")) else "."
