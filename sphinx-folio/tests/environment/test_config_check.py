"""Settings that ``conf.py`` misspells."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import sphinx_folio
from conftest import Project
from sphinx_folio.environment.config_check import OTHERS, OURS, misspelt

SETTINGS = [*OURS, *OTHERS]
SOURCE = Path(sphinx_folio.__file__).parent


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("cv_version", "cv_versions"),
        ("cv_papr", "cv_paper"),
        ("cv_pgae", "cv_page"),
        ("author_mail", "author_email"),
        ("Author_Email", "author_email"),
        ("coauthor", "coauthors"),
        ("co_authors", "coauthors"),
        ("venue_name", "venue_names"),
        ("publication_folder", "publications_folder"),
        ("bibtex_bibfile", "bibtex_bibfiles"),
        ("html_base_url", "html_baseurl"),
        ("auther", "author"),
    ],
)
def test_a_misspelt_setting_is_known(name: str, meant: str) -> None:
    assert list(misspelt({name: ""}, SETTINGS)) == [(name, meant)]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("year", 2026),
        ("email", "ada@ada.example"),
        ("links", []),
        ("cv", "cv"),
        ("cv_pdf", "cv.pdf"),
        ("author_homepage", "https://ada.example"),
        ("author_short", "A. Lovelace"),
        ("names", {}),
        ("venues", {}),
        ("baseurl", "https://ada.example"),
        ("folder", "publications"),
        ("_cv_version", "1"),
        ("cv_version", lambda: ""),
        ("coauthor", re),
    ],
)
def test_a_variable_of_the_owners_is_none(name: str, value: Any) -> None:
    assert list(misspelt({name: value}, SETTINGS)) == []


def test_every_setting_is_known_that_a_feature_reads() -> None:
    added = re.findall(r'add_config_value\("(\w+)"', "".join(path.read_text("utf-8") for path in SOURCE.rglob("*.py")))
    assert sorted(added) == sorted([*OURS, "author_portrait"])  # which is found, not set


def test_the_owner_is_asked_once_for_each(project: Callable[[str], Project]) -> None:
    copy = project("cv-pdf")
    text = (copy.source / "conf.py").read_text("utf-8")
    copy.write("conf.py", f'{text}\nauthor_position = "Analyst"\ncoauthor = {{}}\nauthor_postion = "x"\nloom = 1\n')
    assert [each for each in copy.build().warnings if "[folio.setting]" in each] == [
        "coauthor in conf.py is no setting; did you mean coauthors? [folio.setting]"
    ]


def test_a_setting_of_a_feature_that_is_not_loaded_is_no_slip(project: Callable[[str], Project]) -> None:
    copy = project("career")
    copy.write("conf.py", f'{(copy.source / "conf.py").read_text("utf-8")}\ncv_paper = "a4"\ncv_papr = "a4"\n')
    assert copy.build().warnings == []
