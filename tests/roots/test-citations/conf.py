author = "Ada Lovelace"
extensions = ["myst_parser", "sphinx_folio.publications"]
bibtex_bibfiles = ["refs.bib"]
bibtex_reference_style = "author_year"
