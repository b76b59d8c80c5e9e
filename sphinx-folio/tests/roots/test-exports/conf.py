project = 'Ada "& Co" <b>'
author = "Ada Lovelace"
extensions = ["myst_parser", "sphinx_folio.ext.publications.lists", "sphinx_folio.ext.publications.exports"]
bibtex_bibfiles = ["refs.bib"]
bibtex_reference_style = "author_year"
html_title = project
html_baseurl = "https://example.org/ada/"
