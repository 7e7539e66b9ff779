"""The doors of proposals: one closely, yes, no."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.proposal_answers import ProposalSettled, accept_proposal, decline_proposal
from scheduler.blueprints.tray.forms import AcceptForm, DeclineForm
from scheduler.blueprints.tray.proposal_page import proposal_page
from scheduler.blueprints.tray.room import bp
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.words.mail_words import settled_in_words


@bp.get("/proposals/<int:proposal_id>")
@allow(Permission.SETTLE_MAIL)
def proposal(proposal_id: int) -> ResponseReturnValue:
    """What is asked for, and what the rules say to it."""
    return proposal_page(proposal_id)


@bp.post("/proposals/<int:proposal_id>/accept")
@allow(Permission.SETTLE_MAIL)
def accept(proposal_id: int) -> ResponseReturnValue:
    """Move the stop to the time asked for, or to another session."""
    form = AcceptForm()
    if form.validate_on_submit():
        with form.refusable():
            try:
                accept_proposal(proposal_id, form.acceptance(), by=actor(), at=now())
            except ProposalSettled as settled:
                return _too_late(settled)
            flash(_("It is accepted. Everybody concerned is told within moments."), "success")
            return redirect(url_for("tray.index"), code=303)
    return proposal_page(proposal_id, form=form), form.status


@bp.post("/proposals/<int:proposal_id>/decline")
@allow(Permission.SETTLE_MAIL)
def decline(proposal_id: int) -> ResponseReturnValue:
    """Leave the stop as it is, and tell the guest."""
    form = DeclineForm(within="decline")
    if form.validate_on_submit():
        try:
            decline_proposal(proposal_id, form.reason.data or "", by=actor(), at=now())
        except ProposalSettled as settled:
            return _too_late(settled)
        flash(_("It is declined. The guest is told within moments."), "success")
        return redirect(url_for("tray.index"), code=303)
    return proposal_page(proposal_id, no=form), form.status


def _too_late(settled: ProposalSettled) -> ResponseReturnValue:
    flash(settled_in_words(settled.state), "warning")
    return redirect(url_for("tray.index"), code=303)
