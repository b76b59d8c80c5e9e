"""Plain strings: unique names, truncation, slugs, normalized whitespace, and suggestions for misspelt names."""

import re
from collections.abc import Container, Iterable, Mapping
from difflib import get_close_matches
from itertools import count
from typing import Any

SHORT_NAME = 4  # in a name of this length, another letter makes another word: rate is not date


def unique_id(name: str, taken: Container[str]) -> str:
    """The name, with the first number behind it that makes it unique if it is taken: ``notes``, ``notes-2``."""
    if name not in taken:
        return name
    return next(free for number in count(2) if (free := f"{name}-{number}") not in taken)


def truncate(text: str, length: int) -> str:
    """The beginning of a text on one line, at most ``length`` characters including the ``…``."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1].rstrip()}…"


def search_result(*parts: str) -> str:
    """What the search shows of these names; it would take all up to the last full stop for the name of a module."""
    return " · ".join(filter(None, parts)).replace(".", "\N{ONE DOT LEADER}")


def closest(name: str, known: Iterable[str], count: int = 1, cutoff: float = 0.6) -> list[str]:
    """The known names most similar to a name, best first; ``cutoff`` is the least similarity, from 0 to 1.

    >>> closest("proceding", ["article", "proceedings"])
    ['proceedings']
    """
    return get_close_matches(name, known, count, cutoff)


def did_you_mean(name: str, known: Iterable[str], otherwise: str) -> str:
    """The end of a message about an unknown name: the name that was probably meant, or the expected kind of value.

    >>> did_you_mean("yaer", ["year", "title"], "a field")
    "did you mean 'year'?"
    >>> did_you_mean("xyz", ["year", "title"], "a field")
    'expected a field'
    """
    close = closest(name, known)
    return f"did you mean {close[0]!r}?" if close else f"expected {otherwise}"


def typo_of(name: str, known: Iterable[str]) -> str:
    """The known name that differs by one letter, or by two swapped ones; empty if there is not one."""
    if len(name) < SHORT_NAME or not name.isalpha():
        return ""
    return next((meant for meant in known if is_typo_of(name, meant)), "")


def is_typo_of(name: str, meant: str) -> bool:
    """Whether one typing error turns one name into the other."""
    if abs(len(name) - len(meant)) > 1:
        return False
    start = 0
    while name[start : start + 1] == meant[start : start + 1] != "":
        start += 1
    one, other = name[start:], meant[start:]
    if len(one) != len(other):
        return one[1:] == other or one == other[1:]
    if one[1:] == other[1:]:
        return len(name) > SHORT_NAME
    return one[:2] == other[1::-1] and one[2:] == other[2:]


def slug(key: str) -> str:
    """A citation key as an anchor and the name of a file: as written, but for what an address cannot show."""
    return re.sub(r"[^\w.-]+", "-", key).strip("-.")[:80] or "publication"


# What XML cannot hold, which nobody wants in a line of text either; line breaks; and the mark of UTF-8 files.
CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")


NOT_NORMALIZED = re.compile(CONTROL_CHARACTERS.pattern + r"|\xa0|  |^ | $")


def normalize_whitespace(text: str) -> str:
    """A text on one line, without control characters and with single spaces."""
    return " ".join(CONTROL_CHARACTERS.sub(" ", text).split()) if NOT_NORMALIZED.search(text) else text


def front_matter(metadata: Mapping[str, Any] | None, name: str) -> str:
    """A text in a page's front matter; nothing where it is not there, or left empty (which MyST calls null)."""
    value = str((metadata or {}).get(name, "")).strip()
    return "" if value == "null" else value
