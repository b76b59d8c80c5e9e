"""Compare publications with what Crossref (by DOI) and arXiv (by identifier) say of them.

What a host says otherwise, and that a preprint has been published since, becomes a hint on the line of the field. A
host that does not answer costs its hints, and nothing else.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from sphinx_folio.bibliography.identifiers import arxiv_in
from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.bibtex.model import Problem
from sphinx_folio.cli.comparison import another_work, differences, hint, identifying, published_as, published_since
from sphinx_folio.cli.http_client import Client, Host, UnansweredError, UnwellError
from sphinx_folio.cli.records import (
    Record,
    arxiv_entries,
    arxiv_identifier,
    arxiv_record,
    crossref_work,
    crossref_works,
    message_of,
    prose,
)

CROSSREF = Host("Crossref", "https://api.crossref.org", pause=1.0)
ARXIV = Host("arXiv", "https://export.arxiv.org", pause=3.0)  # as its terms of use ask
AT_ONCE = 50  # identifiers in one question to arXiv
NO_RECORDS = "an answer without records"


@dataclass(frozen=True, slots=True)
class Desk:
    """Where records are asked for: from the cache, else from the two hosts."""

    client: Client
    crossref: Host = CROSSREF
    arxiv: Host = ARXIV

    def ask_crossref(self, path: str) -> str | None:
        """An answer of Crossref's, or None where it knows nothing."""
        cache, question = self.client.cache, self.crossref.address + path
        if (kept := cache.get(question)) and message_of(kept):
            return kept
        answer = self.client.ask(self.crossref, path)
        if answer is not None:
            if not message_of(answer):
                raise self.client.note(self.crossref, UnwellError(NO_RECORDS))
            cache.keep(question, answer)
        return answer

    def work(self, doi: str) -> Record | None:
        """Crossref's record of a DOI, or None."""
        answer = self.ask_crossref(f"/works/{quote(doi, safe='')}")
        return crossref_work(answer) if answer else None

    def has_agency(self, doi: str) -> bool:
        """Whether a DOI is anybody's: DataCite's, for one, are not among Crossref's works."""
        return self.ask_crossref(f"/works/{quote(doi, safe='')}/agency") is not None

    def search(self, publication: Publication) -> tuple[Record, ...]:
        """The works that Crossref finds for a title and its first author."""
        words = " ".join([prose(publication.title)[:300], *(person.name for person in publication.authors[:1])])
        answer = self.ask_crossref(f"/works?{urlencode({'query.bibliographic': words, 'rows': 5})}")
        return crossref_works(answer) if answer else ()

    def preprints(self, identifiers: Iterable[str]) -> dict[str, Record | None]:
        """The records of arXiv, None where it has no such paper; without those that it could not be asked about."""
        cache, place = self.client.cache, f"{self.arxiv.address}/abs/"
        entries = {each: cache.get(place + each) for each in dict.fromkeys(identifiers)}
        wanted = [each for each, entry in entries.items() if entry is None]
        for start in range(0, len(wanted), AT_ONCE):
            asked = wanted[start : start + AT_ONCE]
            with suppress(UnansweredError):
                found = self.ask_arxiv(asked)
                entries.update({each: found.get(each, "") for each in asked})
                for each in set(asked) & set(found):
                    cache.keep(place + each, found[each])
        return {each: arxiv_record(entry) for each, entry in entries.items() if entry is not None}

    def ask_arxiv(self, identifiers: Sequence[str]) -> dict[str, str]:
        """Entries by identifier; one that is no identifier spoils the whole answer, so then halves are asked for."""
        query = urlencode({"id_list": ",".join(identifiers), "max_results": len(identifiers)}, safe=",/")
        answer = self.client.ask(self.arxiv, f"/api/query?{query}")
        if answer is None or "/api/errors#" in answer:
            half = len(identifiers) // 2
            return self.ask_arxiv(identifiers[:half]) | self.ask_arxiv(identifiers[half:]) if half else {}
        found = arxiv_entries(answer)
        if found is None or (not found and len(identifiers) > 1):
            raise self.client.note(self.arxiv, UnwellError(NO_RECORDS))
        return found


def compare(publications: Sequence[Publication], desk: Desk) -> Iterator[Problem]:
    """A hint for everything that the hosts say otherwise of a publication, or know beyond it."""
    preprints = desk.preprints(filter(None, map(arxiv_of, publications)))
    for publication in publications:
        work, hints = by_doi(publication, desk)
        yield from hints
        yield from by_identifier(publication, preprints, work)
        preprint = preprints.get(arxiv_of(publication))
        known = any(record.published or record.reference for record in (work, preprint) if record)
        if publication.status != "published" and not known and (work is None or work.preprint):
            yield from by_title(publication, desk)


def by_doi(publication: Publication, desk: Desk) -> tuple[Record | None, list[Problem]]:
    """Crossref's record of a publication, and the hints from it."""
    doi = publication.doi
    if not doi or arxiv_in(doi):  # of arXiv's own Crossref has no records
        return None, []
    try:
        work = desk.work(doi)
        if work is None and not desk.has_agency(doi):
            return None, [hint(publication, "doi", f"nobody knows the DOI {doi}", "correct doi, or leave it")]
    except UnansweredError:
        return None, []
    return work, list(hints_from(work, publication, better=None)) if work else []


def by_identifier(
    publication: Publication, preprints: Mapping[str, Record | None], work: Record | None
) -> Iterator[Problem]:
    """The hints from arXiv's record; where Crossref has one too, its fields are not compared as well."""
    identifier = arxiv_of(publication)
    if preprint := preprints.get(identifier):
        yield from hints_from(preprint, publication, better=work)
    elif identifier in preprints:
        field = identifying(publication, "arXiv")
        yield hint(publication, field, f"arXiv has no {identifier}", f"correct {field}, or leave it")


def by_title(publication: Publication, desk: Desk) -> list[Problem]:
    """The hint that a preprint has been published, where Crossref finds that paper by its title."""
    try:
        return list(published_as(publication, desk.search(publication)))
    except UnansweredError:
        return []


def hints_from(record: Record, publication: Publication, better: Record | None) -> Iterator[Problem]:
    """What a record has to say; its fields count only where there is no ``better`` one."""
    if wrong := list(another_work(publication, record)):
        yield from wrong
        return
    if better is None:
        yield from differences(publication, record)
    yield from published_since(publication, record)


def arxiv_of(publication: Publication) -> str:
    """The arXiv identifier, as all versions of the paper share it."""
    return arxiv_identifier(publication.arxiv)
