"""The room `tray`: what waits for an officer, the longest waiting first."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from scheduler.access import Permission
from scheduler.blueprints.hand_notes import mailbox_note
from scheduler.blueprints.tray import mails, proposals  # noqa: F401  their doors belong to this room
from scheduler.blueprints.tray.proposal_page import proposal_line
from scheduler.blueprints.tray.room import bp
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.records.mail_lookup import how_many_mails_wait, waiting_mails
from scheduler.records.proposal_lookup import how_many_wait, stops_of, waiting_proposals

__all__ = ["bp"]


@bp.get("")
@allow(Permission.SETTLE_MAIL)
def index() -> ResponseReturnValue:
    """Other times that guests ask for, each weighed by the rules now, and mails that nobody else could
    apply."""
    found = waiting_proposals()
    stops = stops_of(found)
    return render_template(
        "tray/index.html",
        proposals=[proposal_line(each, stops[each.id]) for each in found],
        number_of_proposals=how_many_wait(),
        mails=waiting_mails(),
        number_of_mails=how_many_mails_wait(),
        all_url=url_for("tray.mails"),
        trouble=mailbox_note(now()),
    )
