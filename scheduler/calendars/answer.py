"""Answers to invitations as mail brings them: REPLY, COUNTER and REFRESH (RFC 5546 3.2.3, 3.2.6, 3.2.7).

Lenient in what it reads, since the calendar programs are: no ORGANIZER, no DTSTART, METHOD in the mail's
header alone. Whether an answer is believed is another matter (`core.belief`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import unquote

from scheduler.calendars import wording
from scheduler.calendars.foreign import ForeignCalendar, Line, Lines, take_apart
from scheduler.calendars.foreign_time import TimeNotUnderstood, TimeProblem, instant, proposed_times
from scheduler.calendars.misunderstanding import Misunderstanding, NotForUs, NotUnderstood
from scheduler.core.participation import Participation

LONGEST_UID = 255
LONGEST_COMMENT = 4_000
HIGHEST_SEQUENCE = 2**31 - 1

_OTHERS = frozenset({"REQUEST", "CANCEL", "PUBLISH", "ADD", "DECLINECOUNTER"})
_SEQUENCE = re.compile("[0-9]{1,10}")


class AnswerMethod(StrEnum):
    """What somebody who was invited can send: an answer, another proposal, the wish to get it once more."""

    REPLY = "REPLY"
    COUNTER = "COUNTER"
    REFRESH = "REFRESH"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What somebody says about the entry `uid`.

    Addresses are lower case without `mailto:`, moments aware in UTC, texts cleaned as for our own files.
    `sequence` and `stamped_at` are those of the answer, None when it has none. `proposed` is the new time
    of a COUNTER; when it has none that can be read, it is None and `proposed_problem` says why.
    `recurrence_at` is the one instance of a series that is meant; our entries are no series.
    """

    method: AnswerMethod
    uid: str
    attendee: str
    attendee_name: str = ""
    sent_by: str = ""
    organizer: str = ""
    partstat: Participation = Participation.NEEDS_ACTION
    delegated_to: tuple[str, ...] = ()
    comment: str = ""
    sequence: int | None = None
    stamped_at: datetime | None = None
    recurrence_at: datetime | None = None
    proposed: tuple[datetime, datetime] | None = None
    proposed_problem: TimeProblem | None = None
    summary: str = ""
    location: str = ""


def read_answer(data: bytes, *, method_hint: str = "", charset: str = "") -> Answer:
    """The answer in the calendar object `data`.

    `method_hint` and `charset` are those of the mail's Content-Type, empty where it names none. Takes time
    in proportion to `foreign.MOST_BYTES` at most, whatever the bytes. Raises `NotUnderstood`, and of it
    `NotForUs` for the messages of an organizer.
    """
    found = take_apart(data, charset=charset)
    method = _method(found, method_hint.strip().upper())
    uid = _uid(found)
    if method in _OTHERS or method not in set(AnswerMethod):
        raise NotForUs(Misunderstanding.NOT_FOR_US, method=method, uid=uid)
    try:
        return _answer(found, AnswerMethod(method), uid)
    except NotUnderstood as problem:
        raise NotUnderstood(problem.code, method=method, uid=uid) from problem


def _method(found: ForeignCalendar, hint: str) -> str:
    """METHOD, which the mail's header may say instead and must not contradict (RFC 6047 2.4)."""
    methods = {method for method in (*found.methods, hint) if method}
    if len(methods) > 1:
        raise NotUnderstood(Misunderstanding.SEVERAL_METHODS)
    if not methods:
        raise NotUnderstood(Misunderstanding.NO_METHOD)
    return methods.pop()


def _uid(found: ForeignCalendar) -> str:
    """The one UID of all events, as it stands: it is compared letter by letter."""
    if not found.events:
        raise NotUnderstood(Misunderstanding.NO_EVENT)
    uids = {line.text() for event in found.events for line in event.every("UID")}
    if len(uids) > 1:
        raise NotUnderstood(Misunderstanding.SEVERAL_UIDS)
    uid = uids.pop() if uids else ""
    if not uid or len(uid) > LONGEST_UID or any(not event.every("UID") for event in found.events):
        raise NotUnderstood(Misunderstanding.NO_UID)
    return uid


def _answer(found: ForeignCalendar, method: AnswerMethod, uid: str) -> Answer:
    attendee = _attendee(found.events)
    event = _whole_series(found.events)
    proposed, problem = _proposed(event, found) if method == AnswerMethod.COUNTER else (None, None)
    organizer, summary, location = (event.first(name) for name in ("ORGANIZER", "SUMMARY", "LOCATION"))
    return Answer(
        method=method,
        uid=uid,
        attendee=_address(attendee),
        attendee_name=wording.name(attendee.params.get("CN", "")),
        sent_by=_plain_address(attendee.params.get("SENT-BY", "")),
        organizer=_address(organizer) if organizer else "",
        partstat=_participation(attendee),
        delegated_to=_delegated_to(attendee),
        comment=_comment(event, attendee),
        sequence=_sequence(event),
        stamped_at=_stamped_at(event, found),
        recurrence_at=_recurrence_at(event, found),
        proposed=proposed,
        proposed_problem=problem,
        summary=wording.line(summary.text()) if summary else "",
        location=wording.line(location.text()) if location else "",
    )


def _whole_series(events: Sequence[Lines]) -> Lines:
    """Of several events of one UID the one that is no exception, else the first."""
    return next((event for event in events if not event.every("RECURRENCE-ID")), events[0])


def _attendee(events: Sequence[Lines]) -> Line:
    """The line of the one who answers: whoever stands there, however often, alone (RFC 5546 3.2.3)."""
    lines = [line for event in (_whole_series(events), *events) for line in event.every("ATTENDEE")]
    addresses = {_address(line) for line in lines}
    if len(addresses) > 1:
        raise NotUnderstood(Misunderstanding.SEVERAL_ATTENDEES)
    if not addresses or "" in addresses:
        raise NotUnderstood(Misunderstanding.NO_ATTENDEE)
    return lines[0]


def _address(line: Line) -> str:
    """The address of a person; where the value is none (Apple writes its own addresses) that of EMAIL."""
    return _plain_address(line.value) or _plain_address(line.params.get("EMAIL", ""))


def _plain_address(value: str) -> str:
    """`mailto:Desk@City.example` as desk@city.example; empty when it is no address."""
    plain = value.strip().strip('"').strip()
    if plain.lower().startswith("mailto:"):
        plain = unquote(plain[len("mailto:") :])
    try:
        return wording.address(plain.strip().lower())
    except wording.NotAnAddress:
        return ""


def _participation(attendee: Line) -> Participation:
    """PARTSTAT in any case; what is not known counts as no answer yet."""
    said = attendee.params.get("PARTSTAT", "").strip().upper()
    return Participation(said) if said in set(Participation) else Participation.NEEDS_ACTION


def _delegated_to(attendee: Line) -> tuple[str, ...]:
    named = attendee.params.get("DELEGATED-TO", "").split(",")
    return tuple(address for each in named if (address := _plain_address(each)))


def _comment(event: Lines, attendee: Line) -> str:
    """What they wrote with it; Google's calendar writes that into a parameter of the ATTENDEE line."""
    comments = [line.text() for line in event.every("COMMENT")]
    comments.append(attendee.params.get("X-RESPONSE-COMMENT", ""))
    return wording.paragraphs("\n".join(filter(None, comments)), most=LONGEST_COMMENT)


def _sequence(event: Lines) -> int | None:
    line = event.first("SEQUENCE")
    if line is None:
        return None
    if not _SEQUENCE.fullmatch(line.value) or int(line.value) > HIGHEST_SEQUENCE:
        raise NotUnderstood(Misunderstanding.BROKEN)
    return int(line.value)


def _stamped_at(event: Lines, found: ForeignCalendar) -> datetime | None:
    line = event.first("DTSTAMP")
    try:
        return instant(line, found.observances) if line else None
    except TimeNotUnderstood:
        return None


def _recurrence_at(event: Lines, found: ForeignCalendar) -> datetime | None:
    line = event.first("RECURRENCE-ID")
    try:
        return instant(line, found.observances) if line else None
    except TimeNotUnderstood as problem:
        raise NotUnderstood(Misunderstanding.UNREADABLE_TIME) from problem


def _proposed(
    event: Lines, found: ForeignCalendar
) -> tuple[tuple[datetime, datetime] | None, TimeProblem | None]:
    try:
        return proposed_times(event, found.observances), None
    except TimeNotUnderstood as problem:
        return None, problem.problem
