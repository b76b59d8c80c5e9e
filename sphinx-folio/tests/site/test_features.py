"""Each feature is one line of ``conf.py``: it can be seen, and without its line it is gone and all else is there."""

from pathlib import Path

import pytest

from conftest import build

# For each line of conf.py: what a page says to use it, and what a visitor then sees.
FEATURES = {
    "sphinx_folio.ext.publications": ("```{publications}\n```", ".publications"),
    "sphinx_folio.ext.cv": ("```{position} Countess\n```", ".timeline"),
    "sphinx_folio.ext.profile": ("```{contact}\n```", "ul.h-card"),
    "sphinx_folio.ext.projects": ("```{projects}\nwork/engine\n```", ".projects"),
    "sphinx_folio.ext.figures": ("```{model} pendulum\n```", "model-figure"),
    "sphinx_folio.ext.theme": ("$x^2$", "math"),
    "sphinx_folio.ext.hosting": ("", "meta[name='description']"),
    "sphinx_folio.ext.policy": ("", "meta[http-equiv='Content-Security-Policy']"),
}
CONF = """
project = author = "Ada Lovelace"
author_email = "ada@ada.example"
html_theme = "furo"
cv_page = "index"
html_static_path = ["_static"]
html_baseurl = "https://ada.example/"
bibtex_bibfiles = ["refs.bib"]
myst_enable_extensions = ["dollarmath"]
extensions = ["myst_parser", "sphinx.ext.mathjax", %s]
"""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg"><title>Pendulum</title></svg>'


def write(source: Path, features: list[str]) -> None:
    """A site with a little of each of these features."""
    files = {
        "conf.py": CONF % ", ".join(map(repr, features)),
        "index.md": "---\ndescription: A site.\n---\n\n# Ada\n\n" + "\n\n".join(FEATURES[name][0] for name in features),
        "work/engine.md": "---\norphan: true\n---\n\n# The engine\n",
        "refs.bib": "@article{engine, title={Notes}, author={Lovelace, Ada}, journal={Memoirs}, year={1843}}\n",
        "_static/models/pendulum.js": "export const title = 'Pendulum'\n",
        "_static/models/pendulum.svg": PICTURE,
    }
    for name, text in files.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, "utf-8")


@pytest.mark.parametrize("missing", ["", *FEATURES])
def test_without_its_line_a_feature_is_gone_and_the_others_are_seen(missing: str, tmp_path: Path) -> None:
    named = [name for name in FEATURES if name != missing]
    write(tmp_path / "source", named)
    built = build(tmp_path / "source", tmp_path / "work")
    assert built.warnings == []
    assert [name for name, (_, seen) in FEATURES.items() if built.page("index").select(seen)] == named
