"""What remains of a day, moved by some minutes: where each stop would go, and what breaks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from scheduler.core.engagements import EngagementRequest, decide_engagement, stop_of
from scheduler.core.facts import Dating, DelegationFacts, Diary, Running, SiteFacts
from scheduler.core.stops import Stop
from scheduler.core.together import Plan, decide_together, stop_of_plan
from scheduler.core.verdicts import Verdict

STEP = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, eq=False)
class Later:
    """One engagement as it would be after the shift, with the facts it is weighed against."""

    request: EngagementRequest
    facts: DelegationFacts


def shifted_start(
    site: SiteFacts, dating: Dating, wanted_at: datetime, runnings: Sequence[Running]
) -> datetime | None:
    """Where a visit goes that should start at an instant: a window at the next quarter hour, a round at the
    first that starts no earlier that day; None when there is none left."""
    if dating is Dating.WINDOWS:
        local = wanted_at.astimezone(site.zone)
        over = timedelta(minutes=local.minute % 15, seconds=local.second)
        return wanted_at if not over else wanted_at + STEP - over
    day = wanted_at.astimezone(site.zone).date()
    later = [r.starts_at for r in runnings if r.starts_at >= wanted_at]
    that_day = [start for start in later if start.astimezone(site.zone).date() == day]
    return min(that_day, default=None)


def decide_shift(
    plans: Sequence[Plan], later: Sequence[Later], at: datetime
) -> tuple[list[Verdict], list[Verdict]]:
    """A verdict for each visit and each engagement that is to move, each seeing all the others where they
    would be. The facts leave all that move out. Pure."""
    engaged = [stop_of(each.request, each.facts) for each in later]
    seen = [Plan(plan.request, _with_stops(plan.diary, engaged)) for plan in plans]
    visits = decide_together(seen, at)
    gone = [stop_of_plan(plan) for plan in plans]
    engagements = []
    for index, each in enumerate(later):
        others = [stop for i, stop in enumerate(engaged) if i != index]
        stops = (*each.facts.stops, *others, *(stop for stop in gone if stop is not None))
        facts = replace(each.facts, stops=tuple(sorted(stops, key=lambda stop: stop.span.starts_at)))
        engagements.append(decide_engagement(each.request, facts, at))
    return visits, engagements


def _with_stops(diary: Diary, stops: Sequence[Stop]) -> Diary:
    if diary.delegation is None:
        return diary
    both = sorted((*diary.delegation.stops, *stops), key=lambda stop: stop.span.starts_at)
    return replace(diary, delegation=replace(diary.delegation, stops=tuple(both)))
