"""The side panel: a fragment about one visit, session or wish, with ways to act."""

import pytest

from scheduler.actions.assignments import assign, assign_day
from scheduler.actions.sites import close_site
from scheduler.core.duties import ResourceKind
from scheduler.core.spans import Span
from scheduler.core.stops import EngagementKind, EngagementState
from scheduler.records.database import db
from scheduler.records.engagements import Engagement
from scheduler.records.resources import Resource
from tests import make
from tests.blueprints.board.script import Script
from tests.cast import AT, OFFICER, seoul


def kept(row):
    db.session.add(row)
    db.session.commit()
    return row


def test_a_visits_panel_tells_its_facts_and_what_can_be_done(officer, who, monday_at_ten, museum):
    visit = make.visit(who, monday_at_ten, 12)
    close_site(museum.id, Span(seoul(14, 9), seoul(14, 12)), "Pump test", by=OFFICER, at=AT)
    told = officer.get(f"panel/visit/{visit.id}")
    assert officer.answer.mimetype == "text/html"
    assert told.startswith('<div class="board-panel-content">')
    assert told.count("<h2") == 1
    for words in (
        "Hanoi planning office",
        "Mon 14 Dec 2026 10:00–11:00",
        "The museum",
        "Pump test",
        "What you can do: Confirm, Decline, Postpone, Cancel.",
        f'href="/visits/{visit.id}#acts"',
        f'href="/visits/{visit.id}/move"',
        f'href="/delegations/{who.id}"',
    ):
        assert words in told


def test_a_manager_reads_the_panel_of_their_own_sites_alone(
    as_manager, who, monday_at_ten, museum, window_tour
):
    mine = make.visit(who, monday_at_ten, 12)
    theirs = make.visit(who, make.tour_session(window_tour, seoul(15, 11)))
    manager = Script(as_manager(museum))
    told = manager.get(f"panel/visit/{mine.id}")
    assert "/delegations/" not in told
    assert "/move" not in told
    manager.get(f"panel/visit/{theirs.id}", status=404)


def test_a_sessions_panel_says_who_is_in_it(officer, as_manager, who, monday_at_ten, museum):
    assert "Nobody is in it yet." in officer.get(f"panel/session/{monday_at_ten.id}")
    make.visit(who, monday_at_ten, 12)
    make.other_booking(monday_at_ten, 5)
    told = officer.get(f"panel/session/{monday_at_ten.id}")
    for words in ("Hanoi planning office", "School class", "17 of 30", "/book?site=MUSEUM", "/sessions/"):
        assert words in told
    assert "/book?" not in Script(as_manager(museum)).get(f"panel/session/{monday_at_ten.id}")


def test_a_wishs_panel_tells_what_when_and_how_urgent(officer, as_manager, who, round_tour, museum, wish_for):
    wish = wish_for(
        who, round_tour, priority=5, preferred_times=[seoul(14, 9).isoformat()], note="With the mayor"
    )
    told = officer.get(f"panel/wish/{wish.id}")
    for words in ("A round", "Mon 14 Dec 2026 09:00", "With the mayor", f"wish={wish.id}"):
        assert words in told
    Script(as_manager(museum)).get(f"panel/wish/{wish.id}", status=403)


@pytest.mark.parametrize(
    "thing",
    ["visit/7", "wish/7", "session/7", "duty/7", "engagement/7", "visit/0", "visit/x", "cat/1", "wish/-1"],
)
def test_what_is_not_there_has_no_panel(officer, thing):
    officer.get(f"panel/{thing}", status=404)


def test_a_visits_panel_says_who_comes_along_and_leads_on(officer, who, monday_at_ten, museum):
    visit = make.visit(who, monday_at_ten)
    guide = kept(Resource(kind=ResourceKind.GUIDE, name="Ms Kim", languages={"en"}, sites=[museum]))
    duty = assign(visit.id, guide.id, by=OFFICER, at=AT)
    told = officer.get(f"panel/visit/{visit.id}")
    for words in (
        "Guide: <bdi>Ms Kim</bdi>",
        "Asked",
        "/board?view=day&amp;on=2026-12-14&amp;rows=guides",
        f"/delegations/{who.id}/engagements/new?on=2026-12-14",
        f"/delegations/{who.id}/programme",
    ):
        assert words in told
    of_duty = officer.get(f"panel/duty/{duty.id}")
    for words in (
        "Ms Kim",
        "Hanoi planning office",
        "The museum",
        f"/visits/{visit.id}",
        f"/resources/{guide.id}",
    ):
        assert words in of_duty


def test_a_manager_reads_no_duty_of_other_sites(as_manager, who, monday_at_ten, museum, window_tour):
    bus = kept(Resource(kind=ResourceKind.VEHICLE, name="Bus 1", seats=45))
    mine = assign(make.visit(who, monday_at_ten).id, bus.id, by=OFFICER, at=AT)
    theirs = make.visit(who, make.tour_session(window_tour, seoul(16, 11)))
    other = assign(theirs.id, bus.id, by=OFFICER, at=AT)
    whole = assign_day(who.id, bus.id, Span(seoul(17, 9), seoul(17, 12)), by=OFFICER, at=AT)
    manager = Script(as_manager(museum))
    assert "/resources/" not in manager.get(f"panel/duty/{mine.id}")
    manager.get(f"panel/duty/{other.id}", status=404)
    manager.get(f"panel/duty/{whole.id}", status=403)


def test_an_engagements_panel_tells_where_and_with_whom(officer, who):
    meal = kept(
        Engagement(
            uid="meal@tests.example",
            delegation_id=who.id,
            kind=EngagementKind.MEAL,
            title="Lunch with the mayor",
            starts_at=seoul(14, 12),
            ends_at=seoul(14, 13),
            host="The mayor",
            headcount=12,
            state=EngagementState.PLANNED,
            stamped_at=AT,
        )
    )
    told = officer.get(f"panel/engagement/{meal.id}")
    for words in (
        "Lunch with the mayor",
        "Mon 14 Dec 2026 12:00–13:00",
        "The mayor",
        f"/engagements/{meal.id}",
    ):
        assert words in told


def test_strangers_are_told_to_sign_in(as_stranger, who, monday_at_ten):
    visit = make.visit(who, monday_at_ten)
    assert Script(as_stranger).get(f"panel/visit/{visit.id}", status=401)["code"] == "signed_out"
