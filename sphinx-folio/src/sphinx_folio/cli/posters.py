"""Draw the still pictures of a site's figures: ``sphinx-folio posters`` writes ``_static/models/NAME.svg`` for each.

They are computed by the models and drawn by the package's own charts, in the browser, as a visitor's would be.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Route

from sphinx_folio import PACKAGE
from sphinx_folio.audit.browser import launched

CHARTS = PACKAGE / "static"

HOST = "http://posters.test"  # of no machine: all that it is asked for is read from the folders
# Browsers compress differently, and what they make of it would be in the picture.
SAME_EVERYWHERE = "delete globalThis.CompressionStream"
SCRIPT = """
async (name) => {
  const [{ poster }, model] = await Promise.all([import("/model/poster.js"), import(`/models/${name}.js`)]);
  return (await poster(model)).svg;
}
"""


def posters(browser: Browser, static: Path) -> Iterator[tuple[Path, str]]:
    """The pictures of the models in a static folder, each with the file that it belongs in."""

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
    for name in sorted(path.stem for path in static.glob("models/*.js")):
        yield static / f"models/{name}.svg", f"{page.evaluate(SCRIPT, name)}\n"
    context.close()


def main(argv: Sequence[str] | None = None) -> int:
    """Draw them all; 2 where the site has no models."""
    parser = argparse.ArgumentParser(prog="sphinx-folio posters", description="Draw the still pictures of figures.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path(), help="the site's folder (default: this one)")
    static = parser.parse_args(argv).folder / "_static"
    if not any(static.glob("models/*.js")):
        sys.stderr.write(f"There are no models in {static / 'models'}\n")
        return 2
    with launched() as browser:
        for path, svg in posters(browser, static):
            path.write_text(svg, "utf-8")
    return 0
