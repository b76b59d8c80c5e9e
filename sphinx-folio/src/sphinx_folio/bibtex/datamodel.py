"""What entries and fields are called: every tool's names become one set, types as in biblatex, fields as in BibTeX.

What is called in some way that nobody knows is kept as it is; where it is nearly a known name, that is reported.
"""

from dataclasses import replace
from functools import lru_cache

from sphinx_folio.bibtex.model import Entry, Problem
from sphinx_folio.text import closest, typo_of

STANDARD_TYPES = frozenset(
    """
    article artwork audio bibnote book bookinbook booklet collection commentary dataset image inbook incollection
    inproceedings inreference jurisdiction legal legislation letter manual misc movie music mvbook mvcollection
    mvproceedings mvreference online patent performance periodical proceedings reference report review set software
    standard suppbook suppcollection suppperiodical thesis unpublished video xdata
    """.split()
)

TYPE_ALIASES = {
    "conference": "inproceedings",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "masterthesis": "thesis",
    "bachelorsthesis": "thesis",
    "bachelorthesis": "thesis",
    "techreport": "report",
    "electronic": "online",
    "www": "online",
    "webpage": "online",
    "website": "online",
}

# What ``type`` says where a type of BibTeX's is one kind of another, and what biblatex's own words for it stand for.
TYPE_NAMES = {
    "phdthesis": "PhD thesis",
    "mastersthesis": "Master’s thesis",
    "masterthesis": "Master’s thesis",
    "mathesis": "Master’s thesis",
    "bachelorsthesis": "Bachelor’s thesis",
    "bachelorthesis": "Bachelor’s thesis",
    "bathesis": "Bachelor’s thesis",
    "candthesis": "Candidate thesis",
    "techreport": "Technical report",
    "resreport": "Research report",
    "software": "Computer software",
    "datacd": "Data CD",
    "audiocd": "Audio CD",
    "patent": "Patent",
    "patreq": "Patent request",
    **{f"patent{country}": "Patent" for country in ("de", "eu", "fr", "uk", "us")},
    **{f"patreq{country}": "Patent request" for country in ("de", "eu", "fr", "uk", "us")},
}

# Of other tools and of the sites of people: meant as they are.
OTHER_TYPES = frozenset(
    """
    archive archived codefragment customa customb customc customd custome customf hardware interview lecture magazine
    map newspaper podcast poster preprint presentation softwaremodule softwareversion talk tutorial webinar workshop
    """.split()
)

FIELD_ALIASES = {
    "journaltitle": "journal",
    "location": "address",
    "school": "institution",
    "eprinttype": "archiveprefix",
    "eprintclass": "primaryclass",
    "keyword": "keywords",
    "tags": "keywords",
    "issue": "number",
    "arxivid": "arxiv",  # Mendeley's
    "hal_id": "hal",  # HAL's
}

# What a page or an export shows, and so what a name that is nearly one of these was meant to be.
STANDARD_FIELDS = frozenset(
    """
    abbr abstract additional_info address annotation archiveprefix arxiv author award award_name bibtex_show blog
    bookauthor booksubtitle booktitle chapter code crossref dataset date demo doi edition editor eid eprint eventdate
    eventtitle hal howpublished html institution isbn issn journal keywords language maintitle model month note number
    organization pages pdf pmid poster preview primaryclass project publisher pubstate selected series shortjournal
    shorttitle slides subtitle supp title translator tutorial type url urldate version video volume website xdata xref
    year
    """.split()
)

# Of biblatex, Zotero, JabRef, Mendeley, INSPIRE, ADS, DBLP and publishers, and nearly one of the names above.
OTHER_FIELDS = frozenset(
    "annote coden core data editora editorb editorc eissn fjournal part pissn pmcid review sorttitle volumes".split()
)

KNOWN_TYPES = STANDARD_TYPES | TYPE_ALIASES.keys() | OTHER_TYPES
KNOWN_FIELDS = STANDARD_FIELDS | FIELD_ALIASES.keys() | OTHER_FIELDS


def standardize(entry: Entry) -> tuple[Entry, tuple[Problem, ...]]:
    """The entry with standard names of its type and fields, and hints about probable typing errors."""
    problems = probable_typos(entry)
    kind = kind_of(entry)
    if entry.type not in TYPE_ALIASES and not kind and entry.fields.keys().isdisjoint(FIELD_ALIASES):
        return entry, problems
    names = field_names(entry)
    fields = {names[name]: value for name, value in entry.fields.items()} | ({"type": kind} if kind else {})
    lines = {names[name]: line for name, line in entry.field_lines.items()}
    type_ = TYPE_ALIASES.get(entry.type, entry.type)
    return replace(entry, type=type_, fields=fields, field_lines=lines), problems


def standard_name(name: str) -> str:
    """The name that a field has here."""
    return FIELD_ALIASES.get(name.lower(), name)


def kind_of(entry: Entry) -> str:
    """The standard value of the field ``type``; empty if the field stays as it is."""
    if written := entry.fields.get("type"):
        return TYPE_NAMES.get(written.lower(), "")
    return TYPE_NAMES.get(entry.type, "") if entry.type in TYPE_ALIASES else ""


def field_names(entry: Entry) -> dict[str, str]:
    """The standard name of each field; an alias is kept if the entry has the standard field as well."""
    names = {name: name for name in entry.fields}
    taken = {name for name, value in entry.fields.items() if value}
    for alias in entry.fields:
        name = FIELD_ALIASES.get(alias)
        if name and name not in taken:
            names[alias] = name
            taken.add(name)
    return names


def probable_typos(entry: Entry) -> tuple[Problem, ...]:
    """Hints about types and fields that are one typing error away from a known name."""
    found = []
    if meant := meant_type(entry.type):
        what = f"@{entry.type} is not a known type, so it is shown like @misc"
        found.append(entry.problem("bibtex_type", what, f"did you mean @{meant}?"))
    found += [
        entry.problem("bibtex_field", f"nothing uses {name}", f"did you mean {meant}?", name)
        for name in entry.fields
        if name not in KNOWN_FIELDS and (meant := meant_field(name)) and not entry.fields.get(meant)
    ]
    return tuple(found)


@lru_cache
def meant_type(name: str) -> str:
    """The type that an unknown one was probably meant to be, or nothing."""
    close = [] if name in KNOWN_TYPES else closest(name, sorted(STANDARD_TYPES | TYPE_ALIASES.keys()), cutoff=0.8)
    return close[0] if close else ""


@lru_cache(10_000)
def meant_field(name: str) -> str:
    """The field that an unknown one was probably meant to be, or nothing."""
    return typo_of(name, sorted(STANDARD_FIELDS | FIELD_ALIASES.keys()))
