"""May a delegation, or a part of it, have this engagement then? It is asked what visits are asked too."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.core import conflicts
from scheduler.core.facts import DelegationFacts
from scheduler.core.spans import Span
from scheduler.core.stops import EngagementKind, PartFacts, Stop
from scheduler.core.travel import Travel, travel_weight
from scheduler.core.verdicts import Refusal, RefusalCode, Verdict

HOME_ZONE = ZoneInfo("Asia/Seoul")


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementRequest:
    """The asking for an engagement: who, what, where, from when to when (aware).

    `place` and `destination` are codes of places, None where nobody said; only a transfer has a destination,
    and it must have one. `engagement_id` is the engagement that asks when it is changed. `headcount` None is
    all of the part, or of the delegation. `zone` is whose hour of the day counts on the way."""

    delegation_id: int
    kind: EngagementKind
    starts_at: datetime
    ends_at: datetime
    part_id: int | None = None
    headcount: int | None = None
    title: str = ""
    place: str | None = None
    destination: str | None = None
    host: str = ""
    note: str = ""
    engagement_id: int | None = None
    zone: ZoneInfo = HOME_ZONE
    acknowledge: tuple[str, ...] = ()
    acknowledge_reason: str = ""


def decide_engagement(request: EngagementRequest, diary: DelegationFacts, at: datetime) -> Verdict:
    """Weigh an engagement against every rule that concerns the delegation alone.

    In: the request, the delegation's facts (the engagement itself is left out of its stops here) and the
    instant of asking (aware). Out: every refusal and every caution at once. An engagement is no visit: a
    fourth stop, a holiday at home, hours and places of a site are not asked. A transfer must last as long as
    its way does, or it would carry people across the city in no time. Pure. Raises KeyError for a part that
    is not the delegation's.
    """
    delegation = without(diary, request.engagement_id)
    here = stop_of(request, delegation)
    travel = delegation.travel or Travel()
    refusals = conflicts.state_refusals(delegation)
    if here.span.starts_at <= at:
        refusals.append(Refusal(RefusalCode.IN_THE_PAST, {"starts_at": here.span.starts_at}))
    refusals += conflicts.size_refusals(delegation, here.headcount, here.part)
    refusals += conflicts.time_refusals(delegation, here.span, here.part)
    refusals += _way_refusals(here, travel, request.zone)
    late, cautions = travel_weight(delegation.stops, here, travel=travel, zone=request.zone)
    return Verdict(refusals=(*refusals, *late), cautions=tuple(cautions))


def stop_of(request: EngagementRequest, delegation: DelegationFacts) -> Stop:
    """The engagement as a stop among the delegation's others. Raises KeyError for a part of another's."""
    part = None if request.part_id is None else delegation.parts[request.part_id]
    return Stop(
        engagement_id=request.engagement_id,
        kind=request.kind.value,
        site_code=request.place,
        leaves_from=request.destination,
        span=Span(request.starts_at, request.ends_at),
        part=part,
        headcount=request.headcount or _all_of(delegation, part),
    )


def without(delegation: DelegationFacts, engagement_id: int | None) -> DelegationFacts:
    """The delegation as it is when one engagement does not stand in its own way."""
    if engagement_id is None:
        return delegation
    others = tuple(stop for stop in delegation.stops if stop.engagement_id != engagement_id)
    return replace(delegation, stops=others)


def _all_of(delegation: DelegationFacts, part: PartFacts | None) -> int:
    return delegation.headcount if part is None else part.headcount


def _way_refusals(here: Stop, travel: Travel, zone: ZoneInfo) -> list[Refusal]:
    """Whether a transfer reaches where it goes by its end."""
    if here.site_code is None or here.leaves_from is None:
        return []
    minutes = travel.minutes(here.site_code, here.leaves_from, here.span.starts_at.astimezone(zone).hour)
    lasts = (here.span.ends_at - here.span.starts_at) // timedelta(minutes=1)
    if minutes is None or minutes <= lasts:
        return []
    facts = {
        "site": here.leaves_from,
        "kind": here.kind,
        "starts_at": here.span.ends_at,
        "ends_at": here.span.ends_at,
        "minutes": minutes,
        "slack_minutes": lasts - minutes,
    }
    return [Refusal(RefusalCode.CANNOT_REACH_STOP_AFTER, facts)]
