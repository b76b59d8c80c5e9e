from collections.abc import Callable

import pytest

from conftest import Built


@pytest.fixture
def built(root: Callable[[str], Built]) -> Built:
    return root("mathml")


def test_a_formula_is_mathml_in_its_line_or_on_its_own(built: Built) -> None:
    inline, block, *_ = built.page("index").select("math")
    assert inline.select_one("mfrac").get_text(strip=True) == "12"
    assert "display" not in inline.attrs
    assert block["display"] == "block"


def test_a_wide_formula_can_be_scrolled_by_keyboard(built: Built) -> None:
    block = built.page("index").select_one("div.math")
    assert (block["tabindex"], block["aria-label"]) == ("0", "Formula")


def test_a_formula_with_a_label_can_be_referred_to(built: Built) -> None:
    page = built.page("index")
    assert page.select_one("div.math .eqno").get_text().startswith("(1)")
    assert page.find("a", string="(1)")["href"] == "#" + page.select_one("div.math")["id"]


def test_no_script_is_needed(built: Built) -> None:
    assert not [script for script in built.page("index").select("script[src]") if "math" in script["src"].lower()]


def test_what_docutils_does_not_know_is_rewritten_for_it(built: Built) -> None:
    assert built.page("index").find("mi", string="𝐱")


def test_markup_in_a_formula_is_text(built: Built) -> None:
    assert built.page("index").find("mtext", string="<script>alert(1)</script>")


def test_a_formula_that_cannot_be_converted_is_shown_as_its_source_and_reported(built: Built) -> None:
    assert built.page("index").find("code", string=r"\begin{nosuch} <b>")
    (warning,) = built.warnings
    assert warning.startswith(
        r"index.md:9: the formula '\\begin{nosuch} <b>' cannot be converted, so its source is shown:"
    )
    assert warning.endswith("[folio.math]")
