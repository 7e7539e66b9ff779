"""The room `visits`: one visit with every act, its calendar files; booking and moving are beside it."""

from collections.abc import Callable

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.calendar_files import NobodyToInvite, invitation_file, visit_file
from scheduler.actions.lifecycle import PERMISSIONS, act_upon
from scheduler.blueprints.calendar.files import calendar_answer
from scheduler.blueprints.form import local_path
from scheduler.blueprints.visits import booking, moving  # noqa: F401  their doors belong to this room
from scheduler.blueprints.visits.act_forms import FORMS
from scheduler.blueprints.visits.panels import form_for
from scheduler.blueprints.visits.room import bp
from scheduler.blueprints.visits.sheet import visit_page
from scheduler.clock import now
from scheduler.core.lifecycle import Act
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.visit_lookup import visit_seen_by
from scheduler.words import calendar_texts


@bp.get("/visits/<int:visit_id>")
@allow(Permission.READ_VISITS)
def visit(visit_id: int) -> ResponseReturnValue:
    return visit_page(visit_seen_by(actor(), visit_id))


@bp.get("/visits/<int:visit_id>.ics")
@allow(Permission.READ_VISITS)
def calendar_file(visit_id: int) -> Response:
    """The visit to save and open."""
    found = visit_seen_by(actor(), visit_id)
    return calendar_answer(visit_file(found, calendar_texts.for_guests), found.delegation.name)


@bp.get("/visits/<int:visit_id>/invitation.ics")
@allow(Permission.READ_DELEGATIONS)
def invitation(visit_id: int) -> ResponseReturnValue:
    """The invitation of the delegation's contact, or its cancellation once the visit is called off."""
    found = visit_seen_by(actor(), visit_id)
    try:
        message = invitation_file(found, calendar_texts.for_guests, organizer=calendar_texts.organizer())
    except NobodyToInvite:
        flash(_("Nobody to invite: the delegation has no contact with an e-mail address."), "warning")
        return redirect(url_for("visits.visit", visit_id=found.id), code=303)
    return calendar_answer(message.data, found.delegation.name, method=message.method)


def _act(act: Act, visit_id: int) -> ResponseReturnValue:
    """One act, then back to the visit, or to the local path that the form names."""
    by = actor()
    found = visit_seen_by(by, visit_id)
    form = form_for(act, found, by, formdata=request.form)
    if form.validate():
        with form.refusable():
            act_upon(found.id, act, form.told(), seen=form.version.data, by=by, at=now())
            flash(_("It is recorded."), "success")
            there = local_path(request.form.get("next")) or url_for("visits.visit", visit_id=found.id)
            return redirect(there, code=303)
    return visit_page(visit_seen_by(by, visit_id), returned=(act, form)), form.status


def _door(act: Act) -> Callable[[int], ResponseReturnValue]:
    @allow(PERMISSIONS[act])
    def view(visit_id: int) -> ResponseReturnValue:
        return _act(act, visit_id)

    return view


for each in FORMS:
    path = f"/visits/<int:visit_id>/{each.value.replace('_', '-')}"
    bp.add_url_rule(path, each.value, _door(each), methods=["POST"])
