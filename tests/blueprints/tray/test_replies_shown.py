"""What guests have answered, on the pages of those whom it concerns: by name and never by address."""

import pytest

from scheduler.access import SYSTEM
from scheduler.actions.engagements import plan_engagement
from scheduler.actions.replies import BY_PAGE, Answered, record_reply
from scheduler.actions.visits import move_visit
from scheduler.core.engagements import EngagementRequest
from scheduler.core.facts import VisitRequest
from scheduler.core.participation import Participation
from scheduler.core.stops import EngagementKind
from scheduler.records.replies import ReplyChannel
from tests import make
from tests.cast import AT, OFFICER
from tests.post.answering import GUESTS, STARTS_AT, the_visit

SOFIA, BAT = "sofia@torino.example", "bat@ulaanbaatar.example"


@pytest.fixture
def visit(app):
    """Sofia declined, Bat accepted, the others say nothing."""
    made = the_visit()
    answered(made, SOFIA, "Sofia Rossi", Participation.DECLINED, comment="<b>Mi dispiace</b>")
    answered(made, BAT, "Bat-Erdene", Participation.ACCEPTED)
    return made


def answered(stop, address, name, participation, **told):
    said = Answered(
        participation=participation,
        sequence=stop.sequence,
        channel=ReplyChannel.PAGE,
        address=address,
        name=name,
        **told,
    )
    record_reply(stop, said, by=BY_PAGE, at=AT)


def says_no_address(page):
    return not any(address in page for address in GUESTS.values())


def card(page, id_):
    [found] = page.all("section", id=id_)
    return found.text


def test_a_visit_shows_person_by_person_who_comes(as_officer, visit):
    told = card(as_officer.get(f"/visits/{visit.id}"), "replies")
    assert "Sofia Rossi Declined" in told
    assert "<b>Mi dispiace</b>" in told
    assert "Bat-Erdene Accepted" in told
    assert "Piet de Vries No answer yet" in told
    assert "a guest, on their page" in as_officer.page


def test_after_a_move_the_page_says_what_the_former_time_was_answered(as_officer, visit):
    where = make.tour_session(visit.tour_session.tour, STARTS_AT.replace(day=2))
    asked = VisitRequest(tour_session_id=where.id, headcount=10, acknowledge=("all",))
    move_visit(visit.id, asked, by=OFFICER, at=AT)
    told = card(as_officer.get(f"/visits/{visit.id}"), "replies")
    assert "Sofia Rossi No answer yet" in told
    assert "Answered the former time: Declined" in told


def test_managers_see_on_the_roster_who_cannot_come_and_no_address(as_manager, visit):
    manager = as_manager(visit.tour_session.tour.site)
    page = manager.get("/roster/TOPIS/2026-12-01")
    assert "Declined: Sofia Rossi" in page
    assert "1 accepted" in page
    assert says_no_address(page)
    assert not manager.get(f"/visits/{visit.id}").all("section", id="replies")


def test_the_days_of_a_delegation_and_its_programme_count_the_answers(as_officer, visit):
    for path in ("", "/programme"):
        page = as_officer.get(f"/delegations/{visit.delegation_id}{path}")
        assert "Declined: Sofia Rossi" in page
        assert "1 accepted" in page


def test_an_engagement_shows_who_comes(as_officer, visit):
    request = EngagementRequest(
        delegation_id=visit.delegation_id,
        kind=EngagementKind.MEAL,
        starts_at=STARTS_AT.replace(hour=19),
        ends_at=STARTS_AT.replace(hour=21),
    )
    dinner = plan_engagement(request, by=OFFICER, at=AT)
    answered(dinner, BAT, "Bat-Erdene", Participation.TENTATIVE)
    told = card(as_officer.get(f"/engagements/{dinner.id}"), "replies")
    assert "Bat-Erdene Perhaps" in told
    assert "1 perhaps" in as_officer.get(f"/delegations/{visit.delegation_id}")


def test_who_was_never_asked_and_answers_is_shown_after_the_others(as_officer, visit):
    record_reply(
        visit,
        Answered(participation=Participation.ACCEPTED, sequence=2, channel=ReplyChannel.PAGE),
        by=SYSTEM,
        at=AT,
    )
    assert "Without a name Accepted" in card(as_officer.get(f"/visits/{visit.id}"), "replies")


def test_pages_ask_as_little_for_many_answers_as_for_few(as_officer, visit, counted):
    paths = [f"/visits/{visit.id}", f"/delegations/{visit.delegation_id}", "/roster/TOPIS/2026-12-01"]
    paths.append(f"/delegations/{visit.delegation_id}/programme")

    def asked():
        with counted() as queries:
            for path in paths:
                as_officer.get(path)
        return len(queries)

    asked()
    few = asked()
    for name, address in GUESTS.items():
        answered(visit, address.lower(), name, Participation.DECLINED)
    assert asked() == few
