"""The room `rosters`: who comes to a site on one of its days, and what is done about it at the door."""

from datetime import date, timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.lifecycle import act_upon
from scheduler.blueprints.changing import refusals_of
from scheduler.blueprints.form import given
from scheduler.blueprints.link_panels import panel_of_day
from scheduler.blueprints.rosters.forms import ActForm, DayForm
from scheduler.blueprints.rosters.sheet import FORMS, Returned, roster_rows, totals_in_words, tour_names
from scheduler.blueprints.site_frame import frame_of
from scheduler.blueprints.typed import day_in
from scheduler.blueprints.ways import roster_url
from scheduler.clock import now
from scheduler.core.lifecycle import Act
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.absence import NotFound
from scheduler.records.rosters import awaited_on, roster_of
from scheduler.records.site_lookup import closures_on, site_seen_by, sites_seen_by
from scheduler.records.sites import Site
from scheduler.records.visit_lookup import visit_seen_by
from scheduler.words.instants import day_in_words, local_day, moment_in_words, short_day, span_in_words

bp = Blueprint("rosters", __name__, url_prefix="/roster")


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
        return _page(site, today, {}, faults=form), 422
    return redirect(roster_url(site.code, given(form.date.data)), code=303)


@bp.get("/<code>/<on>")
@allow(Permission.READ_ROSTER)
def roster(code: str, on: str) -> ResponseReturnValue:
    """One day of one site."""
    site = site_seen_by(actor(), code)
    try:
        return _page(site, day_in(on), {})
    except ValueError:
        raise NotFound("day", on) from None


@bp.post("/visits/<int:visit_id>/confirm")
@allow(Permission.AGREE_TO_VISITS)
def confirm(visit_id: int) -> ResponseReturnValue:
    """The site says yes."""
    return _done_or_shown(visit_id, Act.CONFIRM, _("%(name)s: confirmed."))


@bp.post("/visits/<int:visit_id>/decline")
@allow(Permission.AGREE_TO_VISITS)
def decline(visit_id: int) -> ResponseReturnValue:
    """The site says no, and offers other times."""
    return _done_or_shown(visit_id, Act.DECLINE, _("%(name)s: declined."))


@bp.post("/visits/<int:visit_id>/arrive")
@allow(Permission.RECEIVE_VISITS)
def arrive(visit_id: int) -> ResponseReturnValue:
    """They are here."""
    return _done_or_shown(visit_id, Act.ARRIVE, _("%(name)s: arrival recorded."))


@bp.post("/visits/<int:visit_id>/no-show")
@allow(Permission.RECEIVE_VISITS)
def no_show(visit_id: int) -> ResponseReturnValue:
    """They never came."""
    return _done_or_shown(visit_id, Act.NO_SHOW, _("%(name)s: recorded as a no-show."))


def _done_or_shown(visit_id: int, act: Act, done: str) -> ResponseReturnValue:
    """Do the act and lead back to the roster; or show it with the form, the reasons and what was typed."""
    visit = visit_seen_by(actor(), visit_id)
    site, name = visit.tour_session.tour.site, visit.delegation.name
    code, on = site.code, local_day(visit.starts_at, site.zone)
    form = FORMS[act](within=f"visit-{visit_id}-{act.value}")
    if form.validate_on_submit():
        with form.refusable():
            act_upon(visit_id, act, form.told(), seen=form.version.data, by=actor(), at=now())
            flash(done % {"name": name}, "success")
            return redirect(f"{roster_url(code, on)}#visit-{visit_id}", code=303)
    return _page(site_seen_by(actor(), code), on, {(visit_id, act): form}), form.status


def _page(site: Site, on: date, returned: Returned, faults: ActForm | DayForm | None = None) -> str:
    at, day = now(), timedelta(days=1)
    found, today = roster_of(site, on), local_day(at, site.zone)
    return render_template(
        "rosters/roster.html",
        site=frame_of(site),
        facts=_facts(site, tour_names(found)),
        rows=roster_rows(found, at, returned),
        totals=totals_in_words(found),
        words=day_in_words(on),
        previous=(short_day(on - day), roster_url(site.code, on - day)),
        following=(short_day(on + day), roster_url(site.code, on + day)),
        today=(_("Today"), roster_url(site.code, today)) if on != today else None,
        pick=(url_for("rosters.choose_day", code=site.code), on.isoformat()),
        closures=[
            (span_in_words(c.starts_at, c.ends_at, site.zone), c.reason) for c in closures_on(site, on)
        ],
        printed=_("As it stood at %(when)s.", when=moment_in_words(at, site.zone)),
        faults=faults or next(iter(returned.values()), None),
        refusals=refusals_of(*returned.values()),
        links=panel_of_day(found, at),
    )


def _facts(site: Site, tours: list[str]) -> list[tuple[str, str]]:
    """What whoever receives the guests wants to have at hand."""
    return [
        (_("Tour"), tours[0] if len(tours) == 1 else ""),
        (_("Meeting point"), site.meeting_point),
        (_("Arrive early by"), _("%(minutes)s minutes", minutes=site.arrive_early_minutes)),
        (_("Photographs"), site.photo_rule),
        (_("Safety gear"), site.safety_gear),
    ]
