"""What the models show as published is what was published, and says where."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from .conftest import FACTS, MODELS, Model

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
    assert sorted(FACTS) == MODELS


@every_model
def test_what_is_quoted_is_transcribed_word_for_word_with_its_source(model: Callable[[str], Model], name: str) -> None:
    def quoted(each: dict[str, str]) -> tuple[str, str, str]:
        return each["label"], each["value"], each["source"]

    said = FACTS[name]["said"]
    assert list(map(quoted, model(name).references)) == list(map(quoted, said))
    assert {shown["source"] for shown in FACTS[name]["shown"]} <= {fact["source"] for fact in said}


@every_model
def test_a_quoted_number_and_those_of_its_condition_are_in_the_fact(model: Callable[[str], Model], name: str) -> None:
    for reference, fact in zip(model(name).references, FACTS[name]["said"], strict=True):
        assert numbers(f"{reference['value']} {reference['condition']}") <= numbers(fact["says"]), reference["label"]


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
