"""Content names machinery; machinery never names content."""

import re
import runpy
from collections.abc import Iterator

import pytest
from conftest import ROOT
from sphinx_folio.bibtex.reader import read

SOURCES = sorted(
    path for path in (ROOT / "sphinx-folio/src").rglob("*.*") if path.suffix in (".py", ".html", ".css", ".js")
)


def names_of_content() -> Iterator[str]:
    """Whom this site is about, and what its papers are known by: words of the name, keys, eprints and DOIs."""
    config = runpy.run_path(str(ROOT / "conf.py"))
    yield from (word for word in re.findall(r"[^\W\d_]+", config["author"]) if len(word) > 1)
    for entry in read(*(ROOT / name for name in config["bibtex_bibfiles"])).entries:
        yield from filter(None, (entry.key, entry.fields.get("eprint"), entry.fields.get("doi")))


@pytest.mark.parametrize("name", sorted(set(names_of_content())))
def test_no_example_and_no_message_is_about_the_owner_or_a_paper_of_theirs(name: str) -> None:
    word = re.compile(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])", re.IGNORECASE)
    found = [str(path.relative_to(ROOT)) for path in SOURCES if word.search(path.read_text("utf-8"))]
    assert found == []
