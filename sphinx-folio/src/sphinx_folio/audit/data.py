"""What programs read of the site: structured data, feed, sitemap, and each export by the rules of its format."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import feedparser
import jsonschema
import rispy
from bibtexparser import entrypoint

from sphinx_folio.audit.browser import Published
from sphinx_folio.audit.findings import Finding, faults
from sphinx_folio.audit.vocabulary import unknown

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
CONTENT_LINE = re.compile(r"([A-Z]+)((?:;[A-Z]+=[^;:]+)*):(.*)")
URI = re.compile(r"https?://[\w.~-]+(?::\d*)?(?:[/?#](?:[\w./?#~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})*)?", re.ASCII)
FORMATS = jsonschema.FormatChecker(())
FORMATS.checks("uri")(lambda text: bool(URI.fullmatch(text)))
FORMATS.checks("email")(lambda text: bool(re.fullmatch(r"[^\s@]+@[^\s@]+", text)))


def schema(name: str) -> jsonschema.Draft7Validator:
    """A schema that the tests use, too."""
    rules = json.loads((Path(__file__).parent / f"schemas/{name}.json").read_text("utf-8"))
    return jsonschema.Draft7Validator(rules, format_checker=FORMATS)


CSL = schema("csl-data")
RESUME = schema("jsonresume")
# Names that readers of JSON Resume know and its schema does not.
SECTIONS = RESUME.schema["properties"]
ALLOWED = {f"{section}.{name}" for section in SECTIONS for name in ("location", "summary", "highlights")}


def check(site: Published) -> Iterator[Finding]:
    """A row for each page's structured data, one for each format of files, and one for the site's own addresses."""
    for page in site.pages:
        yield faults("faults in JSON-LD", page, structured_data(site, page))
    for pattern, read in READERS.items():
        if files := sorted(site.folder.rglob(pattern)):
            found = (f"{path.relative_to(site.folder)}: {told}" for path in files for told in told_by(read, path))
            yield faults(f"faults in {pattern}", "", found)
    yield faults("own addresses that lead nowhere", "", astray(site))


def told_by(read: Callable[[str], Iterator[str]], path: Path) -> Iterator[str]:
    """What is wrong with a file; that it cannot be read is said where the reader stops."""
    try:
        yield from read(path.read_bytes().decode())
    except (ValueError, ET.ParseError) as error:
        yield f"cannot be read: {error}"


def structured_data(site: Published, page: str) -> Iterator[str]:
    """What a page says in JSON-LD that is none, or no word of schema.org."""
    for script in site.parsed(page).select("script[type='application/ld+json']"):
        try:
            data = json.loads(script.text)
        except ValueError as error:
            yield f"no JSON: {error}"
            continue
        if data.get("@context") != "https://schema.org":
            yield f"its @context is {data.get('@context')!r}"
        yield from unknown(data.get("@graph", data))


def feed(text: str) -> Iterator[str]:
    """Atom: what RFC 4287 asks for, and what readers stumble on."""
    root = ET.fromstring(text)  # noqa: S314 (our own file)
    if error := feedparser.parse(text).get("bozo_exception"):
        yield str(error)
    identities = []
    for node in (root, *root.iterfind(f"{ATOM}entry")):
        said = {name: node.findtext(ATOM + name) for name in ("title", "id", "updated")}
        yield from (f"no {name} in {node.tag.removeprefix(ATOM)} {said['id']}" for name in said if not said[name])
        identities.append(said["id"])
    if len(identities) > len(set(identities)):
        yield "two have the same id"
    authors = [node.find(f"{ATOM}author/{ATOM}name") for node in (root, *root.iterfind(f"{ATOM}entry"))]
    if authors[0] is None and None in authors[1:]:
        yield "an entry without an author, as the feed has none"


def sitemap(text: str) -> Iterator[str]:
    """A list of absolute addresses, each there once."""
    root = ET.fromstring(text)  # noqa: S314 (our own file)
    addresses = [node.text or "" for node in root.iterfind(f"{SITEMAP}url/{SITEMAP}loc")]
    if root.tag != f"{SITEMAP}urlset" or not addresses:
        yield "no <urlset> of addresses"
    yield from (f"no address: {each!r}" for each in addresses if not URI.fullmatch(each))
    yield from (f"twice: {each}" for each in sorted({each for each in addresses if addresses.count(each) > 1}))


def robots(text: str) -> Iterator[str]:
    """Each line a rule that crawlers know."""
    for line in text.splitlines():
        if line and not re.match(r"#|(?:User-agent|Allow|Disallow): ?\S*$|Sitemap: https?://\S+$", line):
            yield f"not understood: {line}"


def bibtex(text: str) -> Iterator[str]:
    """Entries, and nothing else."""
    library = entrypoint.parse_string(text)
    yield from (f"line {(block.start_line or 0) + 1}: cannot be read" for block in library.failed_blocks)
    yield from (f"not an entry: {comment.comment}" for comment in library.comments)


def ris(text: str) -> Iterator[str]:
    """References with tags that managers know, in lines as the format ends them."""
    if re.search(r"(?<!\r)\n|\r(?!\n)", text):
        yield "lines that do not end in CR LF"
    for reference in rispy.loads(text, newline="\r\n"):
        yield from (f"no tag {tag}" for tag in reference.get("unknown_tag", {}))


def works(text: str) -> Iterator[str]:
    """CSL-JSON, by its schema."""
    yield from (f"{error.json_path}: {error.message}" for error in CSL.iter_errors(json.loads(text)))


def resume(text: str) -> Iterator[str]:
    """JSON Resume, by its schema; nothing under a name that readers do not know."""
    data = json.loads(text)
    yield from (f"{error.json_path}: {error.message}" for error in RESUME.iter_errors(data))
    yield from (f"no name of the schema: {name}" for name in sorted({*unnamed(data, RESUME.schema)} - ALLOWED))


def unnamed(value: Any, rules: dict[str, Any], path: str = "") -> Iterator[str]:
    """The names in the data that the schema has not."""
    for each in value if isinstance(value, list) else []:
        yield from unnamed(each, rules["items"], path)
    for name, inner in value.items() if isinstance(value, dict) else []:
        if name not in rules["properties"]:
            yield f"{path}.{name}"
        else:
            yield from unnamed(inner, rules["properties"][name], f"{path}.{name}".lstrip("."))


class Line(NamedTuple):
    """A line of a vCard: its value is split at semicolons, as that of N is."""

    name: str
    parameters: str
    value: str

    @property
    def parts(self) -> list[str]:
        """The value's parts as text."""
        cut = re.findall(r"((?:[^\\;]|\\.)*)(?:;|$)", self.value)[
            : len(re.findall(r"(?<!\\)(?:\\\\)*;", self.value)) + 1
        ]
        return [re.sub(r"\\(.)", r"\1", part) for part in cut]


def unfolded(text: str) -> str:
    """A vCard with each of its lines on one line: a folded one goes on behind a space or a tab (RFC 6350, 3.2)."""
    return re.sub(r"\r\n[ \t]", "", text)


def vcard_lines(text: str) -> list[Line]:
    """The lines of a vCard as RFC 6350 has them read: unfolded, then cut at the first colon; or a ValueError."""
    lines = unfolded(text.removesuffix("\r\n")).split("\r\n")
    found = [CONTENT_LINE.fullmatch(line) for line in lines]
    if not text.endswith("\r\n") or None in found:
        raise ValueError(
            f"no lines of a vCard: {[line for line, match in zip(lines, found, strict=True) if not match]}"
        )
    return [Line(*match.groups()) for match in found if match]


def vcard(text: str) -> Iterator[str]:
    """A card from its begin to its end, of somebody."""
    lines = vcard_lines(text)
    ends = [(line.name, line.value) for line in (lines[0], lines[1], lines[-1])]
    if ends != [("BEGIN", "VCARD"), ("VERSION", "4.0"), ("END", "VCARD")]:
        yield "does not begin and end as a vCard 4.0"
    if not any(line.name == "FN" and line.value for line in lines):
        yield "of nobody: no FN"


def summary(text: str) -> Iterator[str]:
    """llms.txt: a heading, then sections of links."""
    first, *rest = text.splitlines()
    if not first.startswith("# "):
        yield f"does not begin with its heading: {first}"
    yield from (f"no link: {line}" for line in rest if line and not re.match(r"> |## |- \[.+\]\(\S+\)", line))


READERS: dict[str, Callable[[str], Iterator[str]]] = {
    "*.atom": feed,
    "sitemap.xml": sitemap,
    "robots.txt": robots,
    "*.bib": bibtex,
    "*.ris": ris,
    "publications.json": works,
    "resume.json": resume,
    "*.vcf": vcard,
    "llms.txt": summary,
}


def astray(site: Published) -> Iterator[str]:
    """Addresses of the site itself, in pages and files, where there is no page or file."""
    if not (home := site.home):
        return
    address = re.compile(re.escape(home) + r"""([^\s"'<>()[\]{}|\\^`#?;,&]*)""")
    for path in sorted(path for pattern in ("*.html", *READERS) for path in site.folder.rglob(pattern)):
        text = unfolded(path.read_bytes().decode("utf-8")) if path.suffix == ".vcf" else path.read_text("utf-8")
        for target in sorted({found.rstrip(".:") for found in address.findall(text)}):
            if not (site.folder / target / ("index.html" if target.endswith("/") or not target else "")).is_file():
                yield f"{path.relative_to(site.folder)}: {home}{target}"
