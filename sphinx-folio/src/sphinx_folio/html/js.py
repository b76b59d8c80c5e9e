"""Scripts without comments and needless space, which are a third of their weight.

A comment that begins with ``/*!`` stays: it is a license. Names stay, too.
"""

import json
from collections.abc import Iterable
from pathlib import Path


def minify_scripts(paths: Iterable[Path]) -> None:
    """Minify scripts; one that an earlier build has minified stays as it is."""
    import minify  # in Go, whose threads do not outlive the fork of a process: not where builds are copied from

    minify.config({"js-keep-var-names": True})
    for path in paths:
        script = path.read_text("utf-8")
        minified = minify.string("application/javascript", script)
        if minified != script:
            path.write_text(minified, "utf-8")


def run_plural_rule(path: Path) -> None:
    """Make the search's translations a script: Sphinx has the plural rule as text, which a policy does not run."""
    before, called, catalog = path.read_text("utf-8").partition("Documentation.addTranslations(")
    if called:  # an earlier build's file is as it should be
        said = json.loads(catalog.rpartition(")")[0])
        messages = {key: words for key, words in said["messages"].items() if words and all(words)}  # "" would be shown
        rule = f"(n) => Number({said['plural_expr']})"
        script = f"""Object.assign(Documentation.TRANSLATIONS, {json.dumps(messages)});
Object.assign(Documentation, {{ LOCALE: {json.dumps(said["locale"])}, PLURAL_EXPR: {rule} }});
"""
        path.write_text(before + script, "utf-8")
