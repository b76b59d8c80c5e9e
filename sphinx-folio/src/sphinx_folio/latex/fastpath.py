r"""The quick way from LaTeX to text: accents, symbols, dashes and braces, from tables.

``Erd{\H{o}}s -- {\LaTeX}`` becomes ``Erdős – LaTeX`` by one regular expression. What needs more is for ``parser``.
"""

import re
import unicodedata
from functools import lru_cache

from sphinx_folio.latex.macros import MARKS, SIGNS, SYMBOLS

GROUP = r"\{(?:[^{}\\]|\\.)*\}"
for _ in range(3):  # groups in groups
    GROUP = rf"\{{(?:[^{{}}\\]|\\.|{GROUP})*\}}"
MARK_LETTERS = "".join(name for name in MARKS if len(name) == 1 and name.isalpha())
SIGN = """['`^"~=.]"""
ACCENT = rf"(?:{SIGN}|[{MARK_LETTERS}](?![A-Za-z]))\s*(?:{GROUP}|\\[A-Za-z]+\s*|[^\W_])"
ACCENTED = re.compile(rf"\\{ACCENT}", re.DOTALL)
TOKEN = re.compile(
    rf"(\\(?:{ACCENT}|{SIGN}\s*[\\{{}}]?|[A-Za-z]+\s*|.|\Z)|---?|``?|''?|!`|\?`|<<|>>|~|\{{|\}})", re.DOTALL
)


def convert_simple(source: str) -> str | None:
    """The text of a value that needs no more than tables; None where it does."""
    try:
        return convert_tokens(source)
    except LookupError:
        return None


def convert_tokens(source: str) -> str:
    """A text with what stands for its tokens; a LookupError where the tables do not know one."""
    parts = TOKEN.split(source)
    parts[1::2] = map(convert_token, parts[1::2])
    return "".join(parts)


@lru_cache(maxsize=5_000)
def convert_token(source: str) -> str:
    """What one token reads as; a LookupError where the tables do not know it."""
    if source in SIGNS:
        return SIGNS[source]
    if ACCENTED.fullmatch(source):
        argument = source[2:].strip()
        argument = argument[1:-1] if argument.startswith("{") else argument
        return add_accent(source[1], convert_tokens(argument))
    if source[1:].rstrip() in MARKS and not source[1].isalpha():
        return add_accent(source[1], "")
    if len(source) == 2 and not ("a" <= source[1].lower() <= "z"):
        return source[1]
    return SYMBOLS[source[1:].rstrip()]


def add_accent(accent: str, text: str) -> str:
    """The text with an accent on its first letter; before it where it begins with none."""
    text = text.lstrip(" ")
    first, rest = text[:1], text[1:]
    if not first.isalnum():
        return {"'": "’", "`": "‘"}.get(accent, "" if accent.isalpha() else accent) + text
    first = {"ı": "i", "ȷ": "j"}.get(first, first)
    if accent == "." and first in "ij":
        return text.replace("ı", "i", 1)
    return unicodedata.normalize("NFC", first + MARKS[accent]) + rest
