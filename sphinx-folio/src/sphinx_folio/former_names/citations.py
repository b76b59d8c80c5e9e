"""The former name of ``sphinx_folio.ext.publications.citations``."""

from sphinx_folio.environment.renamed import setup_of

setup = setup_of("sphinx_folio.citations", "sphinx_folio.ext.publications.citations")
