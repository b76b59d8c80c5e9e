"""Show project pages as a list of cards, made from the pages themselves.

This Markdown ::

    ```{projects}
    engine
    loom
    ```

becomes a card for each page named (relative to this one, as in a ``toctree``): the picture of its first ``{model}``
(see ``models``), the page's title, the ``description`` of its front matter, the venues of the papers that name it as
their ``project`` in the ``.bib`` file, and how long it has been worked on: the period of the CV's ``{project-entry}``
that links to it (see ``career``), else ``period`` of its front matter (``2024-10/..``).
"""

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import metadata
from sphinx_folio.cv.periods import read_period
from sphinx_folio.environment.cv import activities_of, entries_of_cv
from sphinx_folio.environment.dependencies import write_again
from sphinx_folio.environment.figures import folio_figure, ornament, picture_of, pictures_of_pages
from sphinx_folio.environment.publications import PAGE, depend_on_library, publication_domain
from sphinx_folio.html.page_assets import add_assets_if_used
from sphinx_folio.text import did_you_mean, front_matter

logger = logging.getLogger(__name__)


class folio_projects(nodes.General, nodes.Element):  # noqa: N801 (docutils names nodes in lower case)
    """Stands where the cards will: other pages' titles are known only when all have been read."""


class Projects(SphinxDirective):
    """The ``{projects}`` directive."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Note which pages are wanted."""
        depend_on_library(self.env)
        write_again(self.env, entries_of_cv)
        write_again(self.env, pictures_of_pages)
        docnames = []
        for line in filter(None, map(str.strip, self.content)):
            docname, _ = self.env.relfn2path(line, self.env.docname)
            self.env.note_dependency(self.env.doc2path(docname))  # also where there is none: it may come
            if docname not in self.env.found_docs:
                message = f"no page {docname!r}; {did_you_mean(docname, self.env.found_docs, PAGE)}"
                logger.warning(message, location=self.get_location(), type="folio", subtype="project")
                continue
            docnames.append(docname)
        return [folio_projects(docnames=docnames)]


class MakeCards(SphinxPostTransform):
    """Put the cards in their place."""

    default_priority = 5  # before ReferencesResolver (10), so that the links in the cards are resolved too

    def run(self, **kwargs: Any) -> None:
        """Replace each placeholder."""
        for node in list(self.document.findall(folio_projects)):
            cards = [card(self.env, docname) for docname in node["docnames"]]
            node.replace_self(nodes.bullet_list("", *cards, classes=["projects"]) if cards else [])


def card(env: BuildEnvironment, docname: str) -> nodes.list_item:
    """One page's card."""
    title = page_link(docname, env.titles[docname].astext(), env.docname)
    parts = [*picture(env, docname), nodes.paragraph("", "", title, classes=["project-title"])]
    if description := front_matter(env.metadata[docname], "description"):
        parts.append(nodes.paragraph("", description, classes=["project-description"]))
    if facts := [*venues(env, docname), *filter(None, [period(env, docname)])]:
        parts.append(nodes.paragraph("", " · ".join(facts), classes=["project-facts"]))
    return nodes.list_item("", *parts, classes=["project"])


def picture(env: BuildEnvironment, docname: str) -> list[nodes.Element]:
    """The picture of the first figure on a page, if it has one; without words, since the title is beside it."""
    if not (uri := picture_of(env, docname)):
        return []
    drawn = folio_figure(module="", svg=ornament(Path(env.srcdir, uri), "project-picture"))
    drawn += nodes.image(uri=uri, alt="", candidates={"*": uri})  # as if it had been there when the page was read
    return [drawn]


def page_link(page: str, text: str, docname: str) -> addnodes.pending_xref:
    """A link from the page ``docname`` to another page of the site."""
    target = {"refdomain": "std", "reftype": "doc", "reftarget": f"/{page}", "refexplicit": True}
    return addnodes.pending_xref("", nodes.inline("", text), refdoc=docname, refwarn=True, **target)


def venues(env: BuildEnvironment, docname: str) -> list[str]:
    """The venue labels of the papers about a project, newest first, each once."""
    about = (
        publication for publication in publication_domain(env).library.publications if publication.project == docname
    )
    return list(dict.fromkeys(publication.venue for publication in about if publication.venue))


def period(env: BuildEnvironment, docname: str) -> str:
    """How long a project was worked on, as the CV says, else its own page; as typed where that cannot be read."""
    for activity in activities_of(env):
        if activity.kind == "project" and activity.page == docname and activity.when:
            return activity.when
    source = front_matter(env.metadata[docname], "period")
    found, fault = read_period(source)
    if fault:  # each page that has the card finds it
        message = "the period in the front matter of %s: %s"
        logger.warning(message, docname, fault, location=docname, type="folio", subtype="project", once=True)
    return found.text or source


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive and what makes its cards."""
    app.setup_extension("sphinx_folio")
    app.setup_extension(
        "sphinx_folio.ext.publications.citations"
    )  # with the catalog; sphinxcontrib-bibtex must not read by itself
    app.add_node(folio_projects)
    app.add_directive("projects", Projects)
    app.add_post_transform(MakeCards)
    add_assets_if_used(app, "projects.css", "project")
    return metadata()
