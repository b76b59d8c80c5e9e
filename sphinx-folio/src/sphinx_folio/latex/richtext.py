"""Spans of readable text, joined and tidied; the few HTML tags that are honoured in them.

``Span("text", "an <i>important</i> point")`` becomes text, emphasis and text.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import attrgetter

from sphinx_folio.latex.macros import SpanKind

SPACES = re.compile("  +")
TAG = re.compile(r"<(/?)(i|em|b|strong|sub|sup)>", re.IGNORECASE)
SPAN_KINDS_OF_TAGS: dict[str, SpanKind] = {
    "i": "emphasis",
    "em": "emphasis",
    "b": "strong",
    "strong": "strong",
    "sub": "subscript",
    "sup": "superscript",
}


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text of one kind; of kind ``math`` it is LaTeX source, without its dollar signs."""

    kind: SpanKind
    text: str


def single_span(text: str) -> tuple[Span, ...]:
    """The only span of a plain text."""
    text = tidy_text(text).strip(" ")
    return (Span("text", text),) if text else ()


def tidy_text(text: str) -> str:
    """Single spaces, NFC."""
    if "  " in text:
        text = SPACES.sub(" ", text)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def tidy_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans with the tags honoured, neighbours of one kind joined, and no space too many."""
    joined = merge_spans(spans)
    if any("</" in span.text for span in joined):
        joined = merge_spans(apply_tags(joined))
    done: list[Span] = []
    after_space = True
    for span in joined:
        text = span.text if span.kind == "math" else tidy_text(span.text)
        if after_space and span.kind not in ("math", "code"):
            text = text.lstrip(" ")
        if text:
            done.append(Span(span.kind, text))
            after_space = text[-1] == " "
    if after_space and done:
        done[-1] = Span(done[-1].kind, done[-1].text.rstrip(" "))
    return tuple(span for span in done if span.text)


def merge_spans(spans: Iterable[Span]) -> list[Span]:
    """Neighbours of one kind joined."""
    joined: list[Span] = []
    for kind, run in groupby((span for span in spans if span.text), key=attrgetter("kind")):
        alike = [*run]
        joined += alike if kind == "math" else [Span(kind, "".join([span.text for span in alike]))]
    return joined


def apply_tags(spans: Sequence[Span]) -> Iterator[Span]:
    """Spans between pairs of honoured tags in the kind of these; a tag without its other half is text."""
    parts = [Span(span.kind, part) for span in spans for part in split_at_tags(span)]
    pairs = paired_tags(parts)
    within: list[SpanKind] = ["text"]
    for index, part in enumerate(parts):
        if index not in pairs:
            yield Span(within[-1], part.text) if part.kind == "text" else part
        elif part.text.startswith("</"):
            within.pop()
        else:
            within.append(SPAN_KINDS_OF_TAGS[part.text[1:-1].lower()])


def split_at_tags(span: Span) -> list[str]:
    """The text of a span, its tags apart."""
    if span.kind in ("math", "code"):
        return [span.text]
    ends = [0, *(end for match in TAG.finditer(span.text) for end in match.span()), len(span.text)]
    return [span.text[start:end] for start, end in pairwise(ends)]


def paired_tags(parts: Sequence[Span]) -> set[int]:
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
