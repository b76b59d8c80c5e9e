project = "Policy"
extensions = ["myst_parser", "sphinx_folio.ext.theme.furo", "sphinx_folio.ext.policy"]
html_theme = "furo"
html_favicon = "icon.svg"
html_show_sourcelink = html_copy_source = False
html_use_index = False
