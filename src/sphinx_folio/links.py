"""The links of a publication: a button for every field that is an address or identifies one."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from sphinx_folio.bibtex import Entry, Problem


@dataclass(frozen=True, slots=True)
class Link:
    """A button made from ``field``; ``target`` is an http(s) or mailto address, or a file's path in the site."""

    field: str
    label: str
    target: str

    @property
    def is_file(self) -> bool:
        """Whether the target is a file of the site."""
        return not urlsplit(self.target).scheme


def links_of(entry: Entry) -> tuple[tuple[Link, ...], tuple[Problem, ...]]:
    """A link for every field that makes one, each address once; and what makes none though it should."""
    raise NotImplementedError


def doi_of(entry: Entry) -> str:
    """The DOI of an entry, or nothing."""
    raise NotImplementedError


def arxiv_of(entry: Entry) -> str:
    """The arXiv identifier of an entry, or nothing."""
    raise NotImplementedError


def address(text: str) -> str | None:
    """The text if it may become a link, else None."""
    raise NotImplementedError
