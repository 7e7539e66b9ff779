"""What remains of a delegation's day, moved in one act."""

from typing import Any

from flask import Response

from scheduler.access import Permission
from scheduler.actions.answers import Answered
from scheduler.actions.delegations import delegation_by_id
from scheduler.actions.shift_proposals import propose_shift
from scheduler.actions.shifts import EngagementMove, ShiftAsked, shift
from scheduler.blueprints.api.answering import answered, writes
from scheduler.blueprints.api.batches import naming_which
from scheduler.blueprints.api.room import bp
from scheduler.blueprints.api.schemas.together import ShiftIn, ShiftOut
from scheduler.blueprints.api.visits import moving_request
from scheduler.blueprints.typed import city_zone
from scheduler.clock import now
from scheduler.core.verdicts import Verdict
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.engagement_lookup import engagement_by_id
from scheduler.records.engagements import Engagement
from scheduler.records.visit_lookup import visit_seen_by, visits_numbered
from scheduler.records.visits import Visit
from scheduler.words.wording import verdict_values

EXAMPLE = {"from": "2026-12-14T09:00:00+09:00", "minutes": 240, "rehearse": True}
TELL = ShiftOut()


@bp.post("/delegations/<id:delegation_id>/shift")
@bp.input(ShiftIn, example=EXAMPLE)
@bp.output(ShiftOut)
@allow(Permission.BOOK_VISITS)
@writes(refuses=True)
def shift_day(delegation_id: int, json_data: dict[str, Any]) -> Response:
    """Move what remains of a day.

    With `rehearse`: where every stop from an instant on would go, so many minutes later, and what breaks.
    Without: the visits and engagements named go where they are said to, those in `postpone` are put off, all
    of it or nothing. Refused: 409 with `visits` by `visit_id` and `engagements` by `engagement_id`.
    """

    def act() -> Answered:
        delegation_by_id(delegation_id)
        if json_data["rehearse"]:
            return Answered(200, _proposed(delegation_id, json_data))
        with naming_which("visits", json_data["visits"]):
            shift(delegation_id, _asked(json_data), by=actor(), at=now())
        return Answered(200, _done(json_data))

    return answered(act)


def _asked(told: dict[str, Any]) -> ShiftAsked:
    by = actor()
    return ShiftAsked(
        visits=tuple(moving_request(each, visit_seen_by(by, each["visit_id"])) for each in told["visits"]),
        seen=tuple(each["version"] for each in told["visits"]),
        engagements=tuple(
            EngagementMove(
                engagement_id=each["engagement_id"], starts_at=each["starts_at"], seen=each["version"]
            )
            for each in told["engagements"]
        ),
        postpone=tuple(told["postpone"]),
        reason=told["reason"],
        acknowledge=tuple(told["acknowledge"]),
    )


def _proposed(delegation_id: int, asked: dict[str, Any]) -> dict[str, Any]:
    found = propose_shift(delegation_id, asked["from_"], asked["minutes"], city_zone(), at=now())
    return _told(
        [_visit(each.visit) | _new(each.starts_at, each.verdict) for each in found.visits],
        [_engagement(each.engagement) | _new(each.starts_at, each.verdict) for each in found.engagements],
    )


def _done(asked: dict[str, Any]) -> dict[str, Any]:
    numbers = [*(each["visit_id"] for each in asked["visits"]), *asked["postpone"]]
    engagements = [engagement_by_id(each["engagement_id"]) for each in asked["engagements"]]
    return _told(
        [_visit(visit) | _new(None, None) for visit in visits_numbered(numbers)],
        [_engagement(engagement) | _new(None, None) for engagement in engagements],
    )


def _visit(visit: Visit) -> dict[str, Any]:
    return {
        "visit_id": visit.id,
        "version": visit.version,
        "state": visit.state,
        "tour_code": visit.tour_session.tour.code,
        "starts_at": visit.starts_at,
        "ends_at": visit.ends_at,
    }


def _engagement(engagement: Engagement) -> dict[str, Any]:
    return {
        "engagement_id": engagement.id,
        "version": engagement.version,
        "kind": engagement.kind,
        "title": engagement.title,
        "starts_at": engagement.starts_at,
        "ends_at": engagement.ends_at,
    }


def _new(starts_at: Any, verdict: Verdict | None) -> dict[str, Any]:
    told = verdict_values(verdict) if verdict is not None else {"refusals": [], "cautions": []}
    return {"new_starts_at": starts_at, "refusals": told["refusals"], "cautions": told["cautions"]}


def _told(visits: list[dict[str, Any]], engagements: list[dict[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = TELL.dump({"visits": visits, "engagements": engagements})
    return values
