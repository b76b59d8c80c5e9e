"""The former name of ``sphinx_folio.ext.publications.paper_pages``."""

from sphinx_folio.environment.renamed import setup_of

setup = setup_of("sphinx_folio.papers", "sphinx_folio.ext.publications.paper_pages")
