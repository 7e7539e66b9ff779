"""In which order the visits of a batch are written, told from their rows."""

from collections.abc import Mapping, Sequence

from scheduler.actions.duties import duties_of_visit
from scheduler.actions.invalid import Invalid
from scheduler.core.spans import Span
from scheduler.core.together import Plan
from scheduler.core.turns import Standing, turns
from scheduler.records.visits import Visit


def in_turn(plans: Sequence[Plan], moving: Mapping[int, Visit]) -> list[int]:
    """An order in which accepted plans can be written one by one (see `turns`). Raises Invalid when two would
    have to change places with one another."""
    order, stuck = turns(plans, {key: _standing(visit) for key, visit in moving.items()})
    if stuck:
        raise Invalid("visits", "cannot_swap")
    return order


def _standing(visit: Visit) -> Standing:
    return Standing(
        delegation_id=visit.delegation_id,
        site_id=visit.site_id,
        tour_id=visit.tour_session.tour_id,
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        clear_at=visit.tour_session.clear_at,
        headcount=visit.headcount,
        duties={d.resource_id: Span(d.starts_at, d.ends_at) for d in duties_of_visit(visit.id)},
    )
