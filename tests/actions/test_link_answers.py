"""What a site's owner answers through a link: all or none, once, never of what they were not shown."""

from datetime import timedelta

import pytest

from scheduler.actions.invalid import Invalid
from scheduler.actions.lifecycle import Told, act_upon
from scheduler.actions.link_answers import (
    QuestionChanged,
    VisitAnswer,
    VisitAnswerKind,
    answer_site_link,
    visits_asked,
)
from scheduler.actions.links import LinkUsed, make_day_link, make_site_link
from scheduler.actions.sites import change_site
from scheduler.actions.visits import move_visit
from scheduler.core.facts import VisitRequest
from scheduler.core.lifecycle import Act, VisitState
from scheduler.records.database import db
from scheduler.records.link_lookup import link_numbered
from scheduler.records.visits import Visit
from tests import make
from tests.actions.seen import everything, journal, news, state_of
from tests.cast import AT, OFFICER, seoul

pytestmark = pytest.mark.usefixtures("app")
AGREE, DECLINE, OTHER = VisitAnswerKind
LATER = AT + timedelta(hours=1)


@pytest.fixture
def tour():
    return make.tour(make.site(), needs_agreement=True)


@pytest.fixture
def visits(tour):
    """Three delegations on one day."""
    return [
        make.visit(make.delegation(name), make.tour_session(tour, seoul(14, hour)))
        for name, hour in (("Hanoi", 10), ("Kampala", 11), ("Quito", 12))
    ]


@pytest.fixture
def day(tour, visits):
    """The link for all three, and its secret."""
    return make_day_link(tour.site_id, seoul(14).date(), by=OFFICER, at=AT)


def said(visit, kind=AGREE, **more):
    return VisitAnswer(visit_id=visit.id, seen=visit.version, kind=kind, **more)


def as_it_is(visit):
    return db.session.get_one(Visit, visit.id, populate_existing=True)


def test_yes_no_and_another_time_are_all_kept_with_who_said_so(visits, day):
    link, secret = day
    answers = [
        said(visits[1], DECLINE, reason="Maintenance"),
        said(visits[0]),
        said(visits[2], OTHER, reason="Afternoons suit", offered_times=(seoul(15, 15), seoul(15, 14))),
    ]
    answer_site_link(secret, answers, answered_by=" Kim Minsu ", at=LATER)
    first, second, third = (as_it_is(visit) for visit in visits)
    assert [state_of(visit) for visit in visits] == ["confirmed", "declined", "declined"]
    assert first.agreement == {"by": "Kim Minsu", "at": LATER.isoformat(), "channel": "link"}
    assert (second.ended_by, second.ended_reason, second.offered_times) == ("Kim Minsu", "Maintenance", [])
    assert third.offered_times == [seoul(15, 14).isoformat(), seoul(15, 15).isoformat()]
    kept = link_numbered(link.id)
    assert (kept.answered_by, kept.answered_at) == ("Kim Minsu", LATER)
    assert [(each["id"], each["answer"]) for each in kept.answers] == [
        (visits[1].id, "decline"),
        (visits[0].id, "agree"),
        (visits[2].id, "other_times"),
    ]
    assert [line.actor for line in journal("confirm") + journal("decline") + journal("answer_link")] == [
        f"link {link.id}: Kim Minsu"
    ] * 4
    assert news(first) == (True, 1)


def test_a_second_answer_finds_the_link_used(visits, day):
    answer_site_link(day[1], [said(visit) for visit in visits], answered_by="Kim", at=AT)
    before = everything()
    with pytest.raises(LinkUsed):
        answer_site_link(
            day[1], [said(as_it_is(v), DECLINE, reason="no") for v in visits], answered_by="Lee", at=AT
        )
    assert everything() == before


@pytest.mark.parametrize("answered_by", ["", "   ", "\n"])
def test_whoever_answers_gives_a_name(visits, day, answered_by):
    before = everything()
    with pytest.raises(Invalid) as caught:
        answer_site_link(day[1], [said(visit) for visit in visits], answered_by=answered_by, at=AT)
    assert caught.value.field == "answered_by"
    assert everything() == before


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": OTHER, "offered_times": (AT,)}, "answers.2.offered_times"),
        ({"kind": OTHER, "offered_times": (seoul(15, 9), AT - timedelta(days=1))}, "answers.2.offered_times"),
        ({"kind": OTHER}, "answers.2.offered_times"),
        ({"kind": DECLINE, "reason": " "}, "answers.2.reason"),
    ],
)
def test_one_wrong_answer_undoes_them_all(visits, day, wrong, field):
    before = everything()
    answers = [said(visits[0]), said(visits[1], DECLINE, reason="no"), said(visits[2], **wrong)]
    with pytest.raises(Invalid) as caught:
        answer_site_link(day[1], answers, answered_by="Kim", at=AT)
    assert caught.value.field == field
    assert everything() == before


def test_a_visit_that_was_moved_meanwhile_is_not_answered_blindly(tour, visits, day):
    shown = [said(visit) for visit in visits]
    elsewhere = make.tour_session(tour, seoul(14, 15))
    move_visit(visits[0].id, VisitRequest(tour_session_id=elsewhere.id, headcount=9), by=OFFICER, at=AT)
    before = everything()
    with pytest.raises(QuestionChanged):
        answer_site_link(day[1], shown, answered_by="Kim", at=AT)
    assert everything() == before
    waiting, gone = visits_asked(link_numbered(day[0].id), AT)
    assert ([visit.id for visit in waiting], gone) == ([visits[1].id, visits[2].id, visits[0].id], [])
    answer_site_link(day[1], [said(visit) for visit in waiting], answered_by="Kim", at=AT)
    assert [state_of(visit) for visit in visits] == ["confirmed"] * 3


def test_what_was_called_off_or_went_elsewhere_is_left_out(visits, day):
    act_upon(visits[0].id, Act.CANCEL, Told(reason="ill"), by=OFFICER, at=AT)
    other = make.tour_session(make.tour(make.site("OTHER"), needs_agreement=True), seoul(14, 11))
    move_visit(visits[1].id, VisitRequest(tour_session_id=other.id, headcount=10), by=OFFICER, at=AT)
    waiting, gone = visits_asked(link_numbered(day[0].id), AT)
    assert [visit.id for visit in waiting] == [visits[2].id]
    assert {visit.id for visit in gone} == {visits[0].id, visits[1].id}
    with pytest.raises(QuestionChanged):
        answer_site_link(day[1], [said(as_it_is(visit)) for visit in visits], answered_by="Kim", at=AT)
    answer_site_link(day[1], [said(visits[2])], answered_by="Kim", at=AT)
    assert [state_of(visit) for visit in visits] == ["cancelled", "requested", "confirmed"]


def test_nothing_that_waits_is_passed_over_in_silence(visits, day):
    for answers in ([], [said(visits[0])], [said(visits[0]), said(visits[1]), said(visits[1])]):
        with pytest.raises(QuestionChanged):
            answer_site_link(day[1], answers, answered_by="Kim", at=AT)
    stranger = make.visit(
        make.delegation("D"),
        make.tour_session(make.tour(make.site("X"), needs_agreement=True), seoul(14, 10)),
    )
    with pytest.raises(QuestionChanged):
        answer_site_link(day[1], [said(each) for each in (*visits, stranger)], answered_by="Kim", at=AT)


def test_declining_one_may_end_the_clash_of_another_that_is_agreed_to(tour):
    """Both are too many for the new limit; without the one declined, the other is no longer."""
    where = make.tour_session(tour, seoul(14, 10))
    first, second = (make.visit(make.delegation(name), where, 12) for name in ("A", "B"))
    change_site(tour.site_id, {"people_at_once": 15}, by=OFFICER, at=AT)
    link, secret = make_site_link(tour.site_id, [first.id, second.id], by=OFFICER, at=AT)
    answers = [said(as_it_is(first), DECLINE, reason="too many"), said(as_it_is(second))]
    answer_site_link(secret, answers, answered_by="Kim", at=AT)
    assert [state_of(visit) for visit in (first, second)] == [VisitState.DECLINED, VisitState.CONFIRMED]
    assert as_it_is(second).is_clashing is False
    assert link.answered_at == AT


def test_texts_of_any_kind_are_kept_as_they_were_typed(visits, day):
    reason = "<script>alert(1)</script> 점검 \N{PILE OF POO}" + "x" * 10_000
    answers = [said(visit, DECLINE, reason=reason) for visit in visits]
    answer_site_link(day[1], answers, answered_by="<b>김민수</b>", at=AT)
    assert {as_it_is(visit).ended_reason for visit in visits} == {reason}
    assert as_it_is(visits[0]).ended_by == "<b>김민수</b>"
