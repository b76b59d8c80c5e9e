author = "Ada Lovelace"
extensions = ["myst_parser", "sphinx_folio.projects"]
bibtex_bibfiles = ["refs.bib"]
