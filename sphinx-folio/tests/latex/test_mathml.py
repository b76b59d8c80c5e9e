import inspect
import re
from xml.etree import ElementTree

import pytest
from docutils.utils.math import MathError, latex2mathml, tex2unichar
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_folio.latex.mathml import DOCUTILS_NAMES, formula_problem, mathml

MATHML = "{http://www.w3.org/1998/Math/MathML}"


def parsed(markup: str) -> ElementTree.Element:
    return ElementTree.fromstring(markup)  # noqa: S314 (our own)


def inside(source: str) -> str:
    return re.sub(r"</?math[^>]*>", "", mathml(source) or "")


@pytest.mark.parametrize(
    "source",
    r"""
    n^2 | O(n \log n) | \frac12 | \sqrt{2} | \sqrt[3]{x} | a \le b | a\to b | \infty | \ell_1 | \epsilon | \tilde{O}(n)
    5\% | 10\,000 | \sim 10 | \mathbb R^d | \mathcal O(1) | \mathrm{GaN} | \operatorname*{arg\,max}_x f | 90^\circ
    \text{if } x | \textit{abc} | \textbf{x} | \bm{x} | {\rm GaN}(000\bar{1}) | \bf x | {\cal L} | \ensuremath{\alpha}
    _2 | ^{13}C | {}^3He | x ≤ 5×10^{-3} | 20° | α_i | \left<x\right> | \big(x\big) | \stackrel{a}{b} | a & b | 50% | #P
    \begin{array}{cc}a&b\\c&d\end{array} | \begin{align}a&=b\\c&=d\end{align} | a \\ b | \textcolor{red}{x}
    \begin{pmatrix}0 & 1\\ 1 & 0\end{pmatrix} | \|x\| | \{0,1\}^n | \not\in | \underbrace{a}_{b} | \dots
    x_{\text{caf\'e}} | \displaystyle x
    """.replace("\n", " | ").split(" | "),
)
def test_what_stands_in_titles_and_abstracts_becomes_mathml(source: str) -> None:
    markup = mathml(source.strip())
    assert markup is not None, formula_problem(source.strip())
    parsed(markup)


@pytest.mark.parametrize(
    ("source", "markup"),
    [
        (r"\bf x", "<mi>𝐱</mi>"),
        (r"\textit{new one}", "<mtext>new one</mtext>"),
        (r"_2", "<msub><mrow></mrow><mn>2</mn></msub>"),
        (r"\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>"),
        (r"\operatorname*{arg\,max}", '<mi mathvariant="normal">arg max</mi>'),
        (r"\text{caf\'e {x}}", "<mtext>café x</mtext>"),
        ("5×5", "<mn>5</mn><mo>×</mo><mn>5</mn>"),
        (r"\sin x", "<mi>sin</mi><mo>\N{FUNCTION APPLICATION}</mo><mi>x</mi>"),
    ],
)
def test_it_looks_as_its_author_meant_it(source: str, markup: str) -> None:
    assert inside(source) == markup


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\nosuch", r"\nosuch"),
        (r"\begin{nosuch}", "nosuch"),
        (r"x^", "incomplete"),
        (r"\frac{1}", "incomplete"),
        (r"}x", "Unbalanced"),
        ("x" * 6_000, "5,000 characters"),
        ("{" * 4_000, "not complete"),
    ],
)
def test_a_formula_that_cannot_be_read_is_none_and_says_why(source: str, expected: str) -> None:
    assert mathml(source) is None
    assert expected in formula_problem(source)


@pytest.mark.parametrize(
    "around", ["%s", r"\text{%s}", r"\mathrm{%s}", r"\operatorname{%s}", r"\hspace{%s}", r"x_{%s}"]
)
@pytest.mark.parametrize("source", ["<script>alert(1)</script>", '"><img onerror=x>', "]]>", "&lt;b&gt;", "\x00\x1b"])
def test_whatever_is_in_a_formula_ends_as_text(around: str, source: str) -> None:
    markup = mathml(around % source)
    if markup is not None:
        tags = {element.tag.removeprefix(MATHML) for element in parsed(markup).iter()}
        assert tags <= set("math mrow mi mo mn mtext mspace msub".split())


MACROS = [f"\\{name}" for name in DOCUTILS_NAMES]
PARTS = [
    *"{}[]()x1+-=<>&^_#$%'\"é×\\ ",
    r"\frac",
    r"\sqrt",
    r"\text{",
    r"\\",
    r"\begin{matrix}",
    r"\end{matrix}",
    r"\left(",
]


@settings(max_examples=300)
@given(st.lists(st.sampled_from([*PARTS, *MACROS]), max_size=10).map("".join), st.booleans())
def test_no_formula_is_too_odd(source: str, as_block: bool) -> None:
    markup = mathml(source, as_block)
    if markup is not None:
        parsed(markup)
    assert (markup is None) == bool(formula_problem(source, as_block))


@given(st.text(max_size=30))
def test_no_text_is_too_odd(source: str) -> None:
    markup = mathml(source)
    if markup is not None:
        parsed(markup)


def test_docutils_private_reader_of_formulas_is_still_there() -> None:
    # docutils documents neither module; latex/mathml.py uses both. If this fails, docutils has moved or changed them.
    assert list(inspect.signature(latex2mathml.tex2mathml).parameters) == ["tex_math", "as_block"]
    assert latex2mathml.tex2mathml("x^2").startswith("<math ")
    for table in ("mathord", "mathbin", "mathrel", "mathop", "mathpunct"):
        assert isinstance(getattr(tex2unichar, table), dict), table
    with pytest.raises(MathError):
        latex2mathml.tex2mathml(r"\unknownmacro")
