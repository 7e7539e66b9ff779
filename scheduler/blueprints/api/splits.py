"""A party too large for one session, split over several in one act."""

from collections.abc import Sequence
from typing import Any

from flask import Response

from scheduler.access import Permission
from scheduler.actions.answers import Answered
from scheduler.actions.delegations import delegation_by_id
from scheduler.actions.splits import Piece, propose_split, split
from scheduler.blueprints.api.answering import answered, makes_several, naming, writes
from scheduler.blueprints.api.batches import naming_which
from scheduler.blueprints.api.room import bp
from scheduler.blueprints.api.schemas.together import SplitIn, SplitOut
from scheduler.clock import now
from scheduler.core.facts import VisitRequest
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.visits import Visit
from scheduler.words.verdict_words import caution_in_words
from scheduler.words.wording import reason_values

EXAMPLE = {"tour_code": "TOPIS-CONTROL", "starts_at": "2026-12-14T10:00:00+09:00", "rehearse": True}
TELL = SplitOut()


@bp.post("/delegations/<id:delegation_id>/split")
@bp.input(SplitIn, example=EXAMPLE)
@bp.output(SplitOut, status_code=201)
@allow(Permission.BOOK_VISITS)
@writes(refuses=True)
@makes_several
def split_party(delegation_id: int, json_data: dict[str, Any]) -> Response:
    """Split a party over sessions.

    With `rehearse` it tells how: a division that fits, else even shares, each with the nearest session that
    takes it (200). Without, the parts of `division` are made as large as `pieces` say and each is booked
    into its session: all of it or nothing (201); refused per piece as a batch is.
    """

    def act() -> Answered:
        delegation = delegation_by_id(delegation_id)
        if json_data["rehearse"]:
            return Answered(200, _proposed(delegation_id, delegation.headcount, json_data))
        pieces = [(each["name"], _request(delegation_id, each, json_data)) for each in json_data["pieces"]]
        with naming_which("pieces", json_data["pieces"]):
            visits = split(json_data["division"], pieces, by=actor(), at=now())
        return Answered(201, _booked(json_data["division"], visits))

    return answered(act)


def _proposed(delegation_id: int, headcount: int, asked: dict[str, Any]) -> dict[str, Any]:
    wanted = _request(delegation_id, asked | {"headcount": asked["headcount"] or headcount}, asked)
    with naming(tour="tour_code", tour_session="tour_session_id"):
        found = propose_split(wanted, now(), pieces=asked["into"])
    pieces = [_piece(each, found.tour_code) for each in found.pieces]
    return _told(found.division, found.is_whole, pieces)


def _booked(division: str, visits: Sequence[Visit]) -> dict[str, Any]:
    pieces: list[dict[str, Any]] = [
        {
            "name": visit.part.name if visit.part else "",
            "headcount": visit.headcount,
            "part_id": visit.part_id,
            "visit_id": visit.id,
            "tour_code": visit.tour_session.tour.code,
            "tour_session_id": visit.tour_session_id,
            "starts_at": visit.starts_at,
            "ends_at": visit.ends_at,
            "cautions": [],
        }
        for visit in visits
    ]
    return _told(division, True, pieces)


def _piece(piece: Piece, tour_code: str) -> dict[str, Any]:
    running = piece.running
    return {
        "name": piece.name,
        "headcount": piece.headcount,
        "part_id": piece.part_id,
        "visit_id": None,
        "tour_code": tour_code,
        "tour_session_id": running.id if running else None,
        "starts_at": running.starts_at if running else None,
        "ends_at": running.ends_at if running else None,
        "cautions": [reason_values(caution, caution_in_words(caution)) for caution in piece.cautions],
    }


def _told(division: str, is_whole: bool, pieces: list[dict[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = TELL.dump({"division": division, "is_whole": is_whole, "pieces": pieces})
    return values


def _request(delegation_id: int, asked: dict[str, Any], whole: dict[str, Any]) -> VisitRequest:
    return VisitRequest(
        delegation_id=delegation_id,
        headcount=asked["headcount"],
        tour_session_id=asked["tour_session_id"],
        tour_code=asked["tour_code"],
        starts_at=asked["starts_at"],
        language=whole["language"],
        assign=tuple(dict.fromkeys(asked.get("assign", ()))),
        acknowledge=tuple(asked.get("acknowledge", ())),
        acknowledge_reason=asked.get("acknowledge_reason", ""),
    )
