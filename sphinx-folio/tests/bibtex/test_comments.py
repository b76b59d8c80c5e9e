import pytest

from sphinx_folio.bibtex.comments import remove_comments

COMMENTS = {
    "% a\n@misc{k}": "%\n@misc{k}",
    "@misc{k}\n  // a\n": "@misc{k}\n%\n",
    "@misc{k,\n  % a\n  title = {T}}": "@misc{k,\n\n  title = {T}}",
    "@misc{k,\n  // a = {\n  title = {T}}": "@misc{k,\n\n  title = {T}}",
    "@misc{k, a = {T},\n% b\n}\n% c": "@misc{k, a = {T},\n\n}\n%",
    "@misc{k, a = {T\n%@misc{l}\n}}": "@misc{k, a = {T\n\n}}",
    "@comment{a\n b {c}\n}@misc{k}": "\n\n@misc{k}",
    "@Comment {a}\n\n@COMMENT{b}": "\n\n",
}


@pytest.mark.parametrize(("text", "rest"), COMMENTS.items())
def test_a_comment_goes_and_its_lines_stay(text: str, rest: str) -> None:
    assert remove_comments(text) == rest


NO_COMMENTS = [
    "",
    "@misc{k, title = {50\n% of them}}",
    '@misc{k, title = "50\n% of them"}',
    "@misc{k, title = {a {b\n// c} d}}",
    "@misc{k, title = {T}, % behind it\n}",
    "@misc{k, url = {https://example.org}}",
    "@comment{never closed\n@misc{k}",
    "@commentary{k}",
    "see @comment{a}",
]


@pytest.mark.parametrize("text", NO_COMMENTS)
def test_what_is_no_comment_stays(text: str) -> None:
    assert remove_comments(text) == text
