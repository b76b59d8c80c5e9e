"""One address for the site, and everything that follows from it.

``html_baseurl`` in ``conf.py`` says where the site is published; Read the Docs names its own address, which then holds.
From it come the canonical links, the sitemap, ``robots.txt``, link previews, and the addresses on the page for what is
not found. A page's ``description`` in its front matter is what search engines and link previews say about it.
"""

import os
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import METADATA


def settle_address(app: Sphinx, config: Config) -> None:
    """Give each extension that needs the site's address the same one."""
    address = os.environ.get("READTHEDOCS_CANONICAL_URL") or config.html_baseurl
    if not address:
        return
    config.html_baseurl = config.ogp_site_url = address.rstrip("/") + "/"
    config.notfound_urls_prefix = urlsplit(config.html_baseurl).path
    config.sitemap_url_scheme = "{link}"  # the address has language and version in it where there are any


def describe(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document) -> None:
    """Say what the page says of itself, instead of its first words."""
    front_matter = context.get("meta") or {}
    if description := front_matter.get("description"):
        context["meta"] = {**front_matter, "og:description": description}
        context["metatags"] += f'<meta name="description" content="{escape(str(description))}">\n'


def write_robots(app: Sphinx, exception: Exception | None) -> None:
    """Welcome every crawler and name the sitemap, unless the site has its own ``robots.txt``."""
    names = [Path(app.confdir, name) for name in app.config.html_extra_path]
    if exception or app.builder.format != "html" or any(name.name == "robots.txt" for name in names):
        return
    lines = ["User-agent: *", "Allow: /"]
    if app.config.html_baseurl:
        lines.append(f"Sitemap: {app.config.html_baseurl}sitemap.xml")
    Path(app.outdir, "robots.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect the three."""
    for extension in ("sphinxext.opengraph", "sphinx_sitemap", "notfound.extension"):
        app.setup_extension(extension)
    app.connect("config-inited", settle_address)
    app.connect("html-page-context", describe, priority=400)  # before sphinxext-opengraph (500) reads the metadata
    app.connect("build-finished", write_robots)
    return METADATA
