"""Visits and duties as calendar files: a download, an invitation or its cancellation, a programme, a feed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from scheduler.actions.lifecycle import shown_in_calendars
from scheduler.calendars.busy import Busy, busy_times
from scheduler.calendars.cancellation import cancellation
from scheduler.calendars.download import download
from scheduler.calendars.entry import Entry, EntryStatus, Person
from scheduler.calendars.feed import feed
from scheduler.calendars.invitation import invitation
from scheduler.calendars.wording import NotAnAddress
from scheduler.core.duties import DutyState
from scheduler.core.spans import Span
from scheduler.core.stops import EngagementState
from scheduler.records.assignments import Assignment
from scheduler.records.engagements import Engagement
from scheduler.records.visits import Visit


class NobodyToInvite(Exception):
    """The delegation has no contact whose address a calendar program could write to."""


@dataclass(frozen=True, kw_only=True)
class Phrased:
    """What an entry says, put into words at the door."""

    summary: str
    description: str = ""
    location: str = ""


Phrasing = Callable[[Visit], Phrased]
Stop = Visit | Engagement
StopPhrasing = Callable[[Any], Phrased]
DutyPhrasing = Callable[[Assignment], Phrased]
DUTY_STATUS = {
    DutyState.ASKED: EntryStatus.TENTATIVE,
    DutyState.ACCEPTED: EntryStatus.CONFIRMED,
    DutyState.REFUSED: EntryStatus.CANCELLED,
    DutyState.RELEASED: EntryStatus.CANCELLED,
}


@dataclass(frozen=True, kw_only=True)
class BusyCalendar:
    """Whose busy times a file tells: a UID that never changes, a name for all to read, the office."""

    uid: str
    name: str
    organizer: Person


@dataclass(frozen=True)
class Message:
    """A file with its METHOD, which the mail around it must repeat."""

    method: str
    data: bytes


def entry_of(visit: Visit, phrase: Phrasing) -> Entry:
    """A visit as an entry: the same UID, SEQUENCE and stamp in every file. The one place that maps them."""
    site, words = visit.tour_session.tour.site, phrase(visit)
    latitude, longitude = _place_on_earth(site.latitude, site.longitude)
    return Entry(
        uid=visit.uid,
        sequence=visit.sequence,
        stamped_at=visit.stamped_at,
        created_at=visit.created_at,
        changed_at=visit.stamped_at,
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        status=status_of(visit),
        summary=words.summary,
        description=words.description,
        location=words.location,
        latitude=latitude,
        longitude=longitude,
        zone=site.zone,
    )


def visit_file(visit: Visit, phrase: Phrasing) -> bytes:
    """One visit to save and open."""
    return download([entry_of(visit, phrase)], zone=visit.tour_session.tour.site.zone)


def invitation_file(visit: Visit, phrase: Phrasing, *, organizer: Person) -> Message:
    """The invitation of the delegation's contact, or the cancellation once the visit is called off.

    Nobody else is named in it. Raises NobodyToInvite. Source: RFC 5546 3.2.2, 3.2.5.
    """
    entry, guests = entry_of(visit, phrase), [_contact_of(visit)]
    if entry.status == EntryStatus.CANCELLED:
        return Message("CANCEL", cancellation(entry, organizer=organizer, attendees=guests))
    return Message("REQUEST", invitation(entry, organizer=organizer, attendees=guests))


def programme_file(stops: Iterable[Stop], phrase: StopPhrasing, *, name: str, zone: str) -> bytes:
    """A delegation's visits and engagements as one calendar to save and open; engagements are in `zone`."""
    return download([stop_entry(stop, phrase, zone=zone) for stop in stops], name=name, zone=zone)


def feed_file(stops: Iterable[Stop], phrase: StopPhrasing, *, name: str, zone: str) -> bytes:
    """A calendar to subscribe to: the same bytes for the same stops."""
    return feed([stop_entry(stop, phrase, zone=zone) for stop in stops], name=name, zone=zone)


def stop_entry(stop: Stop, phrase: StopPhrasing, *, zone: str) -> Entry:
    """A visit or an engagement as an entry. Where a transfer goes is in its words; on the map it begins."""
    if isinstance(stop, Visit):
        return entry_of(stop, phrase)
    words, place = phrase(stop), stop.place
    latitude, longitude = _place_on_earth(place.latitude, place.longitude) if place else (None, None)
    return Entry(
        uid=stop.uid,
        sequence=stop.sequence,
        stamped_at=stop.stamped_at,
        changed_at=stop.stamped_at,
        starts_at=stop.starts_at,
        ends_at=stop.ends_at,
        status=status_of(stop),
        summary=words.summary,
        description=words.description,
        location=words.location,
        latitude=latitude,
        longitude=longitude,
        zone=zone,
    )


def duty_entry(duty: Assignment, phrase: DutyPhrasing) -> Entry:
    """Somebody's duty as an entry: asked is tentative, accepted confirmed, refused and released cancelled."""
    site, words = duty.visit.tour_session.tour.site if duty.visit else None, phrase(duty)
    latitude, longitude = _place_on_earth(site.latitude, site.longitude) if site else (None, None)
    return Entry(
        uid=duty.uid,
        sequence=duty.sequence,
        stamped_at=duty.stamped_at,
        created_at=duty.asked_at,
        changed_at=duty.stamped_at,
        starts_at=duty.starts_at,
        ends_at=duty.ends_at,
        status=status_of(duty),
        summary=words.summary,
        description=words.description,
        location=words.location,
        latitude=latitude,
        longitude=longitude,
        zone=site.zone if site else duty.resource.zone,
    )


def duty_feed_file(duties: Iterable[Assignment], phrase: DutyPhrasing, *, name: str, zone: str) -> bytes:
    """Somebody's duties as a calendar to subscribe to: the same bytes for the same duties."""
    return feed([duty_entry(duty, phrase) for duty in duties], name=name, zone=zone)


def busy_file(
    shown: Iterable[Stop | Assignment], *, about: BusyCalendar, window: Span, since: datetime
) -> bytes:
    """When `shown` takes place, and no word of what: what was called off is left out, what is not certain
    yet is tentative. Stamped with its newest change, but not before `since`. Source: RFC 5545 3.6.4."""
    spans, newest = [], since
    for each in shown:
        newest = max(newest, each.stamped_at)
        status = status_of(each)
        if status is not EntryStatus.CANCELLED:
            spans.append(Busy(each.starts_at, each.ends_at, status is EntryStatus.TENTATIVE))
    return busy_times(
        spans,
        uid=about.uid,
        first=window.starts_at,
        last=window.ends_at,
        stamped_at=newest,
        organizer=about.organizer,
        name=about.name,
    )


def status_of(each: Stop | Assignment) -> EntryStatus:
    """How certain a visit, an engagement or a duty is."""
    if isinstance(each, Visit):
        return EntryStatus(shown_in_calendars(each))
    if isinstance(each, Assignment):
        return DUTY_STATUS[each.state]
    is_off = each.state is EngagementState.CANCELLED
    return EntryStatus.CANCELLED if is_off else EntryStatus.CONFIRMED


def _contact_of(visit: Visit) -> Person:
    delegation = visit.delegation
    try:
        return Person(email=delegation.contact_email, name=delegation.contact_name)
    except NotAnAddress:
        raise NobodyToInvite(delegation.name) from None


def _place_on_earth(latitude: float | None, longitude: float | None) -> tuple[float | None, float | None]:
    """Coordinates that a map could show, or none."""
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None, None
    return latitude, longitude
