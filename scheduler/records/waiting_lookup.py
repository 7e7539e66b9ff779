"""Questions asked of waiting lists: who waits where, in which order."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from scheduler.records.absence import NotFound
from scheduler.records.database import ask, db, written
from scheduler.records.tours import Tour, TourSession
from scheduler.records.waiting import Waiting, WaitingState

_W = Waiting.__table__.c
_WAITS = _W.state == written(WaitingState.WAITING)
_DELEGATIONS = select(_W.delegation_id).where(_WAITS, _W.site_id.in_(bindparam("site_ids", expanding=True)))
_PARENTS = select(_W.site_id, _W.delegation_id).where(_W.id == bindparam("waiting_id"))
_SITES = select(_W.site_id).where(_WAITS).distinct().order_by(_W.site_id)


def delegations_waiting_at(site_ids: Collection[int]) -> frozenset[int]:
    """Whose waiting concerns some sites. One query, answered by an index over those who wait alone."""
    return frozenset(ask(_DELEGATIONS, site_ids=list(site_ids)).scalars())


def sites_with_waiting() -> list[int]:
    """Where anybody waits."""
    return list(ask(_SITES).scalars())


def parents_of_waiting(waiting_id: int) -> tuple[int, int]:
    """(site, delegation) of an entry. Raises NotFound."""
    row = ask(_PARENTS, waiting_id=waiting_id).first()
    if row is None:
        raise NotFound("waiting", waiting_id)
    return row.site_id, row.delegation_id


def session_of_waiting(waiting_id: int) -> int:
    """The tour session that an entry waits for. Raises NotFound."""
    waiting = db.session.get(Waiting, waiting_id)
    if waiting is None:
        raise NotFound("waiting", waiting_id)
    return waiting.tour_session_id


def waiting_in_turn(site_ids: Collection[int]) -> Sequence[Waiting]:
    """Who waits at some sites, the first who asked first."""
    rows = select(Waiting).where(Waiting.state == WaitingState.WAITING, Waiting.site_id.in_(site_ids))
    rows = rows.order_by(Waiting.asked_at, Waiting.id).execution_options(populate_existing=True)
    return db.session.scalars(rows).all()


def waiting_list(
    *, tour_session_id: int | None = None, delegation_id: int | None = None, since: datetime | None = None
) -> Sequence[Waiting]:
    """Entries of a session or of a delegation, in turn; those that ended only if that was `since` then."""
    whole = (
        joinedload(Waiting.delegation),
        joinedload(Waiting.visit),
        joinedload(Waiting.tour_session).joinedload(TourSession.tour).joinedload(Tour.site),
    )
    rows = select(Waiting).options(*whole).order_by(Waiting.asked_at, Waiting.id)
    if tour_session_id is not None:
        rows = rows.where(Waiting.tour_session_id == tour_session_id)
    if delegation_id is not None:
        rows = rows.where(Waiting.delegation_id == delegation_id)
    still = Waiting.state == WaitingState.WAITING
    rows = rows.where(still if since is None else still | (Waiting.ended_at >= since))
    return db.session.scalars(rows).all()
