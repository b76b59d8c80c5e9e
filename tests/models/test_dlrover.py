"""DLRover: how many workers and servers, what to do with a hot server, how large a batch."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from . import reference_dlrover as reference
from .conftest import FACTS, Model, numbers_of, series_of

Ask = Callable[..., Any]

MEASURED = [
    [workers, int(label.removesuffix(" servers")), speed]
    for label, points in FACTS["dlrover"]["shown"][0]["values"].items()
    for workers, speed in points
]
FIGURE_FIT = {"a": 5.92, "b": 1.26}

constants = st.builds(lambda a, b: {"a": a, "b": b}, st.floats(0.1, 20), st.floats(0.1, 20))
workers_in_plan = st.integers(2, 64)
servers_in_plan = st.integers(1, 32)
costs = st.sampled_from([0.25, 0.5, 1, 2, 4])


@pytest.fixture(scope="module")
def dlrover(model: Callable[[str], Model]) -> Model:
    return model("dlrover")


@pytest.fixture(scope="module")
def scaling(model: Callable[[str], Model]) -> Model:
    return model("dlrover/throughput")


@pytest.fixture(scope="module")
def migration(model: Callable[[str], Model]) -> Model:
    return model("dlrover/migration")


@pytest.fixture(scope="module")
def autotuner(model: Callable[[str], Model]) -> Model:
    return model("dlrover/autotuner")


@pytest.fixture(scope="module")
def default(dlrover: Model) -> dict[str, Any]:
    return dlrover.run()


@pytest.fixture(scope="module")
def throughput(scaling: Model) -> Ask:
    return lambda fit, workers, servers: scaling.call("throughput", fit, {"workers": workers, "servers": servers})


# Throughput


def test_the_formula_predicts_what_the_facts_say_for_32_workers(throughput: Ask) -> None:
    assert throughput(FIGURE_FIT, 32, 6) == pytest.approx(2.53, abs=0.005)
    assert throughput(FIGURE_FIT, 32, 12) == pytest.approx(3.45, abs=0.005)
    assert throughput(FIGURE_FIT, 32, 18) == pytest.approx(3.92, abs=0.005)


@pytest.mark.parametrize("source", ["figure", "points"])
def test_the_formula_is_within_13_percent_of_every_measured_point(dlrover: Model, source: str) -> None:
    plans = [dlrover.numbers(workers=workers, servers=servers, constants=source) for workers, servers, _ in MEASURED]
    errors = [plan["plan"] / speed - 1 for plan, (_, _, speed) in zip(plans, MEASURED, strict=True)]
    assert 0.1 < max(map(abs, errors)) <= 0.13
    assert any("within 13 % of the 14 measured points" in assumption for assumption in dlrover.assumptions)


@given(constants, workers_in_plan, servers_in_plan)
@settings(max_examples=30)
def test_more_workers_or_servers_are_always_faster_but_bring_less_and_less(
    throughput: Ask, fit: dict[str, float], workers: int, servers: int
) -> None:
    by_workers = [throughput(fit, workers + more, servers) for more in range(3)]
    by_servers = [throughput(fit, workers, servers + more) for more in range(3)]
    for fewer, some, more in (by_workers, by_servers):
        assert fewer < some < more
        assert more - some < some - fewer


@given(constants, workers_in_plan, servers_in_plan)
@settings(max_examples=30)
def test_one_kind_alone_limits_the_throughput(
    throughput: Ask, fit: dict[str, float], workers: int, servers: int
) -> None:
    assert throughput(fit, workers, 1e9) == pytest.approx(workers / fit["a"], rel=1e-5)
    assert throughput(fit, 1e9, servers) == pytest.approx(servers / fit["b"], rel=1e-5)
    assert throughput(fit, workers, servers) < min(workers / fit["a"], servers / fit["b"])


@given(constants, st.lists(st.tuples(workers_in_plan, servers_in_plan), min_size=2, max_size=10))
@settings(max_examples=40)
def test_constants_are_recovered_from_measurements_without_noise(
    scaling: Model, fit: dict[str, float], plans: list[tuple[int, int]]
) -> None:
    ratios = [workers / servers for workers, servers in plans]
    assume(max(ratios) > 1.1 * min(ratios))
    exact = [[*plan, reference.throughput(fit["a"], fit["b"], *plan)] for plan in plans]
    assert scaling.call("fit", exact) == pytest.approx(fit, rel=1e-6)


@given(st.lists(st.tuples(workers_in_plan, servers_in_plan, st.floats(0.1, 10)), min_size=2, max_size=10))
@settings(max_examples=40)
def test_a_fit_to_anything_has_the_least_error_without_negative_constants(
    scaling: Model, measurements: list[tuple[int, int, float]]
) -> None:
    ratios = [workers / servers for workers, servers, _ in measurements]
    assume(max(ratios) > 1.5 * min(ratios))

    def error(a: float, b: float) -> float:
        return sum((speed / w * a + speed / p * b - 1) ** 2 for w, p, speed in measurements)

    fit = scaling.call("fit", [list(one) for one in measurements])
    assert min(fit.values()) >= 0
    assert error(**fit) <= error(*reference.fit(measurements)) + 1e-9


def test_the_14_points_alone_give_constants_near_those_of_the_figures_lines(scaling: Model) -> None:
    fit = scaling.call("fit", MEASURED)
    assert (fit["a"], fit["b"]) == pytest.approx(reference.fit([tuple(one) for one in MEASURED]))
    assert fit["a"] == pytest.approx(5.92, rel=0.1)
    assert fit["b"] == pytest.approx(1.26, rel=0.2)


# The best plan, and the way to it


def test_at_equal_cost_the_best_split_has_2_17_workers_for_each_server(scaling: Model, default: dict[str, Any]) -> None:
    best = scaling.call("bestSplit", FIGURE_FIT, 30, 1)
    assert best["workers"] / best["servers"] == pytest.approx((5.92 / 1.26) ** 0.5)
    assert round(best["workers"] / best["servers"], 2) == 2.17
    assert "2.17 workers per server" in default["says"]


@given(constants, workers_in_plan, servers_in_plan, costs)
@settings(max_examples=60)
def test_the_best_split_follows_the_closed_form_spends_all_and_no_other_beats_it(
    scaling: Model, fit: dict[str, float], workers: int, servers: int, server_cost: float
) -> None:
    budget = workers + server_cost * servers
    best = scaling.call("bestSplit", fit, budget, server_cost)
    assert best["workers"] + server_cost * best["servers"] == pytest.approx(budget)
    assert 1 - 1e-9 <= best["workers"] <= 64 + 1e-9
    assert 1 - 1e-9 <= best["servers"] <= 32 + 1e-9
    speed = reference.throughput(fit["a"], fit["b"], **best)
    for share in range(1, 200):
        others = share / 200 * budget, (1 - share / 200) * budget / server_cost
        if 1 <= others[0] <= 64 and 1 <= others[1] <= 32:
            assert reference.throughput(fit["a"], fit["b"], *others) <= speed + 1e-12
    if 1.01 < best["workers"] < 63.9 and 1.01 < best["servers"] < 31.9:
        assert best["workers"] / best["servers"] == pytest.approx((fit["a"] * server_cost / fit["b"]) ** 0.5)


@given(constants, workers_in_plan, servers_in_plan, costs, st.booleans())
@settings(max_examples=40)
def test_autoscaling_takes_the_steps_of_a_second_program(
    scaling: Model, fit: dict[str, float], workers: int, servers: int, server_cost: float, both: bool
) -> None:
    # A hair from a tie the two may choose differently.
    fit = {"a": round(fit["a"], 2) + 0.00317, "b": round(fit["b"], 2) + 0.00719}
    budget = workers + server_cost * servers
    options = {
        "budget": budget,
        "serverCost": server_cost,
        "kinds": ["workers", "servers"] if both else ["workers"],
    }
    path = scaling.call("autoscale", fit, {"workers": 1, "servers": 1}, options)
    expected = reference.autoscale(fit["a"], fit["b"], (1, 1), budget, server_cost, servers_too=both)
    assert [(plan["workers"], plan["servers"]) for plan in path] == list(expected)


@given(st.integers(8, 64), st.integers(8, 32))
@settings(max_examples=30)
def test_autoscaling_ends_within_2_percent_of_the_best_split(dlrover: Model, workers: int, servers: int) -> None:
    result = dlrover.run(workers=workers, servers=servers)
    numbers = numbers_of(result)
    path = series_of(result, "front")["Autoscaling"]
    assert path[-1][0] == workers + servers
    assert path[-1][1] == pytest.approx(numbers["best"], rel=0.02)
    assert path[-1][1] <= numbers["best"] + 1e-12
    assert numbers["plan"] <= numbers["best"] + 1e-12


def test_workers_alone_stop_where_one_more_brings_less_than_a_fifth(scaling: Model, dlrover: Model) -> None:
    options = {"budget": 90, "serverCost": 1, "kinds": ["workers"]}
    path = scaling.call("autoscale", FIGURE_FIT, {"workers": 1, "servers": 1}, options)
    speeds = [reference.throughput(5.92, 1.26, **plan) for plan in path]
    steps = zip(path[:-1], pairwise(speeds), strict=True)
    ratios = [(after - before) / (before / plan["workers"]) for plan, (before, after) in steps]
    assert min(ratios) >= 0.2
    last = path[-1]["workers"]
    after = reference.throughput(5.92, 1.26, last + 1, 1)
    assert (after - speeds[-1]) / (speeds[-1] / last) < 0.2
    assert last < 20
    assert f"ends at {last} workers and 1 server and" in dlrover.run(grow="workers", workers=60, servers=30)["says"]


@given(st.integers(4, 64), st.integers(4, 32))
@settings(max_examples=20)
def test_a_warm_start_finishes_a_job_sooner_than_a_cold_one(dlrover: Model, workers: int, servers: int) -> None:
    cold, warm = (dlrover.numbers(workers=workers, servers=servers, start=start) for start in ("cold", "warm"))
    assert warm["time"] < cold["time"]
    assert warm["planTime"] == cold["planTime"]


@given(st.lists(st.floats(0.1, 10), min_size=1, max_size=30), st.floats(1, 100), st.floats(0.5, 5))
@settings(max_examples=60)
def test_a_jobs_time_is_its_work_over_the_throughput_of_the_moment(
    scaling: Model, speeds: list[float], work: float, interval: float
) -> None:
    assert scaling.call("jobTime", speeds, work, interval) == pytest.approx(
        float(reference.job_time(speeds, work, interval))
    )


def test_the_plan_of_the_default_takes_94_minutes_for_a_thousand_million_samples(default: dict[str, Any]) -> None:
    numbers = numbers_of(default)
    assert numbers["planTime"] == pytest.approx(1e9 / (numbers["plan"] * 1e5) / 60)
    assert round(numbers["planTime"]) == 94


@pytest.mark.parametrize(("server_cost", "budget"), [(0.25, 20), (1, 60), (4, 1000)])
def test_the_front_is_what_no_plan_beats(scaling: Model, server_cost: float, budget: float) -> None:
    front = scaling.call("paretoFront", FIGURE_FIT, server_cost, budget)
    expected = [point for point in reference.front(5.92, 1.26, server_cost) if point[0] <= budget]
    assert [cost for cost, _ in front] == [cost for cost, _ in expected]
    assert [speed for _, speed in front] == pytest.approx([speed for _, speed in expected])


# A hot server


def test_the_bars_are_those_of_the_figure(default: dict[str, Any]) -> None:
    lanes = {
        lane["label"]: [[span["group"], span["end"] - span["start"]] for span in lane["spans"]]
        for lane in default["views"]["hot"]["lanes"]
    }
    assert lanes == {
        "Left alone": [["healthy", 3], ["slow", 30]],
        "Traditional migration": [["healthy", 3], ["save", 3], ["start", 5], ["load", 3], ["healthy", 15]],
        "DLRover": [["healthy", 3], ["migrate", 5], ["save", 1], ["load", 2], ["healthy", 10]],
    }
    numbers = numbers_of(default)
    assert [numbers[name] for name in ("none", "traditional", "seamless")] == [33, 29, 21]


def test_at_half_speed_while_migrating_dlrover_would_take_23_5_minutes(dlrover: Model) -> None:
    assert dlrover.numbers(migrationRate=0.5)["seamless"] == 23.5
    assert any("23.5" in assumption for assumption in dlrover.assumptions)


@given(st.floats(0.1, 1), st.floats(0.1, 1))
@settings(max_examples=40)
def test_every_way_does_18_minutes_of_healthy_work_without_a_gap(
    migration: Model, slow: float, migrating: float
) -> None:
    for stages in migration.call("ways", {"slowRate": slow, "migrationRate": migrating}).values():
        assert sum(stage["minutes"] * stage["rate"] for stage in stages) == pytest.approx(18)
        assert all(stage["minutes"] > 0 for stage in stages)
        spans = migration.call("spans", stages)
        assert spans[0]["start"] == 0
        assert all(one["end"] == pytest.approx(other["start"]) for one, other in pairwise(spans))
        assert spans[-1]["end"] == pytest.approx(migration.call("minutes", stages))


@given(st.floats(0.1, 0.9))
@settings(max_examples=20)
def test_a_slower_hot_server_costs_more_only_where_it_stays(dlrover: Model, rate: int) -> None:
    slower, faster = dlrover.numbers(slowRate=rate), dlrover.numbers(slowRate=rate + 0.1)
    assert slower["none"] > faster["none"]
    assert (slower["traditional"], slower["seamless"]) == (29, 21)


# The batch


def test_a_sample_of_the_mock_model_takes_137_5_mb(autotuner: Model) -> None:
    assert autotuner.call("activations", 1) == 137.5
    assert autotuner.call("activations", 8) == 1100


def test_a_batch_of_8_with_10000_mb_free_becomes_80_with_3_1623_times_the_learning_rate(
    autotuner: Model, default: dict[str, Any]
) -> None:
    tuned = autotuner.call("retune", {"batch": 8, "free": 10000})
    assert tuned["batch"] == 80
    assert tuned["factor"] == pytest.approx(3.1623, abs=0.00005)
    assert numbers_of(default)["batch"] == 80


def test_with_2400_mb_free_or_fewer_nothing_is_changed(autotuner: Model, dlrover: Model) -> None:
    assert autotuner.call("retune", {"batch": 8, "free": 2400}) == {"batch": 8, "factor": 1, "free": 2400}
    assert autotuner.call("retune", {"batch": 8, "free": 2401})["batch"] == 25
    assert dlrover.numbers(free=2400)["batch"] == 8


@given(st.integers(1, 128), st.integers(0, 400).map(lambda hundreds: 100 * hundreds))
@settings(max_examples=60)
def test_the_batch_fills_the_memory_in_one_step_and_never_overflows_it(autotuner: Model, batch: int, free: int) -> None:
    tuned = autotuner.call("retune", {"batch": batch, "free": free})
    assert tuned["free"] >= 0
    assert tuned["free"] + (tuned["batch"] - batch) * 137.5 == free
    assert tuned["factor"] ** 2 * batch == pytest.approx(tuned["batch"])
    if free > 2400:
        assert tuned["free"] < 137.5
    again = autotuner.call("retune", {"batch": tuned["batch"], "free": tuned["free"]})
    assert again == {"batch": tuned["batch"], "factor": 1, "free": tuned["free"]}


def test_the_memory_bars_are_as_long_before_as_after(dlrover: Model) -> None:
    for free in (0, 2400, 5000, 40000):
        before, after = dlrover.run(free=free)["views"]["memory"]["bars"]
        assert sum(part["value"] for part in before["parts"]) == sum(part["value"] for part in after["parts"])


# The figure


def test_the_surface_has_the_throughput_of_its_row_and_column(default: dict[str, Any]) -> None:
    surface = default["views"]["surface"]
    assert surface["rows"] == [str(servers) for servers in range(33, 0, -4)]
    assert surface["columns"] == [str(workers) for workers in range(1, 66, 4)]
    for servers, row in zip(surface["rows"], surface["values"], strict=True):
        for workers, value in zip(surface["columns"], row, strict=True):
            assert value == pytest.approx(reference.throughput(5.92, 1.26, int(workers), int(servers)))


def plans_on(surface: dict[str, Any], places: list[list[float]]) -> list[tuple[float, float]]:
    """Workers and servers of places on the surface, between its rows and columns as these are labelled."""
    first, second = map(int, surface["columns"][:2])
    top, below = map(int, surface["rows"][:2])
    return [(first + (second - first) * column, top + (below - top) * row) for row, column in places]


def marks_of(surface: dict[str, Any]) -> list[list[float]]:
    return [[mark["row"], mark["column"]] for mark in surface["marks"]]


@given(workers_in_plan, servers_in_plan, costs, st.sampled_from(["cold", "warm"]))
@settings(max_examples=30)
def test_marks_and_path_on_the_surface_are_the_plans_and_go_one_instance_at_a_time(
    dlrover: Model, workers: int, servers: int, server_cost: float, start: str
) -> None:
    surface = dlrover.run(workers=workers, servers=servers, serverCost=server_cost, start=start)["views"]["surface"]
    places = marks_of(surface) + surface["path"]
    assert all(0 <= row <= 8 and 0 <= column <= 16 for row, column in places)
    assert plans_on(surface, places)[0] == (workers, servers)
    path = plans_on(surface, surface["path"])
    assert all(sorted((after[0] - plan[0], after[1] - plan[1])) == [0, 1] for plan, after in pairwise(path))
    if start == "cold":
        assert path[0] == (1, 1)


def test_the_plan_is_told_in_two_sentences(default: dict[str, Any]) -> None:
    assert default["says"] == (
        "By a formula of ours, your plan of 12 workers and 18 servers trains 1.78 × 10⁵ samples per second, "
        "the best split of its cost (2.17 workers per server) 2.37. "
        "Autoscaling from a cold start ends at 21 workers and 9 servers and finishes a job in 84 minutes, "
        "your plan in 94."
    )


def test_the_path_ends_where_the_sentence_says(default: dict[str, Any]) -> None:
    surface = default["views"]["surface"]
    assert plans_on(surface, marks_of(surface))[0] == (12, 18)
    workers, servers = plans_on(surface, surface["path"])[-1]
    assert (workers, servers) == (21, 9)
    assert f"ends at {workers:.0f} workers and {servers:.0f} servers" in default["says"]
    assert surface["pathLabel"] == "autoscaling"


def test_a_reference_is_held_against_a_number_of_the_figure(dlrover: Model, default: dict[str, Any]) -> None:
    numbers = numbers_of(default)
    held = {one["number"]: one["value"] for one in dlrover.references if "number" in one}
    assert {name: f"{numbers[name]:.0f} min" for name in held} == held


def test_the_published_31_percent_is_not_held_against_anything(dlrover: Model) -> None:
    assert all("number" not in one for one in dlrover.references if "31 %" in one["value"])
    assert any("cannot show the published 31 %" in assumption for assumption in dlrover.assumptions)


def test_the_sliders_of_one_idea_leave_the_others_alone(dlrover: Model, default: dict[str, Any]) -> None:
    changed = dlrover.run(workers=40, servers=5, serverCost=2, start="warm")["views"]
    assert (changed["hot"], changed["memory"]) == (default["views"]["hot"], default["views"]["memory"])
    assert changed["surface"] != default["views"]["surface"]
    changed = dlrover.run(slowRate=0.3, migrationRate=0.4, batch=3, free=7000)["views"]
    assert [changed[name] for name in ("surface", "front", "fit")] == [
        default["views"][name] for name in ("surface", "front", "fit")
    ]
