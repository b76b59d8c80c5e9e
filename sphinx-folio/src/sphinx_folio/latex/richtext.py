"""Pieces of readable text, joined and tidied; the few HTML tags that are honoured in them.

``Piece("text", "an <i>important</i> point")`` becomes text, emphasis and text.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import attrgetter

from sphinx_folio.latex.macros import Kind

SPACES = re.compile("  +")
TAG = re.compile(r"<(/?)(i|em|b|strong|sub|sup)>", re.IGNORECASE)
TAGS: dict[str, Kind] = {
    "i": "emphasis",
    "em": "emphasis",
    "b": "strong",
    "strong": "strong",
    "sub": "subscript",
    "sup": "superscript",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text of one kind; of kind ``math`` it is LaTeX source, without its dollar signs."""

    kind: Kind
    text: str


def one(text: str) -> tuple[Piece, ...]:
    """The only piece of a plain text."""
    text = tidy(text).strip(" ")
    return (Piece("text", text),) if text else ()


def tidy(text: str) -> str:
    """Single spaces, NFC."""
    if "  " in text:
        text = SPACES.sub(" ", text)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def finished(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Pieces with the tags honoured, neighbours of one kind joined, and no space too many."""
    joined = merged(pieces)
    if any("</" in piece.text for piece in joined):
        joined = merged(tagged(joined))
    done: list[Piece] = []
    after_space = True
    for piece in joined:
        text = piece.text if piece.kind == "math" else tidy(piece.text)
        if after_space and piece.kind not in ("math", "code"):
            text = text.lstrip(" ")
        if text:
            done.append(Piece(piece.kind, text))
            after_space = text[-1] == " "
    if after_space and done:
        done[-1] = Piece(done[-1].kind, done[-1].text.rstrip(" "))
    return tuple(piece for piece in done if piece.text)


def merged(pieces: Iterable[Piece]) -> list[Piece]:
    """Neighbours of one kind joined."""
    joined: list[Piece] = []
    for kind, run in groupby((piece for piece in pieces if piece.text), key=attrgetter("kind")):
        alike = [*run]
        joined += alike if kind == "math" else [Piece(kind, "".join([piece.text for piece in alike]))]
    return joined


def tagged(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Pieces between pairs of honoured tags in the kind of these; a tag without its other half is text."""
    parts = [Piece(piece.kind, part) for piece in pieces for part in split_at_tags(piece)]
    pairs = paired(parts)
    within: list[Kind] = ["text"]
    for index, part in enumerate(parts):
        if index not in pairs:
            yield Piece(within[-1], part.text) if part.kind == "text" else part
        elif part.text.startswith("</"):
            within.pop()
        else:
            within.append(TAGS[part.text[1:-1].lower()])


def split_at_tags(piece: Piece) -> list[str]:
    """The text of a piece, its tags apart."""
    if piece.kind in ("math", "code"):
        return [piece.text]
    ends = [0, *(end for match in TAG.finditer(piece.text) for end in match.span()), len(piece.text)]
    return [piece.text[start:end] for start, end in pairwise(ends)]


def paired(parts: Sequence[Piece]) -> set[int]:
    """Which parts are tags with both of their halves."""
    pairs: set[int] = set()
    open_tags: list[tuple[str, int]] = []
    waiting: Counter[str] = Counter()
    for index, part in enumerate(parts):
        tag = TAG.fullmatch(part.text) if part.kind not in ("math", "code") else None
        name = tag[2].lower() if tag else ""
        if tag and not tag[1]:
            open_tags.append((name, index))
            waiting[name] += 1
        elif waiting[name]:
            opened, start = open_tags.pop()
            while opened != name:
                waiting[opened] -= 1
                opened, start = open_tags.pop()
            waiting[name] -= 1
            pairs |= {start, index}
    return pairs
