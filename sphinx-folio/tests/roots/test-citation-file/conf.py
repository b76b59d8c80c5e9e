author = "Ada Lovelace"
author_links = ["https://orcid.org/0000-0002-1825-0097"]
language = "en"
extensions = ["myst_parser", "sphinx_folio.ext.projects.citation_cff"]
bibtex_bibfiles = ["refs.bib"]
html_baseurl = "https://ada.example/"
