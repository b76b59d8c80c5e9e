"""Where links to publications and their files lead, as seen from a page."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from urllib.parse import quote

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.util.osutil import relative_uri

from sphinx_folio.bibliography.attachments import PICTURE, find_attachment
from sphinx_folio.bibliography.links import Link
from sphinx_folio.bibliography.names import Annotation
from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.environment.publications import PublicationDomain, publication_domain
from sphinx_folio.html.rendering import Page

MEANINGS: dict[Annotation, str] = {"equal": "Equal contribution", "corresponding": "Corresponding author"}


def legend(chosen: Iterable[Publication], marks: Mapping[str, Annotation]) -> str:
    """What the marks behind the names in a list mean."""
    used = {mark for publication in chosen for person in publication.authors for mark in person.marks}
    return " · ".join(f"{mark} {MEANINGS[meaning]}" for mark, meaning in marks.items() if mark in used)


def page_for(env: BuildEnvironment, builder: Builder, docname: str) -> Page:
    """Where links from a page of the site lead."""
    here = builder.get_target_uri(docname)

    def to_site_file(field: str, target: str) -> str | None:
        path = find_attachment(field, target, Path(env.srcdir))
        return relative_uri(here, quote(path)) if path else None

    def to_file(link: Link) -> str | None:
        return to_site_file(link.field, link.target) if link.is_file else link.target

    def to_project(publication: Publication) -> str | None:
        if publication.project == docname or publication.project not in env.found_docs:
            return None
        return builder.get_relative_uri(docname, publication.project)

    def to_paper(publication: Publication) -> str | None:
        name = publication_domain(env).papers.get(publication.key)
        return relative_uri(here, builder.get_target_uri(name)) if name else None

    def to_preview(publication: Publication) -> str | None:
        return to_site_file(PICTURE, publication.preview) if publication.preview else None

    return Page(to_file, to_project, to_paper, to_preview)


def template_folders(app: Sphinx) -> tuple[str, ...]:
    """Where the site's own templates are."""
    return tuple(str(Path(app.confdir, folder)) for folder in app.config.templates_path)


def paths(app: Sphinx, domain: PublicationDomain) -> Callable[[Publication], str]:
    """What tells where a publication stands, from the top of the site: its own page, else its entry in a list."""
    places, builder = domain.places(), app.builder

    def path_of(publication: Publication) -> str:
        if name := domain.papers.get(publication.key):
            return builder.get_target_uri(name)
        if place := places.get(publication.key):
            return f"{builder.get_target_uri(place.docname) or './'}#{quote(place.anchor)}"
        return ""

    return path_of
