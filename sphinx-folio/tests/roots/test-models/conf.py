author = "Ada Lovelace"
extensions = ["myst_parser", "sphinx_folio.ext.projects.cards", "sphinx_folio.ext.figures"]
html_static_path = ["_static"]
bibtex_bibfiles = []
