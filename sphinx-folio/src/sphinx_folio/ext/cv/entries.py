"""Write a CV's entries where they are read.

This Markdown ::

    ```{position} Research Intern
    :organization: [Analytical Engines](https://engines.example)
    :unit: Mill
    :period: 2023-09/2024-07
    :advisor: Mary Somerville
    :tags: industry one-page

    - Programmed **[the engine](../projects/engine.md)**.
    ```

becomes an entry of a timeline: where, since when, as what, with whom, and the body below. ``{education}``,
``{project-entry}``, ``{grant}``, ``{award}``, ``{service}``, ``{talk}`` and ``{teaching}`` are written the same way;
all options may be left out, and what stands in them is Markdown too. Entries that follow one another are one list.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata, OptionSpec
from sphinx.writers.html5 import HTML5Translator

from sphinx_folio import metadata
from sphinx_folio.cv.model import CVEntry, EntryKind
from sphinx_folio.cv.periods import Period, read_period
from sphinx_folio.cv.plaintext import LISTS, external, highlights, is_entry, linked_page, text_of
from sphinx_folio.environment.cv import KINDS, CVDomain, cv_domain
from sphinx_folio.ext.cv.fences import unclosed
from sphinx_folio.html.page_assets import add_assets_if_used
from sphinx_folio.text import did_you_mean, slug, unique_id

logger = logging.getLogger(__name__)

LED_BY_ORGANIZATION = ("position", "education")
PLACES = ("organization", "unit", "location")
PEOPLE = ("advisor", "supervisor", "manager", "mentor")
TEXTS = (*PLACES, "role", "amount", *PEOPLE)
OPTIONS = (*TEXTS, "period", "tags")

# What was meant for something else: an option in the text of an entry, a first line of an entry in the text of a page.
OPTION = re.compile(rf"\A({'|'.join(OPTIONS)}): |^:({'|'.join(OPTIONS)}):", re.MULTILINE)
ENTRY = rf"\{{(?:{'|'.join(KINDS)})\}}"
FENCED = re.compile(rf"\s*[`~:]+\s*{ENTRY}", re.IGNORECASE)
QUOTED = re.compile(rf"\s*{ENTRY}\s", re.IGNORECASE)

FENCE_IT = "with ~~~, or with more backticks than stand in it"
OPTIONS_STAND = "options come right below its first line, one line each"

Inline = list[nodes.Node]


class folio_time(nodes.inline):  # noqa: N801 (docutils names nodes in lower case)
    """A date as people read it, with its ``datetime`` in ISO 8601; to builders without such a thing, a run of text."""


class AnyOption(dict[str, Callable[[str], Any]]):
    """Options of every name: an unknown one is reported by ourselves, with what was probably meant, and shown."""

    def __missing__(self, name: str) -> Callable[[str], Any]:
        """What reads the value of an option."""
        return directives.unchanged


class Entry(SphinxDirective):
    """The directives of a CV's entries; what differs is their ``kind``."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[OptionSpec] = AnyOption(dict.fromkeys(OPTIONS, directives.unchanged))

    def run(self) -> list[nodes.Node]:
        """Show the entry, and note it as a value."""
        texts = {name: self.inline(self.options[name]) for name in self.options if name not in ("period", "tags")}
        self.check(texts.keys() - set(TEXTS))
        title = self.inline(self.title())
        period, when = self.period()
        body = self.parse_content_to_nodes()
        self.check_body(body)
        activity = self.activity(title, texts, body, period, when)
        head, details = arranged(activity.kind, title, texts)
        lines = [*line("head", head), *line("details", details), *line("when", times(period, when))]
        if not lines and not any(map(is_seen, body)):
            return []
        item = nodes.list_item("", *lines, activity=activity, ids=[activity.anchor])
        item["classes"] = ["activity", f"activity-{activity.kind}"]
        if body:
            item += nodes.container("", *body, classes=["activity-body"])
        for node in (item, *lines):  # translators are shown only what has a source
            self.set_source_info(node)
        self.state.document.note_explicit_target(item, item)
        cv_domain(self.env).add(activity)
        return [nodes.bullet_list("", item, classes=["timeline"])]

    def check(self, unknown: Iterable[str]) -> None:
        """Tell the owner of options that there are not; their text is shown all the same."""
        for name in sorted(unknown):
            cure = did_you_mean(name, OPTIONS, f"one of {', '.join(OPTIONS)}")
            self.warn(f"{{{self.name}}} has no option {name!r}; {cure}", "option")
        for name, count in Counter(self.names()).items():
            if count > 1:
                self.warn(f":{name}: stands here {count} times, and only the last counts; expected it once", "option")

    def names(self) -> Iterator[str]:
        """The options as they are written; in reStructuredText none is twice."""
        for line in self.block_text.splitlines()[1:]:
            option = re.match(r"\s*:([^:\s]+):", line)
            if not option:
                return
            yield option[1]

    def check_body(self, body: Sequence[nodes.Node]) -> None:
        """Tell the owner of what stands in the text of the entry and was not meant to."""
        for name in options_in(body):
            self.warn(f":{name}: stands in the text of the entry; {OPTIONS_STAND}", "option")
            break  # the first is the slip: those below it only follow from it
        opened = unclosed(self.content)
        if opened and opened.directive:
            message = f"a {{{opened.directive}}} stands inside the {{{self.name}}} of line {self.lineno}"
            self.warn(f"{message}; is a closing {opened.marks} missing?", "source", opened.line)
        elif opened and opened.info:
            message = f"the {opened.marks}{opened.info} here ends with the {{{self.name}}} around it"
            self.warn(f"{message}; fence the {{{self.name}}} {FENCE_IT}", "source", opened.line)
        elif any(isinstance(node, nodes.rubric) and "level" in node for node in body):
            self.warn(f"a heading stands in the text of the {{{self.name}}}; is its closing ``` missing?", "source")

    @property
    def kind(self) -> EntryKind:
        """What it is an entry of."""
        return KINDS[self.name.lower()]

    def title(self) -> str:
        """What the entry is called; without a title the owner is told."""
        if not self.arguments:
            self.warn(f"a {{{self.name}}} without a title; write it behind the name: {{{self.name}}} Title", "title")
            return ""
        return " ".join(self.arguments[0].split())

    def inline(self, text: str) -> Inline:
        """A text of one line, with its emphasis and links."""
        found, messages = self.parse_inline(text)
        return [*found, *messages]

    def period(self) -> tuple[Period, str]:
        """How long it lasted and what is shown for it, which is the text itself where it cannot be read."""
        source = " ".join(self.options.get("period", "").split())
        period, fault = read_period(source)
        if fault:
            self.warn(f":period: {fault}", "period")
        return period, period.text or source

    def activity(
        self, title: Inline, texts: dict[str, Inline], body: Sequence[nodes.Node], period: Period, when: str
    ) -> CVEntry:
        """The entry as a value."""
        plain = {name: text_of(found) for name, found in texts.items()}
        name = text_of(title)
        page = linked_page(title)
        anchor = slug(name or page.rpartition("/")[2] or plain.get("organization", "") or self.kind).lower()
        facts = said(body) | {each: plain.get(each, "") for each in (*PLACES, "role", "amount")}
        return CVEntry(
            kind=self.kind,
            title=name,
            **facts,
            people=tuple((each.capitalize(), plain[each]) for each in texts if each in PEOPLE),
            period=period,
            when=when,
            url=external(texts.get("organization", ())) or external(title),
            page=page,
            tags=tuple(self.options.get("tags", "").replace(",", " ").split()),
            anchor=unique_id(anchor, self.state.document.ids),
            docname=self.env.docname,
        )

    def warn(self, message: str, what: str, line: int | None = None) -> None:
        """Tell the owner, with the directive's place, or that of a line of its content."""
        location = self.get_location()
        if line is not None:  # where Markdown counts its content from the directive
            location = f"{self.get_source_info()[0]}:{self.lineno + self.content_offset + line + 1}"
        logger.warning(message, location=location, type="folio", subtype=f"career_{what}")


def said(body: Sequence[nodes.Node]) -> dict[str, Any]:
    """What the body of an entry says, as an ``CVEntry`` has it."""
    summary = text_of(node for node in body if not isinstance(node, LISTS))
    return {"summary": summary, "highlights": tuple(highlights(body))}


def options_in(body: Iterable[nodes.Node]) -> Iterator[str]:
    """The options that stand in a text."""
    for node in body:
        if isinstance(node, nodes.paragraph) and (found := OPTION.search(node.astext())):
            yield found[1] or found[2]
        if isinstance(node, nodes.field_list):
            yield from (name for each in node.findall(nodes.field_name) if (name := each.astext()) in OPTIONS)


def arranged(kind: EntryKind, title: Inline, texts: dict[str, Inline]) -> tuple[Inline, Inline]:
    """What stands in the first line of an entry and what in the second."""
    of = texts.get
    name = joined([of("organization", []), of("unit", [])], ", ")
    facts = [of("role", []), of("amount", [])]
    facts += [[nodes.Text(f"{each.capitalize()}: "), *texts[each]] for each in texts if each in PEOPLE and texts[each]]
    facts += [texts[each] for each in texts if each not in TEXTS]
    if kind in LED_BY_ORGANIZATION and name:
        return joined([strong(name), of("location", [])], ", "), joined([title, *facts], " · ")
    return strong(title), joined([joined([name, of("location", [])], ", "), *facts], " · ")


def joined(parts: Iterable[Inline], separator: str) -> Inline:
    """Runs of text as one, with a separator between those that hold anything."""
    result: Inline = []
    for part in filter(None, parts):
        result += [nodes.Text(separator), *part] if result else part
    return result


def strong(text: Inline) -> Inline:
    """A text that stands out, if there is any."""
    return [nodes.strong("", "", *text)] if text else []


def line(name: str, text: Inline) -> list[nodes.Node]:
    """One line of an entry, if it holds anything."""
    return [nodes.paragraph("", "", *text, classes=[f"activity-{name}"])] if text else []


def times(period: Period, when: str) -> Inline:
    """A period with its dates for programs, or the text that is shown for one."""
    found: Inline = [
        nodes.Text(part) if isinstance(part, str) else folio_time("", part[1], datetime=part[0])
        for part in period.parts
    ]
    return found or ([nodes.Text(when)] if when else [])


class JoinEntries(SphinxTransform):
    """Make one list of entries that follow one another, whatever comments stand between them."""

    default_priority = 500

    def apply(self, **kwargs: Any) -> None:
        """Take the entries of each list over into the one before it, from the last on."""
        timelines = [node for node in self.document.findall(nodes.bullet_list) if is_timeline(node)]
        for timeline in reversed(timelines):
            following = timeline.next_node(is_seen, descend=False, siblings=True)
            if isinstance(following, nodes.bullet_list) and is_timeline(following):
                timeline.extend(following.children)
                timeline.parent.remove(following)


def is_timeline(node: nodes.bullet_list) -> bool:
    """Whether a list is one of entries."""
    return any(map(is_entry, node.children))


def is_seen(node: nodes.Node) -> bool:
    """Whether a node is no comment."""
    return not isinstance(node, nodes.comment)


class ReportSource(SphinxTransform):
    """Tell the owner where a page shows the source of an entry, which is then none."""

    default_priority = 500

    def apply(self, **kwargs: Any) -> None:
        """Look where Markdown puts what is no directive: into paragraphs, and into code of no language."""
        for node in self.document.findall(nodes.TextElement):
            match node:
                case nodes.paragraph() if is_source(node):
                    self.report(node)
                case nodes.literal_block() if node.get("language") == self.config.highlight_language:
                    lines = node.astext().splitlines()
                    found = (number for number, line in enumerate(lines, 1) if FENCED.match(line))
                    if number := next(found, 0):
                        self.report(node, number)

    def report(self, node: nodes.Element, below: int = 0) -> None:
        """Say so, with the place of the entry."""
        message = f"an entry is printed as text here; fence it, or the one before it, {FENCE_IT}"
        location = f"{node.source}:{(node.line or 0) + below}"
        logger.warning(message, location=location, type="folio", subtype="career_source")


def is_source(paragraph: nodes.paragraph) -> bool:
    """Whether a paragraph is one that was meant for an entry."""
    match paragraph.children:
        case [nodes.literal() as only]:
            return QUOTED.match(only.astext()) is not None
        case [nodes.Text() as first, *_]:
            return FENCED.match(first) is not None
    return False


def visit_folio_time(self: HTML5Translator, node: folio_time) -> None:
    """Open the element."""
    self.body.append(self.starttag(node, "time", "", datetime=node["datetime"]))


def depart_folio_time(self: HTML5Translator, node: folio_time) -> None:
    """Close it."""
    self.body.append("</time>")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the domain, the directives and what joins and shows their entries."""
    app.setup_extension("sphinx_folio")
    app.setup_extension("sphinx_folio.ext.cv.downloads")  # a CV may have their place where nothing offers any
    app.add_domain(CVDomain)
    app.add_node(folio_time, html=(visit_folio_time, depart_folio_time))
    for name in KINDS:
        app.add_directive(name, Entry)
    app.add_transform(JoinEntries)
    app.add_transform(ReportSource)
    app.setup_extension("sphinx_folio.environment.dependencies")
    add_assets_if_used(app, "career.css", "timeline")
    return metadata()
