"""What Read the Docs does with the project, played here: a shallow clone, its commands, its environment.

What is not committed is not in the clone. The Python is the one that runs this.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

ADDRESS = "https://ada.readthedocs.io/en/latest/"
OUTER = ("PYTHONPATH", "VIRTUAL_ENV", "SOURCE_DATE_EPOCH")  # of whoever runs the audit
SPHINX = 'python -m sphinx -T {strict} -b html -d _build/doctrees -D language=en . "$READTHEDOCS_OUTPUT/html"'


@contextmanager
def built(project: Path) -> Iterator[tuple[Path, list[str]]]:
    """The folder of the site (there is none where it could not be built), and the errors on the way."""
    with TemporaryDirectory(prefix="audit-") as name:
        checkout, environment = Path(name, "checkouts/latest"), Path(name, "envs/latest")
        errors = run(["git", "clone", "--quiet", "--depth", "1", project.as_uri(), str(checkout)], Path(name), {})
        errors = errors or run([sys.executable, "-m", "venv", str(environment)], Path(name), {})
        for command in [] if errors else commands(checkout):
            errors = errors or run(["bash", "-c", command], checkout, variables(checkout, environment))
        yield checkout / "_readthedocs/html", errors


def commands(checkout: Path) -> list[str]:
    """What ``.readthedocs.yaml`` says to do, and what is done by itself."""
    said = yaml.safe_load((checkout / ".readthedocs.yaml").read_text("utf-8"))
    strict = "-W --keep-going" if said["sphinx"].get("fail_on_warning") else ""
    return [*said["build"]["jobs"]["install"], SPHINX.format(strict=strict)]


def variables(checkout: Path, environment: Path) -> dict[str, str]:
    """What commands are told there."""
    return {
        "PATH": f"{environment}/bin{os.pathsep}{os.environ['PATH']}",
        "READTHEDOCS": "True",
        "READTHEDOCS_PROJECT": "ada",
        "READTHEDOCS_LANGUAGE": "en",
        "READTHEDOCS_VERSION": "latest",
        "READTHEDOCS_VERSION_NAME": "latest",
        "READTHEDOCS_VERSION_TYPE": "branch",
        "READTHEDOCS_CANONICAL_URL": ADDRESS,
        "READTHEDOCS_OUTPUT": f"{checkout}/_readthedocs/",
        "READTHEDOCS_REPOSITORY_PATH": str(checkout),
        "READTHEDOCS_VIRTUALENV_PATH": str(environment),
        "NO_COLOR": "1",
    }


def run(command: list[str], folder: Path, more: dict[str, str]) -> list[str]:
    """Run a command; the end of what it said where it failed."""
    kept = {name: value for name, value in os.environ.items() if name not in OUTER}
    done = subprocess.run(command, cwd=folder, env=kept | more, capture_output=True, text=True, check=False)
    return done.stderr.strip().splitlines()[-20:] or [f"{command} failed"] if done.returncode else []
