"""Delegates and wishes of a delegation: named, changed, taken off."""

from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.members import add_delegate, add_wish, change_member, remove_member
from scheduler.blueprints.delegations.forms import DelegateForm, WishForm
from scheduler.blueprints.delegations.room import bp
from scheduler.blueprints.form import RoomForm
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.database import db
from scheduler.records.delegation_search import member_of, whole_delegation, wishes_of
from scheduler.records.delegations import Delegate, Wish


@bp.route("/<int:delegation_id>/delegates/new", methods=["GET", "POST"])
@allow(Permission.WRITE_DELEGATIONS)
def new_delegate(delegation_id: int) -> ResponseReturnValue:
    form, delegation = DelegateForm(), whole_delegation(delegation_id)
    if form.validate_on_submit():
        with form.refusable():
            add_delegate(delegation.id, form.columns(), by=actor(), at=now())
            return _back(delegation.id, "delegates", _("The delegate is named."))
    return _shown("delegations/delegate.html", form, delegation=delegation, member=None)


@bp.route("/<int:delegation_id>/delegates/<int:member_id>", methods=["GET", "POST"])
@allow(Permission.WRITE_DELEGATIONS)
def delegate(delegation_id: int, member_id: int) -> ResponseReturnValue:
    member = member_of(Delegate, delegation_id, member_id)
    form = DelegateForm(obj=member)
    if form.validate_on_submit():
        with form.refusable():
            told = form.columns()
            change_member(Delegate, member.id, told, seen=form.version.data, by=actor(), at=now())
            return _back(delegation_id, "delegates", _("The changes are kept."))
    delegation = whole_delegation(delegation_id)
    return _shown("delegations/delegate.html", form, delegation=delegation, member=member)


@bp.post("/<int:delegation_id>/delegates/<int:member_id>/remove")
@allow(Permission.WRITE_DELEGATIONS)
def remove_delegate(delegation_id: int, member_id: int) -> ResponseReturnValue:
    member = member_of(Delegate, delegation_id, member_id)
    remove_member(Delegate, member.id, by=actor(), at=now())
    return _back(delegation_id, "delegates", _("The delegate is taken off the list."))


@bp.route("/<int:delegation_id>/wishes/new", methods=["GET", "POST"])
@allow(Permission.WRITE_DELEGATIONS)
def new_wish(delegation_id: int) -> ResponseReturnValue:
    form, delegation = WishForm(_others(delegation_id)), whole_delegation(delegation_id)
    if form.validate_on_submit():
        with form.refusable():
            add_wish(delegation.id, form.columns(), by=actor(), at=now())
            return _back(delegation.id, "wishes", _("The wish is noted. It occupies nothing yet."))
    return _shown("delegations/wish.html", form, delegation=delegation, member=None)


@bp.route("/<int:delegation_id>/wishes/<int:member_id>", methods=["GET", "POST"])
@allow(Permission.WRITE_DELEGATIONS)
def wish(delegation_id: int, member_id: int) -> ResponseReturnValue:
    member = member_of(Wish, delegation_id, member_id)
    form = WishForm(_others(delegation_id, member), obj=member, **_choices_of_time(member))
    if form.validate_on_submit():
        with form.refusable():
            change_member(Wish, member.id, form.columns(), seen=form.version.data, by=actor(), at=now())
            return _back(delegation_id, "wishes", _("The changes are kept."))
    delegation = whole_delegation(delegation_id)
    return _shown("delegations/wish.html", form, delegation=delegation, member=member)


@bp.post("/<int:delegation_id>/wishes/<int:member_id>/remove")
@allow(Permission.WRITE_DELEGATIONS)
def remove_wish(delegation_id: int, member_id: int) -> ResponseReturnValue:
    member = member_of(Wish, delegation_id, member_id)
    remove_member(Wish, member.id, by=actor(), at=now())
    return _back(delegation_id, "wishes", _("The wish is taken off the list."))


def _others(delegation_id: int, but: Wish | None = None) -> list[Wish]:
    """The wishes that this one may come after."""
    return [wish for wish in db.session.scalars(wishes_of(delegation_id)) if wish is not but]


def _choices_of_time(member: Wish) -> dict[str, Any]:
    times = [datetime.fromisoformat(told) for told in member.preferred_times]
    return dict(zip(("first_choice", "second_choice"), times, strict=False))


def _shown(template: str, form: RoomForm, **told: Any) -> ResponseReturnValue:
    return render_template(template, form=form, **told), form.status


def _back(delegation_id: int, part: str, words: str) -> ResponseReturnValue:
    flash(words, "success")
    there = url_for("delegations.delegation", delegation_id=delegation_id, _anchor=part)
    return redirect(there, code=303)
