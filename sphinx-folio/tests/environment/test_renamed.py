"""A ``conf.py`` from before the features were renamed builds as it did."""

from pathlib import Path

import pytest

import sphinx_folio
from conftest import build

FORMER = sorted(path.stem for path in Path(sphinx_folio.__file__).parent.joinpath("former_names").glob("*.py"))


def test_every_former_name_loads_its_feature_with_one_hint(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    extensions = ["myst_parser", *(f"sphinx_folio.{name}" for name in FORMER)]
    (tmp_path / "source").mkdir()
    conf = f'author = "Ada Lovelace"\nhtml_theme = "furo"\nextensions = {extensions}\n'
    (tmp_path / "source/conf.py").write_text(conf)
    (tmp_path / "source/index.md").write_text("# Ada\n\n```{position} Countess\n```\n")
    built = build(tmp_path / "source", tmp_path / "work")
    assert len(FORMER) == 18
    assert built.warnings == []
    assert built.page("index").select_one(".timeline")
    hints = [line for line in built.hints if "[folio.renamed]" in line]
    assert [line.split('"')[1] for line in hints] == extensions[1:]
    assert all(line.split('"')[3].startswith("sphinx_folio.ext.") for line in hints)
