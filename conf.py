# The form to fill in: who this is, where it is published, and which features the site has.
# The pages are Markdown, the papers are in refs.bib; see the table in README.md for what to edit.

# Who
project = "Tingfeng Lan"  # the site's name, on every page
author = "Tingfeng Lan"  # underlined in the author lists, also as T. Lan or Lan Tingfeng
author_names = []  # other names that this person publishes under
author_position = "Ph.D. student"
author_affiliation = "University of Virginia"
author_email = "erc8gx@virginia.edu"
author_topics = ["efficient large-scale machine learning", "foundation models", "co-design of systems and algorithms"]
author_links = [  # the same person elsewhere
    "https://antlera.github.io/",
    "https://github.com/Antlera",
    "https://orcid.org/0009-0002-7219-9031",
    "https://scholar.google.com/citations?user=5uP5yDEAAAAJ",
]
copyright = "Tingfeng Lan"
language = "en"

# Where the site is published (Read the Docs fills in its own address)
html_baseurl = "https://antlera.github.io/"

# Features: remove a line and what only it did is gone; a page that still asks for it is told so
extensions = [
    "myst_parser",  # pages in Markdown
    "sphinx_folio.ext.publications",  # {publications}, {cite}, a page for each paper, {exports}, feed, llms.txt
    "sphinx_folio.ext.cv",  # {position}, {education}, {grant} …; {downloads}: the CV as PDF and JSON Resume
    "sphinx_folio.ext.profile",  # {contact}, {portrait}; who this is, for address books and search engines
    "sphinx_folio.ext.projects",  # {projects}: cards from the project pages; {citation-file}
    "sphinx_folio.ext.figures",  # {model}: figures to explore, from _static/models
    "sphinx_folio.ext.theme",  # the theme, corrected for keyboards and screen readers; formulas without script
    "sphinx_folio.ext.hosting",  # sitemap, robots.txt, link previews, page for what is not found
    "sphinx_folio.ext.policy",  # what browsers may load and run: nothing from elsewhere
]

# Where the papers are; every Markdown file in a folder is a page
bibtex_bibfiles = ["refs.bib"]
bibtex_reference_style = "author_year"
venue_names = {}  # short forms of venues beyond the well-known: {"Proceedings of the VLDB Endowment": "PVLDB"}
coauthors = {  # their names in the author lists lead to their pages
    "Bicer, Tekin": "https://www.anl.gov/profile/tekin-bicer",
    "Chen, Wei": "http://www.cad.zju.edu.cn/home/chenwei/",
    "Cheng, Yue": "https://tddg.github.io/",
    "Li, Dong": "https://faculty.ucmerced.edu/dong-li/",
    "Su, Zhaoyuan": "https://alexsssu.github.io/",
    "Tang, Mingjie": "https://merlintang.github.io/",
    "Tang, Yinghao": "https://github.com/MisterBrookT",
    "Wang, Jianguo": "https://www.cs.purdue.edu/homes/csjgwang/",
    "Wang, Zirui": "https://jerryw35.github.io/",
    "Wu, Yusen": "https://joshwoo2003.github.io/",
    "Yang, Juncheng": "https://junchengyang.com/",
    "Yang, Rui": "https://ruiyang00.github.io/",
}

# The CV as a PDF
cv_page = "cv/index"
cv_paper = "us-letter"  # or "a4"
cv_versions = {"full": 0, "one-page": 1}  # each a PDF: how many pages it may have, 0 for any; see :tags: in README.md

# Markdown beyond the standard
myst_enable_extensions = ["attrs_block", "deflist", "dollarmath"]
myst_dmath_allow_space = myst_dmath_allow_digits = False  # $x^2$ is a formula, $100 and $200 are money

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
