"""Take out of a ``.bib`` file what its owner has commented out, leaving every line where it was.

BibTeX itself knows no comment but what stands outside its entries; people write ``%`` and ``//`` in front of lines
anywhere, and put entries into ``@comment{…}``. A ``%`` inside a value is text. Between entries a ``%`` remains, so that
the rest of an entry of which only the first line is commented out is not taken for a part of the entry above it.
"""

import re
from collections.abc import Iterator

MARK = re.compile(r"\n[ \t]*(?:%|//)")
LINE = re.compile(
    r"""
    \n[ \t]*(?:
        (?P<entry>(?:%|//)[%/ \t]*@[^\n]*)  # an entry that is commented out: % @article{key,
      | (?P<comment>(?:%|//)[^\n]*)  # any other comment: // to do
      | (?P<block>@[ \t]*\w[\w-]*\s*[{(])  # the beginning of an entry: @article{
    )
    """,
    re.VERBOSE,
)
BLOCK_COMMENT = re.compile(r"\n[ \t]*@comment\s*\{", re.IGNORECASE)
BRACE = re.compile(r"\\.|[{}\"]", re.DOTALL)


def remove_comments(text: str) -> str:
    """The text with every comment blank."""
    text = f"\n{text}"
    if BLOCK_COMMENT.search(text):
        text = replace_spans(text, block_comments(text))
    if MARK.search(text):
        text = replace_spans(text, line_comments(text))
    return text[1:]


def replace_spans(text: str, spans: Iterator[tuple[int, int, str]]) -> str:
    """The text with what remains of these spans, and with their line ends."""
    kept, position = [], 0
    for start, end, remains in spans:
        kept += [text[position:start], "\n" * text.count("\n", start, end), remains]
        position = end
    return "".join([*kept, text[position:]])


def block_comments(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each ``@comment{…}`` begins and ends, and what remains of it; the parser gets what is never closed."""
    end = 0
    while match := BLOCK_COMMENT.search(text, end):
        end, depth = match.end(), 1
        for brace in BRACE.finditer(text, end):
            depth += {"{": 1, "}": -1}.get(brace.group(), 0)
            if depth == 0:
                end = brace.end()
                yield match.start(), end, ""
                break
        else:
            return


def line_comments(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each line begins and ends that is a comment, and what remains of it."""
    depth, quoted, read_to = 0, False, 0
    for match in LINE.finditer(text):
        if match["block"]:
            depth, quoted, read_to = 1, False, match.end()
            continue
        if depth:  # how deep we are only matters where there is a comment
            depth, quoted = nesting_at(text, read_to, match.start(), depth, quoted)
            read_to = match.end()
        if match["entry"] or (depth < 2 and not quoted):
            yield *match.span(), "" if depth else "%"


def nesting_at(text: str, start: int, end: int, depth: int, quoted: bool) -> tuple[int, bool]:
    """How many braces are open at ``end``, and whether quotes are; 0 once the entry is closed."""
    for match in BRACE.finditer(text, start, end):
        quoted ^= match.group() == '"' and depth == 1
        depth += {"{": 1, "}": -1}.get(match.group(), 0)
        if depth == 0:
            return 0, False
    return depth, quoted
