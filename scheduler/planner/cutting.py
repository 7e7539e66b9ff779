"""From what could be chosen to what stands: people are found for it, the rules say yes, or it is cut."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from time import monotonic

from scheduler.core.verdicts import Verdict
from scheduler.planner.candidates import Candidate, Item
from scheduler.planner.choosing import Bound, choose
from scheduler.planner.days import FOREVER, Column, Day
from scheduler.planner.people import Assigned, NobodyToSend, are_too_few, who_goes
from scheduler.planner.proving import VisitPlan, plans_of, verdicts_of
from scheduler.planner.question import Room

# A question that needs more cuts than this is answered by what stands by then.
MOST_CUTS = 400


@dataclass(frozen=True, eq=False)
class Standing:
    """A programme that stands: a column for each day, its visits with who goes along, the rules' verdicts."""

    columns: tuple[Column, ...]
    plans: tuple[VisitPlan, ...]
    assigned: Assigned
    verdicts: tuple[Verdict, ...]
    is_proven: bool

    @property
    def visits(self) -> list[Candidate]:
        """In order of hour."""
        return sorted((c for column in self.columns for c in column.chain), key=lambda c: c.starts_at)


def best_standing(room: Room, bounds: Sequence[Bound] = (), until: float = FOREVER) -> Standing | None:
    """The best programme within some bounds that can be staffed and that the rules accept whole; None where
    there is none, or none was found in time. What cannot stand is cut out of the room's days for good."""
    for number in range(MOST_CUTS):
        choice = choose(room.columns, room.wishes, bounds=bounds, until=until, seed=room.asked.seed)
        if choice is None:
            return None
        found = stand(room, choice.columns, is_proven=choice.is_proven and room.is_complete)
        if isinstance(found, Standing):
            return found
        if number + 1 == MOST_CUTS or monotonic() > until:
            return _lightened(room, choice.columns)
        for day in room.days:
            _cut_whole(room, day, frozenset(c for c in found if c.on == day.on))
    return None


def stand(
    room: Room, columns: tuple[Column, ...], *, is_proven: bool = True
) -> Standing | frozenset[Candidate]:
    """A programme with people and verdicts, or visits of one day that cannot all stand together."""
    asked = room.asked
    plans = plans_of(asked, [c for column in columns for c in column.chain])
    days = [[plan for plan in plans if plan.candidate.on == day.on] for day in room.days]
    assigned = who_goes(days, asked.delegation.staff, room.travel)
    if isinstance(assigned, NobodyToSend):
        return assigned.candidates
    verdicts = verdicts_of(asked, plans, assigned)
    refused = next((p for p, v in zip(plans, verdicts, strict=True) if v.is_refused), None)
    if refused is not None:
        same_day = [plan for plan in plans if plan.candidate.on == refused.candidate.on]
        return _refused(room, same_day, assigned)
    return Standing(columns, tuple(plans), assigned, tuple(verdicts), is_proven)


def _lightened(room: Room, columns: tuple[Column, ...]) -> Standing | None:
    """What is left of a programme when visits that cannot stand are left out: better than nothing."""
    chosen = list(columns)
    while not isinstance(found := stand(room, tuple(chosen), is_proven=False), Standing):
        least = min(found, key=lambda c: (room.wishes.worth(c).rank, c.starts_at, c.item))
        number = next(n for n, column in enumerate(chosen) if column.day.on == least.on)
        fewer = chosen[number].day.best(chosen[number].items - {least.item})
        if fewer is None:
            return None
        chosen[number] = fewer
    return found


def cut(day: Day, together: frozenset[Candidate]) -> None:
    """Replace every column that holds all of some visits by its best ones without one or another of them:
    nothing that could stand is lost."""
    if not together:
        return
    items = {candidate.item for candidate in together}
    kept: list[Column] = []
    for column in day.columns:
        if items <= column.items and together <= set(column.chain):
            for candidate in sorted(together, key=lambda c: (c.starts_at, c.item)):
                instead = day.best(column.items, column.without | {candidate})
                kept += [instead] if instead is not None else []
        else:
            kept.append(column)
    day.columns[:] = kept


def _cut_whole(room: Room, day: Day, together: frozenset[Candidate]) -> None:
    """Cut some visits; where people are too few at any hours, every day that holds the like."""
    items = {candidate.item for candidate in together}
    if together and _is_hopeless(room, day, items):
        day.columns[:] = [column for column in day.columns if not items <= column.items]
    else:
        cut(day, together)


def _is_hopeless(room: Room, day: Day, items: Set[Item]) -> bool:
    """Whether too few people serve these visits at any of their hours that day."""
    staff = room.asked.delegation.staff
    if staff is None:
        return False
    candidates = [[c for c in day.candidates if c.item == item] for item in sorted(items)]
    if any(candidate.is_split for of_item in candidates for candidate in of_item):
        return False
    return are_too_few([plans_of(room.asked, of_item) for of_item in candidates], staff, room.travel)


def _refused(room: Room, plans: Sequence[VisitPlan], assigned: Assigned) -> frozenset[Candidate]:
    """A smallest part of a day's visits that the rules refuse together; all, if none by itself is."""
    kept = list(plans)
    for candidate in dict.fromkeys(plan.candidate for plan in plans):
        without = [plan for plan in kept if plan.candidate is not candidate]
        if any(verdict.is_refused for verdict in verdicts_of(room.asked, without, assigned)):
            kept = without
    return frozenset(plan.candidate for plan in kept)
