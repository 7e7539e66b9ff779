"""What a delegation's own days allow: its stay, its size, where else it is, how full the day gets."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.core.facts import DelegationFacts, Running
from scheduler.core.spans import Span
from scheduler.core.stops import PartFacts, Stop
from scheduler.core.travel import Travel, shares_people
from scheduler.core.verdicts import Caution, CautionCode, Refusal, RefusalCode

STOPS_A_DAY = 3
SHORT_BREAK = timedelta(minutes=30)
# What begins farther away is on another day on every clock, and long over: no stop lasts more than a day.
FAR = timedelta(hours=26)
STOP_IDS = ("visit_id", "engagement_id")


def size_refusals(
    delegation: DelegationFacts, headcount: int, part: PartFacts | None = None
) -> list[Refusal]:
    """Whether more are announced than the delegation, or the part of it that goes, has."""
    refusals = []
    if headcount > delegation.headcount:
        facts = {"headcount": headcount, "delegation_headcount": delegation.headcount}
        refusals.append(Refusal(RefusalCode.MORE_THAN_THE_DELEGATION, facts))
    if part is not None and headcount > part.headcount:
        told = {"headcount": headcount, "part": part.name, "part_headcount": part.headcount}
        refusals.append(Refusal(RefusalCode.MORE_THAN_THE_PART, told))
    return refusals


def state_refusals(delegation: DelegationFacts) -> list[Refusal]:
    """Whether the delegation is still open for visits at all."""
    if delegation.is_open:
        return []
    return [Refusal(RefusalCode.STATE_FORBIDS, {"act": "book", "delegation_state": delegation.state})]


def time_refusals(
    delegation: DelegationFacts, span: Span | Running, part: PartFacts | None = None
) -> list[Refusal]:
    """Whether the delegation, or this part of it, is in town then, and not somewhere else."""
    refusals = stay_refusals(delegation.stay, span)
    for stop in delegation.stops:
        if stop.span.starts_at < span.ends_at and span.starts_at < stop.span.ends_at:
            if not shares_people(part, stop.part):
                continue
            refusals.append(Refusal(RefusalCode.ALREADY_ELSEWHERE, told_of(stop)))
    return refusals


def told_of(stop: Stop) -> dict[str, object]:
    """What a reason says of a stop."""
    told: dict[str, object] = {
        "visit_id": stop.visit_id,
        "site": stop.site_code,
        "starts_at": stop.span.starts_at,
        "ends_at": stop.span.ends_at,
    }
    if stop.engagement_id is not None:
        del told["visit_id"]
        told |= {"engagement_id": stop.engagement_id, "kind": stop.kind}
    return told | ({"part": stop.part.name} if stop.part is not None else {})


def stay_refusals(stay: Span, span: Span | Running) -> list[Refusal]:
    """Whether a session or another stop lies within a stay."""
    if stay.starts_at <= span.starts_at and span.ends_at <= stay.ends_at:
        return []
    return [Refusal(RefusalCode.OUTSIDE_STAY, {"arrives_at": stay.starts_at, "departs_at": stay.ends_at})]


def day_cautions(delegation: DelegationFacts, here: Stop, *, zone: ZoneInfo, travel: Travel) -> list[Caution]:
    """What to think twice about: a fourth visit that day, a holiday at home, a short break after another
    place (only where nobody knows the way: else travel is weighed), others whom these should not meet."""
    cautions = []
    day = _local_day(here.span.starts_at, zone)
    near = [
        stop
        for stop in delegation.stops
        if abs(stop.span.starts_at - here.span.starts_at) < FAR and shares_people(here.part, stop.part)
    ]
    that_day = sum(
        1 for stop in near if stop.kind == "visit" and _local_day(stop.span.starts_at, zone) == day
    )
    if that_day >= STOPS_A_DAY:
        cautions.append(Caution(CautionCode.FOURTH_STOP_THAT_DAY, {"on": day, "stops": that_day}))
    if day in delegation.home_holidays:
        holiday = delegation.home_holidays[day]
        cautions.append(Caution(CautionCode.HOLIDAY_AT_HOME, {"on": day, "holiday": holiday}))
    return cautions + _short_breaks(near, here, travel, zone) + _meetings(delegation, here)


def _short_breaks(near: list[Stop], here: Stop, travel: Travel, zone: ZoneInfo) -> list[Caution]:
    cautions = []
    for stop in near:
        gap = here.span.starts_at - stop.span.ends_at
        if stop.ends_where == here.site_code or not timedelta() <= gap < SHORT_BREAK:
            continue
        hour = stop.span.ends_at.astimezone(zone).hour
        if stop.ends_where and here.site_code and travel.knows(stop.ends_where, here.site_code, hour):
            continue
        told = {name: value for name, value in told_of(stop).items() if name in ("site", *STOP_IDS)}
        minutes = {"minutes": gap // timedelta(minutes=1)}
        cautions.append(Caution(CautionCode.SHORT_BREAK_BEFORE, minutes | told))
    return cautions


def _meetings(delegation: DelegationFacts, here: Stop) -> list[Caution]:
    return [
        Caution(
            CautionCode.SHOULD_NOT_MEET,
            {
                "delegation_id": other.delegation_id,
                "delegation": other.name,
                "site": other.site_code,
                "starts_at": other.span.starts_at,
                "ends_at": other.span.ends_at,
            },
        )
        for other in delegation.kept_apart
        if other.site_code == here.site_code and other.span.overlaps(here.span)
    ]


def _local_day(instant: datetime, zone: ZoneInfo) -> date:
    return instant.astimezone(zone).date()
