"""The last word on a repair: all its changes at once before `decide_together`."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from scheduler.core.together import Plan, decide_together
from scheduler.core.verdicts import OVERRIDES, CautionCode, Verdict
from scheduler.planner.repairs.model import Choice
from scheduler.planner.repairs.world import World


@dataclass(frozen=True, slots=True, eq=False)
class LastWord:
    """The verdicts by visit; `refused` is a combination that is refused as a whole (empty: all are
    accepted), `blamed` those of it that are to go first."""

    plans: Mapping[int, Plan]
    verdicts: Mapping[int, Verdict]
    refused: Mapping[int, Choice] = field(default_factory=dict)
    blamed: tuple[int, ...] = ()


def last_word(world: World, chosen: Mapping[int, Choice], at: datetime) -> LastWord:
    """Ask the rules about every visit that a solution changes, in the order in which it will be written. What
    stays where it is, with as many people, is asked only whether who comes along can. Pure."""
    changed = [key for key in in_order(world, chosen) if is_changed(world, chosen[key])]
    there = World(world.facts, set(changed), world.overrides)
    plans = {key: _plan(there, chosen[key]) for key in changed}
    verdicts = dict(zip(changed, decide_together(list(plans.values()), at), strict=True))
    blamed = tuple(key for key, verdict in verdicts.items() if _is_against(verdict))
    refused: dict[int, Choice] = {}
    if blamed:
        # The rules say which one is refused, not because of whom: of its own delegation, site or people.
        refused = {
            key: chosen[key] for key in chosen if key in blamed or _is_near(there, chosen, key, blamed)
        }
    return LastWord(plans, verdicts, refused, blamed)


def _is_against(verdict: Verdict) -> bool:
    """Whether a verdict is not what the plan needs: whoever it sends along must be able to come."""
    cannot_come = CautionCode.ASSIGNEE_CANNOT_FOLLOW
    return verdict.is_refused or any(caution.code is cannot_come for caution in verdict.cautions)


def in_order(world: World, chosen: Mapping[int, Choice]) -> list[int]:
    """The order of asking and writing: who needs somebody and has named nobody first, while people are free;
    then by hour."""
    return sorted(
        chosen,
        key=lambda key: (bool(chosen[key].going), chosen[key].candidate.running.starts_at, key),
    )


def is_changed(world: World, choice: Choice) -> bool:
    """Whether anything of a visit would be other than it is."""
    visit = world.facts.visits[choice.candidate.visit_id]
    before = {each.resource_id for each in visit.going}
    return choice.candidate.is_move or visit.headcount != visit.booked_for or before != set(choice.going)


def is_asked_anew(world: World, choice: Choice) -> bool:
    """Whether a change is one of place, hour or number, which the site is asked for again."""
    visit = world.facts.visits[choice.candidate.visit_id]
    return choice.candidate.is_move or visit.headcount != visit.booked_for


def _plan(world: World, choice: Choice) -> Plan:
    visit = world.facts.visits[choice.candidate.visit_id]
    tour_id = choice.candidate.tour_id
    running = world.running_at(tour_id, choice.candidate.running.starts_at)
    assert running is not None
    plan = world.plan(visit, tour_id, running, choice.going)
    if is_asked_anew(world, choice):
        return plan
    standing = frozenset(code.value for code in OVERRIDES)
    return Plan(replace(plan.request, overrides=standing), plan.diary)


def _is_near(world: World, chosen: Mapping[int, Choice], key: int, blamed: tuple[int, ...]) -> bool:
    """Whether a choice may be why another is refused."""
    facts, mine = world.facts.visits, chosen[key]
    return any(
        facts[key].delegation_id == facts[other].delegation_id
        or mine.candidate.site_id == chosen[other].candidate.site_id
        or bool(set(mine.going) & set(chosen[other].going))
        for other in blamed
    )
