"""Check ``.bib`` files as a build would read them, from the command line.

``sphinx-folio check`` says what there is to mend, and where::

    refs.bib:12: engine: no title (write title = {…})

    7 entries read: 1 error, no hints.

An error is what is not shown as it was meant; a hint is worth a look. With ``--online`` there are hints from Crossref
and arXiv too.
"""

import argparse
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sphinx_folio.bibliography.attachments import file_references, missing_attachments
from sphinx_folio.bibliography.library import Library, read_library
from sphinx_folio.bibliography.names import SiteAuthors
from sphinx_folio.bibtex.model import Problem

# What of conf.py says how files are read, and what it is where conf.py does not.
SETTINGS: Mapping[str, object] = {
    "bibtex_bibfiles": (),
    "author_names": (),
    "coauthors": {},
    "author_marks": {},
    "venue_names": {},
}

# What a terminal would obey rather than show.
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]+")


DESCRIPTION = """\
Read .bib files as a build would, and print every problem as "file:line: message (how to mend)".
Exits with 1 where there are errors; hints are only worth a look."""


class ConfigurationError(Exception):
    """A site's ``conf.py`` cannot be used; says why."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What a site reads, and how: its folder, its files, whom it knows, and its short forms of venues."""

    site: Path | None = None
    files: tuple[Path, ...] = ()
    known: SiteAuthors = field(default_factory=SiteAuthors)
    venues: Mapping[str, str] = field(default_factory=dict)


def sources_in(folder: Path) -> Sources:
    """What the ``conf.py`` in a folder says; nothing where there is none."""
    if not (folder / "conf.py").is_file():
        return Sources()
    # Only here: without a conf.py nothing of Sphinx is needed.
    from sphinx.config import Config
    from sphinx.errors import ConfigError
    from sphinx.util.tags import Tags

    from sphinx_folio.environment.owner import known

    try:
        config = Config.read(folder, overrides={}, tags=Tags())
    except ConfigError as error:
        raise ConfigurationError(str(error)) from error
    for name, default in SETTINGS.items():
        config.add(name, default, "env", ())
    files = tuple(folder / name for name in config.bibtex_bibfiles or ())
    return Sources(folder, files, known(config), config.venue_names)


def read(sources: Sources, files: Sequence[Path]) -> Library:
    """Read files as the site would, its own where none are named, and look for the files that they name."""
    library = read_library(files or sources.files, sources.known, sources.venues)
    if sources.site is None:
        return library
    return replace(library, problems=(*library.problems, *missing_attachments(file_references(library), sources.site)))


def report(problems: Iterable[Problem], folder: Path) -> list[str]:
    """A line for each problem, by file and line; a file inside the folder is named from there."""
    ordered = sorted(problems, key=lambda problem: (problem.file, problem.line))
    return [UNSEEN.sub(" ", f"{named(each.file, folder)}:{each.line}: {each.message}") for each in ordered]


def named(file: str, folder: Path) -> str:
    """The path of a file, from the folder if it is in there."""
    path = Path(file)
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else file


def summary(entries: int, errors: int, hints: int) -> str:
    """How it went, in one line."""
    return f"{count(entries, 'entry', 'entries')} read: {count(errors, 'error')}, {count(hints, 'hint')}."


def count(number: int, one: str, more: str = "") -> str:
    """A number of things in words: ``no errors``, ``1 error``, ``2 errors``."""
    return f"{number or 'no'} {one if number == 1 else more or f'{one}s'}"


def arguments() -> argparse.ArgumentParser:
    """What may be said on the command line."""
    parser = argparse.ArgumentParser(prog="sphinx-folio check", description=DESCRIPTION)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="refs.bib", help="without any: those that ./conf.py names"
    )
    parser.add_argument(
        "--online", action="store_true", help="compare with Crossref (by DOI) and arXiv (by identifier)"
    )
    parser.add_argument(
        "--cache",
        type=Path,
        default=Path("build/online"),
        metavar="FOLDER",
        help="where their answers are kept, for 30 days each (%(default)s)",
    )
    parser.add_argument(
        "--mailto", type=mail, default="", metavar="ADDRESS", help="how they can reach you; nothing is said without it"
    )
    return parser


def mail(address: str) -> str:
    """A mail address that may stand in a header, or nothing."""
    if address and not re.fullmatch(r"[\w.+-]+@[\w.-]+", address, re.ASCII):
        raise argparse.ArgumentTypeError(f"{address!r} is no mail address")
    return address


def ask_online(library: Library, cache: Path, mailto: str) -> tuple[list[Problem], list[str]]:
    """The hints of Crossref and arXiv, and a line for each of them that could not be asked."""
    from sphinx_folio.cli import online  # what asks hosts takes time to load
    from sphinx_folio.cli.http_client import Cache, Client

    sys.stderr.write(f"Asking Crossref and arXiv, slowly; answers are kept in {cache} …\n")
    client = Client(Cache(cache), mailto)
    hints = list(online.compare(library.publications, online.Desk(client, online.CROSSREF, online.ARXIV)))
    why = client.unanswered.items()
    return hints, [f"{host} could not be asked about everything: {reason} (try again later)" for host, reason in why]


def main(argv: Sequence[str] | None = None) -> int:
    """Check; 0 where all is well, 1 where there are errors, 2 where there is nothing to check."""
    parser = arguments()
    options = parser.parse_args(argv)
    folder = Path.cwd()
    try:
        sources = sources_in(folder)
    except ConfigurationError as error:
        parser.error(str(error))
    if not (options.files or sources.files):
        parser.error("no conf.py here names bibtex_bibfiles; say which file to check: check refs.bib")
    library = read(sources, options.files)
    hints, silent = ask_online(library, options.cache, options.mailto) if options.online else ([], [])
    problems = [*library.problems, *hints]
    errors = sum(problem.is_error for problem in problems)
    lines, closing = report(problems, folder), summary(len(library.publications), errors, len(problems) - errors)
    sys.stdout.write("\n".join([*lines, *silent, closing, ""]))
    return 1 if errors else 0
