"""The former name of ``sphinx_folio.ext.cv.json_resume``."""

from sphinx_folio.environment.renamed import setup_of

setup = setup_of("sphinx_folio.resume", "sphinx_folio.ext.cv.json_resume")
