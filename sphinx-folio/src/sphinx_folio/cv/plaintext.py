"""What nodes of a page say in plain text, and where they link: for values that leave the page.

``Wrote **[the engine](engine.md)** {cite:p}`notes`.`` says “Wrote the engine.”: citations, footnotes and what is not
seen are left out, with the space before them; formulas are as they can be written in a line.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator

from docutils import nodes

from sphinx_folio.bibliography.urls import web_address
from sphinx_folio.latex.mathtext import formula_text

ASIDE = "\0"  # stands for what is left out; no text has one
UNSPOKEN = (nodes.Invisible, nodes.raw, nodes.system_message, nodes.footnote_reference, nodes.citation_reference)
LISTS = (nodes.bullet_list, nodes.enumerated_list)


def is_entry(node: nodes.Node) -> bool:
    """Whether an item of a list is an entry of a CV."""
    return isinstance(node, nodes.list_item) and "activity" in node


def text_of(found: Iterable[nodes.Node]) -> str:
    """What nodes say, on one line and without citations."""
    text = "".join(piece for node in found for piece in text_parts(node))
    return " ".join(re.sub(rf"\s*{ASIDE}", "", text).split())


def text_parts(node: nodes.Node) -> Iterator[str]:
    """The text in a node, piece by piece."""
    match node:
        case nodes.Text():
            yield node.astext()
        case nodes.math() | nodes.math_block():
            yield formula_text(node.astext())
        case nodes.image():
            yield node.get("alt", "")
        case nodes.Element() if isinstance(node, UNSPOKEN) or node.get("refdomain") == "cite":
            yield ASIDE if isinstance(node, nodes.Inline) else ""
        case _:
            for child in node.children:
                yield from text_parts(child)
            if not isinstance(node, nodes.Inline):
                yield " "


def highlights(body: Iterable[nodes.Node]) -> Iterator[str]:
    """The items of an entry's lists, each without the lists in it, which follow it."""
    for item in (item for node in body for item in node.findall(nodes.list_item)):
        if text := text_of(child for child in item.children if not isinstance(child, LISTS)):
            yield text


def external(found: Iterable[nodes.Node]) -> str:
    """Where the first link to the web leads."""
    links = (link for node in found for link in node.findall(nodes.reference))
    return next((target for link in links if (target := web_address(link.get("refuri", "")))), "")


def linked_page(found: Iterable[nodes.Node]) -> str:
    """The name of the page of the site that a text links to first."""
    links = (link for node in found for link in node.findall(nodes.Element) if link.get("refdoc"))
    return next((target for link in links if (target := target_of(link))), "")


def target_of(node: nodes.Element) -> str:
    """The name of the page that a node links to, if it is such a link."""
    match node.get("refdomain"), node.get("reftype"):
        case "doc", _:  # MyST's, and it names the page from the top
            return str(node["reftarget"])
        case "std", "doc":
            return posixpath.normpath(posixpath.join("/", node["refdoc"], "..", node["reftarget"]))[1:]
    return ""
