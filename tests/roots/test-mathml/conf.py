extensions = ["myst_parser", "sphinx_folio.mathml"]
myst_enable_extensions = ["dollarmath"]
