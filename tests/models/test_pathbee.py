"""PathBee: why the order of the hubs decides how large labels become."""

import random
from collections.abc import Callable
from itertools import pairwise
from statistics import fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from . import reference_pathbee as reference
from .conftest import Model, few, numbers_of
from .reference_scorpio import mulberry32

Graph = list[list[int]]

ORDERS = ["random", "degree", "betweenness", "sampled", "noisy"]


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Any small graph, in one piece or in several."""
    size = draw(st.integers(2, 14))
    pairs = draw(st.sets(st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)), max_size=3 * size))
    linked = pairs | {(other, one) for one, other in pairs}
    return [sorted(other for one, other in linked if one == vertex != other) for vertex in range(size)]


@st.composite
def ordered_graphs(draw: st.DrawFn) -> tuple[Graph, list[int]]:
    """Any small graph and any order of its vertices."""
    graph = draw(graphs())
    return graph, draw(st.permutations(range(len(graph))))


@pytest.fixture(scope="module")
def pathbee(model: Callable[[str], Model]) -> Model:
    return model("pathbee")


@pytest.fixture(scope="module")
def labelling(model: Callable[[str], Model]) -> Model:
    return model("pathbee/labels")


@pytest.fixture(scope="module")
def drawing(model: Callable[[str], Model]) -> Model:
    return model("pathbee/graphs")


def labels(labelling: Model, graph: Graph, order: list[int]) -> list[dict[int, int]]:
    """The labels of a graph: places of hubs, and how far they are."""
    return reference.as_dictionaries(labelling.ask("model.label(...values).labels", [graph, order]))


def mean_size(labelling: Model, graph: Graph, order: list[int]) -> float:
    """Entries per vertex."""
    return sum(labelling.ask("model.label(...values).added", [graph, order])) / len(graph)


def sizes(pathbee: Model, **changes: object) -> dict[str, float]:
    """The mean label size of every order."""
    bars = pathbee.ask("model.run(values, () => {}).views.sizes.bars", pathbee.defaults | changes)
    return dict(zip(ORDERS, (bar["value"] for bar in bars), strict=True))


# Labels


@given(ordered_graphs())
@few
def test_any_two_labels_tell_how_far_their_vertices_are_apart(
    labelling: Model, ordered: tuple[Graph, list[int]]
) -> None:
    graph, order = ordered
    found = labelling.ask(
        """(() => {
             const [graph, order] = values, { labels } = model.label(graph, order);
             return graph.map((_, from) => graph.map((_, to) => model.query(labels, from, to)));
           })()""",
        [graph, order],
    )
    for vertex in range(len(graph)):
        expected = reference.distances(graph, vertex)
        assert [answer["distance"] for answer in found[vertex]] == [
            far if far >= 0 else float("inf") for far in expected
        ]
        for other, answer in enumerate(found[vertex]):
            if answer["hub"] >= 0:
                hub = reference.distances(graph, order[answer["hub"]])
                assert hub[vertex] + hub[other] == answer["distance"]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("kind", ["free", "grid"])
def test_every_order_answers_every_query(pathbee: Model, kind: str, order: str) -> None:
    values = pathbee.defaults | {"kind": kind}
    graph = pathbee.call("graphOf", values)
    for start, end in ((0, 99), (17, 250), (123, 123), (299, 5)):
        numbers = pathbee.numbers(kind=kind, order=order, **{"from": start, "to": end})
        assert numbers["distance"] == reference.distances(graph, start)[end]


@given(ordered_graphs())
@few
def test_labels_are_those_that_the_order_has_by_definition(labelling: Model, ordered: tuple[Graph, list[int]]) -> None:
    assert labels(labelling, *ordered) == reference.labels(*ordered)


@given(ordered_graphs())
@few
def test_the_first_hub_labels_all_that_it_can_reach(labelling: Model, ordered: tuple[Graph, list[int]]) -> None:
    graph, order = ordered
    far = reference.distances(graph, order[0])
    assert [label.get(0, -1) for label in labels(labelling, graph, order)] == far


@given(ordered_graphs())
@few
def test_every_vertex_is_in_its_own_label(labelling: Model, ordered: tuple[Graph, list[int]]) -> None:
    found = labels(labelling, *ordered)
    assert all(found[vertex][place] == 0 for place, vertex in enumerate(ordered[1]))


@given(ordered_graphs())
@few
def test_no_entry_could_be_spared(labelling: Model, ordered: tuple[Graph, list[int]]) -> None:
    graph, order = ordered
    found = labels(labelling, graph, order)
    for vertex, label in enumerate(found):
        for place, far in label.items():
            without = [*found]
            without[vertex] = {hub: distance for hub, distance in label.items() if hub != place}
            assert reference.answer(without, vertex, order[place]) != far


@given(ordered_graphs())
@few
def test_the_same_order_makes_the_same_labels_however_vertices_are_numbered(
    labelling: Model, ordered: tuple[Graph, list[int]]
) -> None:
    graph, order = ordered
    names = {vertex: place for place, vertex in enumerate(order)}  # another graph, but for the names
    renamed = [[names[other] for other in reversed(graph[vertex])] for vertex in order]
    found = labels(labelling, graph, order)
    assert labels(labelling, renamed, [*range(len(graph))]) == [found[vertex] for vertex in order]


@given(ordered_graphs())
@few
def test_a_search_visits_those_it_labels_and_those_where_it_is_pruned(
    labelling: Model, ordered: tuple[Graph, list[int]]
) -> None:
    graph, order = ordered
    found = labelling.call("label", graph, order)
    searches = [labelling.call("search", graph, found["labels"], place) for place in range(len(graph))]
    assert [len(each["labelled"]) for each in searches] == found["added"]
    assert sum(len(each["labelled"]) + len(each["pruned"]) for each in searches) == found["visited"]
    assert found["visited"] <= len(graph) ** 2


# Orders


@given(graphs())
@few
def test_betweenness_is_what_its_definition_says(labelling: Model, graph: Graph) -> None:
    assert labelling.call("betweenness", graph) == pytest.approx(reference.betweenness(graph))


@given(st.permutations(range(12)), st.permutations(range(12)))
@few
def test_agreement_is_kendall_s(labelling: Model, one: list[int], other: list[int]) -> None:
    assert labelling.call("agreement", one, other) == pytest.approx(reference.agreement(one, other))
    assert labelling.call("agreement", one, one) == 1
    assert labelling.call("agreement", one, one[::-1]) == -1


@given(st.data())
@settings(max_examples=5)
def test_an_order_has_every_vertex_once(pathbee: Model, data: st.DataObject) -> None:
    values = data.draw(pathbee.values) | {"size": 300}
    orders = pathbee.ask("model.ordersOf(values)", values)
    assert list(orders) == ORDERS
    size = values["side"] ** 2 if values["kind"] == "grid" else values["size"]
    assert all(sorted(order) == list(range(size)) for order in orders.values())


def test_an_order_without_noise_is_the_exact_one(pathbee: Model) -> None:
    noiseless, exact = pathbee.run(order="noisy", noise=0), pathbee.run(order="betweenness", noise=0)
    assert noiseless["views"]["search"] == exact["views"]["search"]
    assert pathbee.numbers(order="noisy", noise=0) == pathbee.numbers(order="betweenness", noise=0)
    assert pathbee.numbers(order="noisy", noise=0)["agreement"] == 1


def test_more_noise_agrees_less(pathbee: Model) -> None:
    found = [pathbee.numbers(order="noisy", noise=noise)["agreement"] for noise in (0, 0.1, 0.3, 1)]
    assert all(later < earlier for earlier, later in pairwise(found))
    assert found[-1] < 0.35


def test_the_noise_of_a_prediction_changes_no_other_order(pathbee: Model) -> None:
    quiet, loud = sizes(pathbee, noise=0), sizes(pathbee, noise=0.5)
    assert [name for name in ORDERS if quiet[name] != loud[name]] == ["noisy"]


def test_one_seed_is_one_graph_and_one_chance(pathbee: Model) -> None:
    first, second = pathbee.run(seed=1), pathbee.run(seed=2)
    assert first["views"]["query"]["edges"] != second["views"]["query"]["edges"]
    assert pathbee.run(seed=1) == first
    chance = [sizes(pathbee, kind="grid", seed=seed) for seed in (1, 2)]
    assert chance[0]["degree"] == chance[1]["degree"]
    assert chance[0]["random"] != chance[1]["random"]


# What the facts computed


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        (reference.published_graph(1000, 2), [159.0, 15.88, 15.72, 16.73]),
        (reference.published_graph(1000, 3), [183.4, 22.66, 22.55, 24.32]),
        (reference.grid(25), [25.96, 145.9, 52.4, 35.5]),
    ],
    ids=["scale-free, m = 2", "scale-free, m = 3", "grid"],
)
def test_labels_are_as_large_as_the_facts_found(labelling: Model, graph: Graph, expected: list[float]) -> None:
    chance, sources = reference.published_choices(len(graph))
    exact, sampled = (
        labelling.ask("model.byScore(model.betweenness(...values))", [graph, *some]) for some in ([], [sources])
    )
    degree = labelling.call("byScore", [len(neighbours) for neighbours in graph])
    found = [mean_size(labelling, graph, order) for order in (chance, degree, exact, sampled)]
    assert found == [pytest.approx(size, abs=0.051 if size > 30 else 0.0051) for size in expected]


def test_order_matters_about_tenfold_on_a_scale_free_graph(pathbee: Model) -> None:
    ratios = []
    for seed in (1, 2, 3):
        found = sizes(pathbee, size=1000, seed=seed)
        ratios.append(found["random"] / found["betweenness"])
        assert found["degree"] == pytest.approx(found["betweenness"], rel=0.05)
    assert 7 < sum(ratios) / len(ratios) < 16


def test_on_a_grid_chance_beats_betweenness_and_degree_fails_as_a_scan_row_by_row(pathbee: Model) -> None:
    found = sizes(pathbee, kind="grid", side=25)
    assert found["random"] < found["sampled"] < found["betweenness"] < found["degree"]
    assert found["degree"] == pytest.approx(145.9, abs=0.05)
    assert found["betweenness"] == pytest.approx(52.4, abs=0.05)
    assert "row by row" in pathbee.run(kind="grid", order="degree")["says"]
    assert "row by row" not in pathbee.run(kind="free", order="degree")["says"]


@pytest.mark.parametrize(("side", "size"), [(18, 18), (25, 23)])
def test_with_ties_broken_by_chance_degree_would_not_fail_on_a_grid(
    labelling: Model, pathbee: Model, side: int, size: int
) -> None:
    graph, draws = reference.grid(side), random.Random(1)  # noqa: S311
    found = []
    for _ in range(10):
        order = draws.sample(range(len(graph)), len(graph))
        found.append(mean_size(labelling, graph, sorted(order, key=lambda vertex: -len(graph[vertex]))))
    assert fmean(found) == pytest.approx(size, abs=1)
    assert any("row by row" in each and f"{size}" in each for each in pathbee.assumptions)


# Graphs and how they are drawn


@given(size=st.integers(4, 60), links=st.integers(1, 4), seed=st.integers(1, 2**31))
@few
def test_a_scale_free_graph_is_the_one_that_its_draws_make(drawing: Model, size: int, links: int, seed: int) -> None:
    links = min(links, size - 1)
    graph = drawing.ask(
        "model.scaleFree(values[0], values[1], (await import('/models/shared/random.js')).random(values[2]))",
        [size, links, seed],
    )
    assert graph == reference.scale_free(size, links, mulberry32(seed))
    assert min(reference.distances(graph, 0)) == 0  # it is in one piece
    assert all(1 <= sum(other < vertex for other in graph[vertex]) <= links for vertex in range(links, size))


@given(side=st.integers(2, 12))
@few
def test_a_grid_links_neighbours(drawing: Model, side: int) -> None:
    assert drawing.call("grid", side) == reference.grid(side)
    assert len(drawing.call("edges", reference.grid(side))) == 2 * side * (side - 1)


@given(graphs(), st.data())
@few
def test_a_path_is_a_shortest_one(drawing: Model, graph: Graph, data: st.DataObject) -> None:
    start, end = (data.draw(st.integers(0, len(graph) - 1)) for _ in range(2))
    steps = drawing.call("path", graph, start, end)
    assert len(steps) == max(0, reference.distances(graph, start)[end])
    assert all(other in graph[one] for one, other in steps)
    if steps:
        assert (steps[0][0], steps[-1][1]) == (start, end)
        assert all(one[1] == other[0] for one, other in pairwise(steps))


@given(st.data())
@settings(max_examples=5)
def test_the_pictures_show_one_search_and_one_query(pathbee: Model, data: st.DataObject) -> None:
    values = data.draw(pathbee.values) | {"size": 300}
    result = pathbee.run(**values)
    query = result["views"]["query"]
    ends = [vertex for vertex, node in enumerate(query["nodes"]) if node["group"] == "end"]
    assert set(ends) == {values["from"] % len(query["nodes"]), values["to"] % len(query["nodes"])}
    path = query["paths"][0]["edges"]
    assert len(path) == numbers_of(result)["distance"]
    assert {tuple(sorted(edge)) for edge in path} <= {tuple(edge) for edge in query["edges"]}
    assert [node["group"] for node in result["views"]["search"]["nodes"]].count("landmark") == 1
    for node in query["nodes"]:
        assert 0 <= node["x"] <= 1
        assert 0 <= node["y"] <= 1
        assert 0 < node["size"] <= 1
    assert len({(node["x"], node["y"]) for node in query["nodes"]}) == len(query["nodes"])


@given(st.data())
@settings(max_examples=5)
def test_labels_grow_to_their_size_hub_by_hub(pathbee: Model, data: st.DataObject) -> None:
    values = data.draw(pathbee.values) | {"size": 300}
    result = pathbee.run(**values)
    for line, bar in zip(result["views"]["growth"]["series"], result["views"]["sizes"]["bars"], strict=True):
        points = line["points"]
        assert line["label"] == bar["label"]
        assert points[0] == [1, 1]
        assert points[-1] == [len(result["views"]["query"]["nodes"]), pytest.approx(bar["value"])]
        assert all(later[0] > earlier[0] and later[1] > earlier[1] for earlier, later in pairwise(points))


# What may be said


def test_the_default_says_what_an_order_saves(pathbee: Model) -> None:
    numbers = pathbee.numbers()
    assert (numbers["size"], numbers["chance"]) == (pytest.approx(8.3, abs=0.05), pytest.approx(55.05))
    assert pathbee.run()["says"] == (
        "On a scale-free graph of 300 vertices, hubs in the order “Betweenness” make labels of "
        "8.3 entries on average, by chance 55.1. "
        f"The labels of vertices 150 and 290, {numbers['entries']} entries together, "
        f"tell that they are {numbers['distance']} apart."
    )


def test_chance_is_not_held_against_itself_nor_a_vertex(pathbee: Model) -> None:
    says = pathbee.run(**{"order": "random", "from": 1, "to": 301})["says"]
    assert says.endswith("entries on average. Both ends of the path are the same vertex, 1.")


def test_nothing_claims_to_be_the_network_or_its_speed(pathbee: Model) -> None:
    said = " ".join([*pathbee.assumptions, *(each["value"] + each["condition"] for each in pathbee.references)])
    assert pathbee.assumptions[0].startswith("No trained network runs here")
    assert "our analogy" in said
    assert not any(word in said for word in ("×", "faster", "speedup", "times as"))
    assert not any("number" in each for each in pathbee.references)


def test_a_long_run_says_how_far_it_is(pathbee: Model) -> None:
    steps: list[float] = pathbee.ask(
        "(() => { const told = []; model.run(values, (part) => told.push(part)); return told; })()",
        pathbee.defaults | {"seed": 77},
    )
    assert pathbee.slow
    assert steps == sorted(set(steps))
    assert all(0 < step < 1 for step in steps)
