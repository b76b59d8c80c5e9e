from pathlib import Path

import html5lib
import pytest
from conftest import ROOT, Built, build_site
from pybtex.database import parse_file


def test_every_page_is_well_formed_html(site: Built) -> None:
    for name in site.pages():
        html5lib.HTMLParser(strict=True).parse((site.output / f"{name}.html").read_text("utf-8"))


def test_every_page_has_one_heading_of_the_first_level(site: Built) -> None:
    assert {name: len(site.page(name).select("h1")) for name in site.pages()} == dict.fromkeys(site.pages(), 1)


def test_only_the_pages_of_the_site_are_published(site: Built) -> None:
    made = {"404", "search"} | {f"publications/{key}" for key in parse_file(ROOT / "refs.bib").entries}
    sources = {str(path.relative_to(ROOT).with_suffix("")) for path in ROOT.glob("*/*.md")} | {"index"}
    machinery = ("tests", ".", "build", "benchmarks", "audit")
    assert set(site.pages()) - made == {name for name in sources if not name.startswith(machinery)}


@pytest.fixture(scope="module")
def parallel(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_site(tmp_path_factory.mktemp("parallel"), "-j", "2")


def files(built: Built) -> dict[Path, bytes]:
    paths = (path for path in built.output.rglob("*") if path.is_file() and path.name != ".buildinfo")
    return {path.relative_to(built.output): path.read_bytes() for path in paths}


def test_reading_in_parallel_changes_nothing(site: Built, parallel: Built) -> None:
    one, other = files(site), files(parallel)
    assert one.keys() == other.keys()
    assert [str(path) for path in one if one[path] != other[path]] == []
