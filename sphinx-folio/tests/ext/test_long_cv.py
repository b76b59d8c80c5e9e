"""The CV of an invented scholar: 40 positions, 300 papers, and names in all the scripts that she reads."""

import json
import re
import subprocess
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup, Tag

from conftest import ROOTS, Built, Project

SOURCE = ROOTS / "test-vita"
ENTRY = re.compile(r"^(`{3,})\{([a-z-]+)\} (.+)\n((?::\w+: .+\n)+)((?:.*\n)*?)\1$", re.MULTILINE)
PAPER = re.compile(r"^@(\w+)\{(.+),\n((?: .+\n)+)\}$", re.MULTILINE)
FIELD = re.compile(r"^ (\w+) = \{(.+)\},$", re.MULTILINE)
FROM_THE_RIGHT = re.compile(r"[\u0590-\u06ff]")

# Markdown that is not seen: citations, the ends of links, fences, the marks of lines, of emphasis, code and math.
MARKUP = (
    (r"\{cite:p\}`[^`]*`", " "),
    (r"\$\\lambda", "λ"),
    (r"\]\([^)]*\)|```\w*|^(?:[-:>]|\s+-|\d\.) ", ""),
    (r"[\[*`\\$]", ""),
)


def plain(markdown: str) -> str:
    """The words of a text, and what else is between spaces, without markup."""
    for mark, seen in MARKUP:
        markdown = re.sub(mark, seen, markdown, flags=re.MULTILINE)
    return " ".join(markdown.split())


def entries() -> list[tuple[str, str, dict[str, str], str]]:
    """What the owner wrote: the kind, title, options and body of each entry."""
    found = ENTRY.findall((SOURCE / "cv/index.md").read_text("utf-8"))
    return [
        (kind, title, dict(re.findall(r":(\w+): (.+)\n", options)), body) for _, kind, title, options, body in found
    ]


def papers() -> dict[str, dict[str, str]]:
    """What the owner wrote: the fields of each paper by its key."""
    found = PAPER.findall((SOURCE / "vita.bib").read_text("utf-8"))
    return {key: dict(FIELD.findall(fields)) for _, key, fields in found}


def said(element: Tag) -> str:
    """What an element says, on one line and without what ``plain`` takes for markup."""
    return plain(element.get_text())


@pytest.fixture(scope="module")
def built(root: Callable[[str], Built]) -> Built:
    return root("vita")


@pytest.fixture(scope="module")
def page(built: Built) -> BeautifulSoup:
    return built.page("cv/index")


def test_it_is_as_long_as_a_life_and_builds_without_a_warning(built: Built) -> None:
    assert [kind for kind, *_ in entries()].count("position") == 40
    assert len(papers()) == 300
    assert built.warnings == []


def test_every_entry_is_on_the_page_in_its_order(page: BeautifulSoup) -> None:
    shown = [(item["class"][1].removeprefix("activity-"), said(item)) for item in page.select("li.activity")]
    written = [(kind.removesuffix("-entry"), plain(title)) for kind, title, *_ in entries()]
    assert [kind for kind, _ in shown] == [kind for kind, _ in written]
    assert [title for (_, text), (_, title) in zip(shown, written, strict=True) if title not in text] == []


def test_nothing_that_was_written_in_an_entry_is_lost(page: BeautifulSoup) -> None:
    for item, (_, title, options, body) in zip(page.select("li.activity"), entries(), strict=True):
        text = re.sub(r"\W", "", said(item))
        wanted = [value for name, value in options.items() if name not in ("period", "tags")]
        lost = [
            word
            for value in (title, *wanted, body)
            for word in plain(value).split()
            if re.sub(r"\W", "", word) not in text
        ]
        assert lost == [], title


def test_every_paper_is_on_the_page_once_and_newest_first(page: BeautifulSoup) -> None:
    written = papers()
    keys = [item["id"] for item in page.select(".publications-cv > li")]
    assert sorted(keys) == sorted(written)
    years = [int(written[key]["year"]) for key in keys]
    assert years == sorted(years, reverse=True)


def test_every_title_and_name_is_shown_as_it_is_written(page: BeautifulSoup) -> None:
    texts = {item["id"]: " ".join(item.get_text().split()) for item in page.select(".publications-cv > li")}
    for key, fields in papers().items():
        text = texts[key]
        assert not re.search(r"[\\{}]|\bnull\b", text), key
        people = fields.get("author") or fields["editor"]
        names = [name.partition(", ") for name in people.replace("*", "").split(" and ") if name != "others"]
        words = [part for family, _, given in names for part in (family, given.removeprefix("Jr., "))]
        plainly = [word for word in (*words, fields["title"]) if not re.search(r"[\\{}$~'`]|--", word)]
        assert [word for word in plainly if word not in text] == [], key


def test_the_owner_is_underlined_in_every_paper_whatever_the_script(page: BeautifulSoup) -> None:
    for item in page.select(".publications-cv > li"):
        names = [name.get_text() for name in item.select(":not(summary *).publication-owner")]
        assert len(names) == 1, item["id"]
        assert names[0] in ("Noémie Ørsted", "N. Ørsted", "Ноэми Эрстед", "נועמי ארסטד")


def test_names_from_the_right_turn_no_others_around(page: BeautifulSoup) -> None:
    listed = page.select(".publications-cv .publication-authors")
    texts = [text for people in listed for text in people.find_all(string=FROM_THE_RIGHT)]
    assert len(texts) > 50
    assert {text.parent.name for text in texts} == {"bdi"}


def test_an_entry_leads_to_the_papers_that_it_cites(page: BeautifulSoup) -> None:
    citing = page.select_one("li.activity-position")
    assert {link["href"] for link in citing.select("a.internal[href^='#']")} == {
        "#orsted2023what",
        "#orsted2015letters",
    }


def test_the_search_finds_positions_and_papers(built: Built) -> None:
    index = (built.output / "searchindex.js").read_text("utf-8")
    search = json.loads(index.removeprefix("Search.setIndex(").removesuffix(")"))
    found = {name: search["docnames"][number] for number, *_, name in search["objects"][""]}
    assert len(search["objects"][""]) == len(papers()) + len(entries())
    assert found["客員教授 · 東都大学 · 古文書研究所"] == "cv/index"
    assert found["Ñ, ß, Þ, ı and Ő: letters that readers lose · Noémie Ørsted, Dawit Haile"] == "cv/index"


CV = "noémie-ørsted-cv.pdf"


def printed(built: Built, name: str = CV) -> str:
    """What a program reads in a PDF, as it stands on the paper: names from the right may come in pieces."""
    return subprocess.run(["pdftotext", built.output / name, "-"], capture_output=True, text=True, check=True).stdout


def letters(text: str) -> str:
    """The letters and digits of a text, however its lines are broken."""
    return re.sub(r"[\W_]", "", text)


def test_every_entry_and_paper_is_printed_whole(built: Built) -> None:
    whole = letters(printed(built))
    lost = [
        value
        for _, title, options, body in entries()
        for text in (title, *(options[name] for name in options if name not in ("period", "tags")), *body.split("\n"))
        for value in re.split(r"\{cite:p\}`[^`]*`", text)
        if not FROM_THE_RIGHT.search(value) and letters(plain(value)) not in whole
    ]
    lost += [
        fields["title"]
        for fields in papers().values()
        if not re.search(r"[\\{}$~'`]|--", fields["title"]) and not FROM_THE_RIGHT.search(fields["title"])
        if letters(fields["title"]) not in whole
    ]
    assert lost == []


def test_no_character_is_missing_in_print_and_all_fonts_are_in_the_file(built: Built) -> None:
    assert "\ufffd" not in printed(built)
    rows = subprocess.run(["pdffonts", built.output / CV], capture_output=True, text=True, check=True).stdout
    fonts = [row.split()[-5] for row in rows.splitlines()[2:]]  # the column "emb"
    assert len(fonts) > 3
    assert set(fonts) == {"yes"}


def test_the_short_version_is_one_page_of_what_is_tagged(built: Built) -> None:
    text = letters(printed(built, "noémie-ørsted-cv-one-page.pdf"))
    kept = {title: "one-page" in options.get("tags", "") for kind, title, options, _ in entries() if kind == "position"}
    plainly = {letters(plain(title)): tagged for title, tagged in kept.items() if not FROM_THE_RIGHT.search(title)}
    assert [title for title, tagged in plainly.items() if tagged and title not in text] == []
    assert printed(built, "noémie-ørsted-cv-one-page.pdf").count("\f") == 1


def saying(built: Built, text: str) -> list[str]:
    """The files of a site that a text is in."""
    files = [path for path in built.output.rglob("*") if path.suffix in (".html", ".js", ".json", ".vcf", ".txt")]
    found = [path.name for path in files if text in path.read_text("utf-8")]
    return sorted([*found, *([CV] if text in printed(built) else [])])


def test_a_position_that_is_removed_is_nowhere_after_the_next_build(project: Callable[[str], Project]) -> None:
    copy = project("vita")
    assert {CV, "index.html", "resume.json"} <= set(saying(copy.build(), "Head of Documents"))
    text = (copy.source / "cv/index.md").read_text("utf-8")
    removed = re.search(r"```\{position\} Head of Documents\n.*?\n```\n", text, re.DOTALL)
    copy.write("cv/index.md", text.replace(removed[0], ""))
    built = copy.build()
    assert built.warnings == []
    assert len(built.page("cv/index").select("li.activity-position")) == 39
    assert [saying(built, gone) for gone in ("Head of Documents", "מעבדת הכתב", "photographed")] == [[], [], []]
