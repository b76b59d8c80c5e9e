"""The former name of ``sphinx_folio.ext.profile.structured_data``."""

from sphinx_folio.environment.renamed import setup_of

setup = setup_of("sphinx_folio.structured_data", "sphinx_folio.ext.profile.structured_data")
