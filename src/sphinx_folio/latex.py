r"""LaTeX, as it stands in a ``.bib`` file, to pieces of readable text.

``{\lambda}Scale: $O(n^2)$ in \emph{practice}`` becomes

    Piece("text", "λScale: "), Piece("math", "O(n^2)"), Piece("text", " in "), Piece("emphasis", "practice")

Case is kept as the author wrote it.
"""

import logging
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec
from pylatexenc.latex2text import get_default_latex_context_db as default_text_macros
from pylatexenc.latexwalker import LatexGroupNode, LatexMacroNode, LatexMathNode, LatexNode, LatexWalker
from pylatexenc.latexwalker import get_default_latex_context_db as default_macros
from pylatexenc.macrospec import LatexContextDb, ParsedVerbatimArgs, std_macro

# What it would log of a macro without its arguments helps nobody: the text is shown as it stands.
logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)

Kind = Literal["text", "emphasis", "strong", "code", "superscript", "subscript", "math"]

# Macros around text, and the kind that they make of it; None leaves it as it is.
MACROS: dict[str, Kind | None] = {
    **dict.fromkeys(["mbox", "hbox", "text", "textrm", "textsf", "textsc", "textnormal", "textup", "textmd"]),
    "emph": "emphasis",
    "textit": "emphasis",
    "textsl": "emphasis",
    "textbf": "strong",
    "texttt": "code",
    "textsuperscript": "superscript",
    "textsubscript": "subscript",
}
# The old form, {\em so}: a switch that holds to the end of its group.
SWITCHES: dict[str, Kind] = {"em": "emphasis", "it": "emphasis", "sl": "emphasis", "bf": "strong", "tt": "code"}

SYMBOLS = {"LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "slash": "/", "copyright": "© "}

SPECIAL = re.compile(r"[\\{}$~`]|--|''|<<|>>")
SPACE = re.compile(r"[^\S\N{NO-BREAK SPACE}]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text of one kind; of kind ``math`` it is LaTeX source, without its dollar signs."""

    kind: Kind
    text: str


@cache
def grammar() -> LatexContextDb:
    """Which macros take arguments: pylatexenc's list and ours. Built once, only where a value needs it."""
    macros = default_macros()
    specs = [std_macro(name, False, 1) for name in (*MACROS, "url")] + [std_macro("href", False, 2)]
    macros.add_context_category("folio", macros=specs, prepend=True)
    return macros


@cache
def converter() -> LatexNodes2Text:
    """What each macro reads as: pylatexenc's table and ours. Built once, only where a value needs it."""
    macros = default_text_macros()
    symbols = [MacroTextSpec(name, text) for name, text in SYMBOLS.items()]
    macros.add_context_category("folio", macros=symbols, prepend=True)
    return LatexNodes2Text(latex_context=macros, math_mode="verbatim")


@lru_cache(maxsize=10_000)  # co-authors, journals and years come again and again
def read(source: str) -> tuple[Piece, ...]:
    """Turn one field's value into pieces; what cannot be read as LaTeX is kept as it stands."""
    if not SPECIAL.search(source):
        text = SPACE.sub(" ", source).strip().replace("'", "’")
        return (Piece("text", unicodedata.normalize("NFC", text)),) if text else ()
    literal = re.sub(r"(?<!\\)([%&#])", r"\\\1", source)  # a value has neither comments nor table cells
    if len(re.findall(r"(?<!\\)\$", source)) % 2:
        literal = re.sub(r"(?<!\\)\$", r"\\$", literal)  # dollars, not formulas
    try:
        nodes, _, _ = LatexWalker(literal, latex_context=grammar(), tolerant_parsing=True).get_latex_nodes()
    except Exception:  # tolerant as it is, pylatexenc raises IndexError and others where a macro is cut short
        return (Piece("text", source),)
    return tuple(trim(merge(walk(nodes, "text"))))


def to_text(source: str) -> str:
    """The same as one plain string."""
    return plain(read(source))


def plain(pieces: Iterable[Piece]) -> str:
    """The text of pieces, without their kinds."""
    return "".join(piece.text for piece in pieces)


def walk(nodes: Iterable[LatexNode], kind: Kind) -> Iterator[Piece]:
    """Pieces in reading order; runs of ordinary nodes are converted together, so that spaces survive."""
    run: list[LatexNode] = []
    for node in nodes:
        match node:
            case LatexMathNode():
                yield from text_of(run, kind)
                yield Piece("math", "".join(each.latex_verbatim() for each in node.nodelist).strip())
            case LatexMacroNode(macroname="verb", nodeargd=ParsedVerbatimArgs(verbatim_text=text)):
                yield from text_of(run, kind)
                yield Piece("code", text)
            case LatexMacroNode(macroname=name) if name in MACROS and node.nodeargd and node.nodeargd.argnlist:
                yield from text_of(run, kind)
                yield from walk([node.nodeargd.argnlist[-1]], MACROS[name] or kind)
            case LatexMacroNode(macroname="href" | "url") if node.nodeargd and node.nodeargd.argnlist:
                yield from text_of(run, kind)
                yield from walk([node.nodeargd.argnlist[-1]], kind)
            case LatexGroupNode(nodelist=[LatexMacroNode(macroname=name), *rest]) if name in SWITCHES:
                yield from text_of(run, kind)
                yield from walk(rest, SWITCHES[name])
            case LatexGroupNode():
                yield from text_of(run, kind)
                yield from walk(node.nodelist, kind)
            case _:
                run.append(node)
    yield from text_of(run, kind)


def text_of(run: list[LatexNode], kind: Kind) -> Iterator[Piece]:
    """The piece that a run of ordinary nodes makes, if any; empties the run."""
    if run:
        try:
            converted = converter().nodelist_to_text(run)
        except Exception:  # as above, for a macro without its arguments
            converted = "".join(node.latex_verbatim() for node in run)
        text = unicodedata.normalize("NFC", SPACE.sub(" ", converted))
        text = text if kind == "code" else text.replace("'", "’").replace("`", "‘")  # as TeX sets them
        run.clear()
        if text:
            yield Piece(kind, text)


def merge(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Join neighbours of one kind, and their spaces."""
    held: Piece | None = None
    for piece in pieces:
        if held and held.kind == piece.kind != "math":
            held = Piece(held.kind, SPACE.sub(" ", held.text + piece.text))
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held


def trim(pieces: Iterable[Piece]) -> list[Piece]:
    """Without space at either end."""
    trimmed = list(pieces)
    if trimmed:
        trimmed[0] = Piece(trimmed[0].kind, trimmed[0].text.lstrip(" "))
        trimmed[-1] = Piece(trimmed[-1].kind, trimmed[-1].text.rstrip(" "))
    return [piece for piece in trimmed if piece.text]
