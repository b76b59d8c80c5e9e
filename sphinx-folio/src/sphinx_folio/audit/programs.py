"""Install the programs that the audit and the tests run: ``python -m sphinx_folio.audit.programs``.

``… programs chromium`` installs only the browser, if it is missing. The others are
Java and npm for the checkers that come from npm's registry; Poppler's commands, with which tests read PDFs as
other programs do; a font with Chinese and Japanese. All are taken from PATH, else installed as Debian's packages where
apt and root are there; for Chromium, else Playwright's own download.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Any

from sphinx_folio.audit.browser import chromium

POPPLER = ("pdftotext", "pdffonts", "pdftoppm")


def main(names: Sequence[str]) -> int:
    """Install what is missing of the programs of these names; of all where none is named."""
    if packages := missing(names):
        print(f"Installing what the checks need: {' '.join(packages)} …", flush=True)
        install(packages)
    print(f"Pages are checked in {chromium()}")
    return 0


def has_font() -> bool:
    """Whether this machine can show a Chinese name."""
    listed = shutil.which("fc-list") and subprocess.run(["fc-list", ":charset=6f22"], capture_output=True, check=True)
    return bool(listed and listed.stdout)


PROGRAMS: dict[str, tuple[str, Callable[[], Any]]] = {  # Debian's packages of each, and whether it is there
    "chromium": ("chromium", chromium),
    "poppler": ("poppler-utils", lambda: all(map(shutil.which, POPPLER))),
    "java": ("default-jre-headless", lambda: shutil.which("java")),
    "npm": ("npm", lambda: shutil.which("npm")),
    "font": ("fontconfig fonts-droid-fallback", has_font),
}


def missing(names: Sequence[str]) -> list[str]:
    """Debian's packages of the programs that are missing."""
    wanted = [PROGRAMS[name] for name in names or PROGRAMS]
    return [package for packages, is_there in wanted if not is_there() for package in packages.split()]


def install(packages: list[str]) -> None:
    """Install packages by the first way that is open here; raises CalledProcessError where it fails."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], check=True)
        return
    if "chromium" in packages:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)
    if others := [name for name in packages if name != "chromium"]:
        sys.exit(f"Missing are what Debian calls {' '.join(others)}; install them and run this again.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
