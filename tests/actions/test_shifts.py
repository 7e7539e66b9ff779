"""The day moves: what would become of each stop, what breaks, and the act that does what was chosen."""

from datetime import timedelta

import pytest

from scheduler.actions.engagements import plan_engagement
from scheduler.actions.lifecycle import act_upon
from scheduler.actions.shift_proposals import propose_shift
from scheduler.actions.shifts import EngagementMove, ShiftAsked, ShiftRefused, shift
from scheduler.actions.versions import StaleVersion
from scheduler.core.engagements import EngagementRequest
from scheduler.core.facts import Dating, VisitRequest
from scheduler.core.lifecycle import Act
from scheduler.core.stops import EngagementKind
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.engagements import Engagement
from scheduler.records.visits import Visit
from tests import make
from tests.actions.seen import everything, fault_of, journal
from tests.cast import AT, OFFICER, SEOUL, seoul

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def who():
    return make.delegation()


@pytest.fixture
def tour():
    return make.tour(make.site())


@pytest.fixture
def rounds(tour):
    return {hour: make.tour_session(tour, seoul(14, hour)) for hour in (10, 12, 14, 16)}


def meal(who, hour, minutes=60):
    request = EngagementRequest(
        delegation_id=who.id,
        kind=EngagementKind.MEAL,
        starts_at=seoul(14, hour),
        ends_at=seoul(14, hour) + timedelta(minutes=minutes),
        title="Lunch",
        acknowledge=("all",),
        acknowledge_reason="known",
    )
    return plan_engagement(request, by=OFFICER, at=AT)


def proposed(who, hour=9, minutes=120, *, day=14):
    return propose_shift(who.id, seoul(day, hour), minutes, SEOUL, at=AT)


def codes(verdict):
    return None if verdict is None else [refusal.code.value for refusal in verdict.refusals]


def to(visit, where, **more):
    told = {"headcount": visit.headcount, "acknowledge": ("all",), "acknowledge_reason": "late"}
    return VisitRequest(
        visit_id=visit.id, delegation_id=visit.delegation_id, tour_session_id=where.id, **(told | more)
    )


def done(who, at=AT, **asked):
    told = {"reason": "The flight is late", "acknowledge": ("all",)} | asked
    return shift(who.id, ShiftAsked(**told), by=OFFICER, at=at)


def hours_of(*rows):
    db.session.expire_all()
    return [db.session.get_one(type(row), row.id).starts_at.astimezone(SEOUL).hour for row in rows]


def test_a_proposal_tells_where_every_stop_would_go_and_writes_nothing(who, rounds):
    visits, lunch = [make.visit(who, rounds[hour]) for hour in (10, 14)], meal(who, 12)
    before = everything()
    found = proposed(who)
    assert [(each.visit.id, each.starts_at, codes(each.verdict)) for each in found.visits] == [
        (visits[0].id, seoul(14, 12), []),
        (visits[1].id, seoul(14, 16), []),
    ]
    assert [(each.engagement.id, each.starts_at, codes(each.verdict)) for each in found.engagements] == [
        (lunch.id, seoul(14, 14), [])
    ]
    assert everything() == before


def test_only_what_still_lies_ahead_that_day_moves(who, tour, rounds):
    make.visit(who, rounds[10])
    later = make.visit(who, rounds[14])
    make.visit(who, make.tour_session(tour, seoul(15, 10)))
    assert [each.visit.id for each in proposed(who, hour=12).visits] == [later.id]


def test_a_round_goes_to_the_next_that_starts_no_earlier(who, rounds):
    make.visit(who, rounds[10])
    assert [each.starts_at for each in proposed(who, minutes=130).visits] == [seoul(14, 14)]


def test_where_no_round_is_left_that_day_there_is_no_verdict(who, rounds):
    make.visit(who, rounds[16])
    (found,) = proposed(who, minutes=60).visits
    assert (found.starts_at, found.verdict) == (None, None)


def test_a_window_goes_to_the_next_quarter_hour(who):
    tour = make.tour(make.site("SEONAM"), dating=Dating.WINDOWS)
    make.visit(who, make.tour_session(tour, seoul(14, 10)))
    assert [each.starts_at for each in proposed(who, minutes=50).visits] == [seoul(14, 11)]


def test_what_breaks_is_told_with_its_reasons(who, rounds):
    make.visit(who, rounds[10])
    make.other_booking(rounds[12], 25)
    assert [codes(each.verdict) for each in proposed(who).visits] == [["no_places_left"]]


def test_a_day_can_move_earlier(who, rounds):
    make.visit(who, rounds[14])
    assert [each.starts_at for each in proposed(who, minutes=-120).visits] == [seoul(14, 12)]


@pytest.mark.parametrize(
    ("minutes", "code"), [(0, "no_minutes"), (1441, "out_of_range"), (-1441, "out_of_range")]
)
def test_no_minutes_or_more_than_a_day_are_at_fault(who, rounds, minutes, code):
    assert fault_of(lambda: proposed(who, minutes=minutes)) == ("minutes", code)


def test_a_day_with_nothing_left_moves_nothing(who):
    found = proposed(who)
    assert (found.visits, found.engagements) == ((), ())


def test_everything_chosen_happens_in_one_act(who, rounds):
    first, second, third = (make.visit(who, rounds[hour]) for hour in (10, 14, 16))
    lunch = meal(who, 12)
    done(
        who,
        visits=(to(first, rounds[12]), to(second, rounds[16])),
        engagements=(EngagementMove(engagement_id=lunch.id, starts_at=seoul(14, 14), seen=1),),
        postpone=(third.id,),
    )
    assert hours_of(first, lunch, second) == [12, 14, 16]
    assert db.session.get_one(Visit, third.id).state == "postponed"
    assert db.session.get_one(Engagement, lunch.id).ends_at == seoul(14, 15)


def test_visits_and_engagements_exchange_their_hours(who, rounds):
    visit, lunch = make.visit(who, rounds[10]), meal(who, 12)
    done(
        who,
        visits=(to(visit, rounds[12]),),
        engagements=(EngagementMove(engagement_id=lunch.id, starts_at=seoul(14, 10)),),
    )
    assert hours_of(visit, lunch) == [12, 10]
    assert [line.subject for line in journal("change")] == ["engagement"]


def test_a_visit_that_is_refused_is_told_by_its_id_and_nothing_moves(who, rounds):
    first, second = make.visit(who, rounds[10]), make.visit(who, rounds[14])
    make.other_booking(rounds[12], 25)
    before = everything()
    with pytest.raises(ShiftRefused) as caught:
        done(who, visits=(to(first, rounds[12]), to(second, rounds[16])))
    assert {key: codes(verdict) for key, verdict in caught.value.visits.items()} == {
        first.id: ["no_places_left"]
    }
    assert everything() == before


def test_an_engagement_that_meets_a_kept_visit_is_told_by_its_id(who, rounds):
    kept, lunch = make.visit(who, rounds[14]), meal(who, 12)
    before = everything()
    with pytest.raises(ShiftRefused) as caught:
        done(who, engagements=(EngagementMove(engagement_id=lunch.id, starts_at=seoul(14, 14)),))
    assert {key: codes(verdict) for key, verdict in caught.value.engagements.items()} == {
        lunch.id: ["already_elsewhere"]
    }
    assert everything() == before
    assert hours_of(kept) == [14]


def test_what_cannot_be_put_off_is_told_by_its_id(who, rounds):
    visit = make.visit(who, rounds[10])
    act_upon(visit.id, Act.CANCEL, by=OFFICER, at=AT)
    with pytest.raises(ShiftRefused) as caught:
        done(who, postpone=(visit.id,))
    assert {key: codes(verdict) for key, verdict in caught.value.visits.items()} == {
        visit.id: ["state_forbids"]
    }


def test_a_stale_version_stops_the_whole_day(who, rounds):
    visit, lunch = make.visit(who, rounds[10]), meal(who, 12)
    before = everything()
    stale = EngagementMove(engagement_id=lunch.id, starts_at=seoul(14, 14), seen=9)
    with pytest.raises(StaleVersion):
        done(who, visits=(to(visit, rounds[12]),), engagements=(stale,))
    with pytest.raises(StaleVersion):
        done(who, visits=(to(visit, rounds[12]),), seen=(9,))
    assert everything() == before


def test_what_cannot_be_meant_is_at_fault(who, rounds):
    visit, other = make.visit(who, rounds[10]), make.delegation("Bangkok metropolis")
    theirs = make.visit(other, rounds[14])
    lunch = meal(other, 12)
    move = EngagementMove(engagement_id=lunch.id, starts_at=seoul(14, 16))
    assert fault_of(lambda: done(who)) == ("visits", "nothing_to_do")
    assert fault_of(lambda: done(who, postpone=(visit.id,), visits=(to(visit, rounds[12]),))) == (
        "visits",
        "named_twice",
    )
    assert fault_of(lambda: done(who, engagements=(move, move))) == ("engagements", "named_twice")
    for wrong in (
        {"postpone": (theirs.id,)},
        {"visits": (to(theirs, rounds[16]),)},
        {"engagements": (move,)},
    ):
        assert fault_of(lambda wrong=wrong: done(who, **wrong))[1] == "not_of_this_delegation"


def test_what_does_not_exist_is_not_found(who):
    gone = EngagementMove(engagement_id=77, starts_at=seoul(14, 16))
    for wrong in ({"postpone": (77,)}, {"engagements": (gone,)}):
        with pytest.raises(NotFound):
            done(who, **wrong)
