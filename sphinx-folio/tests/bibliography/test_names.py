import time
from itertools import islice, product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pybtex.database import Person as PybtexPerson

from sphinx_folio.bibliography.name_lists import accents_to_letters as with_letters
from sphinx_folio.bibliography.names import (
    MARKS,
    Person,
    SiteAuthors,
    owner_roles,
    read_other_name,
    read_people,
    read_person,
)
from sphinx_folio.latex.convert import to_text

NOBODY = SiteAuthors()
LAN = SiteAuthors(owner=("Tingfeng Lan",))
AND_FORM = "write author = {Family, Given and Family, Given}"


def names(source: str) -> list[str]:
    """The names of a field in which nothing is wrong."""
    found = read_people(source, NOBODY)
    assert not found.faults
    return [each.name for each in found.persons]


def one(source: str, known: SiteAuthors = NOBODY, annotations: str = "") -> Person:
    (found,) = read_people(source, known, annotations).persons
    return found


def owners(source: str, known: SiteAuthors = LAN) -> list[str]:
    return [each.name for each in read_people(source, known).persons if each.owner]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("Lovelace, Ada and Charles Babbage", ["Ada Lovelace", "Charles Babbage"]),
        ("Lovelace,Ada and Babbage,C.", ["Ada Lovelace", "C. Babbage"]),
        ("Lovelace,\n   Ada and\n\tBabbage, Charles", ["Ada Lovelace", "Charles Babbage"]),
        ("Lovelace, Ada AND Babbage, Charles And Zuse, Konrad", ["Ada Lovelace", "Charles Babbage", "Konrad Zuse"]),
        ("van der Berg, Jan and de la Cruz, Ana", ["Jan van der Berg", "Ana de la Cruz"]),
        ("Jan van der Berg and Jim al-Khalili", ["Jan van der Berg", "Jim al-Khalili"]),
        ("O'Brien, Flann and Jean d'Alembert", ["Flann O’Brien", "Jean d’Alembert"]),
        (r"Erd{\H{o}}s, P{\'a}l and {\'E}va \v{S}imkov\'a", ["Pál Erdős", "Éva Šimková"]),
        (r"S\o ren {\AA}s and \L{}ukasz Wi{\'s}niewski", ["Søren Ås", "Łukasz Wiśniewski"]),
        ("Garc&iacute;a, Ana", ["Ana García"]),
        ("{Barnes and Noble} and {{The Simulation Group}}", ["Barnes and Noble", "The Simulation Group"]),
        ("Knuth, D.~E. and J.~R.~R. Tolkien", ["D. E. Knuth", "J. R. R. Tolkien"]),
        ("Plato", ["Plato"]),
        ("王, 伟 and 王 伟 and 王伟 and 山田, 太郎", ["王伟", "王 伟", "王伟", "山田太郎"]),
        ("family=Berg, given=Jan, prefix=van der, suffix=Jr.", ["Jan van der Berg Jr."]),
        ("useprefix=true and given={Hans}, family={Meier}", ["Hans Meier"]),
        ("Jörg Hoffmann 0001", ["Jörg Hoffmann"]),  # as DBLP tells apart who share a name
        (
            r"\textbf{Lovelace, Ada} and {\bf Zuse, K.} and \underline{C.} Babbage",
            ["Ada Lovelace", "K. Zuse", "C. Babbage"],
        ),
        ("Google, Inc. and OpenAI", ["Google, Inc.", "OpenAI"]),
        ("", []),
        (" and , and ", []),
    ],
)
def test_names_are_said_in_their_order(source: str, said: list[str]) -> None:
    assert names(source) == said


@pytest.mark.parametrize(
    ("source", "family", "given", "suffix"),
    [
        ("Lovelace, Ada", "Lovelace", "Ada", ""),
        ("Ada Augusta Lovelace", "Lovelace", "Ada Augusta", ""),
        ("Jan van der Berg", "van der Berg", "Jan", ""),
        ("Berg, Jan van der", "Berg", "Jan van der", ""),
        ("King, Jr., Martin Luther", "King", "Martin Luther", "Jr."),
        ("King, Martin Luther, Jr.", "King", "Martin Luther", "Jr."),
        ("King Jr., Martin Luther", "King", "Martin Luther", "Jr."),
        ("Martin Luther King Jr.", "King", "Martin Luther", "Jr."),
        ("Martin Luther King, III", "King", "Martin Luther", "III"),
        ("Martin Luther {King, Jr.}", "King", "Martin Luther", "Jr."),
        ("Ivanov, II", "Ivanov", "II", ""),
        ("Vi, Anna", "Vi", "Anna", ""),
        ("Dumas, père, Alexandre", "Dumas", "Alexandre", "père"),
        ("王, 伟", "王", "伟", ""),
        ("王 伟", "王", "伟", ""),
        ("Plato", "Plato", "", ""),
        ("Jean {de la Fontaine}", "de la Fontaine", "Jean", ""),
    ],
)
def test_the_parts_of_a_name_are_known(source: str, family: str, given: str, suffix: str) -> None:
    found = one(source)
    assert (found.family, found.given, found.suffix, found.corporate) == (family, given, suffix, False)


@pytest.mark.parametrize(
    "name",
    [
        "{Barnes and Noble}",
        "{European Organization for Nuclear Research (CERN)}",
        "ATLAS Collaboration",
        "for the ATLAS Collaboration",
        "The Event Horizon Telescope Collaboration",
        "International Association of University Libraries",
        "Google, Inc.",
    ],
)
def test_a_body_has_one_name_and_no_given_name(name: str) -> None:
    assert one(name) == Person(name.strip("{}"), name.strip("{}"), corporate=True)


@pytest.mark.parametrize(
    "source",
    ["Lovelace, Ada and others", "Lovelace, Ada and Others", "Lovelace, Ada AND {others}", "others and Lovelace, Ada"],
)
def test_and_others_is_no_person(source: str) -> None:
    found = read_people(source, NOBODY)
    assert ([each.name for each in found.persons], found.and_others, found.faults) == (["Ada Lovelace"], True, ())


@pytest.mark.parametrize("source", ["Lovelace, Ada et al.", "Lovelace, Ada and et~al.", "Lovelace, Ada, et al"])
def test_et_al_means_others_and_is_reported(source: str) -> None:
    found = read_people(source, NOBODY)
    assert ([each.name for each in found.persons], found.and_others) == (["Ada Lovelace"], True)
    assert found.faults == (("author ends in et al.", "write author = {Family, Given and others}"),)


@pytest.mark.parametrize("source", ["and A B and", "A B and and", "A B and", "  and A B", "A B and {}"])
def test_an_and_beside_nothing_is_nobody(source: str) -> None:
    assert names(source) == ["A B"]


@pytest.mark.parametrize(
    ("source", "separators"),
    [
        ("Ada Lovelace, Charles Babbage, Mary Somerville", "commas"),
        ("Ada Lovelace, Charles Babbage, and Mary Somerville", "commas"),
        ("A. Lovelace, Charles Babbage and Mary Somerville", "commas"),
        ("Lovelace, A., Babbage, C., Somerville, M.", "commas"),
        ("Lovelace, Ada, Babbage, Charles, Somerville, Mary", "commas"),
        ("Lovelace A, Babbage C, Somerville M", "commas"),
        ("Lovelace, Ada, and Babbage, Charles, and Somerville, Mary", "commas"),
        ("Lovelace, Ada; Babbage, Charles; Somerville, Mary;", "semicolons"),
        ("Ada Lovelace & Charles Babbage \\& Mary Somerville", "&"),
        ("Ada Lovelace &amp; Charles Babbage & Mary Somerville", "&"),
        (r"Ada Lovelace \and Charles Babbage \and Mary Somerville", r"\and"),
        ("Lovelace, Ada | Babbage, Charles | Somerville, Mary", "|"),
        ("Ada Lovelace；Charles Babbage、Mary Somerville", "semicolons"),
    ],
)
def test_names_separated_some_other_way_are_shown_one_by_one_and_reported(source: str, separators: str) -> None:
    found = read_people(source, NOBODY)
    assert [each.family for each in found.persons] == ["Lovelace", "Babbage", "Somerville"]
    assert found.faults == ((f"the names in author are separated by {separators}", AND_FORM),)


def test_a_collaboration_behind_a_comma_is_not_a_given_name() -> None:
    found = read_people("Lovelace, Ada, for the ATLAS Collaboration", NOBODY)
    assert [each.name for each in found.persons] == ["Ada Lovelace", "for the ATLAS Collaboration"]
    assert found.faults == (("the names in author are separated by commas", AND_FORM),)


def test_braces_around_a_whole_list_are_not_one_name() -> None:
    assert names("{{Lovelace, Ada and Babbage, Charles}}") == ["Ada Lovelace", "Charles Babbage"]
    assert names("{Department of Energy, Mines and Resources}") == ["Department of Energy, Mines and Resources"]


def test_what_is_wrong_with_editors_is_said_of_editors() -> None:
    (fault,) = read_people("A. Lovelace; C. Babbage", NOBODY, role="editor").faults
    assert fault[0] == "the names in editor are separated by semicolons"
    assert "write editor = {" in fault[1]


@pytest.mark.parametrize(
    ("name", "marks"),
    [
        ("Lovelace*, Ada", "*"),
        ("Lovelace, Ada*", "*"),
        ("Ada Lovelace∗", "*"),
        ("Ada Lovelace＊", "*"),
        ("Lovelace†‡, Ada §¶", "†‡§¶"),
        (r"Ada Lovelace\textsuperscript{*}", "*"),
        (r"Lovelace\textsuperscript{1,*}, Ada", "*"),
        (r"Lovelace, Ada\textsuperscript{2}", ""),
        ("Ada Lovelace$^*$", "*"),
        (r"Ada Lovelace$^{\dagger}$", "†"),
        (r"Ada Lovelace$^{*,\ddag}$", "*‡"),
        (r"Ada Lovelace\dag", "†"),
        (r"Lovelace{\ddag}, Ada", "‡"),
        (r"Ada Lovelace{*}", "*"),
        (r"Ada Lovelace\textasteriskcentered{}", "*"),
        (r"\textbf{Lovelace*, Ada}", "*"),
    ],
)
def test_a_mark_is_taken_off_the_name_and_kept(name: str, marks: str) -> None:
    found = one(name)
    assert (found.name, found.family, found.marks) == ("Ada Lovelace", "Lovelace", marks)
    assert found.annotations == {MARKS[mark] for mark in marks}
    assert found.equal == bool(set("*‡") & set(marks))


@pytest.mark.parametrize(
    "name", ["JÃ¶rg MÃ¼ller", "MattsjÃ¶, Ada", "FranÃ§ois Vi", "O*Neil, Ada", "a**b, Ada", "a^*b C"]
)
def test_a_sign_within_a_word_is_no_mark(name: str) -> None:
    found = one(name)
    assert (found.marks, found.annotations) == ("", frozenset())
    assert all(sign in found.name for sign in name if sign in "*¶§")


@pytest.mark.parametrize(
    "name", ["*Lovelace, Ada", "Lovelace, *Ada", "Ada* Lovelace", "^*Lovelace, Ada", "Lovelace^*, Ada"]
)
def test_a_mark_may_stand_at_either_end_of_a_word(name: str) -> None:
    assert (one(name).name, one(name).marks) == ("Ada Lovelace", "*")


def test_what_a_mark_means_is_the_owners_to_say() -> None:
    known = SiteAuthors(marks={"#": "equal", "*": "corresponding"})
    assert one("Lovelace#, Ada", known).annotations == {"equal"}
    assert one("Lovelace*, Ada", known).annotations == {"corresponding"}
    assert (one("Lovelace‡, Ada", known).marks, one("Lovelace‡, Ada", known).annotations) == ("‡", frozenset())


@pytest.mark.parametrize(
    ("annotations", "marks"),
    [
        ("1=equal; 2=equal; 3=corresponding", ["*", "*", "†"]),
        ("1=equal, corresponding", ["*†", "", ""]),
        ("2:family=equalcontrib;3:given=corr", ["", "*", "†"]),
        ('1="equal"; 2=highlight; 3=first', ["", "", ""]),
        ("1=cofirst; 2={equal contribution}; 3=corresp", ["*", "*", "†"]),
        ("nonsense; =; 9=equal", ["", "", ""]),
    ],
)
def test_annotations_of_biblatex_are_shown_as_marks(annotations: str, marks: list[str]) -> None:
    found = read_people("Lovelace, Ada and Babbage, Charles and Somerville, Mary", NOBODY, annotations)
    assert [each.marks for each in found.persons] == marks


def test_an_annotation_that_a_mark_shows_already_gets_no_second_one() -> None:
    found = one("Lovelace‡, Ada", annotations="1=equal,corresponding")
    assert (found.marks, found.annotations) == ("‡†", {"equal", "corresponding"})


@pytest.mark.parametrize(
    "name",
    [
        "Lan, Tingfeng",
        "Tingfeng Lan",
        "Lan Tingfeng",
        "LAN, TINGFENG",
        "Tingfeng, Lan",
        "Lán*, Tingfeng",
        "{Tingfeng Lan}",
        r"\textbf{Lan}, Tingfeng",
        "T. Lan",
        "Lan, T.",
        "T Lan",
        "Lan T",
        "Lan TF",
        "T. X. Lan",
        "Tingfeng X. Lan",
        "Ting-Feng Lan",
        "T.-F. Lan",
    ],
)
def test_the_owner_is_known_however_the_name_is_written(name: str) -> None:
    assert len(owners(f"{name} and Babbage, Charles")) == 1


@pytest.mark.parametrize(
    "name",
    [
        "Tom Lan",
        "Lan, Tom",
        "M. Lan",
        "Lan",
        "Tingfeng",
        "Ting Lan",
        "Tingfeng Lang",
        "Tingfeng van Lan",
        "Nguyen, Lan T.",
        "Lan T. Nguyen",
        "Tingfeng Lan-Smith",
    ],
)
def test_somebody_else_is_not_the_owner(name: str) -> None:
    assert not owners(f"{name} and Babbage, Charles")


@pytest.mark.parametrize(
    ("spelling", "name", "is_owner"),
    [
        ("Jean-Pierre Serre", "Serre, J.-P.", True),
        ("Jean-Pierre Serre", "JP Serre", True),
        ("Jean-Pierre Serre", "Jean Pierre Serre", True),
        ("Jean-Pierre Serre", "Jean Serre", False),
        ("John Quincy Public", "John Q. Public", True),
        ("John Quincy Public", "J. Public", True),
        ("John Quincy Public", "John R. Public", False),
        ("Gabriel García Márquez", "Garcia Marquez, G.", True),
        ("García Márquez, Gabriel", "Gabriel Garcia Marquez", True),
        ("Jan van der Berg", "Berg, Jan", False),
        ("Erdős, Pál", r"P. Erd{\H o}s", True),
        ("Łukasz Świątek", "Lukasz Swiatek", True),
        ("王伟", "王, 伟", True),
        ("王伟明", "王, 伟", False),
        ("T. Lan", "Tom Lan", False),
        ("Plato", "Plato", True),
        ("{Plato's Academy}", "{Plato’s Academy}", True),
    ],
)
def test_accents_initials_and_hyphens_are_forgiven_but_not_another_name(
    spelling: str, name: str, is_owner: bool
) -> None:
    assert bool(owners(name, SiteAuthors(owner=(spelling,)))) == is_owner


def test_any_spelling_of_the_owner_will_do() -> None:
    known = SiteAuthors(owner=("Ada Lovelace", "Ada Byron"))
    assert owners("Byron, Ada", known) == ["Ada Byron"]
    assert owners("Lovelace, A. and Babbage, Charles", known) == ["A. Lovelace"]


def test_of_two_who_may_be_the_owner_the_fuller_name_is() -> None:
    assert owners("Lan, T. and Lan, Tingfeng and Lan, T. X.") == ["Tingfeng Lan"]
    assert owners("Lan, T. and Lan, T. X.") == ["T. Lan"]


def test_co_authors_lead_to_their_pages_by_their_full_name() -> None:
    pages = {"Yue Cheng": "https://example.org/cheng", "王伟": "team/wang", "Evil": "javascript:alert(1)"}
    names = "Cheng, Yue and Cheng, Y. and Cheng Yue and 王, 伟 and Evil and Cheng, Yun"
    found = read_people(names, SiteAuthors(pages=pages))
    assert [each.page for each in found.persons] == [pages["Yue Cheng"], "", pages["Yue Cheng"], "team/wang", "", ""]


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        ("Lan, Tingfeng", ("first",)),
        ("Lan, Tingfeng and B, B", ("first",)),
        ("Lan*, Tingfeng and B, B", ("first",)),
        ("Lan*, Tingfeng and B*, B and C, C", ("co-first",)),
        ("A*, A and Lan*, Tingfeng and C, C", ("co-first",)),
        ("A*, A and B, B and Lan*, Tingfeng and C, C", ("middle",)),
        ("A, A and Lan*, Tingfeng and C, C", ("middle",)),
        ("Lan†, Tingfeng and B, B", ("first", "corresponding")),
        ("A, A and Lan†, Tingfeng and C, C", ("corresponding",)),
        ("A, A and Lan†, Tingfeng", ("corresponding", "last")),
        ("A, A and B, B and Lan, Tingfeng", ("last",)),
        ("A*, A and Lan*, Tingfeng", ("co-first",)),
        ("A, A and B, B", ()),
        ("", ()),
    ],
)
def test_the_owner_has_roles(authors: str, expected: tuple[str, ...]) -> None:
    assert owner_roles(read_people(authors, LAN).persons) == expected


def test_nobody_is_last_where_others_follow() -> None:
    found = read_people("A, A and B, B and Lan, Tingfeng and others", LAN)
    assert owner_roles(found.persons, found.and_others) == ("middle",)


def test_a_paper_may_have_three_thousand_authors() -> None:
    source = " and ".join(f"Family{'abcdefghij'[n % 10]}, Given {chr(65 + n % 26)}." for n in range(3000))
    assert len(read_people(source, LAN).persons) == 3000


capital = st.from_regex(r"\A[A-ZÉŠ][a-zéšł]{0,4}\.?\Z")
piece = st.one_of(
    capital, st.sampled_from(["Jr.", "Sr", "III", "de", "王", "Inc", "ATLAS", "Collaboration", "{A}", "1"])
)
joints = st.sampled_from([" ", " ", ", ", ",", "-", ".", ""])


@given(st.lists(st.tuples(piece, joints), min_size=1, max_size=5), piece)
@example([("Müller-Lüdenscheidt", ", "), ("J.R.", " ")], "R.-T.")
def test_a_common_name_reads_as_any_other(beginning: list[tuple[str, str]], end: str) -> None:
    name = "".join(map("".join, beginning)) + end
    assert read_person(name) == read_other_name(name)


# What pybtex, which reads names as BibTeX does, would read otherwise is ours on purpose: CJK, suffixes and bodies.
latin = st.from_regex(r"\A[A-ZÉ][a-zé]{1,4}\Z")
part = st.one_of(latin, st.sampled_from(["van", "de", "la", "al-Khalili", "d'Arc", "{van Dyck}", "J.", r"{\'E}ric"]))
several = st.lists(part, min_size=1, max_size=4).map(" ".join)


@given(st.one_of(several, st.tuples(several, several).map(", ".join)))
def test_a_name_has_the_parts_that_bibtex_gives_it(name: str) -> None:
    expected, found = PybtexPerson(name), read_person(with_letters(name))
    family = to_text(" ".join(expected.prelast_names + expected.last_names))
    given_name = to_text(" ".join(expected.first_names + expected.middle_names))
    assert (found.family, found.given) == (family, given_name)


@given(st.text(st.sampled_from("ab A,;&.{}\\$^*†'\"=~1\t\n王") | st.characters(), max_size=60), st.text(max_size=20))
def test_any_field_is_read_without_complaint_and_leaves_no_empty_name(source: str, annotations: str) -> None:
    for each in read_people(source, LAN, annotations).persons:
        assert each.name
        assert each.family


def test_ten_thousand_authors_cost_little() -> None:
    syllables = "ka lo mi ten ra shu wei ang ber son der ton fel gri man el is or ua chi bo do".split()
    said = (
        f"{''.join(given).title()} {''.join(family).title()}"
        for given, family in product(product(syllables, repeat=2), repeat=2)
    )
    fields = [" and ".join(islice(said, 10)) for _ in range(1000)]
    known = SiteAuthors(owner=("Tingfeng Lan", "T. Lan"), pages={f"A {name} B": "https://x.org" for name in syllables})
    start = time.process_time()
    for field in fields:
        read_people(field, known)
    assert time.process_time() - start < 1  # 0.1 s where nothing else runs
