"""METHOD:CANCEL to the letter (RFC 5546 3.2.5)."""

import pytest

from scheduler.calendars.cancellation import EntryIsNotCancelled, cancellation, withdrawal
from scheduler.calendars.entry import EntryStatus
from tests.calendars.samples import DESK, GUEST, an_entry, line_of, names_of, unfolded

EXPECTED_EVENT = """\
BEGIN:VEVENT
UID:visit-7f3a@city.example
DTSTAMP:20261102T030405Z
SEQUENCE:3
DTSTART;TZID=Asia/Seoul:20261201T100000
DTEND;TZID=Asia/Seoul:20261201T113000
CREATED:20261001T000000Z
LAST-MODIFIED:20261102T030400Z
SUMMARY:Visit to TOPIS
TRANSP:OPAQUE
STATUS:CANCELLED
ORGANIZER;CN="방문 데스크":mailto:desk@city.example
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;CN=Бат-Эрдэнэ:mailto:bat@ulaanbaatar.example
END:VEVENT
END:VCALENDAR
"""


def test_a_cancellation_is_exactly_this():
    entry = an_entry(sequence=3, status=EntryStatus.CANCELLED)

    lines = unfolded(cancellation(entry, organizer=DESK, attendees=[GUEST]))

    assert lines[4] == "METHOD:CANCEL"
    assert lines[lines.index("BEGIN:VEVENT") :] == EXPECTED_EVENT.splitlines()


def test_a_withdrawal_names_one_person_and_no_status():
    lines = unfolded(withdrawal(an_entry(sequence=3), organizer=DESK, attendee=GUEST))

    assert lines[4] == "METHOD:CANCEL"
    expected = [line for line in EXPECTED_EVENT.splitlines() if not line.startswith("STATUS")]
    assert lines[lines.index("BEGIN:VEVENT") :] == expected


def test_the_sequence_stands_even_when_it_is_nought():
    data = withdrawal(an_entry(sequence=0), organizer=DESK, attendee=GUEST)

    assert line_of(data, "SEQUENCE") == "SEQUENCE:0"


def test_a_cancellation_may_name_nobody():
    data = cancellation(an_entry(status=EntryStatus.CANCELLED), organizer=DESK, attendees=[])

    assert "ATTENDEE" not in names_of(data)


def test_a_visit_that_goes_on_cannot_be_called_off():
    with pytest.raises(EntryIsNotCancelled, match="is confirmed; cancel it first, with a higher sequence"):
        cancellation(an_entry(), organizer=DESK, attendees=[GUEST])
