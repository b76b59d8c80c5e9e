author = "Ada Lovelace"
extensions = ["myst_parser", "sphinx_folio.ext.publications.lists", "sphinx_folio.ext.theme.furo"]
bibtex_bibfiles = ["refs.bib"]
html_theme = "furo"
html_static_path = ["_static"]
html_title = "Papers"
html_favicon = "_static/loom.svg"
html_show_sourcelink = False
