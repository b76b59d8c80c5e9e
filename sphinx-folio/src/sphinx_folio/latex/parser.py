r"""The thorough way from LaTeX to spans, for values with macros that take arguments: pylatexenc reads these.

``\emph{a {\bf b}} c`` becomes emphasis, strong, text. pylatexenc reads letter by letter, so runs of text go past it; it
is imported only when a value needs it, for that takes as long as reading a thousand values.
"""

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sphinx_folio.latex.fastpath import ACCENT, MARK_LETTERS, SIGN, add_accent
from sphinx_folio.latex.macros import KINDS_OF_MACROS, MACRO_TEMPLATES, MARKS, SIGNS, SWITCHES, SYMBOLS, SpanKind
from sphinx_folio.latex.richtext import Span
from sphinx_folio.latex.verbatim import add_placeholder, unmask

# A macro, or a run of text without what pylatexenc has to see; its spaces at either end stay.
SEEN = r"\\{}\[\]*\U000f0000-\U0010fffd"
STRUCTURE = re.compile(rf"(\\[A-Za-z]+|\\.)|\\\Z|[^{SEEN}\s](?:[^{SEEN}]*[^{SEEN}\s])?", re.DOTALL)
TWO_ACCENTS = re.compile(rf"(\\(?:{SIGN}|[{MARK_LETTERS}]))\s*(\\{ACCENT})", re.DOTALL)  # \'\^e
TABBED_ACCENT = re.compile(r"\\a(?=['`=])")
CUT_SHORT = re.compile(r"\\([A-Za-z]+)\s*\Z")
BRACE = re.compile(r"\\.|[{}]", re.DOTALL)


@dataclass(slots=True)
class MacroReader:
    """Reads a value with pylatexenc, in front of whose grammar only macros, braces and brackets are left."""

    placeholders: list[Span | str]
    complaints: list[str] = field(default_factory=list)

    def read(self, source: str) -> list[Span]:
        """The spans of a value."""
        source = TWO_ACCENTS.sub(r"\1{\2}", TABBED_ACCENT.sub(r"\\", source))
        skeleton = balance_braces(STRUCTURE.sub(self.macro_or_run, source))
        skeleton = CUT_SHORT.sub(self.cut_short, skeleton)
        try:
            return [*self.walk(parse_latex(skeleton), "text")]
        except Exception:  # tolerant as it is, pylatexenc raises IndexError and others where a macro is cut short
            return [*unmask(re.sub(r"[{}]", "", skeleton), "text", self.placeholders)]

    def macro_or_run(self, match: re.Match[str]) -> str:
        """A macro as it is, and a private character for a run of text: pylatexenc reads letter by letter."""
        source = match[0]
        if not match[1]:
            return add_placeholder(source, self.placeholders) if source != "\\" else ""
        if source[1].isalpha() or source[1] in MARKS:
            return source
        return add_placeholder(Span("text", SIGNS.get(source, source[1])), self.placeholders)

    def cut_short(self, match: re.Match[str]) -> str:
        """A macro that ends the value, as it stands there if it should have had an argument."""
        if match[1] in MARKS or not takes_arguments(match[1]):
            return match[0]
        self.complaints.append(f"\\{match[1]} ends the value without its argument")
        return add_placeholder(Span("text", match[0]), self.placeholders)

    def walk(self, nodes: Sequence[Any], kind: SpanKind) -> Iterator[Span]:
        """Spans in reading order."""
        for index, node in enumerate(nodes):
            name = getattr(node, "macroname", None)
            if name in SWITCHES:
                yield from self.walk(nodes[index + 1 :], SWITCHES[name])
                return
            if name is not None:
                yield from self.macro(node, kind, nodes[index + 1] if index + 1 < len(nodes) else None)
            elif hasattr(node, "nodelist"):
                yield from self.walk(node.nodelist, kind)
            else:
                yield from unmask(node.chars, kind, self.placeholders)

    def macro(self, node: Any, kind: SpanKind, following: Any) -> Iterator[Span]:
        """What a macro and its arguments are shown as."""
        name = node.macroname
        arguments = node.nodeargd.argnlist if node.nodeargd else []
        if name in MARKS:
            yield from self.accent(name, arguments, kind)
        elif name in MACRO_TEMPLATES:
            yield from self.shown(MACRO_TEMPLATES[name][1], arguments, KINDS_OF_MACROS.get(name, kind), kind)
        elif (text := symbol_of(name)) is not None:
            yield Span(kind, text)
        elif takes_arguments(name):
            yield from self.walk([each for each in arguments if each is not None], kind)
        else:
            yield from self.unknown(node, kind, following)

    def accent(self, name: str, arguments: Sequence[Any], kind: SpanKind) -> Iterator[Span]:
        """An argument whose first letter has an accent."""
        first, *rest = [span for span in self.walk(arguments, kind) if span.text] or [Span(kind, "")]
        if first.kind == "math":
            first, rest = Span(kind, ""), [first, *rest]
        yield from (Span(first.kind, add_accent(name, first.text)), *rest)

    def shown(self, template: str, arguments: Sequence[Any], inner: SpanKind, outer: SpanKind) -> Iterator[Span]:
        """The arguments that a template names, between its characters."""
        for part in re.split(r"(#\d)", template):
            if not part.startswith("#"):
                yield Span(inner, part)
            elif arguments and (argument := arguments[int(part[1]) - 1]):
                spans = [*self.walk([argument], inner)]
                if hasattr(argument, "chars") and spans and spans[0].kind != "math":  # one letter, without braces
                    first, *rest = spans
                    spans = [Span(first.kind, first.text[:1]), Span(outer, first.text[1:]), *rest]
                yield from spans

    def unknown(self, node: Any, kind: SpanKind, following: Any) -> Iterator[Span]:
        """Nothing for a macro whose argument follows; its name for one that stands alone, so that no word is lost."""
        name = node.macroname
        if getattr(following, "nodelist", None):
            self.complaints.append(f"\\{name} is not a macro known here, so only its argument is shown")
            return
        self.complaints.append(f"\\{name} is not a macro known here, so its name is shown")
        yield Span(kind, name + (node.macro_post_space and " "))


@cache
def grammar() -> Any:
    """Which macros take arguments: our list and pylatexenc's."""
    # What it would log of a macro without its arguments helps nobody: the text is shown as it stands.
    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)
    from pylatexenc.latexwalker import get_default_latex_context_db
    from pylatexenc.macrospec import MacroSpec

    macros = get_default_latex_context_db().filter_context(keep_which=["macros"])
    ours = [MacroSpec(name, "") for name in (*SYMBOLS, *SWITCHES)]
    ours += [MacroSpec(name, arguments) for name, (arguments, _) in MACRO_TEMPLATES.items()]
    ours += [MacroSpec(name, "{") for name in (*MARKS, "verb")]
    macros.add_context_category("folio", macros=ours, prepend=True)
    macros.set_unknown_macro_spec(MacroSpec("", ""))
    return macros


@cache
def pylatexenc_texts() -> Any:
    """What macros read as, in pylatexenc's list."""
    from pylatexenc.latex2text import get_default_latex_context_db

    return get_default_latex_context_db()


def symbol_of(name: str) -> str | None:
    """What a macro without arguments reads as, if our tables or pylatexenc's know it."""
    if name in SYMBOLS:
        return SYMBOLS[name]
    text = getattr(pylatexenc_texts().get_macro_spec(name), "simplify_repl", None)
    return text if isinstance(text, str) else None


@cache
def takes_arguments(name: str) -> bool:
    """Whether a macro stands before what it is about."""
    return bool(grammar().get_macro_spec(name).args_parser.argspec)


def parse_latex(source: str) -> list[Any]:
    """The nodes of a value whose braces balance."""
    from pylatexenc.latexwalker import LatexWalker

    return list(LatexWalker(source, latex_context=grammar(), tolerant_parsing=True).get_latex_nodes()[0])


def balance_braces(source: str) -> str:
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
