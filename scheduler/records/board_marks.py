"""A mark that differs whenever anything on a board does: what a page asks every few seconds, in one query."""

from datetime import datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import bindparam, func, select

from scheduler.access import Actor
from scheduler.records.database import ask
from scheduler.records.holds import IS_OVERDUE
from scheduler.records.journal import Journal
from scheduler.records.sites import Site
from scheduler.records.visits import Visit

# Numbers of the journal are given before the commit: a line may come to be seen after later ones. That
# changes how many of the newest are there, though not which is the last.
NEWEST = 1000

_J = Journal.__table__.c
_LAST = select(func.coalesce(func.max(_J.id), 0)).scalar_subquery()
_MARK = select(
    _LAST,
    select(func.count()).where(_J.id > _LAST - bindparam("newest")).scalar_subquery(),
    select(func.coalesce(func.sum(Site.__table__.c.revision), 0)).scalar_subquery(),
    select(func.count()).select_from(Visit.__table__).where(IS_OVERDUE).scalar_subquery(),
)


def mark_for(by: Actor, at: datetime) -> str:
    """The mark for somebody at an instant: every act writes the journal, every change of a visit raises its
    site's revision, holds end by the clock alone, and whose sites are shown may change."""
    told: list[Any] = [*ask(_MARK, newest=NEWEST, at=at).one(), sorted(by.roles), sorted(by.site_ids)]
    return blake2b(repr(told).encode(), digest_size=12).hexdigest()
