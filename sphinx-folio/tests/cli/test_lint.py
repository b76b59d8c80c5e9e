"""What the owner is told of a ``conf.py`` that Python cannot read."""

from pathlib import Path

import pytest

from sphinx_folio.cli import main


def test_a_form_in_any_style_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "conf.py").write_text("author='A'   ;x = 1\n# " + "long " * 60)
    assert main(["lint", str(tmp_path)]) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(("command", "status"), [(["lint"], 1), (["build", "-b", "html", ".", "build"], 2)])
def test_a_form_that_python_cannot_read_is_told_in_three_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: list[str], status: int
) -> None:
    (tmp_path / "conf.py").write_text('# Who\nauthor = "Ada Lovelace\nlanguage = "en"\n')
    monkeypatch.chdir(tmp_path)
    assert main(command) == status
    first, second, third = capsys.readouterr().err.splitlines()
    assert first == "conf.py, line 2:"
    assert second.strip() == 'author = "Ada Lovelace'
    assert third.startswith("unterminated string literal")
    assert "quotation mark" in third


def test_a_folder_without_a_form_is_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", str(tmp_path)]) == 2
    assert capsys.readouterr().err == f"There is no {tmp_path / 'conf.py'}; run this in the folder of a site\n"


def test_the_command_lists_its_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert "  audit " in capsys.readouterr().out
    assert main(["biuld"]) == 2
    assert "there is no command 'biuld'" in capsys.readouterr().err
