project = "Ada Lovelace"
author = "Ada Lovelace"
author_position = "Analyst"
author_email = "ada@lovelace.example"
author_links = ["https://github.com/ada"]
author_topics = ["analytical engines"]
extensions = [
    "myst_parser",
    "sphinx_folio.publications",
    "sphinx_folio.structured_data",
    "sphinx_folio.contact",
    "sphinx_folio.career",
    "sphinx_folio.cv_pdf",
    "sphinx_folio.resume",
]
cv_versions = {"full": 0, "one-page": 1}
bibtex_bibfiles = ["refs.bib"]
bibtex_reference_style = "author_year"
html_baseurl = "https://lovelace.example/"
