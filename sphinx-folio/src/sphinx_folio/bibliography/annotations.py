r"""Marks behind names: ``Lovelace*, Ada`` or ``Lovelace, Ada\textsuperscript{\dag}``, or biblatex's ``author+an``.

A mark is taken off the name and shown behind it; what it means is the owner's to say. Between two letters a sign is no
mark, and neither is what ``ö`` and ``ç`` look like in a file that was encoded twice: ``JÃ¶rg``.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Literal, get_args

Annotation = Literal["equal", "corresponding"]

MARKS: Mapping[str, Annotation] = MappingProxyType(
    {"*": "equal", "‡": "equal", "†": "corresponding", "§": "corresponding", "¶": "corresponding"}
)
DEFAULTS: Mapping[Annotation, str] = MappingProxyType({"equal": "*", "corresponding": "†"})

MACROS = {
    r"\textasteriskcentered": "*",
    r"\ast": "*",
    r"\textdaggerdbl": "‡",
    r"\ddagger": "‡",
    r"\ddag": "‡",
    r"\textdagger": "†",
    r"\dagger": "†",
    r"\dag": "†",
    r"\textsection": "§",
    r"\S": "§",
    r"\textparagraph": "¶",
    r"\P": "¶",
    "∗": "*",
    "＊": "*",
    "⁎": "*",
}
MACRO = re.compile(
    r"""
    \\(?:
        text(?:asteriskcentered|daggerdbl|dagger|section|paragraph)
      | ast
      | ddag(?:ger)?  # \ddag \ddagger
      | dag(?:ger)?  # \dag \dagger
      | S | P  # § and ¶
    )(?![A-Za-z])(?:\s*\{\})?  # \dag{} too
  | [∗＊⁎]  # other stars of Unicode
    """,
    re.VERBOSE,
)
MAYBE = (r"\text", r"\dag", r"\ddag", r"\ast", r"\S", r"\P", "$", "^", "∗", "＊", "⁎")  # what else a mark may be in
AFFILIATION = re.compile(r"\\textsuperscript\s*\{[\d,\s]*\}|\$\s*\^\s*\{?[\d,\s]*\}?\s*\$")

WORDS: Mapping[str, Annotation] = MappingProxyType(
    {
        **dict.fromkeys(("equal", "equalcontrib", "equalcontribution", "cofirst"), "equal"),
        **dict.fromkeys(("corresponding", "correspondingauthor", "corr", "corresp"), "corresponding"),
    }
)
NOTE = re.compile(r"\s*(\d+)\s*(?::\s*\w+)?\s*=\s*(\"[^\"]*\"|[^;]*)")


@lru_cache(maxsize=8)
def mark_in(signs: str) -> re.Pattern[str]:
    """A mark with all that raises it."""
    one = f"[{re.escape(signs)}]"
    several = rf"[\d,\s]*(?:{one}[\d,\s]*)+"
    raised = rf"\\textsuperscript\s*\{{{several}\}}|\$\s*\^?\s*\{{?{several}\}}?\s*\$|\^\{{{several}\}}"
    before, after = rf"(?<![^\W\d_])(?<![\^{re.escape(signs)}])", r"(?![^\W\d_])"
    bare = rf"(?!(?<=Ã)[¶§])(?:{before}\^?{one}+|\^?{one}++{after})"
    return re.compile(rf"{raised}|\{{\s*{one}+\s*\}}|{bare}")


def may_have_marks(text: str, signs: str) -> bool:
    """Whether anything in a text can be a mark."""
    return any(sign in text for sign in (*signs, *MAYBE))


def without_marks(name: str, signs: str) -> tuple[str, str]:
    """A name without its marks, and the marks in their order, each once."""
    name = MACRO.sub(lambda match: MACROS[match[0].removesuffix("{}").rstrip()], name)
    found: list[str] = []

    def take(match: re.Match[str]) -> str:
        found.extend(sign for sign in match[0] if sign in signs)
        return ""

    bare = mark_in(signs).sub(take, AFFILIATION.sub("", name))
    return bare, "".join(dict.fromkeys(found))


def read_annotations(source: str) -> dict[int, frozenset[Annotation]]:
    """What biblatex's ``1=equal; 2=corresponding`` says of each name, counted from 1; other words mean nothing here."""
    found: dict[int, frozenset[Annotation]] = {}
    for note in source.split(";"):
        if match := NOTE.fullmatch(note):
            words = ("".join(filter(str.isalpha, word)).lower() for word in match[2].split(",") if '"' not in word)
            meant = {WORDS[word] for word in words if word in WORDS}
            found[int(match[1])] = found.get(int(match[1]), frozenset()) | meant
    return found


def marks_for(annotations: Iterable[Annotation], marks: str, meanings: Mapping[str, Annotation]) -> str:
    """The marks that show the annotations: those there are, and one for each that none of them shows."""
    shown = {meanings.get(mark) for mark in marks}
    for annotation in get_args(Annotation):
        if annotation in annotations and annotation not in shown:
            marks += next((mark for mark, meant in meanings.items() if meant == annotation), DEFAULTS[annotation])
    return marks
