"""The ways between places as the rules see them: minutes from the table, and spots for the model."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.orm import aliased

from scheduler.core.travel import Point, Travel
from scheduler.records.database import ask
from scheduler.records.places import Place, TravelTime

_T = TravelTime.__table__.c
_FROM, _TO = aliased(Place.__table__, name="origin"), aliased(Place.__table__, name="destination")
_CODES: Any = bindparam("codes", expanding=True)
_SITES: Any = bindparam("site_ids", expanding=True)
_BETWEEN = (
    select(_FROM.c.code, _TO.c.code, _T.hour, _T.minutes)
    .join_from(TravelTime.__table__, _FROM, _FROM.c.id == _T.origin_id)
    .join(_TO, _TO.c.id == _T.destination_id)
)
_TO_SITES = _BETWEEN.where(
    or_(
        and_(_FROM.c.code.in_(_CODES), _TO.c.site_id.in_(_SITES)),
        and_(_TO.c.code.in_(_CODES), _FROM.c.site_id.in_(_SITES)),
    )
)
_AMONG = _BETWEEN.where(_FROM.c.code.in_(_CODES), _TO.c.code.in_(_CODES))


def travel_among(points: Mapping[str, Point | None], site_ids: Collection[int] = ()) -> Travel:
    """The ways between places (by code, with their spots where known) and some sites; with no sites named,
    among the places themselves. One query."""
    codes = list(points)
    rows = ask(_TO_SITES, codes=codes, site_ids=list(site_ids)) if site_ids else ask(_AMONG, codes=codes)
    table: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for origin, destination, hour, minutes in rows:
        table[origin, destination][hour] = minutes
    known = {code: point for code, point in points.items() if point is not None}
    return Travel(points=known, table=dict(table))
