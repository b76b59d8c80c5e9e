author = "Albert Einstein"
extensions = ["myst_parser", "sphinx_folio.publications"]
bibtex_bibfiles = ["papers.bib"]
