"""Placeholders: nodes that stand where something will be put when a page is written."""

from docutils import nodes


def fill(placeholder: nodes.Element, made: nodes.Element | None) -> None:
    """Put an element in the place of a placeholder; with none, its anchors stay, so that links still lead there."""
    if made is not None:
        placeholder.replace_self(made)
    elif placeholder["ids"]:
        placeholder.replace_self(nodes.target())  # to which docutils gives the anchors
    else:
        placeholder.parent.remove(placeholder)
