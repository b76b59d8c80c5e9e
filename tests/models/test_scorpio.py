"""SCORPIO: who gets tokens in time, first come first served or with guards."""

import json
import math
import re
from collections.abc import Callable, Iterable
from itertools import chain, pairwise
from statistics import fmean
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from . import reference_scorpio as reference
from .conftest import FACTS, Model, numbers_of, series_of

Ask = Callable[..., Any]
Policy = dict[str, bool | float]
Request = dict[str, float]
Sample = list[list[dict[str, float]]]
Crowd = list[tuple[int, int, int, int, list[int]]]

ADHERENCE, _, ABLATION = (shown["values"] for shown in FACTS["scorpio"]["shown"])

FCFS = {"ttftGuard": False, "tpotGuard": False, "credits": False, "inefficiency": 1.3}
ONLY_TTFT = FCFS | {"ttftGuard": True}
ONLY_TPOT = FCFS | {"tpotGuard": True, "credits": True}
SCORPIO = ONLY_TPOT | {"ttftGuard": True}
POLICIES = [FCFS, ONLY_TTFT, ONLY_TPOT, SCORPIO]

# Long lists travel as JSON: Playwright's own way takes ten times as long.

SERVE = """async ([requests, policy]) => {
    const { serve, outcome } = await import("/models/scorpio/engine.js");
    const turns = [];
    const ids = (list) => list.map(({ id }) => id);
    const watch = ({ start, end, prefill, turn, running }) => {
        const credits = running.map(({ credit }) => credit);
        turns.push({ start, end, prefill, turn: ids(turn), running: ids(running), credits });
    };
    const { requests: served } = serve(JSON.parse(requests), policy, watch);
    const ends = served.map(({ first, end }) => [first, end]); // null in JSON for who was turned away
    return JSON.stringify({ ends, turns, outcomes: served.map(outcome) });
}"""

COUNTS = """async ([load, policy]) => {
    const { workload, serve, measure } = await import("/models/scorpio/engine.js");
    const served = serve(workload({ strict: 0.5, noise: 0, ...load }), policy);
    return { ...measure(served), accepted: served.requests.filter(({ end }) => Number.isFinite(end)).length };
}"""

MEASURE = """async ([crowds, policy]) => {
    const { serve, measure } = await import("/models/scorpio/engine.js");
    return JSON.parse(crowds).map((requests) => measure(serve(requests, policy)));
}"""

ENDS = """async ([requests, policy]) => {
    const { serve } = await import("/models/scorpio/engine.js");
    return JSON.stringify(serve(JSON.parse(requests), policy).requests.map(({ first, end }) => [first, end]));
}"""

SAMPLE = """async ([load, policy, seeds]) => {
    const { workload, serve, measure } = await import("/models/scorpio/engine.js");
    return seeds.map((seed) => measure(serve(workload({ strict: 0.5, noise: 0, ...load, seed }), policy)));
}"""

policies = st.builds(
    lambda ttft, tpot, credit, factor: {
        "ttftGuard": ttft,
        "tpotGuard": tpot,
        "credits": credit,
        "inefficiency": factor,
    },
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.floats(1, 1.6),
)

crowds = st.lists(
    st.tuples(
        st.sampled_from([0, 1, 20, 300]),
        st.integers(4, 2048),
        st.integers(1, 60),
        st.integers(4, 2048),
        st.sampled_from([[500, 30], [2000, 30], [3000, 30], [500, 50], [1000, 50], [7500, 50], [500, 40], [500, 15]]),
    ),
    min_size=1,
    max_size=40,
)


def requests_of(crowd: Crowd) -> list[Request]:
    """Requests from a generated crowd, whose first numbers are the gaps between arrivals."""
    arrival, requests = 0, []
    for number, (gap, prompt, answer, predicted, (ttft, tpot)) in enumerate(crowd):
        arrival += gap
        requests.append(
            {
                "id": number,
                "arrival": arrival,
                "input": prompt,
                "output": answer,
                "predicted": predicted,
                "ttft": ttft,
                "tpot": tpot,
            }
        )
    return requests


@pytest.fixture(scope="module")
def scorpio(model: Callable[[str], Model]) -> Model:
    return model("scorpio")


@pytest.fixture(scope="module")
def engine(model: Callable[[str], Model]) -> Model:
    return model("scorpio/engine")


@pytest.fixture(scope="module")
def serve(engine: Model) -> Ask:
    """Serve requests, and tell of every turn."""
    return lambda requests, policy: json.loads(engine.page.evaluate(SERVE, [json.dumps(requests), policy]))


@pytest.fixture(scope="module")
def sample(engine: Model) -> Ask:
    """Means over some seeds of what a policy reaches at a load."""

    def means(policy: Policy, seeds: Iterable[int] = range(1, 7), **load: float) -> dict[str, float]:
        results = engine.page.evaluate(SAMPLE, [load, policy, list(seeds)])
        return {name: fmean(result[name] for result in results) for name in results[0]}

    return means


@pytest.fixture(scope="module")
def quoted(engine: Model) -> Ask:
    """Means over seeds of what a policy does with the requests of the simulation that the facts quote."""

    def means(policy: Policy, rate: int, seeds: int) -> dict[str, float]:
        crowds = [reference.published_workload(rate, seed) for seed in range(seeds)]
        results = engine.page.evaluate(MEASURE, [json.dumps(crowds), policy])
        return {name: fmean(result[name] for result in results) for name in results[0]}

    return means


@pytest.fixture(scope="module")
def default(scorpio: Model) -> dict[str, Any]:
    return scorpio.run()


def points(result: dict[str, Any], view: str, label: str) -> dict[int, float]:
    """A computed curve as a dictionary of loads."""
    return dict(series_of(result, view)[label])


# The engine against a second program


@given(st.integers(5, 20), st.floats(0, 1), st.floats(0, 2), st.integers(1, 20))
@settings(max_examples=10)
def test_the_requests_are_those_of_a_second_program(
    engine: Model, rate: int, strict: float, noise: float, seed: int
) -> None:
    values = {"rate": rate, "strict": strict, "noise": noise, "seed": seed}
    requests, expected = engine.call("workload", values), list(reference.workload(**values))
    assert len(requests) == 512
    for one, other in zip(requests, expected, strict=True):
        assert one["arrival"] == pytest.approx(other["arrival"])
        assert (one["ttft"], one["tpot"]) == (other["ttft"], other["tpot"])
        # Two mathematical libraries may differ by a hair, and the whole number below it by one.
        assert all(abs(one[name] - other[name]) <= 1 for name in ("input", "output", "predicted"))


def assert_same_ends(ends: list[list[float | None]], expected: list[reference.Served]) -> None:
    """Times of first and last tokens, null and NaN for who was turned away."""
    numbers = [math.nan if time is None else time for times in ends for time in times]
    assert numbers == pytest.approx([time for one in expected for time in (one.first, one.end)], nan_ok=True)


@pytest.mark.parametrize("policy", POLICIES, ids=["FCFS", "TTFT", "TPOT", "SCORPIO"])
@pytest.mark.parametrize("rate", [6, 20])
def test_every_request_has_its_first_and_last_token_when_a_second_program_says(
    engine: Model, policy: Policy, rate: int
) -> None:
    requests = engine.call("workload", {"rate": rate, "strict": 0.5, "noise": 0.3, "seed": 2})
    ends = json.loads(engine.page.evaluate(ENDS, [json.dumps(requests), policy]))
    assert_same_ends(ends, reference.serve(requests, policy))


@given(crowds, policies)
@settings(max_examples=40)
def test_any_crowd_under_any_policy_is_served_as_by_a_second_program(serve: Ask, crowd: Crowd, policy: Policy) -> None:
    requests = requests_of(crowd)
    result, expected = serve(requests, policy), reference.serve(requests, policy)
    assert_same_ends(result["ends"], expected)
    assert result["outcomes"] == [reference.outcome(one) for one in expected]


# What holds in every turn


@given(crowds, policies)
@settings(max_examples=40)
def test_whatever_the_policy_nothing_is_lost_and_no_turns_overlap(serve: Ask, crowd: Crowd, policy: Policy) -> None:
    requests = requests_of(crowd)
    result = serve(requests, policy)
    turns = result["turns"]
    assert all(turn["start"] < turn["end"] for turn in turns)
    assert all(one["end"] <= other["start"] for one, other in pairwise(turns))
    for request, outcome in zip(requests, result["outcomes"], strict=True):
        given_tokens = sum(turn["turn"].count(request["id"]) for turn in turns)
        assert given_tokens == (0 if outcome["rejected"] else request["output"])
        broken = outcome["rejected"] or outcome["late"] or outcome["slow"]
        assert outcome["kept"] == (not broken)
    assert policy["ttftGuard"] or not any(outcome["rejected"] for outcome in result["outcomes"])


@given(crowds, policies)
@settings(max_examples=40)
def test_the_strictest_never_sit_out_and_credits_stay_below_one(serve: Ask, crowd: Crowd, policy: Policy) -> None:
    requests = requests_of(crowd)
    for turn in serve(requests, policy)["turns"]:
        assert all(0 <= credit < 1 for credit in turn["credits"])
        if turn["prefill"]:
            continue
        strictest = min(requests[one]["tpot"] for one in turn["running"])
        must = {one for one in turn["running"] if requests[one]["tpot"] == strictest or not policy["credits"]}
        assert must <= set(turn["turn"]) <= set(turn["running"])


def test_a_batch_keeps_within_the_engines_limits(engine: Model, serve: Ask) -> None:
    requests = engine.call("workload", {"rate": 20, "strict": 0.5, "noise": 0, "seed": 1})
    crowded = [request | {"arrival": 0, "output": min(request["output"], 60)} for request in requests]
    turns = serve(crowded, FCFS)["turns"]
    assert max(len(turn["running"]) for turn in turns) == 256
    prefills = [[requests[one]["input"] for one in turn["turn"]] for turn in turns if turn["prefill"]]
    assert 1900 < max(map(sum, prefills)) <= 2048


@given(crowds, st.booleans())
@settings(max_examples=40)
def test_without_a_guard_requests_join_in_order_of_arrival(serve: Ask, crowd: Crowd, tpot_guard: bool) -> None:
    policy = FCFS | {"tpotGuard": tpot_guard, "credits": tpot_guard}
    turns = serve(requests_of(crowd), policy)["turns"]
    assert [one for turn in turns if turn["prefill"] for one in turn["turn"]] == list(range(len(crowd)))


def test_with_the_ttft_guard_the_nearest_deadline_joins_first(engine: Model, serve: Ask) -> None:
    # The TPOT guard keeps them waiting, so that there is an order to choose.
    requests = engine.call("workload", {"rate": 14, "strict": 0.5, "noise": 0, "seed": 1})[:200]
    result = serve(requests, SCORPIO)

    def deadline(number: int) -> float:
        return requests[number]["arrival"] + requests[number]["ttft"]

    waiting = {request["id"] for request, one in zip(requests, result["outcomes"], strict=True) if not one["rejected"]}
    overtaken = 0
    for turn in (turn for turn in result["turns"] if turn["prefill"]):
        joining = turn["turn"]
        assert joining == sorted(joining, key=deadline)
        waiting -= set(joining)
        others = [one for one in waiting if requests[one]["arrival"] <= turn["start"]]
        assert all(deadline(joining[-1]) <= deadline(one) for one in others)
        overtaken += any(one < joining[-1] for one in others)
    assert overtaken > 10


def test_who_cannot_have_a_first_token_in_time_is_turned_away(serve: Ask) -> None:
    hopeless = {"id": 0, "arrival": 0, "input": 2048, "output": 5, "predicted": 5, "ttft": 236, "tpot": 30}
    assert serve([hopeless], ONLY_TTFT)["outcomes"][0]["rejected"]  # 0.09 · 2048 + 2 + 50 ms
    assert not serve([hopeless | {"ttft": 237}], ONLY_TTFT)["outcomes"][0]["rejected"]
    assert serve([hopeless | {"ttft": 180}], FCFS)["outcomes"][0] == {
        "rejected": False,
        "late": True,
        "slow": False,
        "kept": False,
    }


def test_a_promise_is_kept_to_the_last_millisecond(serve: Ask) -> None:
    # 25 ms for the prefill, then steps of 14.25 ms and the cache of 4 + 1 and 4 + 2 tokens.
    request = {"id": 0, "arrival": 100, "input": 4, "output": 3, "predicted": 3, "ttft": 25, "tpot": 14.251}

    def broken(**changes: float) -> set[str]:
        outcome = serve([request | changes], FCFS)["outcomes"][0]
        return {name for name in ("late", "slow") if outcome[name]}

    assert broken() == set()
    assert broken(ttft=24.9) == {"late"}
    assert broken(tpot=14.25) == {"slow"}
    assert broken(ttft=24.9, tpot=14.25) == {"late", "slow"}


def test_an_idle_engine_takes_even_whom_it_cannot_satisfy(serve: Ask) -> None:
    hasty = {"id": 0, "arrival": 0, "input": 4, "output": 9, "predicted": 9, "ttft": 500, "tpot": 10}
    assert serve([hasty], SCORPIO)["outcomes"] == [{"rejected": False, "late": False, "slow": True, "kept": False}]


@given(policies, st.integers(1, 20), st.integers(1, 20))
@settings(max_examples=20)
def test_all_512_requests_are_answered_or_turned_away(engine: Model, policy: Policy, rate: int, seed: int) -> None:
    counts = engine.page.evaluate(COUNTS, [{"rate": rate, "seed": seed}, policy])
    assert counts["accepted"] + counts["rejected"] == 512
    broken = counts["accepted"] - counts["kept"]  # late, slow, or both
    assert max(counts["late"], counts["slow"]) <= broken <= counts["late"] + counts["slow"]
    assert counts["adherence"] == counts["kept"] / 512


# Closed forms


TURNS = """async ([tpots, steps]) => {
    const { haveTurn } = await import("/models/scorpio/engine.js");
    const running = tpots.map((tpot) => ({ tpot, credit: 0, turns: 0 }));
    for (let step = 0; step < steps; step += 1) for (const one of haveTurn(running)) one.turns += 1;
    return running.map(({ turns }) => turns);
}"""


def test_a_request_of_50_ms_beside_one_of_30_has_exactly_six_turns_of_ten(engine: Model) -> None:
    assert engine.page.evaluate(TURNS, [[30, 50, 50], 10000]) == [10000, 6000, 6000]


@given(st.lists(st.integers(5, 200), min_size=1, max_size=8))
@settings(max_examples=30)
def test_turns_follow_the_ratio_of_the_promises(engine: Model, tpots: list[int]) -> None:
    for tpot, turns in zip(tpots, engine.page.evaluate(TURNS, [tpots, 1000]), strict=True):
        assert turns / 1000 == pytest.approx(min(tpots) / tpot, abs=0.001)


@given(st.lists(st.sampled_from([30, 50, 60, 100]), min_size=1, max_size=20))
@settings(max_examples=50)
def test_the_virtual_batch_is_the_batch_only_if_all_promises_are_equal(engine: Model, tpots: list[int]) -> None:
    virtual = engine.call("virtualBatch", [{"tpot": tpot} for tpot in tpots])
    assert virtual == pytest.approx(sum(min(tpots) / tpot for tpot in tpots))
    if len(set(tpots)) == 1:
        assert virtual == len(tpots)
    else:
        assert virtual < len(tpots) - 0.1


@given(st.integers(1, 255), st.integers(1, 4000))
@settings(max_examples=40)
def test_steps_take_longer_with_more_requests_and_longer_contexts(engine: Model, count: int, context: int) -> None:
    assert engine.call("stepTime", 100, 400) == pytest.approx(6.6e-5 * 100 * 400 + 0.25 * 100 + 14)

    time = engine.call("stepTime", count, context)
    assert time < engine.call("stepTime", count + 1, context)
    assert time < engine.call("stepTime", count, context + 1)


def test_a_prefill_takes_at_least_25_ms_and_longer_with_more_tokens(engine: Model) -> None:
    times = [engine.call("prefillTime", tokens) for tokens in (1, 256, 257, 1000, 2048)]
    assert times == pytest.approx([25, 25, 25.13, 92, 186.32])


# Against the published curves and the reference figures of the facts


@pytest.mark.parametrize("policy", POLICIES, ids=["FCFS", "TTFT", "TPOT", "SCORPIO"])
def test_at_one_request_per_second_every_policy_keeps_its_promises(sample: Ask, policy: Policy) -> None:
    assert sample(policy, rate=1)["adherence"] > 0.995


@pytest.mark.parametrize(
    ("rate", "fcfs", "scorpio"),
    [
        (5, 1.0, 1.0),
        (6, 0.98, 0.99),
        (7, 0.78, 0.95),
        (8, 0.60, 0.90),
        (9, 0.55, 0.84),
        (10, 0.38, 0.78),
        (12, 0.23, 0.70),
        (14, 0.10, 0.63),
        (15, 0.07, 0.60),
    ],
)
def test_the_quoted_simulations_requests_keep_their_promises_as_often_here(
    quoted: Ask, rate: int, fcfs: float, scorpio: float
) -> None:
    # The facts give means over two seeds for vLLM, over three for SCORPIO, to two digits.
    assert quoted(FCFS, rate, 2)["adherence"] == pytest.approx(fcfs, abs=0.0055)
    assert quoted(SCORPIO, rate, 3)["adherence"] == pytest.approx(scorpio, abs=0.0055)


def test_the_quoted_simulations_goodput_is_the_same_here(quoted: Ask) -> None:
    assert quoted(SCORPIO, 10, 4)["goodput"] == pytest.approx(5.86, abs=0.005)
    assert quoted(FCFS, 10, 4)["goodput"] == pytest.approx(2.35, abs=0.005)
    assert quoted(SCORPIO, 15, 4)["goodput"] == pytest.approx(5.93, abs=0.005)
    assert quoted(FCFS, 15, 4)["goodput"] == pytest.approx(0.60, abs=0.005)


def test_each_guard_alone_breaks_as_many_promises_as_in_the_quoted_simulation(quoted: Ask) -> None:
    def broken(policy: Policy) -> list[int]:
        result = quoted(policy, 14, 4)
        return [round(result[name]) for name in ("late", "slow", "rejected")]

    assert broken(FCFS) == [0, 457, 0]
    assert broken(ONLY_TPOT) == [430, 8, 0]
    assert broken(ONLY_TTFT) == [0, 457, 0]
    assert broken(SCORPIO) == [0, 6, 191]


def test_without_caution_scorpio_collapses(scorpio: Model, quoted: Ask) -> None:
    assert quoted(SCORPIO | {"inefficiency": 1.0}, 15, 3)["adherence"] == pytest.approx(0.09, abs=0.01)
    assert scorpio.numbers(rate=15, inefficiency=1.0)["adherence"] < 15


@pytest.fixture(scope="module")
def sampled(engine: Model) -> dict[str, Sample]:
    """What FCFS and SCORPIO reach at each load that was published, with each seed."""

    def at(load: int, policy: Policy) -> list[dict[str, float]]:
        return engine.page.evaluate(SAMPLE, [{"rate": load}, policy, list(range(1, 21))])

    policies = {"vLLM": FCFS, "SCORPIO": SCORPIO}
    return {name: [at(load, policy) for load, _ in ADHERENCE[name]] for name, policy in policies.items()}


def excess(by_load: Sample, name: str) -> list[list[float]]:
    """How much oftener promises are kept than was published, by the seed and the load."""
    differences = [
        [100 * one["adherence"] - published for one in at_load]
        for at_load, (_, published) in zip(by_load, ADHERENCE[name], strict=True)
    ]
    return [list(seed) for seed in zip(*differences, strict=True)]


def test_how_far_each_seed_is_from_the_published_curves_is_among_the_assumptions(
    scorpio: Model, sampled: dict[str, Sample]
) -> None:
    distances = [math.sqrt(fmean(one**2 for one in seed)) for seed in excess(sampled["vLLM"], "vLLM")]
    most = [max(seed) for seed in excess(sampled["SCORPIO"], "SCORPIO")]
    ahead = [
        sum(fcfs["goodput"] > chosen["goodput"] for fcfs, chosen in zip(*at_load, strict=True))
        for at_load in zip(sampled["vLLM"], sampled["SCORPIO"], strict=True)
    ]
    found = [f"{number:.1f}" for number in (min(distances), max(distances), -min(most), max(most))]
    assert found == ["5.3", "21.9", "0.8", "17.8"]
    assert ahead == [17, 6] + [0] * 9
    said = next(each for each in scorpio.assumptions if each.startswith("Every curve is one sample"))
    assert set(re.findall(r"\d+\.\d+", said)) == set(found)
    assert "at 5 requests/s with 17 seeds, and at 6 requests/s with 6" in said


def test_the_default_seed_is_the_one_nearest_to_the_means_and_not_to_what_was_published(
    scorpio: Model, sampled: dict[str, Sample]
) -> None:
    distances = [0.0] * 20
    for at_load in chain(*sampled.values()):
        mean = fmean(one["adherence"] for one in at_load)
        distances = [far + (one["adherence"] - mean) ** 2 for far, one in zip(distances, at_load, strict=True)]
    assert distances.index(min(distances)) + 1 == scorpio.defaults["seed"]


def test_at_15_per_second_scorpio_has_about_nine_times_the_goodput(scorpio: Model) -> None:
    assert 7 < scorpio.numbers(rate=15)["ratio"] < 12  # the facts' model 9.9, published 8.8


def test_at_low_load_fcfs_has_the_higher_goodput_and_the_figure_says_so(default: dict[str, Any]) -> None:
    assert points(default, "goodput", "FCFS")[5] > points(default, "goodput", "SCORPIO")[5]
    published = series_of(default, "goodput", published=True)
    assert all(dict(published["vLLM"])[load] > dict(published["SCORPIO"])[load] for load in (5, 6, 7))
    assert default["says"].endswith("FCFS has the higher goodput at 5 requests per second.")


def test_the_model_breaks_the_same_promises_as_the_published_ablation(default: dict[str, Any]) -> None:
    bars = default["views"]["broken"]["bars"]
    parts = [{part["group"]: part["value"] for part in bar["parts"]} for bar in bars]
    for modelled, published in zip(parts[0::2], parts[1::2], strict=True):
        for promise in ("late", "slow"):
            assert (modelled.get(promise, 0) > 200) == (published[promise] > 200)
    assert parts[1::2] == list(ABLATION.values())


def test_with_equal_promises_credits_change_nothing(scorpio: Model) -> None:
    assert scorpio.numbers(strict=0, rate=12) == scorpio.numbers(strict=0, rate=12, credits=False)


# The figure


def test_no_policy_is_compared_with_what_the_model_cannot_tell_apart(default: dict[str, Any], scorpio: Model) -> None:
    drawn = json.dumps(default["views"]) + default["says"]
    assert not re.search("S³|Mooncake", drawn)
    assert any(assumption.startswith("S³ and Mooncake are left out") for assumption in scorpio.assumptions)


def test_without_guards_the_figure_compares_fcfs_with_itself(scorpio: Model) -> None:
    result = scorpio.run(ttftGuard=False, tpotGuard=False, credits=False)
    assert points(result, "goodput", "FCFS") == points(result, "goodput", "no guard")
    assert numbers_of(result)["ratio"] == 1
    assert result["says"].endswith("no guard to 10 %.")


def test_the_same_controls_draw_the_same_figure_and_another_seed_another(
    scorpio: Model, default: dict[str, Any]
) -> None:
    assert scorpio.run() == default
    assert scorpio.numbers(seed=1) != scorpio.numbers(seed=2)


def test_numbers_are_the_curves_at_the_load_that_is_set(scorpio: Model) -> None:
    result = scorpio.run(rate=11)
    numbers = numbers_of(result)
    assert numbers["adherence"] == pytest.approx(points(result, "adherence", "SCORPIO")[11])
    assert numbers["fcfsGoodput"] == points(result, "goodput", "FCFS")[11]
    assert numbers["adherence"] * 5.12 + numbers["rejected"] + numbers["late"] + numbers["slow"] >= 512
    assert result["views"]["adherence"]["marks"] == [{"x": 11, "label": "11 requests/s"}]


def test_the_lanes_show_thirty_turns_in_which_only_the_relaxed_sit_out(default: dict[str, Any]) -> None:
    view = default["views"]["turns"]
    assert [lane["label"][-5:] for lane in view["lanes"]] == ["30 ms"] * 3 + ["50 ms"] * 3
    for lane in view["lanes"]:
        spans = lane["spans"]
        assert len(spans) <= 30
        assert all(one["end"] <= other["start"] + 1e-9 for one, other in pairwise(spans))
        assert ("skipped" in {span["group"] for span in spans}) == lane["label"].endswith("50 ms")


def test_the_virtual_batch_is_drawn_below_the_real_one(default: dict[str, Any]) -> None:
    _, running, virtual = (series["points"] for series in default["views"]["batch"]["series"])
    assert all(low <= high + 1e-9 for (_, high), (_, low) in zip(running, virtual, strict=True))
    assert any(low < 0.9 * high for (_, high), (_, low) in zip(running, virtual, strict=True))


def test_progress_rises_until_the_figure_is_done(scorpio: Model) -> None:
    script = """async (values) => {
        const { run } = await import("/models/scorpio.js");
        const fractions = [];
        run(values, (fraction) => fractions.push(fraction));
        return fractions;
    }"""
    fractions = scorpio.page.evaluate(script, scorpio.defaults)
    assert len(fractions) > 10
    assert fractions == sorted(fractions)
    assert 0 <= fractions[0] < fractions[-1] < 1
