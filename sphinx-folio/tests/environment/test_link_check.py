"""What ``make linkcheck`` says of a link: the package's settings, against a host of this machine with every temper."""

import json
import os
import shutil
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from conftest import ROOTS, build

# What ``make linkcheck`` says beside what the package knows.
SETTINGS = {"linkcheck_timeout": 20, "linkcheck_retries": 3, "linkcheck_rate_limit_timeout": 300}
PUBLISHER = "https://dl.acm.org/doi/10.1145/1"
PATHS = [
    "/fine",
    "/moved",
    "/missing",
    "/forbidden",
    "/doi/known",
    "/doi/unknown",
    "/busy",
    "/shaky",
    "/fine#there",
    "/fine#elsewhere",
]


def answer(path: str, time: int) -> tuple[int, dict[str, str]]:
    """Status and headers of the host's answer to the first request for a path, the second, and so on."""
    match path:
        case "/moved":
            return 301, {"Location": "/fine"}
        case "/doi/known":
            return 302, {"Location": PUBLISHER}
        case "/missing" | "/doi/unknown":
            return 404, {}
        case "/forbidden":
            return 403, {}
        case "/busy" if time == 1:
            return 429, {"Retry-After": "1"}
        case "/shaky" if time <= 2:  # HEAD and GET of the first try
            return 500, {}
    return 200, {}


@dataclass
class Host:
    """A running host: its address, and every request made of it, also those meant for elsewhere."""

    address: str
    requests: list[str]


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    """A host that is also the proxy for every other, so that no request leaves this machine."""
    requests: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            requests.append(self.path)
            status, headers = answer(self.path, requests.count(self.path))
            self.send_response(status)
            for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(b'<h1 id="there">There</h1>')

        do_HEAD = do_GET  # noqa: N815 (the names http.server calls)

        def do_CONNECT(self) -> None:
            requests.append(self.path)
            self.send_error(502)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
            patch.delenv(name)
        patch.setenv("http_proxy", address)
        patch.setenv("https_proxy", address)
        patch.setenv("no_proxy", "127.0.0.1")
        yield Host(address, requests)
    server.shutdown()
    server.server_close()
    thread.join()


@dataclass
class Checked:
    """What linkcheck said of a page of links."""

    host: Host
    page: list[str]
    results: dict[str, dict[str, object]]
    summary: list[str]
    warnings: list[str]

    def of(self, link: str) -> dict[str, object]:
        """What it said of a link, which is named by its path where it leads to the host."""
        return self.results[self.host.address + link if link.startswith("/") else link]


@pytest.fixture(scope="module")
def checked(host: Host, tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """One check of all links, each in a paragraph of its own."""
    work = tmp_path_factory.mktemp("linkcheck")
    source = Path(shutil.copytree(ROOTS / "test-linkcheck", work / "source"))
    links = [host.address + path for path in PATHS] + [PUBLISHER]
    page = "\n\n".join(["# Links", *(f"<{link}>" for link in links)])
    (source / "index.md").write_text(page, "utf-8")
    timeout = socket.getdefaulttimeout()
    built = build(source, work, builder="linkcheck", **SETTINGS)
    socket.setdefaulttimeout(timeout)  # linkcheck changes it for the whole process
    results = [json.loads(line) for line in (built.output / "output.json").read_text("utf-8").splitlines()]
    return Checked(
        host,
        page.splitlines(),
        {result["uri"]: result for result in results},
        (built.output / "output.txt").read_text("utf-8").splitlines(),
        built.warnings,
    )


@pytest.mark.parametrize("link", ["/fine", "/fine#there", "/busy", "/shaky"])
def test_a_link_that_leads_somewhere_works_even_if_the_host_needs_a_second_try(checked: Checked, link: str) -> None:
    assert checked.of(link)["status"] == "working"


def test_a_busy_host_and_a_shaky_one_are_asked_again(checked: Checked) -> None:
    assert checked.host.requests.count("/busy") == 2
    assert checked.host.requests.count("/shaky") == 3


def test_a_link_that_has_moved_is_reported_and_does_not_fail(checked: Checked) -> None:
    moved = checked.of("/moved")
    assert (moved["status"], moved["code"], moved["info"]) == ("redirected", 301, f"{checked.host.address}/fine")
    assert not [warning for warning in checked.warnings if "/moved" in warning]


@pytest.mark.parametrize("link", ["/missing", "/forbidden", "/doi/unknown", "/fine#elsewhere"])
def test_a_link_that_leads_nowhere_is_broken_and_reported_by_file_and_line(checked: Checked, link: str) -> None:
    broken = checked.of(link)
    uri, line = checked.host.address + link, broken["lineno"]
    assert (broken["status"], broken["filename"]) == ("broken", "index.md")
    assert checked.page[line - 1] == f"<{uri}>"
    assert [said for said in checked.summary if said.startswith(f"index.md:{line}: [broken] {uri}: ")]


def test_nothing_else_is_broken(checked: Checked) -> None:
    assert sum("[broken]" in line for line in checked.summary) == 4


def test_a_missing_anchor_is_named(checked: Checked) -> None:
    assert checked.of("/fine#elsewhere")["info"] == "Anchor 'elsewhere' not found"


def test_a_doi_that_leads_to_a_publisher_who_refuses_programs_is_accepted(checked: Checked) -> None:
    doi = checked.of("/doi/known")
    assert (doi["status"], doi["info"]) == ("ignored", f"ignored redirect: {PUBLISHER}")


def test_a_publisher_who_refuses_programs_is_never_asked(checked: Checked) -> None:
    assert checked.of(PUBLISHER)["status"] == "ignored"
    assert all(request.startswith("/") for request in checked.host.requests)
