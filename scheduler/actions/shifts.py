"""A shift: what remains of a delegation's day is moved by some minutes, all of it in one act."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from scheduler.access import Actor, Permission
from scheduler.actions.batches import BatchRefused, book_within_an_act
from scheduler.actions.bookings import VisitRefused
from scheduler.actions.engagements import put_back, step_aside
from scheduler.actions.invalid import Invalid
from scheduler.actions.lifecycle import Told, act_upon
from scheduler.actions.visits import parents_of_request
from scheduler.core.engagements import EngagementRequest
from scheduler.core.facts import VisitRequest
from scheduler.core.lifecycle import Act
from scheduler.core.verdicts import Verdict
from scheduler.records.engagement_lookup import delegation_of_engagement
from scheduler.records.engagements import Engagement
from scheduler.records.visit_lookup import whereabouts_of
from scheduler.records.visits import Visit
from scheduler.records.writing import Parents, writing


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementMove:
    """An engagement and when it is to start from now on; how long it lasts stays."""

    engagement_id: int
    starts_at: datetime
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftAsked:
    """What an officer chose: visits to move, engagements to move, visits to put off."""

    visits: tuple[VisitRequest, ...] = ()
    seen: tuple[int | None, ...] = ()
    engagements: tuple[EngagementMove, ...] = ()
    postpone: tuple[int, ...] = ()
    reason: str = ""
    acknowledge: tuple[str, ...] = ()


class ShiftRefused(Exception):
    """Something stands against at least one stop where it would go: the verdicts by the stops' ids, those of
    the visits first and alone, since engagements are weighed once these have moved. Nothing was written."""

    def __init__(
        self,
        *,
        visits: Mapping[int, Verdict] | None = None,
        engagements: Mapping[int, Verdict] | None = None,
    ) -> None:
        self.visits, self.engagements = dict(visits or {}), dict(engagements or {})
        super().__init__(f"refused: visits {sorted(self.visits)}, engagements {sorted(self.engagements)}")


def shift(delegation_id: int, asked: ShiftAsked, *, by: Actor, at: datetime) -> list[Visit]:
    """Do what was chosen, in one act or not at all: put visits off, move the others and the engagements.
    Gives the visits that moved. Raises ShiftRefused with the verdicts by stop, StaleVersion, Invalid,
    NotFound, NotPermitted."""
    by.must(Permission.BOOK_VISITS)
    if not (asked.visits or asked.engagements or asked.postpone):
        raise Invalid("visits", "nothing_to_do")
    numbers = [*(request.visit_id for request in asked.visits), *asked.postpone]
    if len(set(numbers)) < len(numbers):
        raise Invalid("visits", "named_twice")
    if len({move.engagement_id for move in asked.engagements}) < len(asked.engagements):
        raise Invalid("engagements", "named_twice")
    return _shift(delegation_id, asked, by=by, at=at)


def _parents(delegation_id: int, asked: ShiftAsked, **_told: object) -> Parents:
    parents = Parents(delegations=frozenset({delegation_id}))
    for request in asked.visits:
        parents = parents.joined_with(parents_of_request(replace(request, delegation_id=delegation_id)))
    sites = frozenset(whereabouts_of(visit_id).site_id for visit_id in asked.postpone)
    return parents.joined_with(Parents(sites))


@writing(_parents)
def _shift(delegation_id: int, asked: ShiftAsked, *, by: Actor, at: datetime) -> list[Visit]:
    _must_be_theirs(delegation_id, asked)
    told: dict[int, Verdict] = {}
    for visit_id in asked.postpone:
        with _kept(told, visit_id):
            act_upon(visit_id, Act.POSTPONE, Told(reason=asked.reason), by=by, at=at)
    if told:
        raise ShiftRefused(visits=told)
    # Engagements step aside while the visits move: nobody is in two places meanwhile.
    aside = [
        (move, _stepped_aside(move, by=by, at=at))
        for move in sorted(asked.engagements, key=lambda move: move.engagement_id)
    ]
    moved = _moved(asked, by=by, at=at)
    for move, row in aside:
        request = replace(
            request_of(row, move.starts_at - row.starts_at),
            acknowledge=asked.acknowledge,
            acknowledge_reason=asked.reason,
        )
        with _kept(told, row.id):
            put_back(row, request, by=by, at=at)
    if told:
        raise ShiftRefused(engagements=told)
    return moved


def _moved(asked: ShiftAsked, *, by: Actor, at: datetime) -> list[Visit]:
    if not asked.visits:
        return []
    try:
        return book_within_an_act(asked.visits, seen=asked.seen, by=by, at=at)
    except BatchRefused as refused:
        told = zip(asked.visits, refused.verdicts, refused.standing, strict=True)
        kept = {r.visit_id: verdict for r, verdict, stands in told if r.visit_id is not None and not stands}
        raise ShiftRefused(visits=kept) from None


def _stepped_aside(move: EngagementMove, *, by: Actor, at: datetime) -> Engagement:
    told: dict[int, Verdict] = {}
    with _kept(told, move.engagement_id):
        return step_aside(move.engagement_id, seen=move.seen, by=by, at=at)
    raise ShiftRefused(engagements=told)


@contextmanager
def _kept(told: dict[int, Verdict], number: int) -> Iterator[None]:
    """Keep the rules' no to one stop, to tell it with those to the others."""
    try:
        yield
    except VisitRefused as refused:
        told[number] = refused.verdict


def _must_be_theirs(delegation_id: int, asked: ShiftAsked) -> None:
    """Every stop that is named is one of this delegation."""
    for request in asked.visits:
        if request.visit_id is None:
            raise Invalid("visits", "unknown", value=None)
    for visit_id in (*(r.visit_id for r in asked.visits), *asked.postpone):
        if whereabouts_of(visit_id or 0).delegation_id != delegation_id:
            raise Invalid("visits", "not_of_this_delegation", value=visit_id)
    for move in asked.engagements:
        if delegation_of_engagement(move.engagement_id) != delegation_id:
            raise Invalid("engagements", "not_of_this_delegation", value=move.engagement_id)


def request_of(row: Engagement, by: timedelta) -> EngagementRequest:
    """An engagement as it is asked for again, so much later."""
    return EngagementRequest(
        delegation_id=row.delegation_id,
        engagement_id=row.id,
        kind=row.kind,
        starts_at=row.starts_at + by,
        ends_at=row.ends_at + by,
        part_id=row.part_id,
        headcount=row.headcount,
        title=row.title,
        place=row.place.code if row.place is not None else None,
        destination=row.destination.code if row.destination is not None else None,
        host=row.host,
        note=row.note,
    )
