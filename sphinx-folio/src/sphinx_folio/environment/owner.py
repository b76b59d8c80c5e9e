"""Who the site is about, as ``conf.py`` says: the owner's names and pages, co-authors' pages, what marks mean.

Loaded by the features that need to know.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import get_args

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ConfigError
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import metadata
from sphinx_folio.bibliography.names import MARKS, Annotation, SiteAuthors
from sphinx_folio.bibliography.urls import web_address
from sphinx_folio.exporters.profiles import normalize_url
from sphinx_folio.exporters.site import Site
from sphinx_folio.text import front_matter, normalize_whitespace

logger = logging.getLogger(__name__)

EMAIL = re.compile(r"[^\s@<>\"(),:;\[\]\\]+@[^\s@<>\"(),:;\[\]\\]+\.[^\s@<>\"(),:;\[\]\\.]+")
PICTURES = (".avif", ".webp", ".jpg", ".jpeg", ".png", ".svg")
NO_AUTHOR = "Author name not set"  # as Sphinx says it
LISTS = ("author_names", "author_links", "author_topics")
LIST, MAPPING, TEXT = frozenset({list, tuple}), frozenset({dict}), frozenset({str})


def known(config: Config) -> SiteAuthors:
    """Whom ``conf.py`` names: the owner, co-authors with a page, and what marks behind names mean."""
    names = (config.author if config.author != NO_AUTHOR else "", *config.author_names)
    return SiteAuthors(tuple(filter(None, names)), config.coauthors, {**MARKS, **config.author_marks})


def site_of(app: Sphinx) -> Site:
    """The site and its owner, for the formats that name them."""
    return site_in(app.env)


def site_in(env: BuildEnvironment) -> Site:
    """The same, for what does not know the builder."""
    config = env.config
    home = config.html_baseurl
    return Site(
        title=config.html_title or config.project,
        author=normalize_whitespace(config.author),
        address=home.rstrip("/") + "/" if home else "",
        language=config.language,
        description=front_matter(env.metadata.get(config.root_doc), "description"),
        same_as=tuple(elsewhere(config.author_links, home)),
        job_title=config.author_position,
        affiliation=config.author_affiliation,
        email=config.author_email if EMAIL.fullmatch(config.author_email) else "",
        topics=tuple(filter(None, map(normalize_whitespace, config.author_topics))),
        picture=config.author_portrait,
    )


def elsewhere(links: Iterable[str], home: str) -> Iterator[str]:
    """The owner's pages on the web but for the site itself, however its address is written."""
    for page in filter(None, map(web_address, links)):
        if normalize_url(page) != normalize_url(home):
            yield page


def portrait_in(source: Path) -> str:
    """The owner's picture, from the top of the site's sources; nothing where there is none."""
    found = sorted(path.name for path in Path(source, "_static").glob("portrait.*") if path.suffix.lower() in PICTURES)
    return f"_static/{found[0]}" if found else ""


def find_portrait(app: Sphinx, config: Config) -> None:
    """Note where the site has the owner's picture: as a setting, since pages are written again when one changes."""
    served = "_static" in (path.strip("/") for path in config.html_static_path)
    config.author_portrait = portrait_in(Path(app.srcdir)) if served else ""


def as_lists(config: Config, *names: str) -> None:
    """Take a text for a list of one, where ``conf.py`` says one alone."""
    for name in names:
        value = getattr(config, name)
        if isinstance(value, str):
            setattr(config, name, [value] if value else [])


def read_lists(app: Sphinx, config: Config) -> None:
    """Take one name, page or topic for a list of it; before Sphinx looks at the types (800)."""
    as_lists(config, *LISTS)


def check_contacts(app: Sphinx, config: Config) -> None:
    """Say what in ``conf.py`` should be an address and is none."""
    for fault in contact_faults(config):
        logger.warning(fault, type="folio", subtype="author")


def contact_faults(config: Config) -> Iterator[str]:
    """What is wrong with the owner's addresses, and what was expected."""
    if config.author_email and not EMAIL.fullmatch(config.author_email):
        expected = "expected one such as 'ada@example.org', and left it out"
        yield f"author_email = {config.author_email!r} in conf.py is no e-mail address; {expected}"
    for text in config.author_links:
        if not web_address(text):
            expected = "expected one such as 'https://example.org/ada', and left it out"
            yield f"{text!r} among the author_links in conf.py is no address of the web; {expected}"


def check_marks(app: Sphinx, config: Config) -> None:
    """Say at once where ``conf.py`` has a mark mean something that nothing is made of."""
    for mark, meaning in config.author_marks.items():
        if meaning not in get_args(Annotation):
            allowed = " or ".join(map(repr, get_args(Annotation)))
            raise ConfigError(f"author_marks in conf.py: {mark!r} means {meaning!r}; expected {allowed}")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register what ``conf.py`` may say."""
    app.setup_extension("sphinx_folio.environment.config_check")
    app.add_config_value("author_names", [], "env", LIST)
    app.add_config_value("author_links", [], "html", LIST)
    app.add_config_value("author_email", "", "html", TEXT)
    app.add_config_value("author_topics", [], "html", LIST)
    app.add_config_value("author_portrait", "", "html", TEXT)  # found, not set
    app.add_config_value("author_position", "", "html", TEXT)
    app.add_config_value("author_affiliation", "", "html", TEXT)
    app.add_config_value("author_marks", {}, "env", MAPPING)
    app.add_config_value("coauthors", {}, "env", MAPPING)
    app.connect("config-inited", read_lists)
    app.connect("config-inited", check_marks)
    app.connect("config-inited", check_contacts)
    app.connect("config-inited", find_portrait)
    return metadata()
