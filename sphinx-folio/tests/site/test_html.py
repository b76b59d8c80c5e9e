from pathlib import Path

import html5lib
from pybtex.database import parse_file

from conftest import INVENTED, Built, build_site


def test_every_page_is_well_formed_html(site: Built) -> None:
    for name in site.pages():
        html5lib.HTMLParser(strict=True).parse((site.output / f"{name}.html").read_text("utf-8"))


def test_only_the_pages_of_the_site_are_published(site: Built) -> None:
    made = {"404", "search"} | {f"publications/{key}" for key in parse_file(INVENTED / "refs.bib").entries}
    assert set(site.pages()) - made == {"index", "publications/index", "cv/index"}


def files(built: Built) -> dict[Path, bytes]:
    paths = (path for path in built.output.rglob("*") if path.is_file() and path.name != ".buildinfo")
    return {path.relative_to(built.output): path.read_bytes() for path in paths}


def test_reading_in_parallel_changes_nothing(site: Built, tmp_path: Path) -> None:
    one, other = files(site), files(build_site(tmp_path, "-j", "2"))
    assert one.keys() == other.keys()
    assert [str(path) for path in one if one[path] != other[path]] == []
