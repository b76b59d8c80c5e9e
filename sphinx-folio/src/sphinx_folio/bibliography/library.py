"""What a site knows of its publications: plain values, made once from ``.bib`` entries, for every surface.

No surface reads BibTeX or works out a name, a venue or a link for itself; it asks a ``Publication``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from sphinx_folio.bibliography.identifiers import without_version
from sphinx_folio.bibliography.names import SiteAuthors
from sphinx_folio.bibliography.publication import Publication, make_publication
from sphinx_folio.bibtex.crossref import inherit
from sphinx_folio.bibtex.datamodel import standardize
from sphinx_folio.bibtex.model import Entry, Problem
from sphinx_folio.bibtex.reader import position_of, read_bib_files
from sphinx_folio.text import slug, unique_id

NUMBERED = {"DOI": ("doi", "url"), "arXiv number": ("eprint", "arxiv", "url")}  # fields that such a number may be in


@dataclass(frozen=True)
class Library:
    """All publications, newest first, and in the file's order within a day; ``problems`` is all that is wrong."""

    publications: tuple[Publication, ...] = ()
    problems: tuple[Problem, ...] = ()
    # What was wrong with each entry by itself, for a later reading that finds the entry unchanged.
    faults: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def by_key(self) -> Mapping[str, Publication]:
        """Every publication by its citation key."""
        return {publication.key: publication for publication in self.publications}


def read_library(
    paths: Sequence[Path], known: SiteAuthors, venues: Mapping[str, str] | None = None, earlier: Library | None = None
) -> Library:
    """Read ``.bib`` files into a library.

    ``known`` names the site's owner and the pages of other people. ``venues`` maps a phrase of a venue's name to its
    short form. ``earlier`` is a library made with the same settings, whose unchanged entries are not converted again.
    Nothing is raised for faults in the files, or for files that do not exist: see ``Library.problems``.

    >>> library = read_library([Path("refs.bib")], SiteAuthors(owner=("Ada Lovelace",)))  # doctest: +SKIP
    >>> library.by_key["notes"].authors[0].owner  # doctest: +SKIP
    True
    """
    bibliography = read_bib_files(*paths)
    named = [standardize(entry) for entry in bibliography.entries]
    entries, lost = inherit([entry for entry, _ in named])
    problems = [*bibliography.problems, *lost, *(fault for _, faults in named for fault in faults)]
    publications, faults_of, taken = [], {}, set[str]()
    for entry in entries:
        made, faults = reuse(entry, earlier or Library()) or make_publication(entry, known, venues or {})
        anchor = unique_id(slug(entry.key), taken)
        taken.add(anchor)
        publications.append(made if made.anchor == anchor else replace(made, anchor=anchor))
        faults_of[entry.key] = faults
        problems += faults
    problems += duplicate_works(publications)
    order = {str(path): number for number, path in enumerate(paths)}
    problems.sort(key=lambda problem: (order[problem.file], problem.line))
    publications.sort(key=lambda each: each.newest_first)
    return Library(tuple(publications), tuple(problems), {key: faults for key, faults in faults_of.items() if faults})


def reuse(entry: Entry, earlier: Library) -> tuple[Publication, tuple[Problem, ...]] | None:
    """The publication made before of the same entry, wherever in the file that stood, and what was wrong with it."""
    old = earlier.by_key.get(entry.key)
    if old is None or shape(old.entry) != shape(entry):
        return None
    moved = entry.line - old.entry.line
    faults = earlier.faults.get(entry.key, ())
    if not moved:
        return old, faults
    return replace(old, entry=entry), tuple(replace(fault, line=fault.line + moved) for fault in faults)


def shape(entry: Entry) -> tuple[object, ...]:
    """All of an entry that its publication depends on, and its problems but for where the entry begins."""
    lines = [line - entry.line for line in entry.field_lines.values()]
    return entry.type, list(entry.fields.items()), entry.file, lines


def made_from(publication: Publication) -> tuple[object, ...]:
    """All that a publication is made from besides the settings; where that is the same, it is."""
    return publication.anchor, *shape(publication.entry)


def duplicate_works(publications: Iterable[Publication]) -> Iterator[Problem]:
    """Entries with the DOI or the arXiv number of an earlier one."""
    seen: dict[tuple[str, str], Publication] = {}
    for each in publications:
        numbers = (("DOI", each.doi.lower()), ("arXiv number", without_version(each.arxiv.lower())))
        for name, number in numbers:
            first = seen.setdefault((name, number), each)
            if number and first is not each:
                what = f"the same {name} as {first.key} in {position_of(first.entry, each.entry)}"
                at = next((at for at in NUMBERED[name] if at in each.entry.fields), "")
                yield each.entry.problem("bibtex_same", what, "remove one of the two, or correct the number", at)
                break
