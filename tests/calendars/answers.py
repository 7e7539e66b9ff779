"""Calendar objects as strangers send them, put together line by line."""

from collections.abc import Sequence

UID = "visit-7f3a@city.example"
BAT = "bat@ulaanbaatar.example"
ATTENDEE = f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{BAT}"


def calendar_of(*lines: str, method: str = "REPLY", end: str = "\r\n") -> bytes:
    """A VCALENDAR of these lines, with METHOD where one is given."""
    start = ["BEGIN:VCALENDAR", "VERSION:2.0", *([f"METHOD:{method}"] if method else [])]
    return "".join(f"{line}{end}" for line in (*start, *lines, "END:VCALENDAR")).encode()


def event_of(*lines: str, uid: str = UID, attendee: str = ATTENDEE) -> list[str]:
    """The lines of a VEVENT with its UID and ATTENDEE, each left out where empty."""
    own = ([f"UID:{uid}"] if uid else []) + ([attendee] if attendee else [])
    return ["BEGIN:VEVENT", *own, *lines, "END:VEVENT"]


def answer_of(*lines: str, method: str = "REPLY", attendee: str = ATTENDEE) -> bytes:
    """A VCALENDAR with one VEVENT that has these lines beside UID and ATTENDEE."""
    return calendar_of(*event_of(*lines, attendee=attendee), method=method)


def zone_of(tzid: str, *observances: Sequence[str]) -> list[str]:
    """The lines of a VTIMEZONE whose observances are STANDARD, each with its lines."""
    inside = [line for each in observances for line in ("BEGIN:STANDARD", *each, "END:STANDARD")]
    return ["BEGIN:VTIMEZONE", f"TZID:{tzid}", *inside, "END:VTIMEZONE"]
