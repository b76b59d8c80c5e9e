"""The former name of ``sphinx_folio.ext.projects.citation_cff``."""

from sphinx_folio.environment.renamed import setup_of

setup = setup_of("sphinx_folio.citation_file", "sphinx_folio.ext.projects.citation_cff")
