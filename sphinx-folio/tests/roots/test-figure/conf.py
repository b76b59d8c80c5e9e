extensions = ["myst_parser", "sphinx_folio.ext.theme.furo", "sphinx_folio.ext.figures"]
html_theme = "furo"
html_static_path = ["../test-models/_static"]
html_title = "Figures"
html_show_sourcelink = False
