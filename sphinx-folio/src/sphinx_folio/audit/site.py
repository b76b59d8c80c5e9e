"""Build the site of the current folder as it is published: from scratch, into a temporary folder."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def built() -> Iterator[Path]:
    """Build the site of the current folder: where its pages are, until the end of the block."""
    with TemporaryDirectory(prefix="audit-") as name:
        build(Path(), Path(name))
        yield Path(name, "html")


def build(source: Path, work: Path, *options: str) -> None:
    """Build a project as ``make html`` does into ``work/html``; raises CalledProcessError where it warns."""
    command = [sys.executable, "-m", "sphinx", "-n", "-W", "-q", "--keep-going", "--fresh-env", "-b", "html"]
    subprocess.run([*command, *options, "-d", work / "doctrees", source, work / "html"], check=True)
