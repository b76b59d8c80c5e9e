"""The former name of ``sphinx_folio.ext.profile.portrait``."""

from sphinx_folio.environment.renamed import setup_of

setup = setup_of("sphinx_folio.portrait", "sphinx_folio.ext.profile.portrait")
