"""The room `tours`: what a site shows, the pattern of its rounds, and the season they are dated for."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from scheduler.access import Permission
from scheduler.actions.other_bookings import book_other
from scheduler.actions.tours import change_tour, create_tour, generate_rounds
from scheduler.blueprints.changing import refusals_of, tell_saved
from scheduler.blueprints.form import RoomForm, given
from scheduler.blueprints.site_frame import frame_of
from scheduler.blueprints.sites.sheet import tour_rows
from scheduler.blueprints.tours.forms import (
    EMPTY_ROWS,
    NewTourForm,
    RoundsForm,
    SeasonForm,
    TourForm,
    WindowBookingForm,
)
from scheduler.blueprints.tours.sheet import session_rows
from scheduler.clock import now
from scheduler.core.facts import Dating, VisitRequest
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.absence import NotFound
from scheduler.records.site_lookup import site_seen_by
from scheduler.records.tour_lookup import last_session_starts_at, sessions_from, tour_seen_by, tours_of
from scheduler.records.tours import Tour
from scheduler.words.instants import local_day, moment_in_words
from scheduler.words.site_words import validity_in_words

bp = Blueprint("tours", __name__, url_prefix="/sites/<code>/tours")

A_PAGE = 40
MOST_PAGES = 10_000
SEASON = timedelta(weeks=12)


@bp.get("")
@allow(Permission.READ_SITES)
def index(code: str) -> ResponseReturnValue:
    """The tours of a site."""
    site = site_seen_by(actor(), code)
    return render_template("tours/index.html", site=frame_of(site), tours=tour_rows(tours_of(site.id)))


@bp.route("/new", methods=["GET", "POST"])
@allow(Permission.WRITE_SITES)
def new(code: str) -> ResponseReturnValue:
    """Add a tour."""
    site = site_seen_by(actor(), code)
    site_id, form = site.id, NewTourForm()
    if form.validate_on_submit():
        with form.refusable():
            made = create_tour(site_id, form.facts(), by=actor(), at=now())
            flash(_("The tour is added."), "success")
            return redirect(url_for("tours.tour", code=code, tour_code=made.code), code=303)
    site = site_seen_by(actor(), code)
    return render_template("tours/new.html", site=frame_of(site), form=form), form.status


@bp.get("/<tour_code>")
@allow(Permission.READ_SITES)
def tour(code: str, tour_code: str) -> ResponseReturnValue:
    """A tour with its sessions to come."""
    return _page(_found(code, tour_code))


@bp.route("/<tour_code>/edit", methods=["GET", "POST"])
@allow(Permission.WRITE_SITES)
def edit(code: str, tour_code: str) -> ResponseReturnValue:
    """Change a tour; the visits that would suffer are shown first."""
    found = _found(code, tour_code)
    tour_id, form = found.id, TourForm(obj=found)
    if form.validate_on_submit():
        changed = form.save(
            lambda **how: change_tour(tour_id, form.changes(found), seen=form.version.data, **how)
        )
        if changed is not None:
            tell_saved(changed, _("The tour was changed."))
            return redirect(url_for("tours.tour", code=code, tour_code=tour_code), code=303)
    page = render_template("tours/edit.html", site=frame_of(found.site, _crumb(found)), form=form)
    return page, form.status


@bp.route("/<tour_code>/rounds", methods=["GET", "POST"])
@allow(Permission.WRITE_SITES)
def rounds(code: str, tour_code: str) -> ResponseReturnValue:
    """Change the pattern of the rounds. Sessions that are dated already stay as they are."""
    found = _found(code, tour_code)
    tour_id, form = found.id, RoundsForm(obj=found)
    if form.validate_on_submit():
        with form.refusable():
            change_tour(tour_id, {"patterns": form.rounds()}, seen=form.version.data, by=actor(), at=now())
            flash(_("The rounds were changed. Date them for a season to offer them."), "success")
            return redirect(url_for("tours.tour", code=code, tour_code=tour_code), code=303)
    if request.method == "GET":
        for _number in range(EMPTY_ROWS):
            form.patterns.append_entry()
    page = render_template("tours/rounds.html", site=frame_of(found.site, _crumb(found)), form=form)
    return page, form.status


@bp.post("/<tour_code>/season")
@allow(Permission.WRITE_SITES)
def season(code: str, tour_code: str) -> ResponseReturnValue:
    """Date the rounds from one day to another."""
    found, form = _found(code, tour_code), SeasonForm(within="season")
    if form.validate_on_submit():
        with form.refusable():
            made = generate_rounds(
                found.id, given(form.first.data), given(form.last.data), by=actor(), at=now()
            )
            flash(ngettext("%(num)s new round was dated.", "%(num)s new rounds were dated.", made), "success")
            return redirect(url_for("tours.tour", code=code, tour_code=tour_code), code=303)
    return _page(_found(code, tour_code), season=form), form.status


@bp.post("/<tour_code>/other-bookings")
@allow(Permission.WRITE_SITES)
def book_window(code: str, tour_code: str) -> ResponseReturnValue:
    """Take places at a window for somebody who is no delegation."""
    found, form = _found(code, tour_code), WindowBookingForm(within="other")
    if form.validate_on_submit():
        with form.refusable():
            request_ = VisitRequest(
                headcount=given(form.headcount.data), tour_code=tour_code, starts_at=form.starts_at.data
            )
            made = book_other(found.site_id, request_, form.name.data, by=actor(), at=now())
            flash(_("The places are taken."), "success")
            return redirect(url_for("sessions.session", tour_session_id=made.tour_session_id), code=303)
    return _page(_found(code, tour_code), other=form), form.status


def _found(code: str, tour_code: str) -> Tour:
    found = tour_seen_by(actor(), tour_code)
    if found.site.code != code:
        raise NotFound("tour", tour_code)
    return found


def _crumb(found: Tour) -> tuple[str, str]:
    return found.name, url_for("tours.tour", code=found.site.code, tour_code=found.code)


def _page(found: Tour, **forms: RoomForm) -> str:
    at, site = now(), found.site
    today = local_day(at, site.zone)
    number = min(max(request.args.get("page", 1, type=int), 1), MOST_PAGES)
    sessions = sessions_from(found.id, at, limit=A_PAGE + 1, offset=(number - 1) * A_PAGE)
    last = last_session_starts_at(found.id)
    ours = {
        "season": SeasonForm(within="season", formdata=None, first=today, last=today + SEASON),
        "other": WindowBookingForm(within="other", formdata=None),
    }
    return render_template(
        "tours/tour.html",
        site=frame_of(site),
        tour=tour_rows([found])[0],
        found=found,
        sessions=session_rows(sessions[:A_PAGE], site.zone),
        next_url=_page_url(found, number + 1) if len(sessions) > A_PAGE else None,
        previous_url=_page_url(found, number - 1) if number > 1 else None,
        dated_until=moment_in_words(last, site.zone) if last else None,
        is_rounds=found.dating is Dating.ROUNDS,
        runs=validity_in_words(found.active_from, found.active_to),
        refusals=refusals_of(*forms.values()),
        **(ours | forms),
    )


def _page_url(found: Tour, number: int) -> str:
    return url_for("tours.tour", code=found.site.code, tour_code=found.code, page=number)
