project = "Ada's papers"
author = "Ada Lovelace"
author_position = "Analyst"
author_affiliation = "Analytical Society"
author_links = ["https://orcid.org/0000-0000-0000-0000"]
coauthors = {"Charles Babbage": "https://example.org/charles"}
language = "en"
extensions = [
    "myst_parser",
    "sphinx_folio.ext.publications.lists",
    "sphinx_folio.ext.publications.paper_pages",
    "sphinx_folio.ext.profile.structured_data",
]
bibtex_bibfiles = ["refs.bib"]
html_baseurl = "https://example.org/ada/"
