from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_folio.bibtex import Bibliography, read

GOOD = "@misc{after, title = {Still here}}\n"


@pytest.fixture
def bib(tmp_path: Path) -> Path:
    return tmp_path / "refs.bib"


def told(bibliography: Bibliography) -> list[str]:
    return [f"{problem.line}: {problem.message}" for problem in bibliography.problems]


def test_values_are_joined_and_macros_put_in(bib: Path) -> None:
    bib.write_text(
        '@string{v = "VLDB"}\n@Article{k, Title = {A {B}}, journal = "Proc. " # v # {!}, month = jan, year = 2024}'
    )
    (entry,) = read(bib).entries
    assert (entry.key, entry.type) == ("k", "article")
    assert entry.fields == {"title": "A {B}", "journal": "Proc. VLDB!", "month": "1", "year": "2024"}


def test_a_macro_may_be_defined_in_another_file(bib: Path, tmp_path: Path) -> None:
    macros = tmp_path / "macros.bib"
    macros.write_text('@string{v = "VLDB"}\n@misc{other, title = {O}}')
    bib.write_text("@misc{k, title = v}")
    assert read(macros, bib).entries[1].fields["title"] == "VLDB"


def test_each_field_knows_its_line(bib: Path) -> None:
    bib.write_text("% first\n\n@misc{k,\n  title = {T},\n\n  code = {x}\n}")
    (entry,) = read(bib).entries
    assert (entry.line, entry.line_of("title"), entry.line_of("code"), entry.line_of("pdf")) == (3, 4, 6, 3)


MISTAKES = {
    "@misc{k,\n title = {T}\n year = 2000}": "2: k: expected a comma at the end of title",
    "@misc{k,\n title = {T} stray}": (
        "2: k: title goes on with 'stray' after its end; expected a comma and the next field"
    ),
    "@misc{k,\n title = {T { },\n}": (
        "1: @misc{k cannot be read: its braces do not balance; check that every { has its }"
    ),
    "@misc{k title = {T},\n year = 2000}": "1: @misc{k cannot be read: expected a comma behind the key",
    "@misc{title = {T}}": (
        "1: @misc{title cannot be read: it has no key; expected one before the first field, with a comma behind it"
    ),
    "@misc{k, author = “Lovelace, Ada”,\n year = 2000}": (
        "1: @misc{k cannot be read: expected straight quotes or braces around a value"
    ),
    "@misc{, title = {T}}": "1: an entry without a key, shown as 'entry-1'; expected @misc{key, …}",
    "@misc{Key, title = {1}}\n@misc{key, title = {2}}": (
        "2: a second entry with the key 'key', shown as 'key-2'; the first is in refs.bib line 1."
        " Give one of them another key"
    ),
    "@misc{k, title = {T},\n publisher = acm}": (
        "2: k: publisher: acm is no @string macro, so it is shown as it stands; expected {acm}"
    ),
    "@misc{k,\n year = 1, title = {T},\n year = 2}": "3: k: a second year; this one is used. Remove the other",
    "@misc{k, title = {1}}\n@misc{k, title = {2}}": (
        "2: a second entry with the key 'k', shown as 'k-2'; the first is in refs.bib line 1."
        " Give one of them another key"
    ),
}


@pytest.mark.parametrize(("text", "message"), MISTAKES.items())
def test_a_mistake_is_told_with_its_line_and_its_cure_and_the_rest_is_read(bib: Path, text: str, message: str) -> None:
    bib.write_text(f"{text}\n{GOOD}")
    bibliography = read(bib)
    assert told(bibliography) == [message]
    assert bibliography.entries[-1].fields == {"title": "Still here"}


def test_a_forgotten_comma_loses_nothing(bib: Path) -> None:
    bib.write_text("@misc{k,\n title = {T}\n year = 2000\n note = {N}}")
    (entry,) = read(bib).entries
    assert entry.fields == {"title": "T", "year": "2000", "note": "N"}
    assert entry.line_of("note") == 4


def test_both_of_two_entries_with_one_key_are_kept(bib: Path) -> None:
    bib.write_text("@misc{k, title = {1}}\n@misc{k, title = {2}}\n@misc{k, title = {3}}")
    assert [(entry.key, entry.fields["title"]) for entry in read(bib).entries] == [
        ("k", "1"),
        ("k-2", "2"),
        ("k-3", "3"),
    ]


def test_what_is_commented_out_is_not_read(bib: Path) -> None:
    bib.write_text(
        "%@misc{old, title = {Old}}\n@misc{k,\n  % note = {no}\n  title = {T}, % yes\n  year = 2000}\n" + GOOD
    )
    bibliography = read(bib)
    assert [entry.key for entry in bibliography.entries] == ["k", "after"]
    assert bibliography.entries[0].fields == {"title": "T", "year": "2000"}
    assert not bibliography.problems


def test_a_missing_file_is_one_problem(bib: Path) -> None:
    assert told(read(bib)) == ["1: no such file; expected the BibTeX file that bibtex_bibfiles in conf.py names"]


@pytest.mark.parametrize("text", ["", "\n\n", "just words", "@comment{nothing}"])
def test_an_empty_file_is_one_problem(bib: Path, text: str) -> None:
    bib.write_text(text)
    assert told(read(bib)) == ["1: no entries; expected at least one, such as @article{key, title = {…}, …}"]


def test_a_file_that_is_not_utf8_is_read_and_reported(bib: Path) -> None:
    bib.write_bytes("@misc{k,\n title = {Café}}".encode("cp1252"))
    bibliography = read(bib)
    assert bibliography.entries[0].fields["title"] == "Café"
    assert told(bibliography) == ["2: not UTF-8, read as Windows-1252; save the file as UTF-8"]


def test_a_byte_order_mark_and_windows_line_ends_are_no_matter(bib: Path) -> None:
    bib.write_bytes("\ufeff@misc{k,\r\n title = {T},\r\n year = 2000\r\n}\r\n".encode())
    bibliography = read(bib)
    assert bibliography.entries[0].fields == {"title": "T", "year": "2000"}
    assert not bibliography.problems


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_file_is_too_broken_to_read(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    bib = tmp_path_factory.getbasetemp() / "any.bib"
    bib.write_text(text, "utf-8", newline="")
    bibliography = read(bib)
    assert bibliography.entries or bibliography.problems


VALUES = st.text(
    st.characters(categories=["L", "N", "P", "Zs"], exclude_characters='{}"\\%@#'), min_size=1, max_size=30
)


@given(st.dictionaries(st.from_regex(r"[a-z][a-z0-9:_-]{0,9}", fullmatch=True), VALUES, min_size=1, max_size=6))
def test_every_entry_is_found_with_its_title(tmp_path_factory: pytest.TempPathFactory, titles: dict[str, str]) -> None:
    bib = tmp_path_factory.getbasetemp() / "titles.bib"
    bib.write_text("\n".join(f"@misc{{{key}, title = {{{title}}}}}" for key, title in titles.items()), "utf-8")
    found = {entry.key: entry.fields["title"] for entry in read(bib).entries}
    assert found == {key: title.strip() for key, title in titles.items()}
