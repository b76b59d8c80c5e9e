r"""Formulas where there is only text, as in a feed: ``O(n^{2})`` is O(n^2), ``\alpha_{ij}`` α_(ij)."""

import re
from functools import lru_cache

from sphinx_folio.latex.macros import SIGNS, SYMBOLS
from sphinx_folio.latex.pieces import tidy

FONT = re.compile(
    r"\\(?:math|text|operatorname|boldsymbol|bm|mbox|hbox|overline|bar|hat|tilde|vec|widehat)[a-z]*\*?\s*\{([^{}]*)\}"
)
FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
ENVIRONMENT = re.compile(r"\\(?:begin|end)\s*\{[^{}]*\}(?:\{[a-z|]*\})?")
SCRIPT = re.compile(r"([_^]|\\sqrt\s*)\{([^{}]{2,})\}")
MACRO = re.compile(r"\\([A-Za-z]+)\s*|\\(.)|[{}]", re.DOTALL)


@lru_cache(maxsize=5_000)
def in_line(source: str) -> str:
    r"""A formula as it can be written in a line: ``O(n^{2})`` is O(n^2), ``\alpha_{ij}`` α_(ij)."""
    if "\\" not in source and "{" not in source:
        return source.removeprefix("_")
    for pattern, text in ((ENVIRONMENT, ""), (FONT, r"\1"), (FRACTION, r"\1/\2"), (SCRIPT, r"\1(\2)")):
        source = pattern.sub(text, source)
    source = MACRO.sub(in_words, source)
    return tidy(source).strip(" ").removeprefix("_").replace("^∘", "°").replace("^′", "′")


def in_words(match: re.Match[str]) -> str:
    """What a macro of a formula reads as."""
    name, sign = match[1], match[2]
    if name:
        return {"sqrt": "√"}.get(name) or SYMBOLS.get(name, name + " ")
    return {None: "", "\\": "; "}.get(sign) or SIGNS.get(f"\\{sign}", sign or "")
