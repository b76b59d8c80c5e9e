r"""Formulas as MathML: ``x^{\text{new}}`` becomes ``<math>…</math>``, by docutils, which has no dependency.

docutils reads much of LaTeX's mathematics; what it does not know but titles and abstracts hold is rewritten for it
first. All that a formula holds ends as the text or the attribute of an element, escaped.
"""

import re
from functools import cache, lru_cache

from docutils.utils.math import MathError, tex2unichar
from docutils.utils.math.latex2mathml import tex2mathml

from sphinx_folio.latex.convert import UNPRINTABLE, to_text
from sphinx_folio.latex.fastpath import GROUP

LONGEST = 5_000  # characters; docutils' time grows with the square of them

# Names that docutils knows by another one; of an empty one only its argument is left.
DOCUTILS_NAMES = {
    **dict.fromkeys(["textbf", "textmd", "textnormal", "textsf", "textsl", "texttt", "textup", "textsc"], "text"),
    **dict.fromkeys(["textit", "emph", "hbox", "fbox", "textsubscript", "textsuperscript"], "text"),
    **dict.fromkeys(["bm", "boldmath", "mathbold"], "boldsymbol"),
    **dict.fromkeys(["mathds", "Bbb", "mathbbm"], "mathbb"),
    **dict.fromkeys(
        ["mathnormal", "ensuremath", "mathop", "mathrel", "mathbin", "mathord", "mathopen", "mathclose"], ""
    ),
    **dict.fromkeys(["limits", "nolimits", "displaystyle", "textstyle", "scriptstyle", "scriptscriptstyle"], ""),
    **dict.fromkeys(["big", "Big", "bigg", "Bigg", "middle", "nonumber", "notag", "xspace", "hfill", "strut"], ""),
    **dict.fromkeys(["relax", "protect", "smash", "mathstrut", "tiny", "small", "allowbreak", "nobreak"], ""),
    "operatorname*": "operatorname",
    "stackrel": "overset",
    "dots": "ldots",
    "sp": "^",
    "sb": "_",
    "degree": "^\\circ",
    "textdegree": "^\\circ",
    "slash": "/",
    "textless": "<",
    "textgreater": ">",
    "lbrack": "[",
    "rbrack": "]",
    "textendash": "-",
    "textasciitilde": "\\sim",
    "textbackslash": "\\backslash",
    "textpm": "\\pm",
    "texttimes": "\\times",
    "textmu": "\\mu",
    "micro": "\\mu",
    "AA": "\\text{Å}",
    "Alpha": "\\mathrm{A}",
    "Beta": "\\mathrm{B}",
    "omicron": "o",
    "implies": "\\Longrightarrow",
    "iff": "\\Longleftrightarrow",
    "lt": "<",
    "gt": ">",
    "argmax": "\\operatorname{argmax}",
    "argmin": "\\operatorname{argmin}",
}
# Old switches, {\bf x}, and what does the same with an argument.
FONTS = {"rm": "mathrm", "bf": "mathbf", "it": "mathit", "cal": "mathcal", "tt": "mathtt", "sf": "mathsf"}
ENVIRONMENTS = {
    **dict.fromkeys(["align", "aligned", "split", "gather", "gathered", "eqnarray", "multline", "equation"], "aligned"),
    **dict.fromkeys(["array", "tabular"], "matrix"),
}
DELIMITERS = {"<": "\\langle", ">": "\\rangle"}

TEXT = re.compile(rf"\\(?P<name>text|mbox|textrm|operatorname)\s*(?P<argument>{GROUP})", re.DOTALL)
FRACTION = re.compile(r"\\([dt]?frac)\s*(\d)(?:\s*(\d))?")
NAME = re.compile(r"\\(operatorname\*|[A-Za-z]+)")
SWITCH = re.compile(rf"\\({'|'.join(FONTS)})(?![A-Za-z])\s*((?:[^{{}}\\]|\\.|{GROUP})*)", re.DOTALL)
COLOR = re.compile(
    r"""
    \\(?:textcolor|colorbox)\s*(?:\[[^\]]*\])?\s*\{[^{}]*\}  # \textcolor[rgb]{1,0,0}, before the text in that color
  | \\(?:color|label|tag|hskip|vspace)\*?\s*\{[^{}]*\}  # \label{eq:1}
    """,
    re.VERBOSE,
)
ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{([a-z]+)\*?\}")
COLUMNS = re.compile(r"(\\begin\{matrix\})\s*(?:\[[a-z]\])?\s*\{[^{}]*\}")
DELIMITER = re.compile(r"(\\(?:left|right|[Bb]igg?[lr]))\s*([<>])")
BARE_SCRIPT = re.compile(r"(^|(?<!\\)[{&(\[,]|\\\\)\s*(?=[_^])")
OTHER = re.compile(r"""[^\x00-\x7f]|(?<!\\)[#%$"]""")


@lru_cache(maxsize=5_000)
def convert_formula(source: str, as_block: bool = False) -> tuple[str | None, str]:
    """The formula as MathML and an empty string, or None and what is wrong with it."""
    if len(source) > LONGEST:
        return None, f"it has more than {LONGEST:,} characters"
    try:
        markup = tex2mathml(rewrite_for_docutils(source, as_block), as_block=as_block)
    except MathError as error:
        return None, str(error)
    except Exception:  # docutils raises IndexError, AttributeError and others where braces or arguments are missing
        return None, "its braces or arguments are not complete"
    # an entity that XML does not know, and the indentation
    return re.sub(r"\n\s*", "", markup.replace("&ApplyFunction;", "\N{FUNCTION APPLICATION}")), ""


def mathml(source: str, as_block: bool = False) -> str | None:
    """A formula, without its dollar signs, as a ``<math>`` element; None where docutils cannot read it."""
    return convert_formula(source, as_block)[0]


def formula_problem(source: str, as_block: bool = False) -> str:
    """What is wrong with a formula that has no MathML; empty where nothing is."""
    return convert_formula(source, as_block)[1]


def rewrite_for_docutils(source: str, as_block: bool) -> str:
    """A formula in the LaTeX that docutils reads."""
    source = " ".join(UNPRINTABLE.sub("", source).split())
    if "\\" in source:
        source = rewrite_macros(source)
    if "&" in source and "\\begin" not in source and "\\\\" not in source:
        source = re.sub(r"(?<!\\)&", r"\&", source)
    source = OTHER.sub(macro_of_character, source)
    source = BARE_SCRIPT.sub(r"\1{}", source)
    if "\\\\" in source and "\\begin" not in source and not as_block:
        source = rf"\begin{{aligned}}{source}\end{{aligned}}"
    return source


def rewrite_macros(source: str) -> str:
    """A formula whose macros go by the names that docutils knows."""
    source = COLOR.sub("", source)
    source = ENVIRONMENT.sub(lambda match: f"\\{match[1]}{{{ENVIRONMENTS.get(match[2], match[2])}}}", source)
    source = COLUMNS.sub(r"\1", source)
    source = DELIMITER.sub(lambda match: f"{match[1]}{DELIMITERS[match[2]]} ", source)
    while (switched := SWITCH.sub(lambda match: f"\\{FONTS[match[1]]}{{{match[2]}}}", source)) != source:
        source = switched
    source = FRACTION.sub(lambda match: f"\\{match[1]}{{{match[2]}}}" + (f"{{{match[3]}}}" if match[3] else ""), source)
    source = NAME.sub(docutils_macro, source)
    return TEXT.sub(plain_text_argument, source)


def docutils_macro(match: re.Match[str]) -> str:
    """A macro by the name that docutils knows."""
    if match[1] not in DOCUTILS_NAMES:
        return match[0]
    new = DOCUTILS_NAMES[match[1]]
    return f"\\{new}" if new.isalpha() else f"{new} " if new else " "


def plain_text_argument(match: re.Match[str]) -> str:
    r"""The argument of ``\text`` as plain text, with its spaces; docutils knows no macro there but ``$…$``."""
    argument = match["argument"][1:-1]
    if "\\" not in argument and "{" not in argument:
        return match[0]
    margins = argument[: len(argument) - len(argument.lstrip())], argument[len(argument.rstrip()) :]
    plain = re.sub(r"[\\{}$]", "", to_text(argument))
    return f"\\{match['name']}{{{margins[0]}{plain}{margins[1]}}}"


def macro_of_character(match: re.Match[str]) -> str:
    """A character that docutils does not read, by its macro; letters are read as they are."""
    character = match[0]
    if character.isalpha():
        return character
    if character in "#%$":
        return f"\\{character}"
    name = macros_by_character().get(character)
    return f"\\{name} " if name else f"\\text{{{character}}}"


@cache
def macros_by_character() -> dict[str, str]:
    """The macro that makes a character."""
    tables = (tex2unichar.mathord, tex2unichar.mathbin, tex2unichar.mathrel, tex2unichar.mathop, tex2unichar.mathpunct)
    return {character: name for table in tables for name, character in table.items()} | {"°": "circ", "−": "minus"}
