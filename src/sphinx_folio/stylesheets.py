"""Publish stylesheets without what no page uses.

A theme's stylesheet is for every kind of documentation. When all pages have been written, comments and space are taken
out of every stylesheet, and rules for classes that neither a page nor a script of the site names; one that no page is
sent is removed. Two that always go together, Furo's and the package's, become one. Nothing of this in a preview.
"""

import re
import zlib
from collections.abc import Iterable, Iterator, Set
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import METADATA
from sphinx_folio.policy import is_published

TOGETHER = ("styles/furo.css", "folio.css")

TOKEN = re.compile(
    r"""/\*.*?\*/|\s+|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|url\([^()"']*\)|[{};,]|[^\s{};,"'/u]+|.""", re.DOTALL
)
MARKS = frozenset("{};,")  # beside these no space means anything
GROUPS = ("@media", "@supports", "@layer", "@container")  # of rules like those outside
NAMED = re.compile(r"\b(?:class|id)=(?:\"([^\"]*)\"|'([^']*)')")
LINKED = re.compile(r'(?<=_static/)([^"?]+\.css)(?:\?v=\w+)?(?=")')


def minified(css: str) -> str:
    """A stylesheet without comments, but for those that are to be kept (``/*!``), and without needless space."""
    parts: list[str] = []
    apart = False
    for token in TOKEN.findall(css):
        if token.isspace() or (token.startswith("/*") and not token.startswith("/*!")):
            apart = True
            continue
        if apart and parts and not MARKS & {parts[-1], token}:
            parts.append(" ")
        parts.append(token)
        apart = False
    return "".join(parts)


def statements(css: str) -> Iterator[tuple[str, str | None]]:
    """What stands before each block and in it; None for what has no block."""
    depth = start = inside = 0
    for token in TOKEN.finditer(css):
        match token[0]:
            case "{":
                depth += 1
                inside = token.end() if depth == 1 else inside
            case "}":
                depth -= 1
                if not depth:
                    yield css[start : inside - 1], css[inside : token.start()]
                    start = token.end()
            case ";" if not depth:
                yield css[start : token.start()], None
                start = token.end()


def used(css: str, names: Set[str]) -> str:
    """A stylesheet without the rules for classes, and for elements, that have none of these names."""
    kept = []
    for before, block in statements(css):
        if block is None:
            kept.append(f"{before};")
        elif before.startswith(GROUPS):
            rules = used(block, names)
            kept += [f"{before}{{{rules}}}"] if rules else []
        elif before.startswith("@"):
            kept.append(f"{before}{{{block}}}")
        elif chosen := [each for each in selectors(before) if is_possible(each, names)]:
            kept.append(f"{','.join(chosen)}{{{block}}}")
    return "".join(kept)


def selectors(before: str) -> Iterator[str]:
    """The selectors of a rule."""
    depth = start = 0
    for place, letter in enumerate(before):
        depth += (letter in "([") - (letter in ")]")
        if letter == "," and not depth:
            yield before[start:place]
            start = place + 1
    yield before[start:]


def is_possible(selector: str, names: Set[str]) -> bool:
    """Whether something may match a selector; what is in parentheses or escaped is not looked at."""
    while selector != (plain := re.sub(r"\([^()]*\)|\[[^\]]*\]", "", selector)):
        selector = plain
    return "\\" in selector or names.issuperset(re.findall(r"[.#]([\w-]+)", selector))


def names_in(pages: Iterable[str], scripts: Iterable[str]) -> set[str]:
    """What elements are called in pages, or might be by scripts."""
    called = {name for page in pages for pair in NAMED.findall(page) for name in "".join(pair).split()}
    return called.union(*(re.findall(r"[\w-]+", script) for script in scripts))


def join(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document) -> None:
    """Send the second of two stylesheets with the first."""
    first, second = (f"_static/{name}" for name in TOGETHER)
    sent = context["css_files"]
    if is_published(app) and first in [each.filename for each in sent]:
        sent[:] = [each for each in sent if each.filename != second]


def publish(app: Sphinx, exception: Exception | None) -> None:
    """Make the stylesheets lean, and name them in the pages by what they have become."""
    if exception or not is_published(app):
        return
    static = Path(app.outdir, "_static")
    pages = {path: path.read_text("utf-8", "surrogateescape") for path in Path(app.outdir).rglob("*.html")}
    sheets = {path.relative_to(static).as_posix(): path.read_text("utf-8") for path in static.rglob("*.css")}
    sent = sheets.keys() & {name for page in pages.values() for name in LINKED.findall(page)}
    if TOGETHER[0] in sent and TOGETHER[1] not in sent:
        sheets[TOGETHER[0]] += sheets.get(TOGETHER[1], "")  # nothing, where no page was written since the last time
    names = names_in(pages.values(), (path.read_text("utf-8") for path in static.rglob("*.js")))
    versions = {}
    for name, css in sheets.items():
        if any(each == name or Path(name).name in sheets[each] for each in sent):  # by a page, or by another
            lean = used(minified(css), names)
            versions[name] = f"{name}?v={zlib.crc32(lean.encode()):08x}"
            (static / name).write_text(lean, "utf-8")
        else:
            (static / name).unlink()
    for path, page in pages.items():
        named = LINKED.sub(lambda link: versions.get(link[1], link[0]), page)
        if named != page:
            path.write_text(named, "utf-8", "surrogateescape")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register it, after all who write a stylesheet or a page; ``furo`` calls for it."""
    app.connect("html-page-context", join, priority=950)
    app.connect("build-finished", publish, priority=900)
    return METADATA
