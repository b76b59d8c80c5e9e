"""What résumé builders read: JSON Resume, against its own schema."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import make
from sphinx_folio.audit import data as audited
from sphinx_folio.bibliography.dates import Date
from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.cv.model import CVEntry, EntryKind
from sphinx_folio.cv.periods import Period
from sphinx_folio.exporters.jsonresume import PLACES, json_resume, uri
from sphinx_folio.exporters.site import Site

SITE = Site(
    "Ada’s site",
    "Ada Lovelace",
    "https://ada.example/",
    "en",
    "Weaves algebraic patterns.",
    ("https://github.com/ada", "https://www.linkedin.com/in/ada-l/", "https://club.example/about"),
    "Analyst",
    "Analytical Society",
    "ada@ada.example",
    ("engines", "looms"),
    "_static/portrait.jpg",
)
YEARS = Period(Date(1842, 9), Date(1843, 7))


def made(*activities: CVEntry, site: Site = SITE, papers: tuple[Publication, ...] = ()) -> dict[str, Any]:
    """What a reader finds in the file, which is valid and says nothing under a name that the schema does not know."""
    text = json_resume(site, activities, papers, "resume.json", lambda paper: f"papers/{paper.key}.html")
    assert list(audited.resume(text)) == []
    data: dict[str, Any] = json.loads(text)
    return data


def test_it_says_whose_it_is() -> None:
    assert made()["basics"] == {
        "name": "Ada Lovelace",
        "label": "Analyst, Analytical Society",
        "image": "https://ada.example/_static/portrait.jpg",
        "email": "ada@ada.example",
        "url": "https://ada.example/",
        "summary": "Weaves algebraic patterns.",
        "profiles": [
            {"network": "GitHub", "username": "ada", "url": "https://github.com/ada"},
            {"network": "LinkedIn", "username": "ada-l", "url": "https://www.linkedin.com/in/ada-l/"},
            {"network": "club.example", "url": "https://club.example/about"},
        ],
    }
    assert made()["interests"] == [{"name": "engines"}, {"name": "looms"}]
    assert made()["meta"] == {"canonical": "https://ada.example/resume.json", "version": "v1.0.0"}


def test_what_is_not_known_is_not_said() -> None:
    data = made(CVEntry("position", "Analyst"), site=Site("Ada", "Ada Lovelace", picture="_static/portrait.webp"))
    assert data.keys() == {"$schema", "basics", "work", "meta"}
    assert data["basics"] == {"name": "Ada Lovelace"}
    assert data["work"] == [{"position": "Analyst"}]
    assert data["meta"] == {"version": "v1.0.0"}


@pytest.mark.parametrize(
    ("activity", "section", "expected"),
    [
        (
            CVEntry(
                "position",
                "Analyst",
                "Analytical Society",
                "Engines",
                "London",
                people=(("Manager", "Charles Babbage"),),
                period=YEARS,
                url="https://society.example/",
                summary="Wrote notes.",
                highlights=("Note G.", "Note A."),
            ),
            "work",
            {
                "name": "Analytical Society, Engines",
                "position": "Analyst",
                "location": "London",
                "url": "https://society.example/",
                "startDate": "1842-09",
                "endDate": "1843-07",
                "summary": "Manager: Charles Babbage. Wrote notes.",
                "highlights": ["Note G.", "Note A."],
            },
        ),
        (
            CVEntry("teaching", "Differences", "University of Turin", role="Assistant"),
            "work",
            {"name": "University of Turin", "position": "Assistant, Differences"},
        ),
        (
            CVEntry(
                "education", "Ph.D. in Mathematics", "University of London", people=(("Advisor", "Mary Somerville"),)
            ),
            "education",
            {
                "institution": "University of London",
                "studyType": "Ph.D.",
                "area": "Mathematics",
                "summary": "Advisor: Mary Somerville.",
            },
        ),
        (
            CVEntry("education", "Studies of Nature", "Home"),
            "education",
            {"institution": "Home", "studyType": "Studies of Nature"},
        ),
        (
            CVEntry("service", "Committee on Looms", "Royal Society", role="Chair"),
            "volunteer",
            {"organization": "Royal Society", "position": "Chair, Committee on Looms"},
        ),
        (
            CVEntry("award", "Medal", "Royal Society", period=Period(Date(1843)), summary="For notes"),
            "awards",
            {"title": "Medal", "date": "1843", "awarder": "Royal Society", "summary": "For notes."},
        ),
        (
            CVEntry("grant", "Grant", "Parliament", amount="£1,700", role="Principal", highlights=("Brass.",)),
            "awards",
            {"title": "Grant", "awarder": "Parliament", "summary": "Principal. £1,700. Brass."},
        ),
        (
            CVEntry("project", "Engine", "Society", role="Author", summary="It computes!", highlights=("Cards",)),
            "projects",
            {
                "name": "Engine",
                "description": "It computes!",
                "roles": ["Author"],
                "entity": "Society",
                "highlights": ["Cards"],
            },
        ),
        (
            CVEntry("talk", "On Engines", "Royal Institution", location="London", period=Period(Date(1843, 5, 4))),
            "projects",
            {
                "name": "On Engines",
                "entity": "Royal Institution",
                "location": "London",
                "startDate": "1843-05-04",
                "endDate": "1843-05-04",
                "type": "talk",
            },
        ),
    ],
)
def test_an_entry_stands_where_the_schema_has_a_place_for_it(
    activity: CVEntry, section: str, expected: dict[str, Any]
) -> None:
    assert made(activity)[section] == [expected]


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        (Period(Date(1842, 9), ongoing=True), "1842-09", None),
        (Period(Date(1842)), "1842", "1842"),
        (Period(None, Date(1843, 7)), None, "1843-07"),
        (Period(), None, None),
        (Period(Date(987), Date(1843)), None, "1843"),
    ],
)
def test_only_what_goes_on_has_no_end(period: Period, start: str | None, end: str | None) -> None:
    (entry,) = made(CVEntry("position", "Analyst", period=period))["work"]
    assert (entry.get("startDate"), entry.get("endDate")) == (start, end)


@pytest.mark.parametrize("kind", PLACES)
def test_an_entry_that_says_nothing_is_left_out(kind: EntryKind) -> None:
    assert made(CVEntry(kind, "")).keys() == {"$schema", "basics", "interests", "meta"}


def test_every_summary_ends_as_sentences_do() -> None:
    entry = CVEntry("grant", "Grant", summary="Why？", role="“For what?”", amount="And so on…")
    assert made(entry)["awards"][0]["summary"] == "“For what?” And so on… Why？"


def test_entries_keep_the_order_of_the_page() -> None:
    data = made(CVEntry("teaching", "B"), CVEntry("award", "X"), CVEntry("position", "A"), CVEntry("teaching", "C"))
    assert [entry["position"] for entry in data["work"]] == ["B", "A", "C"]


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        (
            "article",
            {
                "title": r"The {\lambda} Engine",
                "author": "Lovelace*, Ada and Babbage, Charles",
                "journal": r"Memoirs \& Notes",
                "year": "1843",
                "month": "sep",
                "doi": "10.1000/engine",
                "note": "With notes",
                "award": "Best Paper!",
            },
            {
                "name": "The λ Engine",
                "publisher": "Memoirs & Notes",
                "releaseDate": "1843-09",
                "url": "https://doi.org/10.1000/engine",
                "summary": "Ada Lovelace, Charles Babbage. Memoirs & Notes, 1843. With notes. Best Paper!",
            },
        ),
        (
            "misc",
            {"eprint": "2505.12242", "archiveprefix": "arXiv"},
            {
                "name": "T",
                "publisher": "arXiv",
                "url": "https://arxiv.org/abs/2505.12242",
                "summary": "arXiv:2505.12242.",
            },
        ),
        ("misc", {"pdf": "files/engine.pdf"}, {"name": "T", "url": "https://ada.example/papers/engine.html"}),
        ("thesis", {"school": "Turin", "year": "987"}, {"publisher": "Turin", "summary": "Turin, 987."}),
    ],
)
def test_a_paper_says_who_wrote_it_and_leads_to_it(kind: str, fields: dict[str, str], expected: dict[str, str]) -> None:
    (entry,) = made(papers=(make(kind, **{"title": "T", **fields}),))["publications"]
    assert {name: entry[name] for name in expected} == expected
    assert "releaseDate" not in entry or "releaseDate" in expected


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://ada.example/a%20b?c=d#e", "https://ada.example/a%20b?c=d#e"),
        ("https://ada.example/é [1] 100%", "https://ada.example/%C3%A9%20%5B1%5D%20100%25"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
        ("mailto:ada@ada.example", ""),
        ("javascript:alert(1)", ""),
        ("projects/engine.html", ""),
        ("//ada.example/", ""),
        ("https://", ""),
        ("", ""),
    ],
)
def test_an_address_is_one_of_the_web_or_none(text: str, address: str) -> None:
    assert uri(text) == address


texts = st.text(max_size=8) | st.sampled_from(["</script>", '"', "\\", "https://x.example/[%", "λ", "愛", "\u202e"])


@st.composite
def activities(draw: st.DrawFn) -> CVEntry:
    """Anything that an author may write."""
    dates = st.none() | st.builds(Date, st.integers(1, 9999), st.integers(0, 12), st.just(0))
    words = {name: draw(texts) for name in ("title", "organization", "location", "role", "amount", "summary")}
    period = Period(draw(dates), draw(dates), draw(st.booleans()))
    url = draw(texts.map("https://x.example/".__add__) | texts)
    return CVEntry(draw(st.sampled_from(list(PLACES))), period=period, url=url, highlights=(draw(texts),), **words)


@settings(max_examples=60)
@given(st.lists(activities(), max_size=4), texts, texts)
def test_whatever_is_written_the_file_is_valid(entries: list[CVEntry], name: str, link: str) -> None:
    site = Site("S", name, "https://ada.example/", "en", name, (link, f"https://x.example/{link}"), topics=(name,))
    data = made(*entries, site=site)
    sections = [data.get(section, []) for section in ("work", "volunteer", "education", "awards", "projects")]
    assert len([entry for entry in entries if entry.title]) <= sum(map(len, sections)) <= len(entries)
    assert all(entry and entry != {"type": "talk"} for section in sections for entry in section)
