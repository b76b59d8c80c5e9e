"""The CV as JSON Resume, which résumé builders and themes read; valid by version 1.0.0 of its schema.

What the schema has no name for goes where a reader looks for it: teaching is work, service is volunteering, a grant is
among the awards, and a talk is a project of the type ``talk``, a word of the schema's own. Who advised, what a grant
was worth and who wrote a paper are said in summaries. Every section has the names that work has (``location``,
``summary``, ``highlights``), also where the schema only allows them.
"""

import json
import re
from collections.abc import Callable, Iterable
from urllib.parse import quote

from sphinx_folio.bibliography.container import comma_separated
from sphinx_folio.bibliography.dates import Date
from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.bibliography.reference import byline, sentences
from sphinx_folio.bibliography.urls import web_address
from sphinx_folio.cv.model import CVEntry, EntryKind
from sphinx_folio.cv.periods import Period, iso
from sphinx_folio.exporters.fields import Node, date_parts, drop_empty, field_text
from sphinx_folio.exporters.profiles import host_of, network, strip_scheme
from sphinx_folio.exporters.site import Site
from sphinx_folio.latex.convert import plain_text
from sphinx_folio.text import normalize_whitespace

VERSION = "v1.0.0"
SCHEMA = f"https://raw.githubusercontent.com/jsonresume/resume-schema/{VERSION}/schema.json"
PICTURES = (".jpg", ".jpeg", ".png")
PUBLISHER_FIELDS = ("journal", "booktitle", "maintitle", "publisher", "institution", "organization", "howpublished")
DAY = re.compile(r"[12]\d{3}(?:-\d\d){0,2}")
USERNAME = re.compile(r"(?:@|in/|users/)?([\w.-]+)")
IN_ADDRESSES = ":/?#@!$&'()*+,;=%~"
STRAY = re.compile(r"%(?![0-9A-Fa-f]{2})")


def json_resume(
    site: Site,
    activities: Iterable[CVEntry],
    publications: Iterable[Publication],
    path: str,
    path_of: Callable[[Publication], str],
) -> str:
    """A ``.json`` file; ``path`` is its own in the site, ``path_of`` that of a paper."""
    sections: dict[str, list[Node]] = {section: [] for section, _ in PLACES.values()}
    for activity in activities:
        section, make = PLACES[activity.kind]
        if entry := drop_empty(make(activity)):
            sections[section].append(entry)
    node = {
        "$schema": SCHEMA,
        "basics": basics(site),
        **sections,
        "publications": [paper(each, site, path_of(each)) for each in publications],
        "interests": [{"name": normalize_whitespace(topic)} for topic in site.topics],
        "meta": drop_empty({"canonical": uri(site.absolute(path)), "version": VERSION}),
    }
    return json.dumps(drop_empty(node), ensure_ascii=False, indent=2) + "\n"


def basics(site: Site) -> Node:
    """Who it is about."""
    return drop_empty(
        {
            "name": normalize_whitespace(site.author),
            "label": comma_separated([normalize_whitespace(site.job_title), normalize_whitespace(site.affiliation)]),
            "image": uri(site.absolute(site.picture)) if site.picture.lower().endswith(PICTURES) else "",
            "email": site.email,
            "url": uri(site.address),
            "summary": normalize_whitespace(site.description),
            "profiles": [profile(each) for each in map(uri, site.same_as) if each],
        }
    )


def profile(page: str) -> Node:
    """One of the owner's other pages."""
    called = network(page)
    found = USERNAME.fullmatch(strip_scheme(page).partition("/")[2])
    username = found[1] if found and called != host_of(page) else ""
    return drop_empty({"network": called, "username": username, "url": page})


def resume_work(activity: CVEntry) -> Node:
    """A position."""
    return {
        "name": comma_separated([activity.organization, activity.unit]),
        "position": comma_separated([activity.title, activity.role]),
        **common_fields(activity),
    }


def teaching(activity: CVEntry) -> Node:
    """Teaching, as work: what the owner was to the course stands first."""
    return {**resume_work(activity), "position": comma_separated([activity.role, activity.title])}


def education(activity: CVEntry) -> Node:
    """A degree; ``Ph.D. in Computer Science`` is one in an area."""
    degree, _, area = activity.title.partition(" in ")
    return {
        "institution": comma_separated([activity.organization, activity.unit]),
        "studyType": degree,
        "area": area,
        **common_fields(activity),
    }


def volunteer(activity: CVEntry) -> Node:
    """Service."""
    return {
        "organization": comma_separated([activity.organization, activity.unit]),
        "position": comma_separated([activity.role, activity.title]),
        **common_fields(activity),
    }


def resume_award(activity: CVEntry) -> Node:
    """An award or a grant, from the day it began."""
    return {
        "title": activity.title,
        "date": day(activity.period.start or activity.period.end),
        "awarder": comma_separated([activity.organization, activity.unit]),
        "summary": sentences(activity.role, resume_summary(activity), *activity.highlights),
    }


def project(activity: CVEntry) -> Node:
    """A project."""
    node = common_fields(activity)
    return {
        "name": activity.title,
        "description": node.pop("summary"),
        "roles": [activity.role] if activity.role else [],
        "entity": comma_separated([activity.organization, activity.unit]),
        **node,
    }


def talk(activity: CVEntry) -> Node:
    """A talk, as a project; its type alone says nothing."""
    node = drop_empty(project(activity))
    return {**node, "type": "talk"} if node else {}


PLACES: dict[EntryKind, tuple[str, Callable[[CVEntry], Node]]] = {
    "position": ("work", resume_work),
    "teaching": ("work", teaching),
    "education": ("education", education),
    "service": ("volunteer", volunteer),
    "award": ("awards", resume_award),
    "grant": ("awards", resume_award),
    "project": ("projects", project),
    "talk": ("projects", talk),
}


def common_fields(activity: CVEntry) -> Node:
    """What most entries say under the same names."""
    start, end = ends(activity.period)
    return {
        "location": activity.location,
        "url": uri(activity.url),
        "startDate": start,
        "endDate": end,
        "summary": resume_summary(activity),
        "highlights": list(activity.highlights),
    }


def resume_summary(activity: CVEntry) -> str:
    """The text of an entry, behind what else it says."""
    return sentences(*(f"{role}: {name}" for role, name in activity.people), activity.amount, activity.summary)


def ends(period: Period) -> tuple[str, str]:
    """First and last day; what lasted a year ended in that year, since without an end it would go on."""
    return day(period.start), "" if period.ongoing else day(period.end or period.start)


def day(date: Date | None) -> str:
    """A date as the schema has it, whose years have four digits and begin with 1 or 2."""
    text = iso(date) if date else ""
    return text if DAY.fullmatch(text) else ""


def paper(publication: Publication, site: Site, path: str) -> Node:
    """A publication; its address is that of the work itself, else that of the site's page with it."""
    link = publication.title_link
    work_url = link.target if link and not link.is_file else ""
    date = "-".join(date_parts(publication))
    said = (plain_text(publication.where), plain_text(publication.note), plain_text(publication.award))
    return drop_empty(
        {
            "name": normalize_whitespace(plain_text(publication.title)),
            "publisher": field_text(publication, *PUBLISHER_FIELDS) or ("arXiv" if publication.arxiv else ""),
            "releaseDate": date if DAY.fullmatch(date) else "",
            "url": uri(work_url) or uri(site.absolute(path)),
            "summary": normalize_whitespace(sentences(byline(publication), *said)),
        }
    )


def uri(text: str) -> str:
    """An address of the web as RFC 3986 has it; nothing for any other text."""
    return STRAY.sub("%25", quote(web_address(text), safe=IN_ADDRESSES))
