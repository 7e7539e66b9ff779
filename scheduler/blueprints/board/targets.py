"""Where on the board something was dropped, as a request that the office understands."""

from typing import Any

from flask_babel import gettext as _
from werkzeug.exceptions import UnprocessableEntity

from scheduler.core.facts import VisitRequest
from scheduler.records.carried import Carried
from scheduler.records.landings import at_instant, on_session


def landing(item: Carried, told: dict[str, Any]) -> VisitRequest:
    """The request for where it was dropped. A delegation's row stands for its own day, wherever that is."""
    kind, number = told["row"]
    if kind == "delegation" and number != item.delegation_id:
        raise UnprocessableEntity(_("Another delegation's row: drop it in its own."))
    site_id = number if kind == "site" else None
    if told["session"] is not None:
        return on_session(item, told["session"][1], site_id)
    if site_id is None and told["tour_code"] is None and item.tour_code is None:
        raise UnprocessableEntity(_("This wish names a topic, not a tour: drop it at a site."))
    is_elsewhere = site_id is not None and item.site_id not in (None, site_id)
    if is_elsewhere and item.standing is None:
        raise UnprocessableEntity(
            _("This wish is for a tour of another site: drop it there, or on a session.")
        )
    # The tour that is left behind says nothing of the site it goes to.
    tour_code = None if is_elsewhere and told["tour_code"] == item.tour_code else told["tour_code"]
    return at_instant(item, told["start"], site_id=site_id, tour_code=tour_code)
