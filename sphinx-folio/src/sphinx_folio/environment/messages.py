"""Hints: what is worth a look, but makes nothing that is published wrong.

A warning means that what is published is wrong or incomplete, and fails ``make html`` (``-W``). A hint is printed
with its cure and never fails a build::

    conf.py:47: HINT: coauthors: no entry has the author 'Menabrea, Luigi F'; did you mean …? [folio.coauthor]

Sphinx sends it to the terminal with its progress, so ``-q`` hides it; ``suppress_warnings = ["folio.coauthor"]`` in
``conf.py`` silences one kind.
"""

from docutils import nodes
from sphinx.config import Config
from sphinx.util import logging
from sphinx.util.logging import get_node_location, is_suppressed_warning

logger = logging.getLogger(__name__)

TYPE = "folio"
COLOR = "brown"  # a dark yellow


def hint(config: Config, message: str, *, subtype: str, location: nodes.Node | str | None = None) -> None:
    """Print a hint; call it from wherever a setting can be read: directives, domains, events, parallel readers.

    ``location`` is a node, or what ``get_location()`` of a directive gives: ``path:line``. Sphinx adds neither the
    location nor the type to a record below a warning, and asks ``suppress_warnings`` of warnings only.
    """
    if is_suppressed_warning(TYPE, subtype, config.suppress_warnings):
        return
    where = get_node_location(location) if isinstance(location, nodes.Node) else location
    prefix = f"{where}: " if where else ""
    logger.info("%s", f"{prefix}HINT: {message} [{TYPE}.{subtype}]", color=COLOR)
