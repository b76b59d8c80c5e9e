"""What comes from the npm registry: one version of each package, installed into ``build/npm`` when first asked for."""

import subprocess
from pathlib import Path

from sphinx_folio.audit.site import ROOT

INSTALL = ("npm", "install", "--silent", "--no-audit", "--no-fund", "--no-save", "--prefix")


def package(name: str, version: str) -> Path:
    """The folder of an installed package; raises CalledProcessError or FileNotFoundError where npm cannot help."""
    prefix = ROOT / f"build/npm/{name}@{version}"  # of its own: npm removes what another install has put beside it
    folder = prefix / "node_modules" / name
    if not (folder / "package.json").exists():
        prefix.mkdir(parents=True, exist_ok=True)
        subprocess.run([*INSTALL, prefix, f"{name}@{version}"], check=True)
    return folder
