"""Whom a delegation should not meet: marked on its page, and taken back."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.kept_apart import keep_apart, let_meet
from scheduler.blueprints.delegations.forms import KeptApartForm
from scheduler.blueprints.delegations.page import delegation_page
from scheduler.blueprints.delegations.room import bp
from scheduler.blueprints.form import given
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.delegation_search import whole_delegation


@bp.post("/<int:delegation_id>/kept-apart")
@allow(Permission.WRITE_DELEGATIONS)
def mark_apart(delegation_id: int) -> ResponseReturnValue:
    """Mark another delegation as one that this one should not meet."""
    form = KeptApartForm(whole_delegation(delegation_id), within="apart")
    if form.validate_on_submit():
        with form.refusable():
            other_id, reason = given(form.other_id.data), form.reason.data or ""
            keep_apart(delegation_id, int(other_id), reason, by=actor(), at=now())
            return _back(delegation_id, _("Noted: they should not meet. What is booked stays booked."))
    return delegation_page(delegation_id, apart_form=form), form.status


@bp.post("/<int:delegation_id>/kept-apart/<int:other_id>/remove")
@allow(Permission.WRITE_DELEGATIONS)
def mark_may_meet(delegation_id: int, other_id: int) -> ResponseReturnValue:
    """Take the mark back."""
    let_meet(delegation_id, other_id, by=actor(), at=now())
    return _back(delegation_id, _("They may meet again."))


def _back(delegation_id: int, words: str) -> ResponseReturnValue:
    flash(words, "success")
    there = url_for("delegations.delegation", delegation_id=delegation_id, _anchor="apart")
    return redirect(there, code=303)
