"""The commands of the package: ``python -m sphinx_folio check [refs.bib …]``."""

import argparse
import io
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from sphinx_folio.bibliography.library import Library
from sphinx_folio.bibtex.model import Problem
from sphinx_folio.cli.check import ConfigurationError, read, report, sources_in, summary

DESCRIPTION = """\
Read .bib files as a build would, and print every problem as "file:line: message (how to mend)".
Exits with 1 where there are errors; hints are only worth a look."""


def arguments() -> argparse.ArgumentParser:
    """What may be said on the command line."""
    parser = argparse.ArgumentParser(prog="python -m sphinx_folio")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    check = commands.add_parser("check", help="say what is wrong with .bib files, and how to mend it")
    check.description = DESCRIPTION
    check.formatter_class = argparse.RawDescriptionHelpFormatter
    check.add_argument(
        "files", nargs="*", type=Path, metavar="refs.bib", help="without any: those that ./conf.py names"
    )
    check.add_argument("--online", action="store_true", help="compare with Crossref (by DOI) and arXiv (by identifier)")
    check.add_argument(
        "--cache",
        type=Path,
        default=Path("build/online"),
        metavar="FOLDER",
        help="where their answers are kept, for 30 days each (%(default)s)",
    )
    check.add_argument(
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
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal may know few letters
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


if __name__ == "__main__":
    sys.exit(main())
