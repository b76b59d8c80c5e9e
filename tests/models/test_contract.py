"""What every model keeps to, so that one figure can show them all."""

import json
import math
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from .conftest import ROOT, Model

MODELS = ROOT / "_static" / "models"
NAMES = sorted(path.stem for path in MODELS.glob("*.js"))
KINDS = {"lanes", "lines", "bars", "cells", "graph"}

every_model = pytest.mark.parametrize("name", NAMES)


def edges(parameters: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each control at each of its ends, the others as they are."""
    for control in parameters:
        if "choices" in control:
            yield from ({control["name"]: name} for name, _ in control["choices"])
        elif isinstance(control["value"], bool):
            yield {control["name"]: not control["value"]}
        else:
            yield from ({control["name"]: control[end]} for end in ("min", "max"))


def numbers_in(value: object) -> Iterator[float]:
    """Every number of a result."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from numbers_in(each)
    elif isinstance(value, int | float):
        yield value


def groups_used(data: dict[str, Any]) -> set[str]:
    """The groups that what is drawn belongs to."""
    parts = [part for bar in data.get("bars", []) for part in bar.get("parts", [])]
    spans = [span for lane in data.get("lanes", []) for span in lane["spans"]]
    cells = [{"group": cell} for row in data.get("values", []) for cell in row if isinstance(cell, str)]
    return {each["group"] for each in [*parts, *spans, *cells, *data.get("nodes", [])] if "group" in each}


@every_model
def test_a_control_says_what_it_is_and_starts_in_its_range(model: Callable[[str], Model], name: str) -> None:
    parameters = model(name).parameters
    assert len({control["name"] for control in parameters}) == len(parameters)
    for control in parameters:
        assert control["label"]
        assert control["help"].endswith(".")
        if "choices" in control:
            assert control["value"] in [choice for choice, _ in control["choices"]]
        elif not isinstance(control["value"], bool):
            assert control["min"] <= control["value"] <= control["max"]
            steps = (control["value"] - control["min"]) / control["step"] if "step" in control else 0
            assert steps == pytest.approx(round(steps)), f"{control['name']} does not start on a step"


@every_model
def test_a_control_stands_with_a_drawing_that_is_there_and_rests_beside_a_value_of_another(
    model: Callable[[str], Model], name: str
) -> None:
    controls, views = {control["name"]: control for control in model(name).parameters}, model(name).views
    for control in controls.values():
        assert control.get("view") in {None, *(view["name"] for view in views[1:])}
        if unless := control.get("unless"):
            assert unless["why"].endswith(".")
            other = controls[unless["name"]]
            kinds = [choice for choice, _ in other.get("choices", [])] or [other.get("min"), True, False]
            assert unless["is"] in kinds


@every_model
def test_every_view_has_data_and_every_number_a_name(model: Callable[[str], Model], name: str) -> None:
    result = model(name).run()
    views = model(name).views
    assert list(result["views"]) == [view["name"] for view in views]
    assert all(view["kind"] in KINDS and view["title"] for view in views)
    assert 3 <= len(result["numbers"]) <= 8
    assert len({number["name"] for number in result["numbers"]}) == len(result["numbers"])
    assert result["says"].endswith(".")


@every_model
def test_at_the_ends_of_every_control_there_is_a_whole_result(model: Callable[[str], Model], name: str) -> None:
    it = model(name)
    for changes in edges(it.parameters):
        result = it.run(**changes)
        assert all(math.isfinite(number) for number in numbers_in(result)), changes
        assert "NaN" not in result["says"]
        assert "undefined" not in result["says"]
        for data in result["views"].values():
            groups = [group for group, _ in data.get("groups", [])]
            assert groups_used(data) <= {*groups}, changes
            assert len(groups) <= 8
            assert len(data.get("nodes", [])) <= 1000
            assert len(data.get("series", [])) <= 6
            assert len(data.get("bars", [])) <= 12


@every_model
def test_the_same_settings_give_the_same_result(model: Callable[[str], Model], name: str) -> None:
    first = json.dumps(model(name).run())
    model(name).run(**next(edges(model(name).parameters)))
    assert json.dumps(model(name).run()) == first


@every_model
def test_a_published_figure_has_its_condition_and_its_source(model: Callable[[str], Model], name: str) -> None:
    numbers = model(name).numbers()
    assert model(name).references
    for reference in model(name).references:
        assert reference["label"]
        assert reference["value"]
        assert reference["condition"]
        assert re.match(r"https://\S+$", reference["source"])
        assert reference.get("number") in {None, *numbers}


@every_model
def test_assumptions_are_sentences(model: Callable[[str], Model], name: str) -> None:
    assert model(name).assumptions
    assert all(sentence.endswith((".", ".”", ".)")) for sentence in model(name).assumptions)


@pytest.mark.parametrize("path", sorted(MODELS.rglob("*.js")), ids=lambda path: str(path.relative_to(MODELS)))
def test_a_model_is_nothing_but_computation(path: Any) -> None:
    source = re.sub(r"/\*.*?\*/|//[^\n]*", "", path.read_text("utf-8"), flags=re.DOTALL)
    assert not re.search(r"\b(document|fetch|Date|XMLHttpRequest|localStorage|setTimeout|performance)\b", source)
    assert "Math.random" not in source
    assert path.read_text("utf-8").startswith("// @ts-check\n")
