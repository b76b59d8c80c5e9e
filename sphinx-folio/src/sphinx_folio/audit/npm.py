"""Checkers from the npm registry: one version of each, installed into ``build/npm`` of the current folder at need."""

import subprocess
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

FOLDER = Path("build/npm")
INSTALL = ("npm", "install", "--silent", "--no-audit", "--no-fund", "--no-save", "--prefix")


def package(name: str, version: str) -> Path:
    """The folder of an installed package; raises CalledProcessError or FileNotFoundError where npm fails."""
    prefix = FOLDER.resolve() / f"{name}@{version}"  # of its own: npm removes what another install has put beside it
    folder = prefix / "node_modules" / name
    if not (folder / "package.json").exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=FOLDER, prefix=".") as work:
            whole = Path(work, "whole")
            subprocess.run([*INSTALL, whole, f"{name}@{version}"], check=True)
            with suppress(OSError):  # another process was first
                whole.rename(prefix)
    return folder
