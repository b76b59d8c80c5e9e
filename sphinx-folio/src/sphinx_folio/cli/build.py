"""``python -m sphinx_folio.cli.build`` is ``sphinx-build``; but what this package calls must not be deprecated.

Sphinx's ``-W`` is about pages. What a newer Python, Sphinx or docutils will no longer have is an error here where the
package's own code calls it; what other people's extensions call is up to them.
"""

import sys
import warnings

from sphinx.cmd.build import main  # before the filters: it puts one of its own in front of those that there are

if __name__ == "__main__":
    for category in (DeprecationWarning, PendingDeprecationWarning):
        warnings.filterwarnings("error", category=category, module="sphinx_folio")
    sys.exit(main(sys.argv[1:]))
