"""Engagements on the board: what delegations do that is no tour. Plain rows, one query."""

from sqlalchemy import bindparam, select

from scheduler.core.stops import EngagementState
from scheduler.records.boards import BoardAsked, Rows
from scheduler.records.database import ask, written
from scheduler.records.engagements import Engagement
from scheduler.records.parts import Part
from scheduler.records.places import Place

_E, _P, _N = (table.__table__.c for table in (Engagement, Place, Part))
_ENGAGEMENTS = (
    select(
        _E.id,
        _E.delegation_id,
        _E.kind,
        _E.title,
        _E.starts_at,
        _E.ends_at,
        _E.headcount,
        _P.name.label("place_name"),
        _N.name.label("part_name"),
        _E.host,
    )
    .outerjoin_from(Engagement.__table__, Place.__table__, _P.id == _E.place_id)
    .outerjoin(Part.__table__, _N.id == _E.part_id)
    .where(
        _E.state == written(EngagementState.PLANNED),
        _E.starts_at < bindparam("last"),
        _E.ends_at > bindparam("first"),
    )
    .order_by(_E.starts_at, _E.id)
)


def engagements_on_board(asked: BoardAsked) -> Rows:
    """(id, delegation_id, kind, title, starts_at, ends_at, headcount, place_name, part_name, host) of what is
    planned within the days asked for."""
    rows = ask(_ENGAGEMENTS, first=asked.first, last=asked.last).all()
    return [row for row in rows if asked.wants(row.delegation_id)]
