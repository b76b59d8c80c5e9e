"""How the owner is reached: on the page, for programs that read it, in print."""

import json
from collections.abc import Callable
from typing import Any

import mf2py
import pytest

from conftest import Built, Project
from sphinx_folio.exporters.profiles import display_url, network
from sphinx_folio.exporters.site import Contact, Site, contacts

HOME = "https://ada.example/ada/"
GITHUB, ORCID = "https://github.com/ada", "https://orcid.org/0000-0002-1825-0097"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>'


def parsed(built: Built, page: str) -> dict[str, Any]:
    """What a reader of microformats finds on a page."""
    address = f"{HOME}{page}.html".removesuffix("index.html")
    return mf2py.parse((built.output / f"{page}.html").read_text("utf-8"), url=address, html_parser="html5lib")


def card(built: Built, page: str) -> dict[str, list[Any]]:
    """The one h-card of a page."""
    (found,) = parsed(built, page)["items"]
    assert found["type"] == ["h-card"]
    return found["properties"]


def links(built: Built, page: str) -> dict[str, str]:
    """What the list on a page shows, and where it leads."""
    return {each.get_text(): each["href"] for each in built.page(page).select("ul.contact > li a")}


@pytest.mark.parametrize("page", ["index", "cv/index"])
def test_programs_read_who_the_owner_is(root: Callable[[str], Built], page: str) -> None:
    said = card(root("contact"), page)
    assert said == {
        "name": ["Ada Lovelace"],
        "job-title": ["Analyst"],
        "org": ["Analytical Society"],
        "email": ["mailto:ada@example.org"],
        "url": said["url"],
        "uid": [HOME],
    }
    assert set(said["url"]) == {HOME, GITHUB, ORCID}


def test_the_list_leads_to_the_owners_other_pages_and_says_so(root: Callable[[str], Built]) -> None:
    built = root("contact")
    assert list(links(built, "index").items()) == [
        ("Curriculum vitae", "cv/index.html"),
        ("ada@example.org", "mailto:ada@example.org"),
        ("GitHub", GITHUB),
        ("ORCID", ORCID),
        ("vCard", "cv.vcf"),
    ]
    assert parsed(built, "index")["rels"]["me"] == [GITHUB, ORCID, "mailto:ada@example.org"]
    assert built.warnings == []


def test_another_page_leads_to_the_home_page_too(root: Callable[[str], Built]) -> None:
    shown = links(root("contact"), "cv/index")
    assert list(shown) == ["ada@example.org", "GitHub", "ORCID", "ada.example/ada", "vCard"]
    assert shown["ada.example/ada"] == HOME
    assert parsed(root("contact"), "cv/index")["rels"]["me"] == ["mailto:ada@example.org", GITHUB, ORCID, HOME]


def test_the_name_stands_above_the_list_where_it_is_asked_for(root: Callable[[str], Built]) -> None:
    names = {page: root("contact").page(page).select("p.contact > strong") for page in ("index", "cv/index")}
    assert [name.get_text() for name in names["cv/index"]] == ["Ada Lovelace"]
    assert names["index"] == []


@pytest.mark.parametrize("page", ["index", "cv/index"])
def test_the_vcard_is_loaded_and_not_opened(root: Callable[[str], Built], page: str) -> None:
    built = root("contact")
    (link,) = built.page(page).select("a[download]")
    assert ((built.output / page).parent / link["href"]).resolve() == (built.output / "cv.vcf").resolve()
    assert (built.output / "cv.vcf").read_bytes().startswith(b"BEGIN:VCARD\r\nVERSION:4.0\r\n")


def test_other_formats_get_the_links_alone(project: Callable[[str], Project]) -> None:
    copy = project("contact")
    copy.build()
    output = copy.work / "text"
    built = copy.build(builder="text")
    assert built.warnings == []
    text = (output / "cv" / "index.txt").read_text("utf-8")
    assert [line for line in text.splitlines() if line][2:] == [
        "**Ada Lovelace**",
        *("* ada@example.org", "* GitHub", "* ORCID", "* ada.example/ada"),
    ]


def test_the_link_checker_asks_for_all_of_them(project: Callable[[str], Project]) -> None:
    built = project("contact").build(builder="linkcheck", linkcheck_ignore=[".*"])
    asked = {json.loads(line)["uri"] for line in (built.output / "output.json").read_text("utf-8").splitlines()}
    assert asked >= {GITHUB, ORCID, HOME}


def test_a_portrait_is_known_everywhere_as_soon_as_there_is_one(project: Callable[[str], Project]) -> None:
    copy = project("contact")
    assert "photo" not in card(copy.build(), "index")
    copy.write("_static/portrait.svg", PICTURE)
    built = copy.build()
    address = f"{HOME}_static/portrait.svg"
    assert card(built, "index")["photo"] == card(built, "cv/index")["photo"] == [address]
    assert f"PHOTO;MEDIATYPE=image/svg+xml:{address}\r\n" in (built.output / "cv.vcf").read_bytes().decode()
    assert (built.output / "_static" / "portrait.svg").read_text() == PICTURE


def test_a_picture_that_is_not_published_is_not_named(project: Callable[[str], Project]) -> None:
    copy = project("contact")
    copy.write("_static/portrait.svg", PICTURE)
    assert "photo" not in card(copy.build(html_static_path=[]), "index")


def test_a_changed_setting_is_seen_at_once(project: Callable[[str], Project]) -> None:
    copy = project("contact")
    copy.build()
    built = copy.build(author_email="countess@example.org", author_links=[])
    assert list(links(built, "index")) == ["Curriculum vitae", "countess@example.org", "vCard"]
    assert b"EMAIL:countess@example.org\r\n" in (built.output / "cv.vcf").read_bytes()
    assert built.page("index").select("link[rel=me]") == []


def test_a_vcard_of_the_sites_own_wins(project: Callable[[str], Project]) -> None:
    copy = project("contact")
    copy.write("extra/cv.vcf", "mine")
    for _ in range(2):
        built = copy.build(html_extra_path=["extra"])
        assert (built.output / "cv.vcf").read_text() == "mine"
    (copy.source / "extra" / "cv.vcf").unlink()
    assert (copy.build(html_extra_path=["extra"]).output / "cv.vcf").read_text().startswith("BEGIN:VCARD")


def test_what_is_no_list_is_told_and_shown(project: Callable[[str], Project]) -> None:
    copy = project("contact")
    copy.write("cv/index.md", "# CV\n\n```{contact}\nWrite to me.\n\n- [Home](../index.md)\n```\n")
    built = copy.build()
    (warning,) = built.warnings
    assert warning.startswith("cv/index.md:3: {contact} holds a list of links")
    assert "[folio.contact]" in warning
    assert "Write to me." in built.text("cv/index")
    assert list(links(built, "cv/index"))[:2] == ["Home", "ada@example.org"]


def test_one_page_may_be_named_by_its_address_alone(project: Callable[[str], Project]) -> None:
    copy = project("contact")
    text = (copy.source / "conf.py").read_text("utf-8")
    copy.write(
        "conf.py", f'{text}author_links = "https://github.com/ada"\nauthor_topics = ""\nauthor_names = "A. King"\n'
    )
    built = copy.build()
    assert built.warnings == []
    assert "GitHub" in links(built, "index")
    assert "ORCID" not in links(built, "index")


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("author_email", "ada at example.org", "author_email = 'ada at example.org' in conf.py is no e-mail address"),
        ("author_email", "a@b.org?bcc=c@d.org", "author_email = 'a@b.org?bcc=c@d.org' in conf.py is no e-mail address"),
        ("author_links", ["javascript:alert(1)"], "'javascript:alert(1)' among the author_links"),
        ("author_links", ["@ada"], "'@ada' among the author_links in conf.py is no address of the web"),
    ],
)
def test_what_is_no_address_is_told_and_left_out(
    project: Callable[[str], Project], setting: str, value: object, told: str
) -> None:
    built = project("contact").build(**{setting: value})
    (warning,) = built.warnings
    assert told in warning
    assert "expected one such as" in warning
    assert "Curriculum vitae" in links(built, "index")
    everything = [path.read_text("utf-8") for path in built.output.glob("*.[hv]*") if path.suffix in (".html", ".vcf")]
    assert len(everything) > 1
    assert not any((value if isinstance(value, str) else value[0]) in text for text in everything)


def test_without_settings_the_list_is_the_authors_own(project: Callable[[str], Project]) -> None:
    built = project("contact").build(author_email="", author_links=[], author_position="", html_baseurl="")
    assert list(links(built, "index")) == ["Curriculum vitae", "vCard"]
    assert card(built, "index") == {"name": ["Ada Lovelace"], "org": ["Analytical Society"]}


@pytest.mark.parametrize("author", ["", " "])
def test_of_nobody_there_is_no_card(project: Callable[[str], Project], author: str) -> None:
    copy = project("contact")
    assert (copy.build().output / "cv.vcf").is_file()
    built = copy.build(author=author)
    assert not (built.output / "cv.vcf").exists()
    assert list(links(built, "cv/index")) == ["ada@example.org", "GitHub", "ORCID", "ada.example/ada"]
    assert parsed(built, "cv/index")["items"] == []
    assert built.page("cv/index").select("data, p.contact, li:empty") == []
    assert built.warnings == []


@pytest.mark.parametrize(
    ("address", "label", "text"),
    [
        (GITHUB, "GitHub", "github.com/ada"),
        ("https://gist.github.com/ada", "GitHub", "gist.github.com/ada"),
        ("https://www.linkedin.com/in/ada/", "LinkedIn", "linkedin.com/in/ada"),
        ("https://de.linkedin.com/in/ada", "LinkedIn", "de.linkedin.com/in/ada"),
        (ORCID, "ORCID", "orcid.org/0000-0002-1825-0097"),
        ("https://scholar.google.com/citations?user=a", "Google Scholar", "Google Scholar"),
        ("https://scholar.google.co.uk/citations?user=a", "Google Scholar", "Google Scholar"),
        ("https://dblp.org/pid/65/9612.html", "DBLP", "DBLP"),
        ("https://dblp.uni-trier.de/pid/65/9612.html", "DBLP", "DBLP"),
        ("https://openreview.net/profile?id=~Ada_Lovelace1", "OpenReview", "OpenReview"),
        ("https://www.semanticscholar.org/author/A.-Lovelace/1458", "Semantic Scholar", "Semantic Scholar"),
        ("https://www.researchgate.net/profile/Ada-Lovelace", "ResearchGate", "researchgate.net/profile/Ada-Lovelace"),
        ("https://huggingface.co/ada", "Hugging Face", "huggingface.co/ada"),
        ("https://bsky.app/profile/ada.example", "Bluesky", "bsky.app/profile/ada.example"),
        ("https://scholar.social/@ada", "Mastodon", "scholar.social/@ada"),
        ("https://youtube.com/@ada", "YouTube", "youtube.com/@ada"),
        ("https://twitter.com/ada", "X", "twitter.com/ada"),
        ("https://cs.university.example/~ada/", "cs.university.example", "cs.university.example/~ada"),
        ("https://notgithub.com/ada", "notgithub.com", "notgithub.com/ada"),
        ("https://university.example/people/a/b/c", "university.example", "university.example"),
        ("https://university.example:8080/", "university.example", "university.example:8080"),
    ],
)
def test_an_address_is_called_what_people_call_it(address: str, label: str, text: str) -> None:
    assert (network(address), display_url(address)) == (label, text)


def test_in_print_the_home_page_comes_first_and_nothing_twice() -> None:
    site = Site("Ada", address=HOME, email="ada@example.org", same_as=(GITHUB, "https://ada.example/ada", f"{GITHUB}/"))
    assert contacts(site) == (
        Contact("Home page", HOME, "ada.example/ada"),
        Contact("E-mail", "mailto:ada@example.org", "ada@example.org"),
        Contact("GitHub", GITHUB, "github.com/ada"),
    )


def test_a_newer_version_of_the_package_makes_the_vcard_anew(
    project: Callable[[str], Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = project("contact")
    copy.build()
    monkeypatch.setattr("sphinx_folio.ext.profile.contact.vcard", lambda site, name: "BEGIN:VCARD")
    monkeypatch.setattr("sphinx_folio.html.generated_files.metadata", lambda: {"env_version": 0})
    assert (copy.build().output / "cv.vcf").read_text("utf-8") == "BEGIN:VCARD"
