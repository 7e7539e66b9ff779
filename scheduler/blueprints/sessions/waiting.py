"""The doors of a session's waiting list: joining it, leaving it."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.waiting import PlacesAreFree, join_waiting, leave_waiting
from scheduler.blueprints.form import given, local_path
from scheduler.blueprints.sessions.forms import LeaveForm, WaitForm, wait_form
from scheduler.blueprints.sessions.page import session_page
from scheduler.blueprints.sessions.room import bp
from scheduler.clock import now
from scheduler.core.facts import VisitRequest
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.delegation_search import whole_delegation
from scheduler.records.tour_lookup import session_sheet
from scheduler.records.waiting_lookup import session_of_waiting


@bp.post("/sessions/<int:tour_session_id>/waiting")
@allow(Permission.BOOK_VISITS)
def join(tour_session_id: int) -> ResponseReturnValue:
    """Put a delegation on the list. Asking twice is harmless."""
    session_sheet(actor(), tour_session_id)
    form = wait_form()
    if form.validate():
        with form.refusable():
            if _has_joined(form, tour_session_id):
                flash(_("It is on the waiting list."), "success")
                return redirect(url_for("sessions.session", tour_session_id=tour_session_id), code=303)
    return session_page(session_sheet(actor(), tour_session_id), wait=form), form.status


@bp.post("/waiting/<int:waiting_id>/leave")
@allow(Permission.BOOK_VISITS)
def leave(waiting_id: int) -> ResponseReturnValue:
    """Take an entry off its list; then to where the form came from, else to the session."""
    tour_session_id = session_of_waiting(waiting_id)
    form = LeaveForm()
    if form.validate():
        with form.refusable():
            leave_waiting(waiting_id, seen=form.version.data, by=actor(), at=now())
            flash(_("It is off the waiting list."), "success")
            there = local_path(request.form.get("next"))
            return redirect(there or url_for("sessions.session", tour_session_id=tour_session_id), code=303)
    return session_page(session_sheet(actor(), tour_session_id), leave=form), form.status


def _has_joined(form: WaitForm, tour_session_id: int) -> bool:
    """Join; where there is room the form says so."""
    delegation = whole_delegation(given(form.delegation_id.data))
    wanted = VisitRequest(
        delegation_id=delegation.id,
        tour_session_id=tour_session_id,
        headcount=form.headcount.data or delegation.headcount,
        language=form.language.data or None,
    )
    try:
        join_waiting(wanted, hold_hours=given(form.hold_hours.data), by=actor(), at=now())
    except PlacesAreFree:
        form.refuse(_("Nobody needs to wait: there is room. Book it."))
        return False
    return True
