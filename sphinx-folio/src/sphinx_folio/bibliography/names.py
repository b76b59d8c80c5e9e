r"""Authors and editors: the names in a field of a ``.bib`` entry, given name first.

``Berg*, Jan van der and {Barnes and Noble} and others`` becomes

    Person("Jan van der Berg", marks="*", annotations={"equal"}), Person("Barnes and Noble", corporate=True), and others

Names separated some other way are split all the same; what is wrong is returned with its cure.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from sphinx_folio.bibliography.annotations import MARKS as MARKS
from sphinx_folio.bibliography.annotations import Annotation as Annotation
from sphinx_folio.bibliography.annotations import marks_for, may_have_marks, read_annotations, without_marks
from sphinx_folio.bibliography.name_lists import (
    COLLABORATION,
    COMMA,
    COMMON,
    EXTENDED,
    INITIALS,
    SPACES,
    SUFFIX,
    NameList,
    accents_to_letters,
    is_group,
    split_names,
    split_outside_braces,
)
from sphinx_folio.bibliography.name_matching import Directory, Match, spelling
from sphinx_folio.bibliography.urls import safe_address
from sphinx_folio.latex.convert import to_text
from sphinx_folio.text import closest

Role = Literal["first", "co-first", "corresponding", "last", "middle"]

NO_NOTES: frozenset[Annotation] = frozenset()
COMPANY = re.compile(r"(?:Inc|Ltd|LLC|GmbH|Corp|Co|AG|S\.?A)\.?")
CJK = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+")
PLAIN = re.compile(r"(?:[A-Za-z. ]|-(?!-))*")
BOLD = re.compile(
    r"""
    \\(?:
        text(?:bf|it|sc|rm|sf|color\{[^{}]*\})  # \textbf, \textcolor{red}
      | underline | uline | emph | mbox
      | href\{[^{}]*\}  # \href{https://…}
    )\s*(?=\{)
    """,
    re.VERBOSE,
)
NO_PARTICLES = frozenset(("of", "for", "on", "the", "für", "pour", "and", "et"))  # the Ministry of Defence is nobody
NUMBERED = re.compile(r"(?<=[^\W\d_]) \d{4}(?=$|,)")  # DBLP counts those who share a name
BRACED_SUFFIX = re.compile(r"\{([^{},]+),\s*((?:Jr|Sr)\.?|I{2,3}|IV)\}$")
NAME_AND_INITIALS = re.compile(rf"[^,{{}}]+,\s*(?:{INITIALS.pattern})")
SWITCH = re.compile(r"\{\s*\\(?:bf|it|em|sc|bfseries|itshape)(?![A-Za-z])\s*")


@dataclass(frozen=True, slots=True)
class Person:
    """An author or editor.

    ``name`` is in display order (``Jan van der Berg Jr.``), ``family`` has its particles (``van der Berg``) and is the
    whole name of one who has only one, or of a body (``corporate``). ``marks`` are shown behind the name and mean the
    ``annotations``. ``page`` is the address of the person's own page, or empty.
    """

    name: str
    family: str = ""
    given: str = ""
    suffix: str = ""
    corporate: bool = False
    marks: str = ""
    annotations: frozenset[str] = frozenset()
    owner: bool = False
    page: str = ""

    @property
    def equal(self) -> bool:
        """Whether the contribution equals that of the others so marked."""
        return "equal" in self.annotations


@dataclass(frozen=True, slots=True)
class SiteAuthors:
    """The people known to a site: spellings of its owner, addresses of pages by name, and the meanings of marks."""

    owner: tuple[str, ...] = ()
    pages: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, Annotation] = field(default_factory=lambda: MARKS)


@dataclass(frozen=True, slots=True)
class People:
    """The persons of a field, in its order; faults are what is wrong and how to mend it."""

    persons: tuple[Person, ...] = ()
    and_others: bool = False
    faults: tuple[tuple[str, str], ...] = ()


def read_people(source: str, known: SiteAuthors, annotations: str = "", role: str = "author") -> People:
    """Read the names of a field; ``annotations`` is biblatex's ``author+an``."""
    quick = [read_common_name(name) for name in " ".join(source.split()).split(" and ")]
    if not annotations and None not in quick:
        return People(tuple(note_known_people([each for each in quick if each], known)))
    names = split_names(source)
    signs = "".join({**MARKS, **known.marks})
    if annotations or may_have_marks(source, signs):
        notes = read_annotations(annotations)
        bare = (without_marks(name, signs) for name in names.names)
        persons = [annotated(*each, notes.get(number, NO_NOTES), known.marks) for number, each in enumerate(bare, 1)]
    else:
        persons = [read_person(name) for name in names.names]
    shown = note_known_people([each for each in persons if each.name], known)
    return People(tuple(shown), names.and_others, tuple(name_faults(names, role)))


def name_faults(names: NameList, role: str) -> Iterator[tuple[str, str]]:
    """The faults of a list of names, each with its cure."""
    if names.separators:
        cure = f"write {role} = {{Family, Given and Family, Given}}"
        yield f"the names in {role} are separated by {' and '.join(names.separators)}", cure
    if names.et_al:
        yield f"{role} ends in et al.", f"write {role} = {{Family, Given and others}}"


def annotated(name: str, marks: str, notes: frozenset[Annotation], meanings: Mapping[str, Annotation]) -> Person:
    """The person of a name, with the marks that were on it and those that show what the notes say."""
    plain = read_person(name)
    if not marks and not notes:
        return plain
    meant = notes.union(meanings[mark] for mark in marks if mark in meanings)
    return replace(plain, marks=marks_for(notes, marks, meanings), annotations=meant)


def read_person(source: str) -> Person:
    """Read one name, without its marks."""
    return read_common_name(source) or read_other_name(source)


@lru_cache(maxsize=20_000)  # co-authors come again and again
def read_common_name(source: str) -> Person | None:
    """Read a name that is nothing but a given and a family name, as most are; others are None."""
    if not (found := COMMON.fullmatch(source)):
        return None
    family, given, said, last = found.groups()
    return Person(f"{given} {family}", family, given) if family else Person(f"{said} {last}", last, said)


@lru_cache(maxsize=20_000)
def read_other_name(source: str) -> Person:
    """Read a name that may have braces, particles, suffixes, several words, or be a body's."""
    source = NUMBERED.sub("", BRACED_SUFFIX.sub(r"\1 \2", unwrapped(source.strip())))
    if is_group(source):
        inner = source[1:-1].strip()
        return read_person(inner) if NAME_AND_INITIALS.fullmatch(inner) else organization_named(inner)
    if EXTENDED.search(source):
        return person_named(*read_extended_name(source))
    parts = [part for part in split_outside_braces(source, COMMA) if part]
    if len(parts) > 1 and COMPANY.fullmatch(parts[-1]):
        return organization_named(", ".join(parts))
    if len(parts) > 1:
        family, suffix = without_suffix(split_outside_braces(parts[0], SPACES))
        given, other = without_suffix(split_outside_braces(parts[-1], SPACES))
        return person_named(" ".join(given), " ".join(family), " ".join((suffix or other, *parts[1:-1])).strip())
    words, suffix = without_suffix([word for word in split_outside_braces(source, SPACES) if word])
    if len(words) > 2 and not NO_PARTICLES.isdisjoint(words):
        return organization_named(" ".join(words))
    start = family_start(words)
    return person_named(" ".join(words[:start]), " ".join(words[start:]), suffix, given_first=True)


def unwrapped(source: str) -> str:
    r"""A name without the ``\textbf{…}`` or ``{\bf …}`` that someone put around the owner's."""
    while True:
        if (bold := BOLD.match(source)) and is_group(source[bold.end() :]):
            source = source[bold.end() + 1 : -1].strip()
        elif is_group(source) and (switch := SWITCH.match(source)):
            source = source[switch.end() : -1].strip()
        else:
            return source


def organization_named(source: str) -> Person:
    """A body, which has one name."""
    name = name_text(source)
    return Person(name, name, corporate=True)


def person_named(given: str, family: str, suffix: str, given_first: bool = False) -> Person:
    """A person, or a collaboration; ``given_first`` if the name was written given name first."""
    given, family, suffix = name_text(given), name_text(family), name_text(suffix)
    if not family:
        given, family, suffix = "", given or suffix, suffix if given else ""
    name = " ".join(filter(None, (given, family, suffix)))
    if given_first and COLLABORATION.fullmatch(name):
        return Person(name, name, corporate=True)
    if given and CJK.fullmatch(given + family):  # family names come first, whoever says them
        given, family, name = (family, given, name) if given_first else (given, family, family + given)
    return Person(name, family, given, suffix)


def read_extended_name(source: str) -> tuple[str, str, str]:
    """Given name, family name and suffix of biblatex's ``family=Berg, given=Jan, prefix=van der``."""
    pairs = (part.partition("=") for part in split_outside_braces(source, COMMA))
    parts = {name.strip(): value.strip().strip('"') for name, _, value in pairs}
    family = " ".join(filter(None, (parts.get("prefix"), parts.get("family"))))
    return parts.get("given", ""), family, parts.get("suffix", "")


def without_suffix(words: list[str]) -> tuple[list[str], str]:
    """The words of a name without the ``Jr.`` at their end, and that."""
    if len(words) > 1 and SUFFIX.fullmatch(words[-1]):
        return words[:-1], words[-1]
    return words, ""


def family_start(words: list[str]) -> int:
    """Where the family name begins: at the first particle, a word in lower case as BibTeX has it, else at the end."""
    last = len(words) - 1
    return next((index for index, word in enumerate(words[:last]) if is_particle(word)), max(last, 0))


def is_particle(word: str) -> bool:
    """Whether the first letter of a word is small; what stands in braces is no particle."""
    letter = word[0] if word[0].isalpha() or word[0] == "{" else next(filter(str.isalpha, word), "")
    return letter.islower()


def name_text(source: str) -> str:
    """A part of a name as text."""
    return source if PLAIN.fullmatch(source) else to_text(source)


def note_known_people(persons: list[Person], known: SiteAuthors) -> list[Person]:
    """The persons with the owner and the pages of others noted."""
    directory = directory_of(known.owner, tuple(known.pages.items()))
    if not directory.names:
        return persons
    owners: dict[int, Match] = {}
    for index, each in enumerate(persons):
        if matches := directory.matches(each.given, each.family):
            owners[index] = max((how for how, page in matches if page is None), default=Match.NO)
            pages = [(how, page) for how, page in matches if page and how >= Match.FULL]
            if pages:
                persons[index] = replace(each, page=max(pages)[1])
    if any(owners.values()):
        owner = max(owners, key=lambda index: owners[index])  # the first of those that match best
        persons[owner] = replace(persons[owner], owner=True)
    return persons


def names_not_found(names: Iterable[str], persons: Iterable[Person]) -> Iterator[tuple[str, list[str]]]:
    """Yield each name that is nobody's among the persons, with the most similar names there are, likest first."""
    wanted = dict.fromkeys(names)
    directory = Directory()
    for name in wanted:
        if name and (someone := read_person(accents_to_letters(" ".join(name.split())))).name:
            directory.add(spelling(someone.given, someone.family), name)
    there = {(each.given, each.family): each for each in persons}
    found = {name for pair in there for how, name in directory.matches(*pair) if how >= Match.FULL}
    for name in wanted:
        if name not in found:
            turned = {", ".join(filter(None, (each.family, each.given))): each.name for each in there.values()}
            close = closest(name, [*turned, *turned.values()], count=2)
            yield name, list(dict.fromkeys(each if "," in name else turned.get(each, each) for each in close))


@lru_cache(maxsize=8)
def directory_of(owner: tuple[str, ...], pages: tuple[tuple[str, str], ...]) -> Directory:
    """The owner (without a page here) and those who have a page, to be found by name."""
    directory = Directory()
    for name, page in (*((each, None) for each in owner), *pages):
        someone = read_person(accents_to_letters(" ".join(name.split())))
        if someone.name and (page is None or safe_address(page)):
            directory.add(spelling(someone.given, someone.family), page)
    return directory


def owner_roles(authors: Sequence[Person], and_others: bool = False) -> tuple[Role, ...]:
    """The owner's roles among the authors; "last" only if the list is complete, empty if the owner is not an author."""
    place = next((index for index, author in enumerate(authors) if author.owner), None)
    if place is None:
        return ()
    equal = next((index for index, author in enumerate(authors) if not author.equal), len(authors))
    found: list[Role] = []
    if place < equal and equal > 1:
        found.append("co-first")
    elif place == 0:
        found.append("first")
    if "corresponding" in authors[place].annotations:
        found.append("corresponding")
    if not {"first", "co-first"} & set(found) and place == len(authors) - 1 and not and_others:
        found.append("last")
    return tuple(found) or ("middle",)
