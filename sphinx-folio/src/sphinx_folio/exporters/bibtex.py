r"""Publications as BibTeX, for BibTeX and biblatex alike.

Only what describes the work is written, in a fixed order: what the owner's site alone understands stays at home, and so
do the marks behind names. The types are those of BibTeX ("BibTeXing", Patashnik 1988), since biblatex knows them too;
fields beyond BibTeX's are biblatex's (its manual, section 2.2), which BibTeX passes over.

A value is the entry's own LaTeX as long as every reader finds the same end of it. BibTeX counts a brace behind a
backslash, bibtexparser does not, so these have to balance for both; what does not is written afresh from its text.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from sphinx_folio.bibliography.names import Person
from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.bibtex.model import MONTHS
from sphinx_folio.exporters.fields import address_in, clean_names
from sphinx_folio.latex.convert import Span, plain_text, strip_unprintable, to_spans
from sphinx_folio.latex.macros import JOURNALS
from sphinx_folio.text import NOT_NORMALIZED, normalize_whitespace, unique_id

# BibTeX's name for a type of biblatex; all others are its @misc.
BIBTEX_TYPES = {
    **{same: same for same in "article book booklet manual proceedings inproceedings unpublished".split()},
    **dict.fromkeys("collection reference mvbook mvcollection mvreference".split(), "book"),
    **dict.fromkeys("incollection inreference suppcollection".split(), "incollection"),
    "inbook": "inbook",
    "bookinbook": "inbook",
    "suppbook": "inbook",
    "mvproceedings": "proceedings",
    "report": "techreport",
    "suppperiodical": "article",
    "thesis": "phdthesis",
}
LESSER_THESIS = re.compile(r"master|bachelor|diplom|magist|licen[ct]|msc|bsc|undergrad|honou?rs", re.IGNORECASE)
SAID_BY_TYPE = {"phdthesis": "phd thesis", "mastersthesis": "master’s thesis", "techreport": "technical report"}

# Fields that are taken as they are, in this order around those that are worked out.
BEFORE_DATE = (
    "booktitle booksubtitle maintitle journal volume number issue part series edition chapter pages eid pagetotal"
    " volumes publisher school institution organization address howpublished type version eventtitle eventdate"
    " venue translator holder"
).split()
AFTER_DATE = "pubstate note language urldate isbn issn".split()

# What a value has to be looked at for: LaTeX's special characters, and whatever does not belong on one line.
SPECIAL = re.compile(rf"[\\{{}}$%#&_^]|{NOT_NORMALIZED.pattern}")
# Formulas, addresses and escapes keep their special characters; a bare one beside them is text.
BARE = re.compile(
    r"""
    (?<!\\)\$.*?(?<!\\)\$  # $n^2$
  | \\\(.*?\\\)  # \(n^2\)
  | \\(?:url|href|path|ch|ce)\s*\{[^{}]*\}  # \url{a_b}
  | \\.  # \%
  | [%\#&_^$]  # a bare one
    """,
    re.VERBOSE,
)
BRACE = re.compile(r"(\\*)([{}])")
# The journals that only some classes of LaTeX know: \apjl, {\apjl}, \apjl{}.
JOURNAL_NAME = "|".join(sorted(JOURNALS, key=len, reverse=True))
JOURNAL = re.compile(
    rf"""
    \{{\\({JOURNAL_NAME})\s*\}}  # {{\apjl}}
  | (?<!\\)\\({JOURNAL_NAME})(?![A-Za-z])(?:\s*\{{\}}|\s*)  # \apjl{{}} \apjl
    """,
    re.VERBOSE,
)
DEEP = 50  # pybtex gives up at 100 braces within each other

ESCAPES = str.maketrans(
    {
        **{special: f"\\{special}" for special in "$%#&_"},
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "`": r"\textasciigrave{}",
        "'": r"\textquotesingle{}",
    }
)
LIGATURE = re.compile(r"([-<>`'’‘])(?=\1)")
MACROS = {
    "emphasis": "emph",
    "strong": "textbf",
    "code": "texttt",
    "superscript": "textsuperscript",
    "subscript": "textsubscript",
}

# A name with any of these in it is put into braces, or it would be taken apart there.
PARTING = re.compile(r"[,;&|；，、]|\band\b|^others\b", re.IGNORECASE)
ODD_NAME = re.compile(rf"{PARTING.pattern}|{SPECIAL.pattern}|{LIGATURE.pattern}|~", re.IGNORECASE)
NOT_IN_KEYS = re.compile(r"[\s\"#%'(),={}~\\@\x00-\x1f\x7f]+")


def bibtex_file(publications: Iterable[Publication]) -> str:
    """A ``.bib`` file. Keys are the entries' own, as far as BibTeX takes them; none is there twice."""
    taken: set[str] = set()
    entries = []
    for publication in publications:
        key = unique_id(safe_key(publication.key), Folded(taken))
        taken.add(key.casefold())
        entries.append(bibtex_entry(publication, key))
    return "\n".join(entries)


class Folded:
    """Keys as BibTeX compares them: without regard to case."""

    def __init__(self, keys: set[str]) -> None:
        self.keys = keys

    def __contains__(self, key: object) -> bool:
        return str(key).casefold() in self.keys


def bibtex_entry(publication: Publication, key: str = "") -> str:
    """One entry, with a line break at its end; ``key`` where it shall not be the publication's own."""
    fields = {name: text for name, text in fields_of(publication) if text}
    width = max(map(len, fields), default=0)
    lines = [f"  {name:{width}} = {text},\n" for name, text in fields.items()]
    return f"@{bibtex_type(publication)}{{{key or safe_key(publication.key)},\n{''.join(lines)}}}\n"


def bibtex_type(publication: Publication) -> str:
    """The type that BibTeX knows the work by."""
    kind = BIBTEX_TYPES.get(publication.type, "misc")
    if kind == "inbook" and "booktitle" in publication.entry.fields:
        return "incollection"  # BibTeX's @inbook has no title of its own
    if kind == "phdthesis" and LESSER_THESIS.search(publication.text("type")):
        return "mastersthesis"
    return kind


def fields_of(publication: Publication) -> Iterator[tuple[str, str]]:
    """Names and values of the fields, the values with what stands around them; some are empty."""
    authors, others = publication.authors, publication.and_others
    yield "author", braced(bibtex_names(authors, others and bool(authors)))
    yield "editor", braced(bibtex_names(publication.editors, others and not authors))
    yield "title", braced(title_field(publication))
    source = with_bibtex_names(publication)
    yield from ((name, braced(safe_latex(source[name]))) for name in BEFORE_DATE if name in source)
    yield from date_fields(publication)
    yield from ((name, braced(safe_latex(source[name]))) for name in AFTER_DATE if name in source)
    yield from identifier_fields(publication)


def with_bibtex_names(publication: Publication) -> Mapping[str, str]:
    """The entry's fields by the names that they have in BibTeX for its type."""
    source, kind = dict(publication.entry.fields), bibtex_type(publication)
    if publication.text("type").casefold() == SAID_BY_TYPE.get(kind):
        del source["type"]
    if kind in ("phdthesis", "mastersthesis"):
        source["school"] = source.pop("institution", "")
    if kind == "misc" and not source.get("howpublished"):  # which has nothing else that says who published it
        house = next((name for name in ("publisher", "organization", "institution") if source.get(name)), "")
        source["howpublished"] = patent_number(publication) or source.pop(house, "")
    return source


def patent_number(publication: Publication) -> str:
    """What a patent is cited by."""
    source = publication.entry.fields
    return f"{source.get('type', '')} {source.get('number', '')}".strip() if publication.type == "patent" else ""


def title_field(publication: Publication) -> str:
    """The title with its subtitle, which BibTeX has no field for."""
    source = publication.entry.fields
    parts = [safe_latex(source[name]) for name in ("title", "subtitle") if source.get(name)]
    if len(parts) == 1 and parts[0]:
        return parts[0]
    joined = ": ".join(parts)
    is_title = parts and plain_text(to_spans(joined)) == plain_text(publication.title)
    return joined if is_title else spans_to_latex(publication.title)


def date_fields(publication: Publication) -> Iterator[tuple[str, str]]:
    """The year as it is said, the month as BibTeX's macro, the day for those who read one."""
    date = publication.date
    if date.year is not None and not 999 < date.year < 10_000:  # which only biblatex's field can say
        yield "date", braced(verbatim_value(publication.entry.fields.get("date", "")))
    yield "year", braced(escape_latex(normalize_whitespace(date.text or str(date.year or ""))))
    if date.month:
        yield "month", list(MONTHS)[date.month - 1]
        yield "day", braced(str(date.day or ""))


def identifier_fields(publication: Publication) -> Iterator[tuple[str, str]]:
    """What the work is found by; these values are no LaTeX."""
    source = publication.entry.fields
    yield "doi", braced(verbatim_value(publication.doi))
    if publication.arxiv:
        yield "eprint", braced(verbatim_value(publication.arxiv))
        yield "archiveprefix", "{arXiv}"
    else:
        yield "eprint", braced(verbatim_value(source.get("eprint", "")))
        yield "archiveprefix", braced(verbatim_value(source.get("archiveprefix", "")) if source.get("eprint") else "")
    yield "primaryclass", braced(verbatim_value(source.get("primaryclass", "")))
    address = address_in(publication, "url")
    is_said = any(address in source.get(name, "").replace("\\", "") for name in ("howpublished", "note"))
    yield "url", "" if is_said else braced(verbatim_value(address))


def bibtex_names(persons: Iterable[Person], and_others: bool) -> str:
    """Names in the form that BibTeX cannot mistake: ``Family, Suffix, Given``."""
    listed = [bibtex_name(person) for person in clean_names(persons)]
    return " and ".join([*listed, "others"] if and_others else listed)


def bibtex_name(person: Person) -> str:
    """One name, without its marks."""
    if person.family and person.given and not person.corporate:
        parts = [each for each in (person.family, person.suffix, person.given) if each]
        return ", ".join(map(name_part, parts) if ODD_NAME.search(person.name) else parts)
    return braced(escape_latex(person.name)) if person.corporate or " " in person.name else name_part(person.name)


def name_part(text: str) -> str:
    """One part of a name, in braces where it would otherwise be taken apart."""
    return braced(escape_latex(text)) if PARTING.search(text) else escape_latex(text)


def safe_latex(source: str) -> str:
    """A field's LaTeX on one line, safe between braces; written afresh where it cannot be made so."""
    source = strip_unprintable(source)
    if not SPECIAL.search(source):
        return source
    line = JOURNAL.sub(lambda match: escape_latex(JOURNALS[match[1] or match[2]]), normalize_whitespace(source))
    safe = BARE.sub(escape_bare, line)
    if is_balanced(safe) and (safe == source or to_spans(safe) == to_spans(source)):
        return safe
    return spans_to_latex(to_spans(source))


def escape_bare(found: re.Match[str]) -> str:
    """A special character that stands for itself, as LaTeX writes it."""
    return escape_latex(found[0]) if len(found[0]) == 1 else found[0]


def is_balanced(text: str) -> bool:
    """Whether every brace has its other half, for those who count one behind a backslash and for those who do not."""
    counted = bare = 0
    for backslashes, brace in BRACE.findall(text):
        step = 1 if brace == "{" else -1
        counted += step
        bare += 0 if backslashes else step
        if counted < 0 or bare < 0 or counted > DEEP or len(backslashes) > 1:
            return False
    return counted == bare == 0 and not text.endswith("\\")


def spans_to_latex(spans: Iterable[Span]) -> str:
    """LaTeX that reads as these spans."""
    return normalize_whitespace("".join(map(span_to_latex, spans)))


def span_to_latex(span: Span) -> str:
    """LaTeX for one span; a formula that would not hold together is shown as text."""
    if span.kind == "math":
        formula = span.text.replace("\\{", "\\lbrace{}").replace("\\}", "\\rbrace{}")
        if is_balanced(formula) and "$" not in formula:
            return f"${formula}$"
    text = escape_latex(plain_text((span,)))
    return f"\\{MACROS[span.kind]}{{{text}}}" if span.kind in MACROS else text


def escape_latex(text: str) -> str:
    """Text as LaTeX."""
    return LIGATURE.sub(r"\1{}", text.translate(ESCAPES))


def verbatim_value(text: str) -> str:
    """An address or identifier as it stands, but for what would end it early."""
    return normalize_whitespace(text).translate({ord(each): f"%{ord(each):02X}" for each in "{}\\"})


def braced(text: str) -> str:
    """A value in its braces; nothing where there is none."""
    return f"{{{text}}}" if text else ""


def safe_key(key: str) -> str:
    """A citation key, without the characters that BibTeX does not take in one."""
    return NOT_IN_KEYS.sub("-", key).strip("-") or "entry"
