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

from sphinx_folio.bibliography.container import listed
from sphinx_folio.bibliography.dates import Date
from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.bibliography.reference import byline, sentences
from sphinx_folio.bibliography.urls import web_address
from sphinx_folio.cv.model import Activity, Kind
from sphinx_folio.cv.periods import Period, iso
from sphinx_folio.exporters.fields import Node, date_parts, field, without_gaps
from sphinx_folio.exporters.profiles import bare, host_of, network
from sphinx_folio.exporters.site import Site
from sphinx_folio.latex.convert import plain
from sphinx_folio.text import one_line

VERSION = "v1.0.0"
SCHEMA = f"https://raw.githubusercontent.com/jsonresume/resume-schema/{VERSION}/schema.json"
PICTURES = (".jpg", ".jpeg", ".png")
HOUSES = ("journal", "booktitle", "maintitle", "publisher", "institution", "organization", "howpublished")
DAY = re.compile(r"[12]\d{3}(?:-\d\d){0,2}")
USERNAME = re.compile(r"(?:@|in/|users/)?([\w.-]+)")
IN_ADDRESSES = ":/?#@!$&'()*+,;=%~"
STRAY = re.compile(r"%(?![0-9A-Fa-f]{2})")


def resume(
    site: Site,
    activities: Iterable[Activity],
    publications: Iterable[Publication],
    path: str,
    path_of: Callable[[Publication], str],
) -> str:
    """A ``.json`` file; ``path`` is its own in the site, ``path_of`` that of a paper."""
    sections: dict[str, list[Node]] = {section: [] for section, _ in PLACES.values()}
    for activity in activities:
        section, make = PLACES[activity.kind]
        if entry := without_gaps(make(activity)):
            sections[section].append(entry)
    node = {
        "$schema": SCHEMA,
        "basics": basics(site),
        **sections,
        "publications": [paper(each, site, path_of(each)) for each in publications],
        "interests": [{"name": one_line(topic)} for topic in site.topics],
        "meta": without_gaps({"canonical": uri(site.absolute(path)), "version": VERSION}),
    }
    return json.dumps(without_gaps(node), ensure_ascii=False, indent=2) + "\n"


def basics(site: Site) -> Node:
    """Who it is about."""
    return without_gaps(
        {
            "name": one_line(site.author),
            "label": listed([one_line(site.job_title), one_line(site.affiliation)]),
            "image": uri(site.absolute(site.picture)) if site.picture.lower().endswith(PICTURES) else "",
            "email": site.email,
            "url": uri(site.address),
            "summary": one_line(site.description),
            "profiles": [profile(each) for each in map(uri, site.same_as) if each],
        }
    )


def profile(page: str) -> Node:
    """One of the owner's other pages."""
    called = network(page)
    found = USERNAME.fullmatch(bare(page).partition("/")[2])
    username = found[1] if found and called != host_of(page) else ""
    return without_gaps({"network": called, "username": username, "url": page})


def work(activity: Activity) -> Node:
    """A position."""
    return {
        "name": listed([activity.organization, activity.unit]),
        "position": listed([activity.title, activity.role]),
        **told(activity),
    }


def teaching(activity: Activity) -> Node:
    """Teaching, as work: what the owner was to the course stands first."""
    return {**work(activity), "position": listed([activity.role, activity.title])}


def education(activity: Activity) -> Node:
    """A degree; ``Ph.D. in Computer Science`` is one in an area."""
    degree, _, area = activity.title.partition(" in ")
    return {
        "institution": listed([activity.organization, activity.unit]),
        "studyType": degree,
        "area": area,
        **told(activity),
    }


def volunteer(activity: Activity) -> Node:
    """Service."""
    return {
        "organization": listed([activity.organization, activity.unit]),
        "position": listed([activity.role, activity.title]),
        **told(activity),
    }


def award(activity: Activity) -> Node:
    """An award or a grant, from the day it began."""
    return {
        "title": activity.title,
        "date": day(activity.period.start or activity.period.end),
        "awarder": listed([activity.organization, activity.unit]),
        "summary": sentences(activity.role, summary(activity), *activity.highlights),
    }


def project(activity: Activity) -> Node:
    """A project."""
    node = told(activity)
    return {
        "name": activity.title,
        "description": node.pop("summary"),
        "roles": [activity.role] if activity.role else [],
        "entity": listed([activity.organization, activity.unit]),
        **node,
    }


def talk(activity: Activity) -> Node:
    """A talk, as a project; its type alone says nothing."""
    node = without_gaps(project(activity))
    return {**node, "type": "talk"} if node else {}


PLACES: dict[Kind, tuple[str, Callable[[Activity], Node]]] = {
    "position": ("work", work),
    "teaching": ("work", teaching),
    "education": ("education", education),
    "service": ("volunteer", volunteer),
    "award": ("awards", award),
    "grant": ("awards", award),
    "project": ("projects", project),
    "talk": ("projects", talk),
}


def told(activity: Activity) -> Node:
    """What most entries say under the same names."""
    start, end = ends(activity.period)
    return {
        "location": activity.location,
        "url": uri(activity.url),
        "startDate": start,
        "endDate": end,
        "summary": summary(activity),
        "highlights": list(activity.highlights),
    }


def summary(activity: Activity) -> str:
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
    lead = publication.lead.target if publication.lead and not publication.lead.is_file else ""
    date = "-".join(date_parts(publication))
    said = (plain(publication.where), plain(publication.note), plain(publication.award))
    return without_gaps(
        {
            "name": one_line(plain(publication.title)),
            "publisher": field(publication, *HOUSES) or ("arXiv" if publication.arxiv else ""),
            "releaseDate": date if DAY.fullmatch(date) else "",
            "url": uri(lead) or uri(site.absolute(path)),
            "summary": one_line(sentences(byline(publication), *said)),
        }
    )


def uri(text: str) -> str:
    """An address of the web as RFC 3986 has it; nothing for any other text."""
    return STRAY.sub("%25", quote(web_address(text), safe=IN_ADDRESSES))
