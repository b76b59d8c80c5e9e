from collections.abc import Callable, Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, expect

from conftest import ROOTS, Built, Project, serve
from sphinx_folio.cli.posters import posters
from sphinx_folio.environment.figures import read_picture

SVG = "http://www.w3.org/2000/svg"
PERIOD = "How long a pendulum takes to swing, by its length."
PICTURED = "Pendulum: Time of a swing. A pendulum of 1 m takes 2.0 s to swing."


@pytest.fixture
def built(root: Callable[[str], Built]) -> Built:
    return root("models")


@pytest.fixture
def copy(project: Callable[[str], Project]) -> Project:
    return project("models")


def figure(built: Built, name: str = "projects/pendulum") -> Any:
    """The first figure of a page."""
    return built.page(name).select_one("figure.model")


def caption(built: Built) -> str:
    """What the first line under the pendulum says."""
    return " ".join(figure(built).select_one("figcaption .caption-text").get_text().split())


# What the author types, and what becomes of it


def test_a_figure_has_a_model_that_comes_to_life_over_its_picture_and_its_caption(built: Built) -> None:
    element = figure(built).select_one("model-figure")
    assert element.attrs == {
        "name": "pendulum",
        "src": "../_static/models/pendulum.js",
        "height": "300",
        "poster": "../_images/pendulum.svg",
    }
    assert (built.output / "projects" / element["src"]).is_file()
    assert [child.name for child in element.find_all(recursive=False)] == ["svg"]
    assert caption(built) == PERIOD
    assert figure(built).select_one("figcaption em").get_text() == "length"
    assert (
        figure(built).select_one("figcaption .legend").get_text(strip=True) == "Pull the slider to the Moon’s gravity."
    )
    assert built.warnings == []


def test_a_heading_with_the_name_of_the_model_keeps_its_anchor_and_the_figure_has_another(built: Built) -> None:
    page = built.page("projects/pendulum")
    assert [each["id"] for each in page.select("section[id], figure[id]")] == ["pendulum", "pendulum-model"]


def test_a_figure_is_called_like_its_model_where_nothing_else_is(copy: Project) -> None:
    copy.write("projects/pendulum.md", "# Swings\n\n```{model} pendulum\n```\n")
    assert figure(copy.build())["id"] == "pendulum"


def test_without_caption_and_height_there_is_just_the_model(copy: Project) -> None:
    copy.write("projects/pendulum.md", "# Swings\n\n```{model} pendulum\n```\n")
    built = copy.build()
    assert "height" not in figure(built).select_one("model-figure").attrs
    assert not figure(built).select("figcaption")


def test_the_same_model_can_stand_twice_on_a_page(copy: Project) -> None:
    copy.write("projects/pendulum.md", "# Swings\n\n```{model} pendulum\nOne.\n```\n\n```{model} pendulum\nTwo.\n```\n")
    ids = [each["id"] for each in copy.build().page("projects/pendulum").select("figure.model")]
    assert ids == ["pendulum", "pendulum-model"]


def test_the_addresses_hold_where_pages_are_folders(copy: Project) -> None:
    built = copy.build(builder="dirhtml")
    element = figure(built, "projects/pendulum/index").select_one("model-figure")
    assert (built.output / "projects/pendulum" / element["src"]).is_file()


def test_only_pages_with_a_figure_load_the_script(built: Built) -> None:
    scripts = {
        name: [each["src"].partition("?")[0] for each in built.page(name).select("script[src*=model-figure]")]
        for name in ("index", "projects/plain", "projects/pendulum")
    }
    assert scripts == {"index": [], "projects/plain": [], "projects/pendulum": ["../_static/model-figure.js"]}
    assert (built.output / "_static/model-figure.js").is_file()


def test_the_search_finds_a_page_by_the_caption_of_its_figure(built: Built) -> None:
    index = (built.output / "searchindex.js").read_text("utf-8")
    assert '"swing"' in index
    assert '"moon' in index


# The picture


def test_the_picture_says_in_words_what_it_shows(built: Built) -> None:
    picture = figure(built).svg
    assert picture["role"] == "img"
    assert picture["aria-label"] == PICTURED


def test_the_colors_of_a_picture_in_a_page_are_those_of_the_page(built: Built) -> None:
    picture = figure(built).svg
    assert "var(--model-1)" in str(picture)
    assert not picture.select("style")
    assert not picture.select("[style]")


EVIL = f"""<?xml version="1.0"?>
<!-- drawn by hand -->
<svg xmlns="{SVG}" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 1 1" onload="alert(1)" style="color: red">
<title>A &lt;b&gt; title</title><desc>and
 words</desc>
<script>alert(1)</script><style>body {{ display: none }}</style>
<a href="javascript:alert(1)"><rect/></a><image xlink:href="https://example.org/x.png"/><use href="#x"/>
<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">text</p></foreignObject><rect xmlns="urn:other"/>
<set attributeName="href"/><g id="x" onclick="alert(1)" fill="url(#x)" stroke="url(https://example.org/x)">
<path d="M0 0" xlink:href="#x"/><!-- end --></g>
</svg>"""


def test_of_a_picture_only_what_draws_becomes_part_of_a_page() -> None:
    svg, words = read_picture(EVIL)
    assert words == "A <b> title. and words"
    parts = BeautifulSoup(svg, "html5lib").svg
    assert [part.name for part in parts.find_all(True)] == ["title", "desc", "g", "path"]
    assert parts.attrs == {"viewBox": "0 0 1 1", "aria-label": words}
    assert parts.g.attrs == {"id": "x", "fill": "url(#x)"}
    assert parts.path.attrs == {"d": "M0 0"}


@pytest.mark.parametrize("source", ["", "no SVG", "<svg>", "<p>text</p>", "<svg/>", f'<g xmlns="{SVG}"/>'])
def test_what_is_no_svg_is_no_picture(source: str) -> None:
    with pytest.raises((ValueError, SyntaxError)):
        read_picture(source)


def test_a_picture_that_changes_changes_its_page(copy: Project) -> None:
    copy.build()
    picture = copy.source / "_static/models/pendulum.svg"
    picture.write_text(picture.read_text("utf-8").replace("takes 2.0 s", "takes 3.0 s"), "utf-8")
    assert "takes 3.0 s" in figure(copy.build()).svg.desc.get_text()


# What is not there


def test_an_unknown_model_is_reported_with_what_was_probably_meant_and_its_caption_stays(copy: Project) -> None:
    copy.write("projects/pendulum.md", "# Swings\n\n```{model} pendlum\nHow *long* it swings.\n```\n\nThe end.\n")
    built = copy.build()
    assert built.warnings == [
        "projects/pendulum.md:3: no model 'pendlum'; did you mean 'pendulum'? [folio.model]",
    ]
    assert built.text("projects/pendulum").startswith("Swings ¶ How long it swings. The end.")
    assert not built.page("projects/pendulum").select("figure, script[src*=model-figure]")


def test_a_model_that_is_like_no_other_is_reported_with_what_was_expected(copy: Project) -> None:
    copy.write("projects/pendulum.md", "# Swings\n\n```{model} ../models/pendulum.js\nCaption.\n```\n")
    assert copy.build().warnings == [
        "projects/pendulum.md:3: no model '../models/pendulum.js'; expected the name of a module in _static/models, "
        "without .js [folio.model]",
    ]


def test_a_picture_without_its_model_stays_with_its_caption(copy: Project) -> None:
    (copy.source / "_static/models/pendulum.js").rename(copy.source / "_static/models/spring.js")
    built = copy.build()
    assert [warning.partition("; ")[0] for warning in built.warnings] == [
        "projects/pendulum.md:3: no model 'pendulum'",
    ]
    assert figure(built).svg.title.get_text() == "Pendulum: Time of a swing"
    assert caption(built) == PERIOD
    assert not built.page("projects/pendulum").select("model-figure, script[src*=model-figure]")


def test_a_model_without_its_picture_comes_to_life_all_the_same(copy: Project) -> None:
    (copy.source / "_static/models/pendulum.svg").unlink()
    built = copy.build()
    assert built.warnings == [
        "projects/pendulum.md:3: no picture of the model 'pendulum'; `make posters` makes _static/models/pendulum.svg "
        "[folio.model]"
    ]
    assert figure(built).select_one("model-figure").get_text(strip=True) == ""
    assert caption(built) == PERIOD
    assert not built.page("index").select(".project svg")


def test_a_picture_that_cannot_be_read_is_reported_and_left_out(copy: Project) -> None:
    copy.write("_static/models/pendulum.svg", "<svg")
    built = copy.build()
    assert len(built.warnings) == 1
    assert "pendulum.svg cannot be read: " in built.warnings[0]
    assert figure(built).select_one("model-figure")
    assert not figure(built).svg


def test_a_model_and_a_picture_that_come_later_are_shown_on_their_page_and_on_its_card(copy: Project) -> None:
    away = [path.rename(copy.source / path.name) for path in (copy.source / "_static/models").iterdir()]
    copy.build()
    for path in away:
        copy.write(f"_static/models/{path.name}", path.read_text("utf-8"))
    built = copy.build()
    assert built.warnings == []
    assert figure(built).select("model-figure svg")
    assert built.page("index").select(".project svg")


# Cards


def test_a_card_shows_the_picture_of_its_pages_first_figure_which_says_nothing_aloud(built: Built) -> None:
    with_model, plain = built.page("index").select(".project")
    picture = with_model.svg
    assert picture["aria-hidden"] == "true"
    assert not picture.select("title, desc, style")
    assert with_model.find_all(["svg", "p"])[0] == picture
    assert "var(--model-1)" in str(picture)
    assert not plain.select("svg")


def test_a_card_follows_a_picture_that_is_made_anew(copy: Project) -> None:
    copy.build()
    path = copy.source / "_static/models/pendulum.svg"
    path.write_text(path.read_text("utf-8").replace("<title>", '<circle r="77"/><title>'), "utf-8")
    assert copy.build().page("index").select_one(".project svg circle[r='77']")


def test_a_card_loses_its_picture_with_the_figure(copy: Project) -> None:
    copy.build()
    copy.write("projects/pendulum.md", "# Pendulum\n")
    assert not copy.build().page("index").select(".project svg")


# Other formats


def test_an_epub_shows_the_picture_with_its_words(copy: Project) -> None:
    built = copy.build(builder="epub", version="1")
    page = BeautifulSoup((built.output / "projects/pendulum.xhtml").read_text("utf-8"), "html5lib")
    assert page.figure.img["alt"] == PICTURED
    assert (built.output / "projects" / page.figure.img["src"]).is_file()
    assert not page.select("model-figure, figure svg, script[src*=model-figure]")
    assert page.figure.figcaption.get_text(" ", strip=True).startswith("How long a pendulum takes")


def test_where_no_svg_can_be_shown_the_words_take_its_place(copy: Project) -> None:
    built = copy.build(builder="latex")
    source = next(built.output.glob("*.tex")).read_text("utf-8")
    assert "A pendulum of 1 m takes 2.0 s to swing." in source
    assert "How long a pendulum takes to swing" in source
    assert "includegraphics" not in source
    text = (copy.build(builder="text").output / "projects/pendulum.txt").read_text("utf-8")
    assert "A pendulum of 1 m takes 2.0 s to swing." in text
    assert "How long a pendulum takes to swing, by its *length*." in text
    assert [*built.warnings, *copy.build(builder="text").warnings] == []


def test_other_formats_have_the_caption_of_a_model_without_picture(copy: Project) -> None:
    (copy.source / "_static/models/pendulum.svg").unlink()
    text = (copy.build(builder="text").output / "projects/pendulum.txt").read_text("utf-8")
    assert "How long a pendulum takes to swing, by its *length*." in text
    page = (copy.build(builder="epub", version="1").output / "projects/pendulum.xhtml").read_text("utf-8")
    assert "figcaption" not in page


def test_the_picture_of_a_model_is_drawn_by_the_charts_of_today(browser: Browser) -> None:
    path = ROOTS / "test-models/_static/models/pendulum.svg"
    drawn = dict(posters(browser, ROOTS / "test-models/_static"))
    assert path.read_text("utf-8") == drawn[path], "copy what `sphinx-folio posters` draws of tests/roots/test-models"


@pytest.fixture
def swinging(browser: Browser, built: Built) -> Iterator[Page]:
    """The page with the pendulum, opened in the browser."""
    for address in serve(built.output):
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{address}/projects/pendulum.html")
        yield page
        context.close()


def test_the_figure_comes_to_life_where_its_picture_was(swinging: Page) -> None:
    swinging.locator("figure.model").scroll_into_view_if_needed()
    expect(swinging.get_by_role("slider", name="Gravity")).to_be_visible()
    expect(swinging.locator(".model-poster")).to_have_count(0)
    expect(swinging.locator("figure.model > figcaption")).to_contain_text(PERIOD)
