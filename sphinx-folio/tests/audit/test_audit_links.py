"""Every link within the built site leads somewhere: pages, headings, images and stylesheets, by lychee, offline."""

from pathlib import Path

import pytest

from conftest import Built
from sphinx_folio.audit.links import broken_links

PAGE = """<!DOCTYPE html>
<html lang="en">
<head><title>Page</title><link rel="stylesheet" href="style.css"></head>
<body><h1 id="top">Page</h1><a href="page.html#top">Here</a><img src="image.svg" alt=""></body>
</html>
"""


def test_no_link_within_the_site_is_broken(site: Built) -> None:
    assert broken_links(site.output, site.output) == []


@pytest.mark.parametrize("fault", ["", "missing.html", "page.html#missing", "missing.svg", "missing.css"])
def test_a_broken_link_is_reported(tmp_path: Path, fault: str) -> None:
    whole = {".html": "page.html#top", "": "page.html#top", ".svg": "image.svg", ".css": "style.css"}
    page = PAGE.replace(whole[Path(fault.partition("#")[0]).suffix], fault) if fault else PAGE
    (tmp_path / "page.html").write_text(page, "utf-8")
    (tmp_path / "image.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", "utf-8")
    (tmp_path / "style.css").write_text("body { margin: 0 }", "utf-8")
    assert broken_links(tmp_path, tmp_path) == ([f"page.html: {fault}"] if fault else [])


def test_a_folder_without_links_is_reported(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<title>Page</title>", "utf-8")
    assert broken_links(tmp_path, tmp_path) == ["no link leads anywhere"]
