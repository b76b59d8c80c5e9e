"""How an entry differs from what Crossref or arXiv say of the same work.

Nothing is made of spelling that means the same: case, accents, punctuation, markup, the order of authors, initials
(``A. Lovelace`` is ``Ada Lovelace``), a venue's short form, the years between online and print. What remains is a hint
on the line of the field; whoever wrote the file may well know better than the record.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from sphinx_folio.bibliography import name_matching as identity
from sphinx_folio.bibliography.identifiers import arxiv_in
from sphinx_folio.bibliography.name_matching import Match, Spelling, is_initials, join_words, match_names, spelling
from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.bibliography.venues import short_form
from sphinx_folio.bibtex.model import Problem
from sphinx_folio.cli.records import Name, Record, prose

SUBTYPE = "online"
LEAVE = "or leave it"
NAMED = 5  # so many authors are named in a hint
WORDS = 3  # so many differences of a title are, each of its own

JOIN = re.compile(r"\s*[:?!.–—]\s|\s-+\s")  # what stands before a subtitle

# Words of a venue's name that say nothing of which one it is.
COMMON = set(
    "proceedings proc of the on in for and a an annual international intl int conference conf symposium symp workshop"
    " acm ieee usenix sig journal j transactions trans".split()
)


def differences(publication: Publication, record: Record) -> Iterator[Problem]:
    """A hint for each field of an entry that the record has otherwise."""
    yield from title_differs(publication, record)
    yield from authors_differ(publication, record)
    yield from year_differs(publication, record)
    yield from venue_differs(publication, record)


def hint(publication: Publication, field: str, what: str, cure: str) -> Problem:
    """Something to look at in an entry."""
    return publication.entry.problem(SUBTYPE, what, cure, field)


def identifying(publication: Publication, host: str) -> str:
    """The field that leads from an entry to what a host says of it."""
    names = ("arxiv", "eprint", "doi") if host == "arXiv" else ("doi", "arxiv", "eprint")
    return next((name for name in names if name in publication.entry.fields), "title")


def another_work(publication: Publication, record: Record) -> Iterator[Problem]:
    """That a record shares neither title nor any author with an entry: its identifier must be wrong."""
    ours, names = prose(publication.title), names_of(publication)
    if not record.title or same_title(ours, record.titles) or alike(ours, record.title) > 0.5:
        return
    if names and record.authors and len(unmatched(names, record.authors)[0]) == len(names):
        what = f'{record.identifier} is another work, says {record.host}: "{record.title}" by {record.authors[0].said}'
        field = identifying(publication, record.host)
        yield hint(publication, field, what, f"correct {field}, {LEAVE}")


def alike(ours: str, theirs: str) -> float:
    """How much of two titles is the same words, from 0 to 1."""
    return SequenceMatcher(None, words(ours), words(theirs), autojunk=False).ratio()


def title_differs(publication: Publication, record: Record) -> Iterator[Problem]:
    """The title, where the record has none that reads the same."""
    ours = prose(publication.title)
    if record.titles and not same_title(ours, record.titles):
        what = f"title differs from {record.host}'s{in_words(ours, record.title)}"
        yield hint(publication, "title", what, f"write title = {{{escaped(record.title)}}} {LEAVE}")


def same_title(ours: str, theirs: Iterable[str]) -> bool:
    """Whether one of their titles is ours, or ours without its subtitle, which records often lack."""
    mine = {fold(ours), *(fold(ours[: join.start()]) for join in JOIN.finditer(ours))}
    return any(fold(title) in mine for title in theirs)


def in_words(ours: str, theirs: str) -> str:
    """In which words a title differs, where these are few."""
    mine, other = ours.split(), theirs.split()
    matcher = SequenceMatcher(None, [fold(word) for word in mine], [fold(word) for word in other], autojunk=False)
    said = []
    for kind, i, j, k, m in matcher.get_opcodes():
        here, there = " ".join(mine[i:j]), " ".join(other[k:m])
        if kind != "equal" and fold(here) != fold(there):
            said.append(
                {"insert": f'adds "{there}"', "delete": f'lacks "{here}"'}.get(kind, f'has "{there}" for "{here}"')
            )
    return f", which {' and '.join(said)}" if 0 < len(said) <= WORDS and matcher.ratio() > 0.5 else ""


def escaped(text: str) -> str:
    """Plain text as a value of a ``.bib`` file."""
    return re.sub(r"([&%#_$])", r"\\\1", re.sub(r"[\\{}]", "", text))


def authors_differ(publication: Publication, record: Record) -> Iterator[Problem]:
    """The authors, where one side names somebody whom the other does not."""
    if not publication.authors or not record.authors:
        return
    ours, theirs = unmatched(names_of(publication), record.authors)
    has = f"has {some(theirs)}" if theirs and not publication.and_others else ""
    lacks = f"lacks {some(ours)}" if ours else ""
    if has or lacks:
        what = f"author differs from {record.host}'s, which {' and '.join(filter(None, (has, lacks)))}"
        yield hint(publication, "author", what, f"correct author, {LEAVE}")


def some(names: Sequence[Name]) -> str:
    """The first few of many names."""
    more = len(names) - NAMED
    return ", ".join(name.said for name in names[:NAMED]) + (f" and {more} more" if more > 0 else "")


def unmatched(ours: Sequence[Name], theirs: Sequence[Name]) -> tuple[list[Name], list[Name]]:
    """The names on either side that are nobody's on the other; each is matched once, the best matches first."""
    found = sorted(matches(ours, theirs), key=lambda each: -each[0])
    mine, others = set(range(len(ours))), set(range(len(theirs)))
    for _, one, other in found:
        if one in mine and other in others:
            mine.remove(one)
            others.remove(other)
    return [ours[each] for each in sorted(mine)], [theirs[each] for each in sorted(others)]


def matches(ours: Sequence[Name], theirs: Sequence[Name]) -> Iterator[tuple[Match, int, int]]:
    """How well the names agree that share a word, by their places: of thousands only few need to be compared."""
    places: dict[str, set[int]] = {}
    for place, name in enumerate(theirs):
        for word in found_by(name):
            places.setdefault(word, set()).add(place)
    for one, name in enumerate(ours):
        for other in set().union(*(places.get(word, ()) for word in found_by(name))):
            if agreed := max(
                match_names(spelled(name), spelled(theirs[other])), match_names(spelled(theirs[other]), spelled(name))
            ):
                yield agreed, one, other


@lru_cache(maxsize=10_000)
def spelled(name: Name) -> Spelling:
    """A name for comparing: Mueller is Müller, The ATLAS Collaboration has no article, a particle is the family's."""
    said = re.sub(r"(?<=[aou])e|^the\b\s*", "", name.said, flags=re.IGNORECASE).split()
    first = len(said) - len(name.family.split())
    while first > 1 and said[first - 1].islower() and said[first - 1].isalpha():  # Ann van der Berg
        first -= 1
    return spelling(" ".join(said[: max(first, 0)]), " ".join(said[max(first, 0) :]))


def found_by(name: Name) -> set[str]:
    """The words of a name that are no initials, folded; all together too, for Wei-Ming is Weiming."""
    spelling = spelled(name)
    return {spelling.whole, *(join_words([word]) for word in spelling.given + spelling.family if not is_initials(word))}


def names_of(publication: Publication) -> list[Name]:
    """The authors of an entry."""
    return [Name(person.given, person.family or person.name) for person in publication.authors]


def year_differs(publication: Publication, record: Record) -> Iterator[Problem]:
    """The year, where it is none between the record's first and last; arXiv's is only a preprint's."""
    ours = publication.year
    if not record.years or (record.host == "arXiv" and publication.status != "preprint"):
        return
    first, last = min(record.years), max(record.years)
    name = "date" if "date" in publication.entry.fields else "year"
    if ours is None and not publication.date.text:
        yield hint(publication, name, f"no year, and {record.host} has {last}", f"write year = {{{last}}} {LEAVE}")
    elif ours is not None and not first <= ours <= last:
        theirs = f"{first}" if first == last else f"{first} to {last}"
        nearest = first if ours < first else last
        what = f"{name} {ours} differs from {record.host}'s {theirs}"
        yield hint(publication, name, what, f"write {name} = {{{nearest}}} {LEAVE}")


def venue_differs(publication: Publication, record: Record) -> Iterator[Problem]:
    """The journal or the proceedings, where the record's are called nothing like it."""
    fields = publication.entry.fields
    field = next((name for name in ("journal", "booktitle") if name in fields), "")
    theirs = [*record.venues, *filter(None, [record.reference])]
    if not field or not theirs or publication.status == "preprint" or (record.preprint and not record.reference):
        return
    names = ("journal", "booktitle", "shortjournal", "eventtitle", "series", "abbr")
    if not same_venue([publication.text(name) for name in names if name in fields], theirs):
        what = f"{field} differs from {record.host}'s: {theirs[0]}"
        yield hint(publication, field, what, f"write {field} = {{{escaped(theirs[0])}}} {LEAVE}")


def same_venue(ours: Iterable[str], theirs: Sequence[str]) -> bool:
    """Whether one of our names of a venue and one of theirs may be of the same."""
    return any(same_name(*pair) for mine in ours for other in theirs for pair in both(mine, other))


def both(ours: str, theirs: str) -> Iterator[tuple[str, str]]:
    """Two names of venues, and the short forms that are known of them."""
    yield ours, theirs
    short = short_form(ours) or ours, short_form(theirs) or theirs
    if short != (ours, theirs):
        yield short


def same_name(ours: str, theirs: str) -> bool:
    """Whether two names of venues share most of what tells them apart, abbreviated or as an acronym."""
    shorter, longer = sorted((telling(ours), telling(theirs)), key=len)
    if not shorter or "".join(shorter) in "".join(longer):
        return True
    if "".join(shorter) in "".join(word[0] for word in longer):  # OSDI
        return True
    shared = sum(any(word.startswith(other) or other.startswith(word) for other in longer) for word in shorter)
    return shared > len(shorter) / 2


def telling(venue: str) -> list[str]:
    """The words of a venue's name that tell it from others; all of them where none does."""
    found = [word for word in words(venue) if not word[0].isdigit()]
    return [word for word in found if word not in COMMON] or found


def published_since(publication: Publication, record: Record) -> Iterator[Problem]:
    """That a preprint has been published, as its own record says; or that what was published has a DOI."""
    doi = "" if arxiv_in(record.published) else record.published
    known = publication.doi.lower()
    if doi and doi.lower() == known:
        return
    where = " as ".join(filter(None, (record.reference, f"https://doi.org/{doi}" if doi else "")))
    if (publication.status != "published" and where) or (record.host == "Crossref" and doi):
        cure = f"add its venue{f' and doi = {{{doi}}}' if doi else ''}, {LEAVE}"
        yield hint(
            publication, identifying(publication, record.host), f"published since, says {record.host}: {where}", cure
        )
    elif doi and not known:
        field = identifying(publication, record.host)
        yield hint(publication, field, f"{record.host} knows its DOI", f"write doi = {{{doi}}} {LEAVE}")


def published_as(publication: Publication, found: Iterable[Record]) -> Iterator[Problem]:
    """That one of the works found for a preprint's title is that paper, published."""
    for record in found:
        if not record.preprint and record.identifier and is_same_work(publication, record):
            venue = f" in {record.venues[0]}" if record.venues else ""
            what = f"published since, it seems, says {record.host}{venue}: https://doi.org/{record.identifier}"
            cure = f"add its venue and doi = {{{record.identifier}}}, {LEAVE}"
            yield hint(publication, identifying(publication, record.host), what, cure)
            return


def is_same_work(publication: Publication, record: Record) -> bool:
    """Whether a record has this very title, and the shorter list of authors is all in the longer."""
    names, title = names_of(publication), fold(prose(publication.title))
    if not names or not record.authors or title not in map(fold, record.titles):
        return False
    return not all(unmatched(names, record.authors))


def words(text: str) -> list[str]:
    """The words of a text, folded."""
    return "".join(each if each.isalnum() else " " for each in spelled_out(text)).split()


@lru_cache(maxsize=10_000)
def fold(text: str) -> str:
    """The letters and digits of a text alone, without case and accents: what has the same is the same title."""
    return "".join(filter(str.isalnum, spelled_out(text)))


def spelled_out(text: str) -> str:
    """Text without case and accents, Greek letters by their names: λCalculus may be written LambdaCalculus."""
    return "".join(greek(each) if "α" <= each <= "ω" else each for each in identity.fold_name(text))


def greek(letter: str) -> str:
    """The name of a Greek letter."""
    name = unicodedata.name(letter).rpartition(" ")[2].lower()
    return {"lamda": "lambda"}.get(name, name)
