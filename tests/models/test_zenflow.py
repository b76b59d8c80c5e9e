"""ZenFlow: how long the GPU waits for the CPU, and how long it would have waited."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from . import reference_zenflow as reference
from .conftest import FACTS, Model, few, series_of

LOGGED = [time for _, time in FACTS["zenflow"]["shown"][0]["values"]["A run on 2 GPUs"]]


@pytest.fixture(scope="module")
def zenflow(model: Callable[[str], Model]) -> Model:
    return model("zenflow")


@pytest.fixture(scope="module")
def offloading(model: Callable[[str], Model]) -> Model:
    return model("zenflow/offloading")


def spans(result: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The spans of each lane."""
    return {lane["label"]: lane["spans"] for lane in result["views"]["timeline"]["lanes"]}


def total(found: list[dict[str, Any]], group: str) -> float:
    """The time that a lane spends on something."""
    return sum(span["end"] - span["start"] for span in found if span["group"] == group)


# In the long run


def test_zero_offload_takes_as_long_as_the_bars_of_the_figure(zenflow: Model, offloading: Model) -> None:
    zero = offloading.call("zeroOffload", zenflow.defaults)
    assert zero == {"step": 7145, "stall": 5100}
    assert zero["stall"] / zero["step"] == pytest.approx(0.714, abs=0.0005)


@pytest.mark.parametrize(
    ("window", "step", "speedup", "cut"),
    [(1, 4590, 1.56, 50), (2, 2295, 3.11, 95), (3, 2045, 3.49, 100), (4, 2045, 3.49, 100)],
)
def test_longer_windows_cut_the_step_as_the_facts_compute(
    zenflow: Model, window: int, step: float, speedup: float, cut: float
) -> None:
    numbers = zenflow.numbers(window=window)
    assert numbers["step"] == step
    assert numbers["speedup"] == pytest.approx(speedup, abs=0.005)
    assert numbers["cut"] == pytest.approx(cut, abs=0.5)


def test_a_window_of_three_steps_is_the_smallest_without_a_stall(zenflow: Model) -> None:
    assert zenflow.numbers()["smallest"] == 3
    assert zenflow.numbers(window=2)["stall"] == 250
    assert zenflow.numbers(window=3)["stall"] == 0
    assert zenflow.run()["views"]["windows"]["marks"] == [{"x": 3, "label": "3 steps suffice"}]


def test_a_step_sends_a_little_more_than_the_model_once(zenflow: Model) -> None:
    assert zenflow.numbers()["traffic"] == 1.125
    computed, published = zenflow.run()["views"]["traffic"]["bars"][2:]
    assert sum(part["value"] for part in computed["parts"]) == 1.125
    assert published == {"label": "ZenFlow", "value": 1.13, "published": True}
    assert published["value"] == pytest.approx(1.125, abs=0.006)


def test_the_published_cut_of_stalls_is_reached_from_two_steps_on(zenflow: Model) -> None:
    assert zenflow.numbers(window=1)["cut"] < 85
    assert all(zenflow.numbers(window=window)["cut"] > 85 for window in range(2, 17))


def test_no_window_reaches_the_published_five_times_and_the_page_says_so(zenflow: Model) -> None:
    speedups = [zenflow.numbers(window=window)["speedup"] for window in range(1, 17)]
    assert max(speedups) == zenflow.numbers()["ceiling"] == pytest.approx(3.494, abs=0.0005)
    assert any("3.49" in sentence and "5×" in sentence for sentence in zenflow.assumptions)


@given(st.data())
@few
def test_the_closed_forms_are_those_of_the_facts(zenflow: Model, offloading: Model, data: st.DataObject) -> None:
    values = data.draw(zenflow.values) | {"inline": False}
    step, stall = reference.zero_offload(values)
    assert offloading.call("zeroOffload", values) == pytest.approx({"step": step, "stall": stall})
    step, stall = reference.zenflow(values)
    assert offloading.call("zenflow", values) == pytest.approx({"step": step, "stall": stall}, abs=1e-6)
    assert offloading.call("smallestWindow", values) == reference.smallest_window(values)


@given(st.data())
@few
def test_the_traffic_is_what_the_cpu_works_on_down_and_once_per_window_up(zenflow: Model, data: st.DataObject) -> None:
    values = data.draw(zenflow.values)
    expected = (1 - values["topk"]) * (1 + 1 / values["window"])
    assert zenflow.numbers(**values)["traffic"] == pytest.approx(expected)


@given(st.data())
@few
def test_a_gradient_updated_on_the_gpu_alone_takes_its_passes_and_no_more(
    zenflow: Model, offloading: Model, data: st.DataObject
) -> None:
    values = data.draw(zenflow.values) | {"topk": 1, "select": 0}
    passes = values["forward"] + values["backward"]
    assert offloading.call("zenflow", values) == {"step": pytest.approx(passes), "stall": pytest.approx(0, abs=1e-6)}


@given(st.data())
@few
def test_a_cpu_that_takes_no_time_keeps_nobody_waiting(zenflow: Model, offloading: Model, data: st.DataObject) -> None:
    values = data.draw(zenflow.values) | {"update": 0, "up": 0}
    assert offloading.call("zeroOffload", values)["stall"] == 0
    numbers = zenflow.numbers(**values)
    assert (numbers["stall"], numbers["cut"], numbers["smallest"]) == (pytest.approx(0, abs=1e-6), None, 1)


@given(st.data())
@few
def test_a_longer_window_never_makes_a_step_longer(zenflow: Model, data: st.DataObject) -> None:
    points = series_of(zenflow.run(**data.draw(zenflow.values)), "windows")["ZenFlow"]
    assert len(points) == 16
    assert all(later <= earlier + 1e-6 for (_, earlier), (_, later) in pairwise(points))


@given(st.data(), st.floats(0, 0.5), st.floats(0, 0.5))
@few
def test_more_updates_on_the_gpu_never_make_a_step_longer(
    zenflow: Model, offloading: Model, data: st.DataObject, one: float, other: float
) -> None:
    values = data.draw(zenflow.values)
    less, more = (offloading.call("zenflow", values | {"topk": topk})["step"] for topk in sorted([one, other]))
    assert more <= less + 1e-6


@given(st.data())
@few
def test_the_mark_is_on_the_first_window_whose_stall_is_nothing(
    zenflow: Model, offloading: Model, data: st.DataObject
) -> None:
    values = data.draw(zenflow.values) | {"inline": False}
    smallest = offloading.call("smallestWindow", values)
    marks = zenflow.run(**values)["views"]["windows"]["marks"]
    assert [mark["x"] for mark in marks] == ([smallest] if smallest <= 16 else [])
    for window in {1, 16, *range(smallest - 1, smallest + 2)} & {*range(1, 17)}:
        stall = offloading.call("zenflow", values | {"window": window})["stall"]
        assert (stall > 1e-6) == (window < smallest)


# Step by step


@pytest.mark.parametrize("inline", [False, True])
@pytest.mark.parametrize("window", [1, 2, 3, 4, 8, 16])
def test_four_thousand_steps_take_what_the_closed_form_says(
    zenflow: Model, offloading: Model, window: int, inline: bool
) -> None:
    values = zenflow.defaults | {"window": window, "inline": inline}
    mean = sum(offloading.ask("model.simulate(values, 4000).steps", values)) / 4000
    closed = offloading.call("zenflow", values)
    assert mean == pytest.approx(closed["step"], abs=1)
    assert mean - reference.compute(values) == pytest.approx(closed["stall"], abs=1)


@given(st.data())
@few
def test_events_agree_with_a_second_program_step_by_step(
    zenflow: Model, offloading: Model, data: st.DataObject
) -> None:
    values = data.draw(zenflow.values)
    steps = offloading.ask("model.simulate(values, 60).steps", values)
    assert steps == pytest.approx(reference.step_times(values, 60))


@given(st.data())
@few
def test_events_settle_on_the_closed_form(zenflow: Model, offloading: Model, data: st.DataObject) -> None:
    values = data.draw(zenflow.values)
    window = values["window"]
    steps = offloading.ask("model.simulate(values, 6 * values.window).steps", values)
    assert sum(steps[-window:]) / window == pytest.approx(offloading.call("zenflow", values)["step"])


@given(st.data())
@few
def test_no_one_does_two_things_at_once(zenflow: Model, data: st.DataObject) -> None:
    result = zenflow.run(**data.draw(zenflow.values))
    end = result["views"]["timeline"]["end"]
    for found in spans(result).values():
        assert all(span["start"] < span["end"] <= end + 1e-6 for span in found)
        assert all(later["start"] >= earlier["end"] - 1e-6 for earlier, later in pairwise(found))


@given(st.data())
@few
def test_the_gpu_works_or_is_seen_waiting(zenflow: Model, data: st.DataObject) -> None:
    result = zenflow.run(**data.draw(zenflow.values))
    for name in ("ZeRO-Offload: GPU", "ZenFlow: GPU"):
        found = spans(result)[name]
        assert found[0]["start"] == 0
        assert found[-1]["end"] == pytest.approx(result["views"]["timeline"]["end"])
        assert all(later["start"] == pytest.approx(earlier["end"]) for earlier, later in pairwise(found))


@given(st.data())
@few
def test_nothing_is_lost_or_done_twice(zenflow: Model, offloading: Model, data: st.DataObject) -> None:
    values = data.draw(zenflow.values) | {"inline": False}
    windows, rest = 5, 1 - values["topk"]
    steps = windows * values["window"]
    done = offloading.call("simulate", values, steps)
    assert total(done["gpu"], "forward") == pytest.approx(steps * values["forward"])
    assert total(done["gpu"], "backward") == pytest.approx(steps * values["backward"])
    assert total(done["link"], "down") == pytest.approx(steps * rest * values["down"])
    assert total(done["cpu"], "update") == pytest.approx(windows * rest * values["update"])
    assert total(done["cpu"], "up") == pytest.approx(windows * rest * values["up"])


@given(st.data())
@few
def test_an_update_is_never_later_than_the_end_of_the_next_window(
    zenflow: Model, offloading: Model, data: st.DataObject
) -> None:
    values = data.draw(zenflow.values) | {"inline": False, "up": 100}
    window = values["window"]
    done = offloading.call("simulate", values, 6 * window)
    ends = [sum(done["steps"][: window * (number + 1)]) for number in range(6)]
    landings = [span["end"] for span in done["cpu"] if span["group"] == "up"]
    assert all(landing > end for landing, end in zip(landings, ends, strict=True))
    assert all(landing <= end + 1e-3 for landing, end in zip(landings, ends[1:], strict=False))


def test_the_gpu_computes_on_while_an_update_is_away(zenflow: Model) -> None:
    result = zenflow.run()
    assert result["views"]["timeline"]["marks"] == [{"at": 12770, "label": "first update lands"}]
    assert total(spans(result)["ZenFlow: GPU"], "wait") == 0
    assert total(spans(result)["ZeRO-Offload: GPU"], "wait") > 3 * 5000


# Beside the published run


def test_windows_end_in_the_model_where_they_end_in_the_published_run(zenflow: Model) -> None:
    lines = series_of(zenflow.run(inline=True), "steps")
    modelled = dict(lines["ZenFlow"])
    longest = [step for step in range(5, 14) if modelled[step] > min(modelled.values())]
    assert longest == [8, 12] == sorted(sorted(range(5, 14), key=lambda step: LOGGED[step - 5])[-2:])
    assert modelled[8] - modelled[7] == pytest.approx(450)


def test_the_rest_that_the_ideal_model_lacks_is_what_the_page_says(zenflow: Model) -> None:
    assert [LOGGED[3] - LOGGED[2], LOGGED[7] - LOGGED[6]] == [pytest.approx(1207, abs=1), pytest.approx(1489, abs=1)]
    assert any("1.2 to 1.5 s" in sentence for sentence in zenflow.assumptions)


def test_an_upload_that_stops_the_gpu_leaves_no_window_without_waiting(zenflow: Model) -> None:
    numbers = zenflow.numbers(inline=True)
    assert (numbers["step"], numbers["stall"], numbers["smallest"]) == (2045 + 450 / 4, 450 / 4, None)
    assert zenflow.numbers(inline=True, up=0)["smallest"] == 3


# In words


def test_a_gpu_that_never_waits_is_told_so(zenflow: Model) -> None:
    assert zenflow.run()["says"] == (
        "Simulated with a window of 4 steps, where selecting columns and updating them on the GPU takes 0 ms "
        "(ours): the GPU never waits; a step takes 2045 ms instead of 7145 ms with ZeRO-Offload, "
        "where the GPU waits 71 % of the time. That is 3.49 times as fast."
    )


def test_no_speedup_is_told_as_none(zenflow: Model) -> None:
    assert zenflow.run(update=0, down=0, up=0)["says"].endswith("That is no faster.")


def test_a_gpu_that_waits_is_told_for_how_long(zenflow: Model) -> None:
    says = zenflow.run(window=1)["says"]
    assert says.startswith("Simulated with a window of 1 step, where")
    assert "the GPU waits 2545 ms per step, 55 % of the time; a step takes 4590 ms" in says


def test_the_constant_that_nobody_published_is_called_ours(zenflow: Model) -> None:
    assert zenflow.defaults["select"] == 0
    assert any("0 ms" in sentence and "ours" in sentence for sentence in zenflow.assumptions)
