"""What people and drivers answer of their duties through a link: all or none, once."""

from datetime import timedelta

import pytest

from scheduler.access import NotPermitted
from scheduler.actions.assignments import release
from scheduler.actions.duty_link_answers import DutyAnswer, answer_duty_link, duties_asked
from scheduler.actions.invalid import Invalid
from scheduler.actions.link_answers import QuestionChanged, VisitAnswer, VisitAnswerKind, answer_site_link
from scheduler.actions.links import LinkUnknown, LinkUsed, NothingToAsk, make_duty_link, make_site_link
from scheduler.core.duties import DutyState
from scheduler.records.absence import NotFound
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from scheduler.records.link_lookup import link_numbered
from tests import make, staff
from tests.actions.seen import everything, journal
from tests.cast import AT, HEAD, OFFICER, seoul

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def guide():
    return staff.guide(make.site(), "en")


@pytest.fixture
def duties(guide):
    """Two visits of one day for which the guide was asked."""
    tour = make.tour(guide.sites[0])
    visits = [
        make.visit(make.delegation(name), make.tour_session(tour, seoul(14, hour)))
        for name, hour in (("Hanoi", 10), ("Quito", 12))
    ]
    return [staff.duty(guide, visit) for visit in visits]


@pytest.fixture
def made(guide, duties):
    """The link for both, and its secret."""
    return make_duty_link(guide.id, by=OFFICER, at=AT)


def said(duty, accepts=True, note=""):
    return DutyAnswer(assignment_id=duty.id, seen=duty.version, accepts=accepts, note=note)


def as_it_is(duty):
    return db.session.get_one(Assignment, duty.id, populate_existing=True)


def test_a_link_asks_all_that_somebody_was_asked_or_what_is_named(guide, duties, made):
    assert made[0].asked == [[duty.id, 1] for duty in duties]
    assert made[0].expires_at == AT + timedelta(days=14)
    named = make_duty_link(guide.id, [duties[1].id], by=OFFICER, at=AT)[0]
    assert named.asked == [[duties[1].id, 1]]


def test_only_what_waits_for_that_person_can_be_asked_about(guide, duties):
    other = staff.guide(guide.sites[0], "ja", name="Guide 2")
    with pytest.raises(NothingToAsk):
        make_duty_link(other.id, by=OFFICER, at=AT)
    with pytest.raises(NothingToAsk):
        make_duty_link(other.id, [duties[0].id], by=OFFICER, at=AT)
    with pytest.raises(NothingToAsk):
        make_duty_link(guide.id, by=OFFICER, at=duties[1].starts_at)
    with pytest.raises(NotFound):
        make_duty_link(999, by=OFFICER, at=AT)
    with pytest.raises(NotPermitted):
        make_duty_link(guide.id, by=HEAD, at=AT)


def test_one_is_accepted_and_one_refused_each_with_a_note(duties, made):
    answers = [said(duties[0], note="By the east gate"), said(duties[1], accepts=False, note="At court")]
    answer_duty_link(made[1], answers, answered_by="Park Jiyoon", at=AT)
    first, second = (as_it_is(duty) for duty in duties)
    assert (first.state, first.answered_by, first.note) == (
        DutyState.ACCEPTED,
        "Park Jiyoon",
        "By the east gate",
    )
    assert (second.state, second.answered_by, second.note) == (DutyState.REFUSED, "Park Jiyoon", "At court")
    kept = link_numbered(made[0].id)
    assert [(each["id"], each["answer"], each["reason"]) for each in kept.answers] == [
        (duties[0].id, "accept", "By the east gate"),
        (duties[1].id, "refuse", "At court"),
    ]
    assert [line.actor for line in journal("answer_link")] == [f"link {made[0].id}: Park Jiyoon"]
    with pytest.raises(LinkUsed):
        answer_duty_link(made[1], [said(duty) for duty in duties], answered_by="Park", at=AT)


def test_what_was_released_or_changed_meanwhile_is_not_answered_blindly(duties, made):
    shown = [said(duty) for duty in duties]
    release(duties[0].id, by=OFFICER, at=AT)
    before = everything()
    with pytest.raises(QuestionChanged):
        answer_duty_link(made[1], shown, answered_by="Park", at=AT)
    assert everything() == before
    waiting, gone = duties_asked(link_numbered(made[0].id), AT)
    assert ([duty.id for duty in waiting], [duty.id for duty in gone]) == ([duties[1].id], [duties[0].id])
    answer_duty_link(made[1], shown[1:], answered_by="Park", at=AT)
    assert [as_it_is(duty).state for duty in duties] == [DutyState.RELEASED, DutyState.ACCEPTED]


def test_a_name_is_needed(duties, made):
    with pytest.raises(Invalid):
        answer_duty_link(made[1], [said(duty) for duty in duties], answered_by=" ", at=AT)


def test_a_link_of_one_kind_answers_nothing_of_the_other(guide, duties, made):
    tour = make.tour(make.site("OTHER"), needs_agreement=True)
    visit = make.visit(make.delegation("Kampala"), make.tour_session(tour, seoul(14, 10)))
    secret = make_site_link(visit.site_id, [visit.id], by=OFFICER, at=AT)[1]
    with pytest.raises(LinkUnknown):
        answer_duty_link(secret, [said(duties[0])], answered_by="Park", at=AT)
    yes = VisitAnswer(visit_id=visit.id, seen=1, kind=VisitAnswerKind.AGREE)
    with pytest.raises(LinkUnknown):
        answer_site_link(made[1], [yes], answered_by="Park", at=AT)
