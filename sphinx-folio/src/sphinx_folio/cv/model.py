"""What a career consists of: positions, education, projects, grants, awards, service, talks and teaching, as values.

They are made once from the directives of ``career``, for every surface: the page, the PDF, JSON Resume, JSON-LD.
"""

from dataclasses import dataclass
from typing import Literal

from sphinx_folio.cv.periods import Period

EntryKind = Literal["position", "education", "project", "grant", "award", "service", "talk", "teaching"]


@dataclass(frozen=True, slots=True)
class CVEntry:
    """One entry of a CV, as plain text on one line each.

    ``people`` are pairs of what somebody was to the owner and who (``("Advisor", "Mary Somerville")``), ``when`` is
    what is shown for the period. ``url`` is an address beyond the site, ``page`` the name of the page of the site about
    it. ``summary`` and ``highlights`` are the paragraphs and the list items of its body.
    """

    kind: EntryKind
    title: str
    organization: str = ""
    unit: str = ""
    location: str = ""
    role: str = ""
    amount: str = ""
    people: tuple[tuple[str, str], ...] = ()
    period: Period = Period()  # noqa: RUF009 (frozen)
    when: str = ""
    url: str = ""
    page: str = ""
    summary: str = ""
    highlights: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    anchor: str = ""
    docname: str = ""

    @property
    def current(self) -> bool:
        """Whether it goes on."""
        return self.period.ongoing
