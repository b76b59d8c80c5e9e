"""Check ``.bib`` files as a build would read them, from the command line.

``python -m sphinx_folio check`` says what there is to mend, and where::

    refs.bib:12: engine: no title (write title = {…})

    7 entries read: 1 error, no hints.

An error is what is not shown as it was meant; a hint is worth a look. With ``--online`` there are hints from Crossref
and arXiv too.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sphinx_folio.bibliography.attachments import mentions, missing
from sphinx_folio.bibliography.library import Library, read_library
from sphinx_folio.bibliography.names import Known
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


class ConfigurationError(Exception):
    """A site's ``conf.py`` cannot be used; says why."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What a site reads, and how: its folder, its files, whom it knows, and its short forms of venues."""

    site: Path | None = None
    files: tuple[Path, ...] = ()
    known: Known = field(default_factory=Known)
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
    return replace(library, problems=(*library.problems, *missing(mentions(library), sources.site)))


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
    """So many things."""
    return f"{number or 'no'} {one if number == 1 else more or f'{one}s'}"
