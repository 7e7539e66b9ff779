"""Stretches of time: aware, forward, half-open."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduler.core.spans import NaiveTime, Span, day_span
from tests.cast import SEOUL, seoul

TEN_TO_ELEVEN = Span(seoul(14, 10), seoul(14, 11))


@pytest.mark.parametrize(
    ("starts", "ends", "overlaps"),
    [((9, 0), (10, 0), False), ((9, 0), (10, 1), True), ((11, 0), (12, 0), False), ((10, 59), (12, 0), True)],
)
def test_what_ends_at_eleven_does_not_touch_what_starts_at_eleven(starts, ends, overlaps):
    other = Span(seoul(14, *starts), seoul(14, *ends))
    assert TEN_TO_ELEVEN.overlaps(other) is overlaps
    assert other.overlaps(TEN_TO_ELEVEN) is overlaps


def test_a_span_holds_itself_and_nothing_longer():
    assert TEN_TO_ELEVEN.holds(TEN_TO_ELEVEN)
    assert not TEN_TO_ELEVEN.holds(Span(seoul(14, 10), seoul(14, 11, 1)))


def test_a_naive_end_is_refused():
    with pytest.raises(NaiveTime):
        Span(seoul(14, 10), datetime(2026, 12, 14, 11))  # noqa: DTZ001  naive on purpose


@pytest.mark.parametrize("ends_at", [seoul(14, 10), seoul(14, 9)])
def test_an_end_that_is_not_after_the_beginning_is_refused(ends_at):
    with pytest.raises(ValueError, match="is not after"):
        Span(seoul(14, 10), ends_at)


def test_a_day_runs_from_midnight_to_midnight_of_its_zone():
    assert day_span(date(2026, 12, 14), SEOUL) == Span(seoul(14), seoul(15))


def test_a_day_on_which_clocks_change_is_as_long_as_it_is():
    span = day_span(date(2026, 3, 29), ZoneInfo("Europe/Berlin"))
    assert span.ends_at.timestamp() - span.starts_at.timestamp() == timedelta(hours=23).total_seconds()
