"""The former name of ``sphinx_folio.ext.cv.entries``."""

from sphinx_folio.environment.renamed import setup_of

setup = setup_of("sphinx_folio.career", "sphinx_folio.ext.cv.entries")
