r"""The names in an author field, apart: ``Berg, Jan van der and {Barnes and Noble} and others``.

Only ``and`` is BibTeX's. Whoever wrote semicolons, ``&``, ``\and`` or commas meant several people too: they are split
all the same, and the fault is named. Nothing within braces is ever split.
"""

import re
from dataclasses import dataclass
from html import unescape

from sphinx_folio.latex import to_text

SEPARATOR = re.compile(r"(?:^|\s+)(?P<word>\\?and|\\?&)(?=\s|$)|(?P<sign>[;；，、])", re.IGNORECASE)
SEPARATORS = {"&": "&", r"\&": "&", r"\and": r"\and"}  # and any other sign is a kind of semicolon
COMMA = re.compile(r"\s*,\s*")
SPACES = re.compile(r"(?:\s|~|\\ )+")
GROUP = re.compile(r"\\[\\{}]|\{[^{}]*\}")
ENTITY = re.compile(r"&#?\w+;")

# Accents become letters before anything else looks at a name: {\'E} is then no group, and \v{s} no word in lower case.
SYMBOLS = "aa AA ae AE oe OE o O l L ss i j dh DH th TH dj DJ ng NG".split()
ACCENTED = r"\\(?:[`'^\"~=.]\s*|[uvHtcdbkr](?![A-Za-z])\s*)(?:\{\s*\\?[^\W\d_]{0,2}\s*\}|\\?[^\W\d_])"
SYMBOL = rf"\\(?:{'|'.join(sorted(SYMBOLS, key=len, reverse=True))})(?![A-Za-z])(?:\s*\{{\}}|\s+(?=[^\W\d_]))?"
ACCENT = re.compile(rf"\{{\s*(?:{ACCENTED}|{SYMBOL})\s*\}}|{ACCENTED}|{SYMBOL}")

OTHERS = re.compile(r"\{*others\}*\.?", re.IGNORECASE)
ET_AL = re.compile(r"(?:^|[\s,{~]+)(?:et\.?[\s~]+al\b\.?|\\etal\b(?:\{\})?)\}*$", re.IGNORECASE)
SUFFIX = re.compile(r"\{?(?:(?P<word>[JS][Rr]\.?|jr\.?|2nd|3rd|Ph\.?\s?D\.?)|I{2,3}|IV)\}?")
COLLABORATION = re.compile(
    r"(?:for|on behalf of)\s+the\s.+|.+\s(?:collaborations?|consortium|working group)", re.IGNORECASE
)
INITIALS = re.compile(r"(?:[^\W\d_](?:\.[\s-]*|[\s-]+|$))+|[A-Z]{1,3}")
INITIAL_AND_MORE = re.compile(r"[^\W\d_]\.[\s-]?.*\s?[^\W\d_]{2}")
EXTENDED = re.compile(r"(?:family|given|prefix|suffix)\s*=")


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a field as they stand there, whether more are only counted, and how they were separated wrongly."""

    names: tuple[str, ...]
    and_others: bool = False
    separators: tuple[str, ...] = ()
    et_al: bool = False


def split_names(source: str) -> Names:
    """Split a field; empty names are left out."""
    text = letters(" ".join(source.split()))
    pieces, found = apart(text)
    names: list[str] = []
    others = et_al = False
    for piece in pieces:
        if OTHERS.fullmatch(piece):
            others = True
            continue
        if "al" in piece and (match := ET_AL.search(piece)):
            others = et_al = True
            piece = piece[: match.start()]
        listed = by_commas(piece) if "," in piece else [piece]
        found += ["commas"] * (len(listed) > 1 or piece.endswith(","))
        names += listed
    return Names(tuple(filter(None, names)), others, tuple(dict.fromkeys(found)), et_al)


def letters(text: str) -> str:
    """The text with accents and HTML entities as the letters they stand for."""
    if "&" in text and ";" in text:
        text = ENTITY.sub(lambda match: unescape(match[0]), text)
    return ACCENT.sub(lambda match: to_text(match[0]), text) if "\\" in text else text


def apart(text: str) -> tuple[list[str], list[str]]:
    """The pieces between separators, and the kinds of those that are not ``and``."""
    seen, start = masked(text), 0
    pieces: list[str] = []
    found: list[str] = []
    for match in SEPARATOR.finditer(seen):
        pieces.append(text[start : match.start()].strip())
        start = match.end()
        word = (match["word"] or ";").lower()
        if word != "and":
            found.append(SEPARATORS.get(word, "semicolons"))
    return [*pieces, text[start:].strip()], found


def by_commas(piece: str) -> list[str]:
    """The names in a piece: more than one where its commas can only stand between names."""
    if EXTENDED.match(piece):
        return [piece]
    parts = [part for part in with_suffixes(cut(piece, COMMA)) if part]
    together = [part for part in parts if COLLABORATION.fullmatch(part)] if len(parts) > 1 else []
    if together and parts[-1:] == together:
        return [*by_commas(", ".join(parts[:-1])), *together]
    if len(parts) == 2:
        return parts if are_two_names(*parts) else [", ".join(parts)]
    if len(parts) < 3:
        return parts
    if are_pairs(parts):
        return [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    return [family_last(part) for part in parts] if all(map(ends_in_initials, parts)) else parts


def with_suffixes(parts: list[str]) -> list[str]:
    """The parts with every ``Jr.`` back at the name before it; ``Ivanov, II`` is rather I. I. Ivanov."""
    joined: list[str] = []
    for part in parts:
        match = SUFFIX.fullmatch(part) if joined else None
        if match and (match["word"] or len(parts) > 2 or " " in joined[-1]):
            joined[-1] += f" {part}"
        else:
            joined.append(part)
    return joined


def are_two_names(one: str, other: str) -> bool:
    """Whether ``A. Lovelace, Charles Babbage`` is two names: no family name begins with an initial."""
    return bool(INITIAL_AND_MORE.match(one)) and " " in other and not INITIALS.fullmatch(other)


def are_pairs(parts: list[str]) -> bool:
    """Whether ``Lovelace, A., Babbage, C.`` goes on: family name, given name, family name, given name."""
    families, given = parts[::2], parts[1::2]
    if len(families) != len(given):
        return False
    return all(map(INITIALS.fullmatch, given)) or all(" " not in name or name[0].islower() for name in families)


def ends_in_initials(name: str) -> bool:
    """Whether a name is written as in medicine: ``Lovelace AB``."""
    family, _, given = name.rpartition(" ")
    return len(family) > 1 and given.isupper() and len(given) < 4 and not INITIALS.fullmatch(family)


def family_last(name: str) -> str:
    """``Lovelace AB`` as BibTeX has it: ``Lovelace, AB``."""
    return ", ".join(name.rsplit(" ", 1))


def cut(text: str, separator: re.Pattern[str]) -> list[str]:
    """Split a text where no brace stands around the separator."""
    if "{" not in text:
        return separator.split(text)
    pieces, start = [], 0
    for match in separator.finditer(masked(text)):
        pieces.append(text[start : match.start()])
        start = match.end()
    return [*pieces, text[start:]]


def masked(text: str) -> str:
    """The text with all that stands in braces made unreadable, at the same length."""
    while "{" in text and (hidden := GROUP.sub(lambda match: "\0" * len(match[0]), text)) != text:
        text = hidden
    return text
