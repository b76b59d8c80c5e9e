project = "Noémie Ørsted"
author = "Noémie Ørsted"
author_names = ["Ноэми Эрстед", "נועמי ארסטד"]
author_position = "Professor of Digital Epigraphy"
author_affiliation = "Universität Seldwyla"
author_email = "noemie@oersted.example"
author_topics = ["epigraphy", "palæography", "文字認識", "קריאת כתב יד"]
author_links = [
    "https://github.com/noemie-oersted",
    "https://social.example/@noémie",
    "https://文字.example/エルステッド",
]
coauthors = {"Świątek, Łukasz": "https://swiatek.example/", "山田, 花子": "https://yamada.example/"}
language = "en"
extensions = [
    "myst_parser",
    "sphinx_folio.ext.publications.lists",
    "sphinx_folio.ext.cv.entries",
    "sphinx_folio.ext.profile.contact",
    "sphinx_folio.ext.profile.structured_data",
    "sphinx_folio.ext.cv.pdf",
    "sphinx_folio.ext.cv.json_resume",
    "sphinx_folio.ext.theme.mathml",
]
bibtex_bibfiles = ["vita.bib"]
bibtex_reference_style = "author_year"
myst_enable_extensions = ["deflist", "dollarmath"]
html_baseurl = "https://oersted.example/"
cv_paper = "a4"
cv_versions = {"full": 0, "one-page": 1}
