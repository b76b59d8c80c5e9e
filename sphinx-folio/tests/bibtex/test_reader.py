import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_folio.bibliography.library import read_library
from sphinx_folio.bibliography.names import SiteAuthors
from sphinx_folio.bibtex.model import Entry, Problem
from sphinx_folio.bibtex.reader import Bibliography, read_bib_files

GOOD = "@misc{after, title = {Still here}}\n"


@pytest.fixture
def bib(tmp_path: Path) -> Path:
    return tmp_path / "refs.bib"


@pytest.fixture
def only(bib: Path) -> Callable[[str], Entry]:
    """The one entry of a text, which has nothing wrong with it."""

    def read_it(text: str) -> Entry:
        bib.write_text(text, "utf-8")
        bibliography = read_bib_files(bib)
        assert told(bibliography) == []
        (entry,) = bibliography.entries
        return entry

    return read_it


def told(bibliography: Bibliography) -> list[str]:
    return [f"{problem.line}: {problem.message}" for problem in bibliography.problems]


def keys(bibliography: Bibliography) -> list[str]:
    return [entry.key for entry in bibliography.entries]


def test_values_are_joined_and_macros_put_in(only: Callable[[str], Entry]) -> None:
    entry = only(
        '@string{v = "VLDB"}\n@Article{k, Title = {A {B}}, journal = "Proc. " # v # {!}, month = jan, year = 2024}'
    )
    assert (entry.key, entry.type) == ("k", "article")
    assert entry.fields == {"title": "A {B}", "journal": "Proc. VLDB!", "month": "1", "year": "2024"}


def test_each_field_knows_its_line(only: Callable[[str], Entry]) -> None:
    entry = only("% first\n\n@misc{k,\n  title = {T},\n\n  code = {x}\n}")
    assert (entry.line, entry.line_of("title"), entry.line_of("code"), entry.line_of("pdf")) == (3, 4, 6, 3)


def test_an_entry_says_what_is_wrong_with_it_in_the_line_of_the_field() -> None:
    entry = Entry("k", "misc", {"doi": "x"}, "refs.bib", 1, {"doi": 3})
    assert entry.problem("bibtex_address", "no DOI", "write 10.1/x", "doi") == Problem(
        "refs.bib", 3, "k", "no DOI", "write 10.1/x", "bibtex_address"
    )
    assert entry.problem("bibtex_title", "no title", "write one").line == 1


def test_a_problem_is_told_with_its_entry_and_its_cure() -> None:
    assert Problem("f", 1, "k", "no title", "write one", "bibtex_title").message == "k: no title (write one)"
    assert Problem("f", 1, "", "no title", "", "bibtex_title").message == "no title"


def test_what_costs_a_reader_nothing_is_a_hint() -> None:
    assert Problem("f", 1, "k", "no title", "", "bibtex_title").is_error
    assert not Problem("f", 1, "k", "not UTF-8", "", "bibtex_encoding").is_error


WELL_FORMED = {
    "in braces": "@misc{k, title = {T}}",
    "in quotes": '@misc{k, title = "T"}',
    "in parentheses": "@misc(k, title = {T})",
    "in parentheses with one inside": '@misc(k, title = "T", note = {(a) b) "c)"})',
    "in one line with others": "@string{a = {b}}@misc{k,title={T}}@preamble{{x}}",
    "in capitals": "@MISC{k, TITLE = {T}}",
    "with a comma at its end": "@misc{k, title = {T},}",
    "with a comma at its beginning": "@misc{k\n , title = {T}\n , year = 2000\n}",
    "with two commas": "@misc{k, title = {T},, year = 2000,,}",
    "with blanks everywhere": "  @misc  {  k  ,  title  =  {  T  }  ,  }  ",
    "with a line end behind its type": "@misc\n{k,\n title = {T}}",
    "with a blank behind its @": "@ misc{k, title = {T}}",
    "with a hyphen in its type": "@my-type{k, title = {T}}",
    "called nearly like a comment": "@commentary{k, title = {T}}",
    "behind front matter": "---\n---\n\n@misc{k, title = {T}}",
    "behind front matter with a title": "---\nlayout: bib\n---\n@misc{k, title = {T}}",
    "behind stray text": "My papers, in {no} order. Write to me@example.org\n@misc{k, title = {T}}",
    "behind a mail address that looks like an entry": "me@example (a) b@c{d} @e {f}\n@misc{k, title = {T}}",
    "behind a preamble": '@preamble{"\\newcommand{\\x}{y}" # {z}}\n@misc{k, title = {T}}',
    "behind a comment": "@comment{jabref-meta: databaseType:bibtex;}\n@misc{k, title = {T}}",
    "behind a comment without braces": "@comment more text\n@misc{k, title = {T}}",
    "between entries that are commented out": (
        "% @misc{a, title = {A}}\n// @misc{b, title = {B}}\n@comment{@misc{c,\n title = {C}}\n@misc{d}\n}\n"
        "@misc{k, title = {T}}\n%@misc{e,\n  title = {E},\n}\n%% % @misc{f}\n"
    ),
    "with lines that are commented out": "@misc{k,\n % note = {N},\n // x = {y\n title = {T}, % and, so = {on}\n}",
    "with a comment behind its key": "@misc{k, % the key\n title = {T}}",
    "with a comment before its key": "@misc{ % the key\n k, title = {T}}",
}


@pytest.mark.parametrize("text", WELL_FORMED.values(), ids=WELL_FORMED.keys())
def test_an_entry_is_read_wherever_it_stands(only: Callable[[str], Entry], text: str) -> None:
    entry = only(text)
    assert (entry.key, entry.fields["title"]) == ("k", "T")


VALUES = {
    r"{a \{ b}": r"a \{ b",
    r"{a \} b}": r"a \} b",
    r"{D{\u{o}}\}\"ead}": r"D{\u{o}}\}\"ead",
    r"{D\\'esir\\'e}": r"D\\'esir\\'e",
    r"{two\\}": r"two\\",
    r"{:C\:\\papers\\:PDF}": r":C\:\\papers\\:PDF",
    "{C:\\papers\\}": "C:\\papers\\",
    r'"G\"odel"': r"G\"odel",
    r'"G{\"o}del"': r"G{\"o}del",
    '"a {"}quoted{"} word"': 'a {"}quoted{"} word',
    '"{a "b, c" d}"': '{a "b, c" d}',
    '{a "b" c}': 'a "b" c',
    "{a @ {B}, c = d}": "a @ {B}, c = d",
    "{50\n% of them}": "50\n% of them",
    "{a\n// b}": "a\n// b",
    '"50\n% of them"': "50\n% of them",
    "{{{{{{{deep}}}}}}}": "{{{{{{deep}}}}}}",
    '"a" # {b}#"c"': "abc",
    "2024": "2024",
    "true": "true",
    "False": "False",
    "{}": "",
    '""': "",
    "{ }": "",
    "{先生}": "先生",
}


@pytest.mark.parametrize(("source", "value"), VALUES.items())
def test_a_value_is_read_as_it_is_meant(bib: Path, source: str, value: str) -> None:
    bib.write_text(f"@misc{{k,\n note = {source},\n title = {{T}}\n}}\n{GOOD}", "utf-8")
    bibliography = read_bib_files(bib)
    assert told(bibliography) == []
    assert bibliography.entries[0].fields == {"note": value, "title": "T"}
    assert keys(bibliography) == ["k", "after"]


KEYS = ["two words", "o'hara", "先生2020", "a:b/c+d", "smith(2012)", "20%25", "#1", "é", "a&b", "[x]"]


@pytest.mark.parametrize("key", KEYS)
def test_a_key_may_be_anything(only: Callable[[str], Entry], key: str) -> None:
    assert only(f"@misc{{{key} , title = {{T}}}}").key == key


def test_an_entry_may_have_a_key_alone(only: Callable[[str], Entry]) -> None:
    assert only("@misc{k}").fields == {}


MONTHS = {
    "jan": "1",
    "DEC": "12",
    "march": "3",
    "May": "5",
    "sept": "9",
    "7": "7",
    "{July}": "July",
    'feb # "~29"': "February~29",
    '"10~" # jan': "10~January",
    "jan # {--} # mar": "January--March",
}


@pytest.mark.parametrize(("source", "month"), MONTHS.items())
def test_a_month_needs_no_braces(only: Callable[[str], Entry], source: str, month: str) -> None:
    assert only(f"@misc{{k, month = {source}}}").fields["month"] == month


MACROS = {
    "used before it is defined": "@misc{k, note = v}\n@string{v = {VLDB}}",
    "made of another": '@string{v = w # "DB"}\n@string{w = {VL}}\n@misc{k, note = V}',
    "defined in parentheses": "@string(v = {VLDB})\n@misc{k, note = v}",
    "defined with others": '@string{u = {U}, v = "VLDB"}\n@misc{k, note = v}',
    "called as people do": "@STRING{j-V:x = {VLDB}}\n@misc{k, note = j-v:X}",
    "defined twice": "@string{v = {ACM}}\n@string{v = {VLDB}}\n@misc{k, note = v}",
}


@pytest.mark.parametrize("text", MACROS.values(), ids=MACROS.keys())
def test_a_macro_may_be(only: Callable[[str], Entry], text: str) -> None:
    assert only(text).fields["note"] == "VLDB"


def test_macros_are_common_to_all_files_in_any_order(bib: Path, tmp_path: Path) -> None:
    macros = tmp_path / "macros.bib"
    macros.write_text('@string{v = "VLDB"}')
    bib.write_text("@misc{k, title = v}")
    for bibliography in (read_bib_files(macros, bib), read_bib_files(bib, macros)):
        assert bibliography.entries[0].fields["title"] == "VLDB"
        assert told(bibliography) == []


def test_a_macro_that_leads_back_to_itself_has_an_end(only: Callable[[str], Entry]) -> None:
    assert only('@string{a = b # "!"}\n@string{b = a}\n@misc{k, title = a}').fields["title"] == "b!"


def test_macros_that_grow_without_measure_are_their_names(bib: Path) -> None:
    chain = "".join(f"@string{{a{each} = a{each + 1}}}\n" for each in range(2000))
    bombs = "".join(f"@string{{b{each} = {' # '.join([f'b{each + 1}'] * 50)}}}\n" for each in range(20))
    bib.write_text(f"{chain}{bombs}@string{{b20 = {{boom}}}}\n@misc{{k, title = a0, note = b0}}\n{GOOD}")
    bibliography = read_bib_files(bib)
    assert keys(bibliography) == ["k", "after"]
    assert len(bibliography.entries[0].fields["note"]) < 1_000_000


def test_a_macro_of_nothing_is_nothing(only: Callable[[str], Entry]) -> None:
    assert only("@string{a = {}}\n@misc{k, title = a}").fields["title"] == ""


# A text, the key and fields of the entry that is published in spite of it, and what is told.
MISTAKES = {
    "no comma between fields": (
        "@misc{k,\n title = {T}\n year = 2000\n note = {N}}",
        ("k", {"title": "T", "year": "2000", "note": "N"}),
        [
            "2: k: no comma behind title (write title = {…},)",
            "3: k: no comma behind year (write year = {…},)",
        ],
    ),
    "no comma behind the key": (
        "@misc{k title = {T},\n year = 2000}",
        ("k", {"title": "T", "year": "2000"}),
        ["1: k: no comma behind the key (write @misc{k, …})"],
    ),
    "no comma behind the key of the line above": (
        "@misc{k\n title = {T}}",
        ("k", {"title": "T"}),
        ["1: k: no comma behind the key (write @misc{k, …})"],
    ),
    "an empty key": (
        "@misc{, title = {T}}",
        ("entry-1", {"title": "T"}),
        ["1: an entry without a key, shown as 'entry-1' (write @misc{key, …})"],
    ),
    "no key": (
        "@misc{title = {T}}",
        ("entry-1", {"title": "T"}),
        ["1: an entry without a key, shown as 'entry-1' (write @misc{key, …})"],
    ),
    "no type": (
        "@{k, title = {T}}",
        ("k", {"title": "T"}),
        ["1: k: an entry without a type (write @misc{key, …})"],
    ),
    "stray text behind a value": (
        "@misc{k,\n title = {T} stray}",
        ("k", {"title": "{T} stray"}),
        ["2: k: 'stray' stands behind the end of title (put it inside the braces, or remove it)"],
    ),
    "quotes in quotes": (
        '@misc{k, title = "The "best" one", year = 2000}',
        ("k", {"title": 'The "best" one', "year": "2000"}),
        ["1: k: 'best\" one\"' stands behind the end of title (put it inside the braces, or remove it)"],
    ),
    "stray text between fields": (
        "@misc{k, title = {T}, stray words, year = 2000}",
        ("k", {"title": "T", "year": "2000"}),
        ["1: k: 'stray words' is not a field (remove it, or write name = {…})"],
    ),
    "stray text before a field": (
        "@misc{k, title = {T},\n stray words year = 2000}",
        ("k", {"title": "T", "year": "2000"}),
        ["2: k: 'stray words' is not a field (remove it, or write name = {…})"],
    ),
    "a name without a value": (
        "@misc{k, title, year = 2000}",
        ("k", {"year": "2000"}),
        ["1: k: title has no value (write title = {…}, or remove it)"],
    ),
    "nothing behind the equals sign": (
        "@misc{k, title = {T},\n note = , year = }",
        ("k", {"title": "T", "note": "", "year": ""}),
        [
            "2: k: note has no value (write note = {…}, or remove it)",
            "2: k: year has no value (write year = {…}, or remove it)",
        ],
    ),
    "no equals sign": (
        "@misc{k, title {T}, year = 2000}",
        ("k", {"title": "T", "year": "2000"}),
        ["1: k: no = behind title (write title = …)"],
    ),
    "no braces": (
        "@misc{k, title = Some Title, year = 2000}",
        ("k", {"title": "Some Title", "year": "2000"}),
        ["1: k: neither braces nor quotes around title (write title = {…})"],
    ),
    "typographic quotes": (
        "@misc{k, author = “Lovelace, Ada”,\n year = 2000}",
        ("k", {"author": "Lovelace, Ada", "year": "2000"}),
        ["1: k: typographic quotes around author (write author = {…})"],
    ),
    "a macro that nobody defines": (
        "@misc{k, title = {T},\n publisher = aps}",
        ("k", {"title": "T", "publisher": "aps"}),
        [
            "2: k: publisher: aps is not an @string macro, so it is shown as it stands"
            " (write publisher = {aps}, or define @string{aps = {…}})"
        ],
    ),
    "a number that is none": (
        "@misc{k, title = {T},\n pages = 1--9}",
        ("k", {"title": "T", "pages": "1--9"}),
        ["2: k: pages: 1--9 has neither braces nor quotes around it (write pages = {1--9})"],
    ),
    "a second field of a name": (
        "@misc{k,\n year = 1, title = {T},\n Year = 2}",
        ("k", {"year": "2", "title": "T"}),
        ["3: k: a second year; this one is used (remove the other)"],
    ),
    "a brace that is never closed": (
        "@misc{k,\n title = {The {CAP theorem},\n year = {2000},\n}",
        ("k", {"title": "The {CAP theorem}", "year": "2000"}),
        ["2: k: the braces or quotes around title do not balance (check that every { has its })"],
    ),
    "a value that is never closed": (
        "@misc{k,\n title = {The theorem,\n year = {2000},\n}",
        ("k", {"title": "The theorem", "year": "2000"}),
        ["2: k: the braces or quotes around title do not balance (check that every { has its })"],
    ),
    "the last value never closed": (
        "@misc{k,\n year = {2000},\n title = {The theorem\n}",
        ("k", {"year": "2000", "title": "The theorem"}),
        ["1: k: no } at its end (add it, and check that every { has its })"],
    ),
    "quotes that are never closed": (
        '@misc{k,\n title = "The theorem,\n year = "2000"\n}',
        ("k", {"title": "The theorem", "year": "2000"}),
        ["2: k: the braces or quotes around title do not balance (check that every { has its })"],
    ),
    "a brace too many": (
        "@misc{k,\n title = {T}},\n year = {2000},\n}",
        ("k", {"title": "T", "year": "2000"}),
        ["2: k: one } too many behind title (remove it)"],
    ),
    "a brace too many at the end of a line": (
        "@misc{k,\n title = {T}}\n year = {2000},\n}",
        ("k", {"title": "T", "year": "2000"}),
        ["2: k: one } too many behind title (remove it)"],
    ),
    "no brace at the end": (
        "@misc{k,\n title = {T},\n year = 2000\n\n",
        ("k", {"title": "T", "year": "2000"}),
        ["1: k: no } at its end (add it, and check that every { has its })"],
    ),
    "the other kind of bracket at the end": (
        "@misc{k,\n title = {T},\n)\n",
        ("k", {"title": "T"}),
        [
            "1: k: no } at its end (add it, and check that every { has its })",
            "3: k: ) has no value (write ) = {…}, or remove it)",
        ],
    ),
    "a key in braces": ("@misc{{k}, title = {T}}", ("k", {"title": "T"}), []),
    "a key in quotes": ('@misc{"k", title = {T}}', ("k", {"title": "T"}), []),
}


@pytest.mark.parametrize(("text", "entry", "messages"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_costs_no_more_than_itself(
    bib: Path, text: str, entry: tuple[str, dict[str, str]], messages: list[str]
) -> None:
    bib.write_text(f"{text}\n{GOOD}", "utf-8")
    bibliography = read_bib_files(bib)
    mended, after = bibliography.entries
    assert (mended.key, mended.fields) == entry
    assert after.fields == {"title": "Still here"}
    assert told(bibliography) == messages


def test_what_is_mended_keeps_its_lines(bib: Path) -> None:
    bib.write_text("\n@misc{k,\n title = {T}\n year = 2000\n note = {N}}")
    (entry,) = read_bib_files(bib).entries
    assert [entry.line_of(name) for name in ("key", "title", "year", "note")] == [2, 3, 4, 5]


def test_entries_behind_a_damaged_one_in_the_same_line_are_read(bib: Path) -> None:
    bib.write_text("@misc{a, title = {A}, year {1}}@misc{b, title = {B}}@misc{c, title = {C {D}}@misc{d, title = {E}}")
    assert keys(read_bib_files(bib)) == ["a", "b", "c", "d"]


def test_what_has_lost_its_sign_is_told_and_not_shown(bib: Path) -> None:
    bib.write_text(f"{GOOD}\nBook{{lost,\n  title = {{L}}\n}}\n")
    bibliography = read_bib_files(bib)
    assert keys(bibliography) == ["after"]
    assert told(bibliography) == [
        "3: Book{lost has no @, so it is not shown (write @Book{lost, …, or begin its lines with %)"
    ]


@pytest.mark.parametrize("end", ["]", "}", "\n]", "\n}"])
@pytest.mark.parametrize("before", ["", GOOD.replace("after", "before")])
def test_an_entry_in_square_brackets_is_read(bib: Path, before: str, end: str) -> None:
    bib.write_text(f"{before}@article[key, title = {{T [x]}},\n  year = 2020, month = may{end}\n{GOOD}")
    bibliography = read_bib_files(bib)
    assert keys(bibliography)[-2:] == ["key", "after"]
    assert bibliography.entries[-2].fields == {"title": "T [x]", "year": "2020", "month": "5"}
    line = 1 + bool(before)
    assert told(bibliography) == [f"{line}: key: a square bracket opens the entry (write @article{{key, …}})"]


@pytest.mark.parametrize(
    "text", ["TY  - JOUR\nTI  - T\nER  - \n", "just words, me@x.org", "<p>@media x</p>", "\x01rubbish"]
)
def test_a_file_of_something_else_is_told_what_it_should_be(bib: Path, text: str) -> None:
    bib.write_text(text)
    cure = "a .bib file holds entries such as @article{key, title = {…}, …}: export as BibTeX"
    assert f"1: no entries ({cure})" in told(read_bib_files(bib))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("JÃ¶rg MÃ¼ller", "JÃ¶rg"),
        ("don" + "’t".encode().decode("cp1252"), "donâ€™t"),
        ("É".encode().decode("latin-1"), r"Ã\x89"),
    ],
)
def test_what_was_encoded_twice_is_hinted_at_once(bib: Path, text: str, word: str) -> None:
    bib.write_text(f"@misc{{k,\n  title = {{{text}}}\n}}\n{GOOD}", "utf-8")
    bibliography = read_bib_files(bib)
    assert told(bibliography) == [f"2: looks encoded twice, as in '{word}' (save the file as UTF-8 once)"]
    assert not bibliography.problems[0].is_error


def test_capitals_of_portuguese_are_not_taken_for_something_encoded_twice(only: Callable[[str], Entry]) -> None:
    assert only("@misc{k, title = {SÃO JOÃO, MANHÃ, IRMÃ “X” Ã x}}").fields


def test_an_entry_of_nothing_is_told_and_not_shown(bib: Path) -> None:
    bib.write_text(f"@misc{{}}\n@misc{{,}}\n{GOOD}")
    bibliography = read_bib_files(bib)
    assert keys(bibliography) == ["after"]
    assert told(bibliography)[1] == (
        "2: @misc without key and fields, not shown (write @misc{key, title = {…}, …}, or remove it)"
    )


def test_a_macro_that_is_no_more_than_begun_costs_itself(bib: Path) -> None:
    bib.write_text(f'@string{{a = "A"\n@string{{b = {{B}}}}\n@misc{{k, title = a # b}}\n{GOOD}')
    bibliography = read_bib_files(bib)
    assert bibliography.entries[0].fields == {"title": "AB"}
    assert told(bibliography) == ["1: no } at its end (add it, and check that every { has its })"]


SAME = "@misc{k, title = {1}}\n@misc{k, title = {2}}\n@misc{K, title = {3}}\n@misc{k-2, title = {4}}"


def test_entries_with_one_key_are_all_kept(bib: Path) -> None:
    bib.write_text(SAME)
    bibliography = read_bib_files(bib)
    assert [(entry.key, entry.fields["title"]) for entry in bibliography.entries] == [
        ("k", "1"),
        ("k-3", "2"),
        ("K-4", "3"),
        ("k-2", "4"),
    ]
    assert told(bibliography) == [
        "2: k: a second entry with this key, shown as 'k-3'; the first is in line 1 (give one of them another key)",
        "3: K: a second entry with this key but for upper and lower case, shown as 'K-4'; the first is in line 1"
        " (give one of them another key)",
    ]


def test_a_key_may_be_taken_in_another_file(bib: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.bib"
    other.write_text("\n@misc{k, title = {1}}")
    bib.write_text("@misc{k, title = {2}}")
    bibliography = read_bib_files(other, bib)
    assert keys(bibliography) == ["k", "k-2"]
    (problem,) = bibliography.problems
    assert (problem.file, problem.line) == (str(bib), 1)
    assert "the first is in line 2 of other.bib" in problem.message


def test_the_same_work_in_another_file_is_told_with_that_file(bib: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.bib"
    other.write_text("\n@misc{d, title = {D}, doi = {10.1000/182}}")
    bib.write_text("@misc{k, title = {K}, doi = {10.1000/182}}\n@misc{l, title = {L}, doi = {10.1000/182}}")
    problems = read_library([other, bib], SiteAuthors()).problems
    assert [problem.what for problem in problems] == ["the same DOI as d in line 2 of other.bib"] * 2


def test_problems_stand_in_the_order_of_files_and_lines(bib: Path, tmp_path: Path) -> None:
    other = tmp_path / "a.bib"
    other.write_text("@misc{k, note = x}")
    bib.write_text("@misc{, title = {T}}\n@misc{b, note = }\n@misc{B}")
    assert [(Path(each.file).name, each.line) for each in read_bib_files(bib, other).problems] == [
        ("refs.bib", 1),
        ("refs.bib", 2),
        ("refs.bib", 3),
        ("a.bib", 1),
    ]


def test_a_missing_file_is_one_problem(bib: Path) -> None:
    assert told(read_bib_files(bib)) == ["1: no such file (check its name)"]
    assert read_bib_files(bib.parent).problems[0].subtype == "bibtex_missing"


@pytest.mark.parametrize("text", ["", "\n\n", "@comment{nothing}", "% @misc{a, title = {A}}"])
def test_an_empty_file_is_one_problem(bib: Path, text: str) -> None:
    bib.write_text(text)
    assert told(read_bib_files(bib)) == ["1: no entries (write one, such as @article{key, title = {…}, …})"]


def test_a_file_that_is_not_utf8_is_read_and_reported(bib: Path) -> None:
    bib.write_bytes("@misc{k,\n title = {Café}}".encode("cp1252"))
    bibliography = read_bib_files(bib)
    assert bibliography.entries[0].fields["title"] == "Café"
    assert told(bibliography) == ["2: not UTF-8, read as Windows-1252 (save the file as UTF-8)"]


def test_a_control_character_is_left_out_and_reported(bib: Path) -> None:
    bib.write_bytes(b"@misc{k,\n title = {A\0B}}")
    bibliography = read_bib_files(bib)
    assert bibliography.entries[0].fields["title"] == "AB"
    assert told(bibliography) == ["2: a control character, left out (remove it)"]


ENDS = ["\n", "\r\n", "\r"]


@pytest.mark.parametrize("end", ENDS)
def test_line_ends_are_no_matter(bib: Path, end: str) -> None:
    bib.write_bytes(f"\ufeff@misc{{k,{end} title = {{T}},{end} year = 2000{end}}}{end}".encode())
    bibliography = read_bib_files(bib)
    assert (bibliography.entries[0].fields, told(bibliography)) == ({"title": "T", "year": "2000"}, [])
    assert bibliography.entries[0].line_of("year") == 3


def entry_with(abstract: str) -> str:
    return f"@misc{{k,\n title = {{T}},\n abstract = {{{abstract}}}}}\n{GOOD}"


MEGABYTES = {
    "plain": entry_with("word " * 200_000),
    "braces": entry_with("{w} " * 250_000),
    "nested": entry_with("{" * 100_000 + "}" * 100_000),
    "unclosed": entry_with("{w} {" * 100_000),
    "one brace unclosed": entry_with("a = {b}, " * 100_000 + "{"),
    "unclosed lines": entry_with("\n a = {b" * 30_000),
    "commented lines": entry_with("word\n% note\n" * 80_000) + "% more\n" * 80_000,
    "no comma": "@misc{k,\n" + "a = {b}\n" * 30_000 + "}\n" + GOOD,
    "stray": "@misc{k,\n title = {T}, " + "stray " * 150_000 + "}\n" + GOOD,
    "quotes": "@misc{k,\n title = " + '"a" b ' * 50_000 + "}\n" + GOOD,
    "blanks": "@misc{" + " " * 1_000_000 + "\n" + GOOD,
}


@pytest.mark.parametrize("text", MEGABYTES.values(), ids=MEGABYTES.keys())
def test_a_megabyte_in_one_entry_is_read_in_passing(bib: Path, text: str) -> None:
    bib.write_text(text)
    begin = time.process_time()
    bibliography = read_bib_files(bib)
    assert time.process_time() - begin < 10
    assert keys(bibliography)[-1] == "after"


def test_ten_thousand_entries_with_one_key_are_kept_in_passing(bib: Path) -> None:
    bib.write_text("@misc{k, title = {T}, year = 1}\n" * 10_000)
    begin = time.process_time()
    assert len({entry.key for entry in read_bib_files(bib).entries}) == 10_000
    assert time.process_time() - begin < 10


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_file_is_too_broken_to_read(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    bib = tmp_path_factory.getbasetemp() / "any.bib"
    bib.write_text(text, "utf-8", newline="")
    bibliography = read_bib_files(bib)
    assert bibliography.entries or bibliography.problems


PIECES = st.sampled_from(
    [*'@{}(),="#%/\\\n ', "@misc{k", "@string{a", "title", "= {T}", ", ", "//", "{\\'e}", "“", "”"]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_no_entry_is_so_broken_that_it_breaks_the_next(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    bib = tmp_path_factory.getbasetemp() / "broken.bib"
    bib.write_text(f"@misc{{before, title = {{B}}}}\n{text}\n{GOOD}", "utf-8", newline="")
    found = {entry.key: entry.fields.get("title") for entry in read_bib_files(bib).entries}
    assert found["before"] == "B"
    assert found["after"] == "Still here"


VALUE = st.text(st.characters(categories=["L", "N", "P", "Zs"], exclude_characters='{}"\\%@#'), min_size=1, max_size=30)


@given(st.dictionaries(st.from_regex(r"[a-z][a-z0-9:_-]{0,9}", fullmatch=True), VALUE, min_size=1, max_size=6))
def test_every_entry_is_found_with_its_title(tmp_path_factory: pytest.TempPathFactory, titles: dict[str, str]) -> None:
    bib = tmp_path_factory.getbasetemp() / "titles.bib"
    bib.write_text("\n".join(f"@misc{{{key}, title = {{{title}}}}}" for key, title in titles.items()), "utf-8")
    found = {entry.key: entry.fields["title"] for entry in read_bib_files(bib).entries}
    assert found == {key: title.strip() for key, title in titles.items()}


def test_a_field_behind_an_entry_that_has_it_already_is_not_its_own(bib: Path) -> None:
    bib.write_text("@misc{before, title = {B}}\ntitle = {T}\n" + GOOD)
    assert [entry.fields["title"] for entry in read_bib_files(bib).entries] == ["B", "Still here"]
