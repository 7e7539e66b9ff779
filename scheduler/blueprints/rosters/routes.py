"""The room `rosters`: who comes to a site on one of its days, and what is done about it at the door."""

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from scheduler.access import Permission
from scheduler.blueprints.form import given
from scheduler.blueprints.rosters import offline, printing, receiving, taps  # noqa: F401  their doors belong to this room
from scheduler.blueprints.rosters.forms import DayForm
from scheduler.blueprints.rosters.page import roster_page
from scheduler.blueprints.rosters.room import bp
from scheduler.blueprints.typed import day_in
from scheduler.blueprints.ways import roster_url
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.absence import NotFound
from scheduler.records.rosters import awaited_on
from scheduler.records.site_lookup import site_seen_by, sites_seen_by
from scheduler.words.instants import local_day


@bp.get("")
@allow(Permission.READ_ROSTER)
def index() -> ResponseReturnValue:
    """Which site? Who answers for one alone is led straight to its day."""
    sites = sites_seen_by(actor())
    if len(sites) == 1:
        return redirect(roster_url(sites[0].code, local_day(now(), sites[0].zone)), code=303)
    awaited = awaited_on(sites, now())
    rows = [(site, roster_url(site.code, local_day(now(), site.zone)), awaited[site.id]) for site in sites]
    return render_template("rosters/index.html", rows=rows)


@bp.get("/<code>")
@allow(Permission.READ_ROSTER)
def choose_day(code: str) -> ResponseReturnValue:
    """A day by `?date=`, or today."""
    site, form = site_seen_by(actor(), code), DayForm.asked()
    today = local_day(now(), site.zone)
    if "date" not in request.args:
        return redirect(roster_url(site.code, today), code=303)
    if not form.validate():
        return roster_page(site, today, faults=form), 422
    return redirect(roster_url(site.code, given(form.date.data)), code=303)


@bp.get("/<code>/<on>")
@allow(Permission.READ_ROSTER)
def roster(code: str, on: str) -> ResponseReturnValue:
    """One day of one site."""
    site = site_seen_by(actor(), code)
    try:
        return roster_page(site, day_in(on))
    except ValueError:
        raise NotFound("day", on) from None
