author = "Albert Einstein"
extensions = ["myst_parser", "sphinx_folio.ext.publications.lists"]
bibtex_bibfiles = ["papers.bib"]
