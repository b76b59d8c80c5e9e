"""The former name of ``sphinx_folio.ext.hosting``."""

from sphinx_folio.environment.renamed import setup_of

setup = setup_of("sphinx_folio.hosting", "sphinx_folio.ext.hosting")
