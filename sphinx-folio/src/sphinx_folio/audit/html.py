"""The Nu checker of the W3C finds no error in any page, picture or stylesheet. It needs Java."""

import json
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from sphinx_folio.audit.browser import Published
from sphinx_folio.audit.findings import Finding, faults
from sphinx_folio.audit.npm import package

CHECKER = ("vnu-jar", "26.9.27")
OPTIONS = ("--stdout", "--format", "json", "--errors-only", "--exit-zero-always")
# Stylesheets apart: --also-check-css makes it count the lines of pages from 0.
KINDS = {"--also-check-svg": ("*.html", "*.svg"), "--css": ("*.css",)}


def check(site: Published) -> Iterator[Finding]:
    """A row for each page, and one for all pictures and stylesheets."""
    if not shutil.which("java"):
        missing = "The Nu checker needs Java: apt-get install default-jre-headless"
        yield Finding("errors in HTML", "", "no Java", "0", broken=True, what=missing)
        return
    found = errors(site.folder)
    for page in site.pages:
        yield faults("errors in HTML", page, found.pop(site.folder / f"{page}.html", []))
    others = (f"{path.relative_to(site.folder)}: {each}" for path, told in sorted(found.items()) for each in told)
    yield faults("errors in SVG and CSS", "", others)


def errors(folder: Path) -> dict[Path, list[str]]:
    """What the checker calls an error, by file: the line, what is wrong, and the source there."""
    found = defaultdict(list)
    for option, kinds in KINDS.items():
        for told in messages(option, sorted(path for kind in kinds for path in folder.rglob(kind))):
            source = " ".join(told.get("extract", "").split())
            where = Path(unquote(urlsplit(told.get("url", "")).path))
            found[where].append(f"line {told.get('lastLine', '?')}: {told['message']} {source}".rstrip())
    return found


def messages(option: str, files: list[Path]) -> list[dict[str, Any]]:
    """What the checker says of some files, by its own names."""
    if not files:
        return []
    jar = package(*CHECKER) / "build/dist/vnu.jar"
    done = subprocess.run(
        ["java", "-jar", jar, *OPTIONS, option, *map(str, files)], check=True, capture_output=True, text=True
    )
    told: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
    return told
