"""The audit sees what programs could not read, or would read wrongly."""

import json
from collections.abc import Callable

import pytest

from sphinx_folio.audit import data
from sphinx_folio.audit.browser import Published
from sphinx_folio.audit.findings import Finding

Publish = Callable[[dict[str, str]], Published]

HOME = "https://ada.example/"
PAPER = {"@context": "https://schema.org", "@type": "ScholarlyArticle", "author": [{"@type": "Person", "name": "Ada"}]}
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom">
<id>urn:uuid:1</id><title>Papers</title><updated>2026-05-01T00:00:00Z</updated><author><name>Ada</name></author>
<entry><id>urn:uuid:2</id><title>Notes</title><updated>2026-05-01T00:00:00Z</updated>
<link href="{HOME}index.html"/></entry>
</feed>
"""
SITEMAP = f"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>{HOME}index.html</loc></url>
<url><loc>{HOME}notes.html</loc></url>
</urlset>
"""
WHOLE = {
    "index.html": f'<head><link rel="canonical" href="{HOME}index.html"></head>',
    "notes.html": f'<script type="application/ld+json">{json.dumps(PAPER)}</script>',
    "publications.atom": ATOM,
    "sitemap.xml": SITEMAP,
    "robots.txt": f"User-agent: *\nAllow: /\nSitemap: {HOME}sitemap.xml\n",
    "publications.bib": "@misc{notes,\n  title = {Notes}\n}\n",
    "publications.ris": "TY  - JOUR\nTI  - Notes\nER  - \n",
    "publications.json": '[{"id": "notes", "type": "book", "title": "Notes"}]',
    "resume.json": '{"basics": {"name": "Ada"}}',
    "cv.vcf": "BEGIN:VCARD\nVERSION:4.0\nFN:Ada\nEND:VCARD\n",
    "llms.txt": f"# Ada\n\n## Pages\n\n- [Home]({HOME})\n",
}


def checked(publish: Publish, name: str = "", right: str = "", wrong: str = "") -> list[Finding]:
    """What is found where one text of one file is another."""
    assert not name or right in WHOLE[name]
    files = WHOLE | {name: WHOLE[name].replace(right, wrong)} if name else WHOLE
    ends = {".ris": "\r\n", ".vcf": "\r\n"}
    site = publish(files)
    for path in site.folder.iterdir():
        if end := ends.get(path.suffix):
            path.write_text(path.read_text("utf-8"), "utf-8", newline=end)
    return list(data.check(site))


def test_whole_files_have_no_faults_and_each_format_a_row(publish: Publish) -> None:
    found = checked(publish)
    assert [finding.what for finding in found if finding.broken] == []
    assert [finding.page for finding in found if finding.page] == ["index", "notes"]
    assert len(found) == 2 + len(data.READERS) + 1


@pytest.mark.parametrize(
    ("name", "right", "wrong", "told"),
    [
        ("notes.html", "{", "{,", "no JSON: "),
        ("notes.html", "https://schema.org", "https://example.org", "its @context is 'https://example.org'"),
        ("notes.html", "ScholarlyArticle", "Paper", "no type 'Paper'"),
        ("notes.html", '"name"', '"fullName"', "Person has no property 'fullName'"),
        ("publications.atom", "</feed>", "", "publications.atom: cannot be read: "),
        ("publications.atom", "<title>Notes</title>", "", "publications.atom: no title in entry urn:uuid:2"),
        ("publications.atom", "urn:uuid:2", "urn:uuid:1", "publications.atom: two have the same id"),
        ("publications.atom", "<author><name>Ada</name></author>", "", "publications.atom: an entry without an author"),
        ("publications.atom", "index.html", "none.html", f"publications.atom: {HOME}none.html"),
        ("sitemap.xml", "notes.html", "index.html", f"sitemap.xml: twice: {HOME}index.html"),
        ("sitemap.xml", f"{HOME}notes.html", "notes.html", "sitemap.xml: no address: 'notes.html'"),
        ("sitemap.xml", "notes.html", "gone.html", f"sitemap.xml: {HOME}gone.html"),
        ("robots.txt", "Allow", "Welcome", "robots.txt: not understood: Welcome: /"),
        ("publications.bib", "{Notes}", "{Notes", "publications.bib: line 1: cannot be read"),
        ("publications.ris", "TI  - ", "QQ  - ", "publications.ris: no tag QQ"),
        ("publications.json", '"book"', '"scroll"', "publications.json: $[0].type: 'scroll' is not one of"),
        ("resume.json", '"Ada"', "1", "resume.json: $.basics.name: 1 is not of type 'string'"),
        ("resume.json", '"name"', '"title"', "resume.json: no name of the schema: basics.title"),
        ("cv.vcf", "FN:Ada", "FN:", "cv.vcf: of nobody: no FN"),
        ("cv.vcf", "FN:Ada", "Ada", "cv.vcf: cannot be read: no lines of a vCard: ['Ada']"),
        ("llms.txt", "# Ada", "Ada", "llms.txt: does not begin with its heading: Ada"),
        ("llms.txt", f"({HOME})", "", "llms.txt: no link: - [Home]"),
    ],
)
def test_a_fault_is_told_with_its_file(publish: Publish, name: str, right: str, wrong: str, told: str) -> None:
    found = [finding.what for finding in checked(publish, name, right, wrong) if finding.broken]
    assert len(found) == 1
    assert found[0].startswith(told)
