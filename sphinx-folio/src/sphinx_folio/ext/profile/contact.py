"""Say how to reach the owner, to visitors and to their programs.

This Markdown ::

    ```{contact}
    - [Curriculum vitae](cv/index.md)
    ```

becomes a list of links: its own, the owner's e-mail address, the other pages in ``author_links`` by the names that
people know (GitHub, ORCID, …), the home page where this is another page, and a vCard for the visitor's address book;
with ``:name:`` the owner's name stands above it. The links say that they are the owner's (``rel="me"``), and the list
is an h-card, a microformat that says who this is: <https://microformats.org/wiki/h-card>.

The vCard is ``cv.vcf`` at the top of the site; a file of that name in ``html_extra_path`` replaces it.
"""

from collections.abc import Iterator
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

from sphinx_folio import metadata
from sphinx_folio.environment.owner import site_in, site_of
from sphinx_folio.environment.placeholders import fill
from sphinx_folio.exporters.site import EMAIL, HOME, Contact, Site, contacts
from sphinx_folio.exporters.vcard import vcard
from sphinx_folio.html.builders import BUILDERS
from sphinx_folio.html.generated_files import GeneratedFiles, beside_pages, checksum, is_owned

logger = logging.getLogger(__name__)

VCARD = "cv.vcf"


class folio_contact_list(nodes.General, nodes.Element):  # noqa: N801 (docutils names nodes in lower case)
    """Stands where the list will: it is another one for each builder. Its children are the author's own items."""


class folio_email(nodes.reference):  # noqa: N801
    """A link to an e-mail address as it is: docutils would hide it from programs, which have it from the vCard."""


class folio_data(nodes.Inline, nodes.Element):  # noqa: N801
    """A ``value`` that is said to programs and not seen, in HTML only."""


class ContactDirective(SphinxDirective):
    """The ``{contact}`` directive."""

    has_content = True
    option_spec = {"name": directives.flag}

    def run(self) -> list[nodes.Node]:
        """A place for the list, below what the author wrote that belongs in none."""
        parsed = self.parse_content_to_nodes()
        lists = [node for node in parsed if isinstance(node, nodes.bullet_list)]
        others = [node for node in parsed if node not in lists]
        if others:
            message = (
                "{contact} holds a list of links, such as '- [Curriculum vitae](cv/index.md)'; the rest is above it"
            )
            logger.warning(message, location=self.get_location(), type="folio", subtype="contact")
        if "name" in self.options and site_in(self.env).author:
            name = nodes.strong("", self.config.author)
            others.append(nodes.paragraph("", "", name, classes=["contact"]))
        return [*others, folio_contact_list("", *(item for each in lists for item in each))]


class ListContacts(SphinxPostTransform):
    """Put the list in its place."""

    default_priority = 5  # before links are resolved (10) and checked (800)

    def run(self, **kwargs: Any) -> None:
        """Make the list of each page that has one."""
        classes = ["contact", "h-card"] if site_in(self.env).author else ["contact"]  # a card is somebody's
        for node in list(self.document.findall(folio_contact_list)):
            items = [*node.children, *map(item, links(self.env))]
            made = nodes.bullet_list("", *items, classes=classes, has_vcard=True)
            fill(node, made if items else None)


def links(env: BuildEnvironment) -> Iterator[nodes.reference]:
    """The links that come from the settings; that of the home page is not the first news here, and none on itself."""
    found = contacts(site_in(env))
    yield from (link(each) for each in found if each.label != HOME)
    if env.docname != env.config.root_doc:
        yield from (link(each) for each in found if each.label == HOME)


def add_vcard(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Add what only a site has: the vCard, and what the h-card says without showing it."""
    site = site_of(app)
    if app.builder.name in BUILDERS and (site.author or is_owned(app, VCARD)):
        here = app.builder.get_target_uri(docname)
        for found in doctree.findall(nodes.bullet_list):
            if "has_vcard" in found:
                card = addnodes.download_reference("", "", nodes.inline("", "vCard"), refuri=relative_uri(here, VCARD))
                found += item(*unseen(site, here, docname == app.config.root_doc), card)


def item(*parts: nodes.Node) -> nodes.list_item:
    """An item of the list."""
    return nodes.list_item("", nodes.paragraph("", "", *parts))


def link(each: Contact) -> nodes.reference:
    """A link that says that its target is the same person."""
    if each.label == EMAIL:
        return folio_email("", each.text, refuri=each.address, classes=["u-email"])
    if each.label == HOME:
        return nodes.reference("", each.text, refuri=each.address, rel="me", classes=["u-url", "u-uid"])
    return nodes.reference("", each.label, refuri=each.address, rel="me", classes=["u-url"])


def unseen(site: Site, here: str, at_home: bool) -> Iterator[folio_data]:
    """What the h-card says and the list does not show; nothing where it is nobody's."""
    if not site.author:
        return
    said = {
        "p-name": site.author,
        "u-url u-uid": site.address if at_home else "",
        "u-photo": relative_uri(here, site.picture) if site.picture else "",
        "p-job-title": site.job_title,
        "p-org": site.affiliation,
    }
    for classes, value in said.items():
        if value:
            yield folio_data(classes=classes.split(), value=value)


def visit_folio_email(self: HTML5Translator, node: folio_email) -> None:
    """Write the link."""
    self.body.append(self.starttag(node, "a", "", CLASS="reference external", href=node["refuri"], rel="me"))


def depart_folio_email(self: HTML5Translator, node: folio_email) -> None:
    """End the link."""
    self.body.append("</a>")


def visit_folio_data(self: HTML5Translator, node: folio_data) -> None:
    """Write the element."""
    self.body.append(self.starttag(node, "data", "", value=node["value"]))


def depart_folio_data(self: HTML5Translator, node: folio_data) -> None:
    """End the element."""
    self.body.append("</data>")


@beside_pages(f"{VCARD} was not written")
def write_vcard(app: Sphinx, exception: Exception | None) -> None:
    """Write the vCard, unless the site brings one or it is nobody's."""
    if exception or app.builder.name not in BUILDERS:
        return
    site, owned = site_of(app), is_owned(app, VCARD)
    outputs = GeneratedFiles(app, "contact", checksum(site, owned))
    if outputs.current:
        return
    if owned:
        outputs.place(VCARD)
    elif site.author:
        outputs.write(VCARD, vcard(site, VCARD))
    outputs.finish()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive, what makes its list, and the vCard."""
    app.setup_extension("sphinx_folio")
    app.setup_extension("sphinx_folio.environment.owner")
    app.add_node(folio_contact_list)
    app.add_node(folio_email, html=(visit_folio_email, depart_folio_email))
    app.add_node(folio_data, html=(visit_folio_data, depart_folio_data))
    app.add_directive("contact", ContactDirective)
    app.add_post_transform(ListContacts)
    app.connect("doctree-resolved", add_vcard)
    app.connect("build-finished", write_vcard)
    return metadata()
