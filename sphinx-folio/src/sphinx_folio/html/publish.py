"""What is done to a site when all of its pages are written: steps, in their order, each of one feature.

Each page is read once, for all steps, and written again where one has changed it. Skipped in previews.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, cast

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import metadata
from sphinx_folio.html import csp, css, js, unused_files
from sphinx_folio.html.builders import is_published
from sphinx_folio.html.generated_files import beside_pages, is_owned

ANY_BYTES = "surrogateescape"  # a page of the owner's may be in any encoding


@dataclass
class WrittenSite:
    """The site as it was written: its folder, and the texts of its pages by their files, to be changed by the steps."""

    app: Sphinx

    @property
    def folder(self) -> Path:
        """Where it was written."""
        return Path(self.app.outdir)

    @property
    def static(self) -> Path:
        """The files that pages share."""
        return self.folder / "_static"

    @cached_property
    def read(self) -> dict[Path, str]:
        """The texts as they were read."""
        return {path: path.read_text("utf-8", ANY_BYTES) for path in sorted(self.folder.rglob("*.html"))}

    @cached_property
    def pages(self) -> dict[Path, str]:
        """The texts as the steps have changed them."""
        return {**self.read}

    def write(self) -> None:
        """Write the pages that have changed."""
        for path, text in self.pages.items():
            if text != self.read[path]:
                path.write_text(text, "utf-8", ANY_BYTES)


def minify_scripts(site: WrittenSite) -> None:
    """Publish scripts without comments and space."""
    js.minify_scripts(sorted(site.static.rglob("*.js")))


def prune_stylesheets(site: WrittenSite) -> None:
    """Publish stylesheets without the rules that no page and no script uses."""
    css.prune_stylesheets(site.static, site.pages)


def remove_unused_files(site: WrittenSite) -> None:
    """Publish no file of the machinery that no page uses."""
    unused_files.remove_unused_files(site.app, site.pages.values())


def translate_search(site: WrittenSite) -> None:
    """Make the search's translations a script that a policy lets run."""
    if (path := site.static / "translations.js").exists():
        js.run_plural_rule(path)


def write_policies(site: WrittenSite) -> None:
    """Put what all pages need into ``_headers``, and into the search page, which takes other pages apart."""
    search = Path(cast("StandaloneHTMLBuilder", site.app.builder).get_outfilename("search"))
    others = (text for path, text in site.pages.items() if path != search)
    own = site.pages.get(search, "")
    pictures = (path.read_text("utf-8", "replace") for path in sorted(site.folder.rglob("*.svg")))
    everything = csp.united([*others, own], pictures)
    if own:
        stated = f'<meta http-equiv="Content-Security-Policy" content="{everything}"'
        site.pages[search] = csp.STATED.sub(lambda match: stated, own, count=1)
    if not is_owned(site.app, "_headers"):
        (site.folder / "_headers").write_text("\n".join(csp.headers(everything)) + "\n", "utf-8")


class Step(NamedTuple):
    """A step: what it does, the extension that it belongs to, and the consequence where it fails."""

    run: Callable[[WrittenSite], None]
    extension: str
    consequence: str


STEPS = (
    Step(translate_search, "sphinx_folio.ext.policy", "the search may count in English"),
    # Names of classes are looked for in scripts, but not in their comments.
    Step(minify_scripts, "sphinx_folio.ext.theme.furo", "scripts are published with comments and space"),
    # Before unused files are removed: of two stylesheets that are always sent together one becomes unused.
    Step(prune_stylesheets, "sphinx_folio.ext.theme.furo", "stylesheets are published with all of their rules"),
    Step(remove_unused_files, "sphinx_folio.ext.theme.furo", "files that no page uses are published"),
    Step(write_policies, "sphinx_folio.ext.policy", "_headers and the search page lack a policy"),
)


def steps_of(app: Sphinx) -> Iterator[Step]:
    """The steps of the features that ``conf.py`` names."""
    return (step for step in STEPS if step.extension in app.extensions)


def publish(app: Sphinx, exception: Exception | None) -> None:
    """Take every step; one that fails is a warning, and costs neither the pages nor the others."""
    if exception or not is_published(app):
        return
    site = WrittenSite(app)
    for step in steps_of(app):
        with beside_pages(step.consequence):
            step.run(site)
    site.write()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Publish when every other handler has written its files."""
    app.connect("build-finished", publish, priority=900)
    return metadata()
