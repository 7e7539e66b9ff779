"""Several visits booked and moved in one act: all of them or none."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from flask import Response

from scheduler.access import Permission
from scheduler.actions.answers import Answered
from scheduler.actions.batches import book_together
from scheduler.actions.invalid import Invalid
from scheduler.blueprints.api.answering import answered, makes_several, writes
from scheduler.blueprints.api.room import bp
from scheduler.blueprints.api.schemas.together import BatchIn, BatchOut
from scheduler.blueprints.api.visits import moving_request, new_request, tell_visit
from scheduler.clock import now
from scheduler.core.facts import VisitRequest
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.absence import NotFound
from scheduler.records.visit_lookup import visit_seen_by

EXAMPLE = {
    "visits": [
        {
            "delegation_id": 1,
            "tour_code": "TOPIS-CONTROL",
            "starts_at": "2026-12-14T10:00:00+09:00",
            "headcount": 12,
        },
        {
            "delegation_id": 1,
            "tour_code": "SEONAM-PLANT",
            "starts_at": "2026-12-14T14:00:00+09:00",
            "headcount": 12,
        },
    ]
}
# Which field of a request names what is not there.
NAMES = {
    "delegation": "delegation_id",
    "visit": "visit_id",
    "tour": "tour_code",
    "tour session": "tour_session_id",
    "part": "part_id",
    "resource": "assign",
}


@bp.post("/visits/batch")
@bp.input(BatchIn, example=EXAMPLE)
@bp.output(BatchOut, status_code=201)
@allow(Permission.BOOK_VISITS)
@writes(refuses=True)
@makes_several
def book_batch(json_data: dict[str, Any]) -> Response:
    """Book several visits at once, and move those that are named by `visit_id`: all of them or none.

    Each sees the others' ways, places and people. Refused: 409 with `visits`, a verdict for each by its
    `index`; `accepted` says whether it alone would have been booked, and nothing was. A fault is named by its
    place, such as `visits.3.headcount`.
    """

    def act() -> Answered:
        asked = json_data["visits"]
        with naming_which("visits", asked):
            requests = [_request(each) for each in asked]
            visits = book_together(requests, seen=[each["version"] for each in asked], by=actor(), at=now())
        return Answered(201, {"visits": [tell_visit(visit.id) for visit in visits]})

    return answered(act)


@contextmanager
def naming_which(name: str, asked: Sequence[Mapping[str, Any]]) -> Iterator[None]:
    """Say which element of a list named something that is not there: `visits.3.tour_code`."""
    try:
        yield
    except NotFound as absent:
        field = NAMES.get(absent.what)
        for index, each in enumerate(asked):
            told = each.get(field) if field is not None else None
            if told is not None and (told == absent.which or (field == "assign" and absent.which in told)):
                raise Invalid(f"{name}.{index}.{field}", "unknown", value=absent.which) from None
        raise


def _request(asked: dict[str, Any]) -> VisitRequest:
    if asked["visit_id"] is None:
        return new_request(asked)
    return moving_request(asked, visit_seen_by(actor(), asked["visit_id"]))
