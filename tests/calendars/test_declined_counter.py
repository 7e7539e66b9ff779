"""METHOD:DECLINECOUNTER to the letter (RFC 5546 3.2.8)."""

import pytest

from scheduler.calendars.declined_counter import decline_counter
from scheduler.calendars.entry import EntryStatus
from scheduler.calendars.invitation import EntryIsCancelled
from tests.calendars.samples import DESK, GUEST, an_entry, line_of, unfolded

EXPECTED_EVENT = """\
BEGIN:VEVENT
UID:visit-7f3a@city.example
DTSTAMP:20261102T030405Z
SEQUENCE:1
DTSTART;TZID=Asia/Seoul:20261201T100000
DTEND;TZID=Asia/Seoul:20261201T113000
CREATED:20261001T000000Z
LAST-MODIFIED:20261102T030400Z
SUMMARY:Visit to TOPIS
TRANSP:OPAQUE
STATUS:CONFIRMED
ORGANIZER;CN="방문 데스크":mailto:desk@city.example
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;CN=Бат-Эрдэнэ:mailto:bat@ulaanbaatar.example
END:VEVENT
END:VCALENDAR
"""


def test_a_declined_counter_is_exactly_this_with_the_number_of_the_counter():
    data = decline_counter(an_entry(sequence=2), organizer=DESK, attendee=GUEST, sequence=1)

    lines = unfolded(data)
    assert lines[4] == "METHOD:DECLINECOUNTER"
    assert lines[lines.index("BEGIN:VEVENT") :] == EXPECTED_EVENT.splitlines()


def test_the_sequence_stands_even_when_it_is_nought():
    data = decline_counter(an_entry(), organizer=DESK, attendee=GUEST, sequence=0)

    assert line_of(data, "SEQUENCE") == "SEQUENCE:0"


def test_a_proposal_for_a_visit_called_off_is_not_declined():
    with pytest.raises(EntryIsCancelled, match="send a cancellation instead"):
        decline_counter(an_entry(status=EntryStatus.CANCELLED), organizer=DESK, attendee=GUEST, sequence=0)


def test_a_sequence_below_nought_is_refused():
    with pytest.raises(ValueError, match="must not be below 0"):
        decline_counter(an_entry(), organizer=DESK, attendee=GUEST, sequence=-1)
