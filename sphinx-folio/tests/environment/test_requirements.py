"""A feature whose packages are not installed is one message that names the cure."""

import pytest
from sphinx.errors import ExtensionError

from sphinx_folio.environment.requirements import require


def test_what_is_missing_is_named_with_the_command_that_installs_it() -> None:
    with pytest.raises(ExtensionError) as error:
        require("sphinx_folio.ext.hosting", no__such="no-such-package", pytest="pytest")
    assert str(error.value).startswith("sphinx_folio.ext.hosting needs no-such-package; install")
    assert "pip install" in str(error.value)


def test_what_is_there_is_no_error() -> None:
    require("a feature", pytest="pytest", importlib__util="Python")
