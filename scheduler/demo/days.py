"""The days of some guests around their visits: calls, meals, prayer; parts, a paper, published versions."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import select

from scheduler.actions.attendance import attend_engagement
from scheduler.actions.engagements import EngagementRefused, change_engagement, plan_engagement
from scheduler.actions.parts import divide
from scheduler.actions.programmes import enter_approval, publish
from scheduler.core.engagements import EngagementRequest
from scheduler.core.stops import EngagementKind
from scheduler.demo.desk import ACKNOWLEDGED, Desk, NothingWorks
from scheduler.demo.sites import ZONE
from scheduler.records.database import db
from scheduler.records.delegations import Delegate
from scheduler.records.engagements import Engagement
from scheduler.records.programmes import DisclosureClass

_K = EngagementKind


@dataclass(frozen=True, kw_only=True)
class Planned:
    """An engagement of the demo: the first of these hours that works."""

    who: str
    kind: EngagementKind
    title: str
    day: int
    hours: Iterable[str]
    minutes: int
    place: str
    host: str = ""
    destination: str | None = None
    part_id: int | None = None
    note: str = ""


def plan_days(desk: Desk) -> None:
    """Some delegations' whole days, one divided, one published and amended."""
    _riyadh(desk)
    _telangana(desk)
    _tokyo(desk)
    _sao_paulo(desk)


def _riyadh(desk: Desk) -> None:
    """From the airport, a call, a halal lunch, and Friday at one kept for prayer."""
    plan(
        desk,
        Planned(
            who="riyadh",
            kind=_K.TRANSFER,
            title="From the airport to the hotel",
            day=1,
            hours=("07:30",),
            minutes=90,
            place="GIMPO",
            destination="HOTEL-PLAZA",
        ),
    )
    call = Planned(
        who="riyadh",
        kind=_K.COURTESY_CALL,
        title="Courtesy call on the mayor",
        day=2,
        hours=("10:00", "11:00", "16:30"),
        minutes=30,
        place="MAYOR",
        host="Mayor of Seoul",
    )
    lunch = replace(call, kind=_K.MEAL, title="Lunch", day=1, hours=("12:30", "12:00", "13:30"), minutes=75)
    plan(desk, call)
    plan(
        desk,
        replace(lunch, place="LUNCH-JONGNO", host="Vice mayor", note="Halal kitchen, agreed by telephone"),
    )
    prayer = replace(call, kind=_K.PRAYER, title="Prayer room kept free", day=4, hours=("13:00",), minutes=45)
    plan(desk, replace(prayer, host=""))


def _telangana(desk: Desk) -> None:
    """Ministers at a call while their officials meet the water bureau; lunch together."""
    guest = desk.guests["telangana"]
    ministers, officials = divide(
        guest.delegation.id,
        "Call or meeting",
        [("Ministers", 8), ("Officials", 12)],
        by=desk.office.officer,
        at=desk.ago(7),
    )
    lunch = Planned(
        who="telangana",
        kind=_K.MEAL,
        title="Vegetarian lunch",
        day=2,
        hours=("12:30", "13:00", "12:00"),
        minutes=60,
        place="LUNCH-JONGNO",
        host="Director General, Water Circulation",
    )
    together = plan(desk, lunch)
    hours = [f"{(together.ends_at.astimezone(ZONE) + timedelta(minutes=m)):%H:%M}" for m in (45, 60, 120)]
    call = replace(lunch, kind=_K.COURTESY_CALL, title="Courtesy call on the vice mayor", hours=hours)
    plan(desk, replace(call, place="MAYOR", host="Vice mayor", part_id=ministers.id))
    meeting = replace(lunch, kind=_K.MEETING, title="Meeting on sewage works", hours=hours, minutes=90)
    plan(desk, replace(meeting, place="HOTEL-PLAZA", part_id=officials.id))


def _tokyo(desk: Desk) -> None:
    dinner = Planned(
        who="tokyo",
        kind=_K.MEAL,
        title="Dinner given by the mayor",
        day=0,
        hours=("18:00", "18:30"),
        minutes=120,
        place="LUNCH-JONGNO",
        host="Mayor of Seoul",
    )
    plan(desk, dinner)
    free = replace(dinner, kind=_K.FREE_TIME, title="", host="", day=1, hours=("15:00", "16:00"))
    plan(desk, replace(free, place="HOTEL-PLAZA"))


def _sao_paulo(desk: Desk) -> None:
    """Published once the paper was signed, and amended when the mayor's calendar moved."""
    guests, officer = desk.guests["sao_paulo"].delegation, desk.office.officer
    call = Planned(
        who="sao_paulo",
        kind=_K.COURTESY_CALL,
        title="Courtesy call on the mayor",
        day=2,
        hours=("10:00", "09:30"),
        minutes=30,
        place="MAYOR",
        host="Mayor of Seoul",
    )
    made = plan(desk, call)
    lunch = replace(
        call, kind=_K.MEAL, title="Lunch", hours=("12:00", "11:45"), minutes=75, host="Vice mayor"
    )
    plan(desk, replace(lunch, place="LUNCH-JONGNO"))
    mayor = select(Delegate.id).where(Delegate.delegation_id == guests.id, Delegate.precedence < 90)
    attend_engagement(made.id, list(db.session.scalars(mayor)), by=officer, at=desk.ago(8))
    paper = {
        "document_number": "국제교류과-2188",
        "approved_by": "Director General for International Relations",
        "approved_on": desk.ago(7).astimezone(ZONE).date(),
        "disclosure": DisclosureClass.PARTIAL,
        "co_signed": ["Budget team", "City diplomacy team"],
    }
    approval = enter_approval(guests.id, paper, by=officer, at=desk.ago(7))
    publish(guests.id, approval.id, by=desk.office.head, at=desk.ago(6))
    later = replace(_request(desk, call, "10:30"), host="Vice mayor for administration")
    change_engagement(made.id, later, by=officer, at=desk.ago(2))
    publish(guests.id, approval.id, "The mayor's calendar moved", by=desk.office.head, at=desk.ago(2))


def plan(desk: Desk, planned: Planned) -> Engagement:
    """Plan it at the first hour that works. Raises NothingWorks."""
    for hour in planned.hours:
        try:
            return plan_engagement(_request(desk, planned, hour), by=desk.office.officer, at=desk.ago(8))
        except EngagementRefused:
            continue
    raise NothingWorks(f"{planned.title} of {planned.who}")


def _request(desk: Desk, planned: Planned, hour: str) -> EngagementRequest:
    guest = desk.guests[planned.who]
    starts_at = guest.instant(planned.day, hour)
    return EngagementRequest(
        delegation_id=guest.delegation.id,
        kind=planned.kind,
        title=planned.title,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=planned.minutes),
        place=planned.place,
        destination=planned.destination,
        host=planned.host,
        part_id=planned.part_id,
        note=planned.note,
        acknowledge=("all",),
        acknowledge_reason=ACKNOWLEDGED,
    )
