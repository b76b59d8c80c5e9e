from pathlib import Path

import pytest

from sphinx_folio.bibliography.attachments import file_references, find_attachment, missing_attachments
from sphinx_folio.bibliography.library import read_library
from sphinx_folio.bibliography.names import SiteAuthors


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name in (
        "site/conf.py",
        "site/.git/config",
        "site/.venv/a.pdf",
        "site/build/a.pdf",
        "site/talks/a.pdf",
        "site/_static/b.pdf",
        "site/assets/pdf/c.pdf",
        "secret.pdf",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "site/assets/img/publication_preview").mkdir(parents=True)
    (tmp_path / "site/assets/img/publication_preview/d.png").touch()
    (tmp_path / "site/way-out.pdf").symlink_to(tmp_path / "secret.pdf")
    return tmp_path / "site"


@pytest.mark.parametrize(
    ("field", "target", "path"),
    [
        ("slides", "talks/a.pdf", "talks/a.pdf"),
        ("slides", "/talks/a.pdf", "talks/a.pdf"),
        ("pdf", "b.pdf", "_static/b.pdf"),
        ("pdf", "c.pdf", "assets/pdf/c.pdf"),
        ("preview", "d.png", "assets/img/publication_preview/d.png"),
        ("pdf", "d.png", None),
        ("pdf", "talks", None),
        ("pdf", "../secret.pdf", None),
        ("pdf", "way-out.pdf", None),
        ("pdf", "x" * 5000, None),
        ("preview", "a\0b", None),
        ("pdf", "", None),
        ("pdf", "talks/../conf.py", None),
        ("code", "conf.py", None),
        ("pdf", ".git/config", None),
        ("pdf", ".venv/a.pdf", None),
        ("pdf", "build/a.pdf", None),
        ("pdf", "../site/talks/a.pdf", "talks/a.pdf"),
        ("preview", "talks/a.pdf", None),
    ],
)
def test_a_file_is_found_in_the_site_and_nowhere_else(site: Path, field: str, target: str, path: str | None) -> None:
    assert find_attachment(field, target, site) == path


def test_what_is_missing_is_told_at_its_line(site: Path) -> None:
    bib = site / "refs.bib"
    bib.write_text("@misc{k, title = {T},\n pdf = {talks/a.pdf},\n slides = {gone.pdf},\n preview = {gone.png}}")
    named = list(file_references(read_library([bib], SiteAuthors())))
    assert [(problem.line, problem.what) for problem in missing_attachments(named, site)] == [
        (3, "no file 'gone.pdf' in this site"),
        (4, "no file 'gone.png' in this site"),
    ]
