"""The CV as JSON Resume beside the pages, and where it is to be found."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from conftest import Built, Project, build
from sphinx_folio.audit import data as audited

Root = Callable[[str], Built]
Copy = Callable[[str], Project]


def read(built: Built) -> dict[str, Any]:
    """What the file says, which is valid."""
    text = (built.output / "resume.json").read_text("utf-8")
    assert list(audited.resume(text)) == []
    data: dict[str, Any] = json.loads(text)
    return data


def test_entries_papers_and_owner_are_in_one_file(root: Root) -> None:
    built = root("resume")
    assert built.warnings == []
    data = read(built)
    assert data["basics"] == {
        "name": "Ada Lovelace",
        "label": "Analyst",
        "email": "ada@ada.example",
        "url": "https://ada.example/site/",
        "summary": "Weaves algebraic patterns.",
        "profiles": [
            {
                "network": "ORCID",
                "username": "0000-0002-1825-0097",
                "url": "https://orcid.org/0000-0002-1825-0097",
            }
        ],
    }
    assert data["work"] == [
        {
            "name": "Analytical Society",
            "position": "Analyst",
            "url": "https://society.example",
            "startDate": "1842-09",
            "summary": "Manager: Charles Babbage. Writes notes on the engine.",
            "highlights": ['Programmed "Bernoulli" & </script>.'],
        },
        {"position": "Translator", "startDate": "1841", "endDate": "1841"},
    ]
    assert data["publications"] == [
        {
            "name": "Notes on the λ Engine",
            "publisher": "Scientific Memoirs",
            "releaseDate": "1843-09",
            "url": "https://ada.example/site/cv/index.html#notes",
            "summary": "Ada Lovelace, Charles Babbage. Scientific Memoirs, 1843.",
        }
    ]


def test_a_project_leads_to_its_page(root: Root) -> None:
    (project,) = read(root("resume"))["projects"]
    assert project["name"] == "The Engine"
    assert project["url"] == "https://ada.example/site/projects/engine.html"


def test_the_cv_leads_to_the_file(root: Root) -> None:
    built = root("resume")
    link = built.page("cv/index").find("a", string="JSON Resume")
    assert (built.output / "cv" / link["href"]).resolve() == built.output / "resume.json"


@pytest.mark.parametrize(("page", "count"), [("cv/index", 1), ("index", 0), ("projects/engine", 0)])
def test_only_the_page_with_the_entries_announces_it(root: Root, page: str, count: int) -> None:
    built = root("resume")
    links = built.page(page).select('link[rel=alternate][type="application/json"]')
    assert [(built.output / "cv" / link["href"]).resolve() for link in links] == [built.output / "resume.json"] * count


def test_addresses_without_html_lead_there_too(project: Copy) -> None:
    copy = project("resume")
    built = build(copy.source, copy.work, "dirhtml")
    assert built.warnings == []
    (link,) = built.page("cv/index").select('link[rel=alternate][type="application/json"]')
    assert (built.output / "cv" / link["href"]).resolve() == built.output / "resume.json"
    assert read(built)["projects"][0]["url"] == "https://ada.example/site/projects/engine/"


def test_a_position_that_is_removed_is_gone_at_once(project: Copy) -> None:
    copy = project("resume")
    assert len(read(copy.build())["work"]) == 2
    text = (copy.source / "cv/index.md").read_text("utf-8")
    copy.write("cv/index.md", text.replace("```{position} Translator\n:period: 1841\n```\n", ""))
    assert [each["position"] for each in read(copy.build())["work"]] == ["Analyst"]


def test_a_changed_paper_title_or_setting_changes_the_file(project: Copy) -> None:
    copy = project("resume")
    copy.build()
    copy.write("refs.bib", "@article{notes, title = {Looms}, author = {Lovelace, Ada}, year = {1843}}")
    assert read(copy.build())["publications"][0]["name"] == "Looms"
    copy.write("projects/engine.md", "# The Loom\n")
    assert read(copy.build())["projects"][0]["name"] == "The Loom"
    assert read(copy.build(author_position="Countess"))["basics"]["label"] == "Countess"


def test_the_site_itself_is_no_profile(project: Copy) -> None:
    built = project("resume").build(author_links=["http://ada.example/site/index.html", "https://github.com/ada"])
    assert [each["network"] for each in read(built)["basics"]["profiles"]] == ["GitHub"]


def test_a_build_in_which_nothing_changed_leaves_the_file_alone(project: Copy) -> None:
    copy = project("resume")
    file = copy.build().output / "resume.json"
    before = file.stat().st_mtime_ns, file.read_bytes()
    copy.build()
    assert (file.stat().st_mtime_ns, file.read_bytes()) == before


def test_a_file_of_the_sites_own_wins(project: Copy) -> None:
    copy = project("resume")
    copy.write("own/resume.json", "{}\n")
    built = copy.build(html_extra_path=["own"])
    assert (built.output / "resume.json").read_text("utf-8") == "{}\n"


def test_without_an_address_only_addresses_of_others_are_said(project: Copy) -> None:
    data = read(project("resume").build(html_baseurl=""))
    assert data["meta"].keys() == {"version"}
    assert "url" not in data["publications"][0]
    assert data["projects"][0]["url"] == data["work"][0]["url"] == "https://society.example"


@pytest.mark.parametrize("builder", ["text", "epub", "linkcheck"])
def test_where_no_site_is_written_there_is_no_file(project: Copy, builder: str) -> None:
    copy = project("resume")
    copy.write("cv/index.md", "# CV\n\n```{downloads}\n```\n\n```{position} Analyst\n```\n")
    built = build(copy.source, copy.work, builder, epub_show_urls="no", version="1", copyright="x", html_baseurl="")
    assert not list(built.output.rglob("resume.json"))
    pages = [path for path in built.output.rglob("cv/index.*") if path.suffix in (".txt", ".xhtml")]
    assert len(pages) == (builder != "linkcheck")
    assert not [path for path in pages if "JSON Resume" in path.read_text("utf-8")]


def test_a_sentence_keeps_the_citation_that_it_needs(project: Copy) -> None:
    copy = project("resume")
    page = (copy.source / "cv/index.md").read_text("utf-8")
    cites = "Wrote {cite:t}`notes` alone {cite:p}`notes`.\n\n- Read {cite:t}`notes`\n\n"
    inner = "~~~{talk} Talk\nOn {cite:t}`lost`.\n~~~"
    body = f":period: 1841\n\n{cites}{inner}\n"
    copy.write("cv/index.md", page.replace(":period: 1841\n", body))
    built = copy.build()
    assert [each for each in built.warnings if "'lost'" in each] == built.warnings != []
    shown = built.text("cv/index")
    _, translator = read(built)["work"]
    assert translator["summary"] == "Wrote Lovelace and Babbage [notes] alone."
    assert translator["highlights"][0] == "Read Lovelace and Babbage [notes]"
    assert "Read Lovelace and Babbage [ notes ]" in shown
    again = copy.build(bibtex_reference_style="author_year")
    assert read(again)["work"][1]["summary"] == "Wrote Lovelace and Babbage [1843] alone."
    copy.write(
        "cv/index.md", (copy.source / "cv/index.md").read_text("utf-8").replace("Wrote {cite:t}", "Wrote {cite:p}")
    )
    assert read(copy.build(bibtex_reference_style="author_year"))["work"][1]["summary"] == "Wrote alone."


ALL = ("publications", "cv", "profile", "projects")


def test_a_cv_without_papers_needs_no_file_of_them(project: Copy) -> None:
    copy = project("resume")
    (copy.source / "refs.bib").unlink()
    text = (copy.source / "conf.py").read_text("utf-8").replace('bibtex_bibfiles = ["refs.bib"]\n', "")
    copy.write("conf.py", f"{text}extensions = {['myst_parser', *(f'sphinx_folio.ext.{name}' for name in ALL)]}\n")
    page = (copy.source / "cv/index.md").read_text("utf-8")
    copy.write("cv/index.md", page.replace("```{publications}\n```\n", ""))
    built = copy.build()
    assert built.warnings == []
    assert "publications" not in read(built)
    assert len(read(built)["work"]) == 2
    assert (built.output / "ada-lovelace-cv.pdf").is_file()
