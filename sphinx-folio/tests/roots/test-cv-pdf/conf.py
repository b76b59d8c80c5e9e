project = "Ada Lovelace"
author = "Ada Lovelace"
author_position = "Analyst"
author_email = "ada@lovelace.example"
author_links = ["https://github.com/ada"]
author_topics = ["analytical engines"]
extensions = [
    "myst_parser",
    "sphinx_folio.ext.publications.lists",
    "sphinx_folio.ext.profile.structured_data",
    "sphinx_folio.ext.profile.contact",
    "sphinx_folio.ext.cv.entries",
    "sphinx_folio.ext.cv.pdf",
    "sphinx_folio.ext.cv.json_resume",
]
cv_versions = {"full": 0, "one-page": 1}
bibtex_bibfiles = ["refs.bib"]
bibtex_reference_style = "author_year"
html_baseurl = "https://lovelace.example/"
