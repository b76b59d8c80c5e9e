"""A file that came with the machinery, and that no page uses, is not published."""

from collections.abc import Callable

import pytest

from conftest import Built, Project

Copy = Callable[[str], Project]


def static(built: Built) -> set[str]:
    """The files in ``_static``."""
    folder = built.output / "_static"
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_model_comes_with_all_its_scripts_and_what_is_for_editors_stays_at_home(
    root: Callable[[str], Built],
) -> None:
    published = static(root("figure"))
    assert {"model-figure.js", "model/figure.js", "model/charts.js", "model/worker.js"} <= published
    assert not {"model/poster.js", "english-stemmer.js", "plus.png.map"} & published


THEME = '\nextensions += ["sphinx_folio.ext.theme.furo"]\nhtml_theme = "furo"\n'


@pytest.fixture
def themed(project: Copy) -> Copy:
    """A copy of ``tests/roots/test-NAME`` that loads the theme's feature, to edit."""

    def copy(name: str) -> Project:
        made = project(name)
        made.write("conf.py", (made.source / "conf.py").read_text("utf-8") + THEME)
        return made

    return copy


def test_the_owners_pictures_stay_though_no_page_names_them(themed: Copy) -> None:
    built = themed("models").build()
    assert "models/pendulum.svg" in static(built)
    assert built.page("projects/pendulum").select("model-figure svg")


def test_without_models_there_are_no_scripts_for_them(themed: Copy) -> None:
    published = static(themed("publications").build())
    assert "styles/furo.css" in published
    assert not {name for name in published if name.startswith("model")}


@pytest.mark.parametrize("feature", ["publications", "projects", "figures", "profile", "cv", "policy"])
def test_a_feature_alone_removes_nothing_from_a_project_of_another_theme(project: Copy, feature: str) -> None:
    copy = project("publications")
    stock = '\nhtml_static_path = ["_static"]\nhtml_theme_path = ["."]\nhtml_theme = "mine"\nbibtex_bibfiles = []\n'
    copy.write("conf.py", f'extensions = ["myst_parser"]{stock}')
    copy.write("mine/theme.toml", '[theme]\ninherit = "basic"\n')
    copy.write("mine/static/mine.css", "")
    copy.write("_static/own.css", "")
    before = static(copy.build())
    copy.write("conf.py", f'extensions = ["myst_parser", "sphinx_folio.ext.{feature}"]{stock}')
    assert before <= static(copy.build())


def test_files_of_a_theme_that_is_the_sites_stay(themed: Copy) -> None:
    copy = themed("publications")
    copy.write(
        "conf.py", (copy.source / "conf.py").read_text("utf-8") + 'html_theme_path = ["."]\nhtml_theme = "mine"\n'
    )
    copy.write("mine/theme.toml", '[theme]\ninherit = "furo"\n')
    copy.write("mine/static/mine.css", "")
    published = static(copy.build())
    assert "mine.css" in published
    assert "english-stemmer.js" not in published


def test_a_text_in_a_script_that_is_too_long_for_a_file_is_no_end_of_a_build(themed: Copy) -> None:
    copy = themed("publications")
    copy.write("_static/own.js", f"const text = '{'x' * 5000}.js';")
    copy.write("index.md", '# Papers\n\n<script src="_static/own.js"></script>\n')
    built = copy.build(html_static_path=["_static"], suppress_warnings=["toc.not_included", "folio.filter"])
    assert [each for each in built.warnings if "folio.file" in each] == []
    assert "own.js" in static(built)
    assert "english-stemmer.js" not in static(built)


def test_the_sites_own_files_stay(themed: Copy) -> None:
    copy = themed("publications")
    copy.write("_static/own.js", "")
    copy.write("_static/model/worker.js", "")
    copy.write("extra/_static/plus.png", "")
    built = copy.build(html_static_path=["_static"], html_extra_path=["extra"])
    assert {"own.js", "model/worker.js", "plus.png"} <= static(built)


def test_a_preview_leaves_everything_where_it_is(themed: Copy) -> None:
    copy = themed("publications")
    copy.write("conf.py", f"{(copy.source / 'conf.py').read_text('utf-8')}\ntags.add('live')\n")
    assert {"model/worker.js", "english-stemmer.js"} <= static(copy.build())
