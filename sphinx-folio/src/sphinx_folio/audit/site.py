"""The site as its visitors get it: built from scratch, served compressed, opened in a real browser."""

import gzip
import runpy
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from bs4 import BeautifulSoup
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[4]
FLAGS = ("--no-sandbox", "--disable-background-networking")


@dataclass(frozen=True, slots=True)
class Published:
    """A built site, and where it can be visited."""

    folder: Path
    address: str  # without a slash at its end
    browser: Browser

    @property
    def pages(self) -> tuple[str, ...]:
        """The names of all pages, such as ``publications/index``, search and 404 among them."""
        return tuple(
            sorted(path.relative_to(self.folder).with_suffix("").as_posix() for path in self.folder.rglob("*.html"))
        )

    def html(self, page: str) -> str:
        """A page as it was written."""
        return (self.folder / f"{page}.html").read_text("utf-8")

    def parsed(self, page: str) -> BeautifulSoup:
        """A page to ask questions of."""
        return BeautifulSoup(self.html(page), "html.parser")

    @property
    def home(self) -> str:
        """Where the site says that it is published, with a slash at its end; nothing where it does not."""
        link = self.parsed("index").select_one("link[rel=canonical]")
        return str(link["href"]).removesuffix("index.html") if link else ""

    def url(self, page: str) -> str:
        """Where a page is served."""
        return f"{self.address}/{page}.html"


class Host(SimpleHTTPRequestHandler):
    """Serves files as a web host does: compressed, connections kept, and 404.html for what is not found."""

    protocol_version = "HTTP/1.1"

    def handle(self) -> None:
        """Answer until the browser hangs up, which it may do at any time."""
        with suppress(ConnectionError):
            super().handle()

    def do_GET(self) -> None:
        """Answer with the file."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.is_file():
            self.answer(200, path)
        else:
            self.answer(404, Path(self.directory, "404.html"))

    def answer(self, status: int, path: Path) -> None:
        """Send a file, or nothing where there is none."""
        content = gzip.compress(path.read_bytes(), 6, mtime=0) if path.is_file() else b""
        self.send_response(status)
        if content:
            self.send_header("Content-Type", self.guess_type(path))
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments: Any) -> None:
        """Nobody reads it."""


@contextmanager
def served(folder: Path, host: type[Host] = Host) -> Iterator[str]:
    """The address of a folder while it is served on a free port of this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(host, directory=str(folder))) as server:
        server.daemon_threads = True  # a browser keeps its connections
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def chromium() -> str:
    """The path of the Chromium that the tests use, too."""
    path: str = runpy.run_path(str(ROOT / "sphinx-folio/tests/programs.py"))["chromium"]()
    return path


@contextmanager
def opened(folder: Path) -> Iterator[Published]:
    """A built site, served and with a browser to visit it."""
    with served(folder) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield Published(folder, address, browser)
        browser.close()


@contextmanager
def built() -> Iterator[Path]:
    """The site, built as it is published and from scratch; gone afterwards."""
    with TemporaryDirectory(prefix="audit-") as name:
        build(ROOT, Path(name))
        yield Path(name, "html")


def build(source: Path, work: Path, *options: str) -> None:
    """Build a project as ``make html`` does into ``work/html``; raises CalledProcessError where it warns."""
    command = [sys.executable, "-m", "sphinx", "-n", "-W", "-q", "--keep-going", "--fresh-env", "-b", "html"]
    subprocess.run([*command, *options, "-d", work / "doctrees", source, work / "html"], check=True)
