"""Repair: the plan for all visits that one disturbance touches, with the fewest changes guests can see."""

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from scheduler.core.disturbances import BookedVisit, CityFacts, DisturbanceKind, laid_over
from scheduler.core.escort import NONE_FREE
from scheduler.planner.repair_answers import RepairAnswer
from scheduler.planner.repair_asked import RepairAsked
from scheduler.planner.repair_candidates import Candidate, candidates_for, staying
from scheduler.planner.repair_levels import Search, Solution
from scheduler.planner.repair_model import Choice, RepairModel
from scheduler.planner.repair_told import told
from scheduler.planner.repair_touched import Touched, touched_by
from scheduler.planner.repair_verdicts import LastWord, last_word
from scheduler.planner.repair_world import World

# Of all the time, so much for the search in which only touched visits move; the rest is for widening it.
FIRST_SHARE = 0.7
MOST_CUTS = 20


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A solution whose every change the rules, asked together, accept."""

    solution: Solution
    word: LastWord


@dataclass(eq=False)
class Repair:
    """One repair under way: the facts as they would be, who is touched, and when it must end."""

    asked: RepairAsked
    facts: CityFacts
    touched: Sequence[Touched]
    began: float
    verifying: float = 0.0
    solving: float = 0.0

    @property
    def touched_ids(self) -> frozenset[int]:
        return frozenset(each.visit.id for each in self.touched)


def plan_repair(asked: RepairAsked) -> RepairAnswer:
    """The plan for all touched visits of all delegations together, in this order of importance: most keep a
    place of their own tour in their own stay (the dearer wish first), fewest move, fewest cautions, the same
    day and hour, the same people along. First only touched visits may move; where some find no place, others
    of their delegations make room if that helps. What finds none gets reasons, alternatives and a stand-in.

    In: the facts as they are and the disturbance (`RepairAsked`); a rehearsed one is laid over them. Every
    change of the answer that keeps a place is accepted by `decide_together` with all the others. Pure but
    for the clock that bounds it."""
    began = time.monotonic()
    facts = laid_over(asked.facts, asked.disturbance)
    touched = touched_by(facts, asked.disturbance, asked.at)
    if not touched:
        return RepairAnswer(seconds=time.monotonic() - began)
    repair = Repair(asked, facts, touched, began)
    found = _searched(repair, {}, began + asked.seconds * FIRST_SHARE)
    lost = repair.touched_ids - found.solution.chosen.keys()
    if lost:
        found = _widened(repair, found, lost)
    stand_ins = _stand_ins(repair, found)
    answer = told(repair.asked, repair.facts, touched, found.solution, found.word, stand_ins)
    return replace(
        answer,
        seconds=time.monotonic() - began,
        solving_seconds=repair.solving,
        verifying_seconds=repair.verifying,
    )


def _searched(repair: Repair, making_room: Mapping[int, BookedVisit], deadline: float) -> Found:
    """The best plan in which the touched visits, and some others of their delegations, may move."""
    leaving = repair.touched_ids | making_room.keys()
    world = World(repair.facts, leaving, repair.asked.overrides)
    choices = {each.visit.id: _own_choices(repair, world, each.visit, True) for each in repair.touched}
    choices |= {key: _own_choices(repair, world, visit, False) for key, visit in making_room.items()}
    return _solved(repair, world, choices, deadline)


def _widened(repair: Repair, found: Found, lost: Collection[int]) -> Found:
    """The same where other visits of those delegations may make room, if that keeps one more."""
    visits = repair.facts.visits
    theirs = {visits[visit_id].delegation_id for visit_id in lost}
    making_room = {
        key: visit
        for key, visit in visits.items()
        if visit.delegation_id in theirs
        and key not in repair.touched_ids
        and visit.starts_at > repair.asked.at
    }
    if not making_room:
        return found
    wider = _searched(repair, making_room, repair.began + repair.asked.seconds)
    return wider if _kept(repair, wider.solution) > _kept(repair, found.solution) else _unproven(found, wider)


def _unproven(found: Found, wider: Found) -> Found:
    """What was found without others is the best only if the wider search came to its end."""
    solution = found.solution
    return replace(
        found, solution=replace(solution, is_proven=solution.is_proven and wider.solution.is_proven)
    )


def _kept(repair: Repair, solution: Solution) -> int:
    return sum(visit_id in solution.chosen for visit_id in repair.touched_ids)


def _own_choices(repair: Repair, world: World, visit: BookedVisit, is_touched: bool) -> list[Candidate]:
    """The sessions of a visit's own tour; where it is too, if it may stay there."""
    asked = repair.asked
    found = candidates_for(world, visit, [visit.tour_id], asked.at)
    if is_touched and (visit.headcount != visit.booked_for):
        return found
    moving = [candidate for candidate in found if candidate.is_move]
    if is_touched and asked.disturbance.kind is not DisturbanceKind.ABSENCE:
        return moving
    barring = frozenset(NONE_FREE.values()) if is_touched else frozenset()
    there = staying(world, visit, asked.at, against=barring)
    return moving if there is None else [there, *moving]


def _stand_ins(repair: Repair, found: Found) -> Mapping[int, Choice]:
    """For visits without a place: other tours that could stand in, with all that keep one where they are."""
    lost = [each.visit for each in repair.touched if each.visit.id not in found.solution.chosen]
    tours = repair.facts.stand_ins
    if not any(tours.get(visit.id) for visit in lost):
        return {}
    kept = found.solution.chosen
    leaving = repair.touched_ids | kept.keys()
    world = World(repair.facts, leaving, repair.asked.overrides)
    choices: dict[int, list[Candidate]] = {key: [choice.candidate] for key, choice in kept.items()}
    for visit in lost:
        choices[visit.id] = candidates_for(world, visit, tours.get(visit.id, ()), repair.asked.at)
    limit = max(repair.began + repair.asked.seconds, time.monotonic() + repair.asked.seconds * 0.1)
    solution = _solved(repair, world, choices, limit, bound_to_stay=kept.keys()).solution
    return {key: choice for key, choice in solution.chosen.items() if key not in kept}


def _solved(
    repair: Repair,
    world: World,
    choices: Mapping[int, Sequence[Candidate]],
    deadline: float,
    *,
    bound_to_stay: Collection[int] | None = None,
) -> Found:
    """Solve, ask the rules, forbid what they refuse, and solve again."""
    keeping = choices.keys() - repair.touched_ids if bound_to_stay is None else bound_to_stay
    cuts: list[Mapping[int, Choice]] = []
    for _ in range(MOST_CUTS):
        began = time.monotonic()
        model = RepairModel(world, choices, keeping, cuts)
        search = Search(model, choices.keys() - keeping, deadline, repair.asked.seed, repair.asked.workers)
        solution = search.best()
        asked_at = time.monotonic()
        repair.solving += asked_at - began
        word = last_word(world, solution.chosen, repair.asked.at)
        repair.verifying += time.monotonic() - asked_at
        if not word.refused:
            return Found(solution, word)
        cuts.append(word.refused)
        if asked_at > deadline:
            break
    return _without_refused(repair, world, solution, word)


def _without_refused(repair: Repair, world: World, solution: Solution, word: LastWord) -> Found:
    """Out of time: what the rules refuse is left out, until they accept all that remains."""
    chosen = dict(solution.chosen)
    while word.refused:
        for visit_id in word.blamed:
            chosen.pop(visit_id, None)
        word = last_word(world, chosen, repair.asked.at)
    return Found(replace(solution, chosen=chosen, is_proven=False), word)
