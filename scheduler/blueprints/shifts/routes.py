"""The room `shifts`: what remains of a delegation's day, moved in one act."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.invalid import Invalid
from scheduler.actions.shift_proposals import propose_shift
from scheduler.actions.shifts import ShiftRefused, shift
from scheduler.blueprints.form import given
from scheduler.blueprints.shifts.forms import ShiftAskedForm, ShiftForm
from scheduler.blueprints.shifts.sheet import form_of, shift_page, tell_refusals
from scheduler.blueprints.typed import city_zone
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.delegation_search import whole_delegation
from scheduler.records.delegations import Delegation
from scheduler.records.visit_lookup import visit_seen_by
from scheduler.words.together_words import shift_in_one
from scheduler.words.wording import invalid_in_words

bp = Blueprint("shifts", __name__, url_prefix="/delegations/<int:delegation_id>/shift")


@bp.get("")
@allow(Permission.BOOK_VISITS)
def proposal(delegation_id: int) -> ResponseReturnValue:
    """What would become of every stop from an instant on, so many minutes later."""
    delegation = whole_delegation(delegation_id)
    asked = ShiftAskedForm.asked()
    if not request.args.keys() & {"from", "minutes"}:
        blank = ShiftAskedForm(formdata=None, from_=max(now(), delegation.arrives_at))
        return shift_page(delegation, blank, None)
    if not asked.validate():
        return shift_page(delegation, asked, None), 422
    return _proposed(delegation, asked)


@bp.post("")
@allow(Permission.BOOK_VISITS)
def move(delegation_id: int) -> ResponseReturnValue:
    """Do what was chosen for every stop: all of it or nothing."""
    delegation = whole_delegation(delegation_id)
    form = ShiftForm()
    if form.validate():
        with form.refusable():
            if _is_done(form, delegation):
                flash(_("The day is moved."), "success")
                return redirect(url_for("delegations.delegation", delegation_id=delegation.id), code=303)
    status = form.status
    return shift_page(whole_delegation(delegation_id), ShiftAskedForm.asked(), form), status


def _is_done(form: ShiftForm, delegation: Delegation) -> bool:
    """Do it; a refusal is written beside its stop."""
    visits = {row.visit_id.data: visit_seen_by(actor(), row.visit_id.data) for row in form.visit_rows()}
    try:
        shift(delegation.id, form.asked(visits), by=actor(), at=now())
    except ShiftRefused as refused:
        form.refuse(shift_in_one(refused))
        tell_refusals(form, refused)
        return False
    return True


def _proposed(delegation: Delegation, asked: ShiftAskedForm) -> ResponseReturnValue:
    try:
        found = propose_shift(
            delegation.id, given(asked.from_.data), given(asked.minutes.data), city_zone(), at=now()
        )
    except Invalid as wrong:
        asked.minutes.errors = [invalid_in_words(wrong)]
        return shift_page(delegation, asked, None), 422
    return shift_page(delegation, asked, form_of(found))
