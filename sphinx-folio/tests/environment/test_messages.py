"""Hints: printed with their cure, silenced by their kind, and never the end of a build."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sphinx.util.console import strip_colors

from conftest import Project

Copy = Callable[[str], Project]

ENTRY = "@misc{notes, title = {Notes}, author = {Lovelace, Ada and Menabrea, Luigi}, year = 1843}\n"
CONF = """\
author = "Ada Lovelace"
extensions = ["myst_parser", "sphinx_folio.ext.publications.lists"]
bibtex_bibfiles = ["refs.bib"]
"""


@pytest.fixture
def site(tmp_path: Path) -> Project:
    """A site of one page and one paper."""
    made = Project(tmp_path / "source", tmp_path / "work")
    made.write("conf.py", CONF)
    made.write("index.md", "# Papers\n\n```{publications}\n```\n")
    made.write("refs.bib", ENTRY)
    return made


def test_a_site_in_order_has_none(site: Project) -> None:
    built = site.build()
    assert (built.warnings, built.hints) == ([], [])


def test_a_coauthor_of_no_entry_is_named_with_who_was_probably_meant(site: Project) -> None:
    coauthors = {
        "Menabrea, Luigy": "https://menabrea.example",
        "Luigy Menabrea": "https://menabrea.example",
        "Xu, Qi": "https://xu.example",
    }
    for _ in ("from scratch", "again"):
        built = site.build(coauthors=coauthors)
        assert built.warnings == []
        assert built.hints == [
            "conf.py: coauthors: no entry has the author 'Menabrea, Luigy'; did you mean 'Menabrea, Luigi'?"
            " [folio.coauthor]",
            "conf.py: coauthors: no entry has the author 'Luigy Menabrea'; did you mean 'Luigi Menabrea'?"
            " [folio.coauthor]",
            "conf.py: coauthors: no entry has the author 'Xu, Qi'; write it as entries do, or remove it"
            " [folio.coauthor]",
        ]


def test_an_owner_of_no_entry_is_named_once(site: Project) -> None:
    site.write("other.md", "---\norphan: true\n---\n# Other\n\n```{publications}\n```\n")
    assert site.build(author="Ada Byron King").hints == [
        "conf.py: author: no entry has the author 'Ada Byron King';"
        " if entries write the name differently, add that to author_names [folio.author]"
    ]
    assert site.build(author="Ada Byron King", author_names=["Lovelace, Ada King"]).hints == []


@pytest.mark.parametrize("author", ["", "Author name not set"])
def test_a_site_of_nobody_lacks_no_entry_of_its_owner(site: Project, author: str) -> None:
    assert site.build(author=author).hints == []


def test_a_filter_that_finds_nothing_is_a_hint_and_one_that_cannot_be_read_a_warning(site: Project) -> None:
    site.write("index.md", "# Papers\n\n```{publications}\n:filter: year > 1900\n```\n")
    built = site.build()
    assert built.warnings == []
    assert built.hints == [
        "index.md:3: :filter: year > 1900: no entry matches, so the list is empty;"
        " change the filter, or leave it until an entry does [folio.filter]"
    ]
    site.write("index.md", "# Papers\n\n```{publications}\n:filter: year >\n```\n")
    built = site.build()
    assert len(built.warnings) == 1
    assert built.hints == []


def test_what_is_only_worth_a_look_in_a_bib_file_is_a_hint(site: Project) -> None:
    doi = "doi = {10.1000/engine}"
    site.write("refs.bib", ENTRY.replace("year", f"{doi}, year") + f"@misc{{again, title = {{Again}}, {doi}}}\n")
    built = site.build()
    assert built.warnings == []
    assert built.hints == [
        "refs.bib:2: again: the same DOI as notes in line 1 (remove one of the two, or correct the number)"
        " [folio.bibtex_same]"
    ]


@pytest.mark.parametrize("silenced", ["folio", "folio.*", "folio.filter"])
def test_a_kind_of_hint_can_be_silenced(site: Project, silenced: str) -> None:
    site.write("index.md", "# Papers\n\n```{publications}\n:filter: year > 1900\n```\n")
    assert site.build(suppress_warnings=[silenced]).hints == []


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_hint_is_on_the_terminal_and_fails_no_build_that_a_warning_would(site: Project, jobs: str) -> None:
    for name in "abcdefg":  # pages enough for Sphinx to read them side by side
        site.write(f"{name}.md", f"---\norphan: true\n---\n# {name}\n")
    site.write("index.md", "# Papers\n\n```{publications}\n:filter: year > 1900\n```\n")
    command = [sys.executable, "-m", "sphinx", "-W", "-j", jobs, site.source, site.work]
    made = subprocess.run(command, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    lines = [line for line in strip_colors(made.stdout).splitlines() if line.endswith("[folio.filter]")]
    assert len(lines) == 1
    assert lines[0].startswith(f"{site.source / 'index.md'}:3: HINT: :filter: year > 1900: ")
