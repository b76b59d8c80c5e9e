"""The former name of ``sphinx_folio.ext.theme.mathml``."""

from sphinx_folio.environment.renamed import setup_of

setup = setup_of("sphinx_folio.mathml", "sphinx_folio.ext.theme.mathml")
