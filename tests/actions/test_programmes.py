"""Internal approvals, and programmes published in versions."""

from datetime import date

import pytest

from scheduler.access import NotPermitted
from scheduler.actions.attendance import attend_visit
from scheduler.actions.engagements import cancel_engagement, change_engagement, plan_engagement
from scheduler.actions.lifecycle import Told, act_upon
from scheduler.actions.members import add_delegate, remove_member
from scheduler.actions.programmes import NothingToPublish, change_approval, enter_approval, publish
from scheduler.actions.versions import StaleVersion
from scheduler.core.engagements import EngagementRequest
from scheduler.core.lifecycle import Act
from scheduler.core.stops import EngagementKind
from scheduler.records.absence import NotFound
from scheduler.records.delegations import Delegate
from scheduler.records.programme_lookup import itinerary
from scheduler.records.programme_versions import newest_version, people_called, version_numbered
from scheduler.records.programmes import DisclosureClass, ProgrammeVersion
from tests import make, staff
from tests.actions.seen import fault_of, how_many, journal
from tests.cast import AT, HEAD, OFFICER, SEOUL, manager_of, seoul

pytestmark = pytest.mark.usefixtures("app")
PAPER = {
    "document_number": "국제교류과-2188",
    "approved_by": "Head of division",
    "approved_on": date(2026, 11, 20),
    "disclosure": DisclosureClass.PARTIAL,
    "co_signed": ["Budget team", "City diplomacy team"],
}


@pytest.fixture
def delegation():
    return make.delegation()


@pytest.fixture
def visit(delegation):
    site = make.site("TOPIS", latitude=37.5665, longitude=126.978, owner_unit="Traffic division")
    return make.visit(delegation, make.tour_session(make.tour(site), seoul(14, 10)), 12)


def lunch(delegation, hour=13, **told):
    if not told.pop("is_placed", False):
        staff.place("LUNCH", latitude=37.5741, longitude=126.9854)
    given = {"kind": EngagementKind.MEAL, "place": "LUNCH", "host": "Vice mayor", "title": "Lunch"}
    return EngagementRequest(
        delegation_id=delegation.id,
        starts_at=seoul(14, hour),
        ends_at=seoul(14, hour + 1),
        **(given | told),
    )


def published(delegation, approval_id=None, reason="", by=OFFICER):
    return publish(delegation.id, approval_id, reason, by=by, at=AT)


def test_the_first_version_holds_every_stop_with_the_ways_between(delegation, visit):
    engagement = plan_engagement(lunch(delegation), by=OFFICER, at=AT)
    version = published(delegation)
    assert (version.number, version.is_amended, version.differences) == (1, False, [])
    stops = version.content["stops"]
    assert [(stop["key"], stop["kind"], stop["place"]["name"]) for stop in stops] == [
        (f"visit-{visit.id}", "visit", "Site TOPIS"),
        (f"engagement-{engagement.id}", "meal", "Place LUNCH"),
    ]
    assert [(stop["host"], stop["headcount"], stop["state"]) for stop in stops] == [
        ("Traffic division", 12, "confirmed"),
        ("Vice mayor", 12, "planned"),
    ]
    assert version.content["legs"] == [
        {
            "before": f"visit-{visit.id}",
            "after": f"engagement-{engagement.id}",
            "minutes": 15,
            "slack_minutes": 105,
        }
    ]
    assert [line.after["number"] for line in journal("publish")] == [1]


def test_an_amended_version_tells_what_was_and_what_is(delegation, visit):
    made = plan_engagement(lunch(delegation), by=OFFICER, at=AT)
    published(delegation)
    moved = lunch(delegation, 14, host="Mayor", is_placed=True)
    change_engagement(made.id, moved, by=OFFICER, at=AT)
    act_upon(visit.id, Act.CANCEL, Told(reason="A drill"), by=OFFICER, at=AT)
    version = published(delegation, reason="The flight is late")
    assert (version.number, version.is_amended, version.reason) == (2, True, "The flight is late")
    removed, changed = version.differences
    assert (removed["change"], removed["key"]) == ("removed", f"visit-{visit.id}")
    assert [(each["field"], each["before"], each["after"]) for each in changed["fields"]] == [
        ("starts_at", "2026-12-14T04:00:00+00:00", "2026-12-14T05:00:00+00:00"),
        ("ends_at", "2026-12-14T05:00:00+00:00", "2026-12-14T06:00:00+00:00"),
        ("host", "Vice mayor", "Mayor"),
    ]
    assert len(version_numbered(delegation.id, 1).content["stops"]) == 2


def test_publishing_what_is_published_is_refused(delegation, visit):
    published(delegation)
    with pytest.raises(NothingToPublish) as caught:
        published(delegation)
    assert (caught.value.number, how_many(ProgrammeVersion)) == (1, 1)


def test_an_empty_stay_is_not_published_but_one_that_was_called_off_is(delegation):
    with pytest.raises(NothingToPublish) as caught:
        published(delegation)
    assert caught.value.number is None
    made = plan_engagement(lunch(delegation), by=OFFICER, at=AT)
    published(delegation)
    cancel_engagement(made.id, by=OFFICER, at=AT)
    assert [each["change"] for each in published(delegation).differences] == ["removed"]


def test_names_that_are_erased_are_erased_from_every_version(delegation, visit):
    governor = add_delegate(delegation.id, {"print_as": "Governor"}, by=OFFICER, at=AT)
    attend_visit(visit.id, [governor.id], by=OFFICER, at=AT)
    version = published(delegation)
    assert version.content["stops"][0]["attendees"] == [governor.id]
    assert people_called([governor.id], []).delegates == {governor.id: "Governor"}
    remove_member(Delegate, governor.id, by=OFFICER, at=AT)
    assert people_called([governor.id], []).delegates == {}
    assert "Governor" not in str(newest_version(delegation.id).content)


def test_who_goes_along_and_who_stays_all_day_stand_in_it(delegation, visit):
    guide = staff.interpreter("en-ko")
    staff.duty(guide, visit)
    bus = staff.liaison_officer()
    staff.day_duty(bus, delegation, seoul(14, 9))
    content = published(delegation).content
    assert content["stops"][0]["people"] == [
        {"resource_id": guide.id, "kind": "interpreter", "state": "asked"}
    ]
    assert [(duty["kind"], duty["people"][0]["resource_id"]) for duty in content["duties"]] == [
        ("liaison_officer", bus.id)
    ]


def test_an_approval_is_kept_with_the_version_as_it_was(delegation, visit):
    approval = enter_approval(delegation.id, PAPER, by=OFFICER, at=AT)
    version = published(delegation, approval.id)
    assert version.content["approval"] == {
        "id": approval.id,
        "document_number": "국제교류과-2188",
        "approved_by": "Head of division",
        "approved_on": "2026-11-20",
        "disclosure": "partial",
        "co_signed": ["Budget team", "City diplomacy team"],
    }
    seen = approval.version
    changed = change_approval(approval.id, {"co_signed": []}, seen=seen, by=HEAD, at=AT)
    assert (changed.co_signed, changed.version == seen) == ([], False)
    assert newest_version(delegation.id).content["approval"]["co_signed"] != []
    with pytest.raises(StaleVersion):
        change_approval(approval.id, {"note": "x"}, seen=seen, by=OFFICER, at=AT)


def test_a_new_approval_alone_makes_an_amended_version(delegation, visit):
    first = published(delegation)
    approval = enter_approval(delegation.id, PAPER, by=OFFICER, at=AT)
    second = published(delegation, approval.id)
    assert (first.number, second.number, second.approval_id, second.differences) == (1, 2, approval.id, [])
    with pytest.raises(NothingToPublish):
        published(delegation, approval.id)


def test_what_no_approval_can_be_is_refused(delegation, visit):
    def entering(**told):
        return fault_of(lambda: enter_approval(delegation.id, PAPER | told, by=OFFICER, at=AT))

    assert entering(approved_on=date(2026, 11, 23)) == ("approved_on", "approval_in_future")
    assert entering(co_signed=["x"] * 21) == ("co_signed", "too_many")
    others = enter_approval(make.delegation("Other").id, PAPER, by=OFFICER, at=AT)
    assert fault_of(lambda: published(delegation, others.id)) == ("approval_id", "unknown")
    with pytest.raises(NotFound):
        change_approval(999, {}, by=OFFICER, at=AT)


def test_officers_and_the_head_publish_and_site_managers_do_not(delegation, visit):
    published(delegation, by=HEAD)
    with pytest.raises(NotPermitted):
        published(delegation, by=manager_of(visit.site_id))
    with pytest.raises(NotFound):
        publish(999, by=OFFICER, at=AT)


def test_the_ways_of_one_day_are_told_and_none_over_night(delegation, visit):
    staff.place("HOTEL", latitude=37.57, longitude=126.98)
    plan_engagement(lunch(delegation), by=OFFICER, at=AT)
    next_day = {"starts_at": seoul(15, 9), "ends_at": seoul(15, 10), "place": "HOTEL"}
    plan_engagement(
        EngagementRequest(delegation_id=delegation.id, kind=EngagementKind.MEETING, **next_day),
        by=OFFICER,
        at=AT,
    )
    stay = itinerary(delegation.id, SEOUL)
    assert [(day.on.day, len(day.stops), sum(map(len, day.legs.values()))) for day in stay.days] == [
        (14, 2, 1),
        (15, 1, 0),
    ]
