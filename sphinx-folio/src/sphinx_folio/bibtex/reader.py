"""Read ``.bib`` files whole: every entry they hold, and every problem with its line and its cure.

A problem costs at most the field it is in; what stands around it is read as if nothing had happened. Values are as they
stand in the file, without their braces or quotes and with ``@string`` macros put in: LaTeX is not interpreted here (see
``latex``), nor the meaning of a field (see ``datamodel`` and ``bibliography``).

bibtexparser splits a file into blocks. Where it gives up on one, or leaves text behind it, ``recovery`` reads that
block once more.
"""

import logging
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import count, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sphinx_folio.bibtex.comments import remove_comments
from sphinx_folio.bibtex.encoding import decode, encoded_twice
from sphinx_folio.bibtex.model import MONTH_NAMES, MONTHS, Entry, Problem
from sphinx_folio.bibtex.recovery import RecoveredEntry, ValuePart, recover

if TYPE_CHECKING:
    from bibtexparser.model import Entry as Healthy

SPELLINGS = MONTHS | {name.lower(): str(number) for number, name in enumerate(MONTH_NAMES, 1)} | {"sept": "9"}


# Macros made of macros that are more than anybody means.
DEEP = 100
LONG = 100_000

STRING = re.compile(r"@string\s*[{(]", re.IGNORECASE)
IGNORED = re.compile(r"@(?:comment|preamble)\s*[{(]", re.IGNORECASE)
KEY = re.compile(r"[^\s{}\"%]+(?: [^\s{}\"%]+)*")
FIELD_NAME = re.compile(r"[\w.+:/-]+")
MACRO_NAME = re.compile(r"[^\W\d][^\s]*")
PLAIN = re.compile(r"-?\d+|true|false|yes|no", re.IGNORECASE)  # what needs no braces

# A whole value in braces, nested three deep, or in quotes, or a bare word; all others are read by ``recovery``.
NESTED = r"(?:[^{}\\]++|\\.)*+"
for _ in range(3):
    NESTED = rf"(?:[^{{}}\\]++|\\.|\{{{NESTED}\}})*+"
VALUE = re.compile(rf"\{{({NESTED})\}}|\"((?:[^{{}}\"\\]++|\\.|\{{{NESTED}\}})*+)\"|([^\s#{{}}\",%=]+)", re.DOTALL)
WORD = 3  # the group of that

# Between the blocks that bibtexparser finds: the end of an entry that a brace too many has cut off, and an entry that
# BibTeX would find, or one that has lost its @.
LEFT_OVER = re.compile(
    r"""
    [\s}]*+(?:
        ,\s*[A-Za-z][\w+.:-]*\s*=\s*[\w{\"]  # a field behind a comma: }, year = 1843
      | [A-Za-z][\w+.:-]*\s*=\s*[{\"]  # a field with braces or quotes: year = {1843}
    )
    """,
    re.VERBOSE,
)
LOST_ENTRY = re.compile(
    r"""
    (?<![^\n}])[ \t]*  # at the beginning of a line, or behind the brace that ends an entry
    (?P<head>
        (?P<at>@\s*)?
        [A-Za-z][\w-]*\s*  # the type: article
        (?(at)[{(\[]|[{(])  # without an @, a square bracket opens nothing
        \s*+[^\s,={}()\"]+  # the key
    )
    \s*,\s*[A-Za-z][\w-]*\s*=  # the first field: , title =
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Bibliography:
    """All that was found in some ``.bib`` files, in their order."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]


def read_bib_files(*paths: Path) -> Bibliography:
    """Read files in order; whatever is wrong with them is in ``problems``, and nothing is raised.

    Macros and keys are common to all files.
    """
    files = [BibFile(str(path)) for path in paths]
    macros = Macros()
    for each in files:
        each.load(macros)
    for each in files:
        each.read(macros)
    entries, doubles = with_unique_keys([entry for each in files for entry in each.entries])
    problems = [*doubles, *(problem for each in files for problem in each.problems)]
    order = {each.name: number for number, each in enumerate(files)}
    problems.sort(key=lambda problem: (order[problem.file], problem.line))
    return Bibliography(entries, tuple(problems))


def with_unique_keys(entries: Iterable[Entry]) -> tuple[tuple[Entry, ...], list[Problem]]:
    """The entries, each under a key of its own: keys that differ only in case are the same to BibTeX."""
    entries = tuple(entries)
    taken = {entry.key.casefold() for entry in entries}
    numbers: dict[str, int] = {}
    found: dict[str, Entry] = {}
    problems = []
    for entry in entries:
        if first := found.get(folded := entry.key.casefold()):
            number = next(n for n in count(numbers.get(folded, 2)) if f"{folded}-{n}" not in taken)
            numbers[folded] = number + 1
            renamed = replace(entry, key=f"{entry.key}-{number}")
            problems.append(duplicate_key_problem(entry, first, renamed))
            taken.add(folded := renamed.key.casefold())
            entry = renamed
        found[folded] = entry
    return tuple(found.values()), problems


def duplicate_key_problem(entry: Entry, first: Entry, renamed: Entry) -> Problem:
    """The problem of an entry whose key another entry has."""
    same = "" if first.key == entry.key else " but for upper and lower case"
    what = f"a second entry with this key{same}, shown as {renamed.key!r}; the first is in {position_of(first, entry)}"
    return entry.problem("bibtex_duplicate_key", what, "give one of them another key")


def position_of(first: Entry, seen_from: Entry) -> str:
    """Where an entry is, said beside another one: its line, and its file where that is not the same."""
    return f"line {first.line}" + ("" if first.file == seen_from.file else f" of {Path(first.file).name}")


class Macros:
    """What ``@string`` defines, in whichever file and place; names know no case."""

    def __init__(self) -> None:
        self.definitions: dict[str, Sequence[ValuePart]] = {}
        self.texts: dict[str, str] = dict(SPELLINGS)
        self.depth = 0

    def define(self, name: str, parts: Sequence[ValuePart]) -> None:
        """Take note of a definition; the last one counts."""
        self.definitions[name.lower()] = parts
        self.texts.pop(name.lower(), None)

    def text(self, name: str) -> str | None:
        """The text of a macro, or None if it is not defined."""
        name = name.lower()
        if name not in self.texts and name in self.definitions and self.depth < DEEP:
            self.texts[name] = name  # what it stands for where its definition leads back to it
            self.depth += 1
            text = self.join(self.definitions[name])
            self.depth -= 1
            self.texts[name] = text if len(text) < LONG else name
        return self.texts.get(name)

    def plain(self, word: str) -> str | None:
        """What a word without braces says, or None where it had better be in braces."""
        text = self.text(word)
        return word if text is None and PLAIN.fullmatch(word) else text

    def join(self, parts: Sequence[ValuePart]) -> str:
        """The text of what ``#`` joins, in which a month is a word: ``feb # "~29"``."""
        return "".join(self.part(part, alone=len(parts) == 1) for part in parts).strip()

    def part(self, part: ValuePart, alone: bool) -> str:
        """The text of one piece; an undefined word is itself."""
        text = self.text(part.text) if part.bare else part.text
        if part.bare and not alone and text == MONTHS.get(part.text.lower(), ""):
            return MONTH_NAMES[int(text) - 1] if text else ""
        return part.text if text is None else text


@dataclass(frozen=True, slots=True)
class BibBlock:
    """What the parser found: ``raw`` begins in line ``line``, counted from 0; ``text`` stands between other blocks."""

    kind: Literal["entry", "string", "text", "damaged", "ignored"]
    line: int
    raw: str
    entry: "Healthy | None" = None


def split_blocks(text: str) -> Iterator[BibBlock]:
    """The blocks of a file in order, as bibtexparser tells them apart."""
    from bibtexparser import model  # takes 30 ms, which a build that has nothing to read should not pay
    from bibtexparser.entrypoint import parse_string

    # The parser's log says less than our own reports, which have the line and the cure.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    for block in parse_string(text, parse_stack=[]).blocks:
        while isinstance(block, model.ParsingFailedBlock) and block.ignore_error_block:
            block = block.ignore_error_block  # a key or a field stands twice: we have our own answers to that
        line, raw = block.start_line or 0, block.raw or ""
        if isinstance(block, model.Entry):
            yield BibBlock("entry", line, raw, block)
        elif isinstance(block, model.ImplicitComment):
            yield BibBlock("text", line, raw)
        elif STRING.match(raw):
            yield BibBlock("string", line, raw)
        elif IGNORED.match(raw):
            yield BibBlock("ignored", line, raw)
        else:  # also what the parser takes for @comment because it begins with that: @commentary
            yield BibBlock("damaged", line, raw)


@dataclass(slots=True)
class BibFile:
    """One file while it is being read: ``read_to`` is where what has been recovered ends."""

    name: str
    text: str = ""
    blocks: Sequence[BibBlock] = ()
    lines: Sequence[int] = ()
    read_to: int = 0
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def report(self, line: int, what: str, cure: str, subtype: str, entry: str = "") -> None:
        """Note a problem."""
        self.problems.append(Problem(self.name, line, entry, what, cure, subtype))

    def load(self, macros: Macros) -> None:
        """Split the file into blocks, and note the macros that it defines."""
        try:
            data = Path(self.name).read_bytes()
        except OSError as error:
            reason = "no such file" if isinstance(error, FileNotFoundError) else str(error.strerror)
            self.report(1, reason, "check its name", "bibtex_missing")
            return
        self.decode(data)
        self.blocks = tuple(split_blocks(self.text))
        for block in self.blocks:
            if block.kind == "string":
                for source in recover(self.text, self.offset_of(block)).fields:
                    macros.define(source.name, source.parts)

    def decode(self, data: bytes) -> None:
        """Turn bytes into the text that is not commented out."""
        decoded = decode(data)
        if decoded.encoding:
            what = f"not UTF-8, read as {decoded.encoding}"
            self.report(decoded.line, what, "save the file as UTF-8", "bibtex_encoding")
        if decoded.control:
            self.report(decoded.control, "a control character, left out", "remove it", "bibtex_encoding")
        self.text = remove_comments(decoded.text)
        if not decoded.encoding and (word := encoded_twice(self.text)):
            line = self.text.count("\n", 0, word.start()) + 1
            cure = "save the file as UTF-8 once"
            self.report(line, f"looks encoded twice, as in {word[0]!r}", cure, "bibtex_encoding")

    @property
    def starts(self) -> Sequence[int]:
        """Where each line begins; only a file with something to mend needs to know."""
        if not self.lines:
            self.lines = [0, *(match.end() for match in re.finditer("\n", self.text))]
        return self.lines

    def offset_of(self, block: BibBlock | None) -> int:
        """Where a block begins, or the end of the text."""
        if block is None:
            return len(self.text)
        start = self.starts[min(block.line, len(self.starts) - 1)]
        return max(start, self.text.find(block.raw, start))

    def line_at(self, offset: int) -> int:
        """The line of an offset, counted from 1."""
        return bisect_right(self.starts, offset)

    def read(self, macros: Macros) -> None:
        """Read every block."""
        for block, following in zip_longest(self.blocks, self.blocks[1:]):
            if self.read_to and self.offset_of(block) < self.read_to:
                continue
            if block.kind == "text":
                self.read_between(self.offset_of(block), block.raw, macros)
            elif block.kind in ("entry", "damaged", "string"):
                self.read_block(block, following, macros)
        is_told = any(problem.is_error for problem in self.problems)
        if not self.entries and not is_told and all(block.kind != "string" for block in self.blocks):
            has_text = self.text.strip("% \t\n")
            entry = "such as @article{key, title = {…}, …}"
            cure = f"a .bib file holds entries {entry}: export as BibTeX" if has_text else f"write one, {entry}"
            self.report(1, "no entries", cure, "bibtex_empty")

    def read_block(self, block: BibBlock, following: BibBlock | None, macros: Macros) -> None:
        """Read what the parser takes for an entry or ``@string``, and what it may have missed behind that."""
        cut_off = following and following.kind == "text" and LEFT_OVER.match(following.raw)
        if block.entry and not cut_off and (entry := self.valid_entry(block.entry, macros)):
            self.entries.append(entry)
            return
        self.read_to = self.recover(self.offset_of(block), macros)
        if block.kind == "damaged" or cut_off:
            end = self.offset_of(following)
            self.read_between(self.read_to, self.text[self.read_to : end], macros)

    def read_between(self, start: int, text: str, macros: Macros) -> None:
        """Read entries that the parser has not seen in a text, and report what looks like one that lost its @."""
        for match in LOST_ENTRY.finditer(text):
            offset = start + match.start("head")
            if offset < self.read_to:
                continue
            if match["at"]:
                self.read_to = self.recover(offset, macros)
            else:
                head = " ".join(match["head"].split())
                cure = f"write @{head}, …, or begin its lines with %"
                self.report(self.line_at(offset), f"{head} has no @, so it is not shown", cure, "bibtex_syntax")

    def valid_entry(self, block: "Healthy", macros: Macros) -> Entry | None:
        """The entry that the parser read, or None where there is anything to say about it."""
        fields: dict[str, str] = {}
        lines: dict[str, int] = {}
        for item in block.fields:
            name, match = item.key.lower(), VALUE.fullmatch(item.value)
            if match is None or name in fields or not is_field_name(name):
                return None
            kind, value = match.lastindex, match[match.lastindex or 0]
            if kind == WORD and (value := macros.plain(value)) is None:
                return None
            fields[name], lines[name] = value.strip(), (item.start_line or 0) + 1
        if not fields or not block.entry_type or not KEY.fullmatch(block.key):
            return None
        return Entry(block.key, block.entry_type.lower(), fields, self.name, (block.start_line or 0) + 1, lines)

    def recover(self, offset: int, macros: Macros) -> int:
        """Read one block as far as it can be read, and report what is wrong with it; where it ends."""
        recovered = recover(self.text, offset)
        before = self.text[self.starts[self.line_at(offset) - 1] : offset].rstrip()
        if not before or (recovered.fields and (recovered.key or before.endswith("}"))):
            self.add(recovered, offset, macros)
        return recovered.end  # else it was an @ in a text

    def add(self, recovered: RecoveredEntry, offset: int, macros: Macros) -> None:
        """Keep an entry that has been recovered, if there is anything of it, and say what was wrong with it."""
        line, is_entry = self.line_at(offset), recovered.type != "string"
        if is_entry and not (recovered.key or recovered.fields):
            what = f"@{recovered.type} without key and fields, not shown"
            self.report(line, what, f"write @{recovered.type}{{key, title = {{…}}, …}}, or remove it", "bibtex_syntax")
            return
        key = (recovered.key or f"entry-{line}") if is_entry else ""
        for fault in recovered.faults:
            self.report(self.line_at(fault.offset), fault.what, fault.cure, "bibtex_syntax", key)
        fields, lines = self.fields(recovered, key, macros)
        if is_entry:
            self.entries.append(Entry(key, recovered.type, fields, self.name, line, lines))
        if is_entry and not recovered.key:
            what = f"an entry without a key, shown as {key!r}"
            self.report(line, what, f"write @{recovered.type}{{key, …}}", "bibtex_key")

    def fields(self, recovered: RecoveredEntry, key: str, macros: Macros) -> tuple[dict[str, str], dict[str, int]]:
        """The text of each field of a recovered block, and its line."""
        fields: dict[str, str] = {}
        lines: dict[str, int] = {}
        for source in recovered.fields:
            name, line = source.name, self.line_at(source.offset)
            if name in fields:
                what = f"a second {name}; this one is used"
                self.report(line, what, "remove the other", "bibtex_duplicate_field", key)
            for part in source.parts:
                if part.bare and macros.plain(part.text) is None:
                    self.report(line, *undefined_macro(name, part.text), "bibtex_macro", key)
            fields[name], lines[name] = macros.join(source.parts), line
        return fields, lines


@lru_cache(10_000)
def is_field_name(name: str) -> bool:
    """Whether this can be the name of a field."""
    return bool(FIELD_NAME.fullmatch(name))


def undefined_macro(name: str, word: str) -> tuple[str, str]:
    """The fault of a word without braces, and its cure."""
    if MACRO_NAME.fullmatch(word):
        what = f"{name}: {word} is not an @string macro, so it is shown as it stands"
        return what, f"write {name} = {{{word}}}, or define @string{{{word} = {{…}}}}"
    return f"{name}: {word} has neither braces nor quotes around it", f"write {name} = {{{word}}}"
