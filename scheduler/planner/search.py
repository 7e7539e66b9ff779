"""One delegation's best days: the question laid out, the best programmes that really differ, in good time."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic

from scheduler.planner.answers import PlanAnswer, Proposal
from scheduler.planner.asked import PlanAsked
from scheduler.planner.choosing import totals
from scheduler.planner.conflict import conflict_of
from scheduler.planner.cutting import Standing
from scheduler.planner.differing import programmes
from scheduler.planner.programme import proposal_of
from scheduler.planner.question import Room, room_of
from scheduler.planner.unmet import explained

# Of the time there is, what may go into laying the question out.
LAYING_OUT = 0.6


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a search has come: the share of it that is done, and the proposals found so far."""

    share: float
    proposals: tuple[Proposal, ...] = ()


def plan(asked: PlanAsked, *, told: Callable[[Progress], None] | None = None) -> PlanAnswer:
    """The best programmes for one delegation, the best first.

    In: the question with all its facts. Out: at most `asked.alternatives` proposals, each of which the
    rules accept as a whole; none where there is nothing to plan or no time at all. Never longer than about
    `asked.seconds`; what was cut short is not called proven. `told` hears of progress and may show the first
    proposal before the others are there; the reasons come last. Pure but for the time it takes.
    """
    started = monotonic()
    until, tell = started + asked.seconds, told or _nobody
    if asked.seconds <= 0 or not asked.wishes:
        return PlanAnswer(proposals=(), is_smallest=not asked.wishes)
    room = room_of(asked, started + asked.seconds * LAYING_OUT)
    tell(Progress(0.3))
    proposals: list[Proposal] = []
    found: list[Standing] = []
    first_seconds = 0.0
    for standing in programmes(room, asked.alternatives, until):
        found.append(standing)
        proposals.append(proposal_of(room, standing))
        first_seconds = first_seconds or monotonic() - started
        tell(Progress(0.3 + 0.5 * len(proposals) / max(1, asked.alternatives), tuple(proposals)))
    # What differs less from the first may be better than what was found before it.
    order = sorted(range(len(found)), key=lambda n: totals(found[n].columns), reverse=True)
    proposals = [proposals[n] for n in order]
    tell(Progress(0.8, tuple(proposals)))
    answer = _explained(room, proposals, until, tell)
    return replace(answer, first_seconds=first_seconds, seconds=monotonic() - started)


def _explained(
    room: Room, proposals: list[Proposal], until: float, tell: Callable[[Progress], None]
) -> PlanAnswer:
    """The proposals with the reasons of what they leave out, and what cannot be met together."""
    for number, proposal in enumerate(proposals):
        proposals[number] = explained(room, proposal, until=until)
        tell(Progress(0.8 + 0.15 * (number + 1) / len(proposals), tuple(proposals)))
    if not proposals or _keeps_all(room, proposals[0]):
        return PlanAnswer(proposals=tuple(proposals))
    conflict = conflict_of(room.asked, until=until)
    demands = conflict.demands if conflict is not None else ()
    is_smallest = conflict is not None and conflict.is_smallest
    return PlanAnswer(proposals=tuple(proposals), conflict=demands, is_smallest=is_smallest)


def _keeps_all(room: Room, proposal: Proposal) -> bool:
    """Whether every must and every pin stands."""
    pinned = {stop.wish_id for stop in proposal.stops if stop.is_pinned}
    return proposal.figures.musts_kept == proposal.figures.musts and pinned >= room.wishes.pinned


def _nobody(_progress: Progress) -> None:
    """Nobody listens."""
