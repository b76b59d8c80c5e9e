"""What the checks found, beside what is allowed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

HEADINGS = ("page", "check", "figure", "budget", "")


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of the table; ``what`` says what is wrong and where, a line for each fault."""

    check: str  # as a reader would say it: "errors in HTML"
    page: str  # its name, such as "publications/index"; "" for what is the whole site's
    figure: str
    budget: str
    broken: bool
    what: str = ""
    timed: bool = False  # whether the figure depends on how busy the machine is

    @property
    def row(self) -> tuple[str, ...]:
        """As it stands in the table."""
        return (self.page or "the site", self.check, self.figure, self.budget, "BROKEN" if self.broken else "")


def faults(check: str, page: str, found: Iterable[str]) -> Finding:
    """The finding of a check that allows no fault."""
    told = list(found)
    return Finding(check, page, str(len(told)), "0", bool(told), "\n".join(told))


def table(findings: Iterable[Finding]) -> str:
    """The findings as Markdown, in their order."""
    rows = [HEADINGS, *(finding.row for finding in findings)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]])


def told(findings: Iterable[Finding]) -> Iterator[str]:
    """What is broken, a paragraph for each row."""
    for finding in findings:
        if finding.broken:
            lines = finding.what.splitlines() or ["see the table"]
            yield "\n    ".join(
                [f"{finding.page or 'The site'}, {finding.check}: {finding.figure}, not {finding.budget}", *lines]
            )
