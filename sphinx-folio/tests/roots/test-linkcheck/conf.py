extensions = ["myst_parser", "sphinx_folio"]
