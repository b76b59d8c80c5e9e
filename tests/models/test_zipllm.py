"""ZipLLM: what is left of a fine-tuned model beside its base."""

import math
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from . import reference_zipllm as reference
from .conftest import Model, numbers_of, series_of

SMALL = 2**16
LARGE = 2**17

words = st.integers(0, 0xFFFF)
pairs_of_words = st.lists(st.tuples(words, words), min_size=1, max_size=50)


@pytest.fixture(scope="module")
def zipllm(model: Callable[[str], Model]) -> Model:
    return model("zipllm")


@pytest.fixture(scope="module")
def default(zipllm: Model) -> dict[str, Any]:
    """What is shown before anyone touches a control."""
    return zipllm.run()


@pytest.fixture(scope="module")
def bitx(model: Callable[[str], Model]) -> Model:
    return model("zipllm/bitx")


def sizes(result: dict[str, Any]) -> dict[str, float]:
    """The bars of what is stored, each with its two planes together."""
    return {bar["label"]: sum(part["value"] for part in bar["parts"]) for bar in result["views"]["sizes"]["bars"]}


def compress(bitx: Model, all_words: list[int]) -> list[tuple[bytes, bytes]]:
    """The two planes of words, and what the browser compresses them to."""
    script = """async words => {
        const { split, deflate } = await import("/models/zipllm/bitx.js");
        const planes = Object.values(split(Uint16Array.from(words)));
        return Promise.all(planes.map(async (plane) => [plane, await deflate(plane)]));
    }"""
    return [(bytes(plane), bytes(small)) for plane, small in bitx.page.evaluate(script, all_words)]


# Bits and planes


@pytest.fixture(scope="module")
def planes_of_every_word(bitx: Model) -> list[bytes]:
    """The planes of all words in order, made in the browser; as text, since long lists travel slowly."""
    script = """async () => {
        const { split } = await import("/models/zipllm/bitx.js");
        const planes = Object.values(split(new Uint16Array(2 ** 16).map((_, word) => word)));
        return planes.map((plane) => Array.from(plane, (byte) => String.fromCharCode(byte)).join(""));
    }"""
    return [plane.encode("latin-1") for plane in bitx.page.evaluate(script)]


def test_planes_hold_the_exponent_and_the_sign_before_the_mantissa(planes_of_every_word: list[bytes]) -> None:
    exponents, mantissas = planes_of_every_word
    assert exponents == bytes(map(reference.exponent, range(2**16)))
    assert mantissas == bytes(map(reference.mantissa, range(2**16)))
    assert len(set(zip(exponents, mantissas, strict=True))) == 2**16  # so no two words become one


def test_every_word_comes_back_from_its_planes(planes_of_every_word: list[bytes]) -> None:
    assert list(map(reference.merged, *planes_of_every_word)) == list(range(2**16))


def test_every_word_comes_back_from_its_xor(bitx: Model) -> None:
    script = """async () => {
        const { xor } = await import("/models/zipllm/bitx.js");
        const every = new Uint16Array(2 ** 16).map((_, word) => word);
        const base = every.map((word) => word * 40503 + 7); // each word once, in another order
        const difference = xor(base, every);
        const wrong = (words) => every.filter((word, i) => words[i] !== word).length;
        return { restored: wrong(xor(base, difference)), stored: wrong(difference) };
    }"""
    wrong = bitx.page.evaluate(script)
    assert wrong["restored"] == 0
    assert wrong["stored"] > 60000


@given(st.lists(st.floats(-(2.0**127), 2.0**127, width=32), min_size=1))
@settings(max_examples=50)
def test_numbers_are_rounded_to_the_nearest_word(bitx: Model, numbers: list[float]) -> None:
    assert bitx.call("bfloat16", numbers) == reference.bfloat16(numbers)


def test_a_number_between_two_words_becomes_the_even_one(bitx: Model) -> None:
    assert bitx.call("bfloat16", [1 + 1 / 256, 1 + 3 / 256, -1 - 1 / 256]) == [0x3F80, 0x3F82, 0xBF80]


def test_words_are_the_numbers_they_stand_for(bitx: Model) -> None:
    finite = [word for word in range(0, 2**16, 7) if reference.exponent(word) < 0xFF]
    assert bitx.call("bfloat16", bitx.call("widen", finite)) == finite
    assert bitx.call("widen", [0x3F80, 0xC040]) == [1, -3]


# Distance and entropy


def distance(bitx: Model, a: list[int], b: list[int]) -> float:
    """How many bits of a weight differ in the mean."""
    return bitx.ask("model.distance(model.histograms(model.xor(...values.map((w) => Uint16Array.from(w)))))", [a, b])


@given(pairs_of_words)
@settings(max_examples=50)
def test_distance_counts_the_bits_that_differ_either_way(bitx: Model, pairs: list[tuple[int, int]]) -> None:
    a, b = map(list, zip(*pairs, strict=True))
    found = distance(bitx, a, b)
    assert found == pytest.approx(reference.distance(a, b), abs=1e-9)
    assert found == distance(bitx, b, a)
    assert 0 <= found <= 16
    assert distance(bitx, a, a) == 0


def test_opposite_words_are_sixteen_bits_apart(bitx: Model) -> None:
    assert distance(bitx, [0, 0xFFFF], [0xFFFF, 0]) == 16


@given(st.lists(words, min_size=1, max_size=200))
@settings(max_examples=50)
def test_a_plane_needs_no_more_than_eight_bits(bitx: Model, some: list[int]) -> None:
    for plane, expected in zip(
        bitx.call("histograms", some).values(), (reference.exponent, reference.mantissa), strict=True
    ):
        bits = bitx.call("entropy", plane)
        assert bits == pytest.approx(reference.entropy([expected(word) for word in some]), abs=1e-9)
        assert 0 <= bits <= 8 + 1e-9


def test_entropy_is_none_for_one_byte_and_eight_bits_for_all(bitx: Model) -> None:
    assert bitx.call("entropy", [1] + [0] * 255) == 0
    assert bitx.call("entropy", [0.5, 0.5] + [0] * 254) == 1
    assert bitx.call("entropy", [1 / 256] * 256) == 8


# Really compressed


@given(pairs_of_words)
@settings(max_examples=30)
def test_a_fine_tuned_model_comes_back_from_what_was_compressed(bitx: Model, pairs: list[tuple[int, int]]) -> None:
    base, tuned = map(list, zip(*pairs, strict=True))
    planes = compress(bitx, bitx.call("xor", base, tuned))
    exponents, mantissas = (zlib.decompress(small, wbits=-15) for _, small in planes)
    difference = list(map(reference.merged, exponents, mantissas))
    assert bitx.call("xor", base, difference) == tuned


@pytest.mark.parametrize("update", [1e-4, 1.5e-3, 0.02])
def test_compressed_bytes_are_a_little_more_than_the_entropy(zipllm: Model, update: float) -> None:
    numbers = zipllm.numbers(update=update)
    assert numbers["bitx"] < numbers["bitxReal"] < numbers["bitx"] + 6
    assert numbers["alone"] < numbers["aloneReal"] < numbers["alone"] + 6
    assert numbers["bytes"] == round(numbers["bitxReal"] / 100 * 2 * SMALL)


def test_bars_are_the_numbers(zipllm: Model) -> None:
    result = zipllm.run(unchanged=25)
    numbers = numbers_of(result)
    assert list(sizes(result).values())[:4] == pytest.approx(
        [numbers[name] for name in ("alone", "aloneReal", "bitx", "bitxReal")]
    )


def test_a_browser_that_cannot_compress_shows_the_entropies(zipllm: Model) -> None:
    zipllm.page.evaluate("() => { window.kept = CompressionStream; delete window.CompressionStream; }")
    try:
        result = zipllm.run()
    finally:
        zipllm.page.evaluate("() => { window.CompressionStream = window.kept; }")
    numbers = numbers_of(result)
    assert [name for name, value in numbers.items() if value is None] == ["bitxReal", "bytes", "aloneReal"]
    assert list(sizes(result)) == [
        "Alone, by entropy",
        "BitX, by entropy",
        "BitX with an unrelated model, by entropy",
    ]
    assert "actually compressed" not in result["says"]


# A model and its base


@pytest.mark.parametrize(("weight", "update", "seed"), [(0.02, 0.0015, 1), (0.05, 0.0001, 7), (0.015, 0.01, 100)])
def test_the_same_draws_give_the_same_numbers_in_another_language(
    zipllm: Model, weight: float, update: float, seed: int
) -> None:
    numbers = zipllm.numbers(weight=weight, update=update, seed=seed)
    for name, value in reference.pair(weight, update, seed).items():
        assert numbers[name] == pytest.approx(value, abs=0.002), name


@pytest.mark.parametrize(
    ("update", "distance", "ratio"),
    [
        (1e-4, 1.62, 0.258),
        (2e-4, 2.15, 0.325),
        (5e-4, 2.81, 0.412),
        (1e-3, 3.31, 0.474),
        (2e-3, 3.80, 0.531),
        (5e-3, 4.45, 0.600),
        (1e-2, 4.97, 0.644),
        (2e-2, 5.37, 0.676),
    ],
)
def test_distance_and_size_are_those_of_the_prototype(
    zipllm: Model, update: float, distance: float, ratio: float
) -> None:
    numbers = zipllm.numbers(update=update, weight=0.02, count=LARGE)
    assert numbers["distance"] == pytest.approx(distance, abs=0.02)
    assert numbers["bitx"] == pytest.approx(100 * ratio, abs=0.3)
    assert numbers["alone"] == pytest.approx(65.9, abs=0.1)
    assert numbers["unrelated"] == pytest.approx(5.77, abs=0.02)


def test_an_unrelated_model_is_no_base(default: dict[str, Any]) -> None:
    bars = sizes(default)
    assert bars["BitX with an unrelated model, by entropy"] == pytest.approx(69.3, abs=0.3)
    assert bars["BitX with an unrelated model, by entropy"] > bars["Alone, by entropy"]


@pytest.mark.parametrize(("weight", "update", "ratio"), [(0.015, 1e-3, 0.498), (0.03, 2e-3, 0.497)])
def test_half_is_kept_where_the_change_is_a_fifteenth_of_the_weights(
    zipllm: Model, weight: float, update: float, ratio: float
) -> None:
    assert zipllm.numbers(weight=weight, update=update)["bitx"] == pytest.approx(100 * ratio, abs=0.3)


@pytest.mark.parametrize("weight", [0.01, 0.03, 0.1])
def test_only_the_change_in_relation_to_the_weights_matters(zipllm: Model, weight: float) -> None:
    for relative, percent in [(0.03, 43), (0.067, 50), (0.2, 58), (0.67, 66)]:
        bitx = zipllm.numbers(weight=weight, update=relative * weight, count=2**19)["bitx"]
        assert round(bitx, 1) == pytest.approx(percent, abs=0.5), relative


@pytest.mark.parametrize("weight", [0.005, 0.02, 0.1])
def test_a_model_alone_needs_what_the_normal_distribution_says(zipllm: Model, weight: float) -> None:
    update = 0.01
    expected = reference.alone(math.hypot(weight, update))
    assert expected == pytest.approx(65.9, abs=0.1)
    assert zipllm.numbers(weight=weight, update=update)["alone"] == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize("weight", [0.005, 0.015, 0.02, 0.1])
def test_beyond_two_thirds_of_the_weights_a_base_gains_nothing(zipllm: Model, weight: float) -> None:
    assert zipllm.numbers(weight=weight)["breakEven"] == pytest.approx(0.67, abs=0.06)


def test_at_two_thirds_of_the_weights_a_base_and_none_are_alike(zipllm: Model) -> None:
    numbers = zipllm.numbers(weight=0.015, update=0.01)
    assert numbers["bitx"] == pytest.approx(66.0, abs=0.3)
    assert numbers["bitx"] == pytest.approx(numbers["alone"], abs=0.5)


@given(st.integers(1, 100), st.integers(1, 20))
@settings(max_examples=6, phases=[Phase.generate])
def test_a_larger_change_never_needs_less(zipllm: Model, seed: int, steps: int) -> None:
    """Up to the weights' own size: of a change much larger than they are, the base explains nothing at all."""
    curve = series_of(zipllm.run(seed=seed, weight=0.005 * steps), "sweep")["BitX"]
    percents = [percent for relative, percent in curve if relative <= 1]
    assert percents == sorted(percents)
    assert 0 < percents[0] < percents[-1] < 100


def test_the_curve_goes_through_these_two_models(zipllm: Model) -> None:
    curves = series_of(zipllm.run(weight=0.03, update=0.0015), "sweep")
    ((relative, percent),) = curves["These two models"]
    assert relative == pytest.approx(0.05)
    assert percent == pytest.approx(dict(curves["BitX"])[0.05], abs=0.5)


# Unchanged tensors


def test_a_model_that_is_its_base_has_nothing_to_store_beside_it(zipllm: Model) -> None:
    """Found by the XOR and the entropy of all its weights, which are there to be compressed alone."""
    result = zipllm.run(update=0)
    numbers = numbers_of(result)
    assert (numbers["bitx"], numbers["distance"]) == (0, 0)
    assert numbers["alone"] == pytest.approx(65.9, abs=0.1)
    assert 0 < numbers["bitxReal"] < 0.5
    assert series_of(result, "exponents")["XOR with the base"][0] == [0, 100]
    assert result["views"]["flips"]["values"][0] == [0] * 16
    assert list(series_of(result, "sweep")) == ["BitX", "Alone"]  # for a change of 0 is on no logarithmic axis
    assert "needs 0.0 % of the fine-tuned model's size, less than the 65.9 %" in result["says"]


def test_a_model_of_unchanged_tensors_takes_nothing(zipllm: Model) -> None:
    result = zipllm.run(unchanged=100)
    numbers = numbers_of(result)
    assert [numbers[name] for name in ("bitx", "bitxReal", "bytes", "alone", "aloneReal", "distance")] == [0] * 6
    assert list(series_of(result, "sweep")) == ["BitX", "Alone"]
    assert result["says"] == "Fine-tuning changed no tensor, so nothing is stored beside the base."


def test_half_of_the_tensors_unchanged_is_half_to_store(zipllm: Model, default: dict[str, Any]) -> None:
    whole, half = numbers_of(default), zipllm.numbers(unchanged=50)
    for name in ("bitx", "bitxReal", "alone", "aloneReal"):
        assert half[name] == pytest.approx(whole[name] / 2, abs=0.3)
    assert half["distance"] == pytest.approx(whole["distance"], abs=0.02)


# What is shown


def test_the_bits_that_differ_add_up_to_the_distance(default: dict[str, Any]) -> None:
    numbers = numbers_of(default)
    view = default["views"]["flips"]
    assert [sum(row) / 100 for row in view["values"]] == pytest.approx([numbers["distance"], numbers["unrelated"]])
    assert len(view["columns"]) == 16
    base, unrelated = view["values"]
    assert base[0] < 5 < unrelated[0] == pytest.approx(50, abs=1)  # the sign: kept by the one, chance in the other
    assert base[-1] == pytest.approx(50, abs=5)  # the mantissa's last bit is chance in both


@pytest.mark.parametrize("view", ["exponents", "mantissas"])
def test_planes_show_every_weight_once(default: dict[str, Any], view: str) -> None:
    for points in series_of(default, view).values():
        assert [byte for byte, _ in points] == list(range(256))
        assert sum(share for _, share in points) == pytest.approx(100)


def test_the_xor_gathers_exponents_at_zero(default: dict[str, Any]) -> None:
    alone, difference = map(dict, series_of(default, "exponents").values())
    assert max(difference, key=difference.get) == 0
    assert difference[0] > 50 > max(alone.values())


def test_the_papers_stages_save_as_much_as_it_says(default: dict[str, Any]) -> None:
    bars = default["views"]["stages"]["bars"]
    stored = [bar["value"] for bar in bars]
    assert [round(100 * (1 - value / stored[0]), 1) for value in stored] == [0, 3.2, 8.3, 54.1]
    assert round(100 * stored[3] / stored[2], 1) == 50.0


def test_a_seed_says_what_is_drawn(zipllm: Model, default: dict[str, Any]) -> None:
    assert zipllm.run(seed=1) == default
    assert zipllm.run(seed=2) != default


def test_results_are_told_in_words(zipllm: Model, default: dict[str, Any]) -> None:
    says = default["says"]
    assert says.startswith("Of weights drawn at random, the XOR with the base needs 50.7 % of the fine-tuned")
    assert "less than the 65.9 %" in says
    assert "no less than" in zipllm.run(update=0.02)["says"]
