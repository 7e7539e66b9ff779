"""Planning engagements, changing them, calling them off; which delegates attend."""

from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.access import NotPermitted
from scheduler.actions.attendance import attend_engagement, attend_visit
from scheduler.actions.engagements import (
    EngagementRefused,
    cancel_engagement,
    change_engagement,
    plan_engagement,
)
from scheduler.actions.members import add_delegate
from scheduler.actions.parts import divide
from scheduler.actions.versions import StaleVersion
from scheduler.core.engagements import EngagementRequest
from scheduler.core.stops import EngagementKind
from scheduler.records.absence import NotFound
from scheduler.records.attendance_lookup import attending
from scheduler.records.database import db
from scheduler.records.engagements import Engagement
from scheduler.records.places import Place
from tests import make, staff
from tests.actions.seen import fault_of, how_many, journal
from tests.cast import AT, HEAD, OFFICER, manager_of, seoul

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def lunch_place():
    return staff.place("LUNCH")


def lunch(delegation, hour=12, **told):
    given = {"kind": EngagementKind.MEAL, "place": "LUNCH", "host": "Vice mayor"}
    return EngagementRequest(
        delegation_id=delegation.id,
        starts_at=seoul(14, hour),
        ends_at=seoul(14, hour + 1),
        **(given | told),
    )


def planned(request, by=OFFICER):
    return plan_engagement(request, by=by, at=AT)


def test_an_engagement_is_planned_for_all_unless_told_otherwise_and_journalled(lunch_place):
    made = planned(lunch(make.delegation()))
    assert (made.headcount, made.place_id, made.state, made.version, made.sequence) == (
        12,
        lunch_place.id,
        "planned",
        1,
        0,
    )
    (line,) = journal("plan")
    assert (line.subject, line.after["host"]) == ("engagement", "Vice mayor")


def test_an_engagement_is_kept_to_the_minute(lunch_place):
    request = lunch(make.delegation())
    to_seconds = replace(request, ends_at=request.ends_at + timedelta(seconds=30))
    assert planned(to_seconds).ends_at == request.ends_at
    too_short = replace(request, ends_at=request.starts_at + timedelta(seconds=30))
    assert fault_of(lambda: planned(too_short)) == ("ends_at", "not_after")


def test_the_head_plans_too_and_a_site_manager_does_not(lunch_place):
    delegation = make.delegation()
    planned(lunch(delegation), by=HEAD)
    with pytest.raises(NotPermitted):
        planned(lunch(delegation, 15), by=manager_of(1))


def test_a_refused_engagement_leaves_nothing(lunch_place):
    delegation = make.delegation()
    planned(lunch(delegation))
    with pytest.raises(EngagementRefused) as caught:
        planned(lunch(delegation, headcount=3))
    assert [refusal.code for refusal in caught.value.verdict.refusals] == ["already_elsewhere"]
    assert how_many(Engagement) == 1


def test_a_visit_in_the_way_and_one_too_far_are_told_together(lunch_place):
    delegation = make.delegation()
    here = make.site("TOPIS", latitude=37.57, longitude=127.0)
    far = staff.place("FAR", latitude=37.46, longitude=126.44)
    make.visit(delegation, make.tour_session(make.tour(here), seoul(14, 11)))
    with pytest.raises(EngagementRefused) as caught:
        planned(lunch(delegation, place=far.code))
    assert [refusal.code for refusal in caught.value.verdict.refusals] == ["cannot_come_from_stop_before"]


def test_thin_slack_is_ticked_with_a_reason(lunch_place):
    delegation = make.delegation()
    staff.place("NEAR", latitude=37.571, longitude=127.0)
    here = make.site("TOPIS", latitude=37.57, longitude=127.0)
    make.visit(delegation, make.tour_session(make.tour(here), seoul(14, 10, 40)))
    asked = {"place": "NEAR", "acknowledge": ("thin_slack",)}
    with pytest.raises(EngagementRefused) as caught:
        planned(lunch(delegation, place="NEAR"))
    assert [caution.code for caution in caught.value.verdict.cautions] == ["thin_slack"]
    assert fault_of(lambda: planned(lunch(delegation, **asked))) == ("acknowledge_reason", "reason_needed")
    made = planned(lunch(delegation, **asked, acknowledge_reason="They walk"))
    assert (made.acknowledged, made.acknowledge_reason) == ("thin_slack", "They walk")
    assert (
        change_engagement(made.id, lunch(delegation, place="NEAR", headcount=9), by=OFFICER, at=AT).headcount
        == 9
    )


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ({"ends_at": seoul(14, 12)}, ("ends_at", "not_after")),
        ({"ends_at": seoul(15, 12, 1)}, ("ends_at", "longer_than_a_day")),
        ({"place": "NOWHERE"}, ("place", "unknown")),
        ({"destination": "LUNCH"}, ("destination", "only_transfers_go_somewhere")),
        ({"kind": EngagementKind.TRANSFER}, ("destination", "transfer_goes_somewhere")),
        ({"part_id": 99}, ("part_id", "unknown")),
        ({"headcount": 0}, ("headcount", "out_of_range")),
    ],
)
def test_what_cannot_be_meant_is_told_by_field(lunch_place, told, fault):
    given = {"starts_at": seoul(14, 12), "ends_at": seoul(14, 13), "kind": EngagementKind.MEAL}
    request = EngagementRequest(delegation_id=make.delegation().id, **(given | told))
    assert fault_of(lambda: planned(request)) == fault


def test_a_change_that_guests_see_is_a_new_revision_and_a_note_is_not(lunch_place):
    delegation = make.delegation()
    made = planned(lunch(delegation))
    noted = change_engagement(made.id, lunch(delegation, note="No nuts"), seen=1, by=OFFICER, at=AT)
    assert (noted.version, noted.sequence) == (2, 0)
    later = change_engagement(made.id, lunch(delegation, 13, note="No nuts"), seen=2, by=OFFICER, at=AT)
    assert (later.version, later.sequence, later.starts_at) == (3, 1, seoul(14, 13))
    assert later.stamped_at > AT
    with pytest.raises(StaleVersion):
        change_engagement(made.id, lunch(delegation, 15), seen=2, by=OFFICER, at=AT)
    assert change_engagement(made.id, lunch(delegation, 13, note="No nuts"), by=OFFICER, at=AT).version == 3


def test_the_words_of_what_is_over_can_still_be_put_right(lunch_place):
    delegation = make.delegation()
    made = planned(lunch(delegation))
    after = seoul(15)
    assert change_engagement(made.id, lunch(delegation, host="Mayor"), by=OFFICER, at=after).host == "Mayor"
    with pytest.raises(EngagementRefused) as caught:
        change_engagement(made.id, lunch(delegation, 13), by=OFFICER, at=after)
    assert [refusal.code for refusal in caught.value.verdict.refusals] == ["in_the_past"]


def test_what_is_called_off_frees_the_hour_and_changes_no_more(lunch_place):
    delegation = make.delegation()
    made = planned(lunch(delegation))
    off = cancel_engagement(made.id, "The cook is ill", seen=1, by=OFFICER, at=AT)
    assert (off.state, off.version, off.sequence) == ("cancelled", 2, 1)
    assert cancel_engagement(made.id, by=OFFICER, at=AT).version == 2
    assert journal("cancel")[0].reason == "The cook is ill"
    planned(lunch(delegation))
    with pytest.raises(EngagementRefused):
        change_engagement(made.id, lunch(delegation, 15), by=OFFICER, at=AT)
    with pytest.raises(NotFound):
        cancel_engagement(999, by=OFFICER, at=AT)


def test_a_transfer_takes_them_from_its_place_to_its_destination(lunch_place):
    delegation = make.delegation()
    staff.place("GIMPO", latitude=37.5583, longitude=126.7906)
    staff.place("HOTEL", latitude=37.5647, longitude=126.978)
    way = {"kind": EngagementKind.TRANSFER, "place": "GIMPO", "destination": "HOTEL"}
    with pytest.raises(EngagementRefused) as caught:
        planned(lunch(delegation, **way))
    (refusal,) = caught.value.verdict.refusals
    assert (refusal.code, refusal.facts["minutes"]) == ("cannot_reach_stop_after", 80)


# Attendance -------------------------------------------------------------------------------------------------


def named(delegation, *names):
    return [add_delegate(delegation.id, {"print_as": name}, by=OFFICER, at=AT).id for name in names]


def test_delegates_attend_some_stops_and_not_others(lunch_place):
    delegation = make.delegation()
    governor, secretary = named(delegation, "Governor", "Secretary")
    made = planned(lunch(delegation))
    assert attend_engagement(made.id, [secretary], seen=1, by=OFFICER, at=AT).version == 2
    assert list(attending(made)) == [secretary]
    assert journal("attend")[0].after == {"delegate_ids": [secretary]}
    visit = make.visit(delegation, make.tour_session(make.tour(make.site()), seoul(15, 10)))
    assert attend_visit(visit.id, [governor, secretary], seen=1, by=OFFICER, at=AT).version == 2
    assert attend_visit(visit.id, [], seen=2, by=OFFICER, at=AT).version == 3
    assert list(attending(visit)) == []


def test_only_those_attend_who_can(lunch_place):
    delegation, other = make.delegation(headcount=3), make.delegation("Other")
    governor, secretary = named(delegation, "Governor", "Secretary")
    (stranger,) = named(other, "Stranger")
    first, second = divide(
        delegation.id, "Lunch", [("A", 1, [governor]), ("B", 2, [secretary])], by=OFFICER, at=AT
    )
    at_a, at_b = planned(lunch(delegation, part_id=first.id)), planned(lunch(delegation, part_id=second.id))

    def fault(engagement, *wanted):
        return fault_of(lambda: attend_engagement(engagement.id, wanted, by=OFFICER, at=AT))

    assert fault(at_a, stranger) == ("delegate_ids", "delegate_unknown")
    assert fault(at_a, secretary) == ("delegate_ids", "not_of_the_part")
    assert fault(at_a, governor, secretary) == ("delegate_ids", "more_named_than_go")
    divide(delegation.id, "Lunch", [("A", 1, []), ("B", 2, [])], by=OFFICER, at=AT)
    attend_engagement(at_a.id, [governor], by=OFFICER, at=AT)
    assert fault(at_b, governor) == ("delegate_ids", "attends_elsewhere")


def test_a_site_that_is_moved_takes_its_place_along(lunch_place):
    site = make.site("TOPIS", latitude=37.5, longitude=127.0)
    assert db.session.query(Place).filter_by(code="TOPIS").one().site_id == site.id
