"""What makes one revision of an entry another: what people see of it, and when it was stamped."""

import json
from datetime import datetime, timedelta
from hashlib import sha256

from scheduler.calendars import wording
from scheduler.calendars.entry import Entry, whole_second


def seen_digest(entry: Entry, *, more: str = "") -> str:
    """A fingerprint of all that people see of `entry`, as 64 hexadecimal digits.

    It is taken from instants in UTC and from the texts as files write them, so that two revisions which
    nobody can tell apart share it. SEQUENCE, stamps, and when the data was made or changed are not in it.
    `more` is what else the letter shows this one person, such as their role; what they have answered does
    not belong there, or their own answer would send them a change. Source: RFC 5546 2.1.4.
    """
    seen = _seen(entry) | {"more": more}
    # What is empty is left out: a property that entries learn to carry later is no news to anybody.
    told = {key: value for key, value in seen.items() if value}
    return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def next_stamp(last: datetime, *, at: datetime) -> datetime:
    """The DTSTAMP of a message made at `at`: whole seconds in UTC, always after `last`."""
    return max(whole_second(at), whole_second(last) + timedelta(seconds=1))


def _seen(entry: Entry) -> dict[str, object]:
    return {
        "starts_at": whole_second(entry.starts_at).isoformat(),
        "ends_at": whole_second(entry.ends_at).isoformat(),
        "zone": entry.zone,
        "status": entry.status.value,
        "summary": wording.line(entry.summary),
        "description": wording.paragraphs(entry.description),
        "location": wording.line(entry.location),
        "place": _place(entry),
        "url": entry.url and wording.web_address(entry.url),
        "categories": [cleaned for each in entry.categories if (cleaned := wording.line(each))],
    }


def _place(entry: Entry) -> str:
    if entry.latitude is None or entry.longitude is None:
        return ""
    return f"{entry.latitude:.6f};{entry.longitude:.6f}"
