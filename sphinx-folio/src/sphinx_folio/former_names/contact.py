"""The former name of ``sphinx_folio.ext.profile.contact``."""

from sphinx_folio.environment.renamed import setup_of

setup = setup_of("sphinx_folio.contact", "sphinx_folio.ext.profile.contact")
