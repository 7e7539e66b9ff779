"""Repair: the plan for all visits that one disturbance touches, with the fewest changes guests can see."""

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from scheduler.core.disturbances import BookedVisit, CityFacts, DisturbanceKind, laid_over
from scheduler.core.escort import NONE_FREE
from scheduler.planner.repairs.answers import RepairAnswer
from scheduler.planner.repairs.asked import RepairAsked
from scheduler.planner.repairs.candidates import Candidate, at_rest, candidates_for, staying
from scheduler.planner.repairs.levels import Search, Solution, sketch
from scheduler.planner.repairs.model import Choice, RepairModel
from scheduler.planner.repairs.stand_ins import where_not_yet
from scheduler.planner.repairs.told import told
from scheduler.planner.repairs.touched import Touched, touched_by
from scheduler.planner.repairs.verdicts import LastWord, last_word
from scheduler.planner.repairs.world import World

# Of all the time, so much for the search in which only touched visits move; the rest is for widening it.
FIRST_SHARE, LEAST_SHARE = 0.7, 0.3
MOST_CUTS, MOST_MAKING_ROOM = 20, 60


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
    def left(self) -> float:
        """Seconds until the search must end."""
        return self.began + self.asked.seconds - time.monotonic()

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
    found = _searched(repair, {}, asked.seconds * FIRST_SHARE)
    lost = repair.touched_ids - found.solution.placed.keys()
    if lost:
        found = _widened(repair, found, lost)
    stand_ins = _stand_ins(repair, found)
    answer = told(asked, facts, touched, found.solution, found.word, stand_ins)
    return replace(
        answer,
        seconds=time.monotonic() - began,
        solving_seconds=repair.solving,
        verifying_seconds=repair.verifying,
    )


def _searched(repair: Repair, making_room: Mapping[int, BookedVisit], seconds: float) -> Found:
    """The best plan in which the touched visits, and some others of their delegations, may move. The search
    has some time of its own even where reading the rules took long."""
    leaving = repair.touched_ids | making_room.keys()
    world = World(repair.facts, leaving, repair.asked.overrides)
    choices = {each.visit.id: _for_touched(repair, world, each.visit) for each in repair.touched}
    choices |= {key: _for_others(repair, world, visit) for key, visit in making_room.items()}
    least = time.monotonic() + repair.asked.seconds * LEAST_SHARE
    return _solved(repair, world, choices, max(repair.began + seconds, least))


def _widened(repair: Repair, found: Found, lost: Collection[int]) -> Found:
    """The same where other visits of those delegations may make room, if that keeps one more."""
    making_room, is_whole = _who_could_make_room(repair, lost)
    if not making_room:
        return found if is_whole else _unproven(found, is_proven=False)
    wider = _searched(repair, making_room, repair.asked.seconds)
    if _kept(repair, wider.solution) > _kept(repair, found.solution):
        return wider if is_whole else _unproven(wider, is_proven=False)
    return _unproven(found, is_proven=is_whole and wider.solution.is_proven)


def _who_could_make_room(repair: Repair, lost: Collection[int]) -> tuple[dict[int, BookedVisit], bool]:
    """The other visits of delegations of which a visit without a place would have one if all of them were
    gone; and whether these are all, since only so many are looked at, and only while there is time."""
    theirs: dict[int, dict[int, BookedVisit]] = {}
    visits = repair.facts.visits
    for key, visit in visits.items():
        if key not in repair.touched_ids:
            theirs.setdefault(visit.delegation_id, {})[key] = visit
    found: dict[int, BookedVisit] = {}
    for visit_id in sorted(lost):
        others = theirs.get(visits[visit_id].delegation_id, {})
        if others.keys() <= found.keys():
            continue
        if repair.left <= 0 or len(found) + len(others) > MOST_MAKING_ROOM:
            return found, False
        world = World(repair.facts, repair.touched_ids | others.keys(), repair.asked.overrides)
        if any(each.is_place for each in _for_touched(repair, world, visits[visit_id])):
            found |= others
    return found, True


def _unproven(found: Found, *, is_proven: bool) -> Found:
    """What was found is the best only if the search came to its end."""
    solution = found.solution
    return replace(found, solution=replace(solution, is_proven=solution.is_proven and is_proven))


def _kept(repair: Repair, solution: Solution) -> int:
    return len(repair.touched_ids & solution.placed.keys())


def _for_touched(repair: Repair, world: World, visit: BookedVisit) -> list[Candidate]:
    """The sessions of a visit's own tour; staying with other people, if only those are lacking; and, last,
    to be left alone without a place."""
    asked = repair.asked
    found = candidates_for(world, visit, [visit.tour_id], asked.at)
    if visit.headcount == visit.booked_for:
        found = [candidate for candidate in found if candidate.is_move]
    if asked.disturbance.kind is DisturbanceKind.ABSENCE:
        barring = frozenset(NONE_FREE.values())
        found += filter(None, [staying(world, visit, asked.at, against=barring)])
    return [*found, *filter(None, [at_rest(world, visit, is_place=False)])]


def _for_others(repair: Repair, world: World, visit: BookedVisit) -> list[Candidate]:
    """The same for a visit that nothing stands against: it may stay as it is."""
    found = candidates_for(world, visit, [visit.tour_id], repair.asked.at)
    moving = [candidate for candidate in found if candidate.is_move]
    return [*filter(None, [at_rest(world, visit, is_place=True)]), *moving]


def _stand_ins(repair: Repair, found: Found) -> Mapping[int, Choice]:
    """For visits without a place: other tours that could stand in, with all others where they are."""
    placed, tours = found.solution.placed, repair.facts.stand_ins
    lost = [each.visit for each in repair.touched if each.visit.id not in placed]
    if repair.left <= 0 or not any(tours.get(visit.id) for visit in lost):
        return {}
    world = World(repair.facts, repair.touched_ids | placed.keys(), repair.asked.overrides)
    choices: dict[int, list[Candidate]] = {key: [choice.candidate] for key, choice in placed.items()}
    for visit in lost:
        wanted = tours.get(visit.id, ()) if repair.left > 0 else ()
        others = where_not_yet(world, visit, candidates_for(world, visit, wanted, repair.asked.at))
        choices[visit.id] = [*others, *filter(None, [at_rest(world, visit, is_place=False)])]
    solution = _solved(repair, world, choices, time.monotonic() + max(repair.left, 0.1)).solution
    return {key: choice for key, choice in solution.placed.items() if key not in placed}


def _solved(
    repair: Repair, world: World, choices: Mapping[int, Sequence[Candidate]], deadline: float
) -> Found:
    """Solve, ask the rules, forbid what they refuse, and solve again."""
    cuts: list[Mapping[int, Choice]] = []
    choices = {key: candidates for key, candidates in choices.items() if candidates}
    touched = [key for key in choices if key in repair.touched_ids]
    asked = repair.asked
    while True:
        began = time.monotonic()
        start = sketch(world, choices, touched, deadline, asked.seed)
        model = RepairModel(world, choices, cuts)
        solution = Search(model, touched, deadline, asked.seed, start).best()
        asked_at = time.monotonic()
        repair.solving += asked_at - began
        word = last_word(world, solution.placed, repair.asked.at)
        repair.verifying += time.monotonic() - asked_at
        if not word.refused:
            return Found(solution, word)
        cuts.append(word.refused)
        if asked_at > deadline or len(cuts) > MOST_CUTS:
            return _without_refused(repair, world, solution, word)


def _without_refused(repair: Repair, world: World, solution: Solution, word: LastWord) -> Found:
    """Out of time: what the rules refuse is left out, until they accept all that remains."""
    chosen = dict(solution.placed)
    while word.refused:
        for visit_id in word.blamed:
            chosen.pop(visit_id, None)
        word = last_word(world, chosen, repair.asked.at)
    return Found(replace(solution, chosen=chosen, is_proven=False), word)
