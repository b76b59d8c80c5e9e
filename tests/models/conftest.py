"""A model as its tests see it: the site's own module, computing in a real browser."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from sphinx_folio.audit.browser import Visit as Visit
from sphinx_folio.audit.browser import served
from sphinx_folio.audit.site_fixtures import Site

# What was published, as the facts have it: said beside a figure, or shown in it.
FACTS = json.loads(Path(__file__).with_name("facts.json").read_text("utf-8"))

ROOT = Path(__file__).parents[2]
MODELS = sorted(path.stem for path in (ROOT / "_static/models").glob("*.js"))

# The tests of a model that is not there are not collected; nor is any where there is none.
NAMED = sorted(path.name.removeprefix("test_").removesuffix(".py") for path in Path(__file__).parent.glob("test_*.py"))
OF_ALL = ("contract", "figures", "pages", "published", "random")
collect_ignore = [f"test_{name}.py" for name in NAMED if name not in (MODELS or ()) and not (MODELS and name in OF_ALL)]

settings.register_profile("models", deadline=None, database=None)  # machines are noisy, and nothing is left behind
settings.load_profile("models")

few = settings(max_examples=20)  # for properties whose examples each run a model

EMPTY = '<!doctype html><link rel="icon" href="data:,">'  # or the browser would ask for an icon


def positions(control: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Where a control can be."""
    if "choices" in control:
        return st.sampled_from([name for name, _ in control["choices"]])
    if isinstance(control["value"], bool):
        return st.booleans()
    low, high = control["min"], control["max"]
    if control.get("scale") == "log":
        return st.integers(0, control["steps"]).map(lambda i: low * (high / low) ** (i / control["steps"]))
    return st.integers(0, round((high - low) / control["step"])).map(lambda i: low + i * control["step"])


def numbers_of(result: dict[str, Any]) -> dict[str, Any]:
    """The values of a result's numbers, by their names."""
    return {number["name"]: number["value"] for number in result["numbers"]}


def series_of(result: dict[str, Any], view: str, *, published: bool = False) -> dict[str, list[list[float]]]:
    """The points of a chart's lines by their labels, either the computed or the published ones."""
    lines = result["views"][view]["series"]
    return {line["label"]: line["points"] for line in lines if line.get("published", False) is published}


@dataclass(frozen=True)
class Model:
    """One module of ``_static/models``: ``model.parameters``, ``model.views`` … are what it exports."""

    page: Page
    name: str

    def __getattr__(self, name: str) -> Any:
        return self.ask(f"model.{name}")

    @cached_property
    def values(self) -> st.SearchStrategy[dict[str, Any]]:
        """Any setting of the controls, to be drawn in a property test."""
        return st.fixed_dictionaries({control["name"]: positions(control) for control in self.parameters})

    @cached_property
    def defaults(self) -> dict[str, Any]:
        """What every control is set to before anyone touches it."""
        return {parameter["name"]: parameter["value"] for parameter in self.parameters}

    def run(self, **changes: object) -> dict[str, Any]:
        """The result at the defaults with these changes."""
        return self.ask("await model.run(values, () => {})", self._set(changes))

    def numbers(self, **changes: object) -> dict[str, Any]:
        """The named numbers of a run."""
        return numbers_of({"numbers": self.ask("(await model.run(values, () => {})).numbers", self._set(changes))})

    def call(self, name: str, *arguments: object) -> Any:
        """The answer of another function that the module exports, such as a closed form."""
        return self.ask(f"model.{name}(...values)", arguments)

    def ask(self, expression: str, values: object = None) -> Any:
        """Part of an answer, where all of it would be much to carry: an expression of ``model`` and ``values``."""
        script = f"async ([module, values]) => {{ const model = await import(module); return {expression}; }}"
        return self.page.evaluate(script, [f"/models/{self.name}.js", values])

    def _set(self, changes: dict[str, object]) -> dict[str, object]:
        unknown = changes.keys() - self.defaults.keys()
        assert not unknown, f"{self.name} has no parameter {unknown}"
        return self.defaults | changes


@pytest.fixture(scope="session")
def static_address() -> Iterator[str]:
    """Where the site's own ``_static`` is served."""
    with served(ROOT / "_static") as address:
        yield address


@pytest.fixture(scope="module")
def model(browser: Browser, static_address: str) -> Iterator[Callable[[str], Model]]:
    """Load ``_static/models/NAME.js`` into an otherwise empty page."""
    context = browser.new_context()
    page = context.new_page()
    page.route(f"{static_address}/", lambda route: route.fulfill(content_type="text/html", body=EMPTY))
    page.goto(static_address)
    yield lambda name: Model(page, name)
    context.close()


@pytest.fixture(scope="session")
def address(site: Site) -> Iterator[str]:
    """Where the site is served."""
    with served(site.folder) as address:
        yield address


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """Visit the site; its windows are closed afterwards."""
    visit = Visit(browser, address)
    before = [*browser.contexts]
    yield visit
    for context in browser.contexts:
        if context not in before:
            context.close()
