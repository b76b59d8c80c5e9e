import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pylatexenc.latexwalker import get_default_latex_context_db as default_macros

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
        (r"A \mbox{GPU} study \textsc{of}\slash for \copyright 2020", "A GPU study of/for © 2020"),
        (r"See \href{https://x.org}{here} or \url{https://x.org/a_b}", "See here or https://x.org/a_b"),
        ("costs 5$ a day", "costs 5$ a day"),
        (r"\footnote", r"\footnote"),
        (r"cut short: \verb", r"cut short: \verb"),
        (r"\verb|a_b| c", "a_b c"),
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


MACROS = sorted({spec.macroname for spec in default_macros().iter_macro_specs()} - {""})


@settings(max_examples=400)
@given(
    st.lists(st.sampled_from(MACROS) | st.sampled_from(["{", "}", "[", "$", " ", "x", "\\begin{pmatrix}"]), max_size=6)
)
def test_no_macro_is_too_odd_to_read(parts: list[str]) -> None:
    source = "".join(f"\\{part}" if part in MACROS else part for part in parts)
    assert isinstance(to_text(source), str)


@given(st.text())
def test_no_text_is_too_odd_to_read(source: str) -> None:
    assert isinstance(to_text(source), str)


@given(st.text(st.characters(categories=["L", "N"]), min_size=1))
def test_words_without_latex_come_through_unchanged(word: str) -> None:
    assert to_text(word) == unicodedata.normalize("NFC", word)
