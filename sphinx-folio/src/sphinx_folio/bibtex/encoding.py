"""Turn the bytes of a file into text, whatever it was saved as, and say so where that is not UTF-8, or is so twice."""

import codecs
import re
from dataclasses import dataclass

MARKED = {codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16"}
UNMARKED = re.compile(rb"(?P<le>[\t\n\r -~]\0)|(?P<be>\0[\t\n\r -~])")  # UTF-16 that begins with ASCII
BYTE_BY_BYTE = "sphinx_folio.byte_by_byte"  # our error handler's name among Python's codecs
HIGH = re.compile(rb"[\x80-\xff]+")
ALONE = re.compile(rb"(?<![A-Za-z\x80-\xff])(?:[\x80-\xff]{2})+(?![A-Za-z\x80-\xff])")

# XML has no place for these, so no page or feed has one either; a byte order mark may stand where files were joined.
CONTROL_BYTES = bytes(set(range(32)) - set(b"\t\n\r")) + b"\x7f"
MARKS = ("\ufeff", "\ufffe", "\uffff")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff]")

# Words of UTF-8 that something took for Windows-1252 or Latin-1 and saved as UTF-8: MÃ¼ller, donâ€™t.
HALVES = "\x80-\x9f¡-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
TWICE = re.compile(rf"[^\W\d_]{{0,20}}(?:Ã[{HALVES}]|â€[{HALVES}])\w{{0,20}}")


@dataclass(frozen=True, slots=True)
class Decoded:
    r"""Text with ``\n`` at the end of its lines; ``encoding`` is what it was read as if not UTF-8, else empty.

    ``line`` is that of the first byte that is not UTF-8, ``control`` that of the first control character or 0.
    """

    text: str
    encoding: str = ""
    line: int = 1
    control: int = 0


def decode(data: bytes) -> Decoded:
    """Decode a file; no bytes are refused."""
    try:
        text, encoding, line = data.decode("utf-8"), "", 1
    except UnicodeDecodeError as error:
        text, encoding = "", "Windows-1252"
        line = 1 + max(data.count(end, 0, error.start) for end in (b"\n", b"\r"))
    if wide := wide_encoding(data):
        text, encoding, line = data.decode(wide, errors="replace"), "UTF-16", 1
    elif encoding and is_chinese(data):
        text, encoding = data.decode("gb18030"), "GB18030"
    elif encoding:
        codecs.register_error(BYTE_BY_BYTE, byte_by_byte)  # once more does no harm
        text = data.decode("utf-8", errors=BYTE_BY_BYTE)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if encoding or len(data) != len(data.translate(None, CONTROL_BYTES)) or any(mark in text for mark in MARKS):
        return remove_control_characters(text, encoding, line)
    return Decoded(text)


def encoded_twice(text: str) -> re.Match[str] | None:
    """The first word that looks like UTF-8 encoded as such once more."""
    return TWICE.search(text) if "Ã" in text or "â€" in text else None


def remove_control_characters(text: str, encoding: str, line: int) -> Decoded:
    """The text without the characters that no page can show."""
    found = CONTROL.search(text.removeprefix("\ufeff"))
    if found is None:
        return Decoded(text.removeprefix("\ufeff"), encoding, line)
    control = 0 if found.group() == "\ufeff" else text.count("\n", 0, found.start()) + 1
    return Decoded(CONTROL.sub("", text), encoding, line, control)


def wide_encoding(data: bytes) -> str:
    """The codec of a file in UTF-16, with or without its mark, else nothing."""
    if data[:2] in MARKED:
        return "utf-16"
    found = UNMARKED.match(data)
    return f"utf-16-{found.lastgroup}" if found else ""


def is_chinese(data: bytes) -> bool:
    """Whether this is GB18030: in that, bytes above ASCII come in pairs, in Windows-1252 singly or within words.

    A file that is UTF-8 but for a few bytes is not.
    """
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    paired, high = (sum(map(len, runs.findall(data))) for runs in (ALONE, HIGH))
    return sum(not each.isascii() for each in text) < 2 * broken and 2 * paired > high


def byte_by_byte(error: UnicodeError) -> tuple[str, int]:
    """What Windows-1252 makes of the one byte that UTF-8 makes nothing of."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.start + 1].decode("cp1252", errors="replace"), error.start + 1
