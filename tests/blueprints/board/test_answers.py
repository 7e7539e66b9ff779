"""While something is carried: where it could be put down, in the rules' own words."""

from scheduler.actions.sites import close_site
from scheduler.core.spans import Span
from tests import make
from tests.blueprints.board.script import Script
from tests.cast import AT, OFFICER, seoul


def answers(officer, item, **filters):
    return officer.get("answers", item=item, **filters)["answers"]


def test_a_session_that_would_work_and_one_that_would_not(officer, who, round_tour, monday_at_ten, wish_for):
    full = make.tour_session(round_tour, seoul(16, 10), places=3)
    wish = wish_for(who, round_tour)
    works, refused = answers(officer, f"wish:{wish.id}")
    assert works == {
        "row": f"site:{round_tour.site_id}",
        "session": f"session:{monday_at_ten.id}",
        "tour_code": "ROUND",
        "start": "2026-12-14T10:00:00+09:00",
        "end": "2026-12-14T11:00:00+09:00",
        "would_work": True,
        "reasons": [],
        "cautions": [],
    }
    assert (refused["session"], refused["would_work"]) == (f"session:{full.id}", False)
    assert refused["reasons"] == ["Not enough places: 3 of 3 left, 12 needed."]


def test_a_visit_that_moves_does_not_stand_in_its_own_way(officer, who, monday_at_ten, tuesday_at_two):
    visit = make.visit(who, monday_at_ten, 12)
    told = answers(officer, f"visit:{visit.id}")
    assert [(each["session"], each["would_work"]) for each in told] == [
        (f"session:{monday_at_ten.id}", True),
        (f"session:{tuesday_at_two.id}", True),
    ]


def test_each_window_is_an_answer_of_its_own(officer, who, window_tour, wish_for):
    site_id = window_tour.site_id
    close_site(site_id, Span(seoul(14, 13), seoul(14, 14)), "Lunch", by=OFFICER, at=AT)
    told = answers(officer, f"wish:{wish_for(who, window_tour).id}", view="day")
    assert len(told) == 25
    assert (told[0]["session"], told[0]["start"], told[0]["end"]) == (
        None,
        "2026-12-14T10:00:00+09:00",
        "2026-12-14T11:00:00+09:00",
    )
    refused = [each["start"][11:16] for each in told if not each["would_work"]]
    assert (refused[0], refused[-1], len(refused)) == ("12:15", "13:45", 7)
    assert {tuple(each["reasons"]) for each in told if each["reasons"]} == {
        ("Closed from Mon 14 Dec 2026 13:00 to Mon 14 Dec 2026 14:00: Lunch.",)
    }


def test_a_window_that_somebody_booked_is_a_session(officer, who, window_tour, wish_for):
    booked = make.tour_session(window_tour, seoul(14, 12))
    make.visit(make.delegation("Lima", headcount=25), booked, 25)
    told = answers(officer, f"wish:{wish_for(who, window_tour).id}", view="day")
    (session,) = [each for each in told if each["session"]]
    assert (session["session"], session["start"][11:16]) == (f"session:{booked.id}", "12:00")
    assert session["reasons"] == ["Not enough places: 5 of 30 left, 12 needed."]


def test_a_wish_is_answered_by_the_tours_it_names_and_a_visit_by_all(
    officer, who, monday_at_ten, window_tour, wish_for
):
    by_topic = wish_for(who, topic="transport")
    other = make.tour(make.site("WATER"), topics={"water"})
    make.tour_session(other, seoul(14, 15))
    codes = {each["tour_code"] for each in answers(officer, f"wish:{by_topic.id}")}
    assert codes == {"ROUND", "WINDOW"}
    visit = make.visit(who, monday_at_ten)
    assert {each["tour_code"] for each in answers(officer, f"visit:{visit.id}")} == {
        "ROUND",
        "WINDOW",
        other.code,
    }


def test_what_is_not_listed_is_outside_the_stay(officer, who, round_tour, wish_for):
    make.tour_session(round_tour, seoul(21, 10))
    wish = wish_for(who, round_tour)
    told = officer.get("answers", item=f"wish:{wish.id}", on="2026-12-21")
    assert told == {
        "answers": [],
        "otherwise": ["Outside the stay, which runs from Thu 10 Dec 2026 00:00 to Sun 20 Dec 2026 00:00."],
        "row": f"delegation:{who.id}",
    }


def test_a_question_is_told_beside_a_yes(officer, round_tour, monday_at_ten, wish_for):
    for hour in (12, 13, 14):
        make.tour_session(round_tour, seoul(14, hour))
    who = make.delegation()
    for hour in (12, 13, 14):
        make.visit(who, make.tour_session(make.tour(make.site(f"S{hour}")), seoul(14, hour)))
    wish = wish_for(who, round_tour)
    first = answers(officer, f"wish:{wish.id}")[0]
    assert (first["would_work"], first["reasons"]) == (True, [])
    assert first["cautions"] == ["A full day: stops already on Monday 14 December 2026: 3."]


def test_only_sites_that_are_shown_are_asked(officer, who, monday_at_ten, window_tour, wish_for):
    visit = make.visit(who, monday_at_ten)
    codes = {each["tour_code"] for each in answers(officer, f"visit:{visit.id}", site="TOPIS")}
    assert codes == {"WINDOW"}


def test_answers_take_as_many_queries_for_much_as_for_little(
    officer, who, round_tour, monday_at_ten, wish_for, counted
):
    wish = wish_for(who, topic="transport")
    answers(officer, f"wish:{wish.id}")
    with counted() as for_little:
        answers(officer, f"wish:{wish.id}")
    for number in range(4):
        there = make.tour(make.site(f"SITE-{number}"))
        for day in (14, 15, 16):
            session = make.tour_session(there, seoul(day, 10 + number))
            make.visit(make.delegation(f"Guests {number} {day}"), session)
    with counted() as for_much:
        answers(officer, f"wish:{wish.id}", view="weeks")
    assert len(for_much) == len(for_little)


def test_managers_do_not_book_and_are_not_answered(as_manager, who, monday_at_ten, museum):
    visit = make.visit(who, monday_at_ten)
    told = Script(as_manager(museum)).get("answers", item=f"visit:{visit.id}", status=403)
    assert told["code"] == "not_permitted"
