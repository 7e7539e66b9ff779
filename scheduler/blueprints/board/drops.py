"""Something dropped on the board: booked or moved by the office's own acts; and taken back."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import UnprocessableEntity

from scheduler.access import Actor
from scheduler.actions.bookings import VisitRefused
from scheduler.actions.lifecycle import Told, act_upon
from scheduler.actions.versions import StaleVersion
from scheduler.actions.visits import move_visit, request_visit
from scheduler.blueprints.board.answers import carried
from scheduler.blueprints.board.asking import in_json
from scheduler.blueprints.board.assigning import KINDS, drop_on_person, let_go
from scheduler.blueprints.board.refusals import refused_answer, stale_answer
from scheduler.blueprints.board.targets import landing
from scheduler.blueprints.board.telling import Teller
from scheduler.blueprints.typed import city_zone
from scheduler.core.facts import VisitRequest
from scheduler.core.lifecycle import AWAITED, Act
from scheduler.records.carried import Carried
from scheduler.records.landings import at_instant, on_session
from scheduler.records.visit_lookup import visit_seen_by
from scheduler.records.visits import Visit
from scheduler.words.instants import local_day, span_in_words
from scheduler.words.own_names import own_name


def drop(told: dict[str, Any], by: Actor, at: datetime) -> Response:
    """Book a wish or move a visit where it was dropped; answer with the way back, or with every reason."""
    item = carried(by, *told["item"])
    if told["row"][0] in KINDS:
        return drop_on_person(item, told["row"][1], by, at)
    request = replace(
        landing(item, told),
        acknowledge=tuple(told["acknowledge"]),
        acknowledge_reason=told["acknowledge_reason"],
    )
    try:
        return in_json(
            _book(request, by, at) if item.standing is None else _move(item, request, told, by, at)
        )
    except VisitRefused as refused:
        return refused_answer(refused.verdict, request, split_href=_split_href(item, request, told))
    except StaleVersion as stale:
        return stale_answer(item.name, "visit", told["item"][1], seen=told["seen"], stale=stale)


def _split_href(item: Carried, request: VisitRequest, told: dict[str, Any]) -> str | None:
    """Where a wish that is too large is split, and from there back to the board. What is booked already is
    moved whole."""
    if item.standing is not None:
        return None
    asked: dict[str, Any] = {
        "headcount": request.headcount,
        "language": request.language,
        "tour_session_id": request.tour_session_id,
        "tour_code": request.tour_code,
        "starts_at": request.starts_at.isoformat() if request.starts_at is not None else None,
        "next": url_for("board.board", on=local_day(told["start"], city_zone().key).isoformat()),
    }
    return url_for("splits.proposal", delegation_id=request.delegation_id, **asked)


def undo(told: dict[str, Any], by: Actor, at: datetime) -> Response:
    """Take a drop back: a booking is called off, a move is moved back through the same rules. Only what is
    still as the drop left it."""
    visit_id, seen = told["visit_id"], told["seen"]
    if told["kind"] == "assign":
        return let_go(told["assignment_id"], seen, by, at)
    item = carried(by, "visit", visit_id)
    request, reason = item.request, _("Undone on the board.")
    try:
        if told["kind"] == "book":
            act_upon(visit_id, Act.CANCEL, Told(reason=reason), seen=seen, by=by, at=at)
            words = _("The booking is taken back.")
        else:
            # The cautions of the place it comes from were passed when it was booked there.
            request = replace(_back(item, told["back_to"]), acknowledge=("all",), acknowledge_reason=reason)
            moved = move_visit(visit_id, request, seen=seen, by=by, at=at)
            words = _("Moved back: %(what)s.", what=_what(visit_seen_by(by, moved.id)))
    except VisitRefused as refused:
        return refused_answer(refused.verdict, request)
    except StaleVersion as stale:
        return stale_answer(item.name, "visit", visit_id, seen=seen, stale=stale)
    return in_json({"message": words, "visit_id": visit_id})


def _back(item: Carried, back_to: dict[str, Any] | None) -> VisitRequest:
    if back_to is None:
        raise UnprocessableEntity(_("Say where it was before."))
    if back_to["session"] is not None:
        return on_session(item, back_to["session"][1], None)
    return at_instant(item, back_to["start"], site_id=None, tour_code=back_to["tour_code"])


def _book(request: VisitRequest, by: Actor, at: datetime) -> dict[str, Any]:
    booked = request_visit(request, by=by, at=at)
    visit = visit_seen_by(by, booked.visit.id)
    if not booked.is_new:
        return _done(visit, _("Booked already: %(what)s.", what=_what(visit)), None)
    undo = {"visit_id": visit.id, "seen": visit.version, "kind": "book", "back_to": None}
    return _done(visit, _("Booked: %(what)s.", what=_what(visit)), undo)


def _move(
    item: Carried, request: VisitRequest, told: dict[str, Any], by: Actor, at: datetime
) -> dict[str, Any]:
    standing = item.standing
    assert standing is not None
    assert request.visit_id is not None
    # What was read a moment ago is the way back: it must still be so when the lock is held.
    seen = told["seen"] or standing.version
    moved = move_visit(request.visit_id, request, seen=seen, by=by, at=at)
    visit = visit_seen_by(by, moved.id)
    if visit.version == standing.version:
        return _done(visit, _("It is there already: %(what)s.", what=_what(visit)), None)
    back = {
        "session": f"session:{standing.tour_session_id}",
        "tour_code": item.tour_code,
        "start": Teller(may_book=True).instant(standing.starts_at),
    }
    undo = {"visit_id": visit.id, "seen": visit.version, "kind": "move", "back_to": back}
    return _done(visit, _("Moved: %(what)s.", what=_what(visit)), undo if standing.state in AWAITED else None)


def _done(visit: Visit, message: str, undo: dict[str, Any] | None) -> dict[str, Any]:
    state, words = Teller(may_book=True).states[visit.state]
    return {
        "visit_id": visit.id,
        "state": state,
        "state_text": words,
        "message": message,
        "undo": undo,
    }


def _what(visit: Visit) -> str:
    tour = visit.tour_session.tour
    return _(
        "%(who)s, %(site)s, %(when)s",
        who=visit.delegation.name,
        site=own_name(tour.site),
        when=span_in_words(visit.starts_at, visit.ends_at, tour.site.zone),
    )
