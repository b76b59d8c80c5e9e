"""What is read from ``.bib`` files: entries, and problems with their line and their cure."""

from collections.abc import Mapping
from dataclasses import dataclass

MONTH_NAMES = "January February March April May June July August September October November December".split()


MONTHS = {name[:3].lower(): str(number) for number, name in enumerate(MONTH_NAMES, 1)}


# Problems that cost the reader of a page nothing; ``online`` is what the hosts say of an entry.
HINTS = frozenset({"bibtex_encoding", "bibtex_field", "bibtex_same", "online"})


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
