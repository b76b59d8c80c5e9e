r"""What must not be read as LaTeX's text is put aside: formulas, addresses, ``\verb``.

``of $n^2$ at \url{a_b}`` becomes ``of □ at □``, where each □ is a private character of Unicode, and the spans that
they stand for. A pair of dollars is no formula where it stands around prose, as in $5 and $10.
"""

import re
from collections.abc import Iterator, Sequence

from sphinx_folio.latex.fastpath import GROUP, convert_tokens
from sphinx_folio.latex.macros import SpanKind
from sphinx_folio.latex.richtext import Span

FIRST, LAST = 0xF0000, 0x10FFFD
PLACEHOLDER = re.compile(f"([{chr(FIRST)}-{chr(LAST)}])")
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
      | \((?P<round>(?:[^\\]|\\[^()])*+)\\\)
      | \[(?P<square>(?:[^\\]|\\[^][])*+)\\\]
      | begin\{{(?P<environment>{FORMULA})\*?\}}(?P<display>.{{0,5000}}?)\\end\{{(?P=environment)\*?\}}
      | (?P<space>\\(?:\*|\[[-\d.\ ]+[a-z]{{2}}\])?|(?:begin|end)(?![A-Za-z])\s*(?:\{{[^{{}}]*\}})?)
      | (?P<gap>[hv]space\*?\s*\{{\s*[0.]*[1-9][^{{}}]*\}})
      | (?P<nothing>ifmmode(?:(?!\\fi\b).){{0,500}}?\\else(?![A-Za-z])\s*|fi(?![A-Za-z])\s*(?:\{{\}})?)
      | .
    ) | \$
    """,
    re.VERBOSE | re.DOTALL,
)
MAY_BE_VERBATIM = re.compile(
    r"""
    \$  # a formula: $n^2$
  | \\(?:
        [(\[\\]  # \( … \), \[ … \], or a line break
      | verb | url | path | nolinkurl | href | ensuremath
      | c[eh]\b  # chemistry: \ce{H2O}
      | begin | end  # environments
      | ifmmode | fi\b
      | [hv]space
    )
    """,
    re.VERBOSE,
)
IN_FORMULA = re.compile(
    rf"""
    \\ifmmode\s*(?P<math>.*?)\\else.*?\\fi(?:\{{\}})?  # \ifmmode x\else y\fi is x
  | \\ensuremath\s*(?P<group>{GROUP})  # \ensuremath{{x}} is {{x}}
    """,
    re.VERBOSE | re.DOTALL,
)
# Formulas that are one character which an exporter escaped so.
CHARACTERS = {"<": "<", ">": ">", r"\less": "<", r"\textless": "<", r"\greater": ">", r"\textgreater": ">",
              r"\backslash": "\\", r"\_": "_", r"\%": "%", r"\#": "#", r"\&": "&"}  # fmt: skip
ATOMS = re.compile(
    r"""
    \^\{?(?P<above>[\d+-]+)\}?  # a charge: SO4^2- or SO4^{2-}
  | _\{?(?P<below>\w+)\}?  # a number below: H_2O
  | (?<=[A-Za-z)\]])(?P<count>\d+)  # the same without a sign: H2O
  | (?P<arrow>\s*->\s*)  # a reaction: A -> B
  | (?<=[A-Za-z\d)\]])(?P<charge>[+-])(?![\w>])  # a charge without a sign: Na+
    """,
    re.VERBOSE,
)
BRACE_OR_DOLLAR = re.compile(r"\\.|[{}$]", re.DOTALL)
SURELY_FORMULA = re.compile(r"[\\^_=]")
WORD = re.compile(r"(?<!\w)[A-Za-z]{3,}(?!\w)")
UNREADABLE = re.compile(r"[\\{}$]")


def mask(source: str, placeholders: list[Span | str]) -> str:
    """The value with one private character for each formula, address and the like, which go to ``placeholders``."""
    if not MAY_BE_VERBATIM.search(source):
        return source
    parts, position = [], 0
    while match := VERBATIM.search(source, position):
        parts.append(source[position : match.start()])
        position = match.end()
        if match[0] == "$":
            content, position = read_dollar_formula(source, position)
            parts.append(add_placeholder(math_span(content), placeholders) if content else "\\$")
        else:
            found = verbatim_spans(match)
            parts += [each if isinstance(each, str) else add_placeholder(each, placeholders) for each in found]
    return "".join(parts) + source[position:]


def verbatim_spans(match: re.Match[str]) -> list[Span | str]:
    """What a macro stands for that LaTeX would not read as text."""
    group = match.lastgroup or ""
    text = match[group] if group else match[0]
    match group:
        case "verb":
            return [Span("code", text)]
        case "address":
            return [Span("text", re.sub(r"\\([_%&#~$^{}\\])", r"\1", text[1:-1].strip()))]
        case "chemistry":
            return [*chemistry_spans(text[1:-1])]
        case "ensured":
            return [math_span(text[1:-1])]
        case "round" | "square" | "display":
            return [math_span(text)]
        case "space" | "gap":
            return [" "]
        case "link" | "nothing":
            return [""]
    return [text]


def add_placeholder(span: Span | str, placeholders: list[Span | str]) -> str:
    """The private character that stands for a span; as text where there are no more of them."""
    if len(placeholders) > LAST - FIRST:
        return span if isinstance(span, str) else UNREADABLE.sub(" ", span.text)
    placeholders.append(span)
    return chr(FIRST + len(placeholders) - 1)


def unmask(text: str, kind: SpanKind, placeholders: Sequence[Span | str]) -> Iterator[Span]:
    """The spans of a text in which private characters stand for what was put aside."""
    for part in PLACEHOLDER.split(text):
        item = placeholders[ord(part) - FIRST] if PLACEHOLDER.match(part) else part
        if isinstance(item, Span):
            yield Span(kind, item.text) if item.kind == "text" else item
        elif item:
            yield Span(kind, item if kind == "code" or item is part else convert_tokens(item))


def math_span(source: str) -> Span:
    """A formula, or the one character that an exporter wrote as one."""
    source = source.strip()
    if "\\ifm" in source or "\\ens" in source:
        source = IN_FORMULA.sub(lambda match: match["math"] or match["group"] or "", source)
    return Span("text", CHARACTERS[source]) if source in CHARACTERS else Span("math", source)


def read_dollar_formula(source: str, start: int) -> tuple[str, int]:
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
    bare, words = content.strip(), WORD.findall(content)
    amount = bare[:1].isdigit()
    if not bare or ("\\" not in bare and amount and (following.isdigit() or len(words) > 1)):
        return False
    if SURELY_FORMULA.search(bare) or not words:
        return True
    return len(words) == 1 and not amount and not (content[0] == content[-1] == " ")


def chemistry_spans(source: str) -> Iterator[Span]:
    r"""A formula of chemistry, ``\ch{SO4^2-}``: numbers below their element, charges above."""
    position = 0
    for match in ATOMS.finditer(source):
        yield Span("text", source[position : match.start()])
        position = match.end()
        if match["arrow"]:
            yield Span("text", " → ")
        elif above := match["above"] or match["charge"]:
            yield Span("superscript", above.replace("-", "−"))
        else:
            yield Span("subscript", match["below"] or match["count"])
    yield Span("text", re.sub(r"[\\{}$]", "", source[position:]))
