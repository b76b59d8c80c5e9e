"""What this site promises its readers, whoever its owner is; the tests are the package's."""

from sphinx_folio.audit.site_tests import *  # noqa: F403
