"""Calendar files read by two Python packages: icalendar, which also wrote them, and vobject."""

from datetime import UTC, datetime
from typing import Any

import icalendar
import vobject

from tests.calendars.read_file import ReadBusy, ReadEvent, ReadFile, without_mailto


def read_with_icalendar(data: bytes) -> ReadFile:
    """Read by the `icalendar` package, which also wrote the file."""
    calendar = icalendar.Calendar.from_ical(data)
    return ReadFile(
        method=str(calendar.get("METHOD", "")),
        events=tuple(_event_of_icalendar(event) for event in calendar.events),
        busy=tuple(_busy_of_icalendar(each) for each in calendar.walk("VFREEBUSY")),
    )


def _event_of_icalendar(event: Any) -> ReadEvent:
    if event.errors:
        raise ValueError(f"icalendar found {event.errors}")
    return ReadEvent(
        uid=str(event["UID"]),
        sequence=int(event.get("SEQUENCE", 0)),
        dtstamp=event["DTSTAMP"].dt,
        starts_at=event["DTSTART"].dt.astimezone(UTC),
        ends_at=event["DTEND"].dt.astimezone(UTC),
        summary=str(event.get("SUMMARY", "")),
        description=str(event.get("DESCRIPTION", "")),
        location=str(event.get("LOCATION", "")),
        url=str(event.get("URL", "")),
        status=str(event.get("STATUS", "")),
        organizer=without_mailto(str(event.get("ORGANIZER", ""))),
        organizer_name=str(event["ORGANIZER"].params.get("CN", "")) if "ORGANIZER" in event else "",
        attendees=tuple(without_mailto(str(attendee)) for attendee in event.attendees),
        attendee_names=tuple(str(attendee.params.get("CN", "")) for attendee in event.attendees),
    )


def _busy_of_icalendar(found: Any) -> ReadBusy:
    if found.errors:
        raise ValueError(f"icalendar found {found.errors}")
    periods = found.get("FREEBUSY", [])
    return ReadBusy(
        uid=str(found["UID"]),
        dtstamp=found["DTSTAMP"].dt,
        starts_at=found["DTSTART"].dt,
        ends_at=found["DTEND"].dt,
        organizer=without_mailto(str(found["ORGANIZER"])),
        organizer_name=str(found["ORGANIZER"].params.get("CN", "")),
        periods=tuple(
            (str(period.FBTYPE), period.start, period.end)
            for period in (periods if isinstance(periods, list) else [periods])
        ),
    )


def read_with_vobject(data: bytes) -> ReadFile:
    """Read by vobject, as Radicale and many Python servers do."""
    calendar = vobject.readOne(data.decode())
    method = calendar.method.value if hasattr(calendar, "method") else ""
    return ReadFile(
        method=method,
        events=tuple(_event_of_vobject(event.contents) for event in calendar.contents.get("vevent", [])),
        busy=tuple(_busy_of_vobject(found.contents) for found in calendar.contents.get("vfreebusy", [])),
    )


def _event_of_vobject(contents: dict[str, list[Any]]) -> ReadEvent:
    def text(key: str) -> str:
        return str(contents[key][0].value) if key in contents else ""

    def common_name(person: Any) -> str:
        return str(person.params.get("CN", [""])[0])

    organizers, attendees = contents.get("organizer", []), contents.get("attendee", [])
    return ReadEvent(
        uid=text("uid"),
        sequence=int(text("sequence") or 0),
        dtstamp=contents["dtstamp"][0].value.astimezone(UTC),
        starts_at=_aware(contents["dtstart"][0].value),
        ends_at=_aware(contents["dtend"][0].value),
        summary=text("summary"),
        description=text("description"),
        location=text("location"),
        url=text("url"),
        status=text("status"),
        organizer=without_mailto(text("organizer")),
        organizer_name=common_name(organizers[0]) if organizers else "",
        attendees=tuple(without_mailto(str(attendee.value)) for attendee in attendees),
        attendee_names=tuple(common_name(attendee) for attendee in attendees),
    )


def _busy_of_vobject(contents: dict[str, list[Any]]) -> ReadBusy:
    (organizer,) = contents["organizer"]
    return ReadBusy(
        uid=contents["uid"][0].value,
        dtstamp=_aware(contents["dtstamp"][0].value),
        starts_at=_aware(contents["dtstart"][0].value),
        ends_at=_aware(contents["dtend"][0].value),
        organizer=without_mailto(str(organizer.value)),
        organizer_name=str(organizer.params.get("CN", [""])[0]),
        periods=tuple(
            (line.params["FBTYPE"][0], _aware(starts_at), _aware(ends_at))
            for line in contents.get("freebusy", [])
            for starts_at, ends_at in line.value
        ),
    )


def _aware(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError(f"vobject read a floating time: {moment}")
    return moment.astimezone(UTC)
