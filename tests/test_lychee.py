"""Every link within the built site leads somewhere: pages, headings, images and stylesheets, by lychee, offline."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from conftest import Built

PAGE = """<!DOCTYPE html>
<html lang="en">
<head><title>Page</title><link rel="stylesheet" href="style.css"></head>
<body><h1 id="top">Page</h1><a href="page.html#top">Here</a><img src="image.svg" alt=""></body>
</html>
"""


def check_links(folder: Path) -> dict[str, Any]:
    """What lychee reports of a folder of pages: how many links it followed, and which are broken."""
    lychee = Path(sys.executable).with_name("lychee")
    options = ["--offline", "--include-fragments", "--no-ignore", "--root-dir", folder]
    command = [lychee, *options, "--extensions", "html,css", "--no-progress", "--format", "json", folder]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode in {0, 2}, done.stderr
    return json.loads(done.stdout)


def broken(report: dict[str, Any]) -> list[str]:
    """The broken links of a report, as ``page: target``."""
    return [
        f"{Path(page).name}: {link['url'].rpartition('/')[2]}"
        for page, links in report["error_map"].items()
        for link in links
    ]


def test_no_link_within_the_site_is_broken(site: Built) -> None:
    report = check_links(site.output)
    assert broken(report) == []
    assert report["successful"] > 10 * len(site.pages())


@pytest.mark.parametrize("fault", ["", "missing.html", "page.html#missing", "missing.svg", "missing.css"])
def test_a_broken_link_is_reported(tmp_path: Path, fault: str) -> None:
    whole = {".html": "page.html#top", "": "page.html#top", ".svg": "image.svg", ".css": "style.css"}
    page = PAGE.replace(whole[Path(fault.partition("#")[0]).suffix], fault) if fault else PAGE
    (tmp_path / "page.html").write_text(page, "utf-8")
    (tmp_path / "image.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", "utf-8")
    (tmp_path / "style.css").write_text("body { margin: 0 }", "utf-8")
    assert broken(check_links(tmp_path)) == ([f"page.html: {fault}"] if fault else [])
