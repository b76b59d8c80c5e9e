"""Publish stylesheets without what no page uses.

A theme's stylesheet is for every kind of documentation. When all pages have been written, rules are taken out of the
stylesheets whose classes and elements no page and no script of the site can have, and comments. Two stylesheets that
always go together, Furo's and the package's, become one. Skipped in previews.
"""

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import metadata
from sphinx_folio.html.builders import is_published

TOGETHER = ("styles/furo.css", "folio.css")
GROUPS = {"media", "supports", "container"}  # of rules like those outside
WORD = re.compile(r"[\w-]+")
LINKED = re.compile(r'(?<=_static/)([^"?]+\.css)(?:\?v=\w+)?(?=")')


class UsedNames:
    """What classes and elements may be called: any word of a page or a script, or what a script makes of a part."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.words = {word for text in texts for word in WORD.findall(text)}
        parts = [word for word in self.words if word.strip("-")]
        self.beginnings = tuple(word for word in parts if word.endswith("-"))  # `chart-${kind}`
        self.endings = tuple(word for word in parts if word.startswith("-"))

    def __contains__(self, name: str) -> bool:
        """Whether there may be such a class or element; of one with odd characters, its words are looked at."""
        return (
            self.words.issuperset(WORD.findall(name)) or name.startswith(self.beginnings) or name.endswith(self.endings)
        )


def prune_css(css: str, names: UsedNames) -> str:
    """A stylesheet without the rules for classes and elements that have none of these names."""
    import tinycss2  # here, since a preview has no use for it

    def kept(rules: Iterable[Any]) -> Iterator[str]:
        for rule in rules:
            if rule.type == "qualified-rule":
                possible = [each for each in selectors(rule.prelude) if all(name in names for name in named(each))]
                if possible:
                    yield f"{', '.join(map(plain, possible))}{{{plain(rule.content)}}}"
            elif rule.type == "at-rule" and rule.content and rule.lower_at_keyword in GROUPS:
                inside = "".join(kept(tinycss2.parse_rule_list(rule.content, skip_whitespace=True)))
                if inside:
                    yield f"@{rule.at_keyword} {plain(rule.prelude)}{{{inside}}}"
            elif rule.type == "at-rule" or (
                rule.type == "comment" and rule.value.startswith("!")
            ):  # keep this, it says
                yield rule.serialize()

    def plain(tokens: Iterable[Any]) -> str:
        text: str = tinycss2.serialize([token for token in tokens if token.type != "comment"])
        return text.strip()

    rules = tinycss2.parse_stylesheet(css, skip_whitespace=True)
    requote(rules)
    return "".join(kept(rules))


def requote(parts: Iterable[Any]) -> None:
    """Put what has double quotes in it, as pictures in a stylesheet have, into single ones again."""
    for part in parts:
        if part.type == "string" and '"' in part.value and not {"'", "\\", "\n"} & {*part.value}:
            part.representation = f"'{part.value}'"
        for inside in ("prelude", "content", "arguments"):
            requote(getattr(part, inside, None) or ())


def selectors(prelude: Iterable[Any]) -> Iterator[list[Any]]:
    """The selectors of a rule."""
    for is_comma, tokens in groupby(prelude, lambda part: part == ","):
        if not is_comma:
            yield list(tokens)


def named(selector: Sequence[Any]) -> Iterator[str]:
    """The classes and elements that must be there; what is in parentheses, as of ``:not()``, need not."""
    for before, token in pairwise([None, *selector]):
        if token.type == "hash" or (token.type == "ident" and before == "."):
            yield token.value


def join(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document) -> None:
    """Send the second of two stylesheets with the first."""
    first, second = (f"_static/{name}" for name in TOGETHER)
    sent = context["css_files"]
    if is_published(app) and first in [each.filename for each in sent]:
        sent[:] = [each for each in sent if each.filename != second]


def prune_stylesheets(static: Path, pages: dict[Path, str]) -> None:
    """Take out of the stylesheets what no page uses, and name them in the pages by what they have become.

    ``pages`` are the texts of all pages by their files; those that name a stylesheet are changed in place.
    """
    sheets = {path.relative_to(static).as_posix(): path.read_text("utf-8") for path in static.rglob("*.css")}
    first, second = TOGETHER
    if first in sheets:
        sheets[first] += sheets.get(second, "")  # which no page names any more, so it is removed as unused
    names = UsedNames([*pages.values(), *(path.read_text("utf-8") for path in static.rglob("*.js"))])
    versions = {}
    for name, css in sheets.items():
        published = prune_css(css, names)
        versions[name] = f"{name}?v={zlib.crc32(published.encode()):08x}"
        (static / name).write_text(published, "utf-8")
    for path, page in pages.items():
        pages[path] = LINKED.sub(lambda link: versions.get(link[1], link[0]), page)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register what sends two stylesheets as one; the publish step prunes them."""
    app.connect("html-page-context", join, priority=950)
    return metadata()
