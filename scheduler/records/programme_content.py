"""A programme as it is published: plain JSON values that stay as they are, whatever happens afterwards.

Delegates, guides and drivers stand in it by their ids alone and are named when it is read: a name that was
erased is erased from every version.
"""

from collections.abc import Iterable
from typing import Any

from scheduler.core.travel import Leg
from scheduler.records.assignments import Assignment
from scheduler.records.engagements import Engagement
from scheduler.records.parts import Part
from scheduler.records.places import Place
from scheduler.records.programme_lookup import Itinerary, PlannedStop, key_of
from scheduler.records.programmes import Approval
from scheduler.records.sites import Site
from scheduler.records.visits import Visit


def content_of(stay: Itinerary, approval: Approval | None = None) -> dict[str, Any]:
    """The whole stay as JSON values: instants in RFC 3339 and UTC."""
    guests = stay.delegation
    return {
        "delegation": {
            "id": guests.id,
            "name": guests.name,
            "name_native": guests.name_native,
            "headcount": guests.headcount,
            "arrives_at": guests.arrives_at.isoformat(),
            "departs_at": guests.departs_at.isoformat(),
        },
        "approval": None if approval is None else _approval(approval),
        "stops": [_stop(each) for each in stay.stops],
        "legs": [_leg(leg) for leg in stay.legs],
        "duties": [_duty(duty) for duty in stay.duties],
    }


def _stop(planned: PlannedStop) -> dict[str, Any]:
    span = planned.stop.span
    told = {
        "key": planned.key,
        "kind": planned.stop.kind,
        "starts_at": span.starts_at.isoformat(),
        "ends_at": span.ends_at.isoformat(),
        "headcount": planned.stop.headcount,
        "people": [_person(duty) for duty in planned.people],
        "attendees": sorted(planned.attendees),
    }
    if planned.visit is not None:
        return told | _visit(planned.visit)
    assert planned.engagement is not None
    return told | _engagement(planned.engagement)


def _visit(visit: Visit) -> dict[str, Any]:
    tour = visit.tour_session.tour
    return {
        "title": tour.name,
        "title_native": tour.name_native,
        "place": _place(tour.site) | {"meeting_point": tour.site.meeting_point},
        "leaves_from": None,
        "part": _part(visit.part),
        "host": tour.site.owner_unit,
        "language": visit.language,
        "state": visit.state.value,
        "zone": tour.site.zone,
    }


def _engagement(engagement: Engagement) -> dict[str, Any]:
    return {
        "title": engagement.title,
        "title_native": "",
        "place": _place(engagement.place) if engagement.place else None,
        "leaves_from": _place(engagement.destination) if engagement.destination else None,
        "part": _part(engagement.part),
        "host": engagement.host,
        "language": None,
        "state": engagement.state.value,
    }


def _place(place: Place | Site) -> dict[str, Any]:
    names = ("code", "name", "name_native", "address")
    return {name: getattr(place, name) for name in names}


def _part(part: Part | None) -> dict[str, Any] | None:
    return None if part is None else {"division": part.division, "name": part.name}


def _person(duty: Assignment) -> dict[str, Any]:
    return {
        "resource_id": duty.resource_id,
        "kind": duty.resource.kind.value,
        "state": duty.state.value,
    }


def _duty(duty: Assignment) -> dict[str, Any]:
    """Who stays with them over a stretch of a day."""
    return {
        "key": f"duty-{duty.id}",
        "kind": duty.resource.kind.value,
        "starts_at": duty.starts_at.isoformat(),
        "ends_at": duty.ends_at.isoformat(),
        "headcount": duty.headcount,
        "part": _part(duty.part),
        "people": [_person(duty)],
    }


def _leg(leg: Leg) -> dict[str, Any]:
    return {
        "before": key_of(leg.before),
        "after": key_of(leg.after),
        "minutes": leg.minutes,
        "slack_minutes": leg.slack_minutes,
    }


def _approval(approval: Approval) -> dict[str, Any]:
    """The paper as it was then."""
    return {
        "id": approval.id,
        "document_number": approval.document_number,
        "approved_by": approval.approved_by,
        "approved_on": approval.approved_on.isoformat(),
        "disclosure": approval.disclosure.value,
        "co_signed": list(approval.co_signed),
    }


def named_in(contents: Iterable[dict[str, Any]]) -> tuple[set[int], set[int]]:
    """The ids of the delegates and of the resources that some contents speak of."""
    delegates, resources = set(), set()
    for content in contents:
        for item in (*content["stops"], *content["duties"]):
            delegates |= set(item.get("attendees", ()))
            resources |= {person["resource_id"] for person in item.get("people", ())}
    return delegates, resources
