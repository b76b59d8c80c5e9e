"""Build a site: ``sphinx-folio build`` is ``sphinx-build``, but what this package calls must not be deprecated.

Sphinx's ``-W`` is about pages. A call that a newer Python, Sphinx or docutils will no longer have is an error here
where the package's own code makes it; calls in other people's extensions are up to them.
"""

import sys
import warnings
from collections.abc import Sequence
from pathlib import Path

from sphinx_folio.cli.lint import fault_in


def main(argv: Sequence[str] | None = None) -> int:
    """Build; Sphinx's exit status, or 2 where Python cannot read ``conf.py``."""
    from sphinx.cmd.build import main as build  # before the filters: it puts one of its own in front of them

    if Path("conf.py").is_file() and (fault := fault_in(Path("conf.py"))):
        sys.stderr.write(fault)
        return 2
    for category in (DeprecationWarning, PendingDeprecationWarning):
        warnings.filterwarnings("error", category=category, module="sphinx_folio")
    return build(sys.argv[1:] if argv is None else argv)


if __name__ == "__main__":
    sys.exit(main())
