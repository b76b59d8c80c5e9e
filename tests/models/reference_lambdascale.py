"""Multicast once more, by sets of blocks: what the browser's model of λScale is held against."""

from collections.abc import Iterator, Sequence

Holdings = list[frozenset[int]]
"""The blocks that each node of a group has; node 0 is the source."""


def binomial_pipeline(nodes: int, order: Sequence[int]) -> Iterator[Holdings]:
    """What everyone has at first and after each round, on a hypercube whose source sends its blocks in an order."""
    rank = {block: place for place, block in enumerate(order)}
    dimensions = nodes.bit_length() - 1
    have = [frozenset(order), *[frozenset[int]()] * (nodes - 1)]
    yield have
    rounds = 0
    while not all(len(blocks) == len(order) for blocks in have):
        bit = 1 << rounds % dimensions
        rounds += 1
        # Everyone offers its neighbour the newest block that it has; the source, the next.
        offers = [
            order[min(rounds, len(order)) - 1],
            *(max(own, key=rank.__getitem__, default=None) for own in have[1:]),
        ]
        received = [offers[node ^ bit] for node in range(nodes)]
        have = [own if block is None else own | {block} for own, block in zip(have, received, strict=True)]
        yield have


def binary_tree(nodes: int, blocks: int) -> int:
    """Rounds in which everyone sends each block to its two children in turn, one at a time."""
    arrived = [dict.fromkeys(range(blocks), 0)] + [dict[int, int]() for _ in range(1, nodes)]
    waiting = [
        [(child, block) for block in range(blocks) for child in (2 * node + 1, 2 * node + 2) if child < nodes]
        for node in range(nodes)
    ]
    rounds = 0
    while any(waiting):
        rounds += 1
        for node, queue in enumerate(waiting):
            if queue and arrived[node].get(queue[0][1], rounds) < rounds:
                child, block = queue.pop(0)
                arrived[child][block] = rounds
    return rounds


def groups(count: int, nodes: int, blocks: int) -> list[list[Holdings]]:
    """The rounds of several sources' groups, each beginning an equal part of the blocks further."""
    shifts = [group * blocks // count for group in range(count)]
    orders = [[(place + shift) % blocks for place in range(blocks)] for shift in shifts]
    return [list(binomial_pipeline(nodes // count, order)) for order in orders]


def first_copy(spread: list[list[Holdings]], blocks: int) -> int:
    """After which round the receiving nodes have all blocks together."""
    return next(
        number
        for number, groups in enumerate(zip(*spread, strict=True))
        if len(frozenset().union(*(own for group in groups for own in group[1:]))) == blocks
    )


def pipelines(spread: list[list[Holdings]], blocks: int, number: int) -> int:
    """How many sets have all blocks together after a round, if nodes join one set after the other, by their places."""
    sets: list[frozenset[int]] = [frozenset()]
    for nodes in zip(*(group[number][1:] for group in spread), strict=True):
        for own in nodes:
            sets[-1] |= own
            if len(sets[-1]) == blocks:
                sets.append(frozenset())
    return len(sets) - 1


def aligned(spread: list[list[Holdings]], blocks: int, number: int) -> int:
    """How many sets of the groups' first nodes, second nodes … have all blocks together after a round."""
    receivers = [group[number][1:] for group in spread]
    return sum(len(frozenset().union(*nodes)) == blocks for nodes in zip(*receivers, strict=True))
