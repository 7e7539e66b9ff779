"""The room `closures`: when a site cannot be visited, by date; and closing it this minute."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.sites import close_site, reopen_site
from scheduler.blueprints.changing import tell_saved
from scheduler.blueprints.closures.forms import CloseNowForm, ClosureForm
from scheduler.blueprints.rosters.sheet import still_to_come
from scheduler.blueprints.site_frame import frame_of
from scheduler.blueprints.ways import roster_url
from scheduler.clock import now
from scheduler.core.disturbances import Disturbance, DisturbanceKind
from scheduler.core.spans import Span
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.repair_visits import perhaps_touched
from scheduler.records.rosters import roster_of
from scheduler.records.site_lookup import closures_from, site_seen_by
from scheduler.records.sites import Site, SiteClosure
from scheduler.words.instants import local_day, span_in_words

bp = Blueprint("closures", __name__, url_prefix="/sites/<code>/closures")


@dataclass(frozen=True)
class ClosureRow:
    """One dated closure in the list."""

    id: int
    when: str
    reason: str
    is_now: bool
    touches: int = 0


@bp.get("")
@allow(Permission.READ_SITES)
def index(code: str) -> ResponseReturnValue:
    """The closures of a site, now and to come; what the address says of one more is filled in."""
    is_told = "starts_at" in request.args
    form = ClosureForm(formdata=request.args) if is_told else ClosureForm()
    return _page(site_seen_by(actor(), code), form)


@bp.post("")
@allow(Permission.WRITE_SITES)
def close(code: str) -> ResponseReturnValue:
    """Close the site over a span; the visits it would break are shown first."""
    site = site_seen_by(actor(), code)
    site_id, form = site.id, ClosureForm()
    if form.validate_on_submit():
        changed = form.save(lambda **how: close_site(site_id, form.span(), form.reason.data, **how))
        if changed is not None:
            tell_saved(changed, _("The closure is entered."))
            return redirect(url_for("closures.index", code=code), code=303)
    return _page(site, form)


@bp.route("/now", methods=["GET", "POST"])
@allow(Permission.WRITE_SITES)
def close_now(code: str) -> ResponseReturnValue:
    """Close the site this minute. Those expected today are listed from the start, the nearest first."""
    site, at = site_seen_by(actor(), code), now()
    site_id, form = site.id, CloseNowForm(site, at)
    if form.validate_on_submit():
        changed = form.save(lambda **how: close_site(site_id, form.span(), form.reason.data, **how))
        if changed is not None:
            tell_saved(changed, _("The site is closed from now on."))
            if changed.concerned and actor().may(Permission.BOOK_VISITS):
                return redirect(url_for("closures.index", code=code), code=303)
            return redirect(roster_url(code, local_day(at, site.zone)), code=303)
    awaited, others = still_to_come(roster_of(site, local_day(at, site.zone)), at)
    page = render_template(
        "closures/now.html", site=frame_of(site), form=form, awaited=awaited, other_bookings=others
    )
    return page, form.status


@bp.post("/<int:closure_id>/remove")
@allow(Permission.WRITE_SITES)
def reopen(code: str, closure_id: int) -> ResponseReturnValue:
    """Take a closure back."""
    site = site_seen_by(actor(), code)
    changed = reopen_site(site.id, closure_id, by=actor(), at=now())
    tell_saved(changed, _("The closure is removed."))
    return redirect(url_for("closures.index", code=code), code=303)


def _touched_by(site: Site, closure: SiteClosure, at: datetime) -> int:
    """How many visits a repair would have to look at, for whoever may book."""
    if not actor().may(Permission.BOOK_VISITS):
        return 0
    span = Span(closure.starts_at, closure.ends_at)
    told = Disturbance(kind=DisturbanceKind.CLOSURE, site_code=site.code, span=span)
    return len(perhaps_touched(told, at))


def _page(site: Site, form: ClosureForm) -> ResponseReturnValue:
    at = now()
    rows = [
        ClosureRow(
            closure.id,
            span_in_words(closure.starts_at, closure.ends_at, site.zone),
            closure.reason,
            closure.starts_at <= at,
            touches=_touched_by(site, closure, at),
        )
        for closure in closures_from(site.id, at)
    ]
    page = render_template("closures/index.html", site=frame_of(site), form=form, closures=rows)
    return page, form.status
