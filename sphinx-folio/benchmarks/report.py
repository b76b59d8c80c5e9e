"""What was found, beside what was allowed."""

from collections.abc import Iterable
from dataclasses import dataclass

HEADINGS = ("", "measured", "figure", "budget", "")


@dataclass(frozen=True, slots=True)
class Finding:
    """One figure; None where it could not be measured. Without a budget it is only told."""

    what: str
    measured: str
    figure: float | None
    unit: str = ""
    budget: float | None = None
    at_least: bool = False

    @property
    def verdict(self) -> str:
        """Met or missed."""
        if self.budget is None:
            return ""
        if self.figure is None:
            return "missed"
        return "met" if (self.figure >= self.budget if self.at_least else self.figure <= self.budget) else "missed"

    @property
    def row(self) -> tuple[str, ...]:
        """As it stands in the table."""
        figure = "none" if self.figure is None else f"{self.figure:.3g}{self.unit}"
        budget = "" if self.budget is None else f"{'≥' if self.at_least else '≤'} {self.budget:.3g}{self.unit}"
        return (self.what, self.measured, figure, budget, self.verdict)


def table(findings: Iterable[Finding]) -> str:
    """The findings as Markdown."""
    rows = [HEADINGS, *(finding.row for finding in findings)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]])
