"""Another academic's copy of the repository: its top level without the package's folder, with their own content.

The package is installed, as it is where these tests run. No gate may ask anything of the content but what is true of
everybody's, so each passes here without an edit; and each promise of the site's tests is broken once, in the built
site, to see that its test fails and no other.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfWriter

from conftest import INVENTED, ROOT, build

# What a copy keeps of the top level: all but content, and what is built.
KEPT = ("Makefile", "tests/pytest.ini", "tests/conftest.py", "tests/test_site.py")
ELSEWHERE = "http://elsewhere.test/picture.png"
DOT = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="

Run = subprocess.CompletedProcess[str]


def copy_to(folder: Path, content: Path) -> Path:
    """The top level's commands and tests with somebody's content, in a folder with a space in its name."""
    shutil.copytree(content, folder)
    for name in KEPT:
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    script(folder / ".venv/bin/python", f'exec "{sys.executable}" "$@"')
    for extra in ("site", "live", "site-test"):
        (folder / f".venv/.{extra}").touch()
    return folder


def script(path: Path, command: str) -> None:
    """Write a command."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{command}\n")
    path.chmod(0o755)


def run(folder: Path, *command: str) -> Run:
    """Run a command in a copy."""
    return subprocess.run(command, cwd=folder, env=own_environment(), capture_output=True, text=True, timeout=300)


def own_environment() -> dict[str, str]:
    """The environment, without what an outer ``make test`` or pytest would tell an inner one."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "PYTEST"))}


def failed(ran: Run) -> set[str]:
    """The tests that failed, without their parameters."""
    lines = [line for line in ran.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return {line.split()[1].partition("::")[2].partition("[")[0] for line in lines}


def test_html_lint_and_test_pass_with_another_owners_content(tmp_path: Path) -> None:
    copy = copy_to(tmp_path / "my site", INVENTED)
    ran = run(copy, "make", "html", "lint", "test")
    assert ran.returncode == 0, ran.stdout[-3000:] + ran.stderr[-3000:]
    assert "skipped" not in ran.stdout  # every promise was asked for


def test_a_site_of_one_page_and_one_file_of_papers_passes(tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    (content / "conf.py").write_text(
        'project = author = "Laura Bassi"\nextensions = ["myst_parser", "sphinx_folio.ext.publications"]\n'
        'bibtex_bibfiles = ["refs.bib"]\n'
    )
    (content / "index.md").write_text("# Laura Bassi\n\n```{publications}\n```\n")
    shutil.copy(INVENTED / "refs.bib", content)
    ran = run(copy_to(tmp_path / "my site", content), "make", "html", "test-site")
    assert ran.returncode == 0, ran.stdout[-3000:] + ran.stderr[-3000:]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy with few papers, built."""
    copy = copy_to(tmp_path_factory.mktemp("copies") / "my site", INVENTED)
    papers = (copy / "refs.bib").read_text("utf-8")
    (copy / "refs.bib").write_text("\n\n".join(papers.split("\n\n")[:5]) + "\n", "utf-8")
    built = build(copy, copy / "build", html_baseurl="https://chatelet.example/")
    assert built.warnings == []
    return copy


def replaced(page: str, old: str, new: str) -> Callable[[Path], None]:
    """A fault: a text of a built file that is another."""

    def plant(folder: Path) -> None:
        text = (folder / page).read_text("utf-8")
        assert old in text
        (folder / page).write_text(text.replace(old, new, 1), "utf-8")

    return plant


def without_first(section: str) -> Callable[[Path], None]:
    """A fault: an entry that JSON Resume has lost."""

    def plant(folder: Path) -> None:
        resume = json.loads((folder / "resume.json").read_text("utf-8"))
        del resume[section][0]
        (folder / "resume.json").write_text(json.dumps(resume), "utf-8")

    return plant


def empty_pdf(folder: Path) -> None:
    """A fault: a PDF of one blank page."""
    writer = PdfWriter()
    writer.add_blank_page(600, 800)
    for path in folder.glob("*-cv.pdf"):
        writer.write(path)


def image_of_elsewhere(folder: Path) -> None:
    """A fault: a page without a policy that shows a picture of another host."""
    page = folder / "index.html"
    text = page.read_text("utf-8").replace('http-equiv="Content-Security-Policy"', 'name="none"', 1)
    page.write_text(text.replace("</article>", f'<img src="{ELSEWHERE}" alt="Dot"></article>', 1), "utf-8")


LIST, PAPER, CV = "publications/index.html", "publications/chatelet2026a.html", "cv/index.html"
FAULTS: dict[str, Callable[[Path], None]] = {
    "test_every_paper_stands_in_the_list_of_all_papers": replaced(LIST, "On Prisms", "On Prunes"),
    "test_every_paper_has_a_page_of_its_own": replaced(PAPER, "<h1>On Prisms", "<h1>On Prunes"),
    "test_every_paper_is_in_each_file_of_all_papers": replaced("publications.ris", "On Prisms", "On Prunes"),
    "test_every_entry_of_the_cv_is_on_its_page_in_order": replaced(CV, "Lecturer in Mathematics", "Lecturer"),
    "test_every_entry_of_the_cv_is_in_the_pdf_in_order": empty_pdf,
    "test_every_entry_of_the_cv_is_in_json_resume_in_order": without_first("education"),
    "test_every_link_of_the_site_leads_somewhere": replaced(CV, "</article>", '<a href="no.html">No</a></article>'),
    "test_every_page_is_valid_html": replaced(CV, "</article>", "</b></article>"),
    "test_every_page_has_one_main_heading": replaced(PAPER, "</article>", "<h1>More</h1></article>"),
    "test_no_page_reports_an_error_in_the_browser": replaced(CV, "</article>", "<script>go()</script></article>"),
    "test_no_page_asks_another_host_for_anything": image_of_elsewhere,
    "test_axe_finds_nothing_on_a_screen_and_on_a_dark_phone": replaced(
        CV, "</article>", f'<img src="{DOT}"></article>'
    ),
}


@pytest.mark.parametrize("promise", FAULTS)
def test_a_broken_promise_fails_its_own_test_and_no_other(published: Path, promise: str, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(published / "build/html", tmp_path / "html"))
    FAULTS[promise](folder)
    ran = run(published, sys.executable, "-m", "pytest", "tests", "-p", "no:cacheprovider", f"--built={folder}")
    assert failed(ran) == {promise}, ran.stdout[-3000:]


def test_a_warning_fails_the_test_of_the_build_and_no_other(tmp_path: Path) -> None:
    copy = copy_to(tmp_path / "my site", INVENTED)
    with (copy / "index.md").open("a", encoding="utf-8") as page:
        page.write("\n{cite:t}`nosuch`\n")
    ran = run(copy, sys.executable, "-m", "pytest", "tests", "-p", "no:cacheprovider")
    assert failed(ran) == {"test_the_site_builds_without_a_warning"}, ran.stdout[-3000:]
    assert "no entry has the key 'nosuch'" in ran.stdout


def test_every_promise_has_its_fault() -> None:
    text = Path(ROOT, "sphinx-folio/src/sphinx_folio/audit/site_tests.py").read_text("utf-8")
    promises = set(re.findall(r"^def (test_\w+)", text, re.MULTILINE))
    assert promises == {*FAULTS, "test_the_site_builds_without_a_warning"}
