"""Publish scripts without comments and needless space, which are a third of their weight. Nothing of this in a preview.

A comment that begins with ``/*!`` stays: it is a license. Names stay, too.
"""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import metadata
from sphinx_folio.html.builders import is_published
from sphinx_folio.html.generated_files import beside_pages


@beside_pages("scripts are published with comments and space")
def publish(app: Sphinx, exception: Exception | None) -> None:
    """Make the scripts lean; what an earlier build has made lean stays as it is."""
    if exception or not is_published(app):
        return
    import minify  # in Go, whose threads do not outlive the fork of a process: not where builds are copied from

    minify.config({"js-keep-var-names": True})
    for path in sorted(Path(app.outdir, "_static").rglob("*.js")):
        script = path.read_text("utf-8")
        lean = minify.string("application/javascript", script)
        if lean != script:
            path.write_text(lean, "utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register it, after all who write a script and before all who look for names in one; ``furo`` calls for it."""
    app.connect("build-finished", publish, priority=890)
    return metadata()
