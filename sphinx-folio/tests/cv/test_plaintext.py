import subprocess
import sys

import pytest
from docutils import nodes
from sphinx import addnodes

from sphinx_folio.cv.plaintext import external, highlights, linked_page, text_of


def paragraph(*inside: nodes.Node | str) -> nodes.paragraph:
    return nodes.paragraph("", "", *(nodes.Text(each) if isinstance(each, str) else each for each in inside))


def items(*texts: str) -> nodes.bullet_list:
    return nodes.bullet_list("", *(nodes.list_item("", paragraph(text)) for text in texts))


@pytest.mark.parametrize(
    ("aside", "text"),
    [
        (addnodes.pending_xref("", nodes.Text("key"), refdomain="cite"), "Wrote it."),
        (nodes.footnote_reference("", "1"), "Wrote it."),
        (nodes.raw("", "<!-- -->", format="html"), "Wrote it."),
        (nodes.math("", r"5\times"), "Wrote it 5×."),
        (nodes.image(alt="by hand"), "Wrote it by hand."),
        (nodes.strong("", "at\nnight"), "Wrote it at night."),
    ],
)
def test_a_sentence_reads_on_past_what_is_left_out(aside: nodes.Node, text: str) -> None:
    assert text_of([paragraph("Wrote it ", aside, ".")]) == text


def test_paragraphs_are_told_apart_and_comments_are_not_said() -> None:
    assert text_of([paragraph("One."), nodes.comment("", "hidden"), paragraph("Two.")]) == "One. Two."


def test_each_item_of_a_list_is_said_once() -> None:
    lists = items("One", "Two")
    lists[0].append(items("Within"))
    assert list(highlights([paragraph("Before"), lists, items("Three")])) == ["One", "Within", "Two", "Three"]


def test_a_link_leads_beyond_the_site_or_to_a_page_of_it() -> None:
    mail = nodes.reference("", "mail", refuri="mailto:ada@example.org")
    link = nodes.reference("", "site", refuri="https://engines.example")
    assert external([paragraph("no link"), paragraph(mail, link)]) == "https://engines.example"
    assert external([paragraph(mail)]) == ""


@pytest.mark.parametrize("address", ["javascript://x.example/%0aalert(1)", "ftp://x.example/", "//x.example", "#a"])
def test_only_the_web_is_beyond_the_site(address: str) -> None:
    links = [nodes.reference("", "", refuri=each) for each in (address, "https://engines.example")]
    assert external([paragraph(*links)]) == "https://engines.example"


@pytest.mark.parametrize(
    ("target", "page"),
    [
        ({"refdomain": "doc", "reftype": "myst", "reftarget": "projects/engine"}, "projects/engine"),
        ({"refdomain": "std", "reftype": "doc", "reftarget": "../projects/engine"}, "projects/engine"),
        ({"refdomain": "std", "reftype": "doc", "reftarget": "/projects/engine"}, "projects/engine"),
        ({"refdomain": "std", "reftype": "ref", "reftarget": "engine"}, ""),
    ],
)
def test_a_page_is_known_however_it_is_linked(target: dict[str, str], page: str) -> None:
    assert linked_page([paragraph(addnodes.pending_xref("", refdoc="cv/index", **target))]) == page


def test_nodes_are_read_without_sphinx() -> None:
    program = "import sphinx_folio.cv.plaintext, sys; print(*{name.split('.')[0] for name in sys.modules} & {'sphinx'})"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout == b"\n"
