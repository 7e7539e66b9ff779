"""Busy times: merged, ascending, in UTC, firm before tentative, and not a word of what fills them."""

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.calendars import wording
from scheduler.calendars.busy import Busy, busy_times, merged
from scheduler.calendars.entry import Person
from tests.calendars.parsers import read_alike
from tests.calendars.read_file import ReadBusy, ReadFile
from tests.calendars.samples import (
    DESK,
    FIRST,
    HOSTILE_TEXTS,
    LAST,
    PLAIN_TEXTS,
    busy_file,
    names_of,
    unfolded,
)

TEXTS = PLAIN_TEXTS | HOSTILE_TEXTS
DAY = datetime(2026, 12, 1, tzinfo=UTC)

EXPECTED = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Delegation Scheduler//Calendar files//EN
CALSCALE:GREGORIAN
NAME:바쁜 시간
X-WR-CALNAME:바쁜 시간
REFRESH-INTERVAL;VALUE=DURATION:PT1H
X-PUBLISHED-TTL:PT1H
BEGIN:VFREEBUSY
UID:busy-7f3a@city.example
DTSTAMP:20261102T030400Z
ORGANIZER;CN="방문 데스크":mailto:desk@city.example
DTSTART:20261130T150000Z
DTEND:20261207T150000Z
FREEBUSY;FBTYPE=BUSY:20261201T010000Z/20261201T023000Z
FREEBUSY;FBTYPE=BUSY-TENTATIVE:20261201T023000Z/20261201T040000Z
END:VFREEBUSY
END:VCALENDAR
"""


def at(hours):
    return DAY + timedelta(hours=hours)


def span(starts, ends, is_tentative=False):
    return Busy(at(starts), at(ends), is_tentative)


def test_a_file_of_busy_times_is_exactly_this():
    data = busy_file([span(2, 4, True), span(1, 2.5)], name="바쁜 시간")

    assert unfolded(data) == EXPECTED.splitlines()


def test_without_anything_busy_only_the_frame_stands(parsers):
    data = busy_file([])

    assert "FREEBUSY" not in names_of(data)
    (found,) = read_alike(parsers, data).busy
    assert (found.starts_at, found.ends_at, found.periods) == (FIRST, LAST, ())


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([(1, 2), (2, 3)], [(1, 3)]),
        ([(1, 4), (2, 3)], [(1, 4)]),
        ([(3, 4), (1, 2)], [(1, 2), (3, 4)]),
        ([(1, 3), (2, 4), (1, 3)], [(1, 4)]),
        ([(1, 2, True), (2, 3, True)], [(1, 3, True)]),
        ([(1, 4, True), (2, 3)], [(1, 2, True), (2, 3), (3, 4, True)]),
        ([(1, 4), (2, 5, True)], [(1, 4), (4, 5, True)]),
        ([(1, 4), (2, 3, True)], [(1, 4)]),
        ([(1, 1), (3, 2)], []),
        ([(-48, -12), (-12, 1)], [(-9, 1)]),
        ([(150, 200, True)], [(150, 159, True)]),
        ([(-48, -9), (159, 160)], []),
        ([(-100, 300)], [(-9, 159)]),
    ],
)
def test_spans_are_merged_sorted_and_cut_to_the_window(spans, expected):
    found = merged([span(*each) for each in spans], first=FIRST, last=LAST)

    assert found == [span(*each) for each in expected]


SPANS = st.lists(st.builds(span, st.integers(-20, 40), st.integers(-20, 40), st.booleans()), max_size=8)


@given(spans=SPANS)
def test_every_hour_is_as_busy_as_the_spans_that_cover_it(spans):
    found = merged(spans, first=FIRST, last=LAST)

    for hour in range(-20, 40):
        covering = [each for each in spans if each.starts_at <= at(hour) < each.ends_at and at(hour) >= FIRST]
        written = [each for each in found if each.starts_at <= at(hour) < each.ends_at]
        kinds = {each.is_tentative for each in covering}
        assert [each.is_tentative for each in written] == ([min(kinds)] if kinds else [])
    for one, next_one in pairwise(found):
        assert one.ends_at <= next_one.starts_at
        assert one.ends_at < next_one.starts_at or one.is_tentative != next_one.is_tentative


@given(spans=SPANS, data=st.data())
def test_the_order_rows_come_in_changes_no_byte(spans, data):
    assert busy_file(data.draw(st.permutations(spans))) == busy_file(spans)


def test_parts_of_a_second_and_zones_change_no_byte():
    seoul = ZoneInfo("Asia/Seoul")
    there = Busy(at(1).astimezone(seoul) + timedelta(microseconds=9), at(2).astimezone(seoul))

    assert busy_file([there]) == busy_file([span(1, 2)])


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_busy_times_are_read_alike_whatever_the_names(parsers, text):
    organizer = Person(email=DESK.email, name=text)
    spans = [span(1, 2), span(20, 26, True), span(-3, 0)]

    found = read_alike(parsers, busy_file(spans, organizer=organizer, name=text))

    periods = [("BUSY", -3, 0), ("BUSY", 1, 2), ("BUSY-TENTATIVE", 20, 26)]
    expected = ReadBusy(
        uid="busy-7f3a@city.example",
        dtstamp=datetime(2026, 11, 2, 3, 4, 0, tzinfo=UTC),
        starts_at=FIRST,
        ends_at=LAST,
        organizer=DESK.email,
        organizer_name=wording.name(text),
        periods=tuple((kind, at(starts), at(ends)) for kind, starts, ends in periods),
    )
    assert found == ReadFile(method="", events=(), busy=(expected,))


NAIVE = datetime(2026, 12, 1)  # noqa: DTZ001 - a moment without a zone is what is refused.


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"uid": "a b"}, "cannot be a UID"),
        ({"first": NAIVE}, "need a zone"),
        ({"last": NAIVE}, "need a zone"),
        ({"last": FIRST}, "must be after first"),
        ({"last": FIRST + timedelta(microseconds=999_999)}, "must be after first"),
        ({"spans": [Busy(NAIVE, LAST)]}, "has no zone"),
        ({"spans": [Busy(FIRST, NAIVE)]}, "has no zone"),
    ],
)
def test_what_cannot_be_written_is_refused(changes, message):
    facts = {"spans": [], "uid": "a@x", "first": FIRST, "last": LAST} | changes
    spans = facts.pop("spans")

    with pytest.raises(ValueError, match=message):
        busy_times(spans, **facts, stamped_at=FIRST, organizer=DESK, name="")


def test_a_window_in_any_zone_is_written_in_utc():
    west = timezone(timedelta(hours=-7))

    data = busy_times(
        [],
        uid="a@x",
        first=FIRST.astimezone(west),
        last=LAST.astimezone(west),
        stamped_at=FIRST.astimezone(west),
        organizer=DESK,
        name="",
    )

    lines = [line for line in unfolded(data) if line.startswith("DT")]
    assert lines == ["DTSTAMP:20261130T150000Z", "DTSTART:20261130T150000Z", "DTEND:20261207T150000Z"]
