"""The command ``sphinx-folio``, also ``python -m sphinx_folio``: one module of this folder for each of its commands."""

import io
import sys
from collections.abc import Sequence
from importlib import import_module

from sphinx_folio import __version__

# Each command with the module whose ``main()`` runs it; only that one is loaded.
COMMANDS = {
    "build": ("sphinx_folio.cli.build", "build the site; takes the options of sphinx-build"),
    "live": ("sphinx_folio.cli.live", "edit with the page open; takes the options of sphinx-autobuild"),
    "check": ("sphinx_folio.cli.check", "list the mistakes in .bib files, with their cures"),
    "lint": ("sphinx_folio.cli.lint", "check that Python can read conf.py"),
    "posters": ("sphinx_folio.cli.posters", "draw the still pictures of the site's figures"),
    "audit": ("sphinx_folio.audit.__main__", "check what the site promises its readers"),
}


def usage() -> str:
    """The commands, a line each."""
    lines = [f"  {name:<8}{purpose}" for name, (_, purpose) in COMMANDS.items()]
    heading = ["usage: sphinx-folio COMMAND [OPTIONS]", "", f"sphinx-folio {__version__}, the commands of a site:", ""]
    return "\n".join([*heading, *lines, "", "sphinx-folio COMMAND --help lists the options of one.", ""])


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; its exit status: 0, 1 where there is something to mend, 2 where it could not run."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal may know few letters
    name, *options = (sys.argv[1:] if argv is None else argv) or ("",)
    if name in COMMANDS:
        status: int = import_module(COMMANDS[name][0]).main(options)
        return status
    if name in ("-h", "--help"):
        sys.stdout.write(usage())
        return 0
    problem = f"sphinx-folio: there is no command {name!r}" if name else "sphinx-folio: which command?"
    sys.stderr.write(f"{usage()}\n{problem}\n")
    return 2
