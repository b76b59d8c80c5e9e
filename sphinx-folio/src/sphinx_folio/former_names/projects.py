"""The former name of ``sphinx_folio.ext.projects.cards``."""

from sphinx_folio.environment.renamed import setup_of

setup = setup_of("sphinx_folio.projects", "sphinx_folio.ext.projects.cards")
