import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import sphinx

from sphinx_folio.audit import readthedocs
from sphinx_folio.audit.browser import Published
from sphinx_folio.audit.hosting import address, hosted, on_disk

ADDRESS = "https://ada.example/folio/"
HOME = '<title>Home</title><link rel="canonical" href="{0}index.html"><h1>Home</h1><a href="notes.html">Notes</a>'
NOTES = '<title>Notes</title><h1>Notes</h1><a href="index.html">Home</a> <a href="{0}notes.html">Here</a>'
NOT_FOUND = '<title>Not found</title><link rel="stylesheet" href="/folio/s.css"><a href="/folio/index.html">Home</a>'
SITE = {
    "index.html": HOME.format(ADDRESS),
    "notes.html": NOTES.format(ADDRESS),
    "404.html": NOT_FOUND,
    "s.css": "",
    "sitemap.xml": f"<urlset><url><loc>{ADDRESS}notes.html</loc></url></urlset>",
}

Publish = Callable[[dict[str, str]], Published]


def broken(site: Published) -> dict[str, str]:
    findings = hosted("here", site.folder, ADDRESS, site.browser)
    return {finding.check.removesuffix(", here"): finding.what for finding in findings if finding.broken}


def test_a_site_in_a_folder_of_a_host_is_whole(publish: Publish) -> None:
    assert broken(publish(SITE)) == {}


@pytest.mark.parametrize(
    ("name", "fault", "told"),
    [
        ("index.html", HOME.format("https://ada.example/"), {"address": ""}),
        ("notes.html", NOTES.replace("index", "home"), {"broken links": "folio/notes.html: folio/home.html"}),
        ("notes.html", '<a href="/index.html">', {"broken links": "folio/notes.html: index.html"}),
        ("notes.html", f'<a href="{ADDRESS}gone.html">', {"broken links": "folio/notes.html: folio/gone.html"}),
        ("sitemap.xml", f"<loc>{ADDRESS}gone.html</loc>", {"broken links": "folio/sitemap.xml: folio/gone.html"}),
        (
            "404.html",
            NOT_FOUND.replace("/folio/index", "index"),
            {"broken links": "", "what is not found": "no link leads home"},
        ),
        (
            "404.html",
            NOT_FOUND.replace("/folio/s", "s"),
            {"broken links": "", "what is not found": "does not load no/such/s.css"},
        ),
    ],
)
def test_what_works_at_no_other_address_is_told(publish: Publish, name: str, fault: str, told: dict[str, str]) -> None:
    found = broken(publish(SITE | {name: fault}))
    assert found.keys() == told.keys()
    assert all(what in found[check] for check, what in told.items())


@pytest.mark.parametrize(
    ("notes", "told"),
    [
        ('<h1>Notes</h1><a href="index.html">Home</a>', set()),
        ('<h1>Notes</h1><a href="./">Home</a>', {"broken links"}),
        ('<p>Notes</p><a href="index.html">Home</a>', {"notes", "index"}),
        ('<link rel="stylesheet" href="/s.css"><h1>Notes</h1><a href="index.html">Home</a>', {"broken links", "notes"}),
    ],
)
def test_what_does_not_work_from_a_disk_is_told(publish: Publish, notes: str, told: set[str]) -> None:
    findings = on_disk(publish(SITE | {"notes.html": notes}))
    assert {finding.page or "broken links" for finding in findings if finding.broken} == told


# Sphinx is taken from where the tests have it: what installing costs is no question here.
OURS = (
    f"echo {Path(sphinx.__file__).parents[1]} > $(echo $READTHEDOCS_VIRTUALENV_PATH/lib/python*/site-packages)/ours.pth"
)
PROJECT = {
    ".readthedocs.yaml": f"sphinx: {{fail_on_warning: true}}\nbuild:\n  jobs:\n    install:\n    - {OURS}\n",
    "conf.py": 'import os\nhtml_theme = "basic"\nhtml_baseurl = os.environ["READTHEDOCS_CANONICAL_URL"]\n',
    "index.rst": "Home\n====\n",
}


def git(folder: Path, *command: str) -> None:
    author = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    subprocess.run(["git", *author, *command], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def commit(tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    """Write files into a repository of their own, and commit them."""

    def committed(files: dict[str, str]) -> Path:
        for name, text in files.items():
            (tmp_path / name).write_text(text, "utf-8")
        git(tmp_path, "init", "--quiet")
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "--quiet", "--message", "All")
        return tmp_path

    return committed


def test_read_the_docs_builds_what_is_committed(commit: Callable[[dict[str, str]], Path]) -> None:
    project = commit(PROJECT)
    (project / "draft.rst").write_text("Draft", "utf-8")  # not in a toctree, which would be a warning
    with readthedocs.built(project) as (folder, errors):
        assert errors == []
        assert address(folder) == readthedocs.ADDRESS
        assert not (folder / "draft.html").exists()


@pytest.mark.parametrize(
    ("name", "fault", "told"),
    [
        (
            ".readthedocs.yaml",
            PROJECT[".readthedocs.yaml"].replace("echo", "false; nosuch", 1),
            "nosuch: command not found",
        ),
        ("index.rst", "Home\n====\n\n:doc:`nosuch`\n", "WARNING: unknown document: 'nosuch'"),
        ("conf.py", 'open("only-here.txt")', "No such file or directory: 'only-here.txt'"),
    ],
)
def test_what_fails_on_read_the_docs_is_told(
    commit: Callable[[dict[str, str]], Path], name: str, fault: str, told: str
) -> None:
    project = commit(PROJECT | {name: fault})
    (project / "only-here.txt").touch()
    with readthedocs.built(project) as (_, errors):
        assert told in "\n".join(errors)
