"""Every kind of file is read the same by four independent programs."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.calendars import wording
from scheduler.calendars.download import download
from scheduler.calendars.entry import EntryStatus, Person, Role
from scheduler.calendars.event import NAMELESS
from scheduler.calendars.invitation import invitation
from tests.calendars.parsers import read_alike
from tests.calendars.read_file import ReadEvent, ReadFile
from tests.calendars.samples import DESK, GUEST, HOSTILE_TEXTS, KINDS, PLAIN_TEXTS, an_entry

METHODS = {
    "download": "",
    "feed": "",
    "invitation": "REQUEST",
    "withdrawal": "CANCEL",
    "cancellation": "CANCEL",
    "decline of a counter": "DECLINECOUNTER",
}
STATUSES = {"withdrawal": "", "cancellation": "CANCELLED"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "text", [*PLAIN_TEXTS.values(), *HOSTILE_TEXTS.values()], ids=[*PLAIN_TEXTS, *HOSTILE_TEXTS]
)
def test_every_kind_is_read_alike_with_any_text_in_any_field(parsers, kind, text):
    entry = an_entry(
        summary=text,
        description=text,
        location=text,
        categories=(text, "visit"),
        latitude=37.5,
        longitude=127.0,
        url="https://city.example/visits/7?at=1,2;3",
    )
    organizer, guest = replace(DESK, name=text), replace(GUEST, name=text)
    is_message = METHODS[kind] != ""
    expected = ReadEvent(
        uid=entry.uid,
        sequence=2,
        dtstamp=entry.stamped_at if is_message else entry.changed_at,
        starts_at=entry.starts_at,
        ends_at=entry.ends_at,
        summary=wording.line(text),
        description=wording.paragraphs(text),
        location=wording.line(text),
        url=entry.url,
        status=STATUSES.get(kind, "CONFIRMED"),
        organizer=DESK.email if is_message else "",
        organizer_name=wording.name(text) if is_message else "",
        attendees=(GUEST.email,) if is_message else (),
        attendee_names=(wording.name(text),) if is_message else (),
    )

    found = read_alike(parsers, KINDS[kind](entry, organizer, guest, text))

    assert found == ReadFile(method=METHODS[kind], events=(expected,))


@settings(deadline=None, max_examples=60)
@given(text=st.text(alphabet=st.characters(), max_size=120))
def test_any_text_at_all_is_read_as_it_was_cleaned(parsers, text):
    entry = an_entry(summary=text, description=text, location=text)

    (found,) = read_alike(
        parsers, invitation(entry, organizer=DESK, attendees=[replace(GUEST, name=text)])
    ).events

    cleaned = (
        wording.line(text) or NAMELESS,
        wording.paragraphs(text),
        wording.line(text),
        (wording.name(text),),
    )
    assert (found.summary, found.description, found.location, found.attendee_names) == cleaned


@pytest.mark.parametrize(
    ("zone", "starts_at"),
    [
        ("Asia/Seoul", datetime(2026, 11, 30, 15, 0, tzinfo=UTC)),
        ("Asia/Seoul", datetime(2028, 2, 29, 14, 30, tzinfo=UTC)),
        ("Asia/Seoul", datetime(2026, 12, 31, 14, 59, 59, tzinfo=UTC)),
        ("Asia/Seoul", datetime(1988, 7, 1, 3, 0, tzinfo=UTC)),
        ("America/New_York", datetime(2027, 7, 4, 16, 0, tzinfo=UTC)),
        ("Europe/Paris", datetime(2027, 7, 14, 9, 0, tzinfo=UTC)),
        ("Africa/Cairo", datetime(2027, 7, 23, 8, 0, tzinfo=UTC)),
        ("Asia/Kathmandu", datetime(2027, 1, 1, 0, 15, tzinfo=UTC)),
    ],
)
def test_every_zone_and_hour_is_read_as_the_same_instant(parsers, zone, starts_at):
    entry = an_entry(zone=zone, starts_at=starts_at, ends_at=starts_at + timedelta(hours=2))

    (found,) = read_alike(parsers, invitation(entry, organizer=DESK, attendees=[GUEST])).events

    assert (found.starts_at, found.ends_at) == (starts_at, starts_at + timedelta(hours=2))


SEOUL = ZoneInfo("Asia/Seoul")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("zone", ["Asia/Seoul", "America/New_York"])
@pytest.mark.parametrize(
    ("starts_at", "ends_at"),
    [
        (datetime(2026, 12, 1, 23, 30, tzinfo=SEOUL), datetime(2026, 12, 2, 1, 0, tzinfo=SEOUL)),
        (datetime(2026, 12, 1, 0, 0, tzinfo=SEOUL), datetime(2026, 12, 2, 0, 0, tzinfo=SEOUL)),
        (datetime(2026, 12, 1, 18, 0, tzinfo=SEOUL), datetime(2026, 12, 4, 9, 0, tzinfo=SEOUL)),
        (datetime(2026, 12, 31, 22, 0, tzinfo=SEOUL), datetime(2027, 1, 1, 1, 0, tzinfo=SEOUL)),
        (datetime(2028, 2, 28, 20, 0, tzinfo=SEOUL), datetime(2028, 3, 1, 10, 0, tzinfo=SEOUL)),
        (datetime(2028, 2, 29, 0, 0, tzinfo=SEOUL), datetime(2028, 2, 29, 0, 0, 1, tzinfo=SEOUL)),
        (datetime(2027, 3, 14, 15, 0, tzinfo=SEOUL), datetime(2027, 3, 14, 17, 0, tzinfo=SEOUL)),
    ],
    ids=[
        "midnight",
        "whole day",
        "three nights",
        "new year",
        "leap days",
        "one second",
        "summer time begins",
    ],
)
def test_days_and_nights_are_read_as_they_were_in_every_kind(parsers, kind, zone, starts_at, ends_at):
    entry = an_entry(zone=zone, starts_at=starts_at, ends_at=ends_at)

    (found,) = read_alike(parsers, KINDS[kind](entry, DESK, GUEST, "")).events

    assert (found.starts_at, found.ends_at) == (starts_at, ends_at)


def test_all_attendees_are_read_in_order(parsers):
    people = [
        GUEST,
        Person(email="o'neil+visits@city.example", name="O'Neil; Sinéad, Dr.", role=Role.OPTIONAL),
        Person(email="press@city.example", role=Role.INFORMATION),
    ]

    (found,) = read_alike(parsers, invitation(an_entry(), organizer=DESK, attendees=people)).events

    assert found.attendees == tuple(person.email for person in people)
    assert found.attendee_names == (GUEST.name, "O'Neil; Sinéad, Dr.", "")


def test_a_programme_over_several_zones_is_read_event_by_event(parsers):
    day = datetime(2026, 12, 1, tzinfo=UTC)
    entries = [
        an_entry(
            uid=f"stop-{hour}@city.example",
            starts_at=day.replace(hour=hour),
            ends_at=day.replace(hour=hour + 1),
        )
        for hour in (9, 1, 4)
    ]
    entries.append(an_entry(uid="tokyo@city.example", zone="Asia/Tokyo", status=EntryStatus.TENTATIVE))

    found = read_alike(parsers, download(entries, name="프로그램"))

    assert [event.uid.partition("@")[0] for event in found.events] == ["stop-1", "tokyo", "stop-4", "stop-9"]
    assert [event.starts_at.hour for event in found.events] == [1, 1, 4, 9]


def test_an_empty_feed_is_a_file_without_events(parsers):
    assert read_alike(parsers, download([], name="Empty")) == ReadFile(method="", events=())
