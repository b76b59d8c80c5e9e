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
from sphinx_folio.exporters.fields import address_in, named
from sphinx_folio.latex.convert import Piece, plain, printable, read
from sphinx_folio.latex.macros import JOURNALS
from sphinx_folio.text import UNEVEN, one_line, unused

# BibTeX's name for a type of biblatex; all others are its @misc.
TYPES = {
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
SPECIAL = re.compile(rf"[\\{{}}$%#&_^]|{UNEVEN.pattern}")
# Formulas, addresses and escapes keep their special characters; a bare one beside them is text.
BARE = re.compile(r"(?<!\\)\$.*?(?<!\\)\$|\\\(.*?\\\)|\\(?:url|href|path|ch|ce)\s*\{[^{}]*\}|\\.|[%#&_^$]")
BRACE = re.compile(r"(\\*)([{}])")
# The journals that only some classes of LaTeX know: \apjl, {\apjl}, \apjl{}.
JOURNAL_NAME = "|".join(sorted(JOURNALS, key=len, reverse=True))
JOURNAL = re.compile(rf"\{{\\({JOURNAL_NAME})\s*\}}|(?<!\\)\\({JOURNAL_NAME})(?![A-Za-z])(?:\s*\{{\}}|\s*)")
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


def bibliography(publications: Iterable[Publication]) -> str:
    """A ``.bib`` file. Keys are the entries' own, as far as BibTeX takes them; none is there twice."""
    taken: set[str] = set()
    entries = []
    for publication in publications:
        key = unused(safe_key(publication.key), Folded(taken))
        taken.add(key.casefold())
        entries.append(bibtex(publication, key))
    return "\n".join(entries)


class Folded:
    """Keys as BibTeX compares them: without regard to case."""

    def __init__(self, keys: set[str]) -> None:
        self.keys = keys

    def __contains__(self, key: object) -> bool:
        return str(key).casefold() in self.keys


def bibtex(publication: Publication, key: str = "") -> str:
    """One entry, with a line break at its end; ``key`` where it shall not be the publication's own."""
    fields = {name: text for name, text in fields_of(publication) if text}
    width = max(map(len, fields), default=0)
    lines = [f"  {name:{width}} = {text},\n" for name, text in fields.items()]
    return f"@{type_of(publication)}{{{key or safe_key(publication.key)},\n{''.join(lines)}}}\n"


def type_of(publication: Publication) -> str:
    """The type that BibTeX knows the work by."""
    kind = TYPES.get(publication.type, "misc")
    if kind == "inbook" and "booktitle" in publication.entry.fields:
        return "incollection"  # BibTeX's @inbook has no title of its own
    if kind == "phdthesis" and LESSER_THESIS.search(publication.text("type")):
        return "mastersthesis"
    return kind


def fields_of(publication: Publication) -> Iterator[tuple[str, str]]:
    """Names and values of the fields, the values with what stands around them; some are empty."""
    authors, others = publication.authors, publication.and_others
    yield "author", braced(names(authors, others and bool(authors)))
    yield "editor", braced(names(publication.editors, others and not authors))
    yield "title", braced(title(publication))
    source = renamed(publication)
    yield from ((name, braced(latex(source[name]))) for name in BEFORE_DATE if name in source)
    yield from date(publication)
    yield from ((name, braced(latex(source[name]))) for name in AFTER_DATE if name in source)
    yield from identifiers(publication)


def renamed(publication: Publication) -> Mapping[str, str]:
    """The entry's fields by the names that they have in BibTeX for its type."""
    source, kind = dict(publication.entry.fields), type_of(publication)
    if publication.text("type").casefold() == SAID_BY_TYPE.get(kind):
        del source["type"]
    if kind in ("phdthesis", "mastersthesis"):
        source["school"] = source.pop("institution", "")
    if kind == "misc" and not source.get("howpublished"):  # which has nothing else that says who published it
        house = next((name for name in ("publisher", "organization", "institution") if source.get(name)), "")
        source["howpublished"] = patent(publication) or source.pop(house, "")
    return source


def patent(publication: Publication) -> str:
    """What a patent is cited by."""
    source = publication.entry.fields
    return f"{source.get('type', '')} {source.get('number', '')}".strip() if publication.type == "patent" else ""


def title(publication: Publication) -> str:
    """The title with its subtitle, which BibTeX has no field for."""
    source = publication.entry.fields
    parts = [latex(source[name]) for name in ("title", "subtitle") if source.get(name)]
    if len(parts) == 1 and parts[0]:
        return parts[0]
    joined = ": ".join(parts)
    return joined if parts and plain(read(joined)) == plain(publication.title) else written(publication.title)


def date(publication: Publication) -> Iterator[tuple[str, str]]:
    """The year as it is said, the month as BibTeX's macro, the day for those who read one."""
    date = publication.date
    if date.year is not None and not 999 < date.year < 10_000:  # which only biblatex's field can say
        yield "date", braced(verbatim(publication.entry.fields.get("date", "")))
    yield "year", braced(escaped(one_line(date.text or str(date.year or ""))))
    if date.month:
        yield "month", list(MONTHS)[date.month - 1]
        yield "day", braced(str(date.day or ""))


def identifiers(publication: Publication) -> Iterator[tuple[str, str]]:
    """What the work is found by; these values are no LaTeX."""
    source = publication.entry.fields
    yield "doi", braced(verbatim(publication.doi))
    if publication.arxiv:
        yield "eprint", braced(verbatim(publication.arxiv))
        yield "archiveprefix", "{arXiv}"
    else:
        yield "eprint", braced(verbatim(source.get("eprint", "")))
        yield "archiveprefix", braced(verbatim(source.get("archiveprefix", "")) if source.get("eprint") else "")
    yield "primaryclass", braced(verbatim(source.get("primaryclass", "")))
    address = address_in(publication, "url")
    is_said = any(address in source.get(name, "").replace("\\", "") for name in ("howpublished", "note"))
    yield "url", "" if is_said else braced(verbatim(address))


def names(persons: Iterable[Person], and_others: bool) -> str:
    """Names in the form that BibTeX cannot mistake: ``Family, Suffix, Given``."""
    listed = [name(person) for person in named(persons)]
    return " and ".join([*listed, "others"] if and_others else listed)


def name(person: Person) -> str:
    """One name, without its marks."""
    if person.family and person.given and not person.corporate:
        parts = [each for each in (person.family, person.suffix, person.given) if each]
        return ", ".join(map(part, parts) if ODD_NAME.search(person.name) else parts)
    return braced(escaped(person.name)) if person.corporate or " " in person.name else part(person.name)


def part(text: str) -> str:
    """One part of a name, in braces where it would otherwise be taken apart."""
    return braced(escaped(text)) if PARTING.search(text) else escaped(text)


def latex(source: str) -> str:
    """A field's LaTeX on one line, safe between braces; written afresh where it cannot be made so."""
    source = printable(source)
    if not SPECIAL.search(source):
        return source
    line = JOURNAL.sub(lambda match: escaped(JOURNALS[match[1] or match[2]]), one_line(source))
    safe = BARE.sub(escape_bare, line)
    if is_balanced(safe) and (safe == source or read(safe) == read(source)):
        return safe
    return written(read(source))


def escape_bare(found: re.Match[str]) -> str:
    """A special character that stands for itself, as LaTeX writes it."""
    return escaped(found[0]) if len(found[0]) == 1 else found[0]


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


def written(pieces: Iterable[Piece]) -> str:
    """LaTeX that reads as these pieces."""
    return one_line("".join(map(written_piece, pieces)))


def written_piece(piece: Piece) -> str:
    """LaTeX for one piece; a formula that would not hold together is shown as text."""
    if piece.kind == "math":
        formula = piece.text.replace("\\{", "\\lbrace{}").replace("\\}", "\\rbrace{}")
        if is_balanced(formula) and "$" not in formula:
            return f"${formula}$"
    text = escaped(plain((piece,)))
    return f"\\{MACROS[piece.kind]}{{{text}}}" if piece.kind in MACROS else text


def escaped(text: str) -> str:
    """Text as LaTeX."""
    return LIGATURE.sub(r"\1{}", text.translate(ESCAPES))


def verbatim(text: str) -> str:
    """An address or identifier as it stands, but for what would end it early."""
    return one_line(text).translate({ord(each): f"%{ord(each):02X}" for each in "{}\\"})


def braced(text: str) -> str:
    """A value in its braces; nothing where there is none."""
    return f"{{{text}}}" if text else ""


def safe_key(key: str) -> str:
    """A citation key, without the characters that BibTeX does not take in one."""
    return NOT_IN_KEYS.sub("-", key).strip("-") or "entry"
