"""Lighthouse, on a phone as it imagines one, finds nothing to take off on a page of each kind; no audit is left out."""

import json
import os
import subprocess
from collections.abc import Iterator
from statistics import median
from typing import Any

from sphinx_folio.audit.browser import FLAGS, Published, chromium
from sphinx_folio.audit.findings import Finding
from sphinx_folio.audit.npm import package

LIGHTHOUSE = ("lighthouse", "12.8.2")  # 13 needs a newer Node than Debian's
SPEED = "performance"
CATEGORIES = (SPEED, "accessibility", "best-practices", "seo")
RUNS = 3  # of what a busy machine changes
FULL = 100

# Besides the home page: for each, the page that has most of it. A list of papers and no CV, a paper, a model, a CV.
KINDS = ("body:not(:has(.activity)) .publication", "meta[name=citation_title]", "model-figure", ".activity")

Report = dict[str, Any]


def check(site: Published) -> Iterator[Finding]:
    """A row for each category of each page."""
    for name in chosen(site):
        first = report(site.url(name), *CATEGORIES)
        runs = [first, *(report(site.url(name), SPEED) for _ in range(RUNS - 1))]
        middle = sorted(runs, key=lambda run: score(run, SPEED))[RUNS // 2]
        for category in CATEGORIES:
            points = [score(run, category) for run in (runs if category == SPEED else [first])]
            figure = f"{median(points)}" + (f", of {', '.join(map(str, points))}" if len(points) > 1 else "")
            told = "\n".join(lost(middle if category == SPEED else first, category))
            timed = category == SPEED  # a busy machine loses points
            yield Finding(f"Lighthouse, {category}", name, figure, str(FULL), median(points) < FULL, told, timed)


def chosen(site: Published) -> list[str]:
    """The home page, and a page of each other kind that the site has."""
    pages = {name: site.parsed(name) for name in site.pages}
    names = ["index"]
    for kind in KINDS:
        most = max(pages, key=lambda name: len(pages[name].select(kind)))
        names += [most] if pages[most].select_one(kind) else []
    return list(dict.fromkeys(names))


def report(address: str, *categories: str) -> Report:
    """What Lighthouse says of a page; raises CalledProcessError where it says nothing."""
    program = package(*LIGHTHOUSE) / "cli/index.js"
    flags = " ".join(["--headless=new", *FLAGS])
    options = ["--quiet", "--output=json", f"--only-categories={','.join(categories)}", f"--chrome-flags={flags}"]
    environment = os.environ | {"CHROME_PATH": chromium() or ""}
    done = subprocess.run(["node", program, address, *options], check=True, env=environment, capture_output=True)
    said: Report = json.loads(done.stdout)
    return said


def score(report: Report, category: str) -> int:
    """Points of 100; none where Lighthouse could not tell."""
    return round((report["categories"][category]["score"] or 0) * FULL)


def lost(report: Report, category: str) -> Iterator[str]:
    """What costs points, and what could not be told."""
    for each in report["categories"][category]["auditRefs"]:
        audit = report["audits"][each["id"]]
        if each["weight"] and audit["score"] != 1:
            yield " ".join([f"{each['id']}:", audit.get("displayValue") or audit.get("errorMessage") or audit["title"]])
