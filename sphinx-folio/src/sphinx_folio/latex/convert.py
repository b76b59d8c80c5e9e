r"""LaTeX, as it stands in a ``.bib`` file, to pieces of readable text.

``{\lambda}Calculus: $O(n^2)$ in \emph{practice}`` becomes

    Piece("text", "λCalculus: "), Piece("math", "O(n^2)"), Piece("text", " in "), Piece("emphasis", "practice")

Case is kept as the author wrote it. What exporters make of a value is undone first (``&amp;``, ``\\'e``); formulas,
addresses and the like are put ``aside``; the rest becomes text, by tables where it holds nothing but accents, braces
and dashes (``tokens``), else by pylatexenc (``parser``); and then what was put aside returns (``pieces``).
"""

import html
import re
from collections.abc import Iterable
from functools import lru_cache

from sphinx_folio.latex.fastpath import quickly
from sphinx_folio.latex.macros import Kind
from sphinx_folio.latex.mathtext import in_line
from sphinx_folio.latex.parser import Reader
from sphinx_folio.latex.richtext import Piece, finished, one
from sphinx_folio.latex.verbatim import put_aside, returned

__all__ = ["Kind", "Piece", "complaints", "plain", "printable", "read", "to_text"]

SPECIAL = re.compile(r"[\\{}$~`'&]")
PAIRS = ("--", "</", "<<", ">>")
SPACE = re.compile(r"[^\S \N{NO-BREAK SPACE}]+")
# Control characters, which no page and no feed can hold, and the private ones that stand for what is put aside.
# Nor is shown what turns the text around it, which would change what stands beside the value.
UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\U000f0000-\U0010ffff"
                         "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # fmt: skip
# HTML in a value: an entity, however often its & was escaped, and the tags that are honoured.
ENTITY = re.compile(
    r"(?:\{\\&\}|\\?&)(?:amp;)*(?:\{?\\?#\}?(\d{1,7}|[xX][0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));"
)
ESCAPES = {"\\": "\\textbackslash{}", "~": "\\textasciitilde{}", **{each: f"\\{each}" for each in "{}$&"}}
# A backslash too many, which JSON leaves: \\'e, \\&, \\emph{…}.
DOUBLED = re.compile(r"""\\\\(?=['"`^]\{?\\?[^\W\d_]|[~=.cvHkrud]\{\\?[^\W\d_]+\}|[&%$\#_]|(?:emph|text[a-z]+)\{)""")
# Mendeley's and Zotero's idea of \emph{…}: it escapes every character of it.
ESCAPED_MACRO = re.compile(
    r"(?:\{?\$\\backslash\$\}?|\\textbackslash(?:\{\}|\s+))(?P<name>emph|text(?:it|bf|sc|tt|rm|superscript|subscript))\s*"
    r"(?:\{\\\{\}|\\\{)(?P<text>[^{}\\]*)(?:\{\\\}\}|\\\})"
)


def read(source: str) -> tuple[Piece, ...]:
    """Turn one field's value into pieces; what cannot be read as LaTeX keeps its text."""
    return convert(source)[0]


def complaints(source: str) -> tuple[str, ...]:
    """What in a value is no LaTeX known here, each once, in its order."""
    return convert(source)[1]


def to_text(source: str) -> str:
    """The same as one plain string."""
    return plain(convert(source)[0])


def plain(pieces: Iterable[Piece]) -> str:
    """The text of pieces, without their kinds; formulas as they can be written in a line."""
    return "".join([in_line(piece.text) if piece.kind == "math" else piece.text for piece in pieces])


@lru_cache(maxsize=20_000)  # co-authors, journals and years come again and again
def convert(source: str) -> tuple[tuple[Piece, ...], tuple[str, ...]]:
    """Pieces and complaints."""
    if not SPECIAL.search(source) and not any(pair in source for pair in PAIRS):
        return one(printable(source)), ()
    held: list[Piece | str] = []
    rest = put_aside(as_latex(printable(source)), held)
    text = quickly(rest)
    if text is None:
        reader = Reader(held)
        pieces = reader.read(rest)
        return finished(pieces), tuple(dict.fromkeys(reader.complaints))
    if held or "</" in text:
        return finished(returned(text, "text", held)), ()
    return one(text), ()


def printable(text: str) -> str:
    """Without control characters, and with no space but ordinary and no-break ones."""
    return text if text.isprintable() else SPACE.sub(" ", UNPRINTABLE.sub("", text))


def as_latex(source: str) -> str:
    """The value with entities and what exporters make of it in LaTeX's own spelling."""
    if "&" in source:
        source = ENTITY.sub(character, source)
    if "\\\\" in source:
        source = DOUBLED.sub(r"\\", source)
    if "backslash" in source:
        source = ESCAPED_MACRO.sub(r"\\\g<name>{\g<text>}", source)
    return source


def character(entity: re.Match[str]) -> str:
    """The character of an HTML entity; what is none stays."""
    text = html.unescape(f"&#{entity[1]};" if entity[1] else f"&{entity[2]};")
    return entity[0] if text.endswith(";") and len(text) > 1 else ESCAPES.get(text, printable(text))
