"""The former name of ``sphinx_folio.ext.policy``."""

from sphinx_folio.environment.renamed import setup_of

setup = setup_of("sphinx_folio.policy", "sphinx_folio.ext.policy")
