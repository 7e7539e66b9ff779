"""The page on which a stay is planned: ticks become wishes, the frame is kept, programmes are asked for."""

import pytest
from sqlalchemy import select

from scheduler.actions.members import add_wish
from scheduler.core.wishes import BreakKind
from scheduler.records.database import db
from scheduler.records.delegations import Wish
from scheduler.records.plans import PlanJob
from scheduler.records.stay_frames import frame_of, kept_frame
from tests import make
from tests.cast import AT, OFFICER, seoul


@pytest.fixture
def control_room():
    return make.tour(make.site("TOPIS", latitude=37.57, longitude=126.99), code="TOPIS-T")


@pytest.fixture
def sewage():
    return make.tour(make.site("WRC"), code="WRC-T", topics={"water", "environment"})


@pytest.fixture
def guests():
    return make.delegation()


def wishes():
    return db.session.scalars(select(Wish).order_by(Wish.id)).all()


def plans():
    return db.session.scalars(select(PlanJob).order_by(PlanJob.id)).all()


def here(guests):
    return f"/delegations/{guests.id}/plan"


def wish_for(guests, **told):
    return add_wish(guests.id, {"priority": 3} | told, by=OFFICER, at=AT)


def test_the_delegation_page_leads_here(as_officer, guests, control_room):
    assert "Plan the stay" in as_officer.get(f"/delegations/{guests.id}")
    page = as_officer.get(here(guests))
    assert "Site TOPIS" in page
    assert page.all("g", data_site="TOPIS")


def test_one_tick_is_one_wish_and_asks(as_officer, guests, control_room, sewage):
    as_officer.get(here(guests))
    row = f"tour-{sewage.id}"
    as_officer.submit(here(guests), {f"{row}-ticked": "y", f"{row}-priority": "5", f"{row}-is_must": "y"})
    [wish], [plan] = wishes(), plans()
    assert (wish.tour_id, wish.priority, wish.is_must) == (sewage.id, 5, True)
    assert as_officer.answer.headers["Location"] == f"/plans/{plan.id}"


def test_a_topic_is_wished_for_by_its_own_line(as_officer, guests, sewage):
    as_officer.get(here(guests))
    as_officer.submit(here(guests), {"topic-water-ticked": "y"})
    assert [(wish.topic, wish.tour_id) for wish in wishes()] == [("water", None)]


def test_what_is_wished_already_is_ticked_and_changes_keep_the_rest(as_officer, guests, control_room, sewage):
    wish = wish_for(guests, tour_id=control_room.id, note="Ask for the night shift")
    page = as_officer.get(here(guests))
    assert page.all("input", name=f"wish-{wish.id}-ticked", checked="")
    as_officer.submit(here(guests), {f"wish-{wish.id}-priority": "1", f"wish-{wish.id}-headcount": "7"})
    [kept] = wishes()
    assert (kept.id, kept.priority, kept.headcount, kept.note) == (wish.id, 1, 7, "Ask for the night shift")


def test_an_unticked_wish_is_taken_off_even_if_another_came_after_it(
    as_officer, guests, control_room, sewage
):
    first = wish_for(guests, tour_id=control_room.id)
    then = wish_for(guests, tour_id=sewage.id, after_wish_id=first.id)
    as_officer.get(here(guests))
    told = as_officer.page.values_of(here(guests))
    del told[f"wish-{first.id}-ticked"]
    as_officer.post(here(guests), told | {f"wish-{then.id}-after": ""})
    assert [(wish.id, wish.after_wish_id) for wish in wishes()] == [(then.id, None)]


def test_a_wish_that_somebody_noted_meanwhile_stays(as_officer, guests, control_room, sewage):
    as_officer.get(here(guests))
    told = as_officer.page.values_of(here(guests))
    noted = wish_for(guests, topic="culture")
    as_officer.post(here(guests), told | {f"tour-{sewage.id}-ticked": "y"})
    assert noted.id in [wish.id for wish in wishes()]
    assert len(wishes()) == 2


def test_new_wishes_may_follow_one_another(as_officer, guests, control_room, sewage):
    first, then = f"tour-{control_room.id}", f"tour-{sewage.id}"
    as_officer.get(here(guests))
    as_officer.submit(here(guests), {f"{first}-ticked": "y", f"{then}-ticked": "y", f"{then}-after": first})
    by_tour = {wish.tour_id: wish for wish in wishes()}
    assert by_tour[sewage.id].after_wish_id == by_tour[control_room.id].id


def test_all_the_terms_of_a_wish_are_kept(as_officer, guests, control_room, sewage):
    row = f"tour-{control_room.id}"
    told = {"ticked": "y", "either": "A", "not_first_day": "y", "not_last_day": "y", "fallback": sewage.id}
    as_officer.get(here(guests))
    as_officer.submit(here(guests), {f"{row}-{name}": value for name, value in told.items()})
    [wish] = wishes()
    assert (wish.either, wish.not_first_day, wish.not_last_day) == ("A", True, True)
    assert wish.fallback_tour_id == sewage.id


def test_a_booked_tour_is_said_with_its_hour_and_cannot_be_ticked(as_officer, guests, control_room):
    make.visit(guests, make.tour_session(control_room, seoul(14, 10)))
    page = as_officer.get(here(guests))
    assert "Booked: Mon 14 Dec, 10:00–11:00" in page
    assert not page.all("input", name=f"tour-{control_room.id}-ticked")


def test_the_frame_of_the_days_is_kept(as_officer, guests, control_room):
    as_officer.get(here(guests))
    told = {
        f"tour-{control_room.id}-ticked": "y",
        "day_starts": "08:30",
        "day_ends": "17:00",
        "base": "TOPIS",
    }
    as_officer.submit(here(guests), told | {"most_a_day": "2"})
    frame = frame_of(guests.id)
    assert (f"{frame.day_starts:%H:%M}", f"{frame.day_ends:%H:%M}") == ("08:30", "17:00")
    assert (frame.most_a_day, frame.base) == (2, "TOPIS")
    assert [(each.kind, each.minutes) for each in frame.breaks] == [(BreakKind.MEAL, 60)]


def test_lines_are_added_and_taken_away_without_a_script(as_officer, guests, control_room):
    as_officer.get(here(guests))
    row = f"tour-{control_room.id}"
    page = as_officer.submit(here(guests), {"line": "prayer", f"{row}-ticked": "y"}, status=200)
    assert page.values_of(here(guests))["breaks-1-kind"] == "prayer"
    page = as_officer.submit(here(guests), {"line": "breaks-0"}, status=200)
    assert "breaks-0-kind" not in page.values_of(here(guests))
    as_officer.submit(
        here(guests), {"breaks-1-earliest": "12:00", "breaks-1-latest": "14:00", "breaks-1-minutes": "20"}
    )
    assert [each.kind for each in frame_of(guests.id).breaks] == [BreakKind.PRAYER]
    assert len(wishes()) == 1


def test_whoever_needs_a_prayer_room_is_asked_for_the_hours(as_officer, control_room):
    guests = make.delegation(needs={"prayer_room"})
    assert "Say at which hours they pray" in as_officer.get(here(guests))


def test_the_head_asks_but_writes_no_wishes(as_head, guests, control_room):
    wish = wish_for(guests, tour_id=control_room.id)
    page = as_head.get(here(guests))
    assert "disabled" in page.all("fieldset", class_="plan-choose")[0].attributes
    as_head.post(here(guests), {f"wish-{wish.id}-shown": "y", "day_starts": "07:00"})
    assert (len(plans()), len(wishes())) == (1, 1)
    assert kept_frame(guests.id) is None


def test_a_manager_sees_neither_link_nor_page(as_manager, guests, control_room):
    manager = as_manager(control_room.site)
    manager.get(here(guests), status=403)
    manager.post(here(guests), status=403)
    manager.get("/plans/1", status=403)


def test_a_stranger_is_sent_to_sign_in(as_stranger, guests):
    as_stranger.get(here(guests), status=303)


def test_a_city_without_tours_says_so(as_officer, guests):
    assert "No sites yet" in as_officer.get(here(guests))


def test_names_that_mean_mischief_are_only_words(as_officer, guests):
    make.tour(make.site("EVIL", name="<script>alert(1)</script>", latitude=37.5, longitude=127.0))
    page = as_officer.get(here(guests))
    assert "<script>alert" not in page.html


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"day_starts": "noon"}, "Give a time of day, such as 14:30."),
        ({"day_starts": ""}, "This field is required."),
        ({"day_starts": "18:00", "day_ends": "09:00"}, "Must be after “The day begins”."),
        ({"most_a_day": "0"}, "Must be between 1 and 6."),
        ({"most_a_day": "none"}, "Give a whole number"),
        ({"base": "MOON"}, "Not a valid choice."),
        ({"breaks-0-minutes": ""}, "Needed in this line."),
        ({"breaks-0-minutes": "999"}, "Must be between 5 and 240."),
        ({"breaks-0-latest": "11:45"}, "The minutes do not fit between these two hours."),
        ({"breaks-0-kind": "nap"}, "Not a valid choice."),
        ({"breaks-0-weekdays": "9"}, "not"),
    ],
    ids=[
        *("no hour", "no beginning", "backwards", "no visit", "no number", "no such place", "no minutes"),
        *("too long", "no room", "no such break", "no such day"),
    ],
)
def test_a_frame_at_fault_keeps_all_that_was_typed(as_officer, guests, control_room, told, says):
    as_officer.get(here(guests))
    row = {f"tour-{control_room.id}-ticked": "y", f"tour-{control_room.id}-either": "Kept mark"}
    page = as_officer.submit(here(guests), row | told, status=422)
    assert says in page
    assert page.values_of(here(guests))[f"tour-{control_room.id}-either"] == "Kept mark"
    assert page.all("input", name=f"tour-{control_room.id}-ticked", checked="")
    assert (wishes(), plans()) == ([], [])


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"priority": "9"}, "Not a valid choice."),
        ({"headcount": "0"}, "Must be between 1 and 5000."),
        ({"either": "x" * 51}, "Too long"),
        ({"after": "wish-4711"}, "Not a valid choice."),
        ({"fallback": "4711"}, "Not a valid choice."),
    ],
    ids=["priority", "headcount", "mark", "after", "fallback"],
)
def test_a_row_at_fault_is_named(as_officer, guests, control_room, told, says):
    row = f"tour-{control_room.id}"
    as_officer.get(here(guests))
    fields = {f"{row}-{name}": value for name, value in (told | {"ticked": "y"}).items()}
    page = as_officer.submit(here(guests), fields, status=422)
    assert "Site TOPIS: Tour of TOPIS:" in page
    assert says in page
    assert plans() == []


def test_what_comes_after_something_needs_it_ticked(as_officer, guests, control_room, sewage):
    row = f"tour-{sewage.id}"
    as_officer.get(here(guests))
    fields = {f"{row}-ticked": "y", f"{row}-after": f"tour-{control_room.id}"}
    page = as_officer.submit(here(guests), fields, status=422)
    assert "It can only come after something else that is ticked, too." in page


def test_a_circle_is_refused_and_an_order_can_be_turned_round(as_officer, guests, control_room, sewage):
    one = wish_for(guests, tour_id=control_room.id)
    two = wish_for(guests, tour_id=sewage.id, after_wish_id=one.id)
    as_officer.get(here(guests))
    circle = {f"wish-{one.id}-after": f"wish-{two.id}", f"wish-{two.id}-after": f"wish-{one.id}"}
    as_officer.submit(here(guests), circle, status=422)
    assert [wish.after_wish_id for wish in wishes()] == [None, one.id]
    as_officer.submit(here(guests), circle | {f"wish-{two.id}-after": ""})
    assert [wish.after_wish_id for wish in wishes()] == [two.id, None]


def test_nothing_ticked_asks_nothing(as_officer, guests, control_room):
    as_officer.get(here(guests))
    assert "Tick at least one thing to see." in as_officer.submit(here(guests), status=422)
    assert plans() == []


def test_a_delegation_that_is_none_or_gone(as_officer, guests, control_room):
    as_officer.get("/delegations/4711/plan", status=404)
    as_officer.get(here(guests), follows="x")
    as_officer.get(here(guests), follows="4711", status=404)
    guests.state = "cancelled"
    db.session.commit()
    as_officer.get(here(guests))
    as_officer.submit(here(guests), {f"tour-{control_room.id}-ticked": "y"}, status=409)
    assert wishes() == []
