r"""Read an entry that bibtexparser gives up on, or reads short, as far as it can be read.

An entry is read as it is meant: first with ``\{`` and ``\}`` as the braces of a text, then with every brace as one of
BibTeX's own. Where neither comes to its end, a value that is never closed ends where a line looks like the next field,
and the entry where one looks like the next entry. Every liberty taken is a ``SyntaxFault``.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from sphinx_folio.text import truncate

# A line (or the rest of one, where entries follow each other) that begins another block, whatever braces are open.
NEXT_BLOCK = re.compile(
    r"""
    (?:\n|\})[ \t]*
    (@[ \t]*(?:
        (?:string|preamble|comment)\s*[{(]  # @string{
      | [A-Za-z][\w-]*\s*[{(]\s*+[^{},=@\"\n]*+\s*+[,}=]  # @article{key,  or, without a key, @article{title =
    ))
    """,
    re.VERBOSE | re.IGNORECASE,
)
HEAD = re.compile(r"@\s*(?P<type>[^\s{}()\[,=@]*)\s*(?P<open>[{(\[])")
CLOSERS = {"{": "}", "(": ")", "[": "}]"}  # what a square bracket opens may end in either
BLANK = re.compile(r"(?:\s+|%[^\n]*|//[^\n]*)*")
OPENING = ("{", '"')
PARTNER = {"{": "}", '"': '"'}
STEP = {"{": 1, "}": -1}
NAME = r"[^\s,={}\"#%()@\\]+"
FIELD = re.compile(rf"(?P<name>{NAME})\s*=")
FIELD_LINE = re.compile(
    r"""
    \n[ \t]*[A-Za-z][\w+.:-]*[ \t]*=[ \t]*(?:
        [{\"“]  # title = {Notes}
      | [\w.-]+[ \t]*(?:[,}\#\n]|\Z)  # year = 1843,  month = feb # "~29"
    )
    """,
    re.VERBOSE,
)
FIELD_AFTER_BRACE = re.compile(rf"\s*(?:,\s*)?(?P<name>{NAME})\s*=\s*[\w{{\"]")
WORDS = {marks: re.compile(rf"[^,={{}}\"#{re.escape(marks)}]*") for marks in CLOSERS.values()}
BARE = {marks: re.compile(rf"[^\s#{{}}\",{re.escape(marks)}]+") for marks in CLOSERS.values()}
CLOSING = {
    ("{", True): re.compile(r"\\.|[{}]", re.DOTALL),
    ("{", False): re.compile(r"[{}]"),
    ('"', True): re.compile(r"\\.|[{}\"]", re.DOTALL),
    ('"', False): re.compile(r"[{}\"]"),
}
LAST_QUOTE = re.compile(r"\"(?=\s*(?:[,#}]|\Z))")
TYPOGRAPHIC = re.compile(r"[“”„](?P<text>[^“”]*)[“”]")

QUOTED = 30  # characters of a text that a message quotes


@dataclass(frozen=True, slots=True)
class ValuePart:
    """A piece of a value: what braces or quotes hold, or a ``bare`` word, which may be a macro."""

    text: str
    bare: bool


@dataclass(frozen=True, slots=True)
class FieldSource:
    """A field as it stands: its pieces are what ``#`` joins, ``offset`` is where its name begins."""

    name: str
    parts: tuple[ValuePart, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class SyntaxFault:
    """A fault at an offset of the text, and its cure."""

    offset: int
    what: str
    cure: str


@dataclass(frozen=True, slots=True)
class RecoveredEntry:
    """An entry or ``@string`` read in spite of its faults; ``whole`` where it is closed, just before ``end``."""

    type: str
    key: str
    fields: tuple[FieldSource, ...]
    faults: tuple[SyntaxFault, ...]
    end: int
    whole: bool


class NeverClosed(Exception):  # noqa: N818 (no error: another way of reading is tried)
    """A value has no end, as braces are being counted."""


def recover(text: str, start: int) -> RecoveredEntry:
    """Read the block whose ``@`` is at ``start``."""
    following = NEXT_BLOCK.search(text, start + 1)
    limit = following.start(1) if following else len(text)
    for escapes in (True, False):
        try:
            recovered = Scan(text, start, limit, escapes).read()
        except NeverClosed:
            continue
        if recovered.whole:
            return recovered
    lines = [match.start() for match in FIELD_LINE.finditer(text, start, limit)]
    return Scan(text, start, limit, escapes=True, lines=[*lines, limit]).read()


@dataclass(slots=True)
class Scan:
    """One attempt at a block; with ``lines``, where fields seem to begin, values that never close are ``cut`` there."""

    text: str
    start: int
    limit: int
    escapes: bool
    lines: list[int] = field(default_factory=list)
    at: int = 0
    closers: str = "}"
    unbalanced: bool = False
    cut: int = -1
    fields: list[FieldSource] = field(default_factory=list)
    faults: list[SyntaxFault] = field(default_factory=list)

    def read(self) -> RecoveredEntry:
        """Read the whole block."""
        head = HEAD.match(self.text, self.start, self.limit)
        if head is None:
            return RecoveredEntry("", "", (), (), self.limit, whole=False)
        self.at, self.closers = head.end(), CLOSERS[head["open"]]
        type_ = head["type"].lower() or "misc"
        if not head["type"]:
            self.fault(self.start, "an entry without a type", "write @misc{key, …}")
        if head["open"] == "[":
            self.fault(self.start, "a square bracket opens the entry", f"write @{type_}{{key, …}}")
        key = self.key(type_)
        whole = self.read_fields()
        if not (whole or self.unbalanced):
            self.fault(self.start, f"no {self.closers[0]} at its end", "add it, and check that every { has its }")
        return RecoveredEntry(type_, key, tuple(self.fields), tuple(self.faults), self.at, whole)

    def fault(self, offset: int, what: str, cure: str) -> None:
        """Note a fault that was worked around."""
        self.faults.append(SyntaxFault(offset, what, cure))

    def skip(self) -> str:
        """Go to the next thing that is neither blank nor comment; its first character, or nothing at the end."""
        blank = BLANK.match(self.text, self.at, self.limit)
        self.at = blank.end() if blank else self.at
        return self.peek()

    def peek(self) -> str:
        """The next character, or nothing at the end."""
        return self.text[self.at] if self.at < self.limit else ""

    def words(self) -> tuple[list[str], int, str]:
        """The words up to the next mark, without going there, where that is, and the mark, empty at the end."""
        match = WORDS[self.closers].match(self.text, self.at, self.limit)
        end = match.end() if match else self.at
        return self.text[self.at : end].split(), end, self.text[end : end + 1] if end < self.limit else ""

    def key(self, type_: str) -> str:
        """The key, or nothing; what turns out to be a field's name is left to be read."""
        if self.skip() in OPENING:
            (part,) = self.delimited("the key")  # somebody has put it into braces or quotes
            return " ".join(part.text.split())
        words, end, mark = self.words()
        if mark not in ("=", *OPENING) or not words:
            self.at = end
            return " ".join(words)
        *words, name = words
        self.at = self.text.rindex(name, self.at, end)
        if words:
            self.fault(self.start, "no comma behind the key", f"write @{type_}{{{' '.join(words)}, …}}")
        return " ".join(words)

    def read_fields(self) -> bool:
        """Read fields up to the end of the block; whether it has one."""
        while mark := self.skip():
            if mark in self.closers:
                self.at += 1
                behind = FIELD_AFTER_BRACE.match(self.text, self.at, self.limit)
                if not behind or behind["name"].lower() in {each.name for each in self.fields}:
                    return True  # what the entry has already is not its own
                self.unbalanced = True
                self.fault(self.at - 1, f"one {mark} too many{self.behind()}", "remove it")
            elif mark == ",":
                self.at += 1
            else:
                self.read_field()
        return False

    def behind(self) -> str:
        """Where we are, in words."""
        return f" behind {self.fields[-1].name}" if self.fields else ""

    def read_field(self) -> None:
        """Read one field, or the stray text that stands in its place."""
        words, end, mark = self.words()
        if words and mark in ("=", *OPENING):
            *stray, name = words
            if stray:
                self.stray(self.at, " ".join(stray))
            offset = self.text.rindex(name, self.at, end)
            self.at = end
            self.assign(name, offset)
        elif len(words) == 1:
            self.fault(self.at, f"{words[0]} has no value", f"write {words[0]} = {{…}}, or remove it")
            self.at = end
        else:
            self.skip_stray(words, end)

    def assign(self, name: str, offset: int) -> None:
        """Read what stands behind the name of a field."""
        if self.peek() == "=":
            self.at += 1
        else:
            self.fault(offset, f"no = behind {name}", f"write {name} = …")
        begin = self.at
        self.fields.append(FieldSource(name.lower(), self.value(name, offset), offset))
        if not self.fields[-1].parts:
            self.fault(offset, f"{name} has no value", f"write {name} = {{…}}, or remove it")
        self.end_value(name, begin)

    def skip_stray(self, words: list[str], end: int) -> None:
        """Skip text that is not a field."""
        offset = self.at
        self.at = end
        if not words and self.peek() in OPENING:
            words = [part.text for part in self.delimited("stray text")]
        elif not words:
            words = [self.peek()]
            self.at += 1
        self.stray(offset, " ".join(words))

    def stray(self, offset: int, text: str) -> None:
        """Note text that belongs to no field."""
        self.fault(offset, f"{truncate(text, QUOTED)!r} is not a field", "remove it, or write name = {…}")

    def end_value(self, name: str, begin: int) -> None:
        """Go to the comma or the end of the block behind a value; what else stands there belongs to it."""
        if self.at == self.cut or self.skip() in (",", *self.closers, ""):
            return
        last = self.fields[-1]
        if FIELD.match(self.text, self.at, self.limit):
            self.fault(last.offset, f"no comma behind {name}", f"write {name} = {{…}},")
            return
        rest = self.at
        self.skip_rest()
        if any(part.bare for part in last.parts):
            what, cure = f"neither braces nor quotes around {name}", f"write {name} = {{…}}"
        else:
            after = truncate(self.text[rest : self.at], QUOTED)
            what, cure = f"{after!r} stands behind the end of {name}", "put it inside the braces, or remove it"
        self.fault(last.offset, what, cure)
        whole = self.text[begin : self.at].strip()
        whole = whole[1:-1] if whole[:1] == whole[-1:] == '"' else whole
        self.fields[-1] = FieldSource(last.name, (ValuePart(whole, bare=False),), last.offset)

    def skip_rest(self) -> None:
        """Go to the next comma, field or end."""
        while self.skip() not in (",", *self.closers, "") and not FIELD.match(self.text, self.at, self.limit):
            if self.peek() in OPENING:
                self.delimited("its end")
                continue
            word = BARE[self.closers].match(self.text, self.at, self.limit)
            self.at = word.end() if word else self.at + 1

    def value(self, name: str, offset: int) -> tuple[ValuePart, ...]:
        """The pieces of a value, which ``#`` joins."""
        parts: list[ValuePart] = []
        while True:
            mark = self.skip()
            if mark in OPENING:
                parts += self.delimited(name)
            elif quoted := TYPOGRAPHIC.match(self.text, self.at, self.limit):
                self.fault(offset, f"typographic quotes around {name}", f"write {name} = {{…}}")
                parts.append(ValuePart(quoted["text"], bare=False))
                self.at = quoted.end()
            elif mark != "=" and (bare := BARE[self.closers].match(self.text, self.at, self.limit)):
                parts.append(ValuePart(bare.group(), bare=True))
                self.at = bare.end()
            if self.skip() not in ("#", "="):
                return tuple(parts)
            self.at += 1

    def delimited(self, name: str) -> tuple[ValuePart, ...]:
        """What stands between the brace or quote here and its end; we are then behind it."""
        begin, bound = self.at + 1, self.limit
        if self.lines:
            bound = self.lines[bisect_left(self.lines, begin)]
        end = self.closing(bound)
        if end is not None:
            self.at = end + 1
            return (ValuePart(self.text[begin:end], bare=False),)
        if not self.lines:
            raise NeverClosed
        self.unbalanced = True
        self.fault(begin - 1, f"the braces or quotes around {name} do not balance", "check that every { has its }")
        self.at = bound
        self.skip()
        self.cut = self.at
        return (ValuePart(without_unbalanced_braces(self.text[begin:bound].rstrip().rstrip(",")), bare=False),)

    def closing(self, bound: int) -> int | None:
        """Where the value that begins here ends, or None where nothing ends it before ``bound``."""
        depth, mark = 0, self.peek()
        for match in CLOSING[mark, self.escapes].finditer(self.text, self.at + 1, bound):
            found = match.group()
            if depth == 0 and found == PARTNER[mark]:
                return match.start()
            depth += STEP.get(found, 0)
        if mark == '"' and self.lines and (last := LAST_QUOTE.search(self.text, self.at + 1, bound)):
            return last.start()
        return None


def without_unbalanced_braces(text: str) -> str:
    """A text without the braces that have no partner."""
    opened: list[int] = []
    alone: set[int] = set()
    for match in CLOSING["{", True].finditer(text):
        if match.group() == "{":
            opened.append(match.start())
        elif match.group() == "}":
            alone |= set() if opened and opened.pop() >= 0 else {match.start()}
    alone.update(opened)
    return "".join(each for at, each in enumerate(text) if at not in alone).strip() if alone else text.strip()
