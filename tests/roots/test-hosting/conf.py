project = "Hosting"
extensions = ["myst_parser", "sphinx_folio.hosting"]
html_baseurl = "https://example.org/ada/"
