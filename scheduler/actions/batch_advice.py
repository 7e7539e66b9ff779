"""What would work instead of the refused stops of a batch, looked for without locks."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from scheduler.core.booking import nearest
from scheduler.core.facts import Diary, VisitRequest
from scheduler.core.together import Plan, among
from scheduler.core.verdicts import Verdict
from scheduler.records.database import db
from scheduler.records.diaries import diaries_for
from scheduler.records.diary import diary_for

# Nearest alternatives are looked for so many of the refused; for the others their reasons must do.
ADVISED = 5


def advised(requests: Sequence[VisitRequest], verdicts: Sequence[Verdict], at: datetime) -> list[Verdict]:
    """The verdicts, the first few refused ones with the nearest alternatives that go with the other requests
    as they are; looked for without locks."""
    db.session.rollback()
    plans = [Plan(r, d) for r, d in zip(requests, diaries_for(requests, at), strict=True)]
    moving = {request.visit_id for request in requests if request.visit_id is not None}
    told = list(verdicts)
    first = [index for index, verdict in enumerate(told) if verdict.is_refused][:ADVISED]
    for index in first:
        plan = Plan(requests[index], _left(diary_for(requests[index], at, with_options=True), moving))
        diary = among(plan, [other for i, other in enumerate(plans) if i != index])
        found = tuple(nearest(plan.request, diary, at))
        told[index] = told[index].with_alternatives(found)
    return told


def _left(diary: Diary, moving: Collection[int]) -> Diary:
    """A diary without the stops that all the visits to move would leave."""
    if diary.delegation is None:
        return diary
    stops = tuple(stop for stop in diary.delegation.stops if stop.visit_id not in moving)
    return replace(diary, delegation=replace(diary.delegation, stops=stops))
