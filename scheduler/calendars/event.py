"""One entry as a VEVENT, the same in a mail, a download and a feed."""

from datetime import datetime

from icalendar import Event
from icalendar.prop import vCalAddress, vCategory, vInline, vInt, vText, vUri

from scheduler.calendars import wording, zone
from scheduler.calendars.entry import Entry, Person, Role

# SUMMARY is compulsory (RFC 5546 3.2.2), and libical throws an empty one away.
NAMELESS = "–"

_ROLES = {
    Role.REQUIRED: "REQ-PARTICIPANT",
    Role.OPTIONAL: "OPT-PARTICIPANT",
    Role.INFORMATION: "NON-PARTICIPANT",
}
_ESCAPES = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n"})


class Text(vText):
    r"""TEXT that keeps what was typed: the library's own class turns a typed `\N` into a line break."""

    def to_ical(self) -> bytes:
        return self.translate(_ESCAPES).encode()


def event(entry: Entry, *, stamped_at: datetime) -> Event:
    """`entry` as a VEVENT without people and STATUS, with `stamped_at` as its DTSTAMP.

    A file without METHOD takes `entry.changed_at` for it (RFC 5545 3.8.7.2), a message `entry.stamped_at`.
    """
    moment = zone.in_home_zone if zone.is_in_home_zone(entry) else zone.in_utc
    made = Event()
    made["UID"] = Text(entry.uid)
    made["DTSTAMP"] = zone.in_utc(stamped_at)
    made["SEQUENCE"] = vInt(entry.sequence)
    made["DTSTART"] = moment(entry.starts_at)
    made["DTEND"] = moment(entry.ends_at)
    if entry.created_at is not None:
        made["CREATED"] = zone.in_utc(entry.created_at)
    made["LAST-MODIFIED"] = zone.in_utc(entry.changed_at)
    made["SUMMARY"] = Text(wording.line(entry.summary) or NAMELESS)
    _add_details(made, entry)
    _add_place(made, entry)
    made["TRANSP"] = vInline("OPAQUE")
    return made


def event_with_status(entry: Entry, *, stamped_at: datetime) -> Event:
    """`entry` as a VEVENT without people, with its STATUS."""
    made = event(entry, stamped_at=stamped_at)
    made["STATUS"] = vInline(entry.status.upper())
    return made


def organizer_address(person: Person) -> vCalAddress:
    """The value of ORGANIZER: the address with its CN and nothing else."""
    return vCalAddress(f"mailto:{person.email}", params=_common_name(person))


def attendee_addresses(people: tuple[Person, ...], *, asks_for_reply: bool) -> list[vCalAddress]:
    """The values of ATTENDEE, each address once; RSVP only where a reply is asked for."""
    once: dict[str, Person] = {}
    for person in people:
        once.setdefault(person.email.lower(), person)
    return [_attendee_address(person, asks_for_reply=asks_for_reply) for person in once.values()]


def _add_details(made: Event, entry: Entry) -> None:
    if description := wording.paragraphs(entry.description):
        made["DESCRIPTION"] = Text(description)
    if entry.url:
        made["URL"] = vUri(wording.web_address(entry.url))
    if categories := [cleaned for each in entry.categories if (cleaned := wording.line(each))]:
        made["CATEGORIES"] = vCategory([Text(each) for each in categories])


def _add_place(made: Event, entry: Entry) -> None:
    location = wording.line(entry.location)
    if location:
        made["LOCATION"] = Text(location)
    if entry.latitude is None or entry.longitude is None:
        return
    latitude, longitude = _degrees(entry.latitude), _degrees(entry.longitude)
    made["GEO"] = vInline(f"{latitude};{longitude}")
    if title := wording.name(location):
        # Apple's programs draw a map and reckon the way from this property; others pass it over.
        made["X-APPLE-STRUCTURED-LOCATION"] = vUri(
            f"geo:{latitude},{longitude}", params={"VALUE": "URI", "X-TITLE": title}
        )


def _degrees(value: float) -> str:
    """At most six decimals (RFC 5545 3.8.1.6), never an exponent or a negative nought."""
    shortened = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if shortened == "-0" else shortened


def _attendee_address(person: Person, *, asks_for_reply: bool) -> vCalAddress:
    params = {"CUTYPE": "INDIVIDUAL", "ROLE": _ROLES[person.role], "PARTSTAT": str(person.partstat)}
    if asks_for_reply:
        params["RSVP"] = "FALSE" if person.role == Role.INFORMATION else "TRUE"
    return vCalAddress(f"mailto:{person.email}", params=params | _common_name(person))


def _common_name(person: Person) -> dict[str, str]:
    cleaned = wording.name(person.name)
    return {"CN": cleaned} if cleaned else {}
