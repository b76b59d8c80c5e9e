r"""Authors and editors: the names in a field of a ``.bib`` entry, each as it is said.

``Berg*, Jan van der and {Barnes and Noble} and others`` becomes

    Person("Jan van der Berg", marks="*", annotations={"equal"}), Person("Barnes and Noble", corporate=True), and others

Names separated some other way are split all the same; what is wrong is returned with its cure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Annotation = Literal["equal", "corresponding"]
Role = Literal["first", "co-first", "corresponding", "last", "middle"]

MARKS: Mapping[str, Annotation] = MappingProxyType(
    {"*": "equal", "‡": "equal", "†": "corresponding", "§": "corresponding", "¶": "corresponding"}
)


@dataclass(frozen=True, slots=True)
class Person:
    """An author or editor.

    ``name`` is as it is said (``Jan van der Berg Jr.``), ``family`` has its particles (``van der Berg``) and is the whole
    name of one who has only one, or of a body (``corporate``). ``marks`` are shown behind the name and mean the
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
class Known:
    """Whom the site knows: its owner in several spellings, pages by name, and what marks mean."""

    owner: tuple[str, ...] = ()
    pages: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, Annotation] = field(default_factory=lambda: MARKS)


@dataclass(frozen=True, slots=True)
class People:
    """The persons of a field, in its order; faults are what is wrong and how to mend it."""

    persons: tuple[Person, ...] = ()
    and_others: bool = False
    faults: tuple[tuple[str, str], ...] = ()


def people(source: str, known: Known, annotations: str = "", role: str = "author") -> People:
    """Read the names of a field; ``annotations`` is biblatex's ``author+an``."""
    raise NotImplementedError


def roles(authors: Sequence[Person]) -> tuple[Role, ...]:
    """What the owner was among the authors; nothing where the owner is none of them."""
    raise NotImplementedError
