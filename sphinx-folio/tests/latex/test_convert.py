import re
import subprocess
import sys
import unicodedata
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pylatexenc.latexwalker import get_default_latex_context_db as default_macros

from sphinx_folio.latex.convert import (
    Span,
    SpanKind,
    latex_problems,
    plain_text,
    strip_unprintable,
    to_spans,
    to_text,
    undo_exporter_escapes,
)
from sphinx_folio.latex.fastpath import convert_simple
from sphinx_folio.latex.macros import JOURNALS
from sphinx_folio.latex.parser import MacroReader
from sphinx_folio.latex.richtext import tidy_spans
from sphinx_folio.latex.verbatim import mask


def pairs(source: str) -> list[tuple[SpanKind, str]]:
    return [(span.kind, span.text) for span in to_spans(source)]


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
    spans = to_spans(r"{\lambda}Scale: $O(n^2)$ in \emph{practice}, 2\textsuperscript{nd} {\em ed.}")
    assert spans == (
        Span("text", "λScale: "),
        Span("math", "O(n^2)"),
        Span("text", " in "),
        Span("emphasis", "practice"),
        Span("text", ", 2"),
        Span("superscript", "nd"),
        Span("text", " "),
        Span("emphasis", "ed."),
    )


@pytest.mark.parametrize(
    ("letter", "sources"),
    [
        ("é", [r"\'e", r"\'{e}", r"{\'e}", r"{\'{e}}", r"\' e", r"\'{ e}", r"\\'e", r"\\'{e}", r"\a'e", "&eacute;"]),
        ("í", [r"\'\i", r"\'{\i}", r"{\'{\i}}", r"\'i", r"\'{i}", r"\'\i{}", r"\'{\i }"]),
        ("ï", [r"\"{\i}", r"{\"\i}"]),
        ("č", [r"\v{c}", r"\v c", r"{\v{c}}", r"{\v c}"]),
        ("ő", [r"\H{o}", r"\H o"]),
        ("ç", [r"\c{c}", r"\c c", r"{\c c}"]),
        ("ą", [r"\k{a}"]),
        ("å", [r"\r{a}", r"\aa", r"{\aa}", r"\aa{}"]),
        ("ğ", [r"\u{g}", r"\u g"]),
        ("ụ", [r"\d{u}"]),
        ("ḇ", [r"\b{b}"]),
        ("ș", [r"\textcommabelow{s}", r"\textcommabelow s", r"\cb{s}"]),
        ("ā", [r"\=a", r"\={a}"]),
        ("ż", [r"\.z"]),
        ("ễ", [r"\~{\^e}", r"{\~{\^{e}}}", r"\~\^e"]),
        ("o͡o", [r"\t{oo}"]),
        ("2̄", [r"\=2"]),
        ("~", [r"\~{}", r"{\~{}}", r"\textasciitilde", r"{\textasciitilde}"]),
        ("^", [r"\^{}", r"{\^{}}", r"\textasciicircum{}"]),
        ("’", [r"\textquoteright", r"{\textquoteright}", "'", "&rsquo;", "&apos;", r"{\&}{\#}39;", "&amp;#39;"]),
    ],
)
def test_an_accent_is_read_in_every_spelling(letter: str, sources: list[str]) -> None:
    assert {source: to_text(source) for source in sources} == dict.fromkeys(sources, letter)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            r"Garc{\'\i}a-Molina and Nguy{\~{\^e}}n and Bj{\o}rn and {\L}ukasz",
            "García-Molina and Nguyễn and Bjørn and Łukasz",
        ),
        (r"\aa \AA \o \O \l \L \ss \ae \AE \oe \dj \dh \th \i \j", "åÅøØłŁßæÆœđðþıȷ"),
        (r"\alpha-helix, {\textlambda}, \textmu m, 5\textdegree C, \euro5", "α-helix, λ, µm, 5°C, €5"),
        (r"Windows{\textregistered} and Java\texttrademark{} 3", "Windows® and Java™ 3"),
        (r"\LaTeX\ and \TeX{} and {\LaTeXe}", "LaTeX and TeX and LaTeX2ε"),
        (r"a\-b a\/b a{-}{-}b -{}- 1--2 x---y", "ab ab a--b -- 1–2 x—y"),
        (r"!`Hola! ?`Qu\'e? <<oui>> it'{}'s", "¡Hola! ¿Qué? «oui» it’’s"),
        (r"one\\two \\[1ex] three\newline four\par five", "one two three four five"),
        (r"{\_} {\&} {\%} {\#} {\$} {\{}x{\}} \textless a", "_ & % # $ {x} <a"),
        (r"$\backslash$ and $<$b$>$ and {$>$}3", r"\ and <b> and >3"),
        (r"{\ifmmode\pm\else\textpm\fi}5 and \ifmmode \alpha \else a\fi b", "±5 and ab"),
        (r"{\raisebox{-0.5ex}\textasciitilde}100 \raisebox{1ex}[0pt][0pt]{y}", "~100 y"),
        (r"R{\&}amp;D, AT&amp;T, Q\&amp;A, a &lt; b, &nosuch; &#x2013;", "R&D, AT&T, Q&A, a < b, &nosuch; –"),
        (r"\\& \\emph{x}", "& x"),
        (r"$5 and $10", "$5 and $10"),
        (r"from $1B to $2B, $5-$10, US$3, $4, or $7", "from $1B to $2B, $5-$10, US$3, $4, or $7"),
        (r"{$5} and {$6}, A$AP Rocky and Ke$ha", "$5 and $6, A$AP Rocky and Ke$ha"),
        (r"drop\footnote{me} and\thanks{you} \label{x}here\vspace{1em}", "drop and here"),
        (r"as in \cite[p.~3]{knuth84} and \citep{lamport}", "as in [knuth84] and [lamport]"),
        (r"\textcolor{red}{r} \foreignlanguage{german}{g} \enquote{q} \uppercase{u} {\noopsort{b}}c", "r g “q” u c"),
        (r"\frac{1}{2} \sqrt{2} \section{Intro} \texorpdfstring{$x$}{ex}", "1/2 √2 Intro ex"),
        (r"\begin{itemize}\item a \item b\end{itemize}", "• a • b"),
        (r"a\hspace{1em}b-\hspace{0pt}c", "a b-c"),
        (r"{\sc Small} {\large L} {\normalfont n} \relax{}r", "Small L n r"),
        (r"\url{https://x.org/a\_b%20c--d} \href{https://x.org/\%7E}{h\'er\'e}", "https://x.org/a_b%20c--d héré"),
        (r"un}bal{anced", "unbalanced"),
        (r"{{{", ""),
        ("a trailing \\", "a trailing"),
        (r"stray \) and \[", "stray ) and ["),
        ("\x00con\x01trol\x1b \u2028line\ud800", "control line"),
        (r"<p>kept</p> <br/> <i class='x'>kept</i>", "<p>kept</p> <br/> <i class=’x’>kept</i>"),
        (r"<i>open and </b>closed", "<i>open and </b>closed"),
        (r"\textbf", r"\textbf"),
    ],
)
def test_what_exporters_and_authors_write_reads_well(source: str, text: str) -> None:
    assert to_text(source) == text


@pytest.mark.parametrize(
    ("source", "spans"),
    [
        (r"{\em a b} c", [("emphasis", "a b"), ("text", " c")]),
        (r"{a \bf b} c", [("text", "a "), ("strong", "b"), ("text", " c")]),
        (r"\textbf{a \emph{b} c}", [("strong", "a "), ("emphasis", "b"), ("strong", " c")]),
        (r"\textit words", [("emphasis", "w"), ("text", "ords")]),
        (r"\emph{a $x$ b}", [("emphasis", "a "), ("math", "x"), ("emphasis", " b")]),
        (r"\texttt{it's --x}", [("code", "it's --x")]),
        (r"\verb|$a_b--c| d", [("code", "$a_b--c"), ("text", " d")]),
        (r"2\textsuperscript{nd} 3", [("text", "2"), ("superscript", "nd"), ("text", " 3")]),
        (r"H\textsubscript{2}O", [("text", "H"), ("subscript", "2"), ("text", "O")]),
        (r"<i>a</i> <b>b</b> <EM>c", [("emphasis", "a"), ("text", " "), ("strong", "b"), ("text", " <EM>c")]),
        (r"<EM>a</EM><strong>b</STRONG>", [("emphasis", "a"), ("strong", "b")]),
        (r"{\textless}em{\textgreater}x{\textless}/em{\textgreater}", [("emphasis", "x")]),
        (r"\textless i\textgreater x\textless /i\textgreater", [("emphasis", "x")]),
        (r"{$<$}sup{$>$}2{$<$}/sup{$>$}", [("superscript", "2")]),
        (r"CO&lt;SUB&gt;2&lt;/SUB&gt;", [("text", "CO"), ("subscript", "2")]),
        (r"<i>a <sub>b</sub> $c$</i>", [("emphasis", "a "), ("subscript", "b"), ("emphasis", " "), ("math", "c")]),
        (r"\ch{H2O}", [("text", "H"), ("subscript", "2"), ("text", "O")]),
        (r"\ce{SO4^2- ->}", [("text", "SO"), ("subscript", "4"), ("superscript", "2−"), ("text", " →")]),
        (r"\(a\)\[b\]$$c$$\begin{equation}d\end{equation}", [("math", each) for each in "abcd"]),
        (r"\ensuremath{x^{2}} {\ensuremath{\alpha}}", [("math", "x^{2}"), ("text", " "), ("math", r"\alpha")]),
        (r"$\ifmmode\beta\else\textbeta\fi{}$", [("math", r"\beta")]),
        (r"costs 5$ with $\text{if $x$}$", [("text", "costs 5$ with "), ("math", r"\text{if $x$}")]),
        (r"{$\backslash$}textit{\{}x{\}}", [("emphasis", "x")]),
        (r"\textbackslash emph\{y\}", [("emphasis", "y")]),
    ],
)  # fmt: skip
def test_spans_have_the_kind_that_their_author_meant(source: str, spans: list[tuple[SpanKind, str]]) -> None:
    assert pairs(source) == spans


@pytest.mark.parametrize("around", ["%s", r"\emph{%s}", r"{\'e} %s", "`%s'", "$%s$", "<i>%s</i>"])
def test_nothing_turns_the_text_beside_a_value_around(around: str) -> None:
    turned = "".join(f"a{sign}" for sign in "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert to_spans(around % f"{turned}b&rlm;&#x202E;") == to_spans(around % f"{'a' * 11}b")


def test_the_journals_of_astronomers_have_their_names() -> None:
    assert {name: to_text(f"\\{name}") for name in JOURNALS} == JOURNALS
    assert to_text(r"{\apj} Letters") == "ApJ Letters"


def test_a_formula_reads_well_where_there_is_only_text() -> None:
    assert to_text(r"$O(n^{2})$ for $\alpha_{ij}$ of CO$_2$ at 90$^\circ$") == "O(n^2) for α_ij of CO2 at 90°"
    assert to_text(r"10$^{-3}$, $x_{i+1}$, Al$_{1-}$, $\frac 1 2$") == "10^-3, x_(i+1), Al1-, 1/2"
    assert to_text(r"$\frac{1}{2} \mathrm{GaN} \le \sqrt{xy}$") == "1/2 GaN ≤ √(xy)"
    assert to_text(r"at $\sqrt{s}=13~\mathrm{TeV}$") == "at √s=13 TeV"
    assert to_text("$13~x$") == "13 x"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"t\bar{t}", "tt\u0304"),
        (r"B^0\overline B{}^0", "B^0B\u0304^0"),
        (r"\hat{x}_i, \vec v, \dot{q}", "x\u0302_i, v\u20d7, q̇"),
        (r"\ddot{a} \tilde{O}(n)", "ä Õ(n)"),
        (r"\bar\nu_\mu, \bar{\alpha}", "ν\u0304_μ, ᾱ"),
        (r"\hat{\mathbf{x}}, \hat\imath", "x\u0302, î"),
        (r"(000\bar{1})", "(0001\u0304)"),
        (r"\overline{AB}, \widehat{x+y}, \bar{x_{i}}", "AB, x+y, x_i"),
        (r"\bar\Sigma^{12}, \bar\nosuch", "Σ\u0304^12, nosuch"),
    ],
)
def test_what_stands_above_a_letter_of_a_formula_stays_there(source: str, text: str) -> None:
    assert to_text(f"${source}$") == text


@pytest.mark.parametrize(
    ("source", "text", "complaint"),
    [
        (r"\foo{bar}", "bar", r"\foo is not a macro known here, so only its argument is shown"),
        (r"\foo: a \foo system", "foo: a foo system", r"\foo is not a macro known here, so its name is shown"),
        (r"{\foo{}} bar", "foo bar", r"\foo is not a macro known here, so its name is shown"),
        (r"a \footnote", r"a \footnote", r"\footnote ends the value without its argument"),
    ],
)
def test_an_unknown_macro_loses_no_word_and_is_reported_once(source: str, text: str, complaint: str) -> None:
    assert to_text(source) == text
    assert latex_problems(source) == (complaint,)


@pytest.mark.parametrize("source", ["plain", r"\'e", r"\emph{x}", r"\section{x}", r"{\em x} \cite{y} $\foo$"])
def test_what_is_known_is_not_complained_of(source: str) -> None:
    assert latex_problems(source) == ()


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


# What the quick way can do, and what may stand beside it.
QUICK = [
    *"{}ab1É'`~[]*!?<>%#_^.$- ", "  ", "{}", "--", "---", "''", "``", "$n^2$", "&amp;", "<i>", "</i>", r"x\url{a_b}",
    *(rf"\{each}" for each in "$& ,-/'\"^\\(){}%.=@"), *(rf"\{name}" for name in "i j o u t v".split()),
    r"\c ", r"\b ", r"\ss ", r"\ae{}", r"\alpha", r"\LaTeX ", r"{\'e}", r'{\"u}', r"\H{o}", r"\'{\i}", r"\~{\^e}",
    r"\c{c}", r"\t{oo}", "{BERT}", r"\apj",
]  # fmt: skip


@settings(max_examples=500)
@given(st.lists(st.sampled_from(QUICK), max_size=12).map("".join))
def test_the_quick_way_and_the_thorough_way_lead_to_the_same(source: str) -> None:
    held: list[Span | str] = []
    rest = mask(undo_exporter_escapes(strip_unprintable(source)), held)
    if convert_simple(rest) is not None:
        reader = MacroReader(held)
        assert to_spans(source) == tidy_spans(reader.read(rest))
        assert not reader.complaints


AROUND = ["{%s}", "{{%s}}", r"\emph{%s}", r"\textbf{%s}", r"\unknown{%s}", r"{\em %s}", "<i>%s</i>", "`%s'", "``%s''"]
AROUND += [
    r"\textcolor{red}{%s}",
    r"\texttt{%s}",
    r"\href{https://x.org}{%s}",
    r"\mbox{%s}",
    "%s",
    "%s}",
    "{%s",
    "[%s]",
]


@given(st.lists(st.tuples(st.text("abcxyzé", min_size=1), st.sampled_from(AROUND)), min_size=1, max_size=6))
def test_no_word_is_lost_and_no_brace_is_left(words: list[tuple[str, str]]) -> None:
    text = to_text(" ".join(around % word for word, around in words))
    assert not re.search(r"[\\{}]", text)
    assert re.findall(r"[abcxyzé]+", re.sub("</?i>", "", text)) == [word for word, _ in words]


@settings(max_examples=400)
@given(st.lists(st.sampled_from([*MACROS, "foo"]).map("\\{}".format) | st.sampled_from("{}[]$ 'x&<"), max_size=6))
def test_no_macro_is_left_in_the_text(parts: list[str]) -> None:
    source = "".join(parts) + " end"  # what ends a value without its argument is shown as it stands
    spans = [span for span in to_spans(source) if span.kind not in ("math", "code")]
    if not re.search(r"\\[{}\\]|brace|backslash", source):
        assert not re.search(r"[\\{}]", plain_text(spans))


def test_plain_values_never_load_pylatexenc() -> None:
    value = r"\'{E}t{\'e} -- $x$ and {\LaTeX}"
    load = "import sys; from sphinx_folio.latex.convert import to_spans"
    code = f"{load}; to_spans({value!r}); print('pylatexenc' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


@pytest.mark.parametrize("part", ["words ", "{BERT} ", r"\'e", "don't -- ", "$5 and "])
def test_an_abstract_of_a_megabyte_is_read_at_once(part: str) -> None:
    start = process_time()
    to_spans(part * (1_000_000 // len(part)))
    assert process_time() - start < 4


@pytest.mark.parametrize(
    "part", [r"\emph{a} and some more words ", "$x$ ", r"\foo{a} ", r"\(", "{$", "<b></i>", r"\em "]
)
def test_time_grows_no_faster_than_a_value(part: str) -> None:
    start = process_time()
    to_spans(part * (50_000 // len(part)))
    assert process_time() - start < 4
