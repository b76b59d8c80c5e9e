"""Whose site it is and where: what the formats say besides the publications."""

from dataclasses import dataclass
from urllib.parse import urljoin


@dataclass(frozen=True, slots=True)
class Site:
    """A site and its owner.

    ``address`` is that of the home page, with a slash at its end, and empty where it is not known. ``same_as`` are the
    owner's other pages (ORCID, GitHub, …).
    """

    title: str
    author: str = ""
    address: str = ""
    language: str = ""
    description: str = ""
    same_as: tuple[str, ...] = ()
    job_title: str = ""
    affiliation: str = ""

    def absolute(self, path: str) -> str:
        """The address of a page or file that is named from the top of the site; the path itself where none is known."""
        return urljoin(self.address, path) if path else ""
