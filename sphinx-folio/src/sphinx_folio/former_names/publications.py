"""The former name of ``sphinx_folio.ext.publications.lists``."""

from sphinx_folio.environment.renamed import setup_of

setup = setup_of("sphinx_folio.publications", "sphinx_folio.ext.publications.lists")
