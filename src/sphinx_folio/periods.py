"""When something lasted, from an interval of ISO 8601: ``2023-09/2024-07`` is Sep 2023 – Jul 2024."""

import re
from dataclasses import dataclass

from sphinx_folio.dates import Date

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
POINT = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


@dataclass(frozen=True, slots=True)
class Period:
    """From a date to another; ``ongoing`` where it goes on. A single date is a start without an end."""

    start: Date | None = None
    end: Date | None = None
    ongoing: bool = False
