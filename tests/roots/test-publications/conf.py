author = "Ada Lovelace"
extensions = ["myst_parser", "sphinx_folio.publications"]
bibtex_bibfiles = ["refs.bib"]
