# An invented professor's form: what a copy of the repository becomes.
project = "Émilie du Châtelet"
author = "Émilie du Châtelet"
author_position = "Professor of Natural Philosophy"
author_affiliation = "Université de Cirey"
author_email = "emilie@cirey.example"
author_links = ["https://orcid.org/0000-0002-1825-0097", "https://github.com/chatelet"]
copyright = "Émilie du Châtelet"
language = "en"
html_baseurl = "https://chatelet.example/"

extensions = [
    "myst_parser",
    "sphinx_folio.ext.publications",
    "sphinx_folio.ext.cv",
    "sphinx_folio.ext.profile",
    "sphinx_folio.ext.projects",
    "sphinx_folio.ext.figures",
    "sphinx_folio.ext.theme",
    "sphinx_folio.ext.hosting",
    "sphinx_folio.ext.policy",
]
bibtex_bibfiles = ["refs.bib"]
bibtex_reference_style = "author_year"
cv_paper = "a4"
myst_enable_extensions = ["attrs_block", "deflist", "dollarmath"]
html_theme = "furo"
html_title = "Émilie du Châtelet"
html_static_path = ["_static"]
html_css_files = ["custom.css"]
html_show_sourcelink = False
html_copy_source = False
html_use_index = False
