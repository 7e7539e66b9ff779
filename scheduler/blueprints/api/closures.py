"""Closures of a site: made, listed, taken back. No visit is ever dropped: those concerned are flagged."""

from typing import Any

from flask import Response
from sqlalchemy import select

from scheduler.access import Permission
from scheduler.actions.answers import Answered
from scheduler.actions.invalid import Invalid
from scheduler.actions.sites import close_site, reopen_site
from scheduler.blueprints.api.answering import answered, told, writes
from scheduler.blueprints.api.paging import Page, page_of_rows
from scheduler.blueprints.api.room import bp
from scheduler.blueprints.api.schemas.site_days import (
    ClosureIn,
    ClosureMadeOut,
    ClosureOut,
    ClosuresOut,
    ReopenedOut,
)
from scheduler.blueprints.api.sites import known_code
from scheduler.clock import now
from scheduler.core.spans import Span
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.site_lookup import site_seen_by
from scheduler.records.sites import SiteClosure
from scheduler.records.visit_lookup import visits_numbered


@bp.post("/sites/<code>/closures")
@bp.input(ClosureIn)
@bp.output(ClosureMadeOut, status_code=201)
@allow(Permission.WRITE_SITES)
@writes()
def make_closure(code: str, json_data: dict[str, Any]) -> Response:
    """Close a site from one instant to another; answers with the visits concerned."""
    if json_data["ends_at"] <= json_data["starts_at"]:
        raise Invalid("ends_at", "not_after", earliest=json_data["starts_at"])
    span = Span(json_data["starts_at"], json_data["ends_at"])

    def act() -> Answered:
        site = site_seen_by(actor(), known_code(code))
        changed = close_site(site.id, span, json_data["reason"], by=actor(), at=now())
        visits = visits_numbered([visit.id for visit in changed.concerned])
        return Answered(201, ClosureMadeOut().dump(_with(changed.subject, site, visits)))

    return answered(act)


@bp.get("/sites/<code>/closures")
@bp.input(Page, location="query")
@bp.output(ClosuresOut)
@allow(Permission.READ_SITES)
def list_closures(code: str, query_data: dict[str, Any]) -> Response:
    """List a site's dated closures, the latest first."""
    site = site_seen_by(actor(), known_code(code))
    rows = select(SiteClosure).where(SiteClosure.site_id == site.id)
    rows = rows.order_by(SiteClosure.starts_at.desc(), SiteClosure.id.desc())
    return told(page_of_rows(rows, query_data, ClosureOut().dump))


@bp.delete("/sites/<code>/closures/<id:closure_id>")
@bp.output(ReopenedOut)
@allow(Permission.WRITE_SITES)
@writes()
def take_closure_back(code: str, closure_id: int) -> Response:
    """Take a closure back; answers with the visits that no longer clash."""

    def act() -> Answered:
        site = site_seen_by(actor(), known_code(code))
        changed = reopen_site(site.id, closure_id, by=actor(), at=now())
        visits = visits_numbered([visit.id for visit in changed.cleared])
        return Answered(200, ReopenedOut().dump({"id": closure_id, "visits": visits}))

    return answered(act)


def _with(closure: SiteClosure, site: Any, visits: Any) -> dict[str, Any]:
    return {
        "id": closure.id,
        "site": site,
        "starts_at": closure.starts_at,
        "ends_at": closure.ends_at,
        "reason": closure.reason,
        "visits": visits,
    }
