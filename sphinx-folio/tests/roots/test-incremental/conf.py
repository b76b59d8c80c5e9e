author = "Ada Lovelace"
extensions = [
    "myst_parser",
    "sphinx_folio.ext.publications.lists",
    "sphinx_folio.ext.publications.paper_pages",
    "sphinx_folio.ext.publications.exports",
    "sphinx_folio.ext.profile.structured_data",
]
bibtex_bibfiles = ["refs.bib"]
bibtex_reference_style = "author_year"
html_baseurl = "https://example.org/"
