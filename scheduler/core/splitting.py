"""Splitting a party too large for one session: into how many, and which sessions take them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from scheduler.core.facts import Diary, Running, TourFacts, VisitRequest
from scheduler.core.stops import PartFacts
from scheduler.core.together import Plan, decide_together
from scheduler.core.verdicts import Verdict

# So many sessions, the nearest first, are looked at for each piece.
LOOKED_AT = 60


def sizes(headcount: int, tour: TourFacts, pieces: int | None = None) -> list[int]:
    """Group sizes as even as can be, none above what the tour takes; more pieces than needed if asked for.
    Empty where the tour takes no groups so small."""
    largest = min(tour.largest_group, tour.places)
    number = max(-(-headcount // largest), pieces or 1)
    even, more = divmod(headcount, number)
    found = [even + 1] * more + [even] * (number - more)
    return found if found[-1] >= tour.smallest_group and found[0] <= largest else []


def spread(
    request: VisitRequest, diary: Diary, parts: Sequence[PartFacts], at: datetime
) -> list[tuple[Plan, Verdict] | None]:
    """The nearest session for each part of a delegation, each seeing those before it; None for a part that
    no session near takes. The parts may be imagined: their ids only have to differ. Pure."""
    assert diary.delegation is not None
    known = {**diary.delegation.parts, **{part.id: part for part in parts}}
    delegation = replace(diary.delegation, parts=known)
    candidates = nearest_runnings(diary)
    found: list[tuple[Plan, Verdict] | None] = []
    taken: list[Plan] = []
    for part in parts:
        asked = replace(request, headcount=part.headcount, part_id=part.id, tour_session_id=None)
        asked = replace(asked, tour_code=diary.tour.code)
        plans = (_plan(asked, replace(diary, delegation=delegation), running) for running in candidates)
        placed = _first_that_fits(plans, taken, at)
        found.append(placed)
        if placed is not None:
            taken.append(placed[0])
    return found


def nearest_runnings(diary: Diary) -> list[Running]:
    """The sessions of the wanted tour around the wanted hour: that day's first, then by distance."""
    zone, wanted_at = diary.site.zone, diary.wanted_at
    day = wanted_at.astimezone(zone).date()
    of_tour = [r for option in diary.options if option.tour.id == diary.tour.id for r in option.runnings]
    of_tour.sort(
        key=lambda r: (r.starts_at.astimezone(zone).date() != day, abs(r.starts_at - wanted_at), r.starts_at)
    )
    return of_tour[:LOOKED_AT]


def _plan(request: VisitRequest, diary: Diary, running: Running) -> Plan:
    asked = replace(request, starts_at=running.starts_at)
    return Plan(asked, replace(diary, running=running, wanted_at=running.starts_at, options=()))


def _first_that_fits(
    plans: Iterable[Plan], taken: Sequence[Plan], at: datetime
) -> tuple[Plan, Verdict] | None:
    for plan in plans:
        verdicts = decide_together([*taken, plan], at)
        if not any(verdict.is_refused for verdict in verdicts):
            return plan, verdicts[-1]
    return None
