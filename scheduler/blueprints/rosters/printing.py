"""Printing a site's day sheet: what it says is kept, so that the next one can mark what has changed since."""

from flask import current_app, redirect
from flask.typing import ResponseReturnValue

from scheduler.access import Permission
from scheduler.actions.prints import record_print
from scheduler.blueprints.rosters.forms import PrintForm
from scheduler.blueprints.rosters.page import roster_page
from scheduler.blueprints.rosters.room import bp
from scheduler.blueprints.typed import day_in
from scheduler.blueprints.ways import roster_url
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.absence import NotFound
from scheduler.records.site_lookup import site_seen_by


@bp.post("/<code>/<on>/print")
@allow(Permission.READ_ROSTER)
def print_sheet(code: str, on: str) -> ResponseReturnValue:
    """Keep the day as it stands, and lead to the sheet to be printed, marked against the print before."""
    site, form = site_seen_by(actor(), code), PrintForm(within="print")
    try:
        day = day_in(on)
    except ValueError:
        raise NotFound("day", on) from None
    if not form.validate_on_submit():
        return roster_page(site, day), 422
    made = record_print(site, day, by=actor(), at=now())
    page = roster_url(site.code, day)
    paper = f"{page}/sheet.pdf"
    to = paper if current_app.url_map.bind("").test(paper, "GET") else page
    return redirect(f"{to}?print={made.id}", code=303)
