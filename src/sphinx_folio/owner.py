"""Who the site is about, as ``conf.py`` says: the owner's names and pages, co-authors' pages, what marks mean.

Loaded by the features that need to know.
"""

from typing import get_args

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import METADATA, front_matter
from sphinx_folio.formats.site import Site
from sphinx_folio.people import MARKS, Annotation, Known

LIST, MAPPING, TEXT = frozenset({list, tuple}), frozenset({dict}), frozenset({str})


def known(config: Config) -> Known:
    """Whom ``conf.py`` names: the owner, co-authors with a page, and what marks behind names mean."""
    names = (config.author, *config.author_names)
    return Known(tuple(filter(None, names)), config.coauthors, {**MARKS, **config.author_marks})


def site_of(app: Sphinx) -> Site:
    """The site and its owner, for the formats that name them."""
    config = app.config
    address = config.html_baseurl
    return Site(
        title=config.html_title or config.project,
        author=config.author,
        address=address.rstrip("/") + "/" if address else "",
        language=config.language,
        description=front_matter(app.env.metadata.get(config.root_doc), "description"),
        same_as=tuple(config.author_links),
        job_title=config.author_position,
        affiliation=config.author_affiliation,
    )


def check_marks(app: Sphinx, config: Config) -> None:
    """Say at once where ``conf.py`` has a mark mean something that nothing is made of."""
    for mark, meaning in config.author_marks.items():
        if meaning not in get_args(Annotation):
            allowed = " or ".join(map(repr, get_args(Annotation)))
            raise ConfigError(f"author_marks in conf.py: {mark!r} means {meaning!r}; expected {allowed}")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register what ``conf.py`` may say."""
    app.add_config_value("author_names", [], "env", LIST)
    app.add_config_value("author_links", [], "html", LIST)
    app.add_config_value("author_position", "", "html", TEXT)
    app.add_config_value("author_affiliation", "", "html", TEXT)
    app.add_config_value("author_marks", {}, "env", MAPPING)
    app.add_config_value("coauthors", {}, "env", MAPPING)
    app.connect("config-inited", check_marks)
    return METADATA
