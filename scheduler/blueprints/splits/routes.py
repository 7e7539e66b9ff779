"""The room `splits`: a party too large for a session, split over several in one act."""

from dataclasses import replace

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from scheduler.access import Permission
from scheduler.actions.bookings import VisitRefused
from scheduler.actions.splits import propose_split, split
from scheduler.blueprints.form import given, local_path
from scheduler.blueprints.splits.forms import SplitAskedForm, SplitForm
from scheduler.blueprints.splits.sheet import form_of, sessions_near, split_page
from scheduler.blueprints.stop_rows import session_in
from scheduler.blueprints.visits.answers import answer_in_words
from scheduler.clock import now
from scheduler.core.facts import VisitRequest
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.absence import NotFound
from scheduler.records.delegation_search import whole_delegation
from scheduler.records.delegations import Delegation

bp = Blueprint("splits", __name__, url_prefix="/delegations/<int:delegation_id>/split")


@bp.get("")
@allow(Permission.BOOK_VISITS)
def proposal(delegation_id: int) -> ResponseReturnValue:
    """How the party could be split: the shares, and a session for each."""
    delegation = whole_delegation(delegation_id)
    asked = SplitAskedForm.asked()
    is_right = asked.validate()
    if not asked.names_a_session():
        raise NotFound("session", request.full_path)
    if not asked.headcount.errors and asked.headcount.data is None:
        asked.headcount.raw_data, asked.headcount.data = None, delegation.headcount
    wanted = asked.plainly(
        VisitRequest(
            delegation_id=delegation.id,
            headcount=delegation.headcount if asked.headcount.errors else given(asked.headcount.data),
            language=asked.language.data if not asked.language.errors else None,
        )
    )
    into = asked.into.data if not asked.into.errors else None
    choices = sessions_near(wanted)
    try:
        found = propose_split(wanted, now(), pieces=into)
    except VisitRefused as refused:
        return split_page(delegation, asked, None, answer=answer_in_words(refused.verdict))
    page = split_page(
        delegation, asked, form_of(found, wanted, choices, then=asked.next.data), choices=choices
    )
    return page, 200 if is_right else 422


@bp.post("")
@allow(Permission.BOOK_VISITS)
def book(delegation_id: int) -> ResponseReturnValue:
    """Make the parts and book each its session: all of it or nothing."""
    delegation = whole_delegation(delegation_id)
    form = SplitForm(within="split")
    if form.validate():
        with form.refusable():
            asked = form.requests(delegation.id)
            number = len(split(form.division.data, asked, by=actor(), at=now()))
            flash(ngettext("%(num)s visit is booked.", "%(num)s visits are booked.", number), "success")
            there = url_for("delegations.delegation", delegation_id=delegation.id)
            return redirect(local_path(form.next.data) or there, code=303)
    return _again(form, whole_delegation(delegation_id))


def _again(form: SplitForm, delegation: Delegation) -> ResponseReturnValue:
    """The form with all that was typed, and the sessions that were on offer."""
    status, told = form.status, session_in(form.wanted.data)
    if told is None:
        return split_page(delegation, None, form), status
    wanted = VisitRequest(headcount=delegation.headcount, delegation_id=delegation.id)
    choices = sessions_near(replace(wanted, tour_code=told[0], starts_at=told[1]))
    return split_page(delegation, None, form, choices=choices), status
