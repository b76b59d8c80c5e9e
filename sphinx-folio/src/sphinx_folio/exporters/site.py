"""Whose site it is and where: what the formats say besides the publications."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from sphinx_folio.exporters.profiles import display_url, network, normalize_url, strip_scheme

HOME, EMAIL = "Home page", "E-mail"


@dataclass(frozen=True, slots=True)
class Site:
    """A site and its owner.

    ``address`` is that of the home page, with a slash at its end, and empty where it is not known. ``same_as`` are the
    owner's other pages (ORCID, GitHub, …), ``topics`` what the owner knows about, ``picture`` the portrait's path from
    the top of the site.
    """

    title: str
    author: str = ""
    address: str = ""
    language: str = ""
    description: str = ""
    same_as: tuple[str, ...] = ()
    job_title: str = ""
    affiliation: str = ""
    email: str = ""
    topics: tuple[str, ...] = ()
    picture: str = ""

    def absolute(self, path: str) -> str:
        """The address of a page or file that is named from the top of the site; the path itself where none is known."""
        return urljoin(self.address, path) if path else ""


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to the owner: what it is called (``GitHub``), its address, and what is printed (``github.com/ada``)."""

    label: str
    address: str
    text: str


def contacts(site: Site) -> tuple[Contact, ...]:
    """The home page, the e-mail address, and the owner's other pages, each once."""
    once: dict[str, Contact] = {}
    for each in all_contacts(site):
        once.setdefault(normalize_url(each.address), each)
    return tuple(once.values())


def all_contacts(site: Site) -> Iterator[Contact]:
    """What the settings say, in the order in which it is shown."""
    if site.address:
        yield Contact(HOME, site.address, strip_scheme(site.address))
    if site.email:
        yield Contact(EMAIL, f"mailto:{site.email}", site.email)
    for address in site.same_as:
        yield Contact(network(address), address, display_url(address))
