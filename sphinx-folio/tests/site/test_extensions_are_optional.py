import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, Built

EXTENSIONS = runpy.run_path(str(ROOT / "conf.py"))["extensions"]

# What a visitor sees of each feature; of the portrait there is nothing to see yet.
SEEN = {
    "sphinx_folio.ext.publications.lists": ".publications",
    "sphinx_folio.ext.publications.paper_pages": ".paper",
    "sphinx_folio.ext.publications.exports": "link[type='application/atom+xml']",
    "sphinx_folio.ext.profile.structured_data": "script:-soup-contains('WebSite')",
    "sphinx_folio.ext.profile.contact": "ul.h-card",
    "sphinx_folio.ext.cv.entries": ".timeline",
    "sphinx_folio.ext.cv.pdf": ".downloads a[href$='-cv.pdf']",
    "sphinx_folio.ext.cv.json_resume": ".downloads a[href$='resume.json']",
    "sphinx_folio.ext.projects.citation_cff": "summary:-soup-contains('CITATION.cff')",
    "sphinx_folio.ext.figures": "model-figure",
    "sphinx_folio.ext.projects.cards": ".projects",
    "sphinx_folio.ext.theme.mathml": "math",
    "sphinx_folio.ext.theme.furo": "aside[aria-label]",
    "sphinx_folio.ext.hosting": "meta[name='description']",
    "sphinx_folio.ext.policy": "meta[http-equiv='Content-Security-Policy']",
}

# What a feature is made from, and goes with.
NEEDED_BY = {"sphinx_folio.ext.cv.entries": {"sphinx_folio.ext.cv.pdf", "sphinx_folio.ext.cv.json_resume"}}


def shown(built: Built) -> set[str]:
    return {name for name, seen in SEEN.items() if any(built.page(page).select(seen) for page in built.pages())}


def test_every_feature_can_be_seen(site: Built) -> None:
    assert shown(site) == set(SEEN)
    assert set(EXTENSIONS) - set(SEEN) == {"myst_parser", "sphinx_folio.ext.profile.portrait"}


@pytest.mark.parametrize("feature", SEEN)
def test_a_feature_whose_line_is_removed_is_gone_and_the_others_stay(feature: str, tmp_path: Path) -> None:
    gone = {feature, *NEEDED_BY.get(feature, ())}
    others = ",".join(name for name in EXTENSIONS if name not in gone)
    command = [sys.executable, "-m", "sphinx", "-q", "-d", tmp_path / "doctrees", "-D", f"extensions={others}"]
    made = subprocess.run([*command, ROOT, tmp_path / "html"], capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    assert shown(Built(ROOT, tmp_path / "html", [])) == set(SEEN) - gone
