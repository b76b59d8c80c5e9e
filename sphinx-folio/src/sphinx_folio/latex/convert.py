r"""LaTeX, as it stands in a ``.bib`` file, to spans of readable text.

``{\lambda}Calculus: $O(n^2)$ in \emph{practice}`` becomes

    Span("text", "λCalculus: "), Span("math", "O(n^2)"), Span("text", " in "), Span("emphasis", "practice")

Case is kept as the author wrote it. What exporters make of a value is undone first (``&amp;``, ``\\'e``); formulas,
addresses and the like are masked (``verbatim``); the rest becomes text, by tables where it holds only accents, braces
and dashes (``fastpath``), else by pylatexenc (``parser``); then the placeholders are replaced (``richtext``).
"""

import html
import re
from collections.abc import Iterable
from functools import lru_cache

from sphinx_folio.latex.fastpath import convert_simple
from sphinx_folio.latex.macros import SpanKind
from sphinx_folio.latex.mathtext import formula_text
from sphinx_folio.latex.parser import MacroReader
from sphinx_folio.latex.richtext import Span, single_span, tidy_spans
from sphinx_folio.latex.verbatim import mask, unmask

__all__ = ["Span", "SpanKind", "latex_problems", "plain_text", "strip_unprintable", "to_spans", "to_text"]

SPECIAL = re.compile(r"[\\{}$~`'&]")
PAIRS = ("--", "</", "<<", ">>")
SPACE = re.compile(r"[^\S \N{NO-BREAK SPACE}]+")
# Control characters, which no page and no feed can hold, and the private ones that stand for what is put aside.
# Nor is shown what turns the text around it, which would change what stands beside the value.
UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\U000f0000-\U0010ffff"
                         "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # fmt: skip
# HTML in a value: an entity, however often its & was escaped, and the tags that are honoured.
ENTITY = re.compile(
    r"""
    (?:\{\\&\}|\\?&)  # the ampersand, perhaps as LaTeX writes it: & \& {\&}
    (?:amp;)*  # escaped once more each time: &amp;amp;eacute;
    (?:
        \{?\\?\#\}?(\d{1,7}|[xX][0-9a-fA-F]{1,6})  # by number: &#233; &#xE9; &{\#}233;
      | ([A-Za-z][A-Za-z0-9]{1,31})  # by name: &eacute;
    );
    """,
    re.VERBOSE,
)
LATEX_OF_CHARACTER = {"\\": "\\textbackslash{}", "~": "\\textasciitilde{}", **{each: f"\\{each}" for each in "{}$&"}}
# A backslash too many, which JSON leaves: \\'e, \\&, \\emph{…}.
DOUBLED = re.compile(
    r"""
    \\\\(?=
        ['"`^]\{?\\?[^\W\d_]  # before an accent and its letter: \\'e \\'{\i}
      | [~=.cvHkrud]\{\\?[^\W\d_]+\}  # before an accent with braces: \\v{s} \\~{n}
      | [&%$\#_]  # before a character that LaTeX wants escaped: \\&
      | (?:emph|text[a-z]+)\{  # before a macro of text: \\emph{…}
    )
    """,
    re.VERBOSE,
)
# Mendeley's and Zotero's idea of \emph{…}: it escapes every character of it.
ESCAPED_MACRO = re.compile(
    r"""
    (?:\{?\$\\backslash\$\}?|\\textbackslash(?:\{\}|\s+))  # the backslash: $\backslash$ {$\backslash$} \textbackslash{}
    (?P<name>emph|text(?:it|bf|sc|tt|rm|superscript|subscript))\s*
    (?:\{\\\{\}|\\\{)  # the opening brace: \{ {\{}
    (?P<text>[^{}\\]*)
    (?:\{\\\}\}|\\\})  # the closing brace: \} {\}}
    """,
    re.VERBOSE,
)


def to_spans(source: str) -> tuple[Span, ...]:
    """Turn one field's value into spans; what cannot be read as LaTeX keeps its text."""
    return convert_latex(source)[0]


def latex_problems(source: str) -> tuple[str, ...]:
    """What in a value is no LaTeX known here, each once, in its order."""
    return convert_latex(source)[1]


def to_text(source: str) -> str:
    """The same as one plain string."""
    return plain_text(convert_latex(source)[0])


def plain_text(spans: Iterable[Span]) -> str:
    """The text of spans, without their kinds; formulas as they can be written in a line."""
    return "".join([formula_text(span.text) if span.kind == "math" else span.text for span in spans])


@lru_cache(maxsize=20_000)  # co-authors, journals and years come again and again
def convert_latex(source: str) -> tuple[tuple[Span, ...], tuple[str, ...]]:
    """Spans and complaints."""
    if not SPECIAL.search(source) and not any(pair in source for pair in PAIRS):
        return single_span(strip_unprintable(source)), ()
    placeholders: list[Span | str] = []
    rest = mask(undo_exporter_escapes(strip_unprintable(source)), placeholders)
    text = convert_simple(rest)
    if text is None:
        reader = MacroReader(placeholders)
        spans = reader.read(rest)
        return tidy_spans(spans), tuple(dict.fromkeys(reader.complaints))
    if placeholders or "</" in text:
        return tidy_spans(unmask(text, "text", placeholders)), ()
    return single_span(text), ()


def strip_unprintable(text: str) -> str:
    """Without control characters, and with no space but ordinary and no-break ones."""
    return text if text.isprintable() else SPACE.sub(" ", UNPRINTABLE.sub("", text))


def undo_exporter_escapes(source: str) -> str:
    """The value with entities and what exporters make of it in LaTeX's own spelling."""
    if "&" in source:
        source = ENTITY.sub(character_of_entity, source)
    if "\\\\" in source:
        source = DOUBLED.sub(r"\\", source)
    if "backslash" in source:
        source = ESCAPED_MACRO.sub(r"\\\g<name>{\g<text>}", source)
    return source


def character_of_entity(entity: re.Match[str]) -> str:
    """The character of an HTML entity; what is none stays."""
    text = html.unescape(f"&#{entity[1]};" if entity[1] else f"&{entity[2]};")
    return entity[0] if text.endswith(";") and len(text) > 1 else LATEX_OF_CHARACTER.get(text, strip_unprintable(text))
