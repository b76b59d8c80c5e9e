"""What an address book reads of the owner."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sphinx_folio.audit.data import vcard_lines
from sphinx_folio.exporters.site import Site
from sphinx_folio.exporters.vcard import vcard
from sphinx_folio.text import normalize_whitespace

SITE = Site(
    "Ada’s site",
    "Ada Lovelace",
    "https://ada.example/",
    "en",
    same_as=("https://github.com/ada", "https://orcid.org/0000-0002-1825-0097"),
    job_title="Analyst; poet",
    affiliation="Analytical Society, London",
    email="ada@example.org",
    picture="_static/portrait.jpg",
)


def test_an_address_book_reads_the_owner() -> None:
    assert [tuple(line) for line in vcard_lines(vcard(SITE, "cv.vcf"))] == [
        ("BEGIN", "", "VCARD"),
        ("VERSION", "", "4.0"),
        ("KIND", "", "individual"),
        ("FN", "", "Ada Lovelace"),
        ("N", "", "Lovelace;Ada;;;"),
        ("TITLE", "", r"Analyst\; poet"),
        ("ORG", "", r"Analytical Society\, London"),
        ("EMAIL", "", "ada@example.org"),
        ("URL", "", "https://ada.example/"),
        ("URL", "", "https://github.com/ada"),
        ("URL", "", "https://orcid.org/0000-0002-1825-0097"),
        ("LANG", "", "en"),
        ("PHOTO", ";MEDIATYPE=image/jpeg", "https://ada.example/_static/portrait.jpg"),
        ("UID", "", "https://ada.example/#me"),
        ("SOURCE", "", "https://ada.example/cv.vcf"),
        ("END", "", "VCARD"),
    ]


def test_what_is_not_known_is_not_said() -> None:
    names = [line.name for line in vcard_lines(vcard(Site("S", "Ada", picture="_static/portrait.jpg"), "cv.vcf"))]
    assert names == ["BEGIN", "VERSION", "KIND", "FN", "N", "END"]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ada Lovelace", ["Lovelace", "Ada", "", "", ""]),
        ("Lovelace, Ada", ["Lovelace", "Ada", "", "", ""]),
        ("Jan van der Berg", ["van der Berg", "Jan", "", "", ""]),
        ("Sammy Davis Jr.", ["Davis", "Sammy", "", "", "Jr."]),
        ("Plato", ["Plato", "", "", "", ""]),
        ("José Ørsted-Núñez", ["Ørsted-Núñez", "José", "", "", ""]),
    ],
)
def test_the_parts_of_a_name_are_where_they_belong(name: str, parts: list[str]) -> None:
    (line,) = [line for line in vcard_lines(vcard(Site("S", name), "cv.vcf")) if line.name == "N"]
    assert line.parts == parts


def test_a_language_of_a_country_is_written_as_programs_know_it() -> None:
    assert "LANG:pt-BR\r\n" in vcard(Site("S", "Ada", language="pt_BR"), "cv.vcf")


@settings(max_examples=60)
@given(st.text(max_size=300), st.text(st.sampled_from(";,\\:\r\nnN λ🎓\u2028 "), max_size=300))
@example("é" * 200, "\\")
def test_any_text_comes_out_as_it_went_in(title: str, affiliation: str) -> None:
    text = vcard(Site("S", "Ada", job_title=title, affiliation=affiliation), "cv.vcf")
    lines = {line.name: line for line in vcard_lines(text)}
    for name, source in (("TITLE", title), ("ORG", affiliation)):
        if said := normalize_whitespace(source):
            assert lines[name].parts == [said]
        else:
            assert name not in lines


@settings(max_examples=60)
@given(st.text(st.sampled_from("aé漢🎓 ;"), max_size=400))
def test_no_line_is_too_long_and_no_character_is_cut(title: str) -> None:
    data = vcard(Site("S", "Ada", job_title=title), "cv.vcf").encode()
    lines = data.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in b"".join(lines)
    for line in lines:
        line.decode()
