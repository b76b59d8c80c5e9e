"""ZeRO-Offload and ZenFlow once more, from the equations and the rule of the facts and not from the module."""

import math
from collections.abc import Mapping
from itertools import count, pairwise

Values = Mapping[str, float]


def zero_offload(values: Values) -> tuple[float, float]:
    """Time and stall of a step."""
    computing = values["forward"] + max(values["backward"], values["down"])
    step = computing + values["update"] + values["up"]
    return step, step - computing


def compute(values: Values) -> float:
    """The time of a ZenFlow step on the GPU, c."""
    return values["forward"] + max(values["backward"], (1 - values["topk"]) * values["down"]) + values["select"]


def zenflow(values: Values) -> tuple[float, float]:
    """Mean time and mean stall of a step in the long run, without uploads that stop the GPU."""
    busy = values["window"] * compute(values)
    window = max(busy, (1 - values["topk"]) * (values["update"] + values["up"]))
    return window / values["window"], (window - busy) / values["window"]


def smallest_window(values: Values) -> int:
    """The first window in which everything that the CPU has to do fits, found by trying."""
    todo = (1 - values["topk"]) * (values["update"] + values["up"])
    return next(window for window in count(1) if window * compute(values) >= todo - 1e-6)


def step_times(values: Values, steps: int) -> list[float]:
    """The times of steps: a window ends when its work is done and the update of the window before it is there."""
    rest = 1 - values["topk"]
    ends, there = [0.0], -math.inf
    for step in range(1, steps + 1):
        end = ends[-1] + compute(values)
        if step % values["window"] == 0:
            end = max(end, there)
            if values["inline"] and there > -math.inf:
                end += rest * values["up"]
            there = end + rest * (values["update"] + (0 if values["inline"] else values["up"]))
        ends.append(end)
    return [end - start for start, end in pairwise(ends)]
