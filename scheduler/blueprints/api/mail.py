"""Mail handed in by a relay, as it came from the network."""

from flask import Response, g

from scheduler.access import Permission
from scheduler.actions.incoming import take_in
from scheduler.blueprints.api.answering import told
from scheduler.blueprints.api.body import takes_mail
from scheduler.blueprints.api.room import bp
from scheduler.blueprints.api.schemas.answers import MailOut
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.mail_desk import desk

TELL = MailOut()


@bp.post("/mail")
@bp.output(MailOut, status_code=201)
@allow(Permission.DELIVER_MAIL)
@takes_mail
def deliver_mail() -> Response:
    """Hand in a mail that came for the organizer's address: the message itself, not wrapped into JSON.

    Only a key of an account whose role is `relay` opens this door. Handing in the same bytes again changes
    nothing and is answered with 200. What is not believed or not understood waits for an officer.
    """
    taken = take_in(g.mail, channel="relay", desk=desk(), at=now())
    return told(TELL.dump(taken.mail), 201 if taken.is_new else 200)
