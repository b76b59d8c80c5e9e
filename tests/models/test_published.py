"""What the models show as published is what was published, and says where."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT

from .conftest import Model

FACTS = json.loads(Path(__file__).with_name("facts.json").read_text("utf-8"))

every_model = pytest.mark.parametrize("name", FACTS)


def numbers(text: str) -> set[float]:
    """The numbers in a text, those of names like Llama-2-7B too."""
    return {float(number.replace(",", "")) for number in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text)}


def published(result: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """The published series and bars of a result: view, label, values."""
    for view, data in result["views"].items():
        for each in [*data.get("series", []), *data.get("bars", [])]:
            if each.get("published"):
                parts = {part["group"]: part["value"] for part in each.get("parts", [])}
                yield view, each["label"], each.get("points") or parts or each["value"]


def test_every_model_has_its_facts() -> None:
    assert sorted(FACTS) == sorted(path.stem for path in (ROOT / "_static/models").glob("*.js"))


@every_model
def test_every_reference_is_a_transcribed_fact_of_its_source(model: Callable[[str], Model], name: str) -> None:
    for reference in model(name).references:
        said = [numbers(fact["says"]) for fact in FACTS[name]["said"] if fact["source"] == reference["source"]]
        claimed = numbers(f"{reference['value']} {reference['condition']}")
        assert any(claimed <= fact for fact in said), reference["label"]


@every_model
def test_every_fact_that_is_transcribed_is_shown(model: Callable[[str], Model], name: str) -> None:
    sources = {reference["source"] for reference in model(name).references}
    assert {fact["source"] for fact in FACTS[name]["said"]} == sources
    assert {shown["source"] for shown in FACTS[name]["shown"]} <= sources  # so that the reader finds them


@every_model
def test_what_is_drawn_as_published_is_transcribed_whatever_is_chosen(model: Callable[[str], Model], name: str) -> None:
    this, transcribed = model(name), FACTS[name]["shown"]
    known = [(shown["view"], label, values) for shown in transcribed for label, values in shown["values"].items()]
    choices = [(each["name"], choice) for each in this.parameters for choice, _ in each.get("choices", [])]
    for changes in [{}, *({parameter: choice} for parameter, choice in choices)]:
        assert [each for each in published(this.run(**changes)) if each not in known] == []


@every_model
def test_what_is_transcribed_is_drawn_as_published(model: Callable[[str], Model], name: str) -> None:
    this = model(name)
    for shown in FACTS[name]["shown"]:
        drawn = published(this.run(**shown.get("with", {})))
        assert {label: values for view, label, values in drawn if view == shown["view"]} == shown["values"]


@every_model
def test_a_published_figure_is_held_only_against_a_number_that_the_model_has(
    model: Callable[[str], Model], name: str
) -> None:
    this = model(name)
    held = {reference["number"] for reference in this.references if "number" in reference}
    assert held <= {number["name"] for number in this.run()["numbers"]}
    assert all(reference["source"].startswith("https://") for reference in this.references)
