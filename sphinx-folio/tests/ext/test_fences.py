"""Which fence of a text nothing closes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_folio.ext.cv.fences import Fence, unclosed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("text", None),
        ("```\ncode\n```", None),
        ("```\ncode\n`````", None),
        ("```python\ncode", Fence(0, "```", "python")),
        ("- ```python\n  code\n  ```", None),
        ("1. ~~~ {talk} On `looms`", Fence(0, "~~~", "{talk} On `looms`")),
        ("````{talk}\n```\n~~~\n```\n````\n```{award}", Fence(5, "```", "{award}")),
        ("```{talk} On `looms`\n```", Fence(1, "```", "")),
        (":::{award}\n:::", None),
        ("::: no\n:::", None),
        ("``{award}``", None),
    ],
)
def test_the_last_fence_is_unclosed_or_none(text: str, expected: Fence | None) -> None:
    assert unclosed(text.split("\n")) == expected


def test_a_fence_says_which_directive_it_begins() -> None:
    assert [Fence(0, "```", info).directive for info in ("{award} Medal", "python {x}", "")] == ["award", "", ""]


@given(st.lists(st.text("`~:{a} -\n", max_size=9), max_size=6))
def test_closing_what_is_open_leaves_nothing_open(lines: list[str]) -> None:
    lines = [part for line in lines for part in line.split("\n")]
    found = unclosed(lines)
    assert unclosed([*lines, found.marks if found else ""]) is None
