# The form to fill in: who this is, where it is published, and which features the site has.
# The pages are Markdown, the papers are in refs.bib; see the table in README.md for what to edit.

# Who
project = "Tingfeng Lan"  # the site's name, on every page
author = "Tingfeng Lan"  # underlined in the author lists
copyright = "Tingfeng Lan"
language = "en"

# Where the site is published (Read the Docs fills in its own address)
html_baseurl = "https://antlera.github.io/"

# Features: remove a line and what only it did is gone; a page that still asks for it is told so
extensions = [
    "myst_parser",  # pages in Markdown
    "sphinx_folio.publications",  # {publications}, {cite}
    "sphinx_folio.projects",  # {projects}: cards from the project pages
    "sphinx_folio.portrait",  # {portrait}: _static/portrait.jpg, once there is one
    "sphinx_folio.mathml",  # formulas without script
    "sphinx_folio.furo",  # the theme, mended for keyboards and screen readers
    "sphinx_folio.hosting",  # sitemap, robots.txt, link previews, page for what is not found
]

# What is a page, and where the papers are
include_patterns = ["index.md", "research/**", "publications/**", "projects/**", "cv/**"]
bibtex_bibfiles = ["refs.bib"]
bibtex_reference_style = "author_year"

# Markdown beyond the standard
myst_enable_extensions = ["attrs_block", "deflist", "dollarmath"]

# Looks
html_theme = "furo"
html_title = "Tingfeng Lan"
html_static_path = ["_static"]
templates_path = ["_templates"]
html_css_files = ["custom.css"]
html_logo = "_static/monogram.svg"
html_favicon = "_static/monogram.svg"
html_show_sourcelink = False
html_copy_source = False
html_use_index = False

# Links, checked once a week (make linkcheck)
linkcheck_timeout = 20
linkcheck_retries = 3
linkcheck_rate_limit_timeout = 300  # seconds to go on waiting for a host that says "too many requests"
linkcheck_anchors_ignore_for_url = [r"https://github\.com/"]  # its anchors are made by script
# These answer every program with 403, so a check says nothing. A DOI that leads to one of them is still checked:
# an unknown one is doi.org's own 404.
linkcheck_ignore = [r"https://dl\.acm\.org/", r"https://www\.computer\.org/", r"https://openreview\.net/"]
