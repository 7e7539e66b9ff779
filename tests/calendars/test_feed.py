"""Feeds: the same bytes for the same data, other bytes for other data, cancelled visits kept."""

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.calendars.entry import EntryStatus
from scheduler.calendars.feed import entity_tag, feed
from tests.calendars.samples import an_entry, line_of, names_of, unfolded

EXPECTED_WHEN_EMPTY = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Delegation Scheduler//Calendar files//EN
CALSCALE:GREGORIAN
NAME:TOPIS\\; 견학
X-WR-CALNAME:TOPIS\\; 견학
X-WR-TIMEZONE:Asia/Seoul
X-WR-CALDESC:Who comes when\\nto this site
REFRESH-INTERVAL;VALUE=DURATION:PT1H
X-PUBLISHED-TTL:PT1H
SOURCE;VALUE=URI:https://city.example/feeds/%EA%B0%80?a=1,2
BEGIN:VTIMEZONE
TZID:Asia/Seoul
BEGIN:STANDARD
DTSTART:19900101T000000
TZOFFSETFROM:+0900
TZOFFSETTO:+0900
TZNAME:KST
END:STANDARD
END:VTIMEZONE
END:VCALENDAR
"""


def feed_of(entries):
    return feed(entries, name="TOPIS", zone="Asia/Seoul")


def test_an_empty_feed_is_exactly_this():
    data = feed(
        [],
        name="TOPIS; 견학",
        zone="Asia/Seoul",
        description="Who comes when\nto this site",
        source_url="https://city.example/feeds/가?a=1,2",
    )

    assert unfolded(data) == EXPECTED_WHEN_EMPTY.splitlines()


def test_a_feed_without_an_address_to_tell_has_no_source():
    assert "SOURCE" not in names_of(feed_of([]))


def test_an_event_in_a_feed_names_nobody_and_asks_nothing():
    names = names_of(feed_of([an_entry()]))

    assert {"METHOD", "ORGANIZER", "ATTENDEE"} & set(names) == set()


def test_a_cancelled_visit_stays_in_the_feed():
    data = feed_of([an_entry(status=EntryStatus.CANCELLED)])

    assert line_of(data, "STATUS") == "STATUS:CANCELLED"


def test_a_message_sent_changes_no_byte_of_the_feed():
    before, after = an_entry(), an_entry(stamped_at=an_entry().stamped_at.replace(year=2027))

    assert feed_of([before]) == feed_of([after])


@settings(deadline=None)
@given(data=st.data(), count=st.integers(0, 6))
def test_the_order_rows_come_in_changes_no_byte(data, count):
    entries = [an_entry(uid=f"{number}@x", summary=f"Visit {number}") for number in range(count)]

    shuffled = data.draw(st.permutations(entries))

    assert feed_of(shuffled) == feed_of(entries)


def test_the_entity_tag_follows_every_change():
    entries = [an_entry(uid="a@x"), an_entry(uid="b@x")]
    versions = [
        feed_of(entries),
        feed_of(entries[:1]),
        feed_of([entries[0], an_entry(uid="b@x", summary="Renamed")]),
        feed_of([entries[0], an_entry(uid="b@x", status=EntryStatus.CANCELLED)]),
        feed(entries, name="Another", zone="Asia/Seoul"),
    ]

    tags = [entity_tag(version) for version in versions]

    assert len(set(tags)) == len(versions)
    assert tags[0] == entity_tag(feed_of(entries))


def test_the_entity_tag_is_plain_enough_for_a_header():
    assert entity_tag(b"") == "e3b0c44298fc1c149afbf4c8996fb924"
