"""The line of links to a CV's other formats."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Built, Project, build

Copy = Callable[[str], Project]


def test_the_other_formats_are_offered_where_the_page_asks_for_them(root: Callable[[str], Built]) -> None:
    built = root("downloads")
    line = built.page("vita/index").select_one("p.downloads")
    assert line.get_text() == "Download: PDF (2 pages) · JSON <Resume>"
    assert [link["href"] for link in line.find_all("a")] == ["../files/a%20b.pdf", "../cv.json"]
    assert built.page("index").select_one(".downloads") is None
    assert built.warnings == []


@pytest.mark.parametrize("extension", ["ext.cv.downloads", "ext.cv.entries"])
def test_where_nothing_is_offered_nothing_is_said(project: Copy, extension: str) -> None:
    copy = project("downloads")
    copy.write("conf.py", f'extensions = ["myst_parser", "sphinx_folio.{extension}"]\n')
    built = copy.build()
    assert built.warnings == []
    assert built.page("vita/index").select_one(".downloads") is None
    assert "Download" not in built.text("vita/index")


@pytest.mark.parametrize("builder", ["text", "epub", "linkcheck"])
def test_only_a_site_has_anything_to_load(project: Copy, tmp_path: Path, builder: str) -> None:
    built = build(project("downloads").source, tmp_path / "work", builder, version="1", copyright="x")
    written = [path.read_text("utf-8") for path in built.output.rglob("*") if path.suffix in {".txt", ".xhtml"}]
    assert written
    assert "patterns" in "".join(written) or builder == "linkcheck"
    assert not any("Download:" in text for text in written)


def test_the_links_are_said_anew_when_what_is_offered_changed(project: Copy) -> None:
    copy = project("downloads")
    copy.build()
    copy.write("conf.py", (copy.source / "conf.py").read_text("utf-8").replace("2 pages", "3 pages"))
    assert "PDF (3 pages)" in copy.build().text("vita/index")


def test_a_page_is_written_again_only_for_other_files(project: Copy) -> None:
    copy = project("downloads")
    page = copy.build().output / "vita/index.html"
    before = page.stat().st_mtime_ns
    copy.write("index.md", (copy.source / "index.md").read_text("utf-8") + "\nMore.\n")
    copy.build()
    assert page.stat().st_mtime_ns == before


def test_a_page_that_another_process_read_is_known_too(project: Copy, tmp_path: Path) -> None:
    copy = project("downloads")
    for number in range(6):  # fewer than six pages are not read in parallel
        copy.write(f"more{number}.md", f"---\norphan: true\n---\n# More {number}\n\n```{{downloads}}\n```\n")
    output = tmp_path / "html"
    command = [sys.executable, "-m", "sphinx", "-q", "-j2", "-d", tmp_path / "doctrees", copy.source, output]
    for pages in ("2 pages", "3 pages"):
        copy.write("conf.py", (copy.source / "conf.py").read_text("utf-8").replace("2 pages", pages))
        done = subprocess.run(command, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")
        built = Built(copy.source, output, [])
        assert all(f"PDF ({pages})" in built.text(f"more{number}") for number in range(6))
