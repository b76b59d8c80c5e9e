"""A model as its tests see it: the site's own module, computing in a real browser."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from conftest import ROOT, serve

EMPTY = '<!doctype html><link rel="icon" href="data:,">'  # or the browser would ask for an icon

@dataclass(frozen=True)
class Model:
    """One module of ``_static/models``: ``model.parameters``, ``model.views`` … are what it exports."""

    page: Page
    name: str

    def __getattr__(self, name: str) -> Any:
        return self._evaluate("model[name]", name)

    @property
    def defaults(self) -> dict[str, Any]:
        """What every control is set to before anyone touches it."""
        return {parameter["name"]: parameter["value"] for parameter in self.parameters}

    def run(self, **changes: object) -> dict[str, Any]:
        """The result at the defaults with these changes."""
        unknown = changes.keys() - self.defaults.keys()
        assert not unknown, f"{self.name} has no parameter {unknown}"
        return self._evaluate("model.run(values, () => {})", None, self.defaults | changes)

    def numbers(self, **changes: object) -> dict[str, float | None]:
        """The named numbers of a run."""
        return {number["name"]: number["value"] for number in self.run(**changes)["numbers"]}

    def call(self, name: str, *arguments: object) -> Any:
        """The answer of another function that the module exports, such as a closed form."""
        return self._evaluate("model[name](...values)", name, list(arguments))

    def _evaluate(self, expression: str, name: str | None = None, values: object = None) -> Any:
        script = f"async ([module, name, values]) => {{ const model = await import(module); return {expression}; }}"
        return self.page.evaluate(script, [f"/models/{self.name}.js", name, values])


@pytest.fixture(scope="session")
def static_address() -> Iterator[str]:
    """Where the site's own ``_static`` is served."""
    yield from serve(ROOT / "_static")


@pytest.fixture(scope="module")
def model(browser: Browser, static_address: str) -> Iterator[Callable[[str], Model]]:
    """Load ``_static/models/NAME.js`` into an otherwise empty page."""
    context = browser.new_context()
    page = context.new_page()
    page.route(f"{static_address}/", lambda route: route.fulfill(content_type="text/html", body=EMPTY))
    page.goto(static_address)
    yield lambda name: Model(page, name)
    context.close()
