"""What ``check --online`` says of papers: against a host of this machine that answers as Crossref and arXiv do."""

import json
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_folio import __version__
from sphinx_folio.bibliography.library import read_library
from sphinx_folio.bibliography.names import SiteAuthors
from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.bibtex.model import Problem
from sphinx_folio.cli import http_client as asking
from sphinx_folio.cli.comparison import published_as
from sphinx_folio.cli.http_client import Cache, Client, Host
from sphinx_folio.cli.online import AT_ONCE, Desk, compare, hints_from
from sphinx_folio.cli.records import arxiv_entries, arxiv_record, crossref_work, crossref_works

# The paper that the records below are of.
PAPER = r"""
@article{flow,
  title   = {Flow: {\'E}tale Scheduling \& Caching for $\lambda$ Models},
  author  = {Berg, Ann van der and M{\"u}ller, Bo and Li, Ce},
  journal = {Proceedings of the VLDB Endowment},
  year    = {2024},
  doi     = {10.1000/flow},
}
"""
PREPRINT = r"""
@misc{stream,
  title  = {Stream: Ordering without Waiting},
  author = {Berg, Ann van der and M{\"u}ller, Bo},
  year   = {2024},
  eprint = {2401.00001},
  archiveprefix = {arXiv},
}
"""


def crossref(**parts: object) -> str:
    """Crossref's answer about the paper, as ``/works/DOI`` has it."""
    work = {
        "DOI": "10.1000/flow",
        "type": "journal-article",
        "title": ["Flow: Étale Scheduling and Caching for <i>λ</i> Models".replace("and", "&amp;")],
        "author": [
            {"given": "Ann", "family": "van der Berg", "sequence": "first", "affiliation": []},
            {"given": "Bo", "family": "Müller", "sequence": "additional", "affiliation": []},
            {"given": "Ce", "family": "Li", "sequence": "additional", "affiliation": []},
        ],
        "container-title": ["Proceedings of the VLDB Endowment"],
        "short-container-title": ["Proc. VLDB Endow."],
        "published-print": {"date-parts": [[2024, 7]]},
        "issued": {"date-parts": [[2024, 7]]},
    }
    message = {name: value for name, value in {**work, **parts}.items() if value is not None}
    return json.dumps({"status": "ok", "message-type": "work", "message-version": "1.0.0", "message": message})


def found(*works: str) -> str:
    """Crossref's answer to a query, as ``/works?query.bibliographic=…`` has it."""
    items = [json.loads(work)["message"] for work in works]
    message = {"total-results": len(items), "items": items, "items-per-page": 5}
    return json.dumps({"status": "ok", "message-type": "work-list", "message": message})


def entry(identifier: str = "2401.00001v2", title: str = "Stream: Ordering without\n  Waiting", more: str = "") -> str:
    """One paper in a feed of arXiv's."""
    return f"""<entry>
    <id>http://arxiv.org/abs/{identifier}</id>
    <updated>2025-02-01T00:00:00Z</updated>
    <published>2024-01-01T00:00:00Z</published>
    <title>{escape(title)}</title>
    <summary>  Of order.</summary>
    <author><name>Ann van der Berg</name></author>
    <author><name>Bo M\u00fcller</name></author>
    {more}
    <link href="http://arxiv.org/abs/{identifier}" rel="alternate" type="text/html"/>
    <arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="cs.DC"/>
  </entry>"""


def extra(name: str, value: str) -> str:
    """An element that arXiv adds to Atom."""
    return f'<arxiv:{name} xmlns:arxiv="http://arxiv.org/schemas/atom">{escape(value)}</arxiv:{name}>'


def feed(*entries: str) -> str:
    """An answer of arXiv's, as ``/api/query?id_list=…`` has it."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title type="html">ArXiv Query: search_query=&amp;id_list=…&amp;start=0&amp;max_results=50</title>
  <id>http://arxiv.org/api/x</id>
  <updated>2026-01-01T00:00:00-05:00</updated>
  <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">{len(entries)}</opensearch:totalResults>
  {"".join(entries)}
</feed>"""


COMPLAINT = feed("<entry><id>http://arxiv.org/api/errors#incorrect_id_format_for_x</id><title>Error</title></entry>")
NOTHING = "Resource not found."

Reply = tuple[int, dict[str, str], str]


@dataclass
class World:
    """A host that is both Crossref and arXiv; of the ``answers`` of a path the last is given again and again."""

    address: str
    answers: dict[str, list[Reply]] = field(default_factory=dict)
    papers: dict[str, str] = field(default_factory=dict)
    requests: list[tuple[str, str, float]] = field(default_factory=list)
    delay: float = 0.0

    def says(self, path: str, text: str, status: int = 200, **headers: str) -> None:
        """Answer a path so, after what it was to be answered with before."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers.setdefault(path, []).append((status, headers, text))

    def reply(self, address: str) -> Reply:
        """What to answer."""
        parts = urlsplit(address)
        path = unquote(parts.path)
        if "query.bibliographic" in parts.query and path not in self.answers:
            return 200, {}, found()
        if path == "/api/query" and path not in self.answers:
            asked = parse_qs(parts.query)["id_list"][0].split(",")
            return 200, {}, feed(*[self.papers[each] for each in asked if each in self.papers])
        answers = self.answers.get(path, [(404, {}, NOTHING)])
        return answers.pop(0) if len(answers) > 1 else answers[0]

    @property
    def asked(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [unquote(urlsplit(path).path) for path, _, _ in self.requests]


@pytest.fixture(scope="module")
def server() -> Iterator[World]:
    world = World("")

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            world.requests.append((self.path, self.headers["User-Agent"], time.monotonic()))
            status, headers, text = world.reply(self.path)
            time.sleep(world.delay)
            if status == 0:
                return  # hangs up
            body = text.encode()
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    world.address = f"http://127.0.0.1:{server.server_port}"
    yield world
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def world(server: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The world as it is at the beginning of a test."""
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    server.answers.clear()
    server.papers.clear()
    server.requests.clear()
    server.delay = 0.0
    return server


def desk_of(world: World, folder: Path, pause: float = 0.0, **patience: float) -> Desk:
    client = Client(Cache(folder / "online"), **{"patience": 0.001, "timeout": 5.0, **patience})
    return Desk(client, Host("Crossref", world.address, pause), Host("arXiv", world.address, pause))


@pytest.fixture
def desk(world: World, tmp_path: Path) -> Desk:
    return desk_of(world, tmp_path)


@pytest.fixture
def publications(tmp_path: Path) -> Callable[[str], tuple[Publication, ...]]:
    """The publications of a file."""

    def read(source: str) -> tuple[Publication, ...]:
        path = tmp_path / "refs.bib"
        path.write_text(source, "utf-8")
        return read_library([path], SiteAuthors()).publications

    return read


Ask = Callable[..., list[Problem]]


@pytest.fixture
def ask(desk: Desk, publications: Callable[[str], tuple[Publication, ...]]) -> Ask:
    """The hints for a file, by default asked for at a desk of this test's."""

    def hints(source: str, at: Desk = desk) -> list[Problem]:
        return list(compare(publications(source), at))

    return hints


def messages(problems: list[Problem]) -> list[str]:
    return [f"{problem.line}: {problem.message}" for problem in problems]


def test_what_a_host_says_is_a_hint(world: World, ask: Ask) -> None:
    world.says("/works/10.1000/flow", crossref(title=["Something about Flow"]))
    assert [problem.is_error for problem in ask(PAPER)] == [False]


def test_a_paper_that_crossref_has_the_same_is_passed_over(world: World, ask: Ask) -> None:
    world.says("/works/10.1000/flow", crossref())
    assert messages(ask(PAPER)) == []
    assert world.asked == ["/works/10.1000/flow"]


@pytest.mark.parametrize(
    "parts",
    [
        {"title": ["FLOW: ETALE SCHEDULING & CACHING FOR &amp;#955; MODELS."]},
        {"title": ["Flow"], "subtitle": ["Étale scheduling &amp; caching for <sub>λ</sub>-models"]},
        {"title": ["Flow – Étale Scheduling &amp;amp; Caching for $\\lambda$ Models"]},
        {"title": ["Flow: Étale Scheduling &amp; Caching for Lambda Models"]},
        {"title": ["Flow"]},  # many records lack the subtitle
        {"title": []},
        {
            "author": [
                {"family": "Li", "given": "C."},
                {"family": "Müller", "given": "B."},
                {"name": "Ann van der Berg"},
            ]
        },
        {
            "author": [
                {"family": "Mueller", "given": "Bo X."},
                {"family": "LI", "given": "CE"},
                {"name": "A. van der Berg"},
            ]
        },
        {"author": None},
        {"published-print": {"date-parts": [[2025, 1]]}, "published-online": {"date-parts": [[2023, 12, 1]]}},
        {"published-print": None, "issued": {"date-parts": [[None]]}},
        {"container-title": ["Proc. VLDB Endow."], "short-container-title": None},
        {"container-title": ["PVLDB"], "short-container-title": []},
        {"container-title": []},
        {"container-title": ["Very Large Data Bases Endowment"], "event": {"name": "VLDB", "acronym": "VLDB ’24"}},
        {"container-title": "VLDB Endowment", "author": "nobody", "title": "Flow", "issued": 2024, "relation": []},
    ],
)
def test_another_spelling_of_the_same_is_no_difference(world: World, ask: Ask, parts: dict[str, object]) -> None:
    world.says("/works/10.1000/flow", crossref(**parts))
    assert messages(ask(PAPER)) == []


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (
            {"title": ["Flow: Étale Planning &amp; Caching for 100% of Models"]},
            '3: flow: title differs from Crossref\'s, which has "Planning" for "Scheduling" and has "100% of" for "λ"'
            r" (write title = {Flow: Étale Planning \& Caching for 100\% of Models} or leave it)",
        ),
        (
            {
                "author": [
                    {"family": "van der Berg", "given": "Ann"},
                    {"family": "Möller", "given": "Bo"},
                    {"name": "Li Ce"},
                ]
            },
            "4: flow: author differs from Crossref's, which has Bo Möller and lacks Bo Müller"
            " (correct author, or leave it)",
        ),
        (
            {"published-print": {"date-parts": [[2026]]}, "issued": {"date-parts": [[2025, 12, 31]]}},
            "6: flow: year 2024 differs from Crossref's 2025 to 2026 (write year = {2025} or leave it)",
        ),
        (
            {"container-title": ["Letters on Fluids &amp; Pipes"], "short-container-title": []},
            "5: flow: journal differs from Crossref's: Letters on Fluids & Pipes"
            r" (write journal = {Letters on Fluids \& Pipes} or leave it)",
        ),
    ],
)
def test_a_difference_is_a_hint_on_the_line_of_the_field(
    world: World, ask: Ask, parts: dict[str, object], message: str
) -> None:
    world.says("/works/10.1000/flow", crossref(**parts))
    assert messages(ask(PAPER)) == [message]


def test_a_list_of_authors_that_goes_on_may_be_longer_at_crossref(world: World, ask: Ask) -> None:
    world.says("/works/10.1000/flow", crossref())
    assert messages(ask(PAPER.replace("and Li, Ce", "and others"))) == []


def test_a_year_that_is_missing_is_told(world: World, ask: Ask) -> None:
    world.says("/works/10.1000/flow", crossref())
    told = "2: flow: no year, and Crossref has 2024 (write year = {2024} or leave it)"
    assert messages(ask(PAPER.replace("  year    = {2024},\n", ""))) == [told]


def test_thousands_of_authors_are_compared_in_no_time(world: World, ask: Ask) -> None:
    names = [(f"Ann{number}", f"Family{number}") for number in range(3000)]
    world.says("/works/10.1000/flow", crossref(author=[{"given": f"{g[0]}.", "family": f} for g, f in reversed(names)]))
    authors = " and ".join(f"{family}, {given}" for given, family in names)
    began = time.process_time()
    assert (
        messages(ask(PAPER.replace("Berg, Ann van der", authors).replace(r" and M{\"u}ller, Bo and Li, Ce", ""))) == []
    )
    assert time.process_time() - began < 3


def test_a_doi_of_another_work_is_one_hint(world: World, ask: Ask) -> None:
    world.says("/works/10.1000/flow", crossref(title=["On Bees"], author=[{"given": "Zoe", "family": "Hive"}]))
    told = '7: flow: 10.1000/flow is another work, says Crossref: "On Bees" by Zoe Hive (correct doi, or leave it)'
    assert messages(ask(PAPER)) == [told]


def test_a_doi_that_nobody_knows_is_told(world: World, ask: Ask) -> None:
    assert messages(ask(PAPER)) == ["7: flow: nobody knows the DOI 10.1000/flow (correct doi, or leave it)"]
    assert world.asked == ["/works/10.1000/flow", "/works/10.1000/flow/agency"]


def test_a_doi_of_another_agency_is_passed_over(world: World, ask: Ask) -> None:
    agency = {"DOI": "10.1000/flow", "agency": {"id": "datacite", "label": "DataCite"}}
    world.says("/works/10.1000/flow/agency", json.dumps({"status": "ok", "message": agency}))
    assert messages(ask(PAPER)) == []


def test_a_preprint_is_compared_with_arxiv(world: World, ask: Ask) -> None:
    world.papers["2401.00001"] = entry()
    assert messages(ask(PREPRINT)) == []
    assert world.asked[0] == "/api/query"


def test_a_preprint_that_arxiv_has_otherwise_is_told(world: World, ask: Ask) -> None:
    world.papers["2401.00001"] = entry(title="Stream: Ordering by Waiting")
    told = messages(ask(PREPRINT.replace("{2024}", "{2021}")))
    assert told == [
        '3: stream: title differs from arXiv\'s, which has "by" for "without"'
        " (write title = {Stream: Ordering by Waiting} or leave it)",
        "5: stream: year 2021 differs from arXiv's 2024 to 2025 (write year = {2024} or leave it)",
    ]


def test_a_preprint_that_arxiv_does_not_have_is_told(world: World, ask: Ask) -> None:
    assert messages(ask(PREPRINT)) == ["6: stream: arXiv has no 2401.00001 (correct eprint, or leave it)"]


def test_the_arxiv_number_of_another_paper_is_told_though_crossref_knows_the_paper(world: World, ask: Ask) -> None:
    world.says("/works/10.1000/flow", crossref())
    world.papers["2401.00009"] = (
        entry("2401.00009", "On Bees").replace("Ann van der Berg", "Zoe Hive").replace("Bo", "Z.")
    )
    source = PAPER.replace("  doi ", "  eprint = {2401.00009},\n  doi ")
    told = [message.partition(" (")[0] for message in messages(ask(source.replace(r"M{\"u}ller, Bo and ", "")))]
    assert told[-1] == '7: flow: 2401.00009 is another work, says arXiv: "On Bees" by Zoe Hive'


def test_what_crossref_confirms_is_not_compared_with_arxiv_as_well(world: World, ask: Ask) -> None:
    world.says("/works/10.1000/flow", crossref())
    world.papers["2401.00001"] = entry(title="Flow: a draft")
    assert messages(ask(PAPER.replace("  doi ", "  eprint = {2401.00001v1},\n  doi "))) == []


def test_arxivs_own_doi_is_arxivs_to_answer(world: World, ask: Ask) -> None:
    world.papers["2401.00001"] = entry()
    source = PREPRINT.replace("eprint = {2401.00001}", "doi = {10.48550/arXiv.2401.00001}")
    assert messages(ask(source)) == []
    assert "/works/10.48550/arXiv.2401.00001" not in world.asked


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (
            extra("journal_ref", "PVLDB 18(6), 2025") + extra("doi", "10.1000/stream"),
            "published since, says arXiv: PVLDB 18(6), 2025 as https://doi.org/10.1000/stream"
            " (add its venue and doi = {10.1000/stream}, or leave it)",
        ),
        (
            extra("doi", "10.1000/stream"),
            "published since, says arXiv: https://doi.org/10.1000/stream"
            " (add its venue and doi = {10.1000/stream}, or leave it)",
        ),
        (
            extra("journal_ref", "PVLDB 18(6), 2025"),
            "published since, says arXiv: PVLDB 18(6), 2025 (add its venue, or leave it)",
        ),
    ],
)
def test_a_preprint_published_since_is_told_by_arxiv(world: World, ask: Ask, more: str, told: str) -> None:
    world.papers["2401.00001"] = entry(more=more)
    assert messages(ask(PREPRINT)) == [f"6: stream: {told}"]
    assert world.asked == ["/api/query"]


def test_the_doi_of_what_is_published_is_told_by_arxiv(world: World, ask: Ask) -> None:
    world.papers["2401.00001"] = entry(more=extra("doi", "10.1000/stream"))
    source = PREPRINT.replace("@misc", "@article").replace("  year", "  journal = {PVLDB},\n  year")
    assert messages(ask(source)) == ["7: stream: arXiv knows its DOI (write doi = {10.1000/stream} or leave it)"]


def test_a_preprint_published_since_is_told_by_crossref(world: World, ask: Ask) -> None:
    relation = {"is-preprint-of": [{"id-type": "doi", "id": "10.1000/final", "asserted-by": "subject"}]}
    preprint = crossref(type="posted-content", relation=relation, **{"container-title": []})
    world.says("/works/10.1000/flow", preprint)
    assert messages(ask(PAPER.replace("Proceedings of the VLDB Endowment", "bioRxiv"))) == [
        "7: flow: published since, says Crossref: https://doi.org/10.1000/final"
        " (add its venue and doi = {10.1000/final}, or leave it)"
    ]


STREAM = {
    "DOI": "10.1000/stream",
    "title": ["Stream"],
    "subtitle": ["Ordering Without Waiting"],
    "author": [{"given": "A.", "family": "van der Berg"}, {"given": "B.", "family": "Müller"}],
}


def test_the_published_version_of_a_preprint_is_found_by_its_title(world: World, ask: Ask) -> None:
    world.papers["2401.00001"] = entry()
    world.says("/works", found(crossref(), crossref(**STREAM)))
    assert messages(ask(PREPRINT)) == [
        "6: stream: published since, it seems, says Crossref in Proceedings of the VLDB Endowment:"
        " https://doi.org/10.1000/stream (add its venue and doi = {10.1000/stream}, or leave it)"
    ]
    query = parse_qs(urlsplit(world.requests[-1][0]).query)
    assert query == {"query.bibliographic": ["Stream: Ordering without Waiting Ann van der Berg"], "rows": ["5"]}


@pytest.mark.parametrize(
    "other",
    [
        {"type": "posted-content"},
        {"title": ["Stream: Ordering Without Waiting, Again"], "subtitle": []},
        {"title": ["Stream"], "subtitle": []},
        {"author": [{"given": "A.", "family": "van der Berg"}, {"given": "Di", "family": "Drew"}]},
        {"author": None},
        {"DOI": ""},
    ],
)
def test_a_work_that_is_only_like_a_preprint_is_not_told(world: World, ask: Ask, other: dict[str, object]) -> None:
    world.papers["2401.00001"] = entry()
    world.says("/works", found(crossref(**{**STREAM, **other})))
    assert messages(ask(PREPRINT)) == []


def test_arxiv_is_asked_about_many_papers_at_once(world: World, ask: Ask) -> None:
    world.papers |= {f"2401.{number:05}": entry(f"2401.{number:05}v1") for number in range(AT_ONCE + 1)}
    source = "".join(
        PREPRINT.replace("@misc{stream", f"@article{{s{each}")
        .replace("2401.00001", each)
        .replace("  year", "  journal={X},\n  year")
        for each in world.papers
    )
    assert not [message for message in messages(ask(source)) if "has no" in message]
    queries = [parse_qs(urlsplit(path).query) for path, _, _ in world.requests]
    assert [(len(query["id_list"][0].split(",")), query["max_results"]) for query in queries] == [
        (AT_ONCE, [str(AT_ONCE)]),
        (1, ["1"]),
    ]


def test_an_identifier_that_arxiv_refuses_does_not_spoil_the_others(world: World, ask: Ask) -> None:
    world.says("/api/query", COMPLAINT)
    world.says("/api/query", feed(entry()))
    world.says("/api/query", "bad request", 400)
    source = PREPRINT + PREPRINT.replace("stream", "other").replace("2401.00001", "2412.99999")
    assert messages(ask(source)) == ["14: other: arXiv has no 2412.99999 (correct eprint, or leave it)"]


@pytest.mark.parametrize("answer", ["<html><p>Log in to this network", "{}", feed(), ""])
def test_an_answer_that_is_none_is_no_reason_to_doubt_the_file(world: World, desk: Desk, ask: Ask, answer: str) -> None:
    for path in ("/api/query", "/works/10.1000/flow", "/works/10.1000/flow/agency", "/works"):
        world.says(path, answer)
    assert ask(PAPER + PREPRINT + PREPRINT.replace("stream", "other").replace("2401.00001", "2401.00002")) == []
    assert desk.client.unanswered == dict.fromkeys(["arXiv", "Crossref"], "an answer without records")
    assert not desk.client.cache.folder.exists()


def test_hosts_are_told_who_asks_and_an_address_only_if_there_is_one(world: World, tmp_path: Path, ask: Ask) -> None:
    ask(PAPER)
    desk = desk_of(world, tmp_path)
    desk.client.mailto = "me@example.org"
    ask(PAPER, desk)
    agents = [agent for _, agent, _ in world.requests]
    assert {*agents} == {f"sphinx-folio/{__version__}", f"sphinx-folio/{__version__} (mailto:me@example.org)"}


def test_hosts_are_asked_no_faster_than_they_allow(world: World, tmp_path: Path, ask: Ask) -> None:
    source = "".join(PAPER.replace("flow", f"flow{number}") for number in range(3))
    for number in range(3):
        world.says(f"/works/10.1000/flow{number}", crossref())
    ask(source, desk_of(world, tmp_path, pause=0.1))
    times = [when for _, _, when in world.requests]
    assert len(times) == 3
    assert all(later - earlier >= 0.09 for earlier, later in pairwise(times))


def test_an_answer_is_kept_for_a_month(world: World, tmp_path: Path, ask: Ask) -> None:
    world.says("/works/10.1000/flow", crossref())
    world.papers["2401.00001"] = entry()
    for _ in range(2):
        assert ask(PAPER + PREPRINT, desk_of(world, tmp_path)) == []
        assert sorted(world.asked) == ["/api/query", "/works", "/works/10.1000/flow"]
    world.requests.clear()
    for path in (tmp_path / "online").iterdir():
        os.utime(path, (0, time.time() - 31 * 24 * 3600))
    ask(PAPER + PREPRINT, desk_of(world, tmp_path))
    assert len(world.requests) == 3


def test_that_nothing_is_known_is_not_kept(world: World, tmp_path: Path, ask: Ask) -> None:
    assert ask(PAPER + PREPRINT)
    world.says("/works/10.1000/flow", crossref())
    world.papers["2401.00001"] = entry()
    assert ask(PAPER + PREPRINT, desk_of(world, tmp_path)) == []


def test_a_damaged_cache_is_asked_for_anew_and_one_that_cannot_be_written_stops_nothing(
    world: World, tmp_path: Path, ask: Ask
) -> None:
    world.says("/works/10.1000/flow", crossref())
    (tmp_path / "online").write_text("a file where the folder should be")
    assert ask(PAPER, desk_of(world, tmp_path)) == []
    (tmp_path / "online").unlink()
    ask(PAPER, desk_of(world, tmp_path))
    for path in (tmp_path / "online").iterdir():
        path.write_bytes(b"\xff{")
    assert ask(PAPER, desk_of(world, tmp_path)) == []
    assert len(world.requests) == 3


@pytest.mark.parametrize("trouble", [(500, {}), (503, {}), (429, {"Retry-After": "0"}), (0, {})])
def test_a_host_in_trouble_is_asked_again(
    world: World, desk: Desk, ask: Ask, trouble: tuple[int, dict[str, str]]
) -> None:
    world.answers["/works/10.1000/flow"] = [(*trouble, "")] * 2
    world.says("/works/10.1000/flow", crossref())
    assert ask(PAPER) == []
    assert len(world.requests) == 3
    assert not desk.client.unanswered


def test_a_host_that_says_when_to_come_back_is_not_asked_before(world: World, ask: Ask) -> None:
    world.says("/works/10.1000/flow", "", 429, Retry_After="1")
    world.says("/works/10.1000/flow", crossref())
    assert ask(PAPER) == []
    first, second = (when for _, _, when in world.requests)
    assert second - first >= 0.95


@pytest.mark.parametrize(
    ("waiting", "wait"),
    [
        ("7", 7),
        (" 7 ", 7),
        ("", 0),
        ("soon", 0),
        ("-3", 0),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
        ("9" * 400, float("inf")),
    ],
)
def test_a_wait_is_a_number_of_seconds_or_a_date(waiting: str, wait: float) -> None:
    assert asking.seconds(waiting) == wait


def test_a_date_to_come_is_waited_for() -> None:
    assert 10**8 < asking.seconds("Thu, 01 Jan 2099 00:00:00 -0000") < 10**10


@pytest.mark.parametrize(
    ("trouble", "requests", "reason"),
    [
        ((503, {}), 4, "HTTP 503"),
        ((429, {}), 4, "HTTP 429"),
        ((429, {"Retry-After": "3600"}), 1, "HTTP 429"),
        ((403, {}), 1, "HTTP 403"),
        ((0, {}), 4, "no connection (ConnectionError)"),
    ],
)
def test_a_host_that_does_not_answer_costs_its_hints_and_says_why(
    world: World, desk: Desk, ask: Ask, trouble: tuple[int, dict[str, str]], requests: int, reason: str
) -> None:
    world.answers["/works/10.1000/flow"] = [(*trouble, "")]
    world.papers["2401.00001"] = entry(more=extra("journal_ref", "PVLDB 18(6), 2025"))
    assert len(ask(PAPER + PREPRINT)) == 1
    assert world.asked.count("/works/10.1000/flow") == requests
    assert desk.client.unanswered == {"Crossref": reason}


def test_a_host_that_hangs_is_left_alone(world: World, tmp_path: Path, ask: Ask) -> None:
    world.delay = 0.3
    desk = desk_of(world, tmp_path, timeout=0.05)
    assert ask(PAPER + PAPER.replace("flow", "other"), desk) == []
    assert world.asked == ["/works/10.1000/flow"] * 4
    assert desk.client.unanswered == {"Crossref": "no answer within 0.05 seconds"}


def test_a_host_that_fails_on_one_paper_is_asked_about_the_next(world: World, desk: Desk, ask: Ask) -> None:
    world.says("/works/10.1000/flow", "", 500)
    world.says("/works/10.1000/other", crossref(title=["Other"]))
    assert len(ask(PAPER + PAPER.replace("flow", "other"))) == 1
    assert desk.client.unanswered == {"Crossref": "HTTP 500"}


def test_a_host_that_fails_on_every_paper_is_left_alone(world: World, ask: Ask) -> None:
    names = [f"flow{number}" for number in range(9)]
    for name in names:
        world.says(f"/works/10.1000/{name}", "", 500)
    assert ask("".join(PAPER.replace("flow", name) for name in names)) == []
    assert len({*world.asked}) == asking.UNWELL


def test_an_endless_answer_is_cut_short(world: World, desk: Desk, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "LARGEST", 1000)
    world.says("/works/10.1000/flow", crossref(abstract="x" * 2000))
    assert ask(PAPER) == []
    assert desk.client.unanswered == {"Crossref": "an answer of more than 1,000 bytes"}


def test_no_network_is_no_reason_to_stop_or_to_wait(tmp_path: Path, world: World, ask: Ask) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # taken, and nobody listens
        desk = desk_of(World(f"http://127.0.0.1:{nobody.getsockname()[1]}"), tmp_path, patience=60.0)
        assert ask(PAPER + PREPRINT, desk) == []
    assert desk.client.unanswered == dict.fromkeys(["arXiv", "Crossref"], "no connection (ConnectionError)")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["name", "date-parts", "given", "family"]), inner),
    max_leaves=8,
)
NAMES = ["DOI", "title", "subtitle", "author", "issued", "container-title", "event", "relation", "type", "items"]


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    path = tmp_path_factory.mktemp("paper") / "refs.bib"
    path.write_text(PAPER, "utf-8")
    return read_library([path], SiteAuthors()).publications[0]


@given(st.dictionaries(st.sampled_from(NAMES), json_values | st.lists(st.text(), max_size=2)))
def test_whatever_crossref_says_stops_nothing(paper: Publication, message: dict[str, object]) -> None:
    answer = json.dumps({"message": message})
    for record in (crossref_work(answer), *crossref_works(answer)):
        if record:
            assert all(problem.line > 1 for problem in hints_from(record, paper, better=None))
            list(published_as(paper, [record]))


@given(st.text(), st.sampled_from(["", "title", "id", "author", "published"]))
def test_whatever_arxiv_says_stops_nothing(text: str, name: str) -> None:
    safe = "".join(each for each in text if each.isprintable())
    for element in (text, entry().replace(f"<{name}>", f"<{name}>{escape(safe)}")):
        for paper in (arxiv_entries(feed(element)) or {}).values():
            arxiv_record(paper)
