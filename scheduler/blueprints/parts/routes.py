"""The room `parts`: the divisions of a delegation, each made and changed in one act."""

from collections.abc import Sequence
from itertools import groupby

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.parts import divide
from scheduler.blueprints.form import given
from scheduler.blueprints.parts.forms import DivisionForm, rows_of
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.delegation_search import delegates_of, whole_delegation
from scheduler.records.delegations import Delegation
from scheduler.records.part_lookup import parts_of
from scheduler.records.parts import Part

bp = Blueprint("parts", __name__, url_prefix="/delegations/<int:delegation_id>/parts")


@bp.get("")
@allow(Permission.READ_DELEGATIONS)
def index(delegation_id: int) -> ResponseReturnValue:
    """Every division with its parts."""
    delegation = whole_delegation(delegation_id)
    divisions = [
        (name, list(parts)) for name, parts in groupby(parts_of(delegation.id), lambda part: part.division)
    ]
    may_write = actor().may(Permission.WRITE_DELEGATIONS)
    return render_template(
        "parts/index.html", delegation=delegation, divisions=divisions, may_write=may_write
    )


@bp.route("/new", methods=["GET", "POST"])
@allow(Permission.WRITE_DELEGATIONS)
def new(delegation_id: int) -> ResponseReturnValue:
    return _divided(whole_delegation(delegation_id), [])


@bp.route("/<int:part_id>", methods=["GET", "POST"])
@allow(Permission.WRITE_DELEGATIONS)
def division(delegation_id: int, part_id: int) -> ResponseReturnValue:
    """The division to which a part belongs. Emptied of all its rows it ends."""
    delegation = whole_delegation(delegation_id)
    parts = parts_of(delegation.id)
    name = next((part.division for part in parts if part.id == part_id), None)
    if name is None:
        raise NotFound("part", part_id)
    return _divided(delegation, [part for part in parts if part.division == name])


def _divided(delegation: Delegation, parts: Sequence[Part]) -> ResponseReturnValue:
    name = parts[0].division if parts else ""
    told = {"version": delegation.version, "division": name, "parts": rows_of(parts)}
    form = DivisionForm(db.session.scalars(delegates_of(delegation.id)).all(), data=told)
    if form.validate_on_submit():
        with form.refusable():
            wanted, seen = name or given(form.division.data), form.version.data
            divide(delegation.id, wanted, form.asked(), seen=seen, by=actor(), at=now())
            flash(_("The parts are kept."), "success")
            return redirect(url_for("parts.index", delegation_id=delegation.id), code=303)
    return render_template("parts/division.html", form=form, delegation=delegation, name=name), form.status
