"""``python -m sphinx_folio`` is the command ``sphinx-folio``."""

import sys

from sphinx_folio.cli import main

if __name__ == "__main__":
    sys.exit(main())
