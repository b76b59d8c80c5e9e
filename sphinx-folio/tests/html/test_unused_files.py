"""A file that came with the machinery, and that no page uses, is not published."""

from collections.abc import Callable

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


def test_a_still_picture_is_in_its_page_alone(root: Callable[[str], Built]) -> None:
    built = root("models")
    assert {name for name in static(built) if name.endswith(".svg")} == set()
    assert built.page("projects/pendulum").select("model-figure svg")


def test_without_models_there_are_no_scripts_for_them(root: Callable[[str], Built]) -> None:
    assert not {name for name in static(root("publications")) if name.startswith("model")}


def test_the_sites_own_files_stay(project: Copy) -> None:
    copy = project("publications")
    copy.write("_static/own.js", "")
    copy.write("_static/model/worker.js", "")
    assert {"own.js", "model/worker.js"} <= static(copy.build(html_static_path=["_static"]))


def test_a_preview_leaves_everything_where_it_is(project: Copy) -> None:
    copy = project("publications")
    copy.write("conf.py", f"{(copy.source / 'conf.py').read_text('utf-8')}\ntags.add('live')\n")
    assert {"model/worker.js", "english-stemmer.js"} <= static(copy.build())
