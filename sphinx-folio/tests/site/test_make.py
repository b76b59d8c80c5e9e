import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "build", "tests", ".*_cache", ".hypothesis", "__pycache__")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project in a folder with a space in its name, installed already."""
    folder = tmp_path / "my site"
    shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
    script(folder / ".venv/bin/python", f'exec "{sys.executable}" "$@"')
    (folder / ".venv/.site").touch()
    return folder


def script(path: Path, command: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{command}\n")
    path.chmod(0o755)


def make(folder: Path, *targets: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["make", *targets], cwd=folder, env=without_make(), capture_output=True, text=True)


def without_make() -> dict[str, str]:
    """The environment, without what an outer ``make test`` would tell an inner make."""
    return {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}


def test_make_alone_lists_the_commands() -> None:
    listed = [line.split()[1] for line in make(ROOT).stdout.splitlines()]
    editing, checking = ["html", "pdf", "posters", "livehtml"], ["check", "test", "audit", "lint", "bench", "linkcheck"]
    assert listed == [*editing, *checking, "lock", "clean"]


def test_make_html_ends_with_the_page_to_open_and_installs_nothing_again(copy: Path) -> None:
    made = make(copy, "html")
    assert made.returncode == 0, made.stderr
    page = Path(made.stdout.splitlines()[-1].removeprefix("Open "))
    assert page == copy / "build/html/index.html"
    assert "Tingfeng Lan" in page.read_text("utf-8")
    assert "Installing" not in made.stdout


def test_a_warning_fails_make_html_every_time_and_the_rest_is_built(copy: Path) -> None:
    with (copy / "index.md").open("a") as page:
        page.write("\n{cite:t}`nosuch`\n")
    for _ in range(2):
        made = make(copy, "html")
        assert made.returncode != 0
        assert "index.md:" in made.stderr
        assert "no entry has the key 'nosuch'" in made.stderr
        assert (copy / "build/html/publications/index.html").exists()


def test_a_page_that_is_removed_is_gone_from_the_site(copy: Path) -> None:
    make(copy, "html")
    left_over = copy / "build/html/old.html"
    left_over.touch()
    assert make(copy, "html").returncode == 0
    assert not left_over.exists()


def test_a_python_that_is_too_old_is_told_so(copy: Path) -> None:
    shutil.rmtree(copy / ".venv")
    script(copy / "old-python", "exit 1")
    made = make(copy, "html", "PYTHON=./old-python")
    assert made.returncode != 0
    assert "This site needs Python 3.11 or newer" in made.stderr


def test_a_deprecated_call_of_the_machinery_fails_make_html(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(copy / "src"))  # not what is installed
    with (copy / "src/sphinx_folio/publications.py").open("a") as module:
        module.write("\nimport warnings\n\nwarnings.warn('soon gone', DeprecationWarning)\n")
    made = make(copy, "html")
    assert made.returncode != 0
    assert "soon gone" in made.stderr
