r"""Formulas where there is only text, as in a feed: ``O(n^{2})`` is O(n^2), ``\alpha_{ij}`` α_ij, ``\bar{t}`` t̄."""

import re
from collections.abc import Callable
from functools import lru_cache

from sphinx_folio.latex.macros import SIGNS, SYMBOLS
from sphinx_folio.latex.richtext import tidy_text

FONT = re.compile(r"\\(?:math(?!ring)|text|operatorname|boldsymbol|bm|mbox|hbox)[a-z]*\*?\s*\{([^{}]*)\}")
# What stands above a letter; above more than one it is not shown.
ACCENTS = {
    **dict.fromkeys(("bar", "overline"), "\N{COMBINING MACRON}"),
    **dict.fromkeys(("hat", "widehat"), "\N{COMBINING CIRCUMFLEX ACCENT}"),
    **dict.fromkeys(("tilde", "widetilde"), "\N{COMBINING TILDE}"),
    **dict.fromkeys(("vec", "overrightarrow"), "\N{COMBINING RIGHT ARROW ABOVE}"),
    "dot": "\N{COMBINING DOT ABOVE}",
    "ddot": "\N{COMBINING DIAERESIS}",
    "check": "\N{COMBINING CARON}",
    "breve": "\N{COMBINING BREVE}",
    "acute": "\N{COMBINING ACUTE ACCENT}",
    "grave": "\N{COMBINING GRAVE ACCENT}",
    "mathring": "\N{COMBINING RING ABOVE}",
}
ACCENTED = re.compile(
    rf"""
    \\(?P<accent>{"|".join(ACCENTS)})(?![A-Za-z])\s*
    (?:
        \{{\s*(?P<group>[^\W_]|\\[A-Za-z]+)\s*\}}  # \bar{{t}} \bar{{\alpha}}
      | (?P<letter>[^\W_]|\\[A-Za-z]+)  # \bar t, \bar\alpha
    )
    """,
    re.VERBOSE,
)
OVER = re.compile(rf"\\(?:{'|'.join(ACCENTS)})\s*\{{([^{{}}]*)\}}")
FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
SHORT_FRACTION = re.compile(r"\\[dt]?frac\s*(\w)\s*(\w)")
ENVIRONMENT = re.compile(r"\\(?:begin|end)\s*\{[^{}]*\}(?:\{[a-z|]*\})?")
SCRIPT = re.compile(r"([_^]|\\sqrt\s*)\{([^{}]{2,})\}")
SIMPLE_SCRIPT = re.compile(r"([_^])\{([-+]?(?:\w+|\\[A-Za-z]+))\}")


def accented_letter(match: re.Match[str]) -> str:
    """A letter with what stands above it; a macro that is no letter as it stands."""
    letter = match["group"] or match["letter"]
    letter = SYMBOLS.get(letter[1:], letter)
    letter = {"ı": "i", "ȷ": "j"}.get(letter, letter)
    return letter + ACCENTS[match["accent"]] if len(letter) == 1 and letter.isalnum() else letter


REWRITINGS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (ENVIRONMENT, ""),
    (FONT, r"\1"),
    (ACCENTED, accented_letter),
    (OVER, r"\1"),
    (FRACTION, r"\1/\2"),
    (SHORT_FRACTION, r"\1/\2"),
    (SIMPLE_SCRIPT, r"\1\2"),
    (SCRIPT, r"\1(\2)"),
)
BELOW = re.compile(r"\A_(?:\{([^{}]*)\}\Z)?")  # CO$_2$ is CO2
MACRO = re.compile(r"\\([A-Za-z]+)(\s*)|\\(.)|[{}]", re.DOTALL)


@lru_cache(maxsize=5_000)
def formula_text(source: str) -> str:
    r"""A formula as it can be written in a line, ``x_{i+1}`` as x_(i+1)."""
    source = BELOW.sub(r"\1", source).replace("~", " ")
    if "\\" not in source and "{" not in source:
        return source
    for pattern, text in REWRITINGS:
        source = pattern.sub(text, source)
    source = MACRO.sub(macro_text, source)
    return tidy_text(source).strip(" ").replace("^∘", "°").replace("^′", "′")


def macro_text(match: re.Match[str]) -> str:
    """What a macro of a formula reads as."""
    name, space, sign = match.groups()
    if name == "sqrt":
        return "√"
    if name in ACCENTS:
        return ""
    if name:
        return SYMBOLS[name] + space if name in SYMBOLS else f"{name} "
    return {None: "", "\\": "; "}.get(sign) or SIGNS.get(f"\\{sign}", sign or "")
