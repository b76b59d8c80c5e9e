"""What search engines read of the owner on the home page."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from conftest import Built, Project
from sphinx_folio.bibliography.dates import Date
from sphinx_folio.cv.model import CVEntry
from sphinx_folio.cv.periods import Period
from sphinx_folio.exporters import jsonld
from sphinx_folio.exporters.site import Site

TITLES = (("Intern", False), ("Analyst", True))
EXTENSIONS = [
    "myst_parser",
    "sphinx_folio.ext.cv.entries",
    "sphinx_folio.ext.profile.contact",
    "sphinx_folio.ext.profile.structured_data",
]
CAREER = """# Curriculum vitae

```{position} Analyst of [engines](https://engines.example/analysts)
:organization: [Analytical Engines](https://engines.example)
:period: 2024-09/..
```

```{position} Intern
:organization: Difference Engines
:period: 2022/2023
```

```{education} Ph.D. in Mathematics
:organization: Somerville College
:period: 2023/..
```

```{education} B.Sc. in Mathematics
:organization: [University of London](https://london.example/)
:period: 2019/2022
```

```{award} Royal Medal
:organization: Royal Society
:period: 2023-05
```
"""


def person(built: Built, page: str = "index") -> dict[str, Any]:
    """The person on a page."""
    data = json.loads(built.page(page).select_one("script[type='application/ld+json']").string)
    (found,) = [node for node in data["@graph"] if node["@type"] == "Person"]
    return found


def test_search_engines_read_who_the_owner_is(root: Callable[[str], Built]) -> None:
    assert person(root("contact")) == {
        "@type": "Person",
        "@id": "https://ada.example/ada/#me",
        "name": "Ada Lovelace",
        "url": "https://ada.example/ada/",
        "email": "mailto:ada@example.org",
        "jobTitle": "Analyst",
        "affiliation": {"@type": "Organization", "name": "Analytical Society"},
        "knowsAbout": ["engines", "Bernoulli numbers"],
        "sameAs": ["https://github.com/ada", "https://orcid.org/0000-0002-1825-0097"],
    }


def test_the_home_page_alone_says_it_and_names_the_owners_other_pages(root: Callable[[str], Built]) -> None:
    built = root("contact")
    found = {
        page: built.page(page).select("link[rel=me], script[type='application/ld+json']") for page in built.pages()
    }
    assert {page for page, said in found.items() if said} == {"index"}
    links = [link["href"] for link in built.page("index").select("head > link[rel=me]")]
    assert links == ["https://github.com/ada", "https://orcid.org/0000-0002-1825-0097"]


def test_search_engines_read_the_career(project: Callable[[str], Project]) -> None:
    copy = project("contact")
    copy.write("cv/index.md", CAREER)
    built = copy.build(extensions=EXTENSIONS)
    said = person(built)
    engines = {"@type": "Organization", "name": "Analytical Engines", "url": "https://engines.example"}
    london = {"@type": "EducationalOrganization", "name": "University of London", "url": "https://london.example/"}
    assert said["worksFor"] == [engines]
    assert said["affiliation"] == [engines, {"@type": "Organization", "name": "Somerville College"}]
    assert said["alumniOf"] == [london]
    assert said["award"] == ["Royal Medal, Royal Society (2023)"]
    assert said["jobTitle"] == "Analyst"
    assert built.warnings == []


def test_what_leaves_the_cv_leaves_the_home_page(project: Callable[[str], Project]) -> None:
    copy = project("contact")
    copy.write("cv/index.md", CAREER)
    copy.build(extensions=EXTENSIONS)
    copy.write("cv/index.md", CAREER[: CAREER.index("```{position}")] + CAREER[CAREER.index("```{education}") :])
    said = person(copy.build(extensions=EXTENSIONS))
    assert "worksFor" not in said
    assert said["affiliation"] == [{"@type": "Organization", "name": "Somerville College"}]
    copy.write("cv/index.md", "# Curriculum vitae\n")
    said = person(copy.build(extensions=EXTENSIONS))
    assert {"alumniOf", "award"}.isdisjoint(said)
    assert said["affiliation"] == {"@type": "Organization", "name": "Analytical Society"}


@pytest.mark.parametrize(
    ("award", "text"),
    [
        (CVEntry("award", "Royal Medal", period=Period(Date(1843))), "Royal Medal (1843)"),
        (
            CVEntry("award", "Fellow", "Royal Society", period=Period(Date(1843), None, True)),
            "Fellow, Royal Society (1843)",
        ),
        (CVEntry("award", "Royal Medal"), "Royal Medal"),
    ],
)
def test_an_award_is_named_as_people_do(award: CVEntry, text: str) -> None:
    assert jsonld.schema_person(Site("S", "Ada"), [award])["award"] == [text]


def test_an_award_without_a_name_is_none() -> None:
    awards = [CVEntry("award", ""), CVEntry("award", "", period=Period(Date(1843)))]
    said = jsonld.schema_person(Site("S", "Ada"), awards)
    assert "award" not in said


@pytest.mark.parametrize("home", ["http://ada.example/ada", "https://www.ADA.example/ada/index.html"])
def test_the_site_itself_is_no_other_page_of_the_owner(project: Callable[[str], Project], home: str) -> None:
    built = project("contact").build(author_links=[home, f"{home}/x", "https://github.com/ada"])
    others = [f"{home}/x", "https://github.com/ada"]
    assert person(built)["sameAs"] == others
    assert [link["href"] for link in built.page("index").select("head > link[rel=me]")] == others


def test_the_job_is_that_of_the_cv_where_the_settings_name_none() -> None:
    past, now = (CVEntry("position", title, "Mill", period=Period(Date(2020), None, going)) for title, going in TITLES)
    said = jsonld.schema_person(Site("S", "Ada"), [past, now])
    assert said["jobTitle"] == "Analyst"
    assert said["worksFor"] == [{"@type": "Organization", "name": "Mill"}]
