author = "Ada Lovelace"
extensions = ["myst_parser", "sphinx_folio.portrait"]
html_static_path = ["_static"]
