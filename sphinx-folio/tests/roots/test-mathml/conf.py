extensions = ["myst_parser", "sphinx_folio.ext.theme.mathml"]
myst_enable_extensions = ["dollarmath"]
