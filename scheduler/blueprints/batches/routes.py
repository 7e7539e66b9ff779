"""The room `batches`: several stops of one delegation, booked at once or not at all."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from scheduler.access import Permission
from scheduler.actions.batches import book_together, rehearse_together
from scheduler.blueprints.batches.forms import BatchForm
from scheduler.blueprints.batches.sheet import batch_form, batch_page, headcounts_of, rows_of_wishes
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.absence import NotFound
from scheduler.records.delegation_search import whole_delegation
from scheduler.records.delegations import Delegation

bp = Blueprint("batches", __name__, url_prefix="/delegations/<int:delegation_id>/batch")


@bp.get("")
@allow(Permission.BOOK_VISITS)
def batch(delegation_id: int) -> ResponseReturnValue:
    """A row for each of its wishes, with the sessions of the day wished for."""
    delegation = whole_delegation(delegation_id)
    form = batch_form(delegation, formdata=None, data={"stops": rows_of_wishes(delegation)})
    return batch_page(form, delegation)


@bp.post("")
@allow(Permission.BOOK_VISITS)
def book(delegation_id: int) -> ResponseReturnValue:
    """Book all rows, or with `show` look at the sessions and at what the rules would say."""
    delegation = whole_delegation(delegation_id)
    form = batch_form(delegation)
    is_right = form.validate()
    if "show" in request.form:
        return _shown(form, delegation, is_right=is_right)
    if is_right and form.must_be_chosen():
        asked = form.requests(delegation.id, headcounts_of(delegation))
        with form.refusable():
            number = len(book_together(asked, by=actor(), at=now()))
            flash(ngettext("%(num)s visit is booked.", "%(num)s visits are booked.", number), "success")
            return redirect(url_for("delegations.delegation", delegation_id=delegation.id), code=303)
    return batch_page(form, whole_delegation(delegation_id), form.verdicts), form.status


def _shown(form: BatchForm, delegation: Delegation, *, is_right: bool) -> ResponseReturnValue:
    """What stands against the rows as they are, where each has its session."""
    if not is_right:
        return batch_page(form, delegation), 422
    rows = form.rows()
    if not rows or any(row.session.data is None for row in rows):
        return batch_page(form, delegation)
    try:
        verdicts = rehearse_together(form.requests(delegation.id, headcounts_of(delegation)), now())
    except NotFound:
        return batch_page(form, delegation), 422
    return batch_page(form, delegation, verdicts)
