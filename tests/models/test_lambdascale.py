"""λScale: how fast a model spreads to the nodes that must serve it."""

import math
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from . import reference_lambdascale as reference
from .conftest import Model, numbers_of, series_of

STRATEGIES = ["pipeline", "tree", "copies", "sequence"]
NODES = [2, 4, 8, 16, 32]

some_nodes = st.sampled_from(NODES)
some_blocks = st.integers(1, 64)
some_values = st.fixed_dictionaries(
    {
        "strategy": st.sampled_from(STRATEGIES),
        "nodes": some_nodes,
        "blocks": some_blocks,
        "sources": st.sampled_from("1248"),
        "model": st.sampled_from(["7B", "13B", "70B"]),
        "link": st.sampled_from(range(5, 101, 5)),
        "efficiency": st.sampled_from([0.3, 0.32, 0.72, 1]),
        "burst": st.integers(1, 200),
        "moment": st.integers(0, 100),
    }
)


@pytest.fixture(scope="module")
def lambdascale(model: Callable[[str], Model]) -> Model:
    return model("lambdascale")


@pytest.fixture(scope="module")
def multicast(model: Callable[[str], Model]) -> Model:
    return model("lambdascale/multicast")


def rounds_of(multicast: Model, strategy: str) -> dict[tuple[int, int], int]:
    """The rounds that a strategy takes, by nodes and blocks, for all that can be set."""
    script = """async strategy => {
        const { spread } = await import("/models/lambdascale/multicast.js");
        const blocks = Array.from({ length: 64 }, (_, i) => i + 1);
        return [2, 4, 8, 16, 32].flatMap((n) => blocks.map((b) => [n, b, spread(strategy, n, b).rounds.length]));
    }"""
    return {(nodes, blocks): rounds for nodes, blocks, rounds in multicast.page.evaluate(script, strategy)}


# Rounds


def test_the_pipeline_takes_one_round_a_block_and_one_more_for_each_doubling(multicast: Model) -> None:
    for (nodes, blocks), rounds in rounds_of(multicast, "pipeline").items():
        assert rounds == blocks + math.log2(nodes) - 1


def test_whole_copies_take_all_rounds_again_for_each_doubling(multicast: Model) -> None:
    for (nodes, blocks), rounds in rounds_of(multicast, "copies").items():
        assert rounds == blocks * math.log2(nodes)


def test_one_copy_after_the_other_takes_all_rounds_for_each_node(multicast: Model) -> None:
    for (nodes, blocks), rounds in rounds_of(multicast, "sequence").items():
        assert rounds == blocks * (nodes - 1)


def test_a_binary_tree_takes_two_rounds_a_block(multicast: Model) -> None:
    rounds = rounds_of(multicast, "tree")
    assert (rounds[4, 16], rounds[8, 16]) == (32, 34)
    for nodes in NODES:
        for blocks in (1, 4, 16, 33, 64):
            assert rounds[nodes, blocks] == reference.binary_tree(nodes, blocks)


def test_no_strategy_is_faster_than_the_pipeline(multicast: Model) -> None:
    fastest = rounds_of(multicast, "pipeline")
    for strategy in STRATEGIES:
        assert all(rounds >= fastest[setting] for setting, rounds in rounds_of(multicast, strategy).items())


@pytest.mark.parametrize("nodes", NODES)
def test_a_single_block_doubles_its_nodes_in_every_round(multicast: Model, nodes: int) -> None:
    spread = multicast.call("spread", "pipeline", nodes, 1)
    assert [len(sendings) for sendings in spread["rounds"]] == [2**i for i in range(int(math.log2(nodes)))]


@given(st.sampled_from(STRATEGIES), some_nodes, some_blocks)
@settings(max_examples=60)
def test_a_node_sends_one_block_and_receives_one_that_was_there_before(
    multicast: Model, strategy: str, nodes: int, blocks: int
) -> None:
    spread = multicast.call("spread", strategy, nodes, blocks)
    have = [set(range(blocks)), *(set() for _ in range(nodes - 1))]
    for number, sendings in enumerate(spread["rounds"], start=1):
        assert max(Counter(sending["from"] for sending in sendings).values(), default=0) <= 1
        assert max(Counter(sending["to"] for sending in sendings).values(), default=0) <= 1
        assert all(sending["block"] in have[sending["from"]] for sending in sendings)
        for sending in sendings:
            assert sending["block"] not in have[sending["to"]]
            assert spread["arrivals"][sending["to"]][sending["block"]] == number
            have[sending["to"]].add(sending["block"])
    assert all(own == set(range(blocks)) for own in have)
    assert sum(map(len, spread["rounds"])) == (nodes - 1) * blocks  # nothing is sent twice
    assert spread["arrivals"][0] == [0] * blocks


@given(some_nodes, st.integers(1, 24), st.integers(0, 3))
@settings(max_examples=30)
def test_everyone_has_what_another_program_gives_it(multicast: Model, nodes: int, blocks: int, doublings: int) -> None:
    count = min(2**doublings, nodes // 2)
    spread = multicast.call("multicast", "pipeline", nodes, blocks, count)
    expected = reference.groups(count, nodes, blocks)
    for group, rounds in enumerate(expected):
        for number, have in enumerate(rounds):
            for place, own in enumerate(have):
                arrivals = spread["places"][place][group]
                assert {block for block, arrival in enumerate(arrivals) if arrival <= number} == own
    assert spread["rounds"] == len(expected[0]) - 1


# Several sources


@pytest.mark.parametrize("blocks", [8, 16])
@pytest.mark.parametrize(("groups", "nodes"), [(1, 8), (2, 8), (4, 8), (2, 16), (4, 16), (4, 32), (8, 16)])
def test_nodes_have_the_model_together_after_a_sources_share_of_rounds(
    multicast: Model, groups: int, nodes: int, blocks: int
) -> None:
    spread = multicast.call("multicast", "pipeline", nodes, blocks, groups)
    first = next(i for i in range(99) if multicast.call("pipelines", spread["receivers"], i) > 0)
    assert first == blocks / groups == reference.first_copy(reference.groups(groups, nodes, blocks), blocks)
    assert spread["rounds"] == blocks + math.log2(nodes / groups) - 1


@given(some_nodes, st.integers(8, 40), st.integers(0, 3))
@settings(max_examples=15)
def test_pipelines_never_get_fewer_and_are_at_least_those_of_equal_places(
    multicast: Model, nodes: int, blocks: int, doublings: int
) -> None:
    count = min(2**doublings, nodes // 2)
    spread = multicast.call("multicast", "pipeline", nodes, blocks, count)
    expected = reference.groups(count, nodes, blocks)
    served = [multicast.call("pipelines", spread["receivers"], number) for number in range(spread["rounds"] + 1)]
    whole = [multicast.call("copies", spread["receivers"], number) for number in range(spread["rounds"] + 1)]
    assert served == sorted(served)
    assert served[0] == 0
    assert served[-1] == whole[-1] == nodes - count
    assert served.index(next(filter(None, served))) == math.ceil(blocks / count)
    assert served == [reference.pipelines(expected, blocks, number) for number in range(len(served))]
    for number, pipelines in enumerate(served):
        assert pipelines >= max(whole[number], reference.aligned(expected, blocks, number))


def test_four_sources_begin_to_serve_in_a_quarter_of_the_time(lambdascale: Model) -> None:
    one, four = (lambdascale.numbers(nodes=32, sources=sources)["first"] for sources in "14")
    assert one / four == pytest.approx(4)
    assert one == pytest.approx(13.48 / 36)
    at_32 = [lambdascale.numbers(nodes=32, sources=sources, efficiency=0.64)["first"] for sources in "14"]
    assert [round(seconds, 3) for seconds in at_32] == [0.421, 0.105]


def test_more_sources_than_half_of_the_nodes_are_not_reckoned_with(lambdascale: Model) -> None:
    eight, four = lambdascale.run(nodes=8, sources="8"), lambdascale.run(nodes=8, sources="4")
    assert eight["numbers"] == four["numbers"]
    assert "At most half of the nodes are sources, here 4" in eight["says"]
    assert "At most" not in four["says"]


# Seconds, beside what was measured


def bars(result: dict[str, Any], *, published: bool) -> dict[str, float]:
    all_bars = result["views"]["measured"]["bars"]
    return {bar["label"]: bar["value"] for bar in all_bars if bar.get("published", False) is published}


def test_13b_on_8_nodes_takes_what_was_measured(lambdascale: Model) -> None:
    result = lambdascale.run(model="13B", nodes=8, sources="1")
    computed, measured = bars(result, published=False), bars(result, published=True)
    assert numbers_of(result)["rate"] == pytest.approx(36)
    assert numbers_of(result)["all"] == pytest.approx(0.81, abs=0.005)
    assert computed["Binomial pipeline, 8 nodes"] == pytest.approx(measured["λScale, 8 nodes"], rel=0.02)
    assert computed["Binary tree, 8 nodes"] == pytest.approx(1.54, abs=0.005)
    assert computed["Binary tree, 8 nodes"] == pytest.approx(measured["FaaSNet, 8 nodes"], rel=0.06)


@pytest.mark.parametrize(("nodes", "gain"), [(4, 1.88), (8, 1.89)])
def test_the_pipeline_is_almost_twice_as_fast_as_the_binary_tree(lambdascale: Model, nodes: int, gain: float) -> None:
    assert lambdascale.numbers(nodes=nodes, sources="1")["gain"] == pytest.approx(gain, abs=0.005)


def test_measured_ratios_of_13b_are_the_papers(lambdascale: Model) -> None:
    measured = bars(lambdascale.run(model="13B"), published=True)
    fastest = measured["λScale, 8 nodes"]
    assert measured["FaaSNet, 8 nodes"] / fastest == pytest.approx(1.82, abs=0.01)
    assert measured["NCCL, 8 nodes"] / fastest == pytest.approx(1.53, abs=0.005)


@pytest.mark.parametrize(
    ("llama", "nodes", "rate"), [("7B", 4, 31.8), ("7B", 8, 32.2), ("13B", 4, 35.7), ("13B", 8, 36.6), ("70B", 4, 15.8)]
)
def test_measured_times_are_met_at_the_rate_they_imply(lambdascale: Model, llama: str, nodes: int, rate: float) -> None:
    result = lambdascale.run(model=llama, nodes=nodes, efficiency=rate / 50, sources="1")
    measured = bars(result, published=True)[f"λScale, {nodes} nodes"]
    assert numbers_of(result)["all"] == pytest.approx(measured, rel=0.004)


def test_70b_has_no_measurement_on_8_nodes(lambdascale: Model) -> None:
    assert {label.split(", ")[1] for label in bars(lambdascale.run(model="70B"), published=True)} == {"4 nodes"}


def test_twice_the_rate_is_half_the_time(lambdascale: Model) -> None:
    slow, fast = (lambdascale.numbers(link=link) for link in (25, 50))
    assert slow["all"] == pytest.approx(2 * fast["all"])
    assert slow["first"] == pytest.approx(2 * fast["first"])


@pytest.mark.parametrize("nodes", [4, 32])
def test_finer_blocks_spread_sooner(lambdascale: Model, nodes: int) -> None:
    sizes = (1, 2, 4, 8, 16, 32, 64)
    seconds = [lambdascale.numbers(nodes=nodes, blocks=blocks, sources="1")["all"] for blocks in sizes]
    assert seconds == sorted(seconds, reverse=True)
    assert seconds[0] == pytest.approx(13.48 / 36 * math.log2(nodes))
    assert seconds[-1] < 1.1 * 13.48 / 36  # hardly longer than a single copy


# What is shown


@given(some_values)
@settings(max_examples=40)
def test_figures_agree_with_their_numbers_at_every_setting(lambdascale: Model, values: dict[str, Any]) -> None:
    result = lambdascale.run(**values)
    numbers = numbers_of(result)
    sources = min(int(values["sources"]), values["nodes"] // 2)
    receiving = values["nodes"] - sources
    curves = series_of(result, "completion")
    assert len(curves) == 4
    for points in curves.values():
        assert points[0] == [0, 0]
        assert points[-1][1] == receiving
        assert points == sorted(points)
        assert [count for _, count in points] == sorted(count for _, count in points)
    chosen = curves[dict(lambdascale.parameters[0]["choices"])[values["strategy"]]]
    assert next(time for time, count in chosen if count == receiving) == pytest.approx(numbers["all"])
    assert len({points[-1][0] for points in curves.values()}) == 1  # so that all are seen to the end
    assert numbers["first"] <= numbers["all"]

    loading, whole = series_of(result, "capacity").values()
    one = 1000 / {"7B": 14, "13B": 26, "70B": 140}[values["model"]]
    assert loading[0] == whole[0] == [0, pytest.approx(sources * one)]
    assert loading[-1] == whole[-1] == [pytest.approx(1.1 * numbers["all"]), pytest.approx(values["nodes"] * one)]
    assert loading[1][0] == pytest.approx(numbers["first"])
    assert numbers["burst"] <= numbers["burstWhole"] + 1e-9
    for name, points in (("burst", loading), ("burstWhole", whole)):
        assert served(points, numbers[name]) == pytest.approx(values["burst"])


def served(points: list[list[float]], until: float) -> float:
    """How many tokens are decoded, at rates that change at times, until a time."""
    ends = [*(time for time, _ in points[1:]), math.inf]
    return sum(rate * max(0, min(end, until) - time) for (time, rate), end in zip(points, ends, strict=True))


@given(some_values)
@settings(max_examples=40)
def test_blocks_are_shown_as_they_are_at_the_moment(
    lambdascale: Model, multicast: Model, values: dict[str, Any]
) -> None:
    cells = lambdascale.run(**values)["views"]["blocks"]
    groups = min(int(values["sources"]), values["nodes"] // 2)
    spread = multicast.call("multicast", values["strategy"], values["nodes"], values["blocks"], groups)
    round_shown = spread["rounds"] * values["moment"] // 100
    states = {0: "source", round_shown + 1: "arriving"}
    arrivals = [place[group] for group in range(groups) for place in spread["places"]]
    assert cells["values"] == [
        [states.get(arrival, "received" if arrival <= round_shown else None) for arrival in row] for row in arrivals
    ]
    assert len(set(cells["rows"])) == values["nodes"]
    assert [set(row) == {"source"} for row in cells["values"]] == [name.startswith("Source") for name in cells["rows"]]
    assert cells["columns"] == [str(block + 1) for block in range(values["blocks"])]


def test_moments_follow_each_other(lambdascale: Model) -> None:
    def received(moment: int) -> set[tuple[int, int]]:
        cells = lambdascale.run(moment=moment)["views"]["blocks"]["values"]
        return {(i, j) for i, row in enumerate(cells) for j, state in enumerate(row) if state == "received"}

    moments = [received(moment) for moment in range(0, 101, 10)]
    assert all(before < after for before, after in pairwise(moments))
    assert (len(moments[0]), len(moments[-1])) == (0, 6 * 16)


def test_results_are_told_in_words(lambdascale: Model) -> None:
    assert lambdascale.run()["says"] == (
        "Simulated with constants of ours: by the strategy “Binomial pipeline”, 6 nodes have received the model "
        "from 2 sources after 17 rounds or 0.40 s, "
        "1.88 times as fast as by a binary tree. "
        "Nodes that together hold the model can serve after 0.19 s."
    )
    assert "1 node has received" in lambdascale.run(nodes=2)["says"]
    assert "as fast" not in lambdascale.run(strategy="tree")["says"]
    assert "s, as fast as a binary tree." in lambdascale.run(nodes=2)["says"]
