"""Editing with the page open: what a save changes is on the open page a moment later."""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest
from playwright.sync_api import Browser, Page, expect
from test_copies import copy_to, own_environment

from benchmarks.editing import answering
from conftest import INVENTED, ROOT, Visit


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy with the package's sources in it, so that these can be edited, too."""
    folder = copy_to(tmp_path / "my site", INVENTED)
    for name in ("pyproject.toml", "constraints.txt"):
        (folder / "sphinx-folio").mkdir(exist_ok=True)
        shutil.copy(ROOT / "sphinx-folio" / name, folder / "sphinx-folio")
    shutil.copytree(
        ROOT / "sphinx-folio/src", folder / "sphinx-folio/src", ignore=shutil.ignore_patterns("__pycache__")
    )
    return folder


def start(folder: Path, out: IO[str] | int) -> subprocess.Popen[str]:
    """Run ``make livehtml`` as a terminal does."""
    (folder / ".venv/.live").touch()  # the newest file: nothing is installed again
    sources = {"BROWSER": "true", "PYTHONPATH": str(folder / "sphinx-folio/src"), "PYTHONUNBUFFERED": "1"}
    command = ["make", "livehtml", "SPHINXOPTS=-q"]
    return subprocess.Popen(
        command,
        cwd=folder,
        env=own_environment() | sources,
        stdout=out,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        text=True,
    )


@contextmanager
def livehtml(folder: Path) -> Iterator[str]:
    """Run ``make livehtml`` and give its address, once it answers."""
    log = folder.parent / "livehtml.log"  # a file in the folder would be a change
    with log.open("w") as out:
        process = start(folder, out)
    try:
        yield answering(log)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


@pytest.fixture
def live(copy: Path, browser: Browser) -> Iterator[Page]:
    """The site while it is being edited, open in the browser."""
    with livehtml(copy) as address:
        yield Visit(browser, address).open()
        for context in browser.contexts:
            context.close()


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_the_open_page_follows_every_save(copy: Path, live: Page) -> None:
    article, package = live.locator("article"), copy / "sphinx-folio/src/sphinx_folio"
    expect(article).to_contain_text("I measure living forces")
    edit(copy / "index.md", "I measure", "I weigh")
    expect(article).to_contain_text("I weigh living forces", timeout=20_000)
    edit(copy / "refs.bib", "On Prisms", "On Prisms and Prunes")
    expect(article).to_contain_text("On Prisms and Prunes", timeout=20_000)
    edit(copy / "_static/custom.css", "/* The look", "article { color: rgb(255, 0, 0) } /* The look")
    expect(article).to_have_css("color", "rgb(255, 0, 0)", timeout=20_000)
    edit(package / "static/folio.css", "font-size: 1.125rem", "font-size: 3rem")
    expect(article.locator(".lead")).to_have_css("font-size", "48px", timeout=20_000)
    edit(package / "exporters/profiles.py", '"orcid.org": "ORCID"', '"orcid.org": "ORCID iD"')
    expect(article).to_contain_text("ORCID iD", timeout=20_000)
    edit(package / "templates/publication.html", "<li ", '<li title="Edited" ')
    expect(article.locator("li[title=Edited]").first).to_be_attached(timeout=20_000)
    edit(copy / "conf.py", 'html_title = "Émilie du Châtelet"', 'html_title = "A Profile"')
    expect(live).to_have_title(re.compile("A Profile"), timeout=20_000)


def test_ctrl_c_ends_every_process(copy: Path) -> None:
    process = start(copy, subprocess.PIPE)
    assert process.stdout
    for before_a_save, told in ((False, "Waiting to detect changes"), (True, "Serving on")):
        if before_a_save:
            time.sleep(1)  # until it watches
            edit(copy / "index.md", "I measure", "I weigh")
        while told not in process.stdout.readline():
            assert process.poll() is None
    time.sleep(1)  # until the process that has built is gone
    os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=30)  # until none of them holds the pipe any more
