"""Show the ``CITATION.cff`` of a project, to be copied into its repository.

This Markdown, on the page about a system ::

    ```{citation-file}
    ```

becomes a button that opens the file's text, made from the page's title and ``description`` and from the papers whose
``project`` is this page and whose ``code`` is somewhere on the web: the newest is what to cite, the others are
references. Papers with code in different repositories make a file each.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

from sphinx_folio import metadata
from sphinx_folio.bibliography.library import Library
from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.environment.links import template_folders
from sphinx_folio.environment.owner import site_of
from sphinx_folio.environment.publications import ask, publication_domain
from sphinx_folio.exporters.cff import by_repository, cff
from sphinx_folio.exporters.profiles import strip_scheme
from sphinx_folio.html.builders import BUILDERS
from sphinx_folio.html.rendering import environment
from sphinx_folio.text import front_matter

logger = logging.getLogger(__name__)

FILE = "CITATION.cff"


@dataclass(frozen=True, slots=True)
class About:
    """The question for the publications about a project."""

    docname: str

    def __call__(self, library: Library) -> list[Publication]:
        """Those that name its page."""
        return [each for each in library.publications if each.project == self.docname]


class folio_citation_file(nodes.General, nodes.Element):  # noqa: N801 (docutils names nodes in lower case)
    """Stands where the files' texts will, made of the papers with these ``keys``: the page's title is not known yet."""


class CitationFile(SphinxDirective):
    """The ``{citation-file}`` directive."""

    def run(self) -> list[nodes.Node]:
        """Note which papers the files are made of."""
        about = ask(self.env, About(self.env.docname))
        keys = [each.key for papers in by_repository(about).values() for each in papers]
        if keys:
            return [folio_citation_file(keys=keys)]
        message = f"no {FILE}: {missing(self.env.docname, about)}"
        logger.warning(message, location=self.get_location(), type="folio", subtype="citation_file")
        return []


def missing(docname: str, about: Sequence[Publication]) -> str:
    """What the papers about a page lack, and how to mend it."""
    if not about:
        return f"no paper is about this page; write project = {{{docname}}} in its entry of the .bib file"
    keys = ", ".join(each.key for each in about)
    return f"the papers about this page ({keys}) name no code and author; write code = {{https://…}} in the entry"


def show(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Make the texts: behind buttons on a site, else as they are."""
    for node in list(doctree.findall(folio_citation_file)):
        files = files_of(app, docname, node["keys"])
        if app.builder.name in BUILDERS:
            template = environment(template_folders(app)).get_template("citation-file.html")
            node["html"] = template.render(files=files)
        else:
            node.replace_self([nodes.literal_block(text, text, language="yaml") for _, text in files])


def files_of(app: Sphinx, docname: str, keys: Iterable[str]) -> list[tuple[str, str]]:
    """What each file is called, which names its repository where there are several, and its text."""
    env, site = app.env, site_of(app)
    by_key = publication_domain(env).library.by_key
    title, description = env.titles[docname].astext(), front_matter(env.metadata[docname], "description")
    page = site.absolute(app.builder.get_target_uri(docname))
    found = by_repository(by_key[key] for key in keys)
    labels = [FILE] if len(found) == 1 else [f"{FILE} of {strip_scheme(address)}" for address in found]
    texts = [cff(papers, site, title, description, page) for papers in found.values()]
    return list(zip(labels, texts, strict=True))


def visit_folio_citation_file(self: HTML5Translator, node: folio_citation_file) -> None:
    """Write the HTML."""
    self.body.append(node["html"])
    raise nodes.SkipNode


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive and what makes its texts."""
    app.setup_extension("sphinx_folio")
    app.setup_extension(
        "sphinx_folio.ext.publications.citations"
    )  # with the catalog; sphinxcontrib-bibtex must not read by itself
    app.add_node(folio_citation_file, html=(visit_folio_citation_file, None))
    app.add_directive("citation-file", CitationFile)
    app.connect("doctree-resolved", show)
    return metadata()
