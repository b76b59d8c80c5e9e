"""A file in a new folder is a page of a profile without another setting, and what lies beside conf.py is none."""

from pathlib import Path

import pytest

from conftest import build

FILES = (
    "README.md",
    "research/index.md",
    "talks/2026/lyon.md",
    "_drafts/idea.md",
    "research/_old/page.md",
    ".venv/lib/notes.md",
    "tests/x.md",
)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("", {"index", "research/index", "talks/2026/lyon"}),
        ('exclude_patterns = ["talks"]', {"index", "research/index"}),
        ('include_patterns = ["*.md", "tests/**"]', {"index", "README", "tests/x"}),
    ],
)
def test_pages_are_the_home_page_and_what_is_in_folders(tmp_path: Path, settings: str, expected: set[str]) -> None:
    source = tmp_path / "source"
    for name in ("index.md", *FILES):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text("---\norphan: true\n---\n\n# Page\n")
    conf = f'author = "Ada"\nextensions = ["myst_parser", "sphinx_folio.ext.profile"]\n{settings}\n'
    (source / "conf.py").write_text(conf)
    built = build(source, tmp_path / "work")
    assert built.warnings == []
    assert set(built.pages()) - {"genindex", "search"} == expected
