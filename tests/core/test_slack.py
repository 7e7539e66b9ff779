"""How what is to spare between two stops is judged: the boundaries."""

import pytest

from scheduler.core.slack import Spare, spare_of


@pytest.mark.parametrize(
    ("minutes", "slack", "spare"),
    [
        (20, 15, Spare.AMPLE),
        (20, 14, Spare.THIN),
        (20, 0, Spare.THIN),
        (20, -1, Spare.SHORT),
        (0, 0, Spare.AMPLE),
        (None, None, Spare.UNKNOWN),
    ],
)
def test_fifteen_minutes_are_ample_and_less_is_thin(minutes, slack, spare):
    assert spare_of(minutes, slack) is spare
