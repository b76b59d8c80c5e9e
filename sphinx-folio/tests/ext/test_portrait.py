from collections.abc import Callable

from conftest import Built, Project

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>'


def test_without_a_portrait_there_is_no_picture(root: Callable[[str], Built]) -> None:
    built = root("portrait")
    assert not built.page("index").select("img.portrait")
    assert built.warnings == []


def test_a_portrait_appears_as_soon_as_there_is_one(project: Callable[[str], Project]) -> None:
    copy = project("portrait")
    copy.build()
    copy.write("_static/portrait.svg", PICTURE)
    built = copy.build()
    image = built.page("index").select_one("img.portrait")
    assert image["alt"] == "Ada Lovelace"
    assert (built.output / image["src"]).read_text() == PICTURE


def test_a_file_that_no_browser_shows_is_no_portrait(project: Callable[[str], Project]) -> None:
    copy = project("portrait")
    copy.write("_static/portrait.psd", "x")
    assert not copy.build().page("index").select("img.portrait")


def test_a_page_with_a_portrait_is_built_again_only_when_the_picture_is_another(
    project: Callable[[str], Project],
) -> None:
    def written(built: Built) -> int:
        return (built.output / "index.html").stat().st_mtime_ns

    copy = project("portrait")
    copy.write("_static/portrait.svg", PICTURE)
    first = written(copy.build())
    assert written(copy.build()) == first
    copy.write("_static/portrait.svg", PICTURE.replace("10", "20"))
    built = copy.build()
    assert "20" in (built.output / built.page("index").select_one("img.portrait")["src"]).read_text("utf-8")
    (copy.source / "_static/portrait.svg").unlink()
    copy.write("_static/portrait.jpg", "")
    assert copy.build().page("index").select_one("img.portrait")["src"].endswith(".jpg")
    (copy.source / "_static/portrait.jpg").unlink()
    built = copy.build()
    assert built.warnings == []
    second = written(built)
    assert not built.page("index").select("img.portrait")
    assert written(copy.build()) == second
