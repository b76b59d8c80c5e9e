"""The links of a folder of pages, followed by lychee without asking any host."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

OPTIONS = ("--offline", "--include-fragments", "--no-ignore", "--no-progress", "--format", "json")


def broken_links(folder: Path, root: Path, *options: str) -> list[str]:
    """The broken links of all pages, styles and lists as ``page: target``; that there is no link is no less a fault.

    Links that begin with a slash lead to ``root``.
    """
    report = lychee(folder, "--extensions", "html,css,xml,txt", "--root-dir", str(root), *options)
    if not report["successful"]:
        return ["no link leads anywhere"]
    pages = report["error_map"].items()
    return sorted({f"{within(page, folder)}: {within(link['url'], folder)}" for page, links in pages for link in links})


def lychee(folder: Path, *options: str) -> dict[str, Any]:
    """What lychee reports."""
    command = [str(Path(sys.executable).with_name("lychee")), *OPTIONS, *options, str(folder)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    if done.returncode not in {0, 2}:
        raise RuntimeError(done.stderr)
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def within(target: str, folder: Path) -> str:
    """A file or an address as seen from the top of a folder."""
    return target.removeprefix("file://").removeprefix(f"{folder}/")
