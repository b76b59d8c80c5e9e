"""The models on the site's pages: their pictures, captions, cards and weight."""

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from sphinx_folio.audit.site_fixtures import Site
from sphinx_folio.cli.posters import posters

from .conftest import MODELS, ROOT, Visit

PAGES = sorted(path.stem for path in (ROOT / "projects").glob("*.md") if path.stem != "index")
OF_MODELS = ("_static/model-figure.js", "_static/model/", "_static/models/")
KINDS = ("bars", "cells", "graph", "lanes", "lines")  # of charts
NOT_LOADED = ("poster.js", "tables.js")  # made beforehand; only for readers who open the data

every_page = pytest.mark.parametrize("name", PAGES)


def figure(site: Site, name: str) -> Any:
    """The first figure of a page."""
    return site.page(name).select_one("figure.model")


def test_no_picture_is_stale(browser: Browser) -> None:
    static = ROOT / "_static"
    made = dict(posters(browser, static))
    stale = [path.name for path, svg in made.items() if not path.is_file() or path.read_text("utf-8") != svg]
    assert stale == [], "run `make posters`"
    assert sorted(static.glob("models/*.svg")) == sorted(made)  # none without its model


def test_every_model_is_on_the_page_of_its_project_with_a_caption(site: Site) -> None:
    shown = {}
    for name in PAGES:
        (one,) = site.page(f"projects/{name}").select("figure.model")
        assert one.figcaption.get_text(strip=True)
        assert one.find_parent("section").h2
        shown[name] = one.select_one("model-figure")["name"]
    assert sorted(shown.values()) == MODELS


def test_every_card_has_the_picture_of_its_projects_model(site: Site) -> None:
    for card in site.page("projects/index").select(".project"):
        name = Path(card.a["href"]).stem
        drawn = [part.attrs for part in figure(site, f"projects/{name}").svg.select("rect, path, text")]
        assert [part.attrs for part in card.svg.select("rect, path, text")] == drawn != []


@every_page
def test_without_script_a_page_has_the_picture_of_its_model_and_says_what_it_shows(visit: Visit, name: str) -> None:
    page = visit.open(f"projects/{name}.html", java_script_enabled=False)
    picture = page.locator("figure.model").get_by_role("img")
    expect(picture).to_be_visible()
    parts = [picture.locator(part).text_content() or "?" for part in ("> title", "> desc")]
    expect(picture).to_have_accessible_name(". ".join(parts))
    expect(page.locator("figure.model figcaption")).to_be_visible()


@every_page
def test_a_model_makes_its_page_at_most_60_kb_heavier(site: Site, visit: Visit, name: str) -> None:
    page = visit.open("projects/index.html")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(f"{visit.address}/").partition("?")[0]))
    page.goto(f"{visit.address}/projects/{name}.html")
    page.locator("figure.model").scroll_into_view_if_needed()
    expect(page.locator("model-figure dl dd").first).to_be_visible(timeout=15_000)
    loaded = {path for path in asked if path.startswith(OF_MODELS)}
    assert f"_static/models/{figure(site, f'projects/{name}').select_one('model-figure')['name']}.js" in loaded
    parts = [str(figure(site, f"projects/{name}")).encode(), *((site.folder / path).read_bytes() for path in loaded)]
    assert sum(len(gzip.compress(part)) for part in parts) < 60_000


@pytest.mark.parametrize("width", [1280, 375])
def test_the_search_shows_the_picture_beside_what_it_found(visit: Visit, width: int) -> None:
    page = visit.open("search.html?q=zenflow", width=width)
    found = page.locator("#search-results li")
    hit = found.filter(has=page.locator("a[href^='projects/deepspeed-zenflow.html']")).first
    picture = hit.get_by_role("img", name="ZenFlow: Who works when", exact=True)
    expect(picture).to_be_visible(timeout=20_000)
    expect(hit.locator(".context")).to_contain_text("ZenFlow")
    assert picture.evaluate("e => e.complete && e.naturalWidth") == 640
    assert picture.evaluate("e => e.getBoundingClientRect().width") > 250
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert visit.errors == []


@pytest.mark.parametrize("model", MODELS)
def test_the_scripts_that_a_figure_of_the_site_loads_weigh_less_than_fifteen_kilobytes(site: Site, model: str) -> None:
    source = (ROOT / f"_static/models/{model}.js").read_text("utf-8")
    kinds = set(re.findall(r'kind: "(\w+)", title', source))
    assert kinds <= {*KINDS}
    others = {*NOT_LOADED, *(f"{kind}.js" for kind in {*KINDS} - kinds)}
    if "export const slow = true" not in source:
        others.add("worker.js")
    scripts = [path for path in sorted((site.folder / "_static").glob("model/*.js")) if path.name not in others]
    assert len(scripts) > 10
    assert sum_of([site.folder / "_static/model-figure.js", *scripts]) < 15_000


def sum_of(paths: list[Path]) -> int:
    """How many bytes files have, compressed together."""
    return len(gzip.compress(b"".join(path.read_bytes() for path in paths)))
