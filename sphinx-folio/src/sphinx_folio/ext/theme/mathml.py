r"""Formulas as MathML, made when the site is built: no script, no font, no third party.

``$S \ge \lceil C / c \rceil$`` in a page becomes a ``<math>`` element. A formula that cannot be converted is shown
as its source, and reported.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

from sphinx_folio import metadata
from sphinx_folio.latex.mathml import formula_problem, mathml

logger = logging.getLogger(__name__)


def visit_math(self: HTML5Translator, node: nodes.math) -> None:
    """A formula within a line."""
    self.body.append(convert(self, node, as_block=False))
    raise nodes.SkipNode


def visit_math_block(self: HTML5Translator, node: nodes.math_block) -> None:
    """A formula on a line of its own, with its number where it has one."""
    # What may be wider than a phone is scrolled there, by keyboard too, so it takes the focus and has a name.
    attributes: dict[str, Any] = {"tabindex": "0", "role": "group", "aria-label": _("Formula")}
    self.body.append(self.starttag(node, "div", CLASS="math", **attributes))
    if node.get("number"):
        number = get_node_equation_number(self, node)
        self.body.append(f'<span class="eqno">({number})</span>')
        self.add_permalink_ref(node, "Link to this equation")
    self.body.append(convert(self, node, as_block=True))
    self.body.append("</div>\n")
    raise nodes.SkipNode


def convert(translator: HTML5Translator, node: nodes.math | nodes.math_block, as_block: bool) -> str:
    """The formula as MathML, or its source as code."""
    source = node.astext()
    if (formula := mathml(source, as_block)) is not None:
        return formula
    message = f"the formula {source!r} cannot be converted, so its source is shown: {formula_problem(source, as_block)}"
    logger.warning(message, location=node, type="folio", subtype="math")
    return f"<code>{translator.encode(source)}</code>"


def choose(app: Sphinx, config: Config) -> None:
    """Have Sphinx use this renderer."""
    config.html_math_renderer = "mathml"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the renderer and choose it."""
    app.setup_extension("sphinx_folio")
    app.add_html_math_renderer("mathml", (visit_math, None), (visit_math_block, None))
    app.connect("config-inited", choose)
    return metadata()
