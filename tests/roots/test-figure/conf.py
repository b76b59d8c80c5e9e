extensions = ["myst_parser", "sphinx_folio.furo", "sphinx_folio.models"]
html_theme = "furo"
html_static_path = ["../test-models/_static"]
html_title = "Figures"
html_show_sourcelink = False
