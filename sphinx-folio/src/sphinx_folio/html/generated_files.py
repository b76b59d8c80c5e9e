"""Files that a feature adds to the published site beside its pages.

They are written only where their content has changed, and removed when nothing makes them any more, so that what an
incremental build leaves is what a clean one would. Where a stamp says that nothing they are made from has changed, they
are not even made.
"""

import hashlib
import json
import shutil
from collections.abc import Container, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util import logging

from sphinx_folio import metadata

logger = logging.getLogger(__name__)


@contextmanager
def beside_pages(consequence: str, location: nodes.Node | str | None = None) -> Iterator[None]:
    """Turn a failure into one warning, and let the build go on: no file beside the pages may cost the pages.

    The warning begins with the ``consequence`` (``resume.json was not written``); ``location`` is the entry that it is
    due to. The traceback is logged for ``-vv``. This is a decorator, too. What Sphinx raises on purpose is passed on.
    """
    try:
        yield
    except SphinxError:
        raise
    except Exception as error:  # whatever it is
        logger.debug("%s", consequence, exc_info=True)
        message = "%s: %s: %s (the pages are whole; sphinx-build -vv shows where it failed)"
        details = consequence, type(error).__name__, error
        logger.warning(message, *details, location=location, type="folio", subtype="file")


class GeneratedFiles:
    """The files of one feature in one build; ``stamp`` changes with all that they are made from but the package's code.

    Ask ``current``; if it says no, make them all and call ``finish``.
    """

    def __init__(self, app: Sphinx, feature: str, stamp: str) -> None:
        self.folder = Path(app.outdir)
        self.record = Path(app.doctreedir, f"{feature}-{app.builder.name}.json")
        self.stamp = stamp and checksum(metadata()["env_version"], stamp)
        # Each file with what its feature remembers of it.
        self.made: dict[str, Any] = {}
        self.before: dict[str, Any] = {}
        self.before_stamp = ""
        with suppress(OSError, ValueError, TypeError):  # not there, cut short, or of other code
            stamp_before, made_before = json.loads(self.record.read_text("utf-8"))
            self.before_stamp, self.before = stamp_before, {**made_before}

    @property
    def current(self) -> bool:
        """Whether what the last build made is still right, and there; never without a stamp."""
        return self.stamp == self.before_stamp != "" and all((self.folder / name).is_file() for name in self.before)

    def write(self, name: str, text: str) -> None:
        """Write a text file, named from the top of the site."""
        path, data = self.place(name), text.encode()
        if not path.is_file() or path.read_bytes() != data:
            path.write_bytes(data)

    def copy(self, name: str, source: Path) -> None:
        """Copy a file."""
        shutil.copy2(source, self.place(name))

    def place(self, name: str, facts: Any = None) -> Path:
        """Where a file goes, in a folder that is there; the facts are for later builds, in ``before``."""
        self.made[name] = facts
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    @contextmanager
    def attempt(self, consequence: str, location: nodes.Node | str | None = None) -> Iterator[None]:
        """Make a file, or part of it, as ``beside_pages``; what failed is tried again by the next build."""
        with beside_pages(consequence, location):
            try:
                yield
            except BaseException:
                self.stamp = ""
                raise

    def finish(self, others: Container[str] = ()) -> None:
        """Remove what earlier builds made and neither this one nor somebody else did, and remember what it made."""
        for name in self.before.keys() - self.made.keys():
            if name not in others:
                (self.folder / name).unlink(missing_ok=True)
        self.record.write_text(json.dumps([self.stamp, self.made]), "utf-8")


def checksum(*parts: object) -> str:
    """A short text that changes with its parts."""
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()


def is_owned(app: Sphinx, name: str) -> bool:
    """Whether the site brings a file of this name itself."""
    return any(has_file(Path(app.confdir, path), name) for path in app.config.html_extra_path)


def has_file(path: Path, name: str) -> bool:
    """Whether a path of ``html_static_path`` or ``html_extra_path`` has a file: in its folder, or is that file."""
    return (path / name).is_file() or (path.name == name and path.is_file())
