r"""The names in an author field, apart: ``Berg, Jan van der and {Barnes and Noble} and others``.

Only ``and`` is BibTeX's. Whoever wrote semicolons, ``&``, ``\and`` or commas meant several people too: they are split
all the same, and the fault is named. Nothing within braces is ever split.
"""

import re
from dataclasses import dataclass
from html import unescape

from sphinx_folio.latex.convert import to_text

SEPARATOR = re.compile(
    r"""
    (?:^|\s+|(?<=\.))(?P<word>\\?and|\\?&|\|)(?=\s|$)  # and \and & \& |
  | (?P<sign>[;；，、])
    """,
    re.VERBOSE | re.IGNORECASE,
)
SEPARATOR_NAMES = {"&": "&", r"\&": "&", r"\and": r"\and", "|": "|"}  # and the signs are kinds of semicolon
ODD = re.compile(
    r"""
    [;；，、|&\\{]  # signs that may separate names
  | \.and\b | ^and\b | \band(?:$|\ and\b)  # an "and" with nothing on one side of it: A.and B
  | \b(?!and)[Aa][Nn][Dd]\b  # AND
    """,
    re.VERBOSE,
)
COMMA = re.compile(r"\s*,\s*")
SPACES = re.compile(r"(?:\s|~|\\ )+")
BRACE = re.compile(r"\\[\\{}]|[{}]")
ENTITY = re.compile(r"&#?\w+;")

# Accents become letters before anything else looks at a name: {\'E} is then no group, and \v{s} no word in lower case.
SYMBOLS = "aa AA ae AE oe OE o O l L ss i j dh DH th TH dj DJ ng NG".split()
ACCENTED = r"\\(?:[`'^\"~=.]\s*|[uvHtcdbkr](?![A-Za-z])\s*)(?:\{\s*\\?[^\W\d_]{0,2}\s*\}|\\?[^\W\d_])"
SYMBOL = rf"\\(?:{'|'.join(sorted(SYMBOLS, key=len, reverse=True))})(?![A-Za-z])(?:\s*\{{\}}|\s+(?=[^\W\d_]))?"
ACCENT = re.compile(rf"\{{\s*(?:{ACCENTED}|{SYMBOL})\s*\}}|{ACCENTED}|{SYMBOL}")

# The names that most people have, Lovelace, Ada M. and Ada M. Lovelace, so that these cost little.
UPPER = "A-ZÀ-ÖØ-Þ" + "".join(letter for letter in map(chr, range(0x100, 0x180)) if letter.isupper())
LOWER = "a-zß-öø-ÿ" + "".join(letter for letter in map(chr, range(0x100, 0x180)) if letter.islower())
FAMILY = f"[{UPPER}][{LOWER}]+(?:-[{UPPER}][{LOWER}]+)*"
GIVEN = rf"[{UPPER}][{LOWER}]*\.?(?:(?:[ -]|(?<=\.))[{UPPER}][{LOWER}]*\.?)*"
NO_NAME = r".*\b(?:[JS]r\b|And\b|Collab|Consort|Working|Et Al\b)|.*, ?(?:Inc|Ltd|Corp|Co)\b"
COMMON = re.compile(rf"(?!{NO_NAME})(?:(?P<family>{FAMILY}), ?(?P<given>{GIVEN})|(?P<said>{GIVEN}) (?P<last>{FAMILY}))")

OTHERS = re.compile(r"\{*others\}*\.?", re.IGNORECASE)
ET_AL = re.compile(r"(?:^|[\s,{~]{1,9})(?:et\.?[\s~]+al\b\.?|\\etal\b(?:\{\})?)\}*$", re.IGNORECASE)
SUFFIX = re.compile(r"\{?(?:(?P<word>[JS][Rr]\.?|jr\.?|2nd|3rd|Ph\.?\s?D\.?)|I{2,3}|IV)\}?")
COLLABORATION = re.compile(
    r"(?:for|on behalf of)\s+the\s.+|.+\s(?:collaborations?|consortium|working group)", re.IGNORECASE
)
INITIALS = re.compile(r"(?:[^\W\d_](?:\.[\s-]*|[\s-]+|$))+|[A-Z]{1,3}")
INITIAL_AND_MORE = re.compile(r"[^\W\d_]\.[\s-]?.*\s?[^\W\d_]{2}")
EXTENDED = re.compile(r"(?:^|,\s*)(?:family|given)\s*=")
OPTION = re.compile(r"[a-z-]+=[\w:.-]+")  # biblatex's, for the whole list: useprefix=true


@dataclass(frozen=True, slots=True)
class NameList:
    """The names of a field as they stand there, whether more are only counted, and how they were separated wrongly."""

    names: tuple[str, ...]
    and_others: bool = False
    separators: tuple[str, ...] = ()
    et_al: bool = False


def split_names(source: str) -> NameList:
    """Split a field; empty names are left out."""
    pieces, found = split_at_separators(unbraced(accents_to_letters(" ".join(source.split()))))
    names: list[str] = []
    others = et_al = False
    for piece in pieces:
        if COMMON.fullmatch(piece):
            names.append(piece)
            continue
        if OTHERS.fullmatch(piece):
            others = True
            continue
        if "al" in piece and (match := ET_AL.search(piece)):
            others = et_al = True
            piece = piece[: match.start()]
        listed = by_commas(piece, given_first="," not in pieces[-1]) if "," in piece else [piece]
        found += ["commas"] * (len(listed) > 1 or (bool(listed) and piece.endswith(",")))
        names += [name for name in listed if name and ("=" not in name or not OPTION.fullmatch(name))]
    return NameList(tuple(names), others, tuple(dict.fromkeys(found)), et_al)


def unbraced(text: str) -> str:
    """The text without braces around a whole list; around a name that has "and" in it they stay."""
    inner = text
    for _ in range(3):  # deeper is no mistake that anyone makes
        inner = inner[1:-1].strip() if is_group(inner) else inner
    names = re.split(r"\s+and\s+", inner) if inner is not text else ()
    return inner if len(names) > 1 and all(name.count(",") == 1 for name in names) else text


def accents_to_letters(text: str) -> str:
    """The text with accents and HTML entities as the letters they stand for."""
    if "&" in text and ";" in text:
        text = ENTITY.sub(lambda match: unescape(match[0]), text)
    return ACCENT.sub(lambda match: to_text(match[0]), text) if "\\" in text else text


def split_at_separators(text: str) -> tuple[list[str], list[str]]:
    """The pieces between separators, and the kinds of those that are not ``and``."""
    if not ODD.search(text):
        return [piece.strip() for piece in text.split(" and ")], []
    start = 0
    pieces: list[str] = []
    found: list[str] = []
    for match in SEPARATOR.finditer(hide_braced_text(text)):
        pieces.append(text[start : match.start()].strip())
        start = match.end()
        word = (match["word"] or ";").lower()
        if word != "and":
            found.append(SEPARATOR_NAMES.get(word, "semicolons"))
    return [*pieces, text[start:].strip()], found


def by_commas(piece: str, given_first: bool) -> list[str]:
    """The names in a piece: more than one where its commas can only stand between names.

    ``given_first`` if the last name of the field is written given name first.
    """
    if EXTENDED.search(piece):
        return [piece]
    parts = [part for part in with_suffixes(split_outside_braces(piece, COMMA)) if part]
    bodies: list[str] = []
    while len(parts) > 1 and COLLABORATION.fullmatch(parts[-1]):
        bodies.insert(0, parts.pop())
    return [*by_parts(parts, given_first and piece.endswith(",")), *bodies]


def by_parts(parts: list[str], is_list: bool) -> list[str]:
    """The names that parts between commas make; ``is_list`` where two of them are rather two names."""
    if len(parts) == 2:
        is_list = are_two_names(*parts) or (is_list and all(" " in part for part in parts))
        return parts if is_list else [", ".join(parts)]
    if len(parts) < 3:
        return parts
    if len(parts) == 3 and parts[1][0].islower():  # Dumas, père, Alexandre: a part as Jr. is one
        return [", ".join(parts)]
    if all(map(ends_in_initials, parts)):
        return [", ".join(part.rsplit(" ", 1)) for part in parts]  # Lovelace A, Babbage C
    return in_pairs(parts)


def in_pairs(parts: list[str]) -> list[str]:
    """``Lovelace, A., Babbage, C.`` as two names, and parts that are whole names as they are."""
    if len(parts) % 2 == 0 and all(" " not in family or family[0].islower() for family in parts[::2]):
        return [", ".join(pair) for pair in zip(parts[::2], parts[1::2], strict=True)]
    names: list[str] = []
    for part in parts:
        if names and INITIALS.fullmatch(part) and "," not in names[-1] and not INITIALS.fullmatch(names[-1]):
            names[-1] += f", {part}"
        else:
            names.append(part)
    return names


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


def ends_in_initials(name: str) -> bool:
    """Whether a name is written as in medicine: ``Lovelace AB``."""
    family, _, given = name.rpartition(" ")
    return len(family) > 1 and given.isupper() and len(given) < 4 and not INITIALS.fullmatch(family)


def split_outside_braces(text: str, separator: re.Pattern[str]) -> list[str]:
    """Split a text where no brace stands around the separator."""
    if "{" not in text:
        return separator.split(text)
    pieces, start = [], 0
    for match in separator.finditer(hide_braced_text(text)):
        pieces.append(text[start : match.start()])
        start = match.end()
    return [*pieces, text[start:]]


def hide_braced_text(text: str) -> str:
    """The text with all that stands in braces made unreadable, at the same length."""
    if "{" not in text:
        return text
    pieces, start, depth = [], 0, 0
    for match in BRACE.finditer(text):
        if match[0] == "{":
            if not depth:
                pieces.append(text[start : match.start()])
                start = match.start()
            depth += 1
        elif match[0] == "}" and depth:
            depth -= 1
            if not depth:
                pieces.append("\0" * (match.end() - start))
                start = match.end()
        elif match[0] != "}" and not depth:  # a brace that is a character
            pieces += [text[start : match.start()], "\0\0"]
            start = match.end()
    return "".join((*pieces, text[start:]))


def is_group(text: str) -> bool:
    """Whether one pair of braces stands around all of a text."""
    return text.startswith("{") and text.endswith("}") and not set("{}") & set(hide_braced_text(text[1:-1]))
