"""mLoRA: why GPUs in a pipeline stand idle, and who fills the gaps."""

from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from . import reference_mlora as reference
from .conftest import Model, few, series_of

ROUNDS = 4
schedules = st.sampled_from(["gpipe", "1f1b", "lorapp"])
plans = st.fixed_dictionaries(
    {
        "schedule": schedules,
        "stages": st.integers(2, 6),
        "adapters": st.integers(1, 5),
        "micro": st.integers(1, 6),
        "forward": st.integers(1, 3),
        "backward": st.integers(1, 4),
    }
)


@pytest.fixture(scope="module")
def mlora(model: Callable[[str], Model]) -> Model:
    return model("mlora")


@pytest.fixture(scope="module")
def pipeline(model: Callable[[str], Model]) -> Model:
    return model("mlora/pipeline")


def simulate(pipeline: Model, plan: dict[str, Any]) -> list[dict[str, Any]]:
    """Every pass of a plan."""
    return pipeline.call("simulate", plan, ROUNDS)


def by(passes: list[dict[str, Any]], *names: str) -> dict[tuple[Any, ...], list[dict[str, Any]]]:
    """The passes that have these in common, in order of their starts."""
    groups = defaultdict(list)
    for each in sorted(passes, key=lambda each: each["start"]):
        groups[tuple(each[name] for name in names)].append(each)
    return groups


# The bubble


@pytest.mark.parametrize(
    ("stages", "adapters", "bubble"),
    [
        *[(4, adapters, bubble) for adapters, bubble in enumerate([0.75, 0.5, 0.25, 0], 1)],
        *[
            (8, adapters, bubble)
            for adapters, bubble in [(1, 0.875), (2, 0.75), (3, 0.625), (4, 0.5), (6, 0.25), (8, 0)]
        ],
    ],
)
def test_every_adapter_fills_a_gap_until_none_is_left(mlora: Model, stages: int, adapters: int, bubble: float) -> None:
    numbers = mlora.numbers(stages=stages, adapters=adapters)
    assert numbers["bubble"] == pytest.approx(100 * bubble, abs=1e-9)
    assert numbers["closed"] == pytest.approx(100 * bubble, abs=1e-9)


@pytest.mark.parametrize(("stages", "micro", "bubble"), [(4, 4, 0.429), (4, 8, 0.273), (8, 8, 0.467)])
@pytest.mark.parametrize("schedule", ["gpipe", "1f1b", "lorapp"])
def test_one_adapter_leaves_the_same_bubble_under_every_schedule(
    mlora: Model, schedule: str, stages: int, micro: int, bubble: float
) -> None:
    numbers = mlora.numbers(schedule=schedule, stages=stages, adapters=1, micro=micro, baseline=micro)
    assert numbers["bubble"] / 100 == pytest.approx(bubble, abs=0.0005)
    assert numbers["bubble"] / 100 == pytest.approx((stages - 1) / (micro + stages - 1))


@pytest.mark.parametrize(
    ("stages", "micro", "adapters", "bubble"),
    [(4, 3, 2, 0), (4, 2, 2, 0.2), (8, 3, 2, 0.4), (8, 4, 2, 0.273), (8, 4, 3, 0)],
)
def test_adapters_and_micro_batches_fill_gaps_together(
    mlora: Model, stages: int, micro: int, adapters: int, bubble: float
) -> None:
    numbers = mlora.numbers(stages=stages, micro=micro, adapters=adapters)
    assert numbers["bubble"] / 100 == pytest.approx(bubble, abs=0.0005)
    assert numbers["closed"] == pytest.approx(numbers["bubble"], abs=1e-9)


@given(st.data())
@few
def test_what_is_simulated_is_what_the_closed_form_says(mlora: Model, data: st.DataObject) -> None:
    numbers = mlora.numbers(**data.draw(mlora.values))
    assert numbers["bubble"] == pytest.approx(numbers["closed"], abs=1e-6)


@given(stages=st.integers(2, 8), micro=st.integers(1, 16), adapters=st.integers(1, 8))
@few
def test_the_closed_forms_are_those_of_the_facts(mlora: Model, stages: int, micro: int, adapters: int) -> None:
    drained = (stages - 1) / (micro + stages - 1)
    filled = max((stages - 1 + micro - adapters * micro) / (stages + micro - 1), 0)
    assert mlora.call("drainedBubble", stages, micro) == pytest.approx(drained)
    assert mlora.call("filledBubble", stages, micro, adapters) == pytest.approx(filled)
    assert mlora.call("filledBubble", stages, 1, adapters) == pytest.approx(max((stages - adapters) / stages, 0))


@given(st.data())
@few
def test_more_adapters_never_leave_more_idle(mlora: Model, data: st.DataObject) -> None:
    filled = series_of(mlora.run(**data.draw(mlora.values)), "bubble")["LoRAPP, closed form"]
    assert [count for count, _ in filled] == list(range(1, 9))
    assert all(later <= earlier for (_, earlier), (_, later) in pairwise(filled))


@given(stages=st.integers(2, 8), micro=st.integers(1, 8), adapters=st.integers(1, 8))
@few
def test_throughput_grows_by_the_adapter_until_no_gap_is_left(
    mlora: Model, stages: int, micro: int, adapters: int
) -> None:
    numbers = mlora.numbers(stages=stages, micro=micro, baseline=micro, adapters=adapters)
    assert numbers["throughput"] == pytest.approx(min(adapters, (stages + micro - 1) / micro))
    saved = numbers.get("saved", -numbers.get("lost", 0))
    assert saved == pytest.approx(100 * (1 - 1 / numbers["throughput"]), abs=1e-6)


def test_the_default_saves_nearly_what_the_paper_measured_against_1f1b(mlora: Model) -> None:
    assert mlora.numbers()["saved"] == pytest.approx(27.3, abs=0.05)
    assert mlora.numbers(baseline=7)["saved"] == pytest.approx(30, abs=1e-9)
    reference = next(each for each in mlora.references if each.get("number") == "saved")
    assert reference["value"] == "30 % less"
    assert "not printed" in reference["condition"]


# The pipeline, pass by pass


@given(plans)
@few
def test_events_are_those_of_a_second_program(pipeline: Model, plan: dict[str, Any]) -> None:
    found = {
        (
            each["start"],
            each["end"],
            each["stage"],
            each["pass"][0].upper(),
            each["adapter"],
            each["round"],
            each["micro"],
        )
        for each in simulate(pipeline, plan)
    }
    expected = reference.Pipeline(**plan).run(ROUNDS)
    assert found == {(*event[:4], *event.batch) for event in expected}


@given(plans)
@few
def test_every_pass_is_done_once_and_takes_its_time(pipeline: Model, plan: dict[str, Any]) -> None:
    passes = simulate(pipeline, plan)
    names = ("stage", "pass", "adapter", "round", "micro")
    expected = product(
        range(plan["stages"]), ["forward", "backward"], range(plan["adapters"]), range(ROUNDS), range(plan["micro"])
    )
    assert sorted(tuple(each[name] for name in names) for each in passes) == sorted(expected)
    assert all(each["end"] - each["start"] == plan[each["pass"]] for each in passes)
    batches = plan["adapters"] * ROUNDS * plan["micro"]
    busy = sum(each["end"] - each["start"] for each in passes)
    assert busy == plan["stages"] * batches * (plan["forward"] + plan["backward"])


@given(plans)
@few
def test_a_stage_does_one_thing_at_a_time(pipeline: Model, plan: dict[str, Any]) -> None:
    for passes in by(simulate(pipeline, plan), "stage").values():
        assert all(later["start"] >= earlier["end"] for earlier, later in pairwise(passes))


@given(plans)
@few
def test_an_adapter_s_next_mini_batch_waits_for_its_last(pipeline: Model, plan: dict[str, Any]) -> None:
    for mini_batches in by(simulate(pipeline, plan), "adapter").values():
        rounds = by(mini_batches, "round")
        for number in range(1, ROUNDS):
            assert rounds[number,][0]["start"] >= max(each["end"] for each in rounds[number - 1,])


@given(plans)
@few
def test_a_micro_batch_goes_forward_to_the_last_stage_and_back(pipeline: Model, plan: dict[str, Any]) -> None:
    there = [(stage, "forward") for stage in range(plan["stages"])]
    back = [(stage, "backward") for stage in reversed(range(plan["stages"]))]
    for passes in by(simulate(pipeline, plan), "adapter", "round", "micro").values():
        assert [(each["stage"], each["pass"]) for each in passes] == there + back
        assert all(later["start"] >= earlier["end"] for earlier, later in pairwise(passes))


@given(plans, st.sampled_from(["gpipe", "1f1b"]))
@few
def test_without_mlora_the_pipeline_runs_empty_between_mini_batches(
    pipeline: Model, plan: dict[str, Any], schedule: str
) -> None:
    mini_batches = by(simulate(pipeline, plan | {"schedule": schedule}), "round", "adapter")
    times = sorted((passes[0]["start"], max(each["end"] for each in passes)) for passes in mini_batches.values())
    assert all(later == earlier for (_, earlier), (later, _) in pairwise(times))


@given(stages=st.integers(2, 8), micro=st.integers(1, 16))
@few
def test_1f1b_holds_fewer_micro_batches_than_gpipe(mlora: Model, stages: int, micro: int) -> None:
    def held(schedule: str) -> float | None:
        return mlora.numbers(schedule=schedule, stages=stages, baseline=micro)["held"]

    assert (held("gpipe"), held("1f1b")) == (micro, min(micro, stages))


# What is drawn


@given(st.data())
@few
def test_spans_do_not_overlap_on_a_gpu(mlora: Model, data: st.DataObject) -> None:
    values = data.draw(mlora.values)
    timeline = mlora.run(**values)["views"]["timeline"]
    assert [lane["label"] for lane in timeline["lanes"]] == [f"GPU {i}" for i in range(1, values["stages"] + 1)]
    for lane in timeline["lanes"]:
        assert all(0 <= span["start"] < span["end"] <= timeline["end"] for span in lane["spans"])
        assert all(later["start"] >= earlier["end"] - 1e-9 for earlier, later in pairwise(lane["spans"]))


@given(st.data())
@few
def test_work_goes_on_after_the_end_of_the_timeline(mlora: Model, data: st.DataObject) -> None:
    values = data.draw(mlora.values)
    end = mlora.ask("model.run(values).views.timeline.end", values)
    last = mlora.ask(
        "model.passes(values).reduce((last, { stage, start }) => ({ ...last, [stage]: start }), {})", values
    )
    assert len(last) == values["stages"]
    assert min(last.values()) >= end


def test_every_schedule_is_seen_for_as_long(mlora: Model) -> None:
    ends = {mlora.run(schedule=schedule)["views"]["timeline"]["end"] for schedule in ("gpipe", "1f1b", "lorapp")}
    assert ends == {66}


def test_a_span_says_whose_pass_it_is(mlora: Model) -> None:
    timeline = mlora.run()["views"]["timeline"]
    assert timeline["groups"] == [[f"adapter{i}", f"Adapter {i}"] for i in range(1, 5)]
    first, second = timeline["lanes"][0]["spans"][:2]
    assert first == {"start": 0, "end": 1, "group": "adapter1", "label": "F1"}
    assert second == {"start": 1, "end": 2, "group": "adapter2", "label": "F1"}
    last = timeline["lanes"][3]["spans"]
    assert [span["label"] for span in last[:4]] == ["F1", "B1", "F1", "B1"]


def test_the_simulated_point_lies_on_its_schedule_s_line(mlora: Model) -> None:
    for schedule, line in (("gpipe", "GPipe and 1F1B"), ("1f1b", "GPipe and 1F1B"), ("lorapp", "LoRAPP")):
        lines = series_of(mlora.run(schedule=schedule, adapters=3), "bubble")
        assert lines["Simulated, as in the timeline"] == [pytest.approx(lines[f"{line}, closed form"][2])]


# Memory, launches, communication


@given(adapters=st.integers(1, 8))
@few
def test_frozen_weights_are_held_once(mlora: Model, adapters: int) -> None:
    result = mlora.run(adapters=adapters)
    assert [bar["value"] for bar in result["views"]["weights"]["bars"]] == [adapters, 1]
    assert mlora.numbers(adapters=adapters)["weights"] == adapters - 1


@pytest.mark.parametrize(
    ("share", "adapters", "saved"),
    [(0.10, 8, 0.0875), (0.075, 5, 0.06), (0.04, 2, 0.02), (0.04, 3, 0.0267)],
)
def test_launching_together_saves_about_what_the_paper_measured(
    mlora: Model, share: float, adapters: int, saved: float
) -> None:
    assert mlora.call("launchSaving", share, adapters) == pytest.approx(saved, abs=0.00005)


@given(share=st.floats(0, 0.2), adapters=st.integers(1, 64))
@few
def test_launching_together_never_saves_more_than_the_launches(mlora: Model, share: float, adapters: int) -> None:
    saved = mlora.call("launchSaving", share, adapters)
    assert saved == pytest.approx(share * (adapters - 1) / adapters)
    assert saved <= mlora.call("launchSaving", share, adapters + 1) <= share


@pytest.mark.parametrize(("share", "size", "most"), [(0.1, "1.1B", 8), (0.075, "7B", 5), (0.04, "13B", 2)])
def test_the_chart_of_launches_marks_what_was_published_for_their_share(
    mlora: Model, share: float, size: str, most: int
) -> None:
    marks = mlora.run(launch=share, batch=8)["views"]["launches"]["marks"]
    assert marks == [{"x": 8, "label": "8 together"}, {"y": most, "label": f"up to {most} % for {size} (published)"}]


def test_nothing_was_published_for_other_shares(mlora: Model) -> None:
    marks = mlora.run(launch=0.05, batch=3)["views"]["launches"]["marks"]
    assert marks == [{"x": 3, "label": "3 together"}]


@given(communication=st.integers(0, 30).map(lambda i: i / 10), backward=st.integers(1, 8).map(lambda i: i / 2))
@few
def test_hidden_communication_gains_what_the_facts_formula_says(
    mlora: Model, communication: float, backward: float
) -> None:
    serial = 4 * communication + 1 + backward
    hidden = max(communication, 1) + max(communication, backward)
    gain = mlora.numbers(communication=communication, backward=backward)["overlap"]
    assert gain == pytest.approx(100 * (serial / hidden - 1), abs=1e-6)


def test_communication_that_is_not_hidden_makes_every_pass_longer(mlora: Model) -> None:
    def lengths(**changes: object) -> set[float]:
        lanes = mlora.run(communication=1.5, **changes)["views"]["timeline"]["lanes"]
        return {round(span["end"] - span["start"], 6) for span in lanes[0]["spans"][:8]}

    assert lengths(overlap=True) == {1.5, 2}
    assert lengths(overlap=False) == {4, 5}


# In words


def test_the_default_says_who_is_idle_and_what_that_saves(mlora: Model) -> None:
    assert mlora.run()["says"] == (
        "Simulated with constants of ours: with 4 adapters, LoRAPP leaves 4 GPUs idle 0 % of the time once the "
        "pipeline is full, where GPipe and 1F1B leave them idle 27 %: the same work takes 27 % less time."
    )


def test_too_few_adapters_are_told_to_take_more_time(mlora: Model) -> None:
    assert "with 1 adapter, LoRAPP leaves 4 GPUs idle 75 % of the time" in mlora.run(adapters=1)["says"]
    assert mlora.run(adapters=2)["says"].endswith("the same work takes 45 % more time.")
    lost = next(number for number in mlora.run(adapters=1)["numbers"] if number["name"] == "lost")
    assert (lost["label"], round(lost["value"])) == ("More time than GPipe and 1F1B", 191)
    assert "lost" not in [each.get("number") for each in mlora.references]  # the published 30 % is no match for it


def test_a_schedule_that_drains_says_so(mlora: Model) -> None:
    assert mlora.run(schedule="gpipe")["says"] == (
        "Simulated with constants of ours: with 8 micro-batches, GPipe leaves 4 GPUs idle 27 % of the time, "
        "however many adapters there are."
    )


def test_what_a_gpu_prefers_is_told_to_be_otherwise_in_mlora(mlora: Model) -> None:
    assert any("prefers backward passes" in each and "first GPU prefers forward" in each for each in mlora.assumptions)


def test_constants_that_nobody_published_are_called_ours(mlora: Model) -> None:
    ours = [sentence for sentence in mlora.assumptions if "ours" in sentence]
    assert any("two forward passes" in sentence for sentence in ours)
    assert any("communication" in sentence for sentence in ours)
    assert any("FSDP" in sentence and "not modelled" in sentence for sentence in mlora.assumptions)
