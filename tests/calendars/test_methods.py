"""What must and must not stand in each kind of file: the tables of RFC 5546 3.2 and 3.3, RFC 6638 7."""

from datetime import UTC, datetime

import pytest

from scheduler.calendars.busy import Busy
from scheduler.calendars.entry import EntryStatus
from tests.calendars.samples import DESK, GUEST, KINDS, an_entry, busy_file, line_of, names_of, unfolded

FIRM = {EntryStatus.TENTATIVE, EntryStatus.CONFIRMED}
# kind: METHOD, how many ORGANIZER, ATTENDEE and STATUS lines, and the states an entry may be in.
TABLE = {
    "download": ("", 0, 0, 1, set(EntryStatus)),
    "feed": ("", 0, 0, 1, set(EntryStatus)),
    "invitation": ("REQUEST", 1, 1, 1, FIRM),
    "withdrawal": ("CANCEL", 1, 1, 0, set(EntryStatus)),
    "cancellation": ("CANCEL", 1, 1, 1, set(EntryStatus)),
    "decline of a counter": ("DECLINECOUNTER", 1, 1, 1, FIRM),
}
ALWAYS_ONCE = ("UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY")
NEVER = ("REQUEST-STATUS", "DURATION", "RRULE", "RECURRENCE-ID", "BEGIN:VALARM")
NEVER_IN_MAIL = ("SCHEDULE-AGENT", "SCHEDULE-STATUS", "SCHEDULE-FORCE-SEND")
CASES = [(kind, status) for kind in KINDS for status in EntryStatus if status in TABLE[kind][4]]


def file_of(kind, **changes):
    return KINDS[kind](an_entry(**changes), DESK, GUEST, "Visits")


@pytest.mark.parametrize(("kind", "status"), CASES)
def test_each_kind_has_what_it_must_and_nothing_it_must_not(kind, status):
    method, organizers, attendees, statuses, _states = TABLE[kind]

    names = names_of(file_of(kind, status=status))

    wanted = dict.fromkeys(ALWAYS_ONCE, 1) | dict.fromkeys(NEVER, 0)
    wanted |= {"METHOD": int(method != ""), "BEGIN:VEVENT": 1, "BEGIN:VTIMEZONE": 1}
    wanted |= {"ORGANIZER": organizers, "ATTENDEE": attendees, "STATUS": statuses}
    event = names[names.index("BEGIN:VEVENT") : names.index("END:VEVENT") + 1]
    whole = {"METHOD", "BEGIN:VTIMEZONE"}
    assert {name: (names if name in whole else event).count(name) for name in wanted} == wanted


@pytest.mark.parametrize(("kind", "status"), [case for case in CASES if TABLE[case[0]][0]])
def test_each_message_names_its_method_and_leaves_delivery_to_the_mail(kind, status):
    data = file_of(kind, status=status)

    assert line_of(data, "METHOD") == f"METHOD:{TABLE[kind][0]}"
    assert not any(word in line for line in unfolded(data) for word in NEVER_IN_MAIL)


@pytest.mark.parametrize("status", EntryStatus)
def test_a_cancellation_is_always_cancelled(status):
    assert line_of(file_of("cancellation", status=status), "STATUS") == "STATUS:CANCELLED"


@pytest.mark.parametrize("kind", ["invitation", "decline of a counter"])
@pytest.mark.parametrize("status", sorted(FIRM))
def test_what_goes_on_says_how_firm_it_is(kind, status):
    assert line_of(file_of(kind, status=status), "STATUS") == f"STATUS:{status.upper()}"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("zone", ["Asia/Seoul", "Europe/Paris", "UTC"])
def test_every_zone_named_is_defined_and_no_other(kind, zone):
    lines = unfolded(file_of(kind, zone=zone))

    named = {line.partition("TZID=")[2].partition(":")[0] for line in lines if ";TZID=" in line}
    defined = {line.removeprefix("TZID:") for line in lines if line.startswith("TZID:")}
    assert named == defined == ({"Asia/Seoul"} if zone == "Asia/Seoul" else set())


def test_busy_times_have_what_they_must_and_nothing_they_must_not():
    taken = Busy(datetime(2026, 12, 1, 1, tzinfo=UTC), datetime(2026, 12, 1, 2, tzinfo=UTC))

    names = names_of(busy_file([taken, taken], name="Visits"))

    wanted = dict.fromkeys(
        ("UID", "DTSTAMP", "ORGANIZER", "DTSTART", "DTEND", "FREEBUSY", "BEGIN:VFREEBUSY"), 1
    )
    wanted |= dict.fromkeys(
        ("METHOD", "ATTENDEE", "DURATION", "BEGIN:VTIMEZONE", "SUMMARY", "X-WR-TIMEZONE", "BEGIN:VEVENT"), 0
    )
    assert {name: names.count(name) for name in wanted} == wanted
