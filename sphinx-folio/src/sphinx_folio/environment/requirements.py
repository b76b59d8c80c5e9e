"""Packages that only some features need, and that come with an extra of this package."""

from importlib.util import find_spec

from sphinx.errors import ExtensionError

INSTALL = 'pip install "sphinx-folio[site] @ git+https://…#subdirectory=sphinx-folio"'


def require(feature: str, **modules: str) -> None:
    """Raise an ExtensionError with the cure where a module is missing; the values are the packages that bring them."""
    missing = [package for module, package in modules.items() if not is_installed(module.replace("__", "."))]
    if missing:
        raise ExtensionError(f"{feature} needs {' and '.join(missing)}; install the extra that has it: {INSTALL}")


def is_installed(module: str) -> bool:
    """Whether a module can be imported."""
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # the package that it is in
        return False
