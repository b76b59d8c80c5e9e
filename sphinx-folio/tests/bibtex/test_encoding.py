import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_folio.bibtex.encoding import Decoded, decode

TEXT = "@misc{k,\n title = {Größe, “naïve” – café},\n}\n"
CHINESE = "@misc{k,\n author = {王小明 and 李四},\n title = {关于大规模语言模型的训练，以及其他},\n}\n"

ENCODINGS = {
    "utf-8": ("", 1),
    "utf-8-sig": ("", 1),
    "utf-16": ("UTF-16", 1),
    "utf-16-le": ("UTF-16", 1),
    "utf-16-be": ("UTF-16", 1),
    "cp1252": ("Windows-1252", 2),
}


@pytest.mark.parametrize(("codec", "expected"), ENCODINGS.items())
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_file_is_decoded_whatever_it_was_saved_as(codec: str, expected: tuple[str, int], end: str) -> None:
    assert decode(TEXT.replace("\n", end).encode(codec)) == Decoded(TEXT, *expected)


def test_latin_1_is_windows_1252_for_all_that_people_write() -> None:
    assert decode("naïve Größe".encode("latin-1")) == Decoded("naïve Größe", "Windows-1252")


@pytest.mark.parametrize("codec", ["gb18030", "gbk"])
def test_chinese_is_told_from_western(codec: str) -> None:
    assert decode(CHINESE.encode(codec)) == Decoded(CHINESE, "GB18030", 2)


@pytest.mark.parametrize(
    "text",
    ["Müller", "größer für Übung", "créée à Orléans", "São João, coração", "el niño y la niña", "Þórður", "créée"],
)
def test_western_is_told_from_chinese(text: str) -> None:
    assert decode(f"@misc{{k, author = {{{text}}}}}".encode("cp1252")).encoding == "Windows-1252"


def test_a_few_bytes_that_are_not_utf8_do_not_spoil_the_others() -> None:
    data = "Gödel, 王小明\n".encode() + b"caf\xe9\n" + "Erdős".encode()
    assert decode(data) == Decoded("Gödel, 王小明\ncafé\nErdős", "Windows-1252", 2)


def test_a_byte_that_nothing_is_written_with_shows_that_something_was_there() -> None:
    assert decode(b"a\x81b").text == "a\ufffdb"


@pytest.mark.parametrize("control", ["\0", "\x0b", "\x1b", "\x7f", "\uffff"])
def test_control_characters_are_left_out_and_their_line_is_told(control: str) -> None:
    assert decode(f"a\n\tb{control}c{control}\n".encode()) == Decoded("a\n\tbc\n", "", 1, 2)


def test_a_byte_order_mark_where_files_were_joined_is_no_matter() -> None:
    assert decode("\ufeffa\n\ufeffb".encode()) == Decoded("a\nb")


@given(st.binary())
def test_no_bytes_are_refused(data: bytes) -> None:
    decode(data)


def test_importing_the_reader_changes_nothing_for_others() -> None:
    code = """
import codecs, logging, sphinx_folio.bibtex.reader
assert logging.getLogger("bibtexparser").level == logging.NOTSET
try:
    codecs.lookup_error("sphinx_folio.byte_by_byte")
except LookupError:
    raise SystemExit(0)
raise SystemExit("an error handler is registered")
"""
    subprocess.run([sys.executable, "-c", code], check=True)
