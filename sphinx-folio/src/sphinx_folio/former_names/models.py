"""The former name of ``sphinx_folio.ext.figures``."""

from sphinx_folio.environment.renamed import setup_of

setup = setup_of("sphinx_folio.models", "sphinx_folio.ext.figures")
