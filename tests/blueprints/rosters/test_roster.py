"""A site's day as the people at its door see it."""

import pytest

from tests import make
from tests.blueprints import soon
from tests.blueprints.soon import Queries

DAY = soon.soon(7).date()


@pytest.fixture
def topis(app):
    return soon.site(
        "TOPIS", name="Control room", name_native="교통정보센터", meeting_point="City Hall lobby"
    )


@pytest.fixture
def tour(topis):
    return make.tour(topis, needs_agreement=True)


def test_a_manager_of_one_site_is_led_straight_to_today(as_manager, topis):
    client = as_manager(topis)
    client.get("/roster", status=303)
    assert client.answer.headers["Location"] == f"/roster/TOPIS/{soon.today()}"
    assert "Roster of Control room" in client.follow()


def test_an_officer_chooses_among_all_sites_and_sees_how_many_come_today(as_officer, topis, tour):
    soon.visit(soon.session_today(tour), 12)
    soon.site("DMC", name="Media city")
    page = as_officer.get("/roster")
    assert page.all("a", href=f"/roster/TOPIS/{soon.today()}")
    assert [row.text for row in page.all("tr")[1:]] == ["Control room교통정보센터 12", "Media city –"]


def test_a_row_says_who_how_many_by_whom_led_in_which_language_with_which_needs(as_manager, topis, tour):
    who = soon.delegation(
        "Riyadh Municipality",
        name_native="أمانة الرياض",
        head_post="Mayor",
        needs={"halal", "prayer_room"},
        contact_name="Liaison desk",
        contact_phone="+966 11 555 01 02",
        has_interpreter=True,
    )
    made = soon.visit(make.tour_session(tour, soon.soon(7)), 12, who=who)
    page = as_manager(topis).get(f"/roster/TOPIS/{DAY}")
    row = page.all("tr", id=f"visit-{made.id}")[0].text
    for words in (
        "10:00–11:00",
        "Riyadh Municipality",
        "أمانة الرياض",
        "12",
        "Mayor",
        "English, own interpreter",
        "Halal food",
        "Prayer room",
        "Liaison desk",
        "+966 11 555 01 02",
        "Requested",
    ):
        assert words in row
    assert page.all("a", href="tel:+966115550102")
    assert "City Hall lobby" in page


def test_other_bookings_stand_among_the_visits_and_count(as_manager, topis, tour):
    soon.visit(make.tour_session(tour, soon.soon(7, 14)), 12)
    make.other_booking(make.tour_session(tour, soon.soon(7, 9)), 18, "Third class of Ttukdo school")
    page = as_manager(topis).get(f"/roster/TOPIS/{DAY}")
    assert "1 visit · 1 other booking · 30 people in all" in page
    assert page.text.index("Third class of Ttukdo school") < page.text.index("Hanoi planning office")


def test_the_next_arrival_is_marked_on_the_day_alone(as_manager, topis, tour):
    here = soon.visit(soon.session_today(tour), is_confirmed=True)
    coming = soon.visit(soon.session_today(tour, 1), who=soon.delegation("São Paulo"), is_confirmed=True)
    client = as_manager(topis)
    page = client.get(f"/roster/TOPIS/{soon.today()}")
    client.submit(f"/roster/visits/{here.id}/arrive")
    after = client.follow()
    assert "is-next" in page.all("tr", id=f"visit-{here.id}")[0].get("class")
    assert "is-next" in after.all("tr", id=f"visit-{coming.id}")[0].get("class")


def test_a_clash_is_marked_with_its_reason(as_manager, as_officer, topis, tour):
    made = soon.visit(make.tour_session(tour, soon.soon(7)), is_confirmed=True)
    as_officer.get("/sites/TOPIS/closures")
    told = {
        "starts_at": soon.typed(soon.soon(7, 9)),
        "ends_at": soon.typed(soon.soon(7, 12)),
        "reason": "Pump test",
    }
    as_officer.submit("/sites/TOPIS/closures", told | {"break_visits": str(made.id)})
    page = as_manager(topis).get(f"/roster/TOPIS/{DAY}")
    assert page.all("tr", id=f"visit-{made.id}")[0].text.count("Clash") == 1
    assert "Pump test" in page


@pytest.mark.parametrize("on", ["tomorrow", "2026-13-01", "0001-01-01", "9" * 40])
def test_a_day_that_is_none_is_not_found(as_officer, topis, on):
    as_officer.get(f"/roster/TOPIS/{on}", status=404)


def test_the_day_picker_leads_to_the_day_and_says_what_is_wrong(as_officer, topis):
    as_officer.get("/roster/TOPIS", date="2030-05-01", status=303)
    assert as_officer.answer.headers["Location"] == "/roster/TOPIS/2030-05-01"
    assert "Give a date, such as 2026-12-14." in as_officer.get("/roster/TOPIS", date="May", status=422)


def test_one_walks_from_day_to_day(as_officer, topis):
    page = as_officer.get("/roster/TOPIS/2030-05-01")
    assert page.all("a", rel="prev", href="/roster/TOPIS/2030-04-30")
    assert page.all("a", rel="next", href="/roster/TOPIS/2030-05-02")


def test_a_manager_does_not_see_the_roster_of_another_site(as_manager, topis):
    client = as_manager(soon.site("DMC"))
    client.get(f"/roster/TOPIS/{DAY}", status=404)
    client.get("/roster/NOWHERE/2030-05-01", status=404)


def test_a_stranger_is_led_to_the_sign_in(as_stranger, topis):
    as_stranger.get(f"/roster/TOPIS/{DAY}", status=303)
    assert as_stranger.answer.headers["Location"].startswith("/sign-in")


def test_a_roster_takes_as_many_queries_for_ten_visits_as_for_one(as_officer, topis, tour):
    soon.visit(make.tour_session(tour, soon.soon(7, 6)))
    with Queries() as for_one:
        as_officer.get(f"/roster/TOPIS/{DAY}")
    for hour in range(7, 16):
        soon.visit(make.tour_session(tour, soon.soon(7, hour)), who=soon.delegation(f"Delegation {hour}"))
    with Queries() as for_ten:
        as_officer.get(f"/roster/TOPIS/{DAY}")
    assert for_ten.number == for_one.number


def test_a_korean_reader_meets_the_korean_names_of_site_and_tour_first(as_officer, topis):
    for code, native in (("CONTROL", "상황실 견학"), ("ROOF", "옥상 견학")):
        named = make.tour(topis, code, name=code.title(), name_native=native)
        soon.visit(make.tour_session(named, soon.soon(7)), who=soon.delegation(f"To see the {code}"))
    soon.site("DMC")
    chosen = as_officer.get("/roster", lang="ko")
    assert chosen.all("tr")[1].text.startswith("교통정보센터Control room")
    page = as_officer.get(f"/roster/TOPIS/{DAY}", lang="ko")
    assert "교통정보센터" in page.all("h1")[0].text
    assert "상황실 견학" in page
    assert "Roof" not in page
