"""What the package uses of other packages that they do not document, each with what depends on it.

When an upgrade fails here, look at the module that is named: it has to find another way.
"""

import inspect
import re
from importlib import import_module
from pathlib import Path

import pytest
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.config import Config
from sphinx.jinja2glue import BuiltinTemplateLoader
from sphinx.search import IndexBuilder

import sphinx_folio
from conftest import build

TEMPLATE = Path(sphinx_folio.__file__).parent / "templates/page.html"
EDIT = re.compile(r"\|\s*replace\('([^']*)'|set (?:navigation|toc) = '([^']*)'")

# Each name with the module that uses it.
NAMES = [
    ("sphinx.util.logging", "is_suppressed_warning", "environment/messages.py silences hints by it"),
    ("sphinx.util.logging", "get_node_location", "environment/messages.py says where a hint is"),
    ("sphinxcontrib.bibtex.bibfile", "BibData", "ext/publications/citations.py hands over what we have read"),
    ("sphinxcontrib.bibtex.bibfile", "BibFile", "ext/publications/citations.py hands over what we have read"),
    ("sphinxcontrib.bibtex.bibfile", "get_mtime", "ext/publications/citations.py: nothing is read twice"),
    (
        "sphinxcontrib.bibtex.citation_target",
        "parse_citation_targets",
        "ext/publications/citations.py reads {cite} by it",
    ),
    ("sphinxcontrib.bibtex.domain", "Citation", "ext/publications/citations.py finds {bibliography} lists by it"),
    (
        "sphinxcontrib.bibtex.style.referencing",
        "format_references",
        "ext/publications/citations.py writes citations by it",
    ),
    (
        "sphinxcontrib.bibtex.style.template",
        "SphinxReferenceInfo",
        "ext/publications/citations.py writes citations by it",
    ),
    ("sphinxcontrib.bibtex.foot_roles", "FootCiteRole", "ext/publications/citations.py: a slip stops no build"),
    ("sphinx_autobuild.__main__", "Builder", "cli/live.py puts its own in its place"),
    ("sphinx_autobuild.__main__", "StaticFiles", "cli/live.py puts its own in its place"),
    ("pybtex.style.formatting.unsrt", "Style", "ext/publications/citations.py asks it for the types that it has"),
]


@pytest.mark.parametrize(("module", "name", "why"), NAMES)
def test_a_name_that_we_import_is_there(module: str, name: str, why: str) -> None:
    assert hasattr(import_module(module), name), why


def test_sphinx_keeps_what_conf_py_says() -> None:
    config = Config({"author_mail": "ada@ada.example"})
    assert config._raw_config["author_mail"], "environment/config_check.py finds misspelt settings in it"


def test_the_search_index_has_its_words_by_page() -> None:
    source = inspect.getsource(IndexBuilder.__init__)
    for name in ("_mapping", "_title_mapping"):
        assert f"self.{name}" in source, "html/incremental.py removes words that no page has any more from it"


def test_pages_are_rendered_by_one_method_of_the_template_loader() -> None:
    parameters = list(inspect.signature(BuiltinTemplateLoader.render).parameters)
    assert parameters == ["self", "template", "context"], "ext/policy.py wraps it"
    assert "self.environment" in inspect.getsource(BuiltinTemplateLoader.init), (
        "html/incremental.py caches its templates"
    )
    assert "self.templates.render(templatename, ctx)" in inspect.getsource(StandaloneHTMLBuilder.handle_page)


def test_sphinx_knows_a_checksum_of_its_settings() -> None:
    source = inspect.getsource(import_module("sphinx.builders.html._build_info"))
    assert "config_hash" in source, "ext/publications/paper_pages.py makes pages anew when it changes"


def test_the_types_of_pybtex_have_templates_by_name() -> None:
    style = import_module("pybtex.style.formatting.unsrt").Style
    assert hasattr(style, "get_article_template"), "ext/publications/citations.py takes misc for a type without one"


def edits() -> list[str]:
    """The pieces of Furo's page that our template replaces."""
    return sorted({first or second for first, second in EDIT.findall(TEMPLATE.read_text("utf-8"))})


@pytest.fixture(scope="module")
def furo(tmp_path_factory: pytest.TempPathFactory) -> str:
    """All pages of a site with Furo alone."""
    source, work = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("work")
    (source / "conf.py").write_text(
        'project = "Ada"\nhtml_theme = "furo"\nextensions = ["myst_parser"]\nhtml_logo = "logo.svg"\n'
    )
    (source / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    toctree = "```{toctree}\nengine\n```\n"
    (source / "index.md").write_text(f"# Ada\n\n{toctree}\n## One\n\n## Two\n")
    (source / "engine.md").write_text("# Engine\n\n## One\n\n## Two\n")
    built = build(source, work)
    return "".join((built.output / f"{name}.html").read_text("utf-8") for name in built.pages())


def test_there_are_edits_of_furos_page() -> None:
    assert len(edits()) > 10


@pytest.mark.parametrize("piece", edits())
def test_furo_still_writes_what_our_template_replaces(furo: str, piece: str) -> None:
    assert piece in furo, f"templates/page.html replaces it, and would change nothing now: {piece}"
