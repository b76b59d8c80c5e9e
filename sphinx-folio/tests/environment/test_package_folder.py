"""The package's own files, wherever it is installed."""

import ntpath
from collections.abc import Callable
from pathlib import PureWindowsPath
from types import SimpleNamespace

import pytest

import sphinx_folio
from conftest import Project


@pytest.mark.parametrize(
    ("site", "found"),
    [("C:/ada/site", "..\\..\\python\\sphinx_folio\\static"), ("D:/site", "C:\\python\\sphinx_folio\\static")],
)
def test_on_windows_the_site_may_be_on_another_drive(monkeypatch: pytest.MonkeyPatch, site: str, found: str) -> None:
    monkeypatch.setattr(sphinx_folio, "os", SimpleNamespace(path=ntpath))
    monkeypatch.setattr(sphinx_folio, "PACKAGE", PureWindowsPath("C:/python/sphinx_folio"))
    assert sphinx_folio.folder(SimpleNamespace(confdir=PureWindowsPath(site)), "static") == found


def test_a_site_has_the_packages_files_where_there_is_no_way_from_one_to_the_other(
    project: Callable[[str], Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    def relpath(path: object, start: object) -> str:
        raise ValueError("path is on mount 'C:', start on mount 'D:'")

    monkeypatch.setattr(sphinx_folio, "os", SimpleNamespace(path=SimpleNamespace(relpath=relpath)))
    built = project("figure").build(html_static_path=[])
    assert (built.output / "_static/model-figure.js").is_file()
    assert "muted-link" in str(built.page("index"))
