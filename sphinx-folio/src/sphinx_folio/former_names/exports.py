"""The former name of ``sphinx_folio.ext.publications.exports``."""

from sphinx_folio.environment.renamed import setup_of

setup = setup_of("sphinx_folio.exports", "sphinx_folio.ext.publications.exports")
