"""The audit sees that the owner waits."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from sphinx_folio.audit import editing
from sphinx_folio.audit.site import ROOT, Published

SLEEPS = "\n\ndef setup(app):\n    __import__('time').sleep(10)\n"


@pytest.mark.parametrize("fault", ["", SLEEPS])
def test_a_page_that_comes_back_late_is_told(
    tmp_path: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    site = tmp_path / "site"
    shutil.copytree(ROOT, site, ignore=editing.editing.LEFT_OUT)
    with (site / "conf.py").open("a") as conf:
        conf.write(fault)
    monkeypatch.setattr(editing.editing, "ROOT", site)  # of which a copy is edited; stock has its own conf.py
    (finding,) = editing.saves(Published(site, "", browser), 1, ["a page"])
    assert (finding.check, finding.broken) == ("save to reload: a page", bool(fault))
