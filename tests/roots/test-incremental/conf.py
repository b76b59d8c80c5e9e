author = "Ada Lovelace"
extensions = [
    "myst_parser",
    "sphinx_folio.publications",
    "sphinx_folio.papers",
    "sphinx_folio.exports",
    "sphinx_folio.structured_data",
]
bibtex_bibfiles = ["refs.bib"]
bibtex_reference_style = "author_year"
html_baseurl = "https://example.org/"
