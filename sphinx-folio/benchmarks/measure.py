"""Run a program and say what it cost."""
# ruff: noqa: S603 (it runs what the benchmarks give it)

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SPHINX = ("-m", "sphinx", "-q", "-b", "html", "-d", "build/doctrees", ".", "build/html")


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU time in seconds (user and system, with all children) and peak resident memory in MiB."""

    cpu: float
    memory: float

    def __or__(self, other: "Cost") -> "Cost":
        """The lesser of two measurements of the same thing: noise only adds."""
        return Cost(min(self.cpu, other.cpu), min(self.memory, other.memory))


class BuildFailedError(Exception):
    """A build that ended with an error; the message is the end of what it printed."""


def build(folder: Path) -> Cost:
    """Build a project as its owner would, incrementally where it has been built."""
    return run([sys.executable, *SPHINX], folder)


def run(command: Sequence[str], folder: Path) -> Cost:
    """Run to the end.

    The kernel counts this process's own peak into the child's (they share memory until exec), so stay small.
    """
    log = folder / "log.txt"
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output, env=environment(folder))
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise BuildFailedError(log.read_text("utf-8", "replace")[-3_000:])
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def environment(folder: Path) -> dict[str, str]:
    """Whatever is kept for later is kept in the project, so that a new project begins with nothing."""
    cache, temporary = folder / "cache", folder / "tmp"
    temporary.mkdir(exist_ok=True)
    return os.environ | {"XDG_CACHE_HOME": str(cache), "TMPDIR": str(temporary), "NO_COLOR": "1"}


def complaints(folder: Path) -> int:
    """How many warnings the last build printed."""
    return (folder / "log.txt").read_text("utf-8", "replace").count("WARNING:")
