"""A ``.bib`` file brought from al-folio, its folders with it, shows what it did there."""

from collections.abc import Callable

import pytest

from conftest import Built


@pytest.fixture
def built(root: Callable[[str], Built]) -> Built:
    return root("alfolio")


def test_it_is_read_as_it_is(built: Built) -> None:
    assert built.warnings == []
    assert [item["id"] for item in built.page("index").select(".publication")] == ["motion", "pair"]


def test_its_own_fields_are_seen(built: Built) -> None:
    motion, pair = built.page("index").select(".publication")
    assert motion.select_one(".publication-abstract p").get_text() == "Small particles in a resting liquid move."
    assert motion.select_one(".publication-information i, .publication-information em").get_text() == "many"
    assert motion.select_one(".publication-information").get_text() == "Found by many others."
    assert [each.get_text() for each in motion.select(".publication-information em")] == ["many", "others"]
    assert motion.select_one(".publication-bibtex pre").get_text().startswith("@book{motion,")
    assert pair.select_one(".publication-venue").get_text() == "PhysRev"
    assert pair.select_one(".publication-award").get_text() == "A Medal: Albert Einstein receives a medal."
    assert pair.select_one(".publication-annotation").get_text() == "* Example use of superscripts"
    assert pair.select_one(".publication-bibtex") is None
    assert pair.select_one(".publication-where").get_text() == "Physical Review 47(10):777–780, 1935"


def test_files_are_found_in_its_folders_and_published(built: Built) -> None:
    motion, pair = built.page("index").select(".publication")
    links = {link.get_text(): link["href"] for link in pair.select(".publication-links a")}
    assert (built.output / links["PDF"]).is_file()
    assert (built.output / links["Supplement"]).is_file()
    picture = motion.select_one("img")
    assert (built.output / picture["src"]).is_file()
    assert picture["alt"] == "Figure from On the Motion of Small Particles"


def test_the_owner_is_known_by_an_initial_and_the_marks_are_explained(built: Built) -> None:
    owner = built.page("index").select("#pair .publication-owner")
    assert [name.get_text() for name in owner] == ["A. Einstein"]
    assert "A. Einstein *†" in built.text("index").replace("Einstein*†", "Einstein *†")
    assert "* Equal contribution · † Corresponding author" in built.text("index")
