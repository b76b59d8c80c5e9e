"""Graphs, betweenness and labels once more: by definition where the module is clever, or as the facts were computed."""

import random
from collections import deque
from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import Any

Graph = list[list[int]]


def distances(graph: Graph, source: int) -> list[int]:
    """How far every vertex is, by breadth-first search; −1 where there is no path."""
    far, queue = [-1] * len(graph), deque([source])
    far[source] = 0
    while queue:
        vertex = queue.popleft()
        for other in graph[vertex]:
            if far[other] < 0:
                far[other] = far[vertex] + 1
                queue.append(other)
    return far


def counted_paths(graph: Graph, source: int, far: list[int]) -> list[int]:
    """How many shortest paths lead to every vertex."""
    paths = [0] * len(graph)
    paths[source] = 1
    for vertex in sorted((vertex for vertex, distance in enumerate(far) if distance > 0), key=far.__getitem__):
        paths[vertex] = sum(paths[other] for other in graph[vertex] if far[other] == far[vertex] - 1)
    return paths


def betweenness(graph: Graph) -> list[float]:
    """The share of the shortest paths of every pair that go through each vertex, pair by pair."""
    far = [distances(graph, vertex) for vertex in range(len(graph))]
    paths = [counted_paths(graph, vertex, far[vertex]) for vertex in range(len(graph))]
    through = [0.0] * len(graph)
    for one, other in combinations(range(len(graph)), 2):
        for vertex in range(len(graph)):
            between = far[one][vertex] >= 0 and far[one][vertex] + far[vertex][other] == far[one][other]
            if between and vertex not in (one, other):
                through[vertex] += 2 * paths[one][vertex] * paths[vertex][other] / paths[one][other]
    return through


def labels(graph: Graph, order: list[int]) -> list[dict[int, int]]:
    """Make the labels that an order has by definition, as place of the hub and distance.

    A vertex is a hub of another one when it comes first in the order of all vertices on shortest paths between the two.
    """
    far = [distances(graph, vertex) for vertex in range(len(graph))]
    found: list[dict[int, int]] = [{} for _ in graph]
    for place, hub in enumerate(order):
        for vertex, distance in enumerate(far[hub]):
            before = (far[hub][other] + far[other][vertex] for other in order[:place] if far[hub][other] >= 0)
            if distance >= 0 and distance not in before:
                found[vertex][place] = distance
    return found


def agreement(one: list[int], other: list[int]) -> float:
    """Kendall's τ, pair by pair."""
    place = {vertex: i for i, vertex in enumerate(other)}
    pairs = list(combinations(one, 2))
    return sum(1 if place[a] < place[b] else -1 for a, b in pairs) / len(pairs)


def scale_free(size: int, links: int, draws: Iterator[float]) -> Graph:
    """Barabási and Albert's graph from a stream of draws."""
    graph: list[set[int]] = [set() for _ in range(size)]
    ends: list[int] = []
    targets = list(range(links))
    for vertex in range(links, size):
        for target in dict.fromkeys(targets):
            graph[vertex].add(target)
            graph[target].add(vertex)
            ends += [vertex, target]
        targets = [ends[int(next(draws) * len(ends))] for _ in range(links)]
    return [sorted(neighbours) for neighbours in graph]


def published_graph(size: int, links: int) -> Graph:
    """The scale-free graph on which the figures were computed that `facts.md` quotes of its own prototype."""
    draws = random.Random(1)  # noqa: S311
    graph: list[set[int]] = [set() for _ in range(size)]
    targets, ends = list(range(links)), []
    for vertex in range(links, size):
        for target in set(targets):
            graph[vertex].add(target)
            graph[target].add(vertex)
            ends += [vertex, target]
        targets = [draws.choice(ends) for _ in range(links)]
    return [sorted(neighbours) for neighbours in graph]


def published_choices(size: int) -> tuple[list[int], list[int]]:
    """The order by chance of those figures, and the vertices from which they sampled betweenness."""
    draws = random.Random(3)  # noqa: S311
    order = list(range(size))
    draws.shuffle(order)
    return order, draws.sample(range(size), max(10, size // 20))


def grid(side: int) -> Graph:
    """A square of vertices, each linked to those beside it."""
    graph: list[set[int]] = [set() for _ in range(side * side)]
    lines = [range(row * side, (row + 1) * side) for row in range(side)]
    for one, other in (pair for line in [*lines, *zip(*lines, strict=True)] for pair in pairwise(line)):
        graph[one].add(other)
        graph[other].add(one)
    return [sorted(neighbours) for neighbours in graph]


def as_dictionaries(found: list[dict[str, Any]]) -> list[dict[int, int]]:
    """The module's labels as those of `labels`."""
    return [dict(zip(label["hubs"], label["distances"], strict=True)) for label in found]


def answer(found: list[dict[int, int]], one: int, other: int) -> int | None:
    """The distance of two vertices by their labels."""
    return min((far + found[other][hub] for hub, far in found[one].items() if hub in found[other]), default=None)
