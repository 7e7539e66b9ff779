"""Files to save and open: no METHOD, no people, several events in order."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scheduler.calendars.download import download
from tests.calendars.samples import an_entry, line_of, names_of, unfolded

EXPECTED = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Delegation Scheduler//Calendar files//EN
CALSCALE:GREGORIAN
NAME:Amman\\, 2026
X-WR-CALNAME:Amman\\, 2026
X-WR-TIMEZONE:Asia/Seoul
BEGIN:VTIMEZONE
TZID:Asia/Seoul
BEGIN:STANDARD
DTSTART:19900101T000000
TZOFFSETFROM:+0900
TZOFFSETTO:+0900
TZNAME:KST
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:visit-7f3a@city.example
DTSTAMP:20261102T030400Z
SEQUENCE:2
DTSTART;TZID=Asia/Seoul:20261201T100000
DTEND;TZID=Asia/Seoul:20261201T113000
CREATED:20261001T000000Z
LAST-MODIFIED:20261102T030400Z
SUMMARY:Visit to TOPIS
TRANSP:OPAQUE
STATUS:CONFIRMED
END:VEVENT
END:VCALENDAR
"""


def test_a_download_is_exactly_this():
    data = download([an_entry()], name="Amman, 2026", zone="Asia/Seoul")

    assert unfolded(data) == EXPECTED.splitlines()


def test_a_single_visit_needs_no_calendar_name():
    names = names_of(download([an_entry()]))

    assert "NAME" not in names
    assert "X-WR-CALNAME" not in names


def test_the_stamp_is_the_last_change_to_the_second():
    changed_at = datetime(2026, 11, 3, 8, 0, 0, 999_999, tzinfo=UTC)

    data = download([an_entry(changed_at=changed_at)])

    assert line_of(data, "DTSTAMP") == "DTSTAMP:20261103T080000Z"
    assert line_of(data, "LAST-MODIFIED") == "LAST-MODIFIED:20261103T080000Z"


@given(hours=st.lists(st.integers(0, 40), min_size=1, max_size=8).flatmap(st.permutations))
def test_events_stand_by_start_and_then_by_uid(hours):
    day = datetime(2026, 12, 1, tzinfo=UTC)
    entries = [
        an_entry(uid=f"{number}@x", starts_at=day + timedelta(hours=hour), ends_at=day + timedelta(hours=48))
        for number, hour in enumerate(hours)
    ]

    data = download(entries)

    expected = [f"UID:{number}@x" for _, number in sorted((hour, n) for n, hour in enumerate(hours))]
    assert [line for line in unfolded(data) if line.startswith("UID:")] == expected


def test_a_site_abroad_is_written_in_utc_without_a_timezone():
    data = download([an_entry(zone="America/New_York")], zone="America/New_York")

    assert line_of(data, "DTSTART") == "DTSTART:20261201T010000Z"
    assert line_of(data, "DTEND") == "DTEND:20261201T023000Z"
    assert line_of(data, "X-WR-TIMEZONE") == "X-WR-TIMEZONE:America/New_York"
    assert "BEGIN:VTIMEZONE" not in names_of(data)


def test_the_years_of_summer_time_in_seoul_are_written_in_utc():
    at = datetime(1988, 7, 1, 3, 0, tzinfo=UTC)

    data = download([an_entry(starts_at=at, ends_at=at + timedelta(hours=1))])

    assert line_of(data, "DTSTART") == "DTSTART:19880701T030000Z"
    assert "BEGIN:VTIMEZONE" not in names_of(data)


def test_one_timezone_serves_all_events():
    data = download([an_entry(uid="a@x"), an_entry(uid="b@x"), an_entry(uid="c@x", zone="Asia/Tokyo")])

    assert names_of(data).count("BEGIN:VTIMEZONE") == 1
