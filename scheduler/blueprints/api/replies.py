"""What guests have answered to a visit."""

from typing import Any

from flask import Response

from scheduler.access import Permission
from scheduler.blueprints.api.answering import told
from scheduler.blueprints.api.paging import page_of_values
from scheduler.blueprints.api.room import bp
from scheduler.blueprints.api.schemas.answers import RepliesOut, RepliesQuery, ReplyOut
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.replies import Reply
from scheduler.records.reply_lookup import participation_now, replies_to
from scheduler.records.visit_lookup import visit_seen_by
from scheduler.records.visits import Visit

TELL = ReplyOut()


@bp.get("/visits/<id:visit_id>/replies")
@bp.input(RepliesQuery, location="query")
@bp.output(RepliesOut)
@allow(Permission.READ_DELEGATIONS)
def list_replies(visit_id: int, query_data: dict[str, Any]) -> Response:
    """List what each guest last answered to a visit, and what that counts as at its present time."""
    visit = visit_seen_by(actor(), visit_id)
    return told(page_of_values(replies_to(visit), query_data, lambda reply: _told(reply, visit)))


def _told(reply: Reply, visit: Visit) -> dict[str, Any]:
    columns = {name: getattr(reply, name) for name in TELL.fields if name not in ("counts_as", "address")}
    # Who answered on a page without an address is kept by another name.
    address = reply.address if "@" in reply.address else ""
    told: dict[str, Any] = TELL.dump(
        columns | {"address": address, "counts_as": participation_now(reply, visit)}
    )
    return told
