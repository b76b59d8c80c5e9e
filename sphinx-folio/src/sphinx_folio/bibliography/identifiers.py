r"""Identifiers of papers: DOI, arXiv, ISBN, and the archives that biblatex, HAL and PubMed know.

A DOI may be given as an address, with ``\_`` or encoded; an arXiv identifier in ``arxiv``, ``eprint``, as an address or
where the journal would be (``arXiv preprint arXiv:2101.00001``, ``CoRR abs/2101.00001``).
"""

import re
from dataclasses import dataclass
from itertools import takewhile
from urllib.parse import quote, unquote

from sphinx_folio.bibliography.urls import unescape
from sphinx_folio.bibtex.model import Entry

DOI = re.compile(r"(?:^|(?<=[/:\s=]))(?:10\.\d{4,9}(?:\.\d+)*/[^\s\"{}]+|10/[a-z0-9]{3,10}$)")
BEHIND = " .,;'\""  # what may stand behind a DOI, and is none of it
DOI_HOST = re.compile(r"(?:https?://)?(?:[\w.-]*\.)?doi\.(?:acm\.)?org/", re.IGNORECASE)
SEVERAL = re.compile(r"(?<=\S)[\s;,]{1,9}(?=(?:https?://\S*|doi:\s*)?10\.\d{4,9}/)", re.IGNORECASE)
ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(?P<id>[^?#]+)", re.IGNORECASE)

SUBJECTS = (
    "acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga"
    " econ eess funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics"
    " plasm-ph q-alg q-bio q-fin quant-ph solv-int stat supr-con"
)
OLD = rf"(?:{'|'.join(SUBJECTS.split())})(?:\.[A-Z]{{2}})?/\d{{7}}"
ID = rf"(?P<id>(?:\d\d(?:0[1-9]|1[0-2])\.\d{{4,5}}|{OLD})(?:v\d+)?)(?!\d)"
PREFIX = r"(?:arxiv(?:\.org)?\s*(?:(?:e|pre)?-?prints?)?[\s:]*)?(?:arxiv:\s*|abs/)?"
ARXIV = re.compile(rf"{PREFIX}{ID}(?:v\d+)?(?:\s*\[[\w.,\s-]+\])?\.?", re.IGNORECASE)
ARXIV_ADDRESS = re.compile(
    rf"""
    (?:https?://)?(?:[\w-]+\.)?arxiv\.org/(?:abs|pdf|html)/  # https://arxiv.org/abs/
    {ID}
    (?:\.pdf)?/?(?:[?\#].*)?  # .pdf, or a query
    """,
    re.VERBOSE | re.IGNORECASE,
)
ARXIV_PLACE = re.compile(
    rf"""
    (?:
        arxiv(?:\.org)?(?:/abs/|/pdf/)?[\s:(]*(?:(?:e|pre)?-?prints?[\s:(]*)?  # arXiv preprint, arXiv.org/abs/
      | \babs/  # CoRR, abs/2101.00001
    )
    {ID}
    """,
    re.VERBOSE | re.IGNORECASE,
)
ARXIV_NOTE = re.compile(rf"(?:(?:e|pre)?-?prints?[\s,:]*)?arxiv[\s:]*{ID}(?:\s*\[[\w.,\s-]+\])?\.?", re.IGNORECASE)
ISBN = re.compile(r"(?<![\dX])(?:97[89](?:[\s–-]{0,2}\d){10}|(?:\d[\s–-]{0,2}){9}[\dX])(?![\dX])", re.IGNORECASE)
VERSION = re.compile(r"v\d+$")
OLD_NUMBER = re.compile(r"\d{7}(?:v\d+)?")
PLACES = ("journal", "volume", "number", "howpublished", "eid", "pages", "publisher", "institution")


@dataclass(frozen=True, slots=True)
class Archive:
    """Who keeps papers under identifiers that match ``pattern``, at the address that ``template`` makes of one."""

    label: str
    pattern: re.Pattern[str]
    template: str
    example: str

    def address(self, identifier: str) -> str:
        """The address of an identifier, or nothing where it is none."""
        match = self.pattern.fullmatch(identifier)
        return self.template.format(quote(match[1], safe="/:.()")) if match else ""


HAL = Archive(
    "HAL", re.compile(r"(?:https?://\S+/)?([a-z]+-\d{5,}(?:v\d+)?)"), "https://hal.science/{}", "hal-01234567"
)
PUBMED = Archive(
    "PubMed", re.compile(r"(?:PMID:?\s*)?(\d{1,9})", re.I), "https://pubmed.ncbi.nlm.nih.gov/{}/", "12345678"
)
PMC = Archive(
    "PMC",
    re.compile(r"(?:PMCID:?\s*)?(?:PMC)?(\d+)", re.I),
    "https://pmc.ncbi.nlm.nih.gov/articles/PMC{}/",
    "PMC1234567",
)
JSTOR = Archive("JSTOR", re.compile(r"((?:10\.\d+/)?[\w.-]+)"), "https://www.jstor.org/stable/{}", "1234567")
BOOKS = Archive("Google Books", re.compile(r"([\w-]{6,})"), "https://books.google.com/books?id={}", "aBcDeFgHiJkL")
HANDLE = Archive("Handle", re.compile(r"(?:hdl:)?([\d.]+/\S+)"), "https://hdl.handle.net/{}", "20.1000/100")
INSPIRE = Archive("INSPIRE", re.compile(r"(\d+)"), "https://inspirehep.net/literature/{}", "1234567")
ADS = Archive("ADS", re.compile(r"(\d{4}[\w.&]{15})"), "https://ui.adsabs.harvard.edu/abs/{}", "2001ApJ...123..456A")
IACR = Archive("IACR", re.compile(r"(\d{4}/\d+)"), "https://eprint.iacr.org/{}", "2001/001")

# Fields that hold an identifier, and what archiveprefix calls the archive of an eprint.
ARCHIVE_FIELDS = {
    "hal": HAL,
    "hal_id": HAL,
    "pmid": PUBMED,
    "pmcid": PMC,
    "pmc": PMC,
    "jstor": JSTOR,
    "googlebooks": BOOKS,
    "hdl": HANDLE,
    "inspirehep_id": INSPIRE,
    "bibcode": ADS,
}
ARCHIVES = ARCHIVE_FIELDS | {
    "pubmed": PUBMED,
    "medline": PUBMED,
    "pubmed central": PMC,
    "google books": BOOKS,
    "handle": HANDLE,
    "inspire": INSPIRE,
    "ads": ADS,
    "iacr": IACR,
    "cryptology eprint archive": IACR,
}


def doi_of(entry: Entry) -> str:
    """The DOI of an entry, from ``doi`` or from an address of doi.org in ``url``; nothing where there is none."""
    if (value := entry.fields.get("doi")) and (doi := dois_in(value)[0]):
        return doi
    url = entry.fields.get("url", "")
    return dois_in(url)[0] if DOI_HOST.match(unescape(url)) or url.startswith("10.") else ""


def dois_in(value: str) -> list[str]:
    """The DOIs that a value names, at least one, which is empty where there is none."""
    found = [doi_in(part) for part in SEVERAL.split(unescape(value))]
    return [*filter(None, found)] or [""]


def doi_in(text: str) -> str:
    """The DOI that a text is, or that its address leads to."""
    if "%" in text:
        text = unquote(text)
    if DOI_HOST.match(text):
        text = re.split(r"[?#]", text, maxsplit=1)[0]
    match = DOI.search(text.rstrip(BEHIND))
    if match is None:
        return ""
    doi = "".join(takewhile(str.isprintable, match[0])).rstrip(BEHIND)
    doi = doi.removesuffix(")") if doi.count(")") > doi.count("(") else doi
    return doi if DOI.fullmatch(doi) else ""


def arxiv_of(entry: Entry) -> str:
    """The arXiv identifier of an entry, with its version if it has one, or nothing."""
    return arxiv_field(entry)[1]


def arxiv_field(entry: Entry) -> tuple[str, str]:
    """The field that names an arXiv paper, and the identifier; both are empty where none does."""
    fields = entry.fields
    for name in ("arxiv", "arxivid", "eprint"):
        if (value := fields.get(name)) and (name != "eprint" or archive(entry) in ("arxiv", "")):
            text = unescape(value)
            match = ARXIV.fullmatch(text) or ARXIV_ADDRESS.fullmatch(text)
            if match:
                return name, match["id"]
            if name == "eprint" and OLD_NUMBER.fullmatch(text) and fields.get("primaryclass"):
                return name, f"{fields['primaryclass'].partition('.')[0]}/{text}"
    return arxiv_elsewhere(entry)


def arxiv_elsewhere(entry: Entry) -> tuple[str, str]:
    """The same from where a journal, an address or a DOI would be."""
    fields = entry.fields
    places = " ".join(value for name in PLACES if (value := fields.get(name)))
    if re.search("arxiv|abs/", places, re.IGNORECASE) and (match := ARXIV_PLACE.search(unescape(places))):
        return "journal", match["id"]
    if (url := fields.get("url")) and "arxiv" in url.lower() and (match := ARXIV_ADDRESS.fullmatch(unescape(url))):
        return "url", match["id"]
    if identifier := arxiv_in(doi_of(entry)):
        return "doi", identifier
    if "arxiv" in (note := fields.get("note", "")).lower() and (match := ARXIV_NOTE.fullmatch(note)):
        return "note", match["id"]
    return "", ""


def isbn_in(value: str) -> str:
    """The first ISBN in a value, without what separates its parts; nothing where its last digit gives it away."""
    match = ISBN.search(value)
    number = re.sub(r"[\s–-]", "", match[0]).upper() if match else ""
    digits = [10 if digit == "X" else int(digit) for digit in number]
    if len(digits) == 13:
        return number if (sum(digits[::2]) + 3 * sum(digits[1::2])) % 10 == 0 else ""
    return number if sum(weight * digit for weight, digit in enumerate(reversed(digits), 1)) % 11 == 0 else ""


def arxiv_in(doi: str) -> str:
    """The arXiv identifier in a DOI of arXiv's own, or nothing."""
    match = ARXIV_DOI.fullmatch(doi)
    return match["id"] if match else ""


def without_version(identifier: str) -> str:
    """An identifier as all versions of a paper share it."""
    return VERSION.sub("", identifier)


def archive(entry: Entry) -> str:
    """Whose identifier ``eprint`` is, in lower case; nothing where the entry does not say."""
    name = entry.fields.get("archiveprefix", "").strip("{} ").lower()
    return "arxiv" if name.startswith("arxiv") else name
