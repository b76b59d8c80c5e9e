from collections.abc import Callable
from pathlib import Path

import pytest

from sphinx_folio.audit.reproducible import EDITS, edited, elsewhere

FEATURES = "extensions += ['sphinx_folio', 'sphinx_folio.ext.hosting']"
FILES = {
    "index.md": "# Home\n\n```{toctree}\nfirst/page\nfirst/other\n```\n",
    "first/page.md": "# Page\n",
    "first/other.md": "# Other\n",
}

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a small project whose conf.py ends with a line."""

    def project(line: str) -> Path:
        conf = f'extensions = ["myst_parser"]\nhtml_theme = "basic"\nhtml_copy_source = False\n{line}\n'
        for name, text in {"conf.py": conf, **FILES}.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text)
        return tmp_path

    return project


@pytest.mark.parametrize(
    "fault",
    [
        "",
        "html_title = __file__",
        "html_title = str(hash('ada'))",
        "import time; html_title = time.tzname[0]",
        "html_title = str(__import__('random').random())",
        "def setup(app): app.connect('html-page-context', lambda *all: all[3].update(title=str(app.parallel)))",
    ],
)
def test_a_site_that_differs_between_machines_is_told(write: Write, fault: str) -> None:
    finding = elsewhere(write(fault))
    assert finding.broken == bool(fault)
    assert ("index.html" in finding.what) == bool(fault)


def test_a_site_with_our_features_is_not_stale_after_any_edit(write: Write) -> None:
    found = list(edited(write(FEATURES), EDITS))
    assert [finding.what for finding in found] == [""] * len(EDITS)


def test_old_menus_and_pages_that_should_be_gone_are_told(write: Write) -> None:
    edits = {what: EDITS[what] for what in ("an edit of a title", "a new page", "a page has gone")}
    title, added, gone = edited(write(""), edits)
    assert title.what == "first/page.html"
    assert "first/audited.html" not in added.what
    assert "first/audited.html" in gone.what
