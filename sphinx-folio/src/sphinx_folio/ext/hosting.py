"""One address for the site, and everything that follows from it.

``html_baseurl`` in ``conf.py`` says where the site is published; Read the Docs names its own address, which then holds.
From it come the canonical links, the sitemap, ``robots.txt``, link previews, and the addresses on the page for what is
not found. A page's ``description`` in its front matter is what search engines and link previews say about it.
"""

import os
from collections.abc import Iterable
from contextlib import redirect_stdout
from fnmatch import fnmatch
from html import escape
from io import StringIO
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.config import Config
from sphinx.errors import ConfigError
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import metadata
from sphinx_folio.environment.requirements import require
from sphinx_folio.html.builders import BUILDERS
from sphinx_folio.html.generated_files import GeneratedFiles, beside_pages
from sphinx_folio.text import front_matter

NO_ANSWERS = ("404", "genindex", "search")  # pages that nobody searches for
SITEMAP = "sitemap.xml"
SITEMAP_TEXT = """\
<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
{}</urlset>
"""


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


def describe(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document) -> None:
    """Say what the page says of itself, instead of its first words."""
    if description := escape(front_matter(context.get("meta"), "description")):
        context["meta"] = {**context["meta"], "og:description": description}
        context["metatags"] += f'<meta name="description" content="{description}">\n'


@beside_pages("robots.txt was not written")
def write_robots(app: Sphinx) -> None:
    """Welcome every crawler and name the sitemap; a ``robots.txt`` of the site is copied over it later."""
    if app.builder.name not in BUILDERS:
        return
    lines = ["User-agent: *", "Allow: /"]
    if app.config.html_baseurl:
        lines.append(f"Sitemap: {app.config.html_baseurl}{SITEMAP}")
    Path(app.outdir, "robots.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


class Sitemap:
    """The addresses of all pages, for search engines: those of sources, and those that features make."""

    def __init__(self) -> None:
        self.made: set[str] = set()

    def note(self, app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
        """Remember a page that is made of no source."""
        if doctree is None and pagename not in NO_ANSWERS:
            self.made.add(pagename)

    @beside_pages(f"{SITEMAP} was not written")
    def write(self, app: Sphinx, exception: Exception | None) -> None:
        """Write the file; pages that this build had no reason to make again are known from the one before."""
        if exception or app.builder.name not in BUILDERS:
            return
        outputs, builder = GeneratedFiles(app, "sitemap", ""), cast("StandaloneHTMLBuilder", app.builder)
        before = outputs.before.get(SITEMAP, ())
        self.made.update(name for name in before if Path(builder.get_outfilename(name)).is_file())
        if app.config.html_baseurl:
            names = sorted({*app.env.found_docs, *self.made})
            outputs.write(SITEMAP, sitemap(app.config, map(builder.get_target_uri, names)))
            outputs.place(SITEMAP, sorted(self.made - app.env.found_docs))
        outputs.finish()


def sitemap(config: Config, pages: Iterable[str]) -> str:
    """The addresses of pages as the protocol of sitemaps has them, without those that the owner keeps out."""
    shown = [page for page in pages if not any(fnmatch(page, pattern) for pattern in config.sitemap_excludes)]
    lines = (f"<url><loc>{escape(config.html_baseurl + page)}</loc></url>\n" for page in shown)
    return SITEMAP_TEXT.format("".join(lines))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up the extensions that need the address, and connect our own."""
    require("sphinx_folio.ext.hosting", notfound="sphinx-notfound-page", sphinxext__opengraph="sphinxext-opengraph")
    app.setup_extension("notfound.extension")
    with redirect_stdout(StringIO()):  # it prints that matplotlib is missing, which is as it should be
        app.setup_extension("sphinxext.opengraph")
    app.connect("config-inited", settle_address)
    app.connect("html-page-context", describe, priority=400)  # before sphinxext-opengraph (500) reads the metadata
    app.connect("builder-inited", write_robots)
    app.add_config_value("sitemap_excludes", [], "", frozenset({list}))
    pages = Sitemap()
    app.connect("html-page-context", pages.note)
    app.connect("build-finished", pages.write)
    return metadata()
