"""Where answers arrive, as this city has set it up."""

from flask import current_app

from scheduler.actions.mail_judgement import Desk


def desk() -> Desk:
    """The organizer's address, and the name by which our own mail server vouches for senders."""
    config = current_app.config
    return Desk(address=config["ORGANIZER_EMAIL"], authserv_id=config["MAIL_AUTHSERV_ID"])
