"""Edit with the page open: ``python -m sphinx_folio.live . build/live/html`` takes the options of sphinx-autobuild.

It is sphinx-autobuild, but for this: that starts a new Python for each save, which spends most of its time on loading
Sphinx and what it needs. Here one process loads, once, what the first build had loaded, and each build is made by a
fresh copy of it (Python's "forkserver"). What has been edited since then is loaded anew.
"""

import multiprocessing
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import forkserver
from pathlib import Path
from time import time

import sphinx_autobuild.__main__ as autobuild
from sphinx_autobuild.build import Builder
from sphinx_autobuild.utils import show_message


class Rebuilder(Builder):  # type: ignore[misc] # which has no types
    """Builds in processes that have loaded everything already; the first one finds out what everything is."""

    loaded_at = 0.0

    def __call__(self, *, changed_paths: Sequence[Path]) -> None:
        """Build; with changes this is called in a copy of the process that has loaded."""
        if changed_paths:
            show_message(f"Rebuilding after changes in {', '.join(path.name for path in changed_paths)}")
            forget_edited(self.loaded_at)
            build(self.sphinx_args)
        else:
            self.first_build()
        show_message(f"Serving on {self.uri}")

    def first_build(self) -> None:
        """Build in a process of its own, and start the one that loads what that had loaded."""
        self.loaded_at = time()
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            modules = pool.submit(build, self.sphinx_args).result()
        multiprocessing.set_start_method("forkserver", force=True)
        multiprocessing.set_forkserver_preload(modules)
        forkserver.ensure_running()


def build(arguments: Sequence[str]) -> list[str]:
    """Run Sphinx; the modules that are loaded after it."""
    from sphinx.cmd.build import main  # not by the process that watches

    main(arguments)
    return [name for name in sys.modules if not name.startswith("__m")]  # those of this process


def forget_edited(since: float) -> None:
    """Forget every package of which a file has been edited or removed, so that it is loaded again."""
    edited = {name.partition(".")[0] for name, module in sys.modules.items() if is_edited(module, since)}
    for name in [name for name in sys.modules if name.partition(".")[0] in edited]:
        del sys.modules[name]


def is_edited(module: object, since: float) -> bool:
    """Whether the file of a module is newer than a moment; there is none of what is built into Python."""
    if not (file := getattr(module, "__file__", None)):
        return False
    with suppress(OSError):
        return Path(file).stat().st_mtime > since
    return True


if __name__ == "__main__":
    autobuild.Builder = Rebuilder
    autobuild.main()
