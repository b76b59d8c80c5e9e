"""One site several times: its list made by the stock directive, by ours, ready-made as HTML, and not there at all."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

from benchmarks import bibliography
from benchmarks.bibliography import Entry

FEATURES = ("publications.lists", "publications.exports", "profile.structured_data", "theme.mathml")
OURS = "```{publications}\n:facets:\n```\n"
LISTS = {
    "stock": "```{bibliography}\n:all:\n```\n",
    "ours": OURS,
    "pages": OURS,  # ours with a page for each paper, which leaves abstracts and BibTeX to those
    "raw": "",  # comes from the entries
    "empty": "",
}
EXTENSIONS = {
    "stock": ["sphinxcontrib.bibtex"],
    "ours": [f"sphinx_folio.ext.{name}" for name in FEATURES],
    "pages": [f"sphinx_folio.ext.{name}" for name in (*FEATURES, "publications.paper_pages")],
    "raw": [],
    "empty": [],
}

CONF = """
project = author = {author!r}
extensions = ["myst_parser", *{extensions!r}]
html_baseurl = "https://profile.example/"
html_theme = "furo"
html_title = "Benchmark"
html_copy_source = False
html_use_index = False
html_show_sourcelink = False
"""
BIBLIOGRAPHY = 'bibtex_bibfiles = ["refs.bib"]\n'
INDEX = "# Home\n\n```{toctree}\npublications\nresearch\n```\n"
RESEARCH = "# Research\n\nA page without a list.\n"


@dataclass(frozen=True, slots=True)
class Site:
    """A project in a folder: how its list is made (a name in ``LISTS``), and of how many entries."""

    kind: str
    count: int
    folder: Path

    def write(self) -> None:
        """Write all of it into the folder, which is new."""
        self.folder.mkdir(parents=True)
        conf = CONF.format(author=bibliography.OWNER_NAME, extensions=EXTENSIONS[self.kind])
        (self.folder / "conf.py").write_text(conf + BIBLIOGRAPHY * self.has_bibliography, "utf-8")
        (self.folder / "index.md").write_text(INDEX, "utf-8")
        (self.folder / "research.md").write_text(RESEARCH, "utf-8")
        page = ["# Publications\n\n", LISTS[self.kind]]
        self.write_lines("publications.md", page)
        self.write_entries(bibliography.entries(self.count))

    @property
    def has_bibliography(self) -> bool:
        """Whether it reads a .bib file."""
        return bool(EXTENSIONS[self.kind])

    def write_entries(self, entries: Iterable[Entry]) -> None:
        """Write the entries where they come from: the .bib file, or the page itself."""
        if self.has_bibliography:
            self.write_lines("refs.bib", (f"{entry}\n" for entry in entries))
        elif self.kind == "raw":
            page = ["# Publications\n\n", "```{raw} html\n", '<ul class="publications">\n']
            self.write_lines("publications.md", [*page, *map(html, entries), "</ul>\n", "```\n"])

    def edit_entry(self) -> None:
        """Change the title of an entry in the middle."""
        self.write_entries(revised(bibliography.entries(self.count), self.count // 2))

    def edit_page(self) -> None:
        """Add a line to the page that has no list."""
        with (self.folder / "research.md").open("a", encoding="utf-8") as page:
            page.write("One line more.\n")

    def fault(self, *, revised: bool) -> str:
        """What is wrong with the page that was built, if anything; the owner's name is in every entry."""
        if self.kind == "empty":
            return ""
        entries = revisions = 0
        with (self.folder / "build/html/publications.html").open(encoding="utf-8") as page:
            for line in page:
                entries += line.count(bibliography.OWNER_FAMILY)
                revisions += line.count("revised")
        if entries < self.count:
            return f"only {entries} of {self.count} entries are on the page"
        return "the edit of an entry is not on the page" if revised and not revisions else ""

    def write_lines(self, name: str, lines: Iterable[str]) -> None:
        """Write a file as its lines are made: the runner must stay small (see ``measure``)."""
        with (self.folder / name).open("w", encoding="utf-8") as file:
            file.writelines(lines)


def revised(entries: Iterable[Entry], number: int) -> Iterator[Entry]:
    """The entries, one of them with another title."""
    for place, entry in enumerate(entries):
        title = {"title": f"{entry.fields['title']} revised"} if place == number else {}
        yield replace(entry, fields=entry.fields | title)


def html(entry: Entry) -> str:
    """An entry as HTML, about as long as ours has it."""
    shown = {name: text(value) for name, value in entry.fields.items()}
    where = shown.get("journal") or shown.get("booktitle") or shown.get("school") or "arXiv"
    buttons = "".join(
        f'<li><p><a class="reference external" href="{prefix}{shown[name]}">{name}</a></p></li>'
        for name, prefix in (("doi", "https://doi.org/"), ("url", ""), ("code", ""))
        if name in shown
    )
    return f"""<li class="publication" id="{entry.key}">
<p class="publication-venue">{where.split()[0]}</p>
<p class="publication-title">{shown["title"]}</p>
<p class="publication-authors">{shown["author"].replace(" and ", ", ")}</p>
<p class="publication-where">{where}, {shown.get("pages", "")}, {shown["year"]}</p>
<ul class="publication-links">{buttons}</ul>
<details><summary>Abstract</summary><p>{shown["abstract"]}</p></details>
<details><summary>BibTeX</summary><pre>{escape(str(to_cite(entry)))}</pre></details>
</li>
"""


def to_cite(entry: Entry) -> Entry:
    """Only what a citation needs."""
    aside = {"abstract", "keywords", "code", "selected"}
    return replace(entry, fields={name: value for name, value in entry.fields.items() if name not in aside})


def text(latex: str) -> str:
    """LaTeX without what is not text, roughly."""
    latex = latex.replace(bibliography.OWNER, f"{bibliography.OWNER_FAMILY}, Ada").replace("--", "–")
    return escape(re.sub(r"\\[a-zA-Z]+|[{}$\\]", "", latex))
