"""The site's own tests: the package brings those of ``test_site.py``; yours go into files beside it."""

import pytest

pytest.register_assert_rewrite("sphinx_folio.audit.site_tests")
pytest_plugins = ["sphinx_folio.audit.site_fixtures"]
