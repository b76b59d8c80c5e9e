"""Fences of Markdown: which of the ```` ``` ```` lines in a text has none that closes it."""

import re
from collections.abc import Iterable
from typing import NamedTuple

# Behind the marks of lists; what a colon fence says is always a directive.
OPENING = re.compile(r"\s*(?:(?:[-*+]|\d+[.)])\s+)*(?P<fence>`{3,}|~{3,}|:{3,}(?=\s*\{))\s*(?P<info>.*)")
DIRECTIVE = re.compile(r"\{([^}\s]+)\}")


class Fence(NamedTuple):
    """A line that opens something: its number in the text from 0, its marks, and what stands behind them."""

    line: int
    marks: str
    info: str

    @property
    def directive(self) -> str:
        """The directive that it begins, if any."""
        found = DIRECTIVE.match(self.info)
        return found[1] if found else ""

    def is_closed_by(self, line: str) -> bool:
        """Whether a line is as many of its marks or more, and nothing else."""
        text = line.strip()
        return len(text) >= len(self.marks) and set(text) == set(self.marks)


def unclosed(lines: Iterable[str]) -> Fence | None:
    """The fence that the text ends in, if it ends in one."""
    opened: Fence | None = None
    for number, line in enumerate(lines):
        if opened:
            opened = None if opened.is_closed_by(line) else opened
        elif (found := OPENING.match(line)) and not (found["fence"][0] == "`" and "`" in found["info"]):
            opened = Fence(number, found["fence"], found["info"].strip())
    return opened
