author = "Ada Lovelace"
extensions = ["myst_parser", "sphinx_folio.ext.profile.portrait"]
html_static_path = ["_static"]
