author = "Ada Lovelace"
extensions = ["myst_parser", "sphinx_folio.projects", "sphinx_folio.models"]
html_static_path = ["_static"]
bibtex_bibfiles = []
