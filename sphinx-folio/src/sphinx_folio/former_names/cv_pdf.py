"""The former name of ``sphinx_folio.ext.cv.pdf``."""

from sphinx_folio.environment.renamed import setup_of

setup = setup_of("sphinx_folio.cv_pdf", "sphinx_folio.ext.cv.pdf")
