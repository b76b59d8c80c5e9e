"""What an incremental build leaves is, byte for byte, what a clean one makes."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Project, build, different, tree

Edit = Callable[[Project], None]

STARS = "@misc{stars, title = {On Stars}, author = {Somerville, Mary and Herschel, Caroline}, year = {1846}}\n"
LOOM = "@book{loom, title = {The Loom}, author = {Jacquard, Joseph Marie}, year = {1804}, publisher = {Lyon}}\n"


def replaced(name: str, old: str, new: str) -> Edit:
    """An edit that replaces a text in a file that has it."""

    def edit(project: Project) -> None:
        text = (project.source / name).read_text("utf-8")
        assert old in text
        project.write(name, text.replace(old, new))

    return edit


def in_order(*edits: Edit) -> Edit:
    """Several edits as one."""

    def edit(project: Project) -> None:
        for each in edits:
            each(project)

    return edit


EDITS: dict[str, Edit] = {
    "nothing": lambda project: None,
    "an entry is added": replaced("refs.bib", "@misc{stars", "@misc{new, title = {New}, year = {1850}}\n@misc{stars"),
    "an entry is changed": replaced("refs.bib", "Herschel, Caroline", "Lovelace, Ada"),
    "a cited title is changed": replaced("refs.bib", "Notes on the Engine", "Notes on the Loom"),
    "a paper joins a project": replaced("refs.bib", "year = {1846}", "year = {1846}, project = {engine}"),
    "an entry is removed": replaced("refs.bib", STARS, ""),
    "entries change places": replaced("refs.bib", STARS + LOOM, LOOM + STARS),
    "a key is renamed": replaced("refs.bib", "{stars,", "{skies,"),
    "a cited key is renamed": in_order(
        replaced("refs.bib", "{engine,", "{notes,"), replaced("index.md", "`engine`", "`notes`")
    ),
    "an entry is cited": replaced("citing.md", "Nothing", "{cite:p}`stars,loom` and nothing"),
    "a page takes a paper's name": lambda project: project.write(
        "publications/stars.md", "---\norphan: true\n---\n# Stars\n"
    ),
    "a filter is changed": replaced("engine.md", 'project == "engine"', "year > 1840"),
    "a filter goes": replaced("index.md", ":filter: selected\n", ""),
    "a file goes": lambda project: (project.source / "engine.pdf").unlink(),
    "a page is added": lambda project: project.write("other.md", "---\norphan: true\n---\n# Other\n"),
    "the list becomes another": replaced("publications/index.md", ":group-by: year", ":group-by: type"),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edit_leaves_nothing_stale(project: Callable[[str], Project], tmp_path: Path, edit: Edit) -> None:
    copy = project("incremental")
    assert copy.build().warnings == []
    edit(copy)
    after = tree(copy.build().output)
    clean = tree(build(copy.source, tmp_path / "clean").output)
    assert different(after, clean) == []


def test_a_second_build_touches_nothing_of_ours(project: Callable[[str], Project]) -> None:
    copy = project("incremental")
    built = copy.build()
    endings = (".bib", ".ris", ".atom", ".json", ".txt", ".pdf")
    ours = [path for path in built.output.rglob("*") if path.suffix in endings]
    pages = [built.output / "publications" / f"{key}.html" for key in ("engine", "stars", "loom")]
    before = {path: path.stat().st_mtime_ns for path in [*ours, *pages]}
    copy.build()
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_a_paper_that_is_edited_makes_only_the_pages_that_show_it_anew(project: Callable[[str], Project]) -> None:
    copy = project("incremental")
    built = copy.build()
    files = [*(copy.work / "doctrees").rglob("*.doctree"), *built.output.rglob("*.html")]
    before = {path: path.stat().st_mtime_ns for path in files if path.stem not in ("search", "genindex")}
    replaced("refs.bib", "The Loom", "A Loom")(copy)
    copy.build()
    written = {path.relative_to(copy.work).as_posix() for path in before if path.stat().st_mtime_ns != before[path]}
    assert written == {
        "doctrees/publications/index.doctree",
        "html/index.html",  # which has that page in its contents: Sphinx writes it again
        "html/publications/index.html",
        "html/publications/loom.html",
    }


def test_two_processes_make_the_same_site_as_one(project: Callable[[str], Project], tmp_path: Path) -> None:
    copy = project("incremental")

    def run() -> None:
        command = [sys.executable, "-m", "sphinx", "-q", "-n", "-j2", "-d", tmp_path / "two"]
        done = subprocess.run([*command, copy.source, tmp_path / "out"], capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")

    for number in range(6):  # fewer than six pages are not read in parallel
        copy.write(f"more{number}.md", f"---\norphan: true\n---\n# More {number}\n\nSee {{cite:t}}`loom`.\n")
    run()
    for number, name in enumerate(
        [
            "an entry is changed",
            "an entry is cited",
            "an entry is added",
            "a filter is changed",
            "a cited key is renamed",
        ]
    ):
        EDITS[name](copy)
        run()
        clean = build(copy.source, tmp_path / f"clean{number}").output
        assert different(tree(tmp_path / "out"), tree(clean)) == [], name


def test_a_record_that_was_cut_short_stops_no_build(project: Callable[[str], Project]) -> None:
    copy = project("incremental")
    before = tree(copy.build().output)
    for number, record in enumerate((copy.work / "doctrees").glob("*-html.json")):
        record.write_text('["", ["index.html"]]' if number % 2 else "")  # as other code wrote it, and cut short
    (copy.work / "doctrees/publications.pickle").write_bytes(b"")
    assert different(tree(copy.build().output), before) == []
