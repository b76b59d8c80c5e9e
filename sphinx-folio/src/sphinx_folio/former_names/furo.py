"""The former name of ``sphinx_folio.ext.theme.furo``."""

from sphinx_folio.environment.renamed import setup_of

setup = setup_of("sphinx_folio.furo", "sphinx_folio.ext.theme.furo")
