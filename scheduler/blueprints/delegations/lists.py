"""Until when guests may change their own list of delegates."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.guest_lists import close_list, open_list
from scheduler.blueprints.delegations.room import bp
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor


@bp.post("/<int:delegation_id>/list/close")
@allow(Permission.WRITE_DELEGATIONS)
def close_guest_list(delegation_id: int) -> ResponseReturnValue:
    close_list(delegation_id, by=actor(), at=now())
    return _back(delegation_id, _("Guests can read their list and change it no more."))


@bp.post("/<int:delegation_id>/list/open")
@allow(Permission.WRITE_DELEGATIONS)
def open_guest_list(delegation_id: int) -> ResponseReturnValue:
    open_list(delegation_id, by=actor(), at=now())
    return _back(delegation_id, _("Guests can change their list again."))


def _back(delegation_id: int, words: str) -> ResponseReturnValue:
    flash(words, "success")
    there = url_for("delegations.delegation", delegation_id=delegation_id, _anchor="delegates")
    return redirect(there, code=303)
