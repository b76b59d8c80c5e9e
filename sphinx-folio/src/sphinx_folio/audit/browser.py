"""Built pages in a real browser: serve a folder as a web host does, find Chromium, open the site."""

import gzip
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Literal

from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
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
        """The source of a page."""
        return (self.folder / f"{page}.html").read_text("utf-8")

    def parsed(self, page: str) -> BeautifulSoup:
        """A page, parsed."""
        return BeautifulSoup(self.html(page), "html.parser")

    @property
    def home(self) -> str:
        """The address of the home page by its canonical link, with a slash at its end; "" where it has none."""
        link = self.parsed("index").select_one("link[rel=canonical]")
        return str(link["href"]).removesuffix("index.html") if link else ""

    def url(self, page: str) -> str:
        """Where a page is served."""
        return f"{self.address}/{page}.html"


@dataclass
class Visit:
    """Pages opened in the browser, and what went wrong on them."""

    browser: Browser
    address: str
    errors: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def open(
        self, path: str = "", width: int = 1280, scheme: Literal["light", "dark"] = "light", **options: Any
    ) -> Page:
        """Open a page of the site in a fresh window."""
        height = 900 if width > 600 else 740
        context = self.browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, **options)
        page = context.new_page()
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: None if self.is_here(request.url) else self.elsewhere.append(request.url))
        page.goto(f"{self.address}/{path}")
        return page

    def is_here(self, url: str) -> bool:
        """Whether a request stays on the site."""
        return url.startswith((self.address, "data:", "blob:"))


class Host(SimpleHTTPRequestHandler):
    """Serves files as a web host does: compressed, over kept connections, and 404.html for what is not found."""

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
        """Send a file, or an empty answer where there is none."""
        content = gzip.compress(path.read_bytes(), 6, mtime=0) if path.is_file() else b""
        self.send_response(status)
        if content:
            self.send_header("Content-Type", self.guess_type(path))
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments: Any) -> None:
        """Keep no log of requests."""


@contextmanager
def served(folder: Path, host: type[Host] = Host) -> Iterator[str]:
    """Serve a folder on a free port of this machine: the address, without a slash at its end."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(host, directory=str(folder))) as server:
        server.daemon_threads = True  # a browser keeps its connections
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def chromium() -> str | None:
    """The path of a Chromium: the system's, else Playwright's own, else None."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


@contextmanager
def launched() -> Iterator[Browser]:
    """Start a Chromium without a window; closed afterwards."""
    path = chromium()  # before Playwright is started: it cannot be started twice at a time
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@contextmanager
def opened(folder: Path) -> Iterator[Published]:
    """Serve a built site and start a browser to visit it."""
    with served(folder) as address, launched() as browser:
        yield Published(folder, address, browser)
