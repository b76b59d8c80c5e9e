"""Find the programs that the tests run, or install them: ``python tests/programs.py`` does so and says what is used.

A Chromium for the browser tests, Poppler's commands to read PDFs as others do, a font with Chinese and Japanese, and
what the audit's checkers from npm's registry need, Java and npm: from PATH, else Debian's packages where apt and root
are there; for Chromium, else Playwright's own download.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

CHROMIUM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
POPPLER = ("pdftotext", "pdffonts", "pdftoppm")


def chromium() -> str | None:
    """The path of a Chromium, or None."""
    for name in CHROMIUM:
        if path := shutil.which(name):
            return path
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def has_font() -> bool:
    """Whether this machine can show a Chinese name."""
    listed = shutil.which("fc-list") and subprocess.run(["fc-list", ":charset=6f22"], capture_output=True, check=True)
    return bool(listed and listed.stdout)


def missing() -> list[str]:
    """Debian's packages of what is not there."""
    found = {
        "chromium": chromium(),
        "poppler-utils": all(map(shutil.which, POPPLER)),
        "default-jre-headless": shutil.which("java"),
        "npm": shutil.which("npm"),
        "fontconfig fonts-droid-fallback": has_font(),
    }
    return [name for names, there in found.items() if not there for name in names.split()]


def install(packages: list[str]) -> None:
    """Install them by the first way that is open here; raises CalledProcessError where it fails."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], check=True)
        return
    if "chromium" in packages:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)
    if others := [name for name in packages if name != "chromium"]:
        sys.exit(f"The tests need what Debian calls {' '.join(others)}; install it and run this again.")


if __name__ == "__main__":
    if packages := missing():
        print(f"Installing what the tests need: {' '.join(packages)} …", flush=True)
        install(packages)
    print(f"Browser tests use {chromium()}")
