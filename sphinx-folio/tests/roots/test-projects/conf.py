author = "Ada Lovelace"
extensions = ["myst_parser", "sphinx_folio.ext.projects.cards"]
bibtex_bibfiles = ["refs.bib"]
