"""What the owner is told by ``python -m sphinx_folio check``."""

import io
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from conftest import ROOT
from sphinx_folio.cli import main, online
from sphinx_folio.cli.http_client import Host

GOOD = "@article{good,\n  title = {On Bees},\n  author = {Hive, Zoe},\n  journal = {Bees},\n  year = {2024},\n}\n"
BAD = "@article{bad,\n  title = {On Wasps},\n  author = {Nest, Al}\n  journal = {Wasps},\n  year = {2023},\n}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that commands are given in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


Check = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def check(folder: Path, capsys: pytest.CaptureFixture[str]) -> Check:
    """Run the command; its exit status and the lines it prints."""

    def run(*arguments: str) -> tuple[int, list[str]]:
        status = main(["check", *arguments])
        return status, capsys.readouterr().out.splitlines()

    return run


def test_a_file_without_problems_is_said_to_have_none(folder: Path, check: Check) -> None:
    (folder / "refs.bib").write_text(GOOD)
    assert check("refs.bib") == (0, ["1 entry read: no errors, no hints."])


def test_a_problem_is_told_with_file_line_and_cure_and_fails(folder: Path, check: Check) -> None:
    (folder / "refs.bib").write_text(GOOD + BAD)
    status, lines = check("refs.bib")
    assert status == 1
    assert lines[0].startswith("refs.bib:9: bad: ")
    assert "comma" in lines[0]
    assert lines[1:] == ["2 entries read: 1 error, no hints."]


def test_hints_alone_do_not_fail(folder: Path, check: Check) -> None:
    (folder / "refs.bib").write_bytes(GOOD.replace("Zoe", "Zoé").encode("cp1252"))
    status, lines = check("refs.bib")
    assert status == 0
    assert lines[-1] == "1 entry read: no errors, 1 hint."


def test_a_file_that_is_not_there_fails(check: Check) -> None:
    status, lines = check("refs.bib")
    assert status == 1
    assert lines[0].startswith("refs.bib:1: ")
    assert lines[-1] == "no entries read: 1 error, no hints."


@pytest.mark.parametrize(
    ("title", "word"), [(r"On \frobnicate{Bees}", "frobnicate"), (r"Bees $\frobnicate{x}$", "frobnicate")]
)
def test_latex_that_a_build_would_not_understand_is_told(folder: Path, check: Check, title: str, word: str) -> None:
    (folder / "refs.bib").write_text(GOOD.replace("On Bees", title))
    status, lines = check("refs.bib")
    assert status == 1
    assert lines[0].startswith("refs.bib:2: good: title")
    assert word in lines[0]


def test_problems_come_by_file_and_line(folder: Path, check: Check) -> None:
    (folder / "b.bib").write_text(BAD.replace("bad", "b1") + BAD.replace("bad", "b2"))
    (folder / "a.bib").write_text("\n" * 20 + BAD)
    lines = check("b.bib", "a.bib")[1][:-1]
    assert [line.split(": ")[0] for line in lines] == ["a.bib:23", "b.bib:3", "b.bib:9"]
    assert check("b.bib", "a.bib")[1][:-1] == lines


def test_a_key_that_two_files_share_is_told(folder: Path, check: Check) -> None:
    for name in ("a.bib", "b.bib"):
        (folder / name).write_text(GOOD)
    status, lines = check("a.bib", "b.bib")
    assert status == 1
    assert lines[0].startswith("b.bib:1: ")


CONF = """
author = "Zoe Hive"
extensions = ["sphinx_folio.ext.publications.lists", "an_extension_that_is_not_installed"]
bibtex_bibfiles = ["papers/refs.bib"]
author_names = ["Z. Hive"]
coauthors = {"Al Nest": "https://example.org/"}
author_marks = {"+": "equal"}
venue_names = {"Bees": "B"}
html_theme = "one_that_is_not_installed"
"""


def test_without_a_path_the_files_that_conf_py_names_are_checked(folder: Path, check: Check) -> None:
    (folder / "conf.py").write_text(CONF)
    (folder / "papers").mkdir()
    (folder / "papers/refs.bib").write_text(BAD)
    status, lines = check()
    assert status == 1
    assert lines[0].startswith("papers/refs.bib:3: bad: ")


def test_a_file_that_an_entry_names_and_the_site_lacks_is_told(folder: Path, check: Check) -> None:
    (folder / "conf.py").write_text(CONF)
    (folder / "papers").mkdir()
    (folder / "papers/refs.bib").write_text("@misc{k, title = {T},\n pdf = {talks/k.pdf}}")
    status, lines = check()
    assert (status, lines[0].split(" (")[0]) == (1, "papers/refs.bib:2: k: no file 'talks/k.pdf' in this site")


def test_a_path_is_checked_as_the_site_would_read_it(folder: Path, check: Check) -> None:
    (folder / "conf.py").write_text(CONF)
    (folder / "other.bib").write_text(GOOD.replace("Hive, Zoe", "Hive+, Zoe and Nest+, Al"))
    assert check("other.bib") == (0, ["1 entry read: no errors, no hints."])


def test_a_file_that_is_not_there_is_told_by_its_name(check: Check) -> None:
    assert check("nope.bib") == (
        1,
        ["nope.bib:1: no such file (check its name)", "no entries read: 1 error, no hints."],
    )


@pytest.mark.parametrize(
    ("conf", "told"),
    [
        (None, "no conf.py here names bibtex_bibfiles"),
        ("", "no conf.py here names bibtex_bibfiles"),
        ("bibtex_bibfiles = []", "no conf.py here names bibtex_bibfiles"),
        ("raise SystemExit", "called sys.exit()"),
        ("1 +", "There is a syntax error in your configuration file"),
        ("import nosuchmodule", "No module named 'nosuchmodule'"),
    ],
)
def test_nothing_to_check_is_a_mistake_of_the_command(
    folder: Path, check: Check, capsys: pytest.CaptureFixture[str], conf: str | None, told: str
) -> None:
    if conf is not None:
        (folder / "conf.py").write_text(conf)
    with pytest.raises(SystemExit) as stopped:
        check()
    assert stopped.value.code == 2
    assert told in capsys.readouterr().err


def test_what_a_terminal_would_obey_is_not_printed(folder: Path, check: Check) -> None:
    (folder / "refs.bib").write_text(
        GOOD + "@article{\x1b[2Jk\u202eey\x07, title = {\x1b[31mRed} year = {2024}}\n", "utf-8"
    )
    lines = check("refs.bib")[1]
    assert len(lines) > 1
    assert not {"\x1b", "\x07", "\u202e"} & set("".join(lines))


def test_a_terminal_that_knows_few_letters_shows_what_it_can(
    folder: Path, monkeypatch: pytest.MonkeyPatch, check: Check
) -> None:
    (folder / "refs.bib").write_text(BAD.replace("@article{bad", "@article{蜂"), "utf-8")
    terminal = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", terminal)
    assert check("refs.bib")[0] == 1
    terminal.seek(0)
    assert terminal.read().startswith("refs.bib:3: ?: ")


def test_the_site_has_no_problems(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "7 entries read: no errors, no hints.\n"


def test_a_file_alone_is_checked_without_loading_sphinx_or_what_asks_hosts(folder: Path) -> None:
    (folder / "refs.bib").write_text(GOOD)
    code = """if True:
        import sys
        from sphinx_folio.__main__ import main
        status = main(["check", "refs.bib"])
        print(*sorted({name.split(".")[0] for name in sys.modules} & {"sphinx", "jinja2", "requests", "pybtex"}))
        sys.exit(status)"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.splitlines() == ["1 entry read: no errors, no hints.", ""]


def test_the_command_says_what_it_can_do() -> None:
    run = subprocess.run([sys.executable, "-m", "sphinx_folio", "check", "--help"], capture_output=True, text=True)
    assert run.returncode == 0
    assert all(option in run.stdout for option in ("refs.bib", "--online", "--cache", "--mailto", "build/online"))


@pytest.fixture
def crossref(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A host that knows one paper, in the place of Crossref and arXiv; whom it was asked by."""
    agents: list[str] = []
    message = {"DOI": "10.1000/bees", "type": "journal-article", "title": ["On Bees, Revised"]}
    author = [{"given": "Zoe", "family": "Hive"}]
    answer = json.dumps({"status": "ok", "message-type": "work", "message": {**message, "author": author}}).encode()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            agents.append(self.headers["User-Agent"])
            known = self.path == "/works/10.1000%2Fbees"
            self.send_response(200 if known else 403)
            self.send_header("Content-Length", str(len(answer) if known else 0))
            self.end_headers()
            self.wfile.write(answer if known else b"")

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setattr(online, "CROSSREF", Host("Crossref", address, 0))
    monkeypatch.setattr(online, "ARXIV", Host("arXiv", address, 0))
    yield agents
    server.shutdown()
    server.server_close()
    thread.join()


ONLINE = GOOD.replace("  year", "  doi = {10.1000/bees},\n  year")


def test_online_hints_stand_with_the_problems_and_do_not_fail(folder: Path, check: Check, crossref: list[str]) -> None:
    (folder / "refs.bib").write_text(ONLINE)
    told = (
        'refs.bib:2: good: title differs from Crossref\'s, which adds "Revised"'
        " (write title = {On Bees, Revised} or leave it)"
    )
    assert check("--online", "refs.bib") == (0, [told, "1 entry read: no errors, 1 hint."])
    assert len(list((folder / "build/online").iterdir())) == 1


def test_online_answers_are_kept_where_the_owner_says_and_hosts_may_reach_him(
    folder: Path, check: Check, crossref: list[str]
) -> None:
    (folder / "refs.bib").write_text(ONLINE)
    check("refs.bib", "--online", "--cache", "answers", "--mailto", "zoe@example.org")
    assert len(list((folder / "answers").iterdir())) == 1
    assert crossref == [agent for agent in crossref if agent.endswith("(mailto:zoe@example.org)")]


@pytest.mark.parametrize("address", ["zoe", "zoe@example.org\r\nX-Evil: yes", "zoé@example.org", "a) b@c"])
def test_what_is_no_mail_address_is_not_sent(check: Check, address: str) -> None:
    with pytest.raises(SystemExit):
        check("refs.bib", "--online", "--mailto", address)


def test_a_host_that_cannot_be_asked_is_one_line_and_does_not_fail(
    folder: Path, check: Check, crossref: list[str]
) -> None:
    other = GOOD.replace("good", "other").replace("On Bees", "Other")
    (folder / "refs.bib").write_text(
        other.replace("  year", "  doi = {10.1000/other},\n  year")
        + other.replace("other", "more").replace("  year", "  doi = {10.1000/more},\n  year")
    )
    silent = "Crossref could not be asked about everything: HTTP 403 (try again later)"
    assert check("--online", "refs.bib") == (0, [silent, "2 entries read: no errors, no hints."])


def test_online_errors_of_the_file_fail(folder: Path, check: Check, crossref: list[str]) -> None:
    (folder / "refs.bib").write_text(ONLINE + BAD)
    status, lines = check("--online", "refs.bib")
    assert (status, lines[-1]) == (1, "2 entries read: 1 error, 1 hint.")
