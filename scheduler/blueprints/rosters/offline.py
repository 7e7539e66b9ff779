"""The script that lets a roster open without a connection: from here, since it watches over every page."""

from flask import Response, current_app

from scheduler.access import Permission
from scheduler.blueprints.rosters.room import bp
from scheduler.doors import allow


@bp.get("/worker.js")
@allow(Permission.OPEN)
def worker() -> Response:
    """A service worker. It must see a sign-out wherever that is pressed, to forget what it kept; so its
    scope is the whole site, which only the server may grant."""
    answer = current_app.send_static_file("js/gate/worker.js")
    answer.headers["Service-Worker-Allowed"] = "/"
    answer.headers["Cache-Control"] = "no-cache"
    return answer
