"""Check that Python can read a site's ``conf.py``: ``sphinx-folio lint``.

The form is the owner's, so its formatting and its line lengths are nobody's business. One that Python cannot read is
reported in three lines: the file, the line, and what is wrong::

    conf.py, line 4:
        author = "Ada Lovelace
    unterminated string literal: is a quotation mark or a comma missing here, or in the line above?
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

CURE = "is a quotation mark, a bracket or a comma missing here, or in the line above?"


def fault_in(path: Path) -> str:
    """What Python cannot read in a file, in three lines; nothing where it can read all of it."""
    try:
        compile(path.read_bytes(), str(path), "exec", dont_inherit=True)
    except SyntaxError as error:
        line = (error.text or "").strip()
        return f"{path.name}, line {error.lineno}:\n    {line}\n{error.msg}: {CURE}\n"
    except ValueError as error:  # characters that no source has
        return f"{path.name}:\n    {error}\nsave it as UTF-8 text\n"
    return ""


def main(argv: Sequence[str] | None = None) -> int:
    """Check ``conf.py`` in a folder; 0 where it can be read, 1 where it cannot, 2 where there is none."""
    parser = argparse.ArgumentParser(prog="sphinx-folio lint", description="Check that Python can read conf.py.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path(), help="the site's folder (default: this one)")
    path = parser.parse_args(argv).folder / "conf.py"
    if not path.is_file():
        sys.stderr.write(f"There is no {path}; run this in the folder of a site\n")
        return 2
    fault = fault_in(path)
    sys.stderr.write(fault)
    return bool(fault)
