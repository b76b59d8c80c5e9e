"""The commands that a person uses, in a copy of the top level with the invented owner's content."""

import subprocess
from pathlib import Path

import pytest
from test_copies import copy_to, run, script

from conftest import INVENTED, ROOT


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy in a folder with a space in its name, installed already."""
    return copy_to(tmp_path / "my site", INVENTED)


def make(folder: Path, *targets: str) -> subprocess.CompletedProcess[str]:
    return run(folder, "make", *targets)


def test_make_alone_lists_the_commands() -> None:
    listed = [line.split()[1] for line in make(ROOT).stdout.splitlines()]
    editing, testing = ["html", "pdf", "posters", "livehtml", "check"], ["test", "test-site", "audit", "lint", "bench"]
    assert listed == [*editing, *testing, "linkcheck", "lock", "clean"]


def test_make_html_ends_with_the_page_to_open_and_installs_nothing_again(copy: Path) -> None:
    made = make(copy, "html")
    assert made.returncode == 0, made.stderr
    page = Path(made.stdout.splitlines()[-1].removeprefix("Open "))
    assert page == copy / "build/html/index.html"
    assert "Émilie du Châtelet" in page.read_text("utf-8")
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
    (copy / ".venv/bin/python").unlink()
    script(copy / "old-python", "exit 1")
    made = make(copy, "html", "PYTHON=./old-python")
    assert made.returncode != 0
    assert "This site needs Python 3.11 or newer" in made.stderr


def test_a_deprecated_call_of_the_machinery_fails_make_html(copy: Path) -> None:
    (copy / "sphinx_folio_deprecated.py").write_text(
        "import warnings\n\ndef setup(app):\n    warnings.warn('soon gone', DeprecationWarning)\n"
    )
    with (copy / "conf.py").open("a") as conf:
        conf.write('import sys\nsys.path.insert(0, ".")\nextensions.append("sphinx_folio_deprecated")\n')
    made = make(copy, "html")
    assert made.returncode != 0
    assert "soon gone" in made.stderr
