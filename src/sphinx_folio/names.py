"""Names that people write: find a free one, and guess what a wrong one was meant to be."""

from collections.abc import Container, Iterable
from difflib import get_close_matches
from itertools import count


def unused(name: str, taken: Container[str]) -> str:
    """The name itself, or with the first number behind it that makes it free."""
    if name not in taken:
        return name
    return next(free for number in count(2) if (free := f"{name}-{number}") not in taken)


def suggest(name: str, known: Iterable[str], otherwise: str) -> str:
    """A question that names what was probably meant, else ``otherwise``: what was expected."""
    close = get_close_matches(name, known, 1)
    return f"; did you mean {close[0]!r}?" if close else f"; expected {otherwise}"
