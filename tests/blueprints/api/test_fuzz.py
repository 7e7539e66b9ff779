"""The API asked all that its own document allows, and much that it does not: no 5xx, no other shape.

Schemathesis makes the demands; some are led to things that are really there. `make fuzz` asks longer, and on
both engines.
"""

import os
from datetime import timedelta

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

from scheduler.access import SYSTEM
from scheduler.actions.proposals import Proposed, propose
from scheduler.core.spans import Span
from scheduler.post.delivery import Outcome
from scheduler.records.database import db
from scheduler.records.replies import ReplyChannel
from scheduler.records.visits import Visit
from tests import make, posting, staff
from tests.cast import AT
from tests.conftest import app_on
from tests.engines import ENGINES
from tests.planned import think

IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
EXAMPLES = 60 if IS_LONG else 4
WANTED = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)
OF_WHAT = {"site": "site", "delegation": "delegation_id", "resource": "resource_id"}
FEW = settings(
    max_examples=EXAMPLES, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
ROOMS = (
    *("/sites", "/delegations", "/visits", "/sessions", "/waiting"),
    *("/engagements", "/resources", "/places", "/travel", "/feeds", "/proposals", "/letters"),
    "/plans",
)


def lead_to_what_is_there(case, pick):
    """Give a demand the names of real things: otherwise nearly every one ends at 404 or 422."""
    for name in case.path_parameters:
        case.path_parameters[name] = "TOPIS" if name == "code" else 1 + pick % 3
    # Which version was seen, and under which key, is tested elsewhere.
    case.headers.pop("Idempotency-Key", None)
    case.headers["If-Match"] = "*"
    if isinstance(case.body, dict):
        _lead_body(case.body, pick, names_a_session=case.path.endswith(("/visits", "/other-bookings")))
        for rows in ("visits", "pieces", "engagements"):
            told = case.body.get(rows)
            for each in told if isinstance(told, list) else ():
                if isinstance(each, dict):
                    _lead_body(each, pick, names_a_session=rows != "engagements")


def _lead_body(body, pick, *, names_a_session):
    real = _real_things(pick)
    if names_a_session:
        body |= dict.fromkeys(("tour_session_id", "tour_code", "starts_at"))
    body |= {name: real[name] for name in real.keys() & body.keys()}
    for name in _one_way_out(body, pick):
        body.pop(name, None)


def _real_things(pick):
    """Values that fit together."""
    starts_at = AT + timedelta(days=22, hours=-2, minutes=15 * (pick % 40))
    return {
        "delegation_id": 1 + pick % 3,
        "resource_id": 1 + pick % 3,
        "visit_id": 1 + pick % 3,
        "version": 1,
        "assign": [1 + pick % 3] if pick % 4 == 0 else [],
        "tour_session_id": 1 + pick % 4,
        "tour_code": "TOPIS-W",
        "starts_at": starts_at.isoformat(),
        "ends_at": (starts_at + timedelta(hours=pick % 30)).isoformat(),
        "arrives_at": AT.isoformat(),
        "departs_at": (AT + timedelta(days=pick)).isoformat(),
        "country": "VN",
        "partner": None,
        "site": "TOPIS",
        "headcount": 1 + pick % 40,
        "override": [],
        "owner_agreement": None,
        "hold_until": None if pick % 5 else (AT + timedelta(hours=pick)).isoformat(),
        "preferred_times": [starts_at.isoformat()],
        "offered_times": [starts_at.isoformat()],
        "contact_email": "an@hanoi.example",
        "email": "",
        "to": "an@hanoi.example",
    }


def _one_way_out(body, pick):
    """A session is named one way; a feed is of one thing."""
    if body.get("kind") in OF_WHAT:
        return [name for kind, name in OF_WHAT.items() if kind != body["kind"]]
    if "tour_session_id" in body:
        return ["tour_session_id"] if pick % 2 else ["tour_code", "starts_at"]
    return []


@pytest.fixture(params=ENGINES if IS_LONG else ENGINES[:1])
def app(request):
    yield from app_on(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def busy_city(app, as_officer, booked, city):
    """Three delegations, each with visit, wishes, plan, delegate, dinner and version; a guide and two buses;
    letters, of which none arrived."""
    booked()
    staff.guide(city.site)
    for name in ("Bus 1", "Bus 2"):
        staff.vehicle(name=name)
    for name, headcount in (("Kampala", 3), ("Ulaanbaatar", 4)):
        other = make.delegation(name)
        booked(delegation_id=other.id, headcount=headcount, tour_session_id=city.afternoon.id)
    for number in (1, 2, 3):
        as_officer.post(f"/delegations/{number}/wishes", {"topic": "water"})
        as_officer.post(f"/delegations/{number}/wishes", {"tour_code": "TOPIS-W"})
        as_officer.post("/plans", {"delegation_id": number, "seconds": 1}, status=202)
        think()
        as_officer.post(f"/delegations/{number}/delegates", {"print_as": "An"})
        evening = f"2026-12-1{number}T19:00:00+09:00", f"2026-12-1{number}T21:00:00+09:00"
        dinner = dict(zip(("starts_at", "ends_at"), evening, strict=True)) | {"kind": "meal"}
        as_officer.post(f"/delegations/{number}/engagements", dinner)
        as_officer.post(f"/delegations/{number}/programme", {})
        _ask_for_another_time(number)
    posting.written(app)
    posting.tried(Outcome.REFUSED, "550 no", of=["contact@guests.example"])
    return as_officer


def _ask_for_another_time(visit_id):
    span = Span(AT + timedelta(days=22, hours=2), AT + timedelta(days=22, hours=3))
    wish = Proposed(
        sequence=0, channel=ReplyChannel.PAGE, span=span if visit_id % 2 else None, comment="Later"
    )
    propose(db.session.get_one(Visit, visit_id), wish, by=SYSTEM, at=AT)


@pytest.mark.fuzz
@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_no_demand_breaks_the_api(app, busy_city, room, mode):
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    checks = [CHECKS.get_one(name) for name in WANTED]

    def ask(operation):
        @FEW
        @given(case=operation.as_strategy(generation_mode=mode), pick=st.integers(0, 1000))
        def demand(case, pick):
            if pick % 3:
                lead_to_what_is_there(case, pick)
            case.headers["Authorization"] = f"Bearer {busy_city.key}"
            case.validate_response(case.call(), checks=checks)

        demand()

    for found in schema.include(path_regex=f"^/api/v1{room}").get_all_operations():
        ask(found.ok())
