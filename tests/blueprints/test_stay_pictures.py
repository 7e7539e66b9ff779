"""Where a stay's pictures stand, what they say in words, and what guests are not told."""

from datetime import timedelta

import pytest

from scheduler.actions.engagements import plan_engagement
from scheduler.actions.feeds import make_feed
from scheduler.core.engagements import EngagementRequest
from scheduler.core.stops import EngagementKind
from scheduler.records.feeds import FeedKind
from tests import make, staff
from tests.cast import AT, OFFICER, seoul

HOSTILE = '<script>alert("1")</script> & Co'


@pytest.fixture
def hanoi(app):
    return make.delegation("Hanoi planning office")


@pytest.fixture
def morning(hanoi):
    """A visit at ten and a lunch twenty minutes after it: fifteen of them go on the way."""
    site = make.site("TOPIS", name=HOSTILE, name_native="교통정보센터", latitude=37.5665, longitude=126.978)
    make.visit(hanoi, make.tour_session(make.tour(site), seoul(14, 10)), 12)
    staff.place("LUNCH", name="Restaurant", latitude=37.5741, longitude=126.9854)
    lunch(hanoi, "LUNCH")


def lunch(delegation, place):
    request = EngagementRequest(
        delegation_id=delegation.id,
        kind=EngagementKind.MEAL,
        place=place,
        title="Lunch",
        starts_at=seoul(14, 11, 20),
        ends_at=seoul(14, 11, 20) + timedelta(minutes=100),
        acknowledge=("all",),
        acknowledge_reason="known",
    )
    return plan_engagement(request, by=OFFICER, at=AT)


def pictures(page):
    return page.all("svg", role="img")


def named_by(page, picture):
    """What a screen reader calls a picture: the text of what it is labelled by."""
    words = {each.get("id"): each.text for each in page.elements if each.get("id")}
    return words[picture.get("aria-labelledby").split()[0]]


def test_a_programme_shows_its_days_as_a_strip_and_each_route_on_a_map(as_officer, hanoi, morning):
    page = as_officer.get(f"/delegations/{hanoi.id}/programme")
    assert [named_by(page, each) for each in pictures(page)] == [
        "The days hour by hour",
        "The route of Monday 14 December 2026",
    ]


def test_thin_slack_is_told_by_a_sign_a_word_and_in_the_list(as_officer, hanoi, morning):
    page = as_officer.get(f"/delegations/{hanoi.id}/programme")
    assert "▲ thin: 5 min" in page
    assert "15 minutes on the way, 1.1 km in a straight line; only 5 minutes to spare: too thin" in page


def test_the_stops_stand_beside_the_map_in_order(as_officer, hanoi, morning):
    page = as_officer.get(f"/delegations/{hanoi.id}/programme")
    beside = [each.text for each in page.all("span", class_="route-number")]
    assert beside == ["1", "2", "1", "2"]


def test_a_place_without_coordinates_is_listed_and_said_not_to_be_on_the_map(as_officer, hanoi):
    staff.place("HALL", name="A hall somewhere")
    site = make.site("TOPIS", name="Control room", latitude=37.5665, longitude=126.978)
    make.visit(hanoi, make.tour_session(make.tour(site), seoul(14, 10)), 12)
    lunch(hanoi, "HALL")
    page = as_officer.get(f"/delegations/{hanoi.id}/programme")
    assert len(pictures(page)) == 2
    assert "A hall somewhere not on the map" in page


def test_the_delegations_page_shows_the_strip_and_leads_to_the_maps(as_officer, hanoi, morning):
    page = as_officer.get(f"/delegations/{hanoi.id}")
    assert [named_by(page, each) for each in pictures(page)] == ["The days hour by hour"]
    assert page.all("a", href=f"/delegations/{hanoi.id}/programme")


def test_a_delegation_without_a_stop_has_no_picture(as_officer, hanoi):
    assert pictures(as_officer.get(f"/delegations/{hanoi.id}")) == []
    assert pictures(as_officer.get(f"/delegations/{hanoi.id}/programme")) == []


def test_guests_see_the_days_and_routes_and_nothing_of_slack(as_stranger, hanoi, morning):
    secret = make_feed(FeedKind.DELEGATION, hanoi.id, by=OFFICER, at=AT)[1]
    page = as_stranger.get(f"/guests/{secret}", lang="en")
    assert [named_by(page, each) for each in pictures(page)] == [
        "The days hour by hour",
        "The route of Monday 14 December 2026",
    ]
    assert "15 minutes on the way" in page
    for words in ("thin", "to spare", "▲"):
        assert words not in page


def test_guests_with_one_place_in_a_day_see_no_map_of_it(as_stranger, hanoi):
    site = make.site("TOPIS", name="Control room", latitude=37.5665, longitude=126.978)
    make.visit(hanoi, make.tour_session(make.tour(site), seoul(14, 10)), 12)
    secret = make_feed(FeedKind.DELEGATION, hanoi.id, by=OFFICER, at=AT)[1]
    page = as_stranger.get(f"/guests/{secret}", lang="en")
    assert [named_by(page, each) for each in pictures(page)] == ["The days hour by hour"]


def test_in_korean_the_map_names_places_in_korean_and_in_arabic_time_is_mirrored(as_officer, hanoi, morning):
    address = f"/delegations/{hanoi.id}/programme"
    korean = as_officer.get(address, lang="ko")
    names = [each.text for each in korean.all("text") if "map-name" in (each.get("class") or "")]
    assert "교통정보센터" in names
    first, second = (
        float(each.get("x").removesuffix("%"))
        for each in as_officer.get(address, lang="ar").all("rect")
        if each.get("class") in ("strip-stop strip-visit", "strip-stop strip-engagement")
        and each.get("x").endswith("%")
    )
    assert first > second


def test_a_hostile_name_makes_no_element(as_officer, hanoi, morning):
    page = as_officer.get(f"/delegations/{hanoi.id}/programme")
    assert '<script>alert("1")' not in page.html
    assert "<script>alert(&" not in page.html
