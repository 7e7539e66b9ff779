"""The room `exports`: what pages show, as spreadsheets to save."""

from flask import Blueprint, Response
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.blueprints.delegations.forms import SearchForm
from scheduler.blueprints.delegations.routes import search_of
from scheduler.blueprints.exports.files import spreadsheet
from scheduler.blueprints.exports.site_days import table_of_day
from scheduler.blueprints.exports.stays import table_of_delegations, table_of_programme
from scheduler.blueprints.programmes.sheet import sheet_of
from scheduler.blueprints.typed import city_zone, day_in
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.absence import NotFound
from scheduler.records.delegation_lists import Search, delegations_found
from scheduler.records.programme_content import content_of
from scheduler.records.programme_lookup import itinerary
from scheduler.records.rosters import roster_of
from scheduler.records.site_lookup import site_seen_by
from scheduler.words.own_names import own_name

bp = Blueprint("exports", __name__, url_prefix="/exports")

# Of a longer list the first so many; the file says so.
MOST_DELEGATIONS = 5_000


@bp.get("/rosters/<code>/<on>.<any(xlsx, csv):kind>")
@allow(Permission.READ_ROSTER)
def roster(code: str, on: str, kind: str) -> Response:
    """A site's day, for whoever sees the site."""
    site = site_seen_by(actor(), code)
    try:
        day = day_in(on)
    except ValueError:
        raise NotFound("day", on) from None
    name = _("Roster %(site)s %(day)s", site=own_name(site), day=day.isoformat())
    return spreadsheet([table_of_day(roster_of(site, day), now())], name, kind)


@bp.get("/delegations.<any(xlsx, csv):kind>")
@allow(Permission.READ_DELEGATIONS)
def delegations(kind: str) -> Response:
    """The delegations that the same address finds on the page of the list."""
    form = SearchForm.asked()
    search = search_of(form) if form.validate() else Search()
    found = delegations_found(search, per_page=MOST_DELEGATIONS)
    at = now()
    name = _("Delegations %(day)s", day=at.astimezone(city_zone()).date().isoformat())
    return spreadsheet([table_of_delegations(found.delegations, found.found, at)], name, kind)


@bp.get("/delegations/<int:delegation_id>/programme.<any(xlsx, csv):kind>")
@allow(Permission.READ_DELEGATIONS)
def programme(delegation_id: int, kind: str) -> Response:
    """A delegation's stay as it stands now."""
    content = content_of(itinerary(delegation_id, city_zone()))
    table = table_of_programme(content, sheet_of(content), now())
    name = _("Programme of %(name)s", name=content["delegation"]["name"])
    return spreadsheet([table], name, kind)
