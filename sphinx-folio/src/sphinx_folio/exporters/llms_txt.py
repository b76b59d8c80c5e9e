"""The site for language models: ``llms.txt``, a Markdown file with a name, a summary and lists of links.

After the proposal "The /llms.txt file" (llmstxt.org). Programs take a link apart with a regular expression, so neither
``]`` in its text nor ``)`` in its address stands there as it is.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.bibliography.reference import byline
from sphinx_folio.exporters.site import Site
from sphinx_folio.latex.convert import plain_text
from sphinx_folio.text import normalize_whitespace

MARKUP = re.compile(r"[\\`*_<>&~|#]")
LINE_START = re.compile(r"^(\d*)([-+=.)])")  # of an item, of a heading underlined
REFERENCES = str.maketrans({"[": "&#91;", "]": "&#93;"})
IN_ADDRESS = str.maketrans({each: f"%{ord(each):02X}" for each in " ()<>\\"})


class Line(NamedTuple):
    """A link and what is said of it."""

    title: str
    address: str
    description: str = ""


def llms_txt(
    site: Site,
    pages: Iterable[Line],
    publications: Iterable[Publication],
    files: Iterable[Line],
    path_of: Callable[[Publication], str],
) -> str:
    """The file: the site's pages, its papers, and what may be left out: the papers in other formats.

    ``path_of`` says where a paper stands, from the top of the site.
    """
    parts = [f"# {escape_markdown(site.title)}"]
    if site.description:
        parts.append(f"> {escape_markdown(site.description)}")
    sections = {"Pages": pages, "Publications": paper_lines(site, publications, path_of), "Optional": files}
    for heading, lines in sections.items():
        if listed := "\n".join(map(list_item, lines)):
            parts.append(f"## {heading}\n\n{listed}")
    return "\n\n".join(parts) + "\n"


def paper_lines(
    site: Site, publications: Iterable[Publication], path_of: Callable[[Publication], str]
) -> Iterator[Line]:
    """A line for each publication: its title, who wrote it, and where it appeared."""
    for each in publications:
        address = site.absolute(path_of(each)) or (each.title_link.target if each.title_link else "")
        about = ". ".join(filter(None, (byline(each).rstrip("."), plain_text(each.where))))
        yield Line(plain_text(each.title), address, about)


def list_item(line: Line) -> str:
    """One item of a list; without a link where there is nothing to lead to."""
    title, address = escape_markdown(line.title), normalize_whitespace(line.address).translate(IN_ADDRESS)
    named = f"[{title}]({address})" if address else title
    return f"- {named}: {escape_markdown(line.description)}" if line.description else f"- {named}"


def escape_markdown(text: str) -> str:
    """Text as Markdown that reads the same."""
    escaped = MARKUP.sub(r"\\\g<0>", normalize_whitespace(text)).translate(REFERENCES)
    return LINE_START.sub(r"\1\\\2", escaped)
