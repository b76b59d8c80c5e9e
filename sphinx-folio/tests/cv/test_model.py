import pickle
from copy import deepcopy

import pytest

from sphinx_folio.cv.model import CVEntry
from sphinx_folio.cv.periods import read_period


@pytest.mark.parametrize(
    ("period", "current"),
    [("2024-09/..", True), ("2024/..", True), ("2023-09/2024-07", False), ("2025", False), ("../2024", False)],
)
def test_only_what_goes_on_is_current(period: str, current: bool) -> None:
    assert CVEntry("position", "Analyst", period=read_period(period)[0]).current is current


def test_without_a_period_nothing_says_that_it_goes_on() -> None:
    assert not CVEntry("award", "Medal").current


def test_a_value_is_kept_between_builds_as_it_is() -> None:
    activity = CVEntry("talk", "On Looms", people=(("Mentor", "Mary Somerville"),), period=read_period("1843/..")[0])
    assert pickle.loads(pickle.dumps(activity)) == deepcopy(activity) == activity  # noqa: S301 (our own)
