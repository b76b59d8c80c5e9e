"""Tell the owner of a setting that ``conf.py`` misspells: Sphinx takes a name that nothing reads for a variable.

``author_mail = "ada@example.org"`` becomes a warning that asks whether ``author_email`` was meant. Names that are like
no setting, and those like one that ``conf.py`` sets as well, are the owner's own.
"""

from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import metadata
from sphinx_folio.text import closest, is_typo_of

logger = logging.getLogger(__name__)

OURS = (
    "author_affiliation",
    "author_email",
    "author_links",
    "author_marks",
    "author_names",
    "author_position",
    "author_topics",
    "coauthors",
    "cv_fonts",
    "cv_page",
    "cv_paper",
    "cv_versions",
    "publications_folder",
    "sitemap_excludes",
    "venue_names",
)
OTHERS = ("author", "bibtex_bibfiles", "html_baseurl")  # settings of others without which little of ours works
CLOSE = 0.85


def check_names(app: Sphinx, config: Config) -> None:
    """Ask what was meant by each name that is probably misspelt."""
    written = config._raw_config  # Sphinx says it nowhere else
    loaded = [name for name in (*OURS, *OTHERS) if name in config and name not in (*written, *config.overrides)]
    variables = {name: value for name, value in written.items() if name not in config and name not in OURS}
    for name, meant in misspelt(variables, loaded):
        message = "%s in conf.py is no setting; did you mean %s?"
        logger.warning(message, name, meant, type="folio", subtype="setting")


def misspelt(variables: Mapping[str, Any], settings: list[str]) -> Iterator[tuple[str, str]]:
    """The names that are probably settings, each with the one that was meant."""
    for name, value in variables.items():
        if name.startswith("_") or callable(value) or isinstance(value, ModuleType):
            continue
        slips = [setting for setting in settings if is_typo_of(name, setting)]
        if close := slips or closest(name.casefold(), settings, cutoff=CLOSE):
            yield name, close[0]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register when ``conf.py`` is looked at, which is when all settings are known."""
    app.connect("config-inited", check_names)
    return metadata()
