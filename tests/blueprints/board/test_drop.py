"""Something dropped: booked, moved, refused with every reason, or questioned."""

import pytest

from scheduler.core.lifecycle import VisitState
from scheduler.records.database import db
from tests import make
from tests.blueprints.board.dropping import at_hour, dropping, visits
from tests.cast import seoul


def test_a_wish_dropped_on_a_session_is_booked(board, who, round_tour, monday_at_ten, wish_for):
    wish = wish_for(who, round_tour, headcount=9)
    told = board.post("drop", dropping(f"wish:{wish.id}", monday_at_ten))
    (visit,) = visits()
    assert (visit.tour_session_id, visit.headcount, visit.state) == (
        monday_at_ten.id,
        9,
        VisitState.REQUESTED,
    )
    assert told == {
        "visit_id": visit.id,
        "state": "requested",
        "state_text": "Requested",
        "message": "Booked: Hanoi planning office, The museum, Mon 14 Dec 2026 10:00–11:00.",
        "undo": {"visit_id": visit.id, "seen": 1, "kind": "book", "back_to": None},
    }


def test_a_wish_without_a_headcount_is_for_the_whole_delegation(
    board, who, round_tour, monday_at_ten, wish_for
):
    wish = wish_for(who, round_tour)
    board.post("drop", dropping(f"wish:{wish.id}", monday_at_ten))
    assert [visit.headcount for visit in visits()] == [12]


def test_a_visit_dropped_on_another_session_is_moved(board, who, monday_at_ten, tuesday_at_two):
    visit = make.visit(who, monday_at_ten)
    told = board.post("drop", dropping(f"visit:{visit.id}", tuesday_at_two, seen=1))
    assert [each.tour_session_id for each in visits()] == [tuesday_at_two.id]
    assert told["message"] == "Moved: Hanoi planning office, The museum, Tue 15 Dec 2026 14:00–15:00."
    assert told["undo"] == {
        "visit_id": visit.id,
        "seen": 2,
        "kind": "move",
        "back_to": {
            "session": f"session:{monday_at_ten.id}",
            "tour_code": "ROUND",
            "start": "2026-12-14T10:00:00+09:00",
        },
    }


def test_dropped_where_it_was_nothing_changes(board, who, monday_at_ten):
    visit = make.visit(who, monday_at_ten)
    told = board.post("drop", dropping(f"visit:{visit.id}", monday_at_ten, seen=1))
    assert (told["undo"], told["message"].split(":")[0]) == (None, "It is there already")
    assert [each.version for each in visits()] == [1]


@pytest.mark.parametrize(
    ("dropped", "lands"),
    [((11, 7), (11, 0)), ((11, 8), (11, 15)), ((11, 53), (12, 0)), ((16, 0), (16, 0))],
)
def test_among_windows_the_nearest_quarter_hour_is_meant(board, who, window_tour, wish_for, dropped, lands):
    wish = wish_for(who, window_tour)
    board.post("drop", at_hour(f"wish:{wish.id}", window_tour.site_id, seoul(14, *dropped)))
    assert [each.starts_at for each in visits()] == [seoul(14, *lands)]


@pytest.mark.parametrize(("dropped", "lands"), [((10, 45), 10), ((11, 30), 10), ((13, 0), 14), ((16, 0), 14)])
def test_among_rounds_the_one_that_runs_then_or_the_nearest_is_meant(
    board, who, round_tour, wish_for, dropped, lands
):
    make.tour_session(round_tour, seoul(14, 10))
    make.tour_session(round_tour, seoul(14, 14))
    make.tour_session(round_tour, seoul(15, 10))
    wish = wish_for(who, round_tour)
    board.post("drop", at_hour(f"wish:{wish.id}", round_tour.site_id, seoul(14, *dropped)))
    assert [each.starts_at for each in visits()] == [seoul(14, lands)]


def test_of_several_tours_the_named_one_is_meant_then_the_wished_then_the_topics(
    board, who, museum, wish_for
):
    codes = {}
    for code, topics in (("FIRST", {"water"}), ("SECOND", {"energy"}), ("THIRD", {"energy"})):
        tour = make.tour(museum, code, topics=topics)
        codes[code] = make.tour_session(tour, seoul(14, 12))
    by_topic, by_tour = (
        wish_for(who, topic="energy", headcount=2),
        wish_for(who, codes["THIRD"].tour, headcount=3),
    )
    named = at_hour(f"wish:{by_topic.id}", museum.id, seoul(14, 12), tour_code="FIRST")
    lands = []
    for told in (
        named,
        at_hour(f"wish:{by_topic.id}", museum.id, seoul(14, 12)),
        at_hour(f"wish:{by_tour.id}", museum.id, seoul(14, 12)),
    ):
        board.post("drop", told)
        (visit,) = visits()
        lands.append(visit.tour_session_id)
        db.session.delete(visit)
        db.session.commit()
    assert lands == [codes["FIRST"].id, codes["SECOND"].id, codes["THIRD"].id]


def test_a_delegations_own_row_takes_its_wish_at_the_tours_site(
    board, who, round_tour, monday_at_ten, wish_for
):
    wish = wish_for(who, round_tour)
    told = at_hour(f"wish:{wish.id}", 0, seoul(14, 10)) | {"row": f"delegation:{who.id}"}
    board.post("drop", told)
    assert [each.tour_session_id for each in visits()] == [monday_at_ten.id]


def test_another_delegations_row_and_a_topic_without_a_site_are_refused_in_words(board, who, wish_for):
    wish = wish_for(who, topic="water")
    told = at_hour(f"wish:{wish.id}", 0, seoul(14, 10))
    other = board.post("drop", told | {"row": f"delegation:{who.id + 1}"}, status=422)
    assert other["detail"] == "Another delegation's row: drop it in its own."
    own = board.post("drop", told | {"row": f"delegation:{who.id}"}, status=422)
    assert own["detail"] == "This wish names a topic, not a tour: drop it at a site."


@pytest.mark.parametrize("told", [{}, {"tour_code": "ROUND"}])
def test_a_visit_dropped_at_another_site_goes_to_what_that_site_shows(
    board, who, monday_at_ten, window_tour, told
):
    visit = make.visit(who, monday_at_ten)
    board.post("drop", at_hour(f"visit:{visit.id}", window_tour.site_id, seoul(15, 11), **told))
    assert [(each.site_id, each.starts_at) for each in visits()] == [(window_tour.site_id, seoul(15, 11))]


def test_a_wish_for_one_tour_is_not_dropped_at_another_site_by_mistake(
    board, who, round_tour, window_tour, wish_for
):
    wish = wish_for(who, round_tour)
    told = at_hour(f"wish:{wish.id}", window_tour.site_id, seoul(15, 11), tour_code="ROUND")
    answer = board.post("drop", told, status=422)
    assert answer["detail"] == "This wish is for a tour of another site: drop it there, or on a session."
    board.post("drop", dropping(f"wish:{wish.id}", make.tour_session(window_tour, seoul(15, 11))))
    assert [each.site_id for each in visits()] == [window_tour.site_id]
