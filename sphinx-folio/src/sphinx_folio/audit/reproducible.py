"""Whether the same sources make the same site, file for file: on any machine, and after every edit.

Clean builds differ in what machines differ in, and share ``SOURCE_DATE_EPOCH``. After an edit, what an incremental
build leaves is compared with a clean build of the same sources.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sphinx_folio.audit.browser import Published
from sphinx_folio.audit.findings import Finding, faults

LEFT_OUT = shutil.ignore_patterns(".*", "build", "node_modules", "tests", "__pycache__")
EPOCH = "1795478400"
ENTRY = "@misc{audited, title = {An Audit}, author = {Lovelace, Ada}, year = {1843}}\n"

Files = Mapping[str, bytes]
Edit = Callable[[list[Path]], None]  # of a project's pages, see ``pages``


@dataclass(frozen=True, slots=True)
class Machine:
    """What a build may depend on and must not: the folder of the sources, processes, and the environment."""

    folder: str
    jobs: str
    environment: Mapping[str, str]

    def build(self, work: Path, output: str) -> Files:
        """Build the project in its folder; a second time it is incremental."""
        source = work / self.folder
        variables = {"SOURCE_DATE_EPOCH": EPOCH, **self.environment}
        command = [sys.executable, "-m", "sphinx", "-n", "-q", "-j", self.jobs]
        command += ["-d", f"{work}/{output}-doctrees", str(source), f"{work}/{output}"]
        subprocess.run(command, check=True, env=os.environ | variables)
        return tree(work / output)


# As deep as each other: Sphinx notes in .buildinfo where the package is as seen from the site.
HERE = Machine("one folder/here", "1", {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"})
ELSEWHERE = Machine("another folder/with a space", "2", {"PYTHONHASHSEED": "77", "TZ": "Asia/Tokyo", "LC_ALL": "C"})


def check(site: Published) -> Iterator[Finding]:
    """Build this site in several ways."""
    yield elsewhere(Path())
    yield from edited(Path(), EDITS)


def elsewhere(project: Path) -> Finding:
    """Build copies of a project as two machines would."""
    with copied(project, HERE) as here, copied(project, ELSEWHERE) as there:
        one, other = HERE.build(here, "html"), ELSEWHERE.build(there, "html")
        return faults("files that differ elsewhere", "", different(one, other))


def edited(project: Path, edits: Mapping[str, Edit]) -> Iterator[Finding]:
    """Build a copy of a project after each edit, incrementally and from scratch."""
    with copied(project, HERE) as work:
        sources = pages(work / HERE.folder, HERE.build(work, "html"))
        for what, edit in edits.items():
            edit(sources)
            stale = different(HERE.build(work, "html"), HERE.build(work, what))
            yield faults(f"files that are stale after {what}", "", stale)


@contextmanager
def copied(project: Path, machine: Machine) -> Iterator[Path]:
    """A folder to work in, with a copy of a project where this machine has it."""
    with TemporaryDirectory(prefix="audit-") as name:
        shutil.copytree(project, Path(name, machine.folder), ignore=LEFT_OUT)
        yield Path(name)


def tree(folder: Path) -> Files:
    """Every file of a built site."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def different(first: Files, second: Files) -> list[str]:
    """The files in which two sites differ."""
    return sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))


def pages(source: Path, built: Files) -> list[Path]:
    """The Markdown files of which pages were made, the first of the top last."""
    files = [(source / name).with_suffix(".md") for name in built if name.endswith(".html")]
    return sorted((path for path in files if path.is_file()), key=lambda path: (-len(path.parts), path))


def edit_page(pages: list[Path]) -> None:
    """Add a paragraph to the first page."""
    append(pages[-1], "\nOne paragraph more.\n")


def edit_title(pages: list[Path]) -> None:
    """Give a page another title, which menus show."""
    text = pages[0].read_text("utf-8")
    pages[0].write_text(text.replace("# ", "# Another ", 1), "utf-8")


def edit_papers(pages: list[Path]) -> None:
    """Add a paper."""
    for path in pages[-1].parent.glob("*.bib"):
        append(path, ENTRY)


def add_page(pages: list[Path]) -> None:
    """Add a page that no menu has."""
    pages[0].with_name("audited.md").write_text("---\norphan: true\n---\n\n# Audited\n", "utf-8")


def remove_page(pages: list[Path]) -> None:
    """Remove that page."""
    pages[0].with_name("audited.md").unlink()


def append(path: Path, text: str) -> None:
    """Add a text to the end of a file."""
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


EDITS: Mapping[str, Edit] = {
    "an edit of a page": edit_page,
    "an edit of a title": edit_title,
    "an edit of the papers": edit_papers,
    "a new page": add_page,
    "a page has gone": remove_page,
}
