import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest
from playwright.sync_api import Browser, Page, expect
from test_make import copy, without_make

from benchmarks.editing import answering
from conftest import Visit

__all__ = ["copy"]  # a fixture


def start(folder: Path, out: IO[str] | int) -> subprocess.Popen[str]:
    """Run ``make livehtml`` as a terminal does."""
    (folder / ".venv/.live").touch()
    environment = without_make() | {"BROWSER": "true", "PYTHONPATH": str(folder / "src"), "PYTHONUNBUFFERED": "1"}
    command = ["make", "livehtml", "SPHINXOPTS=-q"]
    return subprocess.Popen(
        command, cwd=folder, env=environment, stdout=out, stderr=subprocess.STDOUT, start_new_session=True, text=True
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
    article = live.locator("article")
    expect(article).to_contain_text("Ph.D. student")
    edit(copy / "index.md", "Ph.D. student", "Doctoral student")
    expect(article).to_contain_text("Doctoral student", timeout=20_000)
    edit(copy / "refs.bib", "Su, Zhaoyuan and Yang, Juncheng", "Su, Zhaoyuan and Lovelace, Ada")
    expect(article).to_contain_text("Ada Lovelace", timeout=20_000)
    edit(copy / "_static/custom.css", "--color-brand-content: #2a4f96", "--color-brand-content: #ff0000")
    expect(article.locator(".publication-title a").first).to_have_css("color", "rgb(255, 0, 0)", timeout=20_000)
    edit(copy / "src/sphinx_folio/static/folio.css", "font-size: 1.125rem", "font-size: 3rem")
    expect(article.locator(".lead")).to_have_css("font-size", "48px", timeout=20_000)
    edit(copy / "src/sphinx_folio/publications.py", '"Equal contribution"', '"The same amount of work"')
    expect(article).to_contain_text("* The same amount of work", timeout=20_000)
    edit(copy / "src/sphinx_folio/templates/publication.html", "<li ", '<li title="Edited" ')
    expect(article.locator("li[title=Edited]").first).to_be_attached(timeout=20_000)
    edit(copy / "conf.py", 'html_title = "Tingfeng Lan"', 'html_title = "A Profile"')
    expect(live).to_have_title(re.compile("A Profile"), timeout=20_000)


def test_ctrl_c_ends_every_process(copy: Path) -> None:
    process = start(copy, subprocess.PIPE)
    assert process.stdout
    for before_a_save, told in ((False, "Waiting to detect changes"), (True, "Serving on")):
        if before_a_save:
            time.sleep(1)  # until it watches
            edit(copy / "index.md", "Ph.D. student", "Doctoral student")
        while told not in process.stdout.readline():
            assert process.poll() is None
    os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=30)  # until none of them holds the pipe any more
