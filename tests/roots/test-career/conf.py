author = "Ada Lovelace"
extensions = ["myst_parser", "sphinx_folio.career"]
