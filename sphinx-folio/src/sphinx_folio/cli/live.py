"""Edit with the page open: ``python -m sphinx_folio.cli.live . build/live/html`` takes the options of sphinx-autobuild.

It is sphinx-autobuild, but for this: that starts a new Python for each save, which spends most of its time on loading
Sphinx and what it needs. Here one process loads, once, what the first build had loaded, and each build is made by a
fresh copy of it (Python's "forkserver"), which loads anew what of the site's own code has been edited since then.
Where Python cannot do that, on Windows, it is sphinx-autobuild alone. Commands before and after builds are not run.
"""

import gc
import multiprocessing
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import forkserver
from pathlib import Path
from time import time
from typing import Any

import sphinx_autobuild.__main__ as autobuild
from sphinx_autobuild.build import Builder
from sphinx_autobuild.utils import show_message
from starlette.responses import Response
from starlette.staticfiles import StaticFiles


class FreshFiles(StaticFiles):
    """Files that a browser asks for again at each reload.

    Without such a header it keeps a file for a tenth of its age: a stylesheet that was last edited a month ago would
    stay as it is for days, since its address changes only in pages that are written again.
    """

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        """Send a file with the header."""
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "no-cache"
        return response


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

    gc.freeze()  # nothing that was loaded before is garbage, so it need not be looked through
    main(arguments)
    return [name for name in sys.modules if not name.startswith("__m")]  # those of this process


def forget_edited(since: float) -> None:
    """Forget every package of which a file has been edited, or a module removed, so that it is loaded again."""
    edited = {name.partition(".")[0] for name, module in sys.modules.items() if is_edited(module, since)}
    for name in [name for name in sys.modules if name.partition(".")[0] in edited]:
        del sys.modules[name]


def is_edited(module: object, since: float) -> bool:
    """Whether a module's file, or any in a package's folder, is newer than a moment; what is installed stays."""
    name = getattr(module, "__file__", None)  # there is none of what is built into Python
    if not name or any(map(Path(name).is_relative_to, (sys.prefix, sys.base_prefix))):
        return False
    file = Path(name)
    files = file.parent.rglob("*.*") if file.name == "__init__.py" else [file]
    return any(written(each) > since for each in (file, *files) if each.parent.name != "__pycache__")


def written(file: Path) -> float:
    """When a file was changed for the last time; one that is gone counts as changed now."""
    try:
        return file.stat().st_mtime
    except OSError:
        return time()


def main(argv: Sequence[str] | None = None) -> int:
    """Serve a site, and build it anew at every save, until Ctrl-C."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        autobuild.Builder = Rebuilder
    autobuild.StaticFiles = FreshFiles
    autobuild.main(sys.argv[1:] if argv is None else argv)
    return 0


if __name__ == "__main__":
    sys.exit(main())
