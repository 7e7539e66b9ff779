"""From one revision of an entry to the next: which number it carries and when it was stamped."""

from dataclasses import replace
from datetime import datetime, timedelta

from scheduler.calendars.entry import Entry, whole_second

_UNSEEN = {"sequence": 0, "created_at": None, "changed_at": None, "stamped_at": None}


class NotTheSameEntry(ValueError):
    """Two revisions must share one UID."""


def revise(before: Entry, after: Entry, *, at: datetime, withdraws: bool = False) -> Entry:
    """`after` with the sequence and stamp that make it win over `before` in every calendar.

    The sequence rises by one when anything recipients see has changed, a cancellation included, or
    when somebody is taken off (`withdraws`); a mere sending again keeps it. The stamp is `at`, or one
    second past the stamp before when that is later. `before` is the revision sent last. Raises
    `NotTheSameEntry`. Sources: RFC 5546 2.1.4 and 2.1.5.
    """
    if before.uid != after.uid:
        raise NotTheSameEntry(f"{after.uid} is no revision of {before.uid}")
    rises = withdraws or shows_change(before, after)
    return replace(after, sequence=before.sequence + rises, stamped_at=next_stamp(before.stamped_at, at=at))


def shows_change(before: Entry, after: Entry) -> bool:
    """Whether a recipient can see any difference between the two revisions."""
    return _seen(before) != _seen(after)


def next_stamp(last: datetime, *, at: datetime) -> datetime:
    """The DTSTAMP of a message made at `at`: whole seconds in UTC, always after `last`."""
    return max(whole_second(at), whole_second(last) + timedelta(seconds=1))


def _seen(entry: Entry) -> dict[str, object]:
    return vars(entry) | _UNSEEN
