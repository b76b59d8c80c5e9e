"""Check what the site in the current folder promises: ``sphinx-folio audit``, or only ``… audit weight privacy``."""

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from sphinx_folio.audit import (
    access,
    data,
    hosting,
    html,
    keyboard,
    lighthouse,
    noscript,
    privacy,
    reproducible,
    residue,
    weight,
)
from sphinx_folio.audit.browser import Published, opened
from sphinx_folio.audit.findings import Finding, table, told
from sphinx_folio.audit.site import built

# In the order in which they run; each is a module of its name.
CHECKS: dict[str, Callable[[Published], Iterable[Finding]]] = {
    "weight": weight.check,
    "access": access.check,
    "keyboard": keyboard.check,
    "noscript": noscript.check,
    "privacy": privacy.check,
    "html": html.check,
    "data": data.check,
    "residue": residue.check,
    "reproducible": reproducible.check,
    "hosting": hosting.check,
    "lighthouse": lighthouse.check,
}


def main(argv: Sequence[str] | None = None) -> int:
    """Check what is asked for, print it, and say 1 where a promise is broken."""
    options = arguments(argv)
    found: list[Finding] = []
    with nullcontext(options.site) if options.site else built() as folder, opened(folder) as site:
        for name in options.checks or CHECKS:
            print(f"{name} …", file=sys.stderr, flush=True)
            found += CHECKS[name](site)
    if not options.judge_times:
        found = [replace(each, broken=False) if each.timed else each for each in found]
    print(table(found))
    broken = list(told(found))
    print(*broken, f"{len(broken)} of {len(found)} broken", sep="\n\n")
    return bool(broken)


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="sphinx-folio audit", description=__doc__)
    parser.add_argument("checks", nargs="*", choices=[*CHECKS, []], metavar="CHECK", help=", ".join(CHECKS))
    parser.add_argument("--site", type=Path, metavar="FOLDER", help="a site that is built already")
    judge = "fail also by rows that depend on how busy the machine is; without it they are only printed"
    parser.add_argument("--judge-times", action="store_true", help=judge)
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main())
