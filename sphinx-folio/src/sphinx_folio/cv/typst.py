"""A CV as plain data, typeset by Typst: what ``templates/cv.typ`` makes of it, as a PDF.

The data is handed over as JSON, so that no text of the owner's is ever read as Typst's markup.
"""

import json
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sphinx_folio import PACKAGE

CONTENT = PACKAGE / "templates" / "content.typ"
INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")  # no font has these
LACKING = re.compile(r'the text `"(.+?)"` could not be displayed')
LINE = re.compile(r"\bmain\.typ:(\d+)")
PAGES = re.compile(rb"<xmpTPg:NPages>(\d+)<")

Manuscript = Mapping[str, Any]


class TypesettingError(Exception):
    """Why there is no PDF: ``culprit`` is the block, or the paper, that it is due to, ``line`` that of the template."""

    def __init__(
        self, message: str, hints: tuple[str, ...] = (), culprit: Manuscript | None = None, line: int = 0
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hints = hints
        self.culprit = culprit
        self.line = line


@dataclass(frozen=True)
class Typeset:
    """A PDF, how many pages it has, and what Typst warns of: that a font is not there, for instance."""

    pdf: bytes
    pages: int
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Press:
    """All that decides what a manuscript becomes."""

    template: Path
    timestamp: int
    font_folders: Sequence[Path]
    system_fonts: bool

    def print(self, manuscript: Manuscript) -> Typeset:
        """Make the PDF, or raise Typst's error."""
        import typst

        files = {
            "main.typ": self.template.read_bytes(),
            "content.typ": CONTENT.read_bytes(),
            "cv.json": json.dumps(visible(manuscript)).encode(),
        }
        settings = {
            "root": self.template.parent,
            "timestamp": self.timestamp,
            "font_paths": list(self.font_folders),
            "ignore_system_fonts": not self.system_fonts,
        }
        # The annotations of both functions know a single file only.
        pdf, warnings = typst.compile_with_warnings(files, format="pdf", pdf_standards=["ua-1"], **settings)  # type: ignore[call-overload]
        if found := PAGES.search(pdf):
            pages = int(found[1])
        else:  # the metadata of the PDF does not say it in clear: pages of SVG can be counted
            drawn = typst.compile(files, format="svg", **settings)  # type: ignore[call-overload]
            pages = len(drawn) if isinstance(drawn, list) else 1
        return Typeset(pdf, pages, tuple(each.message for each in warnings))

    def error(self, manuscript: Manuscript) -> RuntimeError | None:
        """Why a manuscript cannot be typeset, if so."""
        try:
            self.print(manuscript)
        except RuntimeError as error:
            return error
        return None


def typeset(manuscript: Manuscript, template: Path, timestamp: int, font_folders: Sequence[Path] = ()) -> Typeset:
    """Typeset a CV as tagged PDF/UA-1, dated ``timestamp`` (seconds since 1970): the same input gives the same bytes.

    Its fonts are Typst's own and those in ``font_folders``. The system's, which differ from machine to machine, are
    taken only where these lack a character.
    """
    press = Press(template, timestamp, font_folders, system_fonts=False)
    try:
        return press.print(manuscript)
    except RuntimeError as error:
        if not lacking(error):
            raise explained(error, manuscript, press) from error
    press = replace(press, system_fonts=True)
    try:
        return press.print(manuscript)
    except RuntimeError as error:
        raise explained(error, manuscript, press) from error


def lacking(error: RuntimeError) -> list[str]:
    """The characters that no font has."""
    return list(dict.fromkeys(LACKING.findall(getattr(error, "diagnostic", ""))))


def explained(error: RuntimeError, manuscript: Manuscript, press: Press) -> TypesettingError:
    """An error of Typst's for the owner: that of the first block, or paper, with which there is one."""
    parts = list(parts_of(manuscript["blocks"]))
    count = bisect_left(range(len(parts)), True, key=lambda count: bool(press.error(beginning(manuscript, count))))
    first = press.error(beginning(manuscript, count)) or error
    culprit = parts[count - 1] if count else None
    if characters := lacking(first):
        message = f"no font has the characters {' '.join(characters)}"
        return TypesettingError(message, ("install a font that has them; Noto has one for every script",), culprit)
    hints, line = tuple(getattr(first, "hints", ())), LINE.search(getattr(first, "diagnostic", ""))
    return TypesettingError(getattr(first, "message", str(first)), hints, culprit, int(line[1]) if line else 0)


def parts_of(blocks: Sequence[Manuscript]) -> Iterator[Manuscript]:
    """Blocks, and papers instead of their list."""
    for block in blocks:
        yield from block["entries"] if block["type"] == "publications" else (block,)


def beginning(manuscript: Manuscript, count: int) -> Manuscript:
    """A manuscript with only its first blocks and papers."""
    blocks = []
    for block in manuscript["blocks"]:
        if count <= 0:
            break
        if block["type"] == "publications":
            blocks.append({**block, "entries": block["entries"][:count]})
            count -= len(block["entries"])
        else:
            blocks.append(block)
            count -= 1
    return {**manuscript, "blocks": blocks}


def visible(value: Any) -> Any:
    """Plain data without the characters that can only be a mistake, such as a backspace."""
    if isinstance(value, str):
        return INVISIBLE.sub("", value)
    if isinstance(value, Mapping):
        return {name: visible(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [visible(each) for each in value]
    return value
