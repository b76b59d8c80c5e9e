author = "Ada Lovelace"
extensions = ["myst_parser", "sphinx_folio.ext.publications.lists"]
bibtex_bibfiles = ["refs.bib"]
