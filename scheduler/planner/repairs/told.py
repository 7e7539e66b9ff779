"""A solved repair as it is told: each visit before and after, and the count of it all."""

from collections.abc import Iterator, Mapping, Sequence

from scheduler.core.disturbances import BookedVisit, CityFacts
from scheduler.planner.repairs.answers import Fate, RepairAnswer, RepairedVisit, Spot
from scheduler.planner.repairs.asked import RepairAsked
from scheduler.planner.repairs.levels import Solution
from scheduler.planner.repairs.model import Choice
from scheduler.planner.repairs.reasons import advice_on, by_visit
from scheduler.planner.repairs.touched import Touched
from scheduler.planner.repairs.verdicts import LastWord, is_changed
from scheduler.planner.repairs.world import World

# Alternatives are looked for so many of those without a place; for the others their reasons must do.
ADVISED = 5


def told(
    asked: RepairAsked,
    facts: CityFacts,
    touched: Sequence[Touched],
    solution: Solution,
    word: LastWord,
    stand_ins: Mapping[int, Choice],
) -> RepairAnswer:
    """The whole answer, times left out. Pure."""
    teller = _Teller(asked, facts, solution, word, stand_ins)
    visits = (*(teller.touched(each) for each in touched), *teller.making_room(touched))
    kept = sum(each.fate in (Fate.STAYS, Fate.MOVES) for each in visits if each.is_touched)
    moved = sum(each.is_moved for each in visits)
    return RepairAnswer(
        visits=visits,
        touched=len(touched),
        kept=kept,
        moved=moved,
        bound=moved if solution.is_proven else min(moved, solution.bound),
        reassigned=sum(bool(each.new_escort or each.let_go) and each.after is not None for each in visits),
        delegations=len({each.delegation_id for each in visits}),
        is_proven=solution.is_proven,
    )


class _Teller:
    """What is needed to tell of one visit after another."""

    def __init__(
        self,
        asked: RepairAsked,
        facts: CityFacts,
        solution: Solution,
        word: LastWord,
        stand_ins: Mapping[int, Choice],
    ) -> None:
        self._asked, self._facts, self._word = asked, facts, word
        self._chosen, self._stand_ins = solution.placed, stand_ins
        self._world = World(facts, set(word.plans), asked.overrides)
        self._advised = 0

    def touched(self, each: Touched) -> RepairedVisit:
        """A touched visit: where it goes, or why it goes nowhere."""
        visit = each.visit
        choice = self._chosen.get(visit.id)
        if choice is not None:
            return self._kept(visit, choice, each)
        others = by_visit(self._word.plans, visit.id)
        world = World(self._facts, {*self._word.plans, visit.id}, self._asked.overrides)
        tours = self._facts.stand_ins.get(visit.id, ())
        self._advised += 1
        is_advised = self._advised <= ADVISED
        reasons, alternatives, remedies = advice_on(
            world, visit, others, tours, self._asked.at, is_advised=is_advised
        )
        stand_in = self._stand_ins.get(visit.id)
        return RepairedVisit(
            visit_id=visit.id,
            version=visit.version,
            delegation_id=visit.delegation_id,
            part_id=visit.part_id,
            fate=Fate.WITHOUT_PLACE if stand_in is None else Fate.STANDS_IN,
            before=self._before(visit),
            after=None if stand_in is None else self._after(visit, stand_in),
            because=each.because,
            cautions=() if stand_in is None else stand_in.candidate.cautions,
            reasons=reasons,
            alternatives=alternatives,
            remedies=remedies,
        )

    def making_room(self, touched: Sequence[Touched]) -> Iterator[RepairedVisit]:
        """Visits that were not touched and change all the same, by hour."""
        known = {each.visit.id for each in touched}
        for key, choice in sorted(self._chosen.items()):
            if key not in known and is_changed(self._world, choice):
                yield self._kept(self._facts.visits[key], choice, None)

    def _kept(self, visit: BookedVisit, choice: Choice, touched: Touched | None) -> RepairedVisit:
        verdict = self._word.verdicts.get(visit.id)
        return RepairedVisit(
            visit_id=visit.id,
            version=visit.version,
            delegation_id=visit.delegation_id,
            part_id=visit.part_id,
            fate=Fate.MOVES if choice.candidate.is_move else Fate.STAYS,
            before=self._before(visit),
            after=self._after(visit, choice),
            is_touched=touched is not None,
            because=touched.because if touched is not None else (),
            cautions=verdict.cautions if verdict is not None and choice.candidate.is_move else (),
        )

    def _before(self, visit: BookedVisit) -> Spot:
        running = self._world.running_at(visit.tour_id, visit.starts_at)
        return Spot(
            site_code=self._world.site_of(visit.tour_id).code,
            tour_code=self._facts.tours[visit.tour_id].code,
            tour_session_id=running.id if running is not None else None,
            starts_at=visit.starts_at,
            ends_at=visit.ends_at,
            headcount=visit.booked_for,
            going=tuple(each.resource_id for each in visit.going),
        )

    def _after(self, visit: BookedVisit, choice: Choice) -> Spot:
        candidate = choice.candidate
        return Spot(
            site_code=self._facts.sites[candidate.site_id].code,
            tour_code=self._facts.tours[candidate.tour_id].code,
            tour_session_id=candidate.running.id,
            starts_at=candidate.running.starts_at,
            ends_at=candidate.running.ends_at,
            headcount=visit.headcount,
            going=choice.going,
        )
