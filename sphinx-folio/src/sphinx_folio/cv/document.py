"""A page as plain data, for a typesetter that is not a Sphinx builder.

``Built **mills**`` becomes ``{"type": "paragraph", "body": ["Built ", {"kind": "strong", "body": ["mills"]}]}``, and an
entry of a CV and a publication what ``templates/content.typ`` says. What is for the screen alone is left out.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, TypeVar

from docutils import nodes

from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.bibliography.reference import ending
from sphinx_folio.cv.plaintext import is_entry
from sphinx_folio.latex.convert import Span, plain_text, to_text

Block = dict[str, Any]
Inline = list[Any]
Item = TypeVar("Item")

RUN_KINDS: dict[type[nodes.Node], str] = {
    nodes.strong: "strong",
    nodes.emphasis: "emphasis",
    nodes.title_reference: "emphasis",
    nodes.literal: "code",
    nodes.superscript: "superscript",
    nodes.subscript: "subscript",
}
UNSEEN = (nodes.Invisible, nodes.raw, nodes.system_message)
FOR_THE_SCREEN = {"contact", "downloads", "publications-legend", "toctree-wrapper"}  # classes; the header has the first


@dataclass(frozen=True)
class VersionFilter:
    """What a version of a CV leaves out, by the names of versions among the tags of entries and the keywords of papers.

    The first version has everything. Another has of each list of entries, and of all papers, those that name it; where
    none does, those that name no version at all, and of such papers only the selected ones if it is ``short``.
    """

    version: str
    versions: Sequence[str]
    short: bool = False

    def of(self, items: Sequence[Item], tags: Callable[[Item], Iterable[str]]) -> list[Item]:
        """The items of one list that are in this version."""
        if self.version == self.versions[0]:
            return list(items)
        by_name = [item for item in items if self.version in tags(item)]
        return by_name or [item for item in items if not set(tags(item)) & set(self.versions)]

    def of_papers(self, papers: Sequence[Publication]) -> list[Publication]:
        """The papers that are in this version."""
        kept = self.of(papers, lambda paper: paper.keywords)
        by_name = any(self.version in paper.keywords for paper in kept)
        selected = [paper for paper in kept if paper.selected]
        return selected if selected and self.short and not by_name else kept


@dataclass(frozen=True)
class DoctreeReader:
    """What the page's nodes are read with.

    Its title is a heading if it is ``titled``. ``papers`` gives the publications of a list, ``legend`` what marks in it
    mean, ``absolute`` the address that a link leads to from anywhere and ``address`` that of a publication, or nothing.
    ``attempt`` surrounds the reading of each node: where it takes in the failure, the others are read all the same.
    """

    titled: bool
    choice: VersionFilter
    papers: Callable[[nodes.Element], Sequence[Publication]]
    legend: Callable[[Sequence[Publication]], str]
    absolute: Callable[[nodes.Element], str]
    address: Callable[[Publication], str]
    attempt: Callable[[nodes.Element], AbstractContextManager[None]] = lambda node: nullcontext()

    def blocks(self, document: nodes.document) -> Iterator[Block]:
        """What stands on a page."""
        return self.inside(document, int(self.titled))

    def inside(self, parent: nodes.Element, level: int) -> Iterator[Block]:
        """The blocks of what a node holds."""
        for node in parent.children:
            if isinstance(node, nodes.Element) and FOR_THE_SCREEN.isdisjoint(node.get("classes", ())):
                found: list[Block] = []
                with self.attempt(node):
                    found += self.block(node, level)
                yield from found

    def block(self, node: nodes.Element, level: int) -> Iterator[Block]:  # noqa: C901 (a table in the shape of a match)
        """What one node is."""
        match node:
            case _ if isinstance(node, UNSEEN):
                return
            case nodes.section():
                yield from self.inside(node, level + 1)
            case nodes.title():
                if level > 1:
                    yield {"type": "heading", "level": level - 1, "body": self.inline(node)}
            case nodes.bullet_list() if any(is_entry(item) for item in node.children):
                yield from self.entries(node, level)
            case nodes.bullet_list() | nodes.enumerated_list():
                items = [list(self.inside(item, level)) for item in node.children if isinstance(item, nodes.Element)]
                yield {"type": "list", "ordered": isinstance(node, nodes.enumerated_list), "items": items}
            case nodes.definition_list():
                yield {
                    "type": "terms",
                    "items": [self.term(item, level) for item in node.findall(nodes.definition_list_item)],
                }
            case nodes.block_quote():
                yield {"type": "quote", "body": list(self.inside(node, level))}
            case nodes.literal_block():
                yield {"type": "code", "text": node.astext()}
            case nodes.math_block():
                yield {"type": "paragraph", "body": [formula_run(node)]}
            case nodes.row():
                cells = [self.inline(cell) for cell in node.findall(nodes.entry)]
                yield {"type": "paragraph", "body": join_runs(cells, " · ")}
            case nodes.footnote():
                label, *rest = node.children
                mark: Inline = [superscript(label)]
                blocks = list(self.inside(nodes.container("", *rest), level))
                if blocks and blocks[0]["type"] == "paragraph":
                    mark += [" ", *blocks.pop(0)["body"]]
                yield {"type": "paragraph", "body": mark}
                yield from blocks
            case nodes.container() if "publications" in node["classes"]:
                yield from self.publications(node)
            case nodes.TextElement() if body := self.inline(node):
                yield {"type": "paragraph", "body": body}
            case _:
                yield from self.inside(node, level)

    def term(self, item: nodes.Element, level: int) -> Block:
        """One term of a list of definitions."""
        terms = [self.inline(each) for each in item.findall(nodes.term)]
        bodies = [block for each in item.findall(nodes.definition) for block in self.inside(each, level)]
        return {"term": join_runs(terms, ", "), "body": bodies}

    def entries(self, timeline: nodes.bullet_list, level: int) -> Iterator[Block]:
        """The entries of a list of a CV's that are in this version."""
        items = [item for item in timeline.children if isinstance(item, nodes.list_item)]
        for item in self.choice.of(items, lambda item: item["activity"].tags):
            found: list[Block] = []
            with self.attempt(item):
                found.append(self.entry(item, level))
            yield from found

    def entry(self, item: nodes.list_item, level: int) -> Block:
        """One entry of the CV."""
        return {
            "type": "entry",
            "kind": item["activity"].kind,
            **{name: self.part(item, f"activity-{name}") for name in ("head", "details")},
            "when": item["activity"].when,
            "body": [
                block for body in children_with_class(item, "activity-body") for block in self.inside(body, level)
            ],
            "source": f"{item.source}:{item.line}",
        }

    def part(self, item: nodes.Element, name: str) -> Inline:
        """A line of an entry, by its class."""
        return next((self.inline(child) for child in children_with_class(item, name)), [])

    def publications(self, node: nodes.Element) -> Iterator[Block]:
        """The papers of a list that are in this version."""
        if chosen := self.papers(node):
            yield {
                "type": "publications",
                "legend": self.legend(chosen),
                "entries": [self.paper(each) for each in chosen],
            }

    def paper(self, publication: Publication) -> Block:
        """A publication, as a CV prints it."""
        people = publication.authors or publication.editors
        return {
            "venue": publication.venue,
            "authors": [{"name": each.name, "marks": each.marks, "owner": each.owner} for each in people],
            "ending": ending(publication),
            "title": spans_to_runs(publication.title),
            "url": self.address(publication),
            "where": spans_to_runs(publication.where),
            "note": spans_to_runs(publication.note),
            "award": spans_to_runs(publication.award),
            "source": f"{publication.entry.file}:{publication.entry.line}",
        }

    def inline(self, parent: nodes.Element) -> Inline:
        """The text that a node holds, with its emphasis and links."""
        return [part for child in parent.children for part in self.run(child)]

    def run(self, node: nodes.Node) -> Iterator[Any]:
        """One run of text."""
        match node:
            case nodes.Text():
                yield node.astext().replace("\n", " ")
            case nodes.math():
                yield formula_run(node)
            case nodes.image():
                yield node.get("alt", "")
            case nodes.footnote_reference():
                yield superscript(node)
            case nodes.raw():
                if "<br" in node.astext():
                    yield {"kind": "break"}
            case nodes.reference():
                address = self.absolute(node)
                body = self.inline(node)
                yield from [{"kind": "link", "url": address, "body": body}] if address else body
            case nodes.Element() if kind := RUN_KINDS.get(type(node)):
                yield {"kind": kind, "body": self.inline(node)}
            case nodes.Element() if not isinstance(node, UNSEEN):
                yield from self.inline(node)


def superscript(node: nodes.Node) -> dict[str, Any]:
    """The mark of a footnote."""
    return {"kind": "superscript", "body": [node.astext()]}


def children_with_class(item: nodes.Element, name: str) -> Iterator[nodes.Element]:
    """The parts of an entry that have a class."""
    return (child for child in item.children if isinstance(child, nodes.Element) and name in child["classes"])


def formula_run(node: nodes.Element) -> dict[str, Any]:
    """A formula as it can be written in a line of text."""
    return {"kind": "math", "body": [to_text(f"${node.astext()}$")]}


def join_runs(parts: Iterable[Inline], between: str) -> Inline:
    """Runs of text with something between them."""
    row: Inline = []
    for part in filter(None, parts):
        row += [between, *part] if row else part
    return row


def with_content(blocks: list[Block]) -> list[Block]:
    """The blocks without headings that nothing stands under."""
    kept: list[Block] = []
    for block in reversed(blocks):
        follows = kept[-1] if kept else None
        empty = follows is None or (follows["type"] == "heading" and follows["level"] <= block.get("level", 0))
        if block["type"] != "heading" or not empty:
            kept.append(block)
    return kept[::-1]


def spans_to_runs(spans: Iterable[Span]) -> Inline:
    """Spans of text as runs."""
    return [span.text if span.kind == "text" else {"kind": span.kind, "body": [plain_text([span])]} for span in spans]
