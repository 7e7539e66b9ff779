"""The last word on a programme: every visit of it weighed by the rules beside all the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from scheduler.core.facts import DelegationFacts, Diary, VisitRequest
from scheduler.core.spans import Span
from scheduler.core.together import Plan, decide_together
from scheduler.core.verdicts import Verdict
from scheduler.planner.asked import PlanAsked
from scheduler.planner.candidates import Candidate, Share
from scheduler.planner.sharing import parts_of


@dataclass(frozen=True, eq=False)
class VisitPlan:
    """One visit of a programme: its candidate, its share of the party (`number` from 0) and the request for
    it, with the delegation as the rules will know it."""

    candidate: Candidate
    share: Share
    number: int
    request: VisitRequest
    delegation: DelegationFacts

    @property
    def span(self) -> Span:
        return Span(self.share.running.starts_at, self.share.running.ends_at)


def plans_of(asked: PlanAsked, candidates: Sequence[Candidate]) -> list[VisitPlan]:
    """The visits of some candidates, in order of hour; a split party is as many parts of the delegation."""
    imagined = {part.id: part for c in candidates if c.is_split for part in parts_of(c)}
    delegation = asked.delegation
    if imagined:
        delegation = replace(delegation, parts={**delegation.parts, **imagined})
    found = [
        VisitPlan(candidate, share, number, _request(candidate, number, delegation.id), delegation)
        for candidate in candidates
        for number, share in enumerate(candidate.shares)
    ]
    return sorted(found, key=lambda plan: (plan.span.starts_at, plan.number))


def verdicts_of(
    asked: PlanAsked, plans: Sequence[VisitPlan], assigned: Mapping[VisitPlan, tuple[int, ...]]
) -> list[Verdict]:
    """What the rules say of each visit, all of them booked at once with those who go along."""
    return decide_together([_plan(plan, assigned.get(plan, ())) for plan in plans], asked.at)


def _request(candidate: Candidate, number: int, delegation_id: int) -> VisitRequest:
    share, part = candidate.shares[number], None
    if candidate.is_split:
        part = parts_of(candidate)[number].id
    running = share.running
    return VisitRequest(
        headcount=share.headcount,
        delegation_id=delegation_id,
        tour_session_id=running.id,
        tour_code=candidate.tour_code,
        starts_at=running.starts_at,
        part_id=part,
    )


def _plan(plan: VisitPlan, assign: tuple[int, ...]) -> Plan:
    option, running = plan.candidate.option, plan.share.running
    diary = Diary(
        site=option.site,
        tour=option.tour,
        running=running,
        load=option.load,
        wanted_at=running.starts_at,
        delegation=plan.delegation,
    )
    return Plan(replace(plan.request, assign=assign), diary)
