"""One address for the site, and everything that follows from it.

``html_baseurl`` in ``conf.py`` says where the site is published; Read the Docs names its own address, which then holds.
From it come the canonical links, the sitemap, ``robots.txt``, link previews, and the addresses on the page for what is
not found. A page's ``description`` in its front matter is what search engines and link previews say about it.
"""

import os
from contextlib import redirect_stdout
from html import escape
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import BUILDERS, METADATA, front_matter


def published_at(config: Config) -> str:
    """The address of the site, with a slash at its end; nothing where it is not known."""
    address = os.environ.get("READTHEDOCS_CANONICAL_URL") or config.html_baseurl
    if address and not address.startswith(("https://", "http://")):
        raise ConfigError(f"html_baseurl = {address!r} in conf.py is no address; expected 'https://{address}'")
    return address.rstrip("/") + "/" if address else ""


def settle_address(app: Sphinx, config: Config) -> None:
    """Give each extension that needs the site's address the same one."""
    config.html_baseurl = published_at(config)
    config.ogp_site_url = config.ogp_site_url or config.html_baseurl
    config.notfound_urls_prefix = urlsplit(config.html_baseurl).path or "/"
    if config.html_baseurl:
        config.sitemap_url_scheme = "{link}"  # the address has language and version in it where there are any
        made = [f"{name}{ending}" for name in ("404", "genindex", "search") for ending in (".html", "/")]
        config.sitemap_excludes = [*config.sitemap_excludes, *made]


def describe(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document) -> None:
    """Say what the page says of itself, instead of its first words."""
    if description := escape(front_matter(context.get("meta"), "description")):
        context["meta"] = {**context["meta"], "og:description": description}
        context["metatags"] += f'<meta name="description" content="{description}">\n'


def write_robots(app: Sphinx) -> None:
    """Welcome every crawler and name the sitemap; a ``robots.txt`` of the site is copied over it later."""
    if app.builder.name not in BUILDERS:
        return
    lines = ["User-agent: *", "Allow: /"]
    if app.config.html_baseurl:
        lines.append(f"Sitemap: {app.config.html_baseurl}{app.config.sitemap_filename}")
    Path(app.outdir, "robots.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up the extensions that need the address, and connect our own."""
    app.setup_extension("notfound.extension")
    with redirect_stdout(StringIO()):  # it prints that matplotlib is missing, which is as it should be
        app.setup_extension("sphinxext.opengraph")
    app.connect("config-inited", settle_address)
    app.connect("html-page-context", describe, priority=400)  # before sphinxext-opengraph (500) reads the metadata
    app.connect("builder-inited", write_robots)
    if published_at(app.config):  # without an address sphinx-sitemap only warns
        app.setup_extension("sphinx_sitemap")
    return METADATA
