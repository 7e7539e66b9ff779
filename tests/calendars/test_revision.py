"""From revision to revision: what a calendar that follows RFC 5546 2.1.5 makes of each message."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.calendars.cancellation import cancellation, withdrawal
from scheduler.calendars.entry import EntryStatus
from scheduler.calendars.invitation import invitation
from scheduler.calendars.revision import NotTheSameEntry, next_stamp, revise
from tests.calendars.parsers import read_alike
from tests.calendars.python_parsers import read_with_icalendar, read_with_vobject
from tests.calendars.samples import DESK, GUEST, an_entry

NOW = datetime(2026, 11, 2, 3, 4, 5, tzinfo=UTC)
PARSERS = {"icalendar": read_with_icalendar, "vobject": read_with_vobject}


def standing(old, new):
    """What `new` is to a calendar holding `old`, by RFC 5546 2.1.5: SEQUENCE decides, then DTSTAMP."""
    (before,), (after,) = old.events, new.events
    ranks = [(event.sequence, event.dtstamp) for event in (before, after)]
    if ranks[0] == ranks[1]:
        return "the same" if old == new else "conflict"
    if ranks[1] < ranks[0]:
        return "stale"
    if new.method == "CANCEL":
        return "cancel" if after.status == "CANCELLED" else "uninvite"
    if after.sequence == before.sequence:
        return "sent again"
    return "reschedule" if times_of(after) != times_of(before) else "update"


def times_of(event):
    return event.starts_at, event.ends_at


def message_about(entry, *, withdraws=False):
    if entry.status is EntryStatus.CANCELLED:
        return cancellation(entry, organizer=DESK, attendees=[GUEST])
    if withdraws:
        return withdrawal(entry, organizer=DESK, attendee=GUEST)
    return invitation(entry, organizer=DESK, attendees=[GUEST])


def moved(entry):
    later = timedelta(minutes=15)
    return replace(entry, starts_at=entry.starts_at + later, ends_at=entry.ends_at + later)


def reconsidered(entry):
    is_firm = entry.status is EntryStatus.CONFIRMED
    return replace(entry, status=EntryStatus.TENTATIVE if is_firm else EntryStatus.CONFIRMED)


EDITS = {
    "reschedule": moved,
    "longer": lambda entry: replace(entry, ends_at=entry.ends_at + timedelta(minutes=5)),
    "rename": lambda entry: replace(entry, summary=entry.summary + "!"),
    "other place": lambda entry: replace(entry, location=entry.location + "!", changed_at=NOW),
    "reconsider": reconsidered,
    "cancel": lambda entry: replace(entry, status=EntryStatus.CANCELLED),
    "withdraw": lambda entry: entry,
    "send again": lambda entry: replace(entry, changed_at=NOW),
}
EXPECTED = {
    "reschedule": "reschedule",
    "longer": "reschedule",
    "rename": "update",
    "other place": "update",
    "reconsider": "update",
    "cancel": "cancel",
    "withdraw": "uninvite",
    "send again": "sent again",
}


@pytest.mark.fuzz
@settings(deadline=None)
@given(
    steps=st.lists(st.tuples(st.sampled_from(sorted(EDITS)), st.integers(-2, 3)), min_size=1, max_size=8),
)
def test_no_message_is_ever_stale_or_in_conflict_with_the_one_before(steps):
    entry, at = an_entry(sequence=0, stamped_at=NOW), NOW
    last = read_alike(PARSERS, message_about(entry))
    for edit, seconds in steps:
        at += timedelta(seconds=seconds)
        was_cancelled = entry.status is EntryStatus.CANCELLED
        withdraws = edit == "withdraw"
        entry = revise(entry, EDITS[edit](entry), at=at, withdraws=withdraws)
        message = read_alike(PARSERS, message_about(entry, withdraws=withdraws))

        is_off = entry.status is EntryStatus.CANCELLED
        assert standing(last, message) == ("cancel" if was_cancelled and is_off else EXPECTED[edit])
        last = message


@pytest.mark.parametrize("edit", sorted(set(EDITS) - {"send again"}))
def test_the_sequence_rises_by_one_with_what_people_can_see(edit):
    before = an_entry(sequence=4)

    after = revise(before, EDITS[edit](before), at=NOW, withdraws=edit == "withdraw")

    assert after.sequence == 5


def test_sending_again_keeps_the_sequence_and_moves_the_stamp():
    before = an_entry(sequence=4, stamped_at=NOW)

    after = revise(before, before, at=NOW)

    assert (after.sequence, after.stamped_at) == (4, NOW + timedelta(seconds=1))


def test_a_visit_brought_back_goes_on_above_its_cancelled_life():
    called_off = revise(an_entry(sequence=1), an_entry(status=EntryStatus.CANCELLED), at=NOW)

    brought_back = revise(called_off, an_entry(sequence=0), at=NOW)

    assert (called_off.sequence, brought_back.sequence) == (2, 3)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (NOW, NOW + timedelta(seconds=1)),
        (NOW - timedelta(days=1), NOW + timedelta(seconds=1)),
        (NOW + timedelta(microseconds=999_999), NOW + timedelta(seconds=1)),
        (NOW + timedelta(seconds=1, microseconds=5), NOW + timedelta(seconds=1)),
        (NOW + timedelta(hours=2), NOW + timedelta(hours=2)),
    ],
)
def test_stamps_rise_by_whole_seconds_even_within_one(at, expected):
    assert next_stamp(NOW, at=at) == expected


def test_another_entry_is_no_revision():
    with pytest.raises(NotTheSameEntry, match="b@x is no revision of a@x"):
        revise(an_entry(uid="a@x"), an_entry(uid="b@x"), at=NOW)
