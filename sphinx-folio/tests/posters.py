"""Make the still pictures of a site's models: ``python tests/posters.py`` writes ``_static/models/NAME.svg`` for each.

They are computed by the models and drawn by the package's own charts, in the browser, as a visitor's would be.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Route

from sphinx_folio.audit.browser import launched

ROOT = Path(__file__).parents[2]
CHARTS = ROOT / "sphinx-folio/src/sphinx_folio/static"

HOST = "http://posters.test"  # of no machine: all that it is asked for is read from the folders
# Browsers compress differently, and what they make of it would be in the picture.
SAME_EVERYWHERE = "delete globalThis.CompressionStream"
SCRIPT = """
async (name) => {
  const [{ poster }, model] = await Promise.all([import("/model/poster.js"), import(`/models/${name}.js`)]);
  return (await poster(model)).svg;
}
"""


# Static folders, and whose pictures belong into them: the site's, and that of the test in which all is well.
ALL = {
    ROOT / "_static": sorted(path.stem for path in ROOT.glob("_static/models/*.js")),
    ROOT / "sphinx-folio/tests/roots/test-models/_static": ["pendulum"],
}


def posters(browser: Browser, static: Path, names: Iterable[str]) -> Iterator[tuple[Path, str]]:
    """The pictures of models in a static folder, each with the file that it belongs in."""

    def answer(route: Route) -> None:
        name = urlsplit(route.request.url).path.lstrip("/")
        path = next((path for folder in (static, CHARTS) if (path := folder / name).is_file()), None)
        if path:
            route.fulfill(path=path, content_type="text/javascript")
        else:
            route.fulfill(status=404 if name else 200, content_type="text/html", body="<!doctype html>")

    context = browser.new_context()
    page = context.new_page()
    page.route("**", answer)
    page.add_init_script(SAME_EVERYWHERE)
    page.goto(HOST)
    for name in names:
        yield static / f"models/{name}.svg", f"{page.evaluate(SCRIPT, name)}\n"
    context.close()


def write() -> None:
    """Write them all."""
    with launched() as browser:
        for static, names in ALL.items():
            for path, svg in posters(browser, static, names):
                path.write_text(svg, "utf-8")


if __name__ == "__main__":
    write()
