"""A CV as plain data, typeset by Typst: what ``templates/cv.typ`` makes of it, as a PDF.

The data is handed over as JSON, so that no text of the owner's is ever read as Typst's markup.
"""

import json
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sphinx_folio import PACKAGE

CONTENT = PACKAGE / "templates" / "content.typ"
INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")  # no font has these
LACKING = re.compile(r'the text `"(.+?)"` could not be displayed')
PAGES = re.compile(rb"<xmpTPg:NPages>(\d+)<")

Manuscript = Mapping[str, Any]


class TypesettingError(Exception):
    """Why there is no PDF; ``culprit`` is the block, or the paper, that it is due to, if it is due to one."""

    def __init__(self, message: str, hints: tuple[str, ...] = (), culprit: Manuscript | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hints = hints
        self.culprit = culprit


@dataclass(frozen=True)
class Typeset:
    """A PDF, how many pages it has, and what Typst warns of: a font that a site's own template names and is not there."""

    pdf: bytes
    pages: int
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Press:
    """All that decides what a manuscript becomes."""

    template: Path
    timestamp: int
    font_folders: Sequence[Path]
    system_fonts: bool

    def typeset(self, manuscript: Manuscript) -> Typeset:
        """Make the PDF, or raise Typst's error."""
        import typst

        files = {
            "main.typ": self.template.read_bytes(),
            "content.typ": CONTENT.read_bytes(),
            "cv.json": json.dumps(visible(manuscript)).encode(),
        }
        pdf, warnings = typst.compile_with_warnings(
            files,
            root=self.template.parent,
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=self.timestamp,
            font_paths=list(self.font_folders),
            ignore_system_fonts=not self.system_fonts,
        )
        return Typeset(pdf, int(PAGES.search(pdf)[1]), tuple(each.message for each in warnings))

    def fails(self, manuscript: Manuscript) -> bool:
        """Whether there is an error."""
        try:
            self.typeset(manuscript)
        except RuntimeError:
            return True
        return False


def typeset(manuscript: Manuscript, template: Path, timestamp: int, font_folders: Sequence[Path] = ()) -> Typeset:
    """Typeset a CV as tagged PDF/UA-1, dated ``timestamp`` (seconds since 1970): the same input gives the same bytes.

    Its fonts are Typst's own and those in ``font_folders``. The system's, which differ from machine to machine, are
    taken only where these lack a character.
    """
    for system_fonts in (False, True):
        press = Press(template, timestamp, font_folders, system_fonts)
        try:
            return press.typeset(manuscript)
        except RuntimeError as error:
            reason = error
        if not lacking(reason):
            break
    raise explained(reason, culprit(manuscript, press.fails)) from reason


def lacking(error: RuntimeError) -> list[str]:
    """The characters that no font has."""
    return list(dict.fromkeys(LACKING.findall(getattr(error, "diagnostic", ""))))


def explained(error: RuntimeError, culprit: Manuscript | None) -> TypesettingError:
    """An error of Typst's as one for the owner."""
    if characters := lacking(error):
        message = f"no font has the characters {' '.join(characters)}"
        return TypesettingError(message, ("Install a font that has them; Noto has one for every script.",), culprit)
    return TypesettingError(getattr(error, "message", str(error)), tuple(getattr(error, "hints", ())), culprit)


def culprit(manuscript: Manuscript, fails: Callable[[Manuscript], bool]) -> Manuscript | None:
    """The first block, or paper, with which typesetting fails; None where it fails without any."""
    parts = list(parts_of(manuscript["blocks"]))
    count = bisect_left(range(len(parts)), True, key=lambda count: fails(beginning(manuscript, count)))
    return parts[count - 1] if count else None


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
