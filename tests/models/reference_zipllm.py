"""BitX once more, in the standard library: what the browser's model of ZipLLM is held against."""

import math
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

COUNT = 2**16


def draws(seed: int) -> Iterator[float]:
    """Mulberry32, as the models draw their chance."""
    state = seed
    while True:
        state = (state + 0x6D2B79F5) % 2**32
        mixed = (state ^ state >> 15) * (state | 1) % 2**32
        mixed ^= (mixed + (mixed ^ mixed >> 7) * (mixed | 61)) % 2**32
        yield (mixed ^ mixed >> 14) / 2**32


def normals(stream: Iterator[float], count: int) -> array:
    """Box and Muller's draws from the normal distribution, as 32-bit floats."""
    pairs = zip(range(count), stream, stream, strict=False)  # the range first: it ends before a draw is wasted
    return array("f", [math.sqrt(-2 * math.log(1 - a)) * math.cos(2 * math.pi * b) for _, a, b in pairs])


def bfloat16(numbers: Sequence[float]) -> list[int]:
    """The nearest of 16-bit words; of two that are as near, the even one."""
    words = []
    for bits in array("I", array("f", numbers).tobytes()):
        word, rest = bits >> 16, bits & 0xFFFF
        words.append(word + (rest > 0x8000 or (rest == 0x8000 and word % 2 == 1)))
    return words


def widen(words: Sequence[int]) -> array:
    """The numbers that words stand for."""
    return array("f", array("I", [word << 16 for word in words]).tobytes())


def entropy(symbols: Sequence[int]) -> float:
    """Bits per symbol."""
    return -sum(count / len(symbols) * math.log2(count / len(symbols)) for count in Counter(symbols).values())


def exponent(word: int) -> int:
    """The exponent's plane of a word."""
    return word >> 7 & 0xFF


def mantissa(word: int) -> int:
    """The plane of sign and mantissa."""
    return (word & 0x8000) >> 8 | word & 0x7F


def merged(exponent: int, mantissa: int) -> int:
    """The word that two planes hold."""
    return (mantissa & 0x80) << 8 | exponent << 7 | mantissa & 0x7F


def distance(a: Sequence[int], b: Sequence[int]) -> float:
    """Bits that differ, per word."""
    return sum((x ^ y).bit_count() for x, y in zip(a, b, strict=True)) / len(a)


def pair(weight: float, update: float, seed: int, count: int = COUNT) -> dict[str, float]:
    """What the model's numbers are for two models drawn from the same seed."""
    stream = draws(seed)
    base = bfloat16([weight * draw for draw in normals(stream, count)])
    tuned = bfloat16([a + update * draw for a, draw in zip(widen(base), normals(stream, count), strict=True)])
    unrelated = bfloat16([weight * draw for draw in normals(stream, count)])
    planes = [[plane(a ^ b) for a, b in zip(base, tuned, strict=True)] for plane in (exponent, mantissa)]
    return {
        "bitx": 100 * sum(map(entropy, planes)) / 16,
        "alone": 100 * (entropy([exponent(word) for word in tuned]) + 8) / 16,
        "distance": distance(base, tuned),
        "unrelated": distance(base, unrelated),
    }


def alone(deviation: float) -> float:
    """Percent that normal weights need when only their exponents are compressed: no draws, the distribution itself."""

    def beyond(size: float) -> float:
        return math.erfc(size / deviation / math.sqrt(2))

    # A number just below a power of 2 is rounded up to it, from half a step of the exponent below on.
    edges = [2.0**power * (1 - 2**-9) for power in range(-60, 10)]
    shares = [beyond(low) - beyond(high) for low, high in pairwise(edges)]
    return 100 * (8 - sum(share * math.log2(share) for share in shares if share > 0)) / 16
