"""A no on the board: every reason in words, what would work instead, or what changed meanwhile."""

from typing import Any

from flask import Response, current_app, url_for
from flask_babel import gettext as _

from scheduler.actions.versions import StaleVersion
from scheduler.blueprints.board.asking import in_json
from scheduler.blueprints.board.telling import Teller
from scheduler.blueprints.histories import Entry, entries
from scheduler.core.facts import VisitRequest
from scheduler.core.verdicts import Alternative, RefusalCode, Verdict
from scheduler.problems import problem
from scheduler.records.journal_lines import lines_about
from scheduler.records.tour_lookup import tours_with_codes
from scheduler.records.tours import Tour
from scheduler.words.instants import hours, local_day, moment_in_words, short_day
from scheduler.words.lists import listed
from scheduler.words.own_names import own_name
from scheduler.words.verdict_words import caution_in_words, refusal_in_words
from scheduler.words.wording import verdict_in_one

# Fewer people in each session would help against these.
SPLIT_HELPS = frozenset({RefusalCode.GROUP_TOO_LARGE, RefusalCode.NO_PLACES_LEFT})
MOST_CHANGES = 3


def refused_answer(
    verdict: Verdict, request: VisitRequest | None, *, split_href: str | None = None
) -> Response:
    """409 with all that stands against it. Without a refusal it is a question: are you sure?"""
    tours = tours_with_codes({alternative.tour_code for alternative in verdict.alternatives})
    may_split = any(refusal.code in SPLIT_HELPS for refusal in verdict.refusals)
    told = {
        "code": "refused",
        "detail": verdict_in_one(verdict),
        "refusals": [{"code": r.code.value, "message": refusal_in_words(r)} for r in verdict.refusals],
        "cautions": [{"code": c.code.value, "message": caution_in_words(c)} for c in verdict.cautions],
        "alternatives": [_alternative(each, tours[each.tour_code]) for each in verdict.alternatives],
        "may_split": may_split,
        "split_href": split_href if may_split else None,
        "look_href": _look_href(request) if request else None,
    }
    return in_json(told, 409)


def stale_answer(name: str, subject: str, number: int, *, seen: int | None, stale: StaleVersion) -> Response:
    """412 with what happened since it was read: who did what, when."""
    changes = stale.current - (seen or stale.current - 1)
    lines = lines_about({subject: [number]}, max(1, min(changes, MOST_CHANGES)))
    told = " ".join(_change(entry) for entry in entries(lines, of=subject))
    detail = _("%(who)s was changed meanwhile. %(changes)s", who=name, changes=told)
    return problem(412, "stale_version", detail=detail, current_version=stale.current)


def _alternative(found: Alternative, tour: Tour) -> dict[str, Any]:
    site = tour.site
    day = short_day(local_day(found.starts_at, site.zone))
    time = hours(found.starts_at, found.ends_at, site.zone)
    session_id = found.tour_session_id
    return {
        "message": f"{day}, {time} · {own_name(site)}: {own_name(tour)}",
        "row": f"site:{site.id}",
        "session": f"session:{session_id}" if session_id is not None else None,
        "tour_code": tour.code,
        "start": Teller(may_book=True).instant(found.starts_at),
        "places_left": found.places_left,
    }


def _look_href(request: VisitRequest) -> str | None:
    """The page of that very session, where it can be held, or overridden by who may."""
    which: dict[str, Any] = {"headcount": request.headcount}
    if request.tour_session_id is not None:
        which["tour_session_id"] = request.tour_session_id
    elif request.starts_at is not None:
        which |= {"tour_code": request.tour_code, "starts_at": request.starts_at.isoformat()}
    else:
        return None
    if request.visit_id is not None:
        return url_for("visits.pick_move", visit_id=request.visit_id, **which)
    return url_for("visits.choose", delegation=request.delegation_id, **which)


def _change(entry: Entry) -> str:
    zone = current_app.config["CITY_ZONE"]
    told = {"when": moment_in_words(entry.at, zone), "who": entry.actor, "act": entry.act}
    if not entry.differences:
        return _("%(when)s, %(who)s: %(act)s.", **told)
    what = listed(f"{each.what} {each.before} → {each.after}" for each in entry.differences)
    return _("%(when)s, %(who)s: %(act)s (%(what)s).", **told, what=what)
