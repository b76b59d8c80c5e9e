"""Chance in models: repeated by a seed, and distributed as it says."""

from collections.abc import Callable
from itertools import islice
from statistics import fmean
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .conftest import Model
from .reference_scorpio import mulberry32

Ask = Callable[..., Any]

DRAWS = """async ([name, seed, count, ...more]) => {
    const module = await import("/models/shared/random.js");
    const next = module.random(seed);
    const draw = name === "random" ? next : () => module[name](next, ...more);
    return Array.from({ length: count }, draw);
}"""


@pytest.fixture(scope="module")
def draws(model: Callable[[str], Model]) -> Ask:
    page = model("shared/random").page
    return lambda *arguments: page.evaluate(DRAWS, list(arguments))


@given(st.integers(-(2**31), 2**31 - 1))
@settings(max_examples=30)
def test_a_seed_gives_the_same_stream_in_a_second_program(draws: Ask, seed: int) -> None:
    stream = draws("random", seed, 20)
    assert stream == draws("random", seed, 20)
    assert stream == list(islice(mulberry32(seed), 20))


def test_seeds_beside_each_other_give_streams_of_their_own(draws: Ask) -> None:
    streams = [draws("random", seed, 1000) for seed in range(1, 21)]
    assert len({number for stream in streams for number in stream}) > 19990


def test_draws_are_even_between_0_and_1(draws: Ask) -> None:
    stream = draws("random", 1, 20000)
    assert 0 <= min(stream) < 0.001
    assert 0.999 < max(stream) < 1
    for tenth in range(10):
        assert sum(tenth <= 10 * draw < tenth + 1 for draw in stream) == pytest.approx(2000, abs=150)


def test_normal_draws_have_mean_0_and_deviation_1(draws: Ask) -> None:
    stream = draws("normal", 1, 20000)
    assert fmean(stream) == pytest.approx(0, abs=0.03)
    assert fmean(draw**2 for draw in stream) == pytest.approx(1, abs=0.03)
    assert sum(abs(draw) < 1.96 for draw in stream) / 20000 == pytest.approx(0.95, abs=0.01)
    assert max(map(abs, stream)) < 6


def test_events_come_at_their_rate_and_independently(draws: Ask) -> None:
    stream = draws("poissonGap", 1, 20000, 4)
    assert min(stream) >= 0
    assert fmean(stream) == pytest.approx(1 / 4, rel=0.03)
    assert fmean(gap**2 for gap in stream) == pytest.approx(2 / 4**2, rel=0.06)  # an exponential's, not a clock's
