r"""LaTeX, as it stands in a ``.bib`` file, to pieces of readable text.

``{\lambda}Scale: $O(n^2)$ in \emph{practice}`` becomes

    Piece("text", "λScale: "), Piece("math", "O(n^2)"), Piece("text", " in "), Piece("emphasis", "practice")

Case is kept as the author wrote it. A value passes three stations: what is no LaTeX (``&amp;``) or must not be read as
such (formulas, addresses) is put aside; the rest becomes text; what was put aside returns. Most values hold nothing
but accents, braces and dashes, for which one regular expression is enough; pylatexenc reads the others, and is not
even imported before.
"""

import html
import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any

from sphinx_folio.macros import KINDS, MARKS, SHOWN, SIGNS, SWITCHES, SYMBOLS, Kind

SPECIAL = re.compile(r"[\\{}$~`'&]")
PAIRS = ("--", "</", "<<", ">>")
SPACE = re.compile(r"[^\S \N{NO-BREAK SPACE}]+")
SPACES = re.compile("  +")
# Control characters, which no page and no feed can hold, and the private ones that stand for what is put aside.
UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\U000f0000-\U0010ffff]")
ASIDE, LAST = 0xF0000, 0x10FFFD

# HTML in a value: an entity, however often its & was escaped, and the tags that are honoured.
ENTITY = re.compile(r"(?:\{\\&\}|\\?&)(?:amp;)*(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
ESCAPES = {"\\": "\\textbackslash{}", "~": "\\textasciitilde{}", **{each: f"\\{each}" for each in "{}$&"}}
TAG = re.compile(r"<(/?)(i|em|b|strong|sub|sup)>", re.IGNORECASE)
TAGS: dict[str, Kind] = {
    "i": "emphasis",
    "em": "emphasis",
    "b": "strong",
    "strong": "strong",
    "sub": "subscript",
    "sup": "superscript",
}

# A backslash too many, which JSON leaves: \\'e, \\&, \\emph{…}.
DOUBLED = re.compile(r"""\\\\(?=['"`^]\{?\\?[^\W\d_]|[~=.cvHkrud]\{\\?[^\W\d_]+\}|[&%$\#_]|(?:emph|text[a-z]+)\{)""")
# Mendeley's and Zotero's idea of \emph{…}: it escapes every character of it.
ESCAPED_MACRO = re.compile(
    r"(?:\{?\$\\backslash\$\}?|\\textbackslash(?:\{\}|\s+))(?P<name>emph|text(?:it|bf|sc|tt|rm|superscript|subscript))\s*"
    r"(?:\{\\\{\}|\\\{)(?P<text>[^{}\\]*)(?:\{\\\}\}|\\\})"
)

GROUP = r"\{(?:[^{}\\]|\\.)*\}"
for _ in range(3):  # groups in groups
    GROUP = rf"\{{(?:[^{{}}\\]|\\.|{GROUP})*\}}"
FORMULA = r"(?:equation|align|eqnarray|gather|multline|displaymath|math)"
# Every alternative begins with a character that is said: such expressions are searched for many times as fast.
VERBATIM = re.compile(
    rf"""
    \\(?:
        verb\*?(?P<fence>[^\w\s*{{])(?P<verb>.*?)(?P=fence)
      | (?:url|path|nolinkurl)\s*(?P<address>{GROUP})
      | (?P<link>href(?:@noop)?\s*{GROUP}(?=\s*\{{))
      | ensuremath\s*(?P<ensured>{GROUP})
      | c[eh]\s*(?P<chemistry>{GROUP})
      | \((?P<round>.{{0,5000}}?)\\\)
      | \[(?P<square>.{{0,5000}}?)\\\]
      | begin\{{(?P<environment>{FORMULA})\*?\}}(?P<display>.{{0,5000}}?)\\end\{{(?P=environment)\*?\}}
      | (?P<space>\\(?:\*|\[[-\d.\ ]+[a-z]{{2}}\])?|(?:begin|end)(?![A-Za-z])\s*(?:\{{[^{{}}]*\}})?)
      | (?P<nothing>ifmmode(?:(?!\\fi\b).){{0,500}}?\\else(?![A-Za-z])\s*|fi(?![A-Za-z])\s*(?:\{{\}})?)
      | .
    ) | \$
    """,
    re.VERBOSE | re.DOTALL,
)
MAY_BE_VERBATIM = re.compile(r"\$|\\(?:[(\[\\]|verb|url|path|nolinkurl|href|ensuremath|c[eh]\b|begin|end|ifmmode|fi\b)")
IN_FORMULA = re.compile(rf"\\ifmmode\s*(?P<math>.*?)\\else.*?\\fi(?:\{{\}})?|\\ensuremath\s*(?P<group>{GROUP})", re.DOTALL)
# Formulas that are one character which an exporter escaped so.
CHARACTERS = {"<": "<", ">": ">", r"\less": "<", r"\textless": "<", r"\greater": ">", r"\textgreater": ">",
              r"\backslash": "\\", r"\_": "_", r"\%": "%", r"\#": "#", r"\&": "&"}  # fmt: skip
ATOMS = re.compile(
    r"\^\{?(?P<above>[\d+-]+)\}?|_\{?(?P<below>\w+)\}?|(?<=[A-Za-z)\]])(?P<count>\d+)|(?P<arrow>\s*->\s*)"
    r"|(?<=[A-Za-z\d)\]])(?P<charge>[+-])(?![\w>])"
)

MARK_LETTERS = "".join(name for name in MARKS if len(name) == 1 and name.isalpha())
SIGN = """['`^"~=.]"""
ACCENT = rf"(?:{SIGN}|[{MARK_LETTERS}](?![A-Za-z]))\s*(?:{GROUP}|\\[A-Za-z]+\s*|[^\W_])"
ACCENTED = re.compile(rf"\\{ACCENT}", re.DOTALL)
TOKEN = re.compile(
    rf"(\\(?:{ACCENT}|{SIGN}\s*[\\{{}}]?|[A-Za-z]+\s*|.|\Z)|---?|``?|''?|!`|\?`|<<|>>|~|\{{|\}})", re.DOTALL
)
HELD = re.compile(f"([{chr(ASIDE)}-{chr(LAST)}])")
STRUCTURE = re.compile(
    r"(\\[A-Za-z]+|\\.)|\\\Z|[^\\{}\[\]*\s\U000f0000-\U0010fffd](?:[^\\{}\[\]*\U000f0000-\U0010fffd]*[^\\{}\[\]*\s\U000f0000-\U0010fffd])?", re.DOTALL
)
TWO_ACCENTS = re.compile(rf"(\\(?:{SIGN}|[{MARK_LETTERS}]))\s*(\\{ACCENT})", re.DOTALL)
TABBED_ACCENT = re.compile(r"\\a(?=['`=])")
CUT_SHORT = re.compile(r"\\([A-Za-z]+)\s*\Z")
SURELY_FORMULA = re.compile(r"[\\^_=]")
WORD = re.compile(r"(?<!\w)[A-Za-z]{3,}(?!\w)")
BRACE_OR_DOLLAR = re.compile(r"\\.|[{}$]", re.DOTALL)
BRACE = re.compile(r"\\.|[{}]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text of one kind; of kind ``math`` it is LaTeX source, without its dollar signs."""

    kind: Kind
    text: str


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


def one(text: str) -> tuple[Piece, ...]:
    """The only piece of a plain text."""
    text = tidy(text).strip(" ")
    return (Piece("text", text),) if text else ()


def printable(text: str) -> str:
    """Without control characters, and with no space but ordinary and no-break ones."""
    return text if text.isprintable() else SPACE.sub(" ", UNPRINTABLE.sub("", text))


def tidy(text: str) -> str:
    """Single spaces, NFC."""
    if "  " in text:
        text = SPACES.sub(" ", text)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


# ── What is no LaTeX


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
    text = html.unescape(f"&{entity[1]};")
    return entity[0] if text.endswith(";") and len(text) > 1 else ESCAPES.get(text, printable(text))


# ── What must not be read as LaTeX's text


def put_aside(source: str, held: list[Piece | str]) -> str:
    """The value with one private character for each formula, address and the like, which go to ``held``."""
    if not MAY_BE_VERBATIM.search(source):
        return source
    parts, position = [], 0
    while match := VERBATIM.search(source, position):
        parts.append(source[position : match.start()])
        position = match.end()
        if match[0] == "$":
            content, position = formula(source, position)
            parts.append(hold(math(content), held) if content else "\\$")
        else:
            parts += [each if isinstance(each, str) else hold(each, held) for each in verbatim(match)]
    return "".join(parts) + source[position:]


def verbatim(match: re.Match[str]) -> list[Piece | str]:
    """What a macro stands for that LaTeX would not read as text."""
    group = match.lastgroup or ""
    text = match[group] if group else match[0]
    match group:
        case "verb":
            return [Piece("code", text)]
        case "address":
            return [Piece("text", re.sub(r"\\([_%&#~$^{}\\])", r"\1", text[1:-1].strip()))]
        case "chemistry":
            return [*chemistry(text[1:-1])]
        case "ensured":
            return [math(text[1:-1])]
        case "round" | "square" | "display":
            return [math(text)]
        case "space":
            return [" "]
        case "link" | "nothing":
            return [""]
    return [text]


def hold(piece: Piece | str, held: list[Piece | str]) -> str:
    """The private character that stands for a piece; as text where there are no more of them."""
    if len(held) > LAST - ASIDE:
        return piece if isinstance(piece, str) else UNREADABLE.sub(" ", piece.text)
    held.append(piece)
    return chr(ASIDE + len(held) - 1)


UNREADABLE = re.compile(r"[\\{}$]")


def math(source: str) -> Piece:
    """A formula, or the one character that an exporter wrote as one."""
    source = source.strip()
    if "\\ifm" in source or "\\ens" in source:
        source = IN_FORMULA.sub(lambda match: match["math"] or match["group"] or "", source)
    return Piece("text", CHARACTERS[source]) if source in CHARACTERS else Piece("math", source)


def formula(source: str, start: int) -> tuple[str, int]:
    """The formula that a dollar before ``start`` opens and where it ends; nothing where it is only a dollar."""
    double = source.startswith("$", start)
    opening = start + double
    depth = 0
    for token in BRACE_OR_DOLLAR.finditer(source, opening, opening + 5000):
        depth += {"{": 1, "}": -1}.get(token[0], 0)
        if not 0 <= depth < 20:
            break
        if token[0] == "$" and depth == 0:
            end = token.end()
            content = source[opening : token.start()]
            closing = end + (double and source.startswith("$", end))
            return (content, closing) if is_formula(content, source[closing : closing + 1]) else ("", start)
    return "", start


def is_formula(content: str, following: str) -> bool:
    """Whether what stands between two dollars is a formula: $n$, and not the prose of $5 and $10."""
    bare = content.strip()
    if not bare or (following.isdigit() and bare[0].isdigit() and content[-1] in " -–—/,;(+"):
        return False
    if SURELY_FORMULA.search(content):
        return True
    words = WORD.findall(content)
    return len(words) < 2 and not (words and bare[0].isdigit())


def chemistry(source: str) -> Iterator[Piece]:
    r"""A formula of chemistry, ``\ch{SO4^2-}``: numbers below their element, charges above."""
    position = 0
    for match in ATOMS.finditer(source):
        yield Piece("text", source[position : match.start()])
        position = match.end()
        if match["arrow"]:
            yield Piece("text", " → ")
        elif above := match["above"] or match["charge"]:
            yield Piece("superscript", above.replace("-", "−"))
        else:
            yield Piece("subscript", match["below"] or match["count"])
    yield Piece("text", re.sub(r"[\\{}$]", "", source[position:]))


def returned(text: str, kind: Kind, held: Sequence[Piece | str]) -> Iterator[Piece]:
    """The pieces of a text in which private characters stand for what was put aside."""
    for part in HELD.split(text):
        item = held[ord(part) - ASIDE] if HELD.match(part) else part
        if isinstance(item, Piece):
            yield Piece(kind, item.text) if item.kind == "text" else item
        elif item:
            yield Piece(kind, item if kind == "code" or item is part else set_in_type(item))


# ── The quick way


def quickly(source: str) -> str | None:
    """The text of a value that needs no more than tables; None where it does."""
    try:
        return set_in_type(source)
    except LookupError:
        return None


def set_in_type(source: str) -> str:
    """A text with what stands for its tokens; a LookupError where the tables do not know one."""
    parts = TOKEN.split(source)
    parts[1::2] = map(token, parts[1::2])
    return "".join(parts)


@lru_cache(maxsize=5_000)
def token(source: str) -> str:
    """What one token reads as; a LookupError where the tables do not know it."""
    if source in SIGNS:
        return SIGNS[source]
    if ACCENTED.fullmatch(source):
        argument = source[2:].strip()
        argument = argument[1:-1] if argument.startswith("{") else argument
        return accented(source[1], set_in_type(argument))
    if source[1:].rstrip() in MARKS and not source[1].isalpha():
        return accented(source[1], "")
    if len(source) == 2 and not ("a" <= source[1].lower() <= "z"):
        return source[1]
    return SYMBOLS[source[1:].rstrip()]


def accented(accent: str, text: str) -> str:
    """The text with an accent on its first letter; before it where it begins with none."""
    text = text.lstrip(" ")
    first, rest = text[:1], text[1:]
    if not first.isalnum():
        return {"'": "’", "`": "‘"}.get(accent, "" if accent.isalpha() else accent) + text
    first = {"ı": "i", "ȷ": "j"}.get(first, first)
    if accent == "." and first in "ij":
        return text.replace("ı", "i", 1)
    return unicodedata.normalize("NFC", first + MARKS[accent]) + rest


# ── The thorough way


@cache
def grammar() -> Any:
    """Which macros take arguments: our list and pylatexenc's. Built once, only where a value needs it."""
    # What it would log of a macro without its arguments helps nobody: the text is shown as it stands.
    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)
    from pylatexenc.latexwalker import get_default_latex_context_db
    from pylatexenc.macrospec import MacroSpec

    macros = get_default_latex_context_db().filter_context(keep_which=["macros"])
    ours = [MacroSpec(name, "") for name in (*SYMBOLS, *SWITCHES)]
    ours += [MacroSpec(name, arguments) for name, (arguments, _) in SHOWN.items()]
    ours += [MacroSpec(name, "{") for name in (*MARKS, "verb")]
    macros.add_context_category("folio", macros=ours, prepend=True)
    macros.set_unknown_macro_spec(MacroSpec("", ""))
    return macros


@cache
def symbol(name: str) -> str | None:
    """What pylatexenc shows for a macro without arguments, if it knows it."""
    from pylatexenc.latex2text import get_default_latex_context_db

    spec = get_default_latex_context_db().get_macro_spec(name)
    return spec.simplify_repl if isinstance(getattr(spec, "simplify_repl", None), str) else None


@cache
def takes_arguments(name: str) -> bool:
    """Whether a macro stands before what it is about."""
    return bool(grammar().get_macro_spec(name).args_parser.argspec)


def parsed(source: str) -> list[Any]:
    """The nodes of a value whose braces balance."""
    from pylatexenc.latexwalker import LatexWalker

    return list(LatexWalker(source, latex_context=grammar(), tolerant_parsing=True).get_latex_nodes()[0])


@dataclass(slots=True)
class Reader:
    """Reads a value with pylatexenc, in front of whose grammar only macros, braces and brackets are left."""

    held: list[Piece | str]
    complaints: list[str] = field(default_factory=list)

    def read(self, source: str) -> list[Piece]:
        """The pieces of a value."""
        source = TABBED_ACCENT.sub(r"\\", source)
        skeleton = CUT_SHORT.sub(self.name, balanced(STRUCTURE.sub(self.macro_or_run, TWO_ACCENTS.sub(r"\1{\2}", source))))
        try:
            return [*self.walk(parsed(skeleton), "text")]
        except Exception:  # tolerant as it is, pylatexenc raises IndexError and others where a macro is cut short
            return [*returned(re.sub(r"[{}]", "", skeleton), "text", self.held)]

    def macro_or_run(self, match: re.Match[str]) -> str:
        """A macro as it is, and a private character for a run of text: pylatexenc reads letter by letter."""
        source = match[0]
        if not match[1]:
            return hold(source, self.held) if source != "\\" else ""
        if source[1].isalpha() or source[1] in MARKS:
            return source
        return hold(Piece("text", SIGNS.get(source, source[1])), self.held)

    def name(self, match: re.Match[str]) -> str:
        """A macro that ends the value, as it stands there if it should have had an argument."""
        return hold(Piece("text", match[0]), self.held) if takes_arguments(match[1]) else match[0]

    def walk(self, nodes: Sequence[Any], kind: Kind) -> Iterator[Piece]:
        """Pieces in reading order."""
        for index, node in enumerate(nodes):
            name = getattr(node, "macroname", None)
            if name in SWITCHES:
                yield from self.walk(nodes[index + 1 :], SWITCHES[name])
                return
            if name is not None:
                yield from self.macro(node, kind, nodes[index + 1 :])
            elif hasattr(node, "nodelist"):
                yield from self.walk(node.nodelist, kind)
            else:
                yield from returned(node.chars, kind, self.held)

    def macro(self, node: Any, kind: Kind, following: Sequence[Any]) -> Iterator[Piece]:
        """What a macro and its arguments are shown as."""
        name = node.macroname
        arguments = node.nodeargd.argnlist if node.nodeargd else []
        if name in MARKS:
            yield from self.accent(name, arguments, kind)
        elif name in SHOWN:
            yield from self.shown(SHOWN[name][1], arguments, KINDS.get(name, kind), kind)
        elif (text := SYMBOLS.get(name, symbol(name))) is not None:
            yield Piece(kind, text)
        elif takes_arguments(name):
            yield from self.walk([each for each in arguments if each is not None], kind)
        else:
            yield from self.unknown(node, kind, following)

    def accent(self, name: str, arguments: Sequence[Any], kind: Kind) -> Iterator[Piece]:
        """An argument whose first letter has an accent."""
        first, *rest = [piece for piece in self.walk(arguments, kind) if piece.text] or [Piece(kind, "")]
        if first.kind == "math":
            first, rest = Piece(kind, ""), [first, *rest]
        yield from (Piece(first.kind, accented(name, first.text)), *rest)

    def shown(self, template: str, arguments: Sequence[Any], inner: Kind, outer: Kind) -> Iterator[Piece]:
        """The arguments that a template names, between its characters."""
        for part in re.split(r"(#\d)", template):
            if not part.startswith("#"):
                yield Piece(inner, part)
            elif arguments and (argument := arguments[int(part[1]) - 1]):
                pieces = [*self.walk([argument], inner)]
                if hasattr(argument, "chars") and pieces:  # without braces it is one letter
                    first, *rest = pieces
                    pieces = [Piece(first.kind, first.text[:1]), Piece(outer, first.text[1:]), *rest]
                yield from pieces

    def unknown(self, node: Any, kind: Kind, following: Sequence[Any]) -> Iterator[Piece]:
        """Nothing for a macro whose argument follows; its name for one that stands alone, so that no word is lost."""
        name = node.macroname
        if following and hasattr(following[0], "nodelist"):
            self.complaints.append(f"\\{name} is no macro known here, so only its argument is shown")
            return
        self.complaints.append(f"\\{name} is no macro known here, so its name is shown")
        yield Piece(kind, name + (node.macro_post_space and " "))


def balanced(source: str) -> str:
    """The source with as many opening braces as closing ones."""
    depth = 0

    def kept(match: re.Match[str]) -> str:
        nonlocal depth
        brace = match[0]
        if brace == "}" and not depth:
            return "{}"
        depth += {"{": 1, "}": -1}.get(brace, 0)
        return brace

    return BRACE.sub(kept, source) + "}" * depth


# ── Pieces


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
        joined += run if kind == "math" else [Piece(kind, "".join([piece.text for piece in run]))]
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
    return [piece.text[start:end] for start, end in zip(ends, ends[1:], strict=False)]


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


# ── Formulas where there is only text

FONT = re.compile(r"\\(?:math|text|operatorname|boldsymbol|bm|mbox|hbox|overline|bar|hat|tilde|vec|widehat)[a-z]*\*?\s*\{([^{}]*)\}")
FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
SCRIPT = re.compile(r"([_^]|\\sqrt\s*)\{([^{}]{2,})\}")
MACRO = re.compile(r"\\([A-Za-z]+)\s*|\\(.)|[{}]", re.DOTALL)


@lru_cache(maxsize=5_000)
def in_line(source: str) -> str:
    r"""A formula as it can be written in a line: ``O(n^{2})`` is O(n^2), ``\alpha_{ij}`` α_(ij)."""
    if "\\" not in source and "{" not in source:
        return source
    for pattern, text in ((FONT, r"\1"), (FRACTION, r"\1/\2"), (SCRIPT, r"\1(\2)")):
        source = pattern.sub(text, source)
    source = MACRO.sub(in_words, source)
    return tidy(source).strip(" ")


def in_words(match: re.Match[str]) -> str:
    """What a macro of a formula reads as."""
    name, sign = match[1], match[2]
    if name:
        return {"sqrt": "√"}.get(name) or SYMBOLS.get(name, name + " ")
    return "" if sign is None else SIGNS.get(f"\\{sign}", sign)
