"""The former name of ``sphinx_folio.ext.cv.downloads``."""

from sphinx_folio.environment.renamed import setup_of

setup = setup_of("sphinx_folio.downloads", "sphinx_folio.ext.cv.downloads")
