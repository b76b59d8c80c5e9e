from sphinx.application import Sphinx

from sphinx_folio.ext.cv.downloads import Download

extensions = ["myst_parser", "sphinx_folio.ext.cv.downloads"]


def offer(app: Sphinx) -> list[Download]:
    return [Download("files/a b.pdf", "PDF", "2 pages"), Download("cv.json", "JSON <Resume>")]


def setup(app: Sphinx) -> None:
    app.connect("folio-downloads", offer)
