"""Short labels for where papers appear: ``Advances in Neural Information Processing Systems`` is ``NeurIPS``.

The label stands beside the title of an entry without ``abbr``. It is the short form in ``shortjournal`` or in brackets
behind the venue's name, else the one that the site or the table below knows, else what kind of work it is.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

# A phrase of the venue's name, as people write it in full, and its short form. Longer phrases are tried first.
VENUE_LABELS = {
    "aaai conference on artificial intelligence": "AAAI",
    "acm conference on computer and communications security": "CCS",
    "advances in neural information processing systems": "NeurIPS",
    "architectural support for programming languages and operating systems": "ASPLOS",
    "artificial intelligence and statistics": "AISTATS",
    "association for computational linguistics": "ACL",
    "communications of the acm": "CACM",
    "computer vision and pattern recognition": "CVPR",
    "conference on learning representations": "ICLR",
    "conference on robot learning": "CoRL",
    "empirical methods in natural language processing": "EMNLP",
    "european conference on computer systems": "EuroSys",
    "european conference on computer vision": "ECCV",
    "file and storage technologies": "FAST",
    "high performance computing, networking, storage and analysis": "SC",
    "human factors in computing systems": "CHI",
    "international conference on computer vision": "ICCV",
    "international conference on data engineering": "ICDE",
    "international conference on learning representations": "ICLR",
    "international conference on machine learning": "ICML",
    "international conference on software engineering": "ICSE",
    "international joint conference on artificial intelligence": "IJCAI",
    "international symposium on computer architecture": "ISCA",
    "journal of machine learning research": "JMLR",
    "journal of the acm": "JACM",
    "knowledge discovery and data mining": "KDD",
    "machine learning and systems": "MLSys",
    "conference on management of data": "SIGMOD",
    "nature communications": "Nat. Commun.",
    "network and distributed system security": "NDSS",
    "networked systems design and implementation": "NSDI",
    "neural information processing systems": "NeurIPS",
    "north american chapter of the association for computational linguistics": "NAACL",
    "operating systems design and implementation": "OSDI",
    "physical review letters": "PRL",
    "principles of programming languages": "POPL",
    "proceedings of the national academy of sciences": "PNAS",
    "programming language design and implementation": "PLDI",
    "symposium on cloud computing": "SoCC",
    "symposium on operating systems principles": "SOSP",
    "transactions on machine learning research": "TMLR",
    "uncertainty in artificial intelligence": "UAI",
    "usenix annual technical conference": "ATC",
    "usenix security symposium": "USENIX Security",
    "very large data bases": "VLDB",
    "vldb endowment": "PVLDB",
    "web search and data mining": "WSDM",
    "world wide web": "WWW",
}

TYPE_LABELS = {
    "article": "Article",
    "book": "Book",
    "booklet": "Booklet",
    "collection": "Book",
    "dataset": "Dataset",
    "inbook": "Chapter",
    "incollection": "Chapter",
    "inproceedings": "Conference",
    "inreference": "Chapter",
    "manual": "Manual",
    "mvbook": "Book",
    "mvcollection": "Book",
    "mvproceedings": "Proceedings",
    "mvreference": "Book",
    "online": "Online",
    "patent": "Patent",
    "periodical": "Journal",
    "proceedings": "Proceedings",
    "reference": "Book",
    "report": "Report",
    "software": "Software",
    "suppbook": "Chapter",
    "suppcollection": "Chapter",
    "suppperiodical": "Article",
    "thesis": "Thesis",
}

# “… on Machine Learning (ICML 2020)”, “… (OSDI'20)”: capitals make an acronym, a year behind it is not part of it.
BRACKETED = re.compile(
    r"""
    \(
    ((?=\w*[A-Z]\w*[A-Z])[A-Z][A-Za-z]{1,9})  # at least two capitals: ICML, NeurIPS
    (?:[\s'’]*(?:19|20)?\d\d)?  # a year: (ICML 2020), (OSDI'20)
    \)
    """,
    re.VERBOSE,
)


def venue_label(fields: Mapping[str, str], kind: str, known: Mapping[str, str]) -> str:
    """The label of a work that has appeared; ``fields`` are texts, ``known`` what the site says beyond the table."""
    if short := fields.get("shortjournal"):
        return short
    venue = fields.get("journal") or fields.get("booktitle") or fields.get("eventtitle") or ""
    return short_form(venue, tuple(known.items())) or TYPE_LABELS.get(kind, "")


@lru_cache(maxsize=1_000)  # a few venues hold most of the papers
def short_form(venue: str, known: tuple[tuple[str, str], ...] = ()) -> str:
    """The short form of a venue's name, or nothing; a workshop is not the conference that it is held at."""
    if bracketed := BRACKETED.search(venue):
        return bracketed[1]
    name = " ".join(venue.casefold().split())
    for table in (dict(known), {} if "workshop" in name else VENUE_LABELS):
        for phrase in sorted(table, key=len, reverse=True):
            if phrase and phrase.casefold() in name:
                return table[phrase]
    return ""
