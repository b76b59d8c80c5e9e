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
from sphinx_folio.latex.convert import plain
from sphinx_folio.text import one_line

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
    parts = [f"# {markdown(site.title)}"]
    if site.description:
        parts.append(f"> {markdown(site.description)}")
    sections = {"Pages": pages, "Publications": papers(site, publications, path_of), "Optional": files}
    for heading, lines in sections.items():
        if listed := "\n".join(map(item, lines)):
            parts.append(f"## {heading}\n\n{listed}")
    return "\n\n".join(parts) + "\n"


def papers(site: Site, publications: Iterable[Publication], path_of: Callable[[Publication], str]) -> Iterator[Line]:
    """A line for each publication: its title, who wrote it, and where it appeared."""
    for each in publications:
        address = site.absolute(path_of(each)) or (each.lead.target if each.lead else "")
        about = ". ".join(filter(None, (byline(each).rstrip("."), plain(each.where))))
        yield Line(plain(each.title), address, about)


def item(line: Line) -> str:
    """One item of a list; without a link where there is nothing to lead to."""
    title, address = markdown(line.title), one_line(line.address).translate(IN_ADDRESS)
    named = f"[{title}]({address})" if address else title
    return f"- {named}: {markdown(line.description)}" if line.description else f"- {named}"


def markdown(text: str) -> str:
    """Text as Markdown that reads the same."""
    escaped = MARKUP.sub(r"\\\g<0>", one_line(text)).translate(REFERENCES)
    return LINE_START.sub(r"\1\\\2", escaped)
