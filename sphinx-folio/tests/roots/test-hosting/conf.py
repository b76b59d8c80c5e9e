project = "Hosting"
extensions = ["myst_parser", "sphinx_folio.ext.hosting"]
html_baseurl = "https://example.org/ada/"
