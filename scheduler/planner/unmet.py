"""What a proposal leaves out, with reasons for each day and the changes that would help."""

from dataclasses import replace
from time import monotonic

from scheduler.planner.answers import Proposal, Unmet
from scheduler.planner.question import Room
from scheduler.planner.reasons import reasons_of
from scheduler.planner.remedies import remedies_of


def explained(room: Room, proposal: Proposal, *, until: float) -> Proposal:
    """The proposal with its unmet wishes explained as far as there is time (until a monotonic second), the
    dearest wishes first."""
    wishes = sorted(proposal.unmet, key=lambda unmet: _dearness(room, unmet), reverse=True)
    return replace(proposal, unmet=tuple(_explained(room, proposal, unmet, until) for unmet in wishes))


def _dearness(room: Room, unmet: Unmet) -> tuple[bool, int]:
    wish = room.wishes.by_id[unmet.wish_id]
    return room.wishes.is_must(wish), wish.priority


def _explained(room: Room, proposal: Proposal, unmet: Unmet, until: float) -> Unmet:
    wish = room.wishes.by_id[unmet.wish_id]
    if monotonic() > until:
        return unmet
    return Unmet(
        wish_id=wish.id,
        reasons=reasons_of(room.candidates.weighing, wish, proposal.stops),
        remedies=remedies_of(room.asked, wish, proposal.stops, until=until),
    )
