import json
import pickle
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from bs4 import Tag
from docutils import nodes
from hypothesis import given
from hypothesis import strategies as st

from conftest import Built, Project, build
from sphinx_folio.bibliography.dates import Date
from sphinx_folio.cv.model import CVEntry
from sphinx_folio.cv.periods import Period
from sphinx_folio.ext.cv.entries import joined


@pytest.fixture
def built(root: Callable[[str], Built]) -> Built:
    return root("career")


def entry(built: Built, page: str, anchor: str) -> Tag:
    """An entry on a page."""
    found = built.page(page).find(id=anchor)
    assert found is not None
    return found


def values(built: Built, page: str) -> tuple[CVEntry, ...]:
    """The entries of a page, as the next build will find them."""
    environment = (built.output.parent / "doctrees/environment.pickle").read_bytes()
    return pickle.loads(environment).domaindata["career"]["activities"].get(page, ())  # noqa: S301 (our own)


def build_wrong(copy: Project) -> Built:
    """Build the page that has entries with faults."""
    return copy.build(include_patterns=["wrong.md"], exclude_patterns=[], root_doc="wrong")


def lines(item: Tag) -> list[str]:
    """The lines of an entry above its body."""
    return [" ".join(line.get_text().split()) for line in item.find_all("p", recursive=False)]


def test_a_position_says_where_as_what_with_whom_and_when(built: Built) -> None:
    item = entry(built, "vita/index", "research-intern")
    assert item.name == "li"
    assert item["class"] == ["activity", "activity-position"]
    assert [str(line) for line in item.find_all("p", recursive=False)] == [
        '<p class="activity-head"><strong><a class="reference external" href="https://engines.example">'
        "Analytical Engines</a>, Mill</strong>, London, UK</p>",
        '<p class="activity-details">Research <em>Intern</em> · Mentor: <a class="reference external" '
        'href="https://somerville.example">Mary Somerville</a> · Manager: Charles Babbage</p>',
        '<p class="activity-when"><time datetime="1842-09">Sep 1842</time> – '
        '<time datetime="1843-07">Jul 1843</time></p>',
    ]
    assert item.select_one(".activity-body li").get_text(strip=True) == "Programmedthe engine."


@pytest.mark.parametrize(
    ("page", "anchor", "expected"),
    [
        ("vita/index", "writer", ["Scientific Memoirs", "Writer", "Aug 1843 – Present"]),
        ("vita/index", "mathematics", ["University of London", "Mathematics · Advisor: Augustus De Morgan", "1841"]),
        ("vita/more", "engine", ["The Engine", "1842–1843"]),
        ("vita/more", "engine-grant", ["Engine Grant", "Treasury · £ 17,000"]),
        ("vita/more", "medal", ["Medal", "15 May 1844"]),
        ("vita/more", "referee", ["Referee", "Royal Society, London · Chair"]),
        ("vita/more", "on-looms", ["On Looms", "Royal Institution"]),
        ("vita/more", "geometry", ["Geometry", "Ockham School · Teacher"]),
        ("vita/more", "on-looms-2", ["On Looms", "Royal Society"]),
    ],
)
def test_each_kind_leads_with_what_a_reader_looks_for(
    built: Built, page: str, anchor: str, expected: list[str]
) -> None:
    item = entry(built, page, anchor)
    assert lines(item) == expected
    assert item.select_one("p > strong").get_text() == expected[0]


def test_entries_that_follow_one_another_are_one_list(built: Built) -> None:
    lists = [len(each.find_all("li", recursive=False)) for each in built.page("vita/index").select("ul.timeline")]
    assert lists == [2, 1]
    assert [len(each.find_all("li", recursive=False)) for each in built.page("vita/more").select("ul.timeline")] == [7]


def test_an_entry_is_known_as_a_value_of_plain_text(root: Callable[[str], Built]) -> None:
    intern, writer, _ = values(root("career"), "vita/index")
    assert intern == CVEntry(
        kind="position",
        title="Research Intern",
        organization="Analytical Engines",
        unit="Mill",
        location="London, UK",
        people=(("Mentor", "Mary Somerville"), ("Manager", "Charles Babbage")),
        period=Period(Date(1842, 9), Date(1843, 7)),
        when="Sep 1842 – Jul 1843",
        url="https://engines.example",
        summary="Wrote the notes, in $n^2$ steps.",
        highlights=("Programmed the engine.", "Found an error:", "a sign."),
        tags=("industry", "one-page"),
        anchor="research-intern",
        docname="vita/index",
    )
    assert writer.current
    engine, grant, *_ = values(root("career"), "vita/more")
    assert (engine.page, engine.title) == ("projects/engine", "")
    assert (grant.url, grant.amount) == ("https://grant.example", "£ 17,000")


def test_all_entries_are_known_in_the_order_of_the_menu(built: Built) -> None:
    known = built.page("who").find(id="known").get_text().split(", ")
    assert known[:3] == ["The Engine", "Engine Grant", "Medal"]
    assert known[-3:] == ["Research Intern", "Writer", "Mathematics"]


def test_the_search_finds_an_entry_where_it_stands(built: Built) -> None:
    index = json.loads((built.output / "searchindex.js").read_text("utf-8").removeprefix("Search.setIndex(")[:-1])
    found = {name: (index["docnames"][page], index["objnames"][str(kind)][2], anchor)
             for page, kind, _, anchor, name in index["objects"][""]}  # fmt: skip
    assert found["Research Intern · Analytical Engines · Mill"] == ("vita/index", "CV position", "research-intern")
    assert found["The Engine"] == ("vita/more", "CV project", "engine")
    assert len(found) == 10


def test_what_cannot_be_read_is_reported_with_its_cure_and_shown_as_typed(project: Callable[[str], Project]) -> None:
    built = build_wrong(project("career"))
    assert built.warnings == [
        "wrong.md:3: {position} has no option 'grade'; expected one of organization, unit, location, role, amount, "
        "advisor, supervisor, manager, mentor, period, tags [folio.career_option]",
        "wrong.md:3: {position} has no option 'organisation'; did you mean 'organization'? [folio.career_option]",
        "wrong.md:3: :period: 'long ago' cannot be read; expected a date or an interval of ISO 8601, such as 2024, "
        "2024-09, 2023-09/2024-07, or 2024-09/.. (to date) [folio.career_period]",
        "wrong.md:9: :period: the end 1842 is before the start 1843; expected 1842/1843 [folio.career_period]",
        "wrong.md:13: a {award} without a title; write it behind the name: {award} Title [folio.career_title]",
    ]
    assert lines(entry(built, "wrong", "analyst")) == ["Analyst", "Engines · 1.0", "long ago"]
    assert lines(entry(built, "wrong", "poet")) == ["Poet", "1843–1842"]
    assert lines(entry(built, "wrong", "royal-society")) == ["Royal Society"]


PRINTED = (
    "an entry is printed as text here; fence it, or the one before it, with ~~~, or with more backticks than stand in "
    "it [folio.career_source]"
)


def entry_in(fence: str, body: str = "") -> str:
    """An entry with its fence and a body, and another behind it."""
    return f"{fence}{{position}} Analyst\n:period: 1842\n\n{body}\n{fence}\n\n```{{award}} Medal\n```\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "```{talk} On `numpy`\n:period: 2012\n```\n\n~~~{award} Medal\n~~~\n",
            [f"wrong.md:{line}: {PRINTED}" for line in (3, 7)],
        ),
        ("``{talk} On Looms\n:period: 2012\n``\n", [f"wrong.md:3: {PRINTED}"]),
        ("- Talks\n\n  ```{Talk} On `numpy`\n  ```\n", [f"wrong.md:5: {PRINTED}"]),
        ("```{award} Medal\n```\n```\n\n```{talk} On Looms\n```\n", [f"wrong.md:7: {PRINTED}"]),
        (":::{award} Medal\n:::\n", [f"wrong.md:3: {PRINTED}"]),
        (
            entry_in("```", "```python\nprint()\n```"),
            [
                "wrong.md:6: the ```python here ends with the {position} around it; fence the {position} with ~~~, or "
                "with more backticks than stand in it [folio.career_source]",
                f"wrong.md:11: {PRINTED}",
            ],
        ),
        (
            "```{position} Analyst\n:period: 1842\n\n- Wrote.\n\n```{award} Medal\n```\n",
            [
                "wrong.md:8: a {award} stands inside the {position} of line 3; is a closing ``` missing? "
                "[folio.career_source]"
            ],
        ),
        (
            "```{position} Analyst\n\nWrote.\n\n## Awards\n\n~~~{award} Medal\n~~~\n",
            [
                "wrong.md:3: a heading stands in the text of the {position}; is its closing ``` missing? "
                "[folio.career_source]"
            ],
        ),
    ],
)
def test_source_that_is_printed_or_swallowed_is_told_with_its_line(
    project: Callable[[str], Project], text: str, told: list[str]
) -> None:
    copy = project("career")
    copy.write("wrong.md", f"# Wrong\n\n{text}")
    assert build_wrong(copy).warnings == told


@pytest.mark.parametrize(
    "text",
    [
        entry_in("````", "```python\nprint()\n```"),
        entry_in("~~~", "- ```python\n  print()\n  ```"),
        entry_in("````", "```{award} Medal\n```"),
        entry_in("```", "Role models: see :role: below, and `{talk} so`."),
        "````md\n```{position} Analyst\n```\n````\n",
        "An entry begins with `{position}`, and ends with \\`\\`\\`.\n",
    ],
)
def test_what_is_meant_to_stand_in_an_entry_or_to_be_read_as_source_is_no_slip(
    project: Callable[[str], Project], text: str
) -> None:
    copy = project("career")
    copy.write("wrong.md", f"# Wrong\n\n{text}")
    assert build_wrong(copy).warnings == []


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ("period: 2012", ":period: stands in the text of the entry"),
        ("\n:period: 2012", ":period: stands in the text of the entry"),
        (
            ":organization: Analytical\n  Engines\n:period: 2012\n:tags: full",
            ":period: stands in the text of the entry",
        ),
        (":organization: Engines\nunit: Mill\n:period: 2012", ":unit: stands in the text of the entry"),
        (":role: Chair\n:role: Member", ":role: stands here 2 times, and only the last counts"),
    ],
)
def test_an_option_that_does_not_count_is_told(project: Callable[[str], Project], options: str, told: str) -> None:
    copy = project("career")
    copy.write("wrong.md", f"# Wrong\n\n```{{position}} Analyst\n{options}\n```\n")
    (warning,) = build_wrong(copy).warnings
    assert warning.startswith(f"wrong.md:3: {told}; ")
    assert warning.endswith("[folio.career_option]")


def test_an_option_below_a_blank_line_is_told_in_restructuredtext_too(project: Callable[[str], Project]) -> None:
    copy = project("career")
    copy.write("index.rst", "Home\n====\n\n.. position:: Analyst\n\n   :period: 1842\n   :note: none\n")
    built = copy.build(include_patterns=["index.rst"], source_suffix={".rst": "restructuredtext"}, exclude_patterns=[])
    (warning,) = built.warnings
    assert warning.startswith("index.rst:4: :period: stands in the text of the entry; options come right below its ")


def test_an_entry_that_says_nothing_is_told_and_left_out(project: Callable[[str], Project]) -> None:
    copy = project("career")
    nothing = "```{award}\n:tags: full\n```\n\n```{talk}\n% to be told\n```\n"
    copy.write("wrong.md", f"# Wrong\n\n{nothing}\n```{{award}}\n:period: 1844\n```\n\n```{{award}} Medal\n```\n")
    built = build_wrong(copy)
    assert [warning.partition(" without a title")[0] for warning in built.warnings] == [
        "wrong.md:3: a {award}",
        "wrong.md:7: a {talk}",
        "wrong.md:11: a {award}",
    ]
    assert [lines(item) for item in built.page("wrong").select("ul.timeline > li")] == [["1844"], ["Medal"]]
    assert [(each.title, each.when) for each in values(built, "wrong")] == [("", "1844"), ("Medal", "")]
    assert [name for name, kind, *_ in inventory(built) if kind.startswith("career:")] == ["Medal"]


def inventory(built: Built) -> list[list[str]]:
    """The lines of what other sites read, split at spaces."""
    data = (built.output / "objects.inv").read_bytes().split(b"\n", 4)[4]
    return [line.split(" ") for line in zlib.decompress(data).decode().splitlines()]


def test_an_entry_without_a_title_is_found_by_where_it_was(project: Callable[[str], Project]) -> None:
    built = build_wrong(project("career"))
    assert ["Royal", "Society", "career:award"] in [line[:3] for line in inventory(built)]


def test_translators_are_shown_all_that_an_entry_says(project: Callable[[str], Project], tmp_path: Path) -> None:
    copy = project("career")
    build(copy.source, tmp_path, "gettext")
    with (tmp_path / "gettext/vita.pot").open("rb") as file:
        places = {message.id: message.locations for message in read_po(file) if message.id}
    for line in (
        "Analytical Engines, Mill, London, UK",
        "Sep 1842 – Jul 1843",
        "Mathematics · Advisor: Augustus De Morgan",
    ):
        ((name, number),) = places[line]
        assert name.endswith("vita/index.md")
        assert (copy.source / "vita/index.md").read_text("utf-8").splitlines()[number - 1].startswith("```{")


def test_what_a_browser_would_run_is_no_address_of_an_entry(project: Callable[[str], Project]) -> None:
    copy = project("career")
    copy.write(
        "index.rst",
        "Home\n====\n\n.. position:: Analyst\n   :organization: `A <javascript://x.example/%0aalert(1)>`_, "
        "`B <ftp://x.example/>`_, `C <https://engines.example>`_\n",
    )
    built = copy.build(include_patterns=["index.rst"], source_suffix={".rst": "restructuredtext"}, exclude_patterns=[])
    assert [each.url for each in values(built, "index")] == ["https://engines.example"]


def test_a_page_in_restructuredtext_has_the_same_entries(project: Callable[[str], Project]) -> None:
    copy = project("career")
    copy.write(
        "index.rst",
        "Home\n====\n\n.. position:: Research *Intern*\n   :organization: `Engines <https://engines.example>`_\n"
        "   :organisation: Mill\n   :period: 1842/..\n\n   Wrote the **notes**.\n\n.. award:: Medal\n",
    )
    built = copy.build(include_patterns=["index.rst"], source_suffix={".rst": "restructuredtext"}, exclude_patterns=[])
    assert built.warnings == [
        "index.rst:4: {position} has no option 'organisation'; did you mean 'organization'? [folio.career_option]"
    ]
    assert lines(entry(built, "index", "research-intern")) == ["Engines", "Research Intern · Mill", "1842 – Present"]
    assert len(built.page("index").select("ul.timeline > li")) == 2


@pytest.mark.parametrize("builder", ["text", "latex", "man", "texinfo", "xml", "pseudoxml"])
def test_every_builder_writes_the_entries(project: Callable[[str], Project], tmp_path: Path, builder: str) -> None:
    copy = project("career")
    copy.write("conf.py", (copy.source / "conf.py").read_text("utf-8") + 'version = "1"\n')
    built = build(copy.source, tmp_path / "work", builder)
    text = "\n".join(path.read_text("utf-8") for path in built.output.rglob("*") if is_text(path))
    for said in ("Analytical Engines", "Sep 1842", "Aug 1843", "Augustus De Morgan"):
        assert said in text
    assert built.warnings == []


def is_text(path: Path) -> bool:
    """Whether a file is one that a builder writes a page's text into."""
    return path.suffix in {".txt", ".tex", ".texi", ".xml", ".pseudoxml"} or path.suffix[1:].isdecimal()


def test_a_removed_entry_is_gone_wherever_it_was_shown(project: Callable[[str], Project], tmp_path: Path) -> None:
    copy = project("career")
    copy.build()
    text = (copy.source / "vita/index.md").read_text("utf-8")
    start, end = text.index("```{position} Writer"), text.index("## Education")
    copy.write("vita/index.md", text[:start] + text[end:])
    built = copy.build()
    assert entry(built, "vita/index", "research-intern")
    assert "Writer" not in built.text("vita/index")
    assert "Writer" not in built.page("who").find(id="known").get_text()
    assert "Writer" not in (built.output / "searchindex.js").read_text("utf-8")


def test_a_page_is_written_again_only_when_an_entry_changed(project: Callable[[str], Project]) -> None:
    copy = project("career")
    home = copy.build().output / "who.html"
    before = home.stat().st_mtime_ns
    copy.write("vita/index.md", (copy.source / "vita/index.md").read_text("utf-8") + "\nMore.\n")
    copy.build()
    assert home.stat().st_mtime_ns == before
    copy.write("projects/engine.md", "# The Difference Engine\n")
    assert copy.build().page("who").find(id="known").get_text().startswith("The Difference Engine, ")


def test_two_processes_find_the_same_entries_as_one(project: Callable[[str], Project], tmp_path: Path) -> None:
    copy = project("career")
    for number in range(6):  # fewer than six pages are not read in parallel
        copy.write(f"more{number}.md", f"---\norphan: true\n---\n# More {number}\n\n```{{talk}} Talk {number}\n```\n")
    one = copy.build()
    command = [sys.executable, "-m", "sphinx", "-q", "-j2", "-d", tmp_path / "two", copy.source, tmp_path / "out"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    known = [each.page("who").find(id="known").get_text() for each in (one, Built(copy.source, tmp_path / "out", []))]
    assert known[0] == known[1]
    assert known[0].endswith("Talk 5")


@given(st.lists(st.text("ab ·", max_size=5)))
def test_separators_stand_only_between_what_is_there(texts: list[str]) -> None:
    parts = [[nodes.Text(text)] if text else [] for text in texts]
    assert "".join(node.astext() for node in joined(parts, " · ")) == " · ".join(filter(None, texts))
