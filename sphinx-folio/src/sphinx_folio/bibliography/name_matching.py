"""Who a name is: ``A. Byron``, ``Byron, Ada`` and ``BYRON Ada`` may all be one person, and ``Ann Byron`` another.

Names are compared word by word, without accents, case and punctuation. The family names are the same, and so are the
given names as far as both have them; where one has an initial, it fits.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache

# Letters that Unicode does not take apart into a letter and an accent.
PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "þ": "th", "æ": "ae", "œ": "oe"})
ACCENTS = re.compile("[\u0300-\u036f]")  # what NFKD takes off letters
APOSTROPHES = re.compile(r"['’‘ʼʻ`´]")
PART = re.compile(r"[^\W_]+")
CAPITALS = re.compile(r"[A-Z]{2,3}")

Word = tuple[str, ...]  # in its parts: Jean-Pierre, J.-P. and JP have two


class Match(IntEnum):
    """How well two names agree."""

    NO = 0
    INITIALS = 1
    FULL = 2
    EXACT = 3


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name folded for comparing: ``whole`` and, family name first, ``turned`` have no spaces.

    ``initials`` are what the family name is where it may be initials, as in ``Byron AK``.
    """

    given: tuple[Word, ...]
    family: tuple[Word, ...]
    initials: tuple[Word, ...]
    whole: str
    turned: str
    has_particle: bool


@dataclass(frozen=True)
class Directory:
    """Known names, each with what is known by it, to be found by their first or last word."""

    names: dict[str, list[tuple[Spelling, str | None]]] = field(default_factory=dict)

    def add(self, name: Spelling, value: str | None) -> None:
        """Note a name."""
        for key in {join_words(name.family[-1:]), join_words(name.family[:1]), name.whole, name.turned}:
            self.names.setdefault(key, []).append((name, value))

    def matches(self, given: str, family: str) -> list[tuple[Match, str | None]]:
        """The known names that a name agrees with, how well, and what is known by each."""
        found = [each for key in keys_of(given, family) for each in self.names.get(key, ())]
        if not found:
            return []
        name = spelling(given, family)
        return [(how, value) for known, value in found if (how := match_names(name, known))]


@lru_cache(maxsize=20_000)  # co-authors come again and again
def keys_of(given: str, family: str) -> tuple[str, ...]:
    """Where the directory may have a name: by its first and its last word, and 王伟, who has no space, by the whole."""
    keys = {key_of((given or family).partition(" ")[0]), key_of(family.rpartition(" ")[2])}
    return (*keys,) if family.isascii() else (*keys | {key_of(family + given)},)


def spelling(given: str, family: str) -> Spelling:
    """Fold a name."""
    first, last = folded_words(given, glued=not family.isupper()), folded_words(family)
    initials = folded_words(family, glued=True)
    return Spelling(
        given=first,
        family=last,
        initials=initials if all(map(is_initials, initials)) else (),
        whole=join_words(first + last),
        turned=join_words(last + first),
        has_particle=bool(given) and family[:1].islower(),
    )


def folded_words(text: str, glued: bool = False) -> tuple[Word, ...]:
    """The words of a text, each in its parts; where ``glued``, capitals are initials (``AK`` is ``A. K.``)."""
    split = (
        tuple(word.lower()) if glued and CAPITALS.fullmatch(word) else tuple(PART.findall(fold_name(word)))
        for word in text.split()
    )
    return tuple(filter(None, split))


def join_words(parts: Iterable[Word]) -> str:
    """Words without what is between them."""
    return "".join("".join(word) for word in parts)


def key_of(word: str) -> str:
    """A word as the directory has it."""
    return word.lower() if word.isascii() and word.isalpha() else "".join(PART.findall(fold_name(word)))


def fold_name(text: str) -> str:
    """A text without accents, case and apostrophes."""
    plain = APOSTROPHES.sub("", text)
    if plain.isascii():
        return plain.lower()
    letters = unicodedata.normalize("NFKD", plain).casefold().translate(PLAIN)
    return ACCENTS.sub("", letters)


def match_names(name: Spelling, known: Spelling) -> Match:
    """How well a name agrees with a known one, in either order of its parts."""
    if known.whole in (name.whole, name.turned) or name.whole == known.turned:
        return Match.EXACT
    length = len(known.family)
    said, turned = name.given + name.family, name.given + name.initials
    if said[-length:] == known.family and not is_longer(name, known):
        return match_given(said[:-length], known.given)
    if name.initials and turned[:length] == known.family and all(map(is_initials, turned[length:])):
        return match_given(turned[length:], known.given)
    return Match.NO


def is_longer(name: Spelling, known: Spelling) -> bool:
    """Whether a family name only ends in the known one: van der Berg is not Berg, but G. García Márquez may be."""
    extra = len(name.family) - len(known.family)
    return extra > 0 and (name.has_particle or len(name.given) + extra > len(known.given))


def match_given(given: Sequence[Word], known: Sequence[Word]) -> Match:
    """How well given names agree; what only one of them has after the first is no difference."""
    if not given or not known:
        return Match.NO
    if join_words(given) == join_words(known):
        return Match.FULL
    if not all(are_compatible(one, other) for one, other in zip(given[1:], known[1:], strict=False)):
        return Match.NO
    if join_words(given[:1]) == join_words(known[:1]) and not is_initials(given[0]):
        return Match.FULL
    return Match.INITIALS if is_short_for(given[0], known[0]) else Match.NO


def are_compatible(one: Word, other: Word) -> bool:
    """Whether two words are the same or one is short for the other."""
    return join_words([one]) == join_words([other]) or is_short_for(one, other) or is_short_for(other, one)


def is_short_for(initials: Word, word: Word) -> bool:
    """Whether J., J.-P. or JP may be Jean-Pierre."""
    return is_initials(initials) and all(part.startswith(one) for one, part in zip(initials, word, strict=False))


def is_initials(word: Word) -> bool:
    """Whether every part of a word is one letter; a character without case is a whole name."""
    return all(len(part) == 1 and part.upper() != part for part in word)
