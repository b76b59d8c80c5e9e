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

Document = Mapping[str, Any]


class TypesettingError(Exception):
    """The reason for a missing PDF: ``failing_block`` is the block or paper at fault, ``line`` the template's line."""

    def __init__(
        self, message: str, hints: tuple[str, ...] = (), failing_block: Document | None = None, line: int = 0
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hints = hints
        self.failing_block = failing_block
        self.line = line


@dataclass(frozen=True)
class Typeset:
    """A PDF, how many pages it has, and what Typst warns of: that a font is not there, for instance."""

    pdf: bytes
    pages: int
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class TypstCompiler:
    """All that decides what a document becomes."""

    template: Path
    timestamp: int
    font_folders: Sequence[Path]
    system_fonts: bool

    def print(self, document: Document) -> Typeset:
        """Make the PDF, or raise Typst's error."""
        import typst

        files = {
            "main.typ": self.template.read_bytes(),
            "content.typ": CONTENT.read_bytes(),
            "cv.json": json.dumps(visible(document)).encode(),
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

    def error(self, document: Document) -> RuntimeError | None:
        """Why a document cannot be typeset, if so."""
        try:
            self.print(document)
        except RuntimeError as error:
            return error
        return None


def typeset(document: Document, template: Path, timestamp: int, font_folders: Sequence[Path] = ()) -> Typeset:
    """Typeset a CV as tagged PDF/UA-1, dated ``timestamp`` (seconds since 1970): the same input gives the same bytes.

    Its fonts are Typst's own and those in ``font_folders``. The system's, which differ from machine to machine, are
    taken only where these lack a character.
    """
    compiler = TypstCompiler(template, timestamp, font_folders, system_fonts=False)
    try:
        return compiler.print(document)
    except RuntimeError as error:
        if not missing_characters(error):
            raise explain_error(error, document, compiler) from error
    compiler = replace(compiler, system_fonts=True)
    try:
        return compiler.print(document)
    except RuntimeError as error:
        raise explain_error(error, document, compiler) from error


def missing_characters(error: RuntimeError) -> list[str]:
    """The characters that no font has."""
    return list(dict.fromkeys(LACKING.findall(getattr(error, "diagnostic", ""))))


def explain_error(error: RuntimeError, document: Document, compiler: TypstCompiler) -> TypesettingError:
    """An error of Typst's for the owner: that of the first block, or paper, with which there is one."""
    parts = list(parts_of(document["blocks"]))
    count = bisect_left(range(len(parts)), True, key=lambda count: bool(compiler.error(beginning(document, count))))
    first = compiler.error(beginning(document, count)) or error
    failing_block = parts[count - 1] if count else None
    if characters := missing_characters(first):
        message = f"no font has the characters {' '.join(characters)}"
        cure = "install a font that has them; Noto has one for every script"
        return TypesettingError(message, (cure,), failing_block)
    hints, line = tuple(getattr(first, "hints", ())), LINE.search(getattr(first, "diagnostic", ""))
    return TypesettingError(getattr(first, "message", str(first)), hints, failing_block, int(line[1]) if line else 0)


def parts_of(blocks: Sequence[Document]) -> Iterator[Document]:
    """Blocks, and papers instead of their list."""
    for block in blocks:
        yield from block["entries"] if block["type"] == "publications" else (block,)


def beginning(document: Document, count: int) -> Document:
    """A document with only its first blocks and papers."""
    blocks = []
    for block in document["blocks"]:
        if count <= 0:
            break
        if block["type"] == "publications":
            blocks.append({**block, "entries": block["entries"][:count]})
            count -= len(block["entries"])
        else:
            blocks.append(block)
            count -= 1
    return {**document, "blocks": blocks}


def visible(value: Any) -> Any:
    """Plain data without the characters that can only be a mistake, such as a backspace."""
    if isinstance(value, str):
        return INVISIBLE.sub("", value)
    if isinstance(value, Mapping):
        return {name: visible(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [visible(each) for each in value]
    return value
