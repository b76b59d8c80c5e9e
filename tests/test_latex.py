import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_folio.latex import Piece, read, to_text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"{\lambda}Scale", "λScale"),
        (r"\'{\i}ndice, Caf{\'e}, {\AA}ngstr{\"o}m, Erd\H{o}s, {\o}re, \ss", "índice, Café, Ångström, Erdős, øre, ß"),
        ("a -- b --- c", "a – b — c"),
        ("``quoted'' and `so'", "“quoted” and ‘so’"),
        (r"NSDI'26, \texttt{it's}", "NSDI’26, it's"),
        (r"R\&D, 100\,\%, \$5", "R&D, 100 %, $5"),
        ("R&D for 5% of C#", "R&D for 5% of C#"),
        (r"{\LaTeX} and {\BibTeX}", "LaTeX and BibTeX"),
        ("The {GPU} and {mLoRA}", "The GPU and mLoRA"),
        ("spread\n    over  lines", "spread over lines"),
        ("Jr.~Name", "Jr.\N{NO-BREAK SPACE}Name"),
        ("e\N{COMBINING ACUTE ACCENT}", "é"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        (r"\unknown{kept}", "kept"),
        ("{never closed", "never closed"),
        ("", ""),
    ],
)
def test_a_title_reads_as_its_author_meant_it(source: str, text: str) -> None:
    assert to_text(source) == text


def test_math_and_emphasis_keep_their_kind() -> None:
    pieces = read(r"{\lambda}Scale: $O(n^2)$ in \emph{practice}, 2\textsuperscript{nd} {\em ed.}")
    assert pieces == (
        Piece("text", "λScale: "),
        Piece("math", "O(n^2)"),
        Piece("text", " in "),
        Piece("emphasis", "practice"),
        Piece("text", ", 2"),
        Piece("superscript", "nd"),
        Piece("text", " "),
        Piece("emphasis", "ed."),
    )


@given(st.text())
def test_no_text_is_too_odd_to_read(source: str) -> None:
    assert isinstance(to_text(source), str)


@given(st.text(st.characters(categories=["L", "N"]), min_size=1))
def test_words_without_latex_come_through_unchanged(word: str) -> None:
    assert to_text(word) == unicodedata.normalize("NFC", word)
