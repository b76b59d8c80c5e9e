from collections.abc import Callable

import pytest

from conftest import Built, Project


@pytest.fixture
def built(root: Callable[[str], Built]) -> Built:
    return root("projects")


def test_a_card_is_made_from_the_page_and_its_papers(built: Built) -> None:
    card = built.page("index").select_one(".project")
    assert card.select_one(".project-title").get_text() == "The Engine"
    assert card.select_one(".project-description").get_text() == "It weaves <b>algebraic</b> patterns."
    assert card.select_one(".project-facts").get_text() == "Memoirs’44 · Memoirs’43 · 1837–1871"
    assert card.a["href"] == "projects/engine.html"


def test_a_page_without_front_matter_makes_a_card_with_its_title(built: Built) -> None:
    card = built.page("index").select(".project")[1]
    assert card.get_text(strip=True) == "Plain"


def test_a_page_that_is_none_is_reported_and_the_other_cards_stay(built: Built) -> None:
    assert len(built.page("index").select(".project")) == 2
    assert built.warnings == ["index.md:3: no page 'projects/enigne'; did you mean 'projects/engine'? [folio.project]"]


def test_a_changed_page_changes_its_card(project: Callable[[str], Project]) -> None:
    copy = project("projects")
    copy.build()
    copy.write("projects/engine.md", "---\ndescription: New words.\n---\n# Renamed\n")
    text = copy.build().text("index")
    assert "Renamed New words." in text


def test_a_page_that_is_added_later_gets_its_card(project: Callable[[str], Project]) -> None:
    copy = project("projects")
    copy.build()
    copy.write("projects/enigne.md", "---\norphan: true\ndescription:\n---\n# Enigne\n")
    built = copy.build()
    assert built.warnings == []
    assert built.page("index").select(".project")[1].get_text(strip=True) == "Enigne"


def test_a_changed_venue_changes_the_card(project: Callable[[str], Project]) -> None:
    copy = project("projects")
    copy.write("index.md", "# Home\n\n```{projects}\nprojects/engine\n```\n\n```{toctree}\n:glob:\nprojects/*\n```\n")
    copy.build()
    copy.write("refs.bib", "@article{one, title = {One}, year = {1843}, abbr = {New'43}, project = {projects/engine}}")
    assert "New’43 · 1837–1871" in copy.build().text("index")


ENTRY = "---\norphan: true\n---\n# CV\n\n```{{project-entry}} [Engine](projects/{page}.md)\n:period: {period}\n```\n"


def facts(built: Built) -> list[str]:
    """The last line of each card that has one."""
    return [each.get_text() for each in built.page("index").select(".project-facts")]


def test_the_entry_in_the_cv_says_how_long_a_project_was_worked_on(project: Callable[[str], Project]) -> None:
    copy = project("projects")
    settings = (copy.source / "conf.py").read_text("utf-8")
    copy.write(
        "conf.py",
        settings.replace(
            '"sphinx_folio.ext.projects.cards"', '"sphinx_folio.ext.projects.cards", "sphinx_folio.ext.cv.entries"'
        ),
    )
    copy.write("cv.md", ENTRY.format(page="engine", period="1842-10/.."))
    assert facts(copy.build()) == ["Memoirs’44 · Memoirs’43 · Oct 1842 – Present"]
    copy.write("cv.md", ENTRY.format(page="engine", period="1842-10/1843"))
    assert facts(copy.build()) == ["Memoirs’44 · Memoirs’43 · Oct 1842 – 1843"]
    copy.write("cv.md", ENTRY.format(page="plain", period="1842-10/.."))
    assert facts(copy.build()) == ["Memoirs’44 · Memoirs’43 · 1837–1871", "Oct 1842 – Present"]


def test_a_period_that_cannot_be_read_is_shown_as_typed_and_reported_once(project: Callable[[str], Project]) -> None:
    copy = project("projects")
    copy.write("projects/engine.md", "---\nperiod: since 1837\n---\n# The Engine\n")
    copy.write("projects/enigne.md", "# Enigne\n\n```{projects}\nengine\n```\n\n```{toctree}\nengine\n```\n")
    built = copy.build()
    assert facts(built) == ["Memoirs’44 · Memoirs’43 · since 1837"]
    assert [warning for warning in built.warnings if "period" in warning] == [
        "projects/engine.md: the period in the front matter of projects/engine: 'since 1837' cannot be read; expected "
        "a date or an interval of ISO 8601, such as 2024, 2024-09, 2023-09/2024-07, or 2024-09/.. (to date) "
        "[folio.project]"
    ]
