"""Read a ``.bib`` file whole: every entry it holds, and every problem with its line and its cure.

A problem costs at most the field or the entry it is in; what stands around it is read as if nothing had happened.
Values are as they stand in the file, without their braces or quotes and with ``@string`` macros put in: LaTeX is
not interpreted here (see ``latex``), nor any field (see ``library``).
"""

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Block, Field, ParsingFailedBlock, String
from bibtexparser.model import Entry as EntryBlock

from sphinx_folio.names import unused

# What the parser would log we report ourselves, with the line and the cure.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

MONTHS = dict(zip("jan feb mar apr may jun jul aug sep oct nov dec".split(), map(str, range(1, 13)), strict=True))

# BibTeX knows no comments between its braces, but people write them: a line that begins with % is left out.
COMMENT_LINE = re.compile(r"^[ \t]*%.*$", re.MULTILINE)
BARE = re.compile(r"[^\s#{}\",]+")
MISSING_COMMA = re.compile(r"\s*(?P<name>[A-Za-z][\w+-]*)\s*=\s*(?P<rest>.*)", re.DOTALL)


# Problems that cost the reader of a page nothing.
HINTS = frozenset({"bibtex_encoding", "bibtex_field", "bibtex_same"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: ``type`` and the names of ``fields`` in lower case, ``key`` as written, lines counted from 1."""

    key: str
    type: str
    fields: Mapping[str, str]
    file: str
    line: int
    field_lines: Mapping[str, int]

    def line_of(self, name: str) -> int:
        """The line that a field begins on; the entry's own where it has no such field."""
        return self.field_lines.get(name, self.line)

    def problem(self, subtype: str, what: str, cure: str, field: str = "") -> "Problem":
        """Something wrong with this entry, on the line of ``field`` where it has that one."""
        return Problem(self.file, self.line_of(field), self.key, what, cure, subtype)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file that its owner would want to mend: where, ``what`` is wrong, and how to ``cure`` it.

    ``entry`` is the key of the entry that it is in, or empty.
    """

    file: str
    line: int
    entry: str
    what: str
    cure: str
    subtype: str

    @property
    def message(self) -> str:
        """All that there is to say beside file and line."""
        fault = f"{self.entry}: {self.what}" if self.entry else self.what
        return f"{fault} ({self.cure})" if self.cure else fault

    @property
    def is_error(self) -> bool:
        """Whether something is not shown as it was meant, rather than only worth a look."""
        return self.subtype not in HINTS


@dataclass(frozen=True, slots=True)
class Bibliography:
    """All that was found in some ``.bib`` files, in their order."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class Reader:
    """Collects entries and problems over several files; macros and keys are common to all of them.

    ``entries`` go by their keys in lower case: pybtex, which others read them with, knows no difference.
    """

    entries: dict[str, Entry] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    macros: dict[str, str] = field(default_factory=lambda: dict(MONTHS))
    file: str = ""

    def report(self, line: int, message: str, subtype: str) -> None:
        """Note a problem in the file being read."""
        what, _, cure = message.partition("; ")
        self.problems.append(Problem(self.file, line, "", what, cure, subtype))

    def read(self, path: Path) -> None:
        """Read one file."""
        self.file = str(path)
        text = self.decode(path)
        if text is None:
            return
        blocks = parse_string(COMMENT_LINE.sub("", text), parse_stack=[]).blocks
        for block in blocks:
            if isinstance(block, String):
                self.macros[block.key.lower()] = self.value(block.value, line_of(block), block.key)[0]
        found = len(self.entries)
        for block in blocks:
            while isinstance(block, ParsingFailedBlock) and block.ignore_error_block:
                block = block.ignore_error_block  # a key or a field stands twice: we have our own answers to that
            if isinstance(block, EntryBlock):
                self.add(block)
            elif isinstance(block, ParsingFailedBlock):
                self.report(line_of(block), f"{describe(block)} cannot be read: {cause(block)}", "bibtex_syntax")
        if len(self.entries) == found:
            self.report(1, "no entries; expected at least one, such as @article{key, title = {…}, …}", "bibtex_empty")

    def decode(self, path: Path) -> str | None:
        """The text of a file, or None with a problem noted."""
        try:
            data = path.read_bytes()
        except OSError as error:
            reason = "no such file" if isinstance(error, FileNotFoundError) else error.strerror
            self.report(1, f"{reason}; expected the BibTeX file that bibtex_bibfiles in conf.py names", "bibtex_file")
            return None
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            self.report(line, "not UTF-8, read as Windows-1252; save the file as UTF-8", "bibtex_encoding")
            return data.decode("cp1252", errors="replace")

    def add(self, block: EntryBlock) -> None:
        """Read one entry's fields; an entry whose key is taken, in whatever case, is kept under another."""
        line, key = line_of(block), block.key.strip()
        if not key:
            key = f"entry-{line}"
            self.report(
                line, f"an entry without a key, shown as {key!r}; expected @{block.entry_type}{{key, …}}", "bibtex_key"
            )
        if first := self.entries.get(key.casefold()):
            taken, key = key, unused(key.casefold(), self.entries)
            self.report(
                line,
                f"a second entry with the key {taken!r}, shown as {key!r}; the first is in {Path(first.file).name}"
                f" line {first.line}. Give one of them another key",
                "bibtex_duplicate_key",
            )
        fields: dict[str, str] = {}
        lines: dict[str, int] = {}
        for name, value, at in self.fields(block):
            if name in fields:
                self.report(at, f"{key}: a second {name}; this one is used. Remove the other", "bibtex_duplicate_field")
            fields[name], lines[name] = value, at
        self.entries[key.casefold()] = Entry(key, block.entry_type.lower(), fields, self.file, line, lines)

    def fields(self, block: EntryBlock) -> Iterator[tuple[str, str, int]]:
        """Name, value and line of each field, also of those that a missing comma made part of another."""
        for item in block.fields:
            name, source, line = item.key, str(item.value), line_of(item)
            while True:
                value, rest = self.value(source, line, f"{block.key}: {name}")
                yield name.split("\n")[-1].strip().lower(), value, line  # a comment may stand before it
                if not rest:
                    break
                following = MISSING_COMMA.fullmatch(rest)
                if following is None:
                    self.report(
                        line,
                        f"{block.key}: {name} goes on with {shorten(rest)!r} after its end;"
                        " expected a comma and the next field",
                        "bibtex_syntax",
                    )
                    break
                self.report(line, f"{block.key}: expected a comma at the end of {name}", "bibtex_syntax")
                line += source[: len(source) - len(following["rest"])].count("\n")
                name, source = following["name"], following["rest"]

    def value(self, source: str, line: int, what: str) -> tuple[str, str]:
        """The text of ``{a} # "b" # macro``, and what follows it that is no value."""
        parts: list[str] = []
        position = 0
        while True:
            position += len(source[position:]) - len(source[position:].lstrip())
            if source[position : position + 1] in ("{", '"'):
                end = closing(source, position)
                parts.append(source[position + 1 : end])
                position = end + 1
            elif match := BARE.match(source, position):
                parts.append(self.macro(match.group(), line, what))
                position = match.end()
            rest = source[position:].lstrip()
            if not rest.startswith("#"):
                return "".join(parts).strip(), rest
            position = len(source) - len(rest) + 1

    def macro(self, name: str, line: int, what: str) -> str:
        """What a bare word stands for: itself where it is a number or true or false, else a macro."""
        if name.isdigit() or name.lower() in ("true", "false"):
            return name
        if name.lower() in self.macros:
            return self.macros[name.lower()]
        self.report(
            line,
            f"{what}: {name} is no @string macro, so it is shown as it stands; expected {{{name}}}",
            "bibtex_macro",
        )
        return name


def read(*paths: Path) -> Bibliography:
    """Read files in order; whatever is wrong with them is in ``problems``, and nothing is raised."""
    reader = Reader()
    for path in paths:
        reader.read(path)
    return Bibliography(tuple(reader.entries.values()), tuple(reader.problems))


def line_of(block: Block | Field) -> int:
    """The line of a block or field, counted from 1."""
    return (block.start_line or 0) + 1


def closing(source: str, opening: int) -> int:
    """Where the value that a brace or quote opens ends; the end of the text where nothing closes it."""
    depth, quoted = 0, source[opening] == '"'
    for position in range(opening, len(source)):
        character = source[position]
        if character in "{}" and source[position - 1] != "\\":
            depth += 1 if character == "{" else -1
            if depth == 0 and not quoted:
                return position
        elif quoted and character == '"' and depth == 0 and position > opening:
            return position
    return len(source)


def describe(block: ParsingFailedBlock) -> str:
    """Name a damaged block as its owner would."""
    head = re.match(r"\s*@\s*\w+\s*[{(]\s*[^\s,{}()]*", block.raw or "")
    return head.group().strip() if head else "this text"


def cause(block: ParsingFailedBlock) -> str:
    """Why a block is damaged, with what mends it."""
    raw = block.raw or ""
    if re.match(r"\s*@\s*\w+\s*[{(]\s*\w+\s*=", raw):
        return "it has no key; expected one before the first field, with a comma behind it"
    if re.match(r"\s*@\s*\w+\s*[{(]\s*[^\s,={}]+\s+\w+\s*=", raw):
        return "expected a comma behind the key"
    if re.search(r"=\s*[“”„]", raw):
        return "expected straight quotes or braces around a value"
    if raw.count("{") != raw.count("}"):
        return "its braces do not balance; check that every { has its }"
    return str(block.error) or "expected @type{key, field = {value}, …}, and no backslash before a closing brace"


def shorten(text: str) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= 30 else line[:29] + "…"
