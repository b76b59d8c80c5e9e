"""Which builders write a site, and whether what they write is published."""

from sphinx.application import Sphinx

BUILDERS = ("html", "dirhtml")  # those of a site; other formats, EPUB's too, get ordinary nodes


def is_published(app: Sphinx) -> bool:
    """Whether what is built is a site, and no preview of one."""
    return app.builder.name in BUILDERS and not app.tags.has("live")
