"""The CV as a PDF: what it says, in which order, and how it looks where that can be measured."""

import re
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from sphinx_folio import PACKAGE
from sphinx_folio.cv.typst import Typeset, TypesettingError, typeset

TEMPLATE = PACKAGE / "templates" / "cv.typ"
DATE = 1_764_000_000  # 24 November 2025
NOWHERE = "\u0378"  # no character, so in no font


def heading(text: str, level: int = 1) -> dict[str, Any]:
    return {"type": "heading", "level": level, "body": [text]}


def paragraph(*body: Any) -> dict[str, Any]:
    return {"type": "paragraph", "body": list(body)}


def bullets(*items: str) -> dict[str, Any]:
    return {"type": "list", "ordered": False, "items": [[paragraph(item)] for item in items]}


def link(url: str, text: str) -> dict[str, Any]:
    return {"kind": "link", "url": url, "body": [text]}


def entry(head: str, details: str = "", when: str = "", *body: Any, kind: str = "position") -> dict[str, Any]:
    strong = {"kind": "strong", "body": [head]}
    return {
        "type": "entry",
        "kind": kind,
        "head": [strong],
        "details": [details] if details else [],
        "when": when,
        "body": list(body),
    }


def person(name: str, marks: str = "") -> dict[str, Any]:
    return {"name": name, "marks": marks, "owner": name == "Ada Lovelace"}


def paper(title: str, *authors: dict[str, Any], venue: str = "Preprint", **fields: Any) -> dict[str, Any]:
    plain = {"key": title, "ending": "", "url": "", "where": [], "note": [], "award": []}
    return {**plain, "title": [title], "venue": venue, "authors": list(authors), **fields}


def papers(*entries: dict[str, Any], legend: str = "") -> dict[str, Any]:
    return {"type": "publications", "legend": legend, "entries": list(entries)}


def manuscript(*blocks: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {
        "name": "Ada Lovelace",
        "title": "Curriculum vitae of Ada Lovelace",
        "language": "en",
        "paper": "us-letter",
        "keywords": ["engines", "analysis"],
        "description": "What she did.",
        "position": "Analyst, Analytical Society",
        "contacts": [
            {"text": "ada.example", "url": "https://ada.example/"},
            {"text": "ada@ada.example", "url": "mailto:ada@ada.example"},
        ],
        "blocks": list(blocks),
        **fields,
    }


DETAILED = (
    "Compared the engine with the loom, and described what either can and cannot be told to do by cards and barrels."
)

LIFE = (
    heading("Interests"),
    paragraph("Engines that ", {"kind": "strong", "body": ["compute"]}, " by cards."),
    heading("Education"),
    entry("Private lessons, London", "Mathematics · Advisor: Mary Somerville", "1832 – Present", kind="education"),
    entry(
        "University of Turin, Italy", "Translation · Advisor: L. F. Menabrea", "Sep 1842 – Jul 1843", kind="education"
    ),
    heading("Experience"),
    entry("Analytical Society, Engines", "Analyst · Manager: C. Babbage", "Oct 1842", bullets(DETAILED, DETAILED)),
    heading("Publications"),
    heading("Preprints", 2),
    papers(
        paper(
            "Notes upon the Memoir", person("Ada Lovelace"), person("Luigi Menabrea"), url="https://ada.example/notes"
        ),
        paper("On Flying", person("Ada Lovelace"), note=["Illustrated"]),
    ),
    heading("Published", 2),
    papers(
        paper(
            "Sketch of the Engine: What Can it Do?",
            person("Luigi Menabrea", "*"),
            person("Ada Lovelace", "*"),
            venue="Memoirs’43",
            where=["In Taylor’s Scientific Memoirs"],
            award=["Best memoir"],
        ),
        legend="* Equal contribution",
    ),
    heading("Service"),
    entry("Reviewer", "Philosophical Magazine", "1843", kind="service"),
    entry("Member of the committee", "Royal Institution", "1844–1845", kind="service"),
)

IN_ORDER = [
    "Ada Lovelace", "Analyst, Analytical Society", "ada.example · ada@ada.example",
    "Interests", "Engines that compute by cards.",
    "Education", "Private lessons, London", "1832 – Present", "Mathematics · Advisor: Mary Somerville",
    "University of Turin, Italy", "Sep 1842 – Jul 1843", "Translation · Advisor: L. F. Menabrea",
    "Experience", "Analytical Society, Engines", "Oct 1842", "Analyst · Manager: C. Babbage",
    f"• {DETAILED} • {DETAILED}",
    "Publications", "Preprints", "Preprint Ada Lovelace, Luigi Menabrea. “Notes upon the Memoir.”",
    "Preprint Ada Lovelace. “On Flying.” Illustrated.", "Published", "* Equal contribution",
    "Memoirs’43 Luigi Menabrea*, Ada Lovelace*. “Sketch of the Engine: What Can it Do?”",
    "In Taylor’s Scientific Memoirs. Best memoir.",
    "Service", "Reviewer · Philosophical Magazine", "1843", "Member of the committee · Royal Institution", "1844–1845",
]  # fmt: skip


def made(*blocks: dict[str, Any], **fields: Any) -> Typeset:
    return typeset(manuscript(*blocks, **fields), TEMPLATE, DATE)


def read(typed: Typeset) -> PdfReader:
    return PdfReader(BytesIO(typed.pdf))


def told(typed: Typeset, *options: str) -> str:
    """What pdftotext says."""
    return subprocess.run(
        ["pdftotext", *options, "-", "-"], input=typed.pdf, capture_output=True, check=True
    ).stdout.decode()


def on_one_line(text: str) -> str:
    return " ".join(text.split())


def squeezed(text: str) -> str:
    """Text without spaces, and without the breaks in what is too long for a line."""
    return "".join(text.split()).replace("\u200b", "")


def words(typed: Typeset) -> dict[str, tuple[float, float]]:
    """Where each word begins and ends on its line."""
    pattern = r'<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="[\d.]+">(.*?)</word>'
    return {word: (float(left), float(right)) for left, right, word in re.findall(pattern, told(typed, "-bbox"))}


def tags(node: Any) -> Iterator[str]:
    """The structure of a PDF, as the names of its elements in reading order."""
    node = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(node, ArrayObject):
        for child in node:
            yield from tags(child)
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            yield node["/S"]
        yield from tags(node.get("/K"))


def fonts(reader: PdfReader) -> dict[str, DictionaryObject]:
    """Every font by its name, without the letters of its subset."""
    every = [font.get_object() for page in reader.pages for font in page["/Resources"].get("/Font", {}).values()]
    return {font["/BaseFont"].partition("+")[2]: font["/DescendantFonts"][0].get_object() for font in every}


@pytest.fixture(scope="module")
def life() -> Typeset:
    return made(*LIFE)


@pytest.mark.parametrize("size", ["us-letter", "a4"])
def test_programs_read_it_in_the_order_of_the_page_with_each_date_behind_its_head(size: str) -> None:
    text = on_one_line(told(made(*LIFE, paper=size)))
    assert text == " ".join(IN_ORDER)


def test_so_do_programs_that_follow_the_file(life: Typeset) -> None:
    assert on_one_line(told(life, "-raw")) == " ".join(IN_ORDER)


@pytest.mark.parametrize(("size", "width", "height"), [("us-letter", 612, 792), ("a4", 595.276, 841.89)])
def test_it_is_of_the_size_that_the_reader_prints_on(size: str, width: float, height: float) -> None:
    box = read(made(*LIFE, paper=size)).pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx((width, height), abs=0.01)


def test_it_says_what_it_is(life: Typeset) -> None:
    metadata = read(life).metadata
    assert metadata is not None
    assert metadata.title == "Curriculum vitae of Ada Lovelace"
    assert metadata.author == "Ada Lovelace"
    assert metadata.subject == "What she did."
    assert metadata.keywords == "engines, analysis"
    assert metadata.creation_date is not None
    assert metadata.creation_date.timestamp() == DATE


def test_a_screen_reader_finds_a_tagged_pdf_in_its_language(life: Typeset) -> None:
    catalog = read(life).trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "en"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in catalog["/Metadata"].get_object().get_data()


def test_a_screen_reader_finds_headings_lists_and_links(life: Typeset) -> None:
    found = list(tags(read(life).trailer["/Root"]["/StructTreeRoot"]))
    assert [tag for tag in found if re.fullmatch(r"/H\d", tag)] == "/H1 /H2 /H2 /H2 /H2 /H3 /H3 /H2".split()
    assert found.count("/L") == 3
    assert found.count("/LI") == found.count("/Lbl") == found.count("/LBody") == 5
    assert found.count("/Link") == 3


def test_the_outline_leads_to_the_sections(life: Typeset) -> None:
    titles = [each["/Title"] for each in read(life).outline[1] if not isinstance(each, list)]
    assert titles == ["Interests", "Education", "Experience", "Publications", "Service"]


@pytest.mark.parametrize(("language", "said"), [("pt_BR", "pt-BR"), ("de", "de"), ("zh-Hans-CN", "zh-CN")])
def test_its_language_is_the_sites(language: str, said: str) -> None:
    assert read(made(language=language)).trailer["/Root"]["/Lang"] == said


def test_links_lead_where_they_say(life: Typeset) -> None:
    annotations = [each.get_object() for each in read(life).pages[0]["/Annots"]]
    assert [each["/A"]["/URI"] for each in annotations] == [
        "https://ada.example/",
        "mailto:ada@ada.example",
        "https://ada.example/notes",
    ]
    assert all(each["/Contents"] for each in annotations)


def test_it_looks_the_same_everywhere(life: Typeset) -> None:
    found = fonts(read(life))
    assert {name.partition("-")[0] for name in found} == {"LibertinusSerif"}
    assert all("/FontFile3" in font["/FontDescriptor"] for font in found.values())


def test_the_same_text_and_date_give_the_same_bytes(life: Typeset) -> None:
    assert made(*LIFE).pdf == life.pdf
    assert typeset(manuscript(*LIFE), TEMPLATE, DATE + 1).pdf != life.pdf


def test_pages_are_counted_and_numbered_only_where_there_are_several(life: Typeset) -> None:
    assert life.pages == len(read(life).pages) == 1
    assert "1 / 1" not in told(life)
    long = made(*[entry(f"Engine {number}", "Analyst", "1842", bullets(DETAILED)) for number in range(40)])
    assert long.pages == len(read(long).pages) > 1
    assert [
        f"Ada Lovelace · {number} / {long.pages}" in page for number, page in enumerate(told(long).split("\f"), 1)
    ] == [
        *[True] * long.pages,
        False,
    ]


def test_an_empty_cv_is_a_page_with_the_name() -> None:
    typed = made(contacts=[], position="", keywords=[], description="")
    assert (typed.pages, told(typed).strip()) == (1, "Ada Lovelace")


@pytest.mark.parametrize("lines", range(41, 47))
def test_no_heading_and_no_first_line_of_an_entry_is_the_last_of_its_page(lines: int) -> None:
    filler = [paragraph(f"Line {number}") for number in range(lines)]
    body = entry("Analytical Society", "Analyst", "1842", bullets(DETAILED))
    first, second, _ = told(made(*filler, heading("Work"), heading("Engines", 2), body), "-raw").split("\f")
    assert f"Line {lines - 1}\nAda Lovelace · 1 / 2" in first
    assert second.startswith("Work\nEngines\nAnalytical Society 1842\nAnalyst\n•")


@pytest.mark.parametrize("size", ["us-letter", "a4"])
def test_no_line_is_wider_than_the_page(size: str) -> None:
    word, address = "w" * 200, "https://ada.example/" + "engine/" * 40
    typed = made(
        heading(word),
        paragraph(word, " ", link(address, address)),
        bullets(word),
        entry(word, word, "1842", paragraph(word)),
        papers(paper(word, person(word), venue="V" * 60), paper(word, person("Ada Lovelace"), venue="Memoirs")),
        {"type": "code", "text": f"  {word}"},
        name=word,
        position=word,
        contacts=[{"text": address, "url": address}],
        paper=size,
    )
    width = float(read(typed).pages[0].mediabox.width)
    assert {text: at for text, at in words(typed).items() if at[0] < 50 or at[1] > width - 50} == {}
    assert squeezed(told(typed, "-raw")).count(word) >= 7


def test_a_word_that_fits_is_never_hyphenated() -> None:
    text = " ".join(["Electromagnetic incomprehensibility notwithstanding"] * 40)
    assert on_one_line(told(made(paragraph(text)))).endswith(text)


def test_names_from_the_right_stay_in_the_order_of_the_authors() -> None:
    found = words(made(papers(paper("Looms", *map(person, ("Byron", "משה", "שרה", "Somerville"))))))
    on_the_page = ["Byron,", f"{'משה'[::-1]},", f"{'שרה'[::-1]},", "Somerville."]  # as seen from the left
    assert sorted(on_the_page, key=found.__getitem__) == on_the_page


def test_a_level_that_is_left_out_does_not_stop_it() -> None:
    typed = made(heading("Deep", 3), heading("Top"), heading("Deeper", 3), heading(""))
    found = list(tags(read(typed).trailer["/Root"]["/StructTreeRoot"]))
    assert [tag for tag in found if tag.startswith("/H")] == ["/H1", "/H2", "/H2", "/H3"]


def test_what_markdown_has_is_there() -> None:
    numbered = {"type": "list", "ordered": True, "items": [[paragraph("one"), bullets("inner")], [paragraph("two")]]}
    kinds = ("strong", "emphasis", "code", "superscript", "subscript", "math", "underline")
    typed = made(
        numbered,
        {"type": "quote", "body": [paragraph("quoted")]},
        {"type": "terms", "items": [{"term": ["Loom"], "body": [paragraph("weaves")]}]},
        {"type": "code", "text": "add 1\n  to 2"},
        *(paragraph({"kind": kind, "body": [f"a {kind}"]}) for kind in kinds),
        paragraph("before", {"kind": "break"}, "after", link("", " nowhere")),
    )
    text = on_one_line(told(typed, "-raw"))
    assert "1. one • inner 2. two quoted Loom weaves add 1 to 2" in text
    assert [f"a {kind}" for kind in kinds if f"a {kind}" not in text] == []
    assert text.endswith("before after nowhere")


@pytest.mark.parametrize("stop", [".", "?", "!", "…"])
def test_a_title_with_an_end_of_its_own_gets_no_other(stop: str) -> None:
    text = told(made(papers(paper(f"Can it Think{stop}", person("Charles Babbage, Sr.")))))
    assert f"Sr. “Can it Think{stop}”" in text


TEXT = st.text(
    st.sampled_from("#*_@$\\<>/=-+~`'\"[](){}&%^|;:,.!? abcfilXYZ019éßøλΩЖ–—“”’…×→\u00a0"), min_size=1, max_size=30
).filter(lambda text: squeezed(text) != "")


@settings(max_examples=40)
@given(TEXT, TEXT, TEXT)
@example("#panic()", "*a* _b_ @c $d$ <e>", "// f /* g */ \\h `i` ~ -- --- ' \"")
@example("#let x = 1; #x", "= a", "https://ada.example/*#")
@example("[a](b) [[c]]", "- a\n- b", "\\u{41} \\\\ \\")
def test_what_is_typed_is_what_is_read(one: str, two: str, three: str) -> None:
    typed = made(
        heading(one),
        paragraph(two, " ", {"kind": "strong", "body": [three]}, " ", {"kind": "code", "body": [one]}),
        bullets(one, two),
        entry(one, two, three, paragraph(three)),
        papers(paper(one, person(two), venue="V", where=[three], note=[one], award=[two])),
        {"type": "code", "text": three},
        name=f"A {one}",
        position=two,
        contacts=[{"text": three, "url": "https://ada.example/"}],
        title=one + "x",
        keywords=[two],
        description=three,
    )
    first, second, third = map(squeezed, (one, two, three))
    text = squeezed(told(typed, "-raw"))
    begins = "".join(
        ["A", first, second, third, first, second, third, first, "•", first, "•", second, first, third, second]
    )
    assert text.startswith(begins + third + "V" + second)
    assert text.endswith(third)


def test_characters_that_are_only_a_mistake_are_left_out() -> None:
    assert "before after" in told(made(paragraph("before\x00\x07\x1b \ud800after")))


def test_lines_of_the_source_are_no_lines_of_the_cv() -> None:
    assert "before after" in told(made(paragraph("before\n  after")))


@pytest.mark.parametrize(
    ("blocks", "found"),
    [
        ([paragraph("a"), paragraph(NOWHERE), paragraph(NOWHERE + "b")], 1),
        ([heading(NOWHERE), paragraph("a")], 0),
        ([paragraph("a"), entry("b", "c", "d", bullets("e", NOWHERE))], 1),
    ],
)
def test_a_character_that_no_font_has_is_named_with_its_entry(blocks: list[dict[str, Any]], found: int) -> None:
    with pytest.raises(TypesettingError, match=r"no font has the characters \\u\{378\}") as caught:
        made(*blocks)
    assert caught.value.failing_block is blocks[found]
    assert "install a font" in caught.value.hints[0]


def test_a_paper_is_named_among_its_list() -> None:
    bad = paper(f"Looms {NOWHERE}", person("Ada Lovelace"))
    with pytest.raises(TypesettingError) as caught:
        made(paragraph("a"), papers(paper("Cards"), paper("Barrels")), papers(paper("Wheels"), bad, paper("Gears")))
    assert caught.value.failing_block is bad


def test_any_other_mistake_is_named_with_its_entry() -> None:
    bad = paragraph(link("x" * 9000, "far"))
    with pytest.raises(TypesettingError, match="URL is too long") as caught:
        made(paragraph("a"), bad, paragraph("b"))
    assert caught.value.failing_block is bad


def test_what_no_entry_is_to_blame_for_is_said_without_one() -> None:
    with pytest.raises(TypesettingError, match=r"no font has") as caught:
        made(paragraph("a"), name=NOWHERE)
    assert caught.value.failing_block is None


def test_a_sites_own_template_is_used_with_the_files_beside_it(tmp_path: Path) -> None:
    (tmp_path / "colours.typ").write_text('#let ink = rgb("#123456")')
    (tmp_path / "cv.typ").write_text(
        '#import "content.typ": blocks, cv, described\n#import "colours.typ": ink\n#show: described\n'
        "#set text(fill: ink)\n= Vita of #cv.name\n#blocks(cv.blocks)"
    )
    typed = typeset(manuscript(paragraph("Engines.")), tmp_path / "cv.typ", DATE)
    assert on_one_line(told(typed)) == "Vita of Ada Lovelace Engines."


def test_a_mistake_in_a_sites_own_template_is_told(tmp_path: Path) -> None:
    (tmp_path / "cv.typ").write_text("#loom()")
    with pytest.raises(TypesettingError, match="unknown variable: loom") as caught:
        typeset(manuscript(paragraph("a")), tmp_path / "cv.typ", DATE)
    assert caught.value.failing_block is None


def test_a_font_that_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "cv.typ").write_text('#import "content.typ": described\n#show: described\n#set text(font: "Loom")\n= A')
    typed = typeset(manuscript(), tmp_path / "cv.typ", DATE)
    assert [warning for warning in typed.warnings if "loom" in warning] == list(typed.warnings) != []


def test_many_papers_are_all_there() -> None:
    every = [paper(f"Engine {number}", person("Ada Lovelace"), venue="Memoirs") for number in range(300)]
    text = on_one_line(told(made(papers(*every)), "-raw"))
    assert [each["key"] for each in every if f"“{each['key']}.”" not in text] == []


@pytest.mark.parametrize("words", [10, 1500])
def test_pages_are_counted_though_the_pdf_does_not_say_how_many_it_has(
    monkeypatch: pytest.MonkeyPatch, words: int
) -> None:
    monkeypatch.setattr("sphinx_folio.cv.typst.PAGES", re.compile(rb"(never)"))
    made = typeset(manuscript(paragraph("engine " * words)), TEMPLATE, DATE)
    assert made.pages == len(PdfReader(BytesIO(made.pdf)).pages) == (2 if words > 10 else 1)
