"""A delegation of Hanoi with a visit, a lunch, a guide and an interpreter, as its papers tell of it."""

from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from scheduler.actions.engagements import plan_engagement
from scheduler.actions.members import add_delegate
from scheduler.core.duties import DutyState
from scheduler.core.engagements import EngagementRequest
from scheduler.core.stops import EngagementKind
from tests import make, staff
from tests.cast import AT, OFFICER, seoul


@pytest.fixture
def hanoi(app):
    return make.delegation(
        "Hanoi planning office", name_native="Sở Quy hoạch Hà Nội", head_post="Director", country="VN"
    )


@pytest.fixture
def topis(app):
    return make.site(
        "TOPIS",
        name="Control room",
        name_native="서울교통정보센터",
        address="110 Sejong-daero",
        owner_unit="Traffic Information Division",
        latitude=37.5665,
        longitude=126.978,
        meeting_point="Lobby of the west wing",
        photo_rule="No photographs of the screens",
        safety_gear="Closed shoes",
        arrive_early_minutes=10,
    )


@pytest.fixture
def visit(hanoi, topis):
    tour = make.tour(topis, name="How traffic is steered", name_native="교통 관제")
    made = make.visit(hanoi, make.tour_session(tour, seoul(14, 10)), 12)
    speaks = staff.interpreter("en-ko", name="Ms Park", name_native="박통역")
    staff.duty(speaks, made, DutyState.ACCEPTED)
    staff.duty(staff.guide(topis, "en", name="Guide who has not answered"), made)
    return made


@pytest.fixture
def lunch(hanoi, visit):
    staff.place("LUNCH", name="Restaurant", name_native="식당", latitude=37.5741, longitude=126.9854)
    request = EngagementRequest(
        delegation_id=hanoi.id,
        kind=EngagementKind.MEAL,
        place="LUNCH",
        host="Vice mayor",
        title="Lunch",
        starts_at=seoul(14, 11, 30),
        ends_at=seoul(14, 11, 30) + timedelta(minutes=90),
        acknowledge=("all",),
        acknowledge_reason="known",
    )
    return plan_engagement(request, by=OFFICER, at=AT)


@pytest.fixture
def people(hanoi):
    """Two delegates, the second on the list the first in precedence."""
    for name, native, place in (("Tran Thi Binh", "", 2), ("Nguyen Van An", "Nguyễn Văn An", 1)):
        told = {"print_as": name, "name_native": native, "post": "Planner", "precedence": place}
        add_delegate(hanoi.id, told, by=OFFICER, at=AT)


def pages_of(answer):
    """The text of each page of a PDF that was answered, each run of spaces as one."""
    assert answer.mimetype == "application/pdf"
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(answer.data)).pages]
