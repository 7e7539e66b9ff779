"""Asked again under the same key, the first answer is given again, whatever the repeats, on both engines."""

import pytest

from scheduler.access import Actor, Role
from scheduler.actions.answers import Answered, KeyUsedOtherwise, answer_once
from scheduler.actions.bookings import VisitRefused
from scheduler.actions.visits import request_visit
from scheduler.core.facts import VisitRequest
from scheduler.records.answers import Answer
from scheduler.records.visits import Visit
from tests import make
from tests.actions.seen import how_many
from tests.cast import AT, seoul

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def officer():
    account = make.account("keyed@tests.example", password=None)
    return Actor(account_id=account.id, email=account.email, roles=frozenset({Role.OFFICER}))


class Counted:
    """An act that says how often it was done."""

    def __init__(self):
        self.times = 0

    def __call__(self):
        self.times += 1
        return Answered(201, {"time": self.times})


def test_the_same_key_and_demand_give_the_first_answer_again(officer):
    act = Counted()
    first = answer_once("k", {"a": 1, "b": 2}, act, by=officer, at=AT)
    second = answer_once("k", {"b": 2, "a": 1}, act, by=officer, at=AT)
    assert (first.status, first.body, first.is_repeated) == (201, {"time": 1}, False)
    assert (second.status, second.body, second.is_repeated) == (201, {"time": 1}, True)
    assert act.times == 1


def test_the_same_key_for_another_demand_is_refused(officer):
    act = Counted()
    answer_once("k", {"a": 1}, act, by=officer, at=AT)
    with pytest.raises(KeyUsedOtherwise):
        answer_once("k", {"a": 2}, act, by=officer, at=AT)
    assert act.times == 1


def test_a_key_is_an_accounts_own(officer):
    other = make.account("other@tests.example", password=None)
    stranger = Actor(account_id=other.id, email=other.email, roles=frozenset({Role.OFFICER}))
    act = Counted()
    answer_once("k", {"a": 1}, act, by=officer, at=AT)
    assert answer_once("k", {"a": 2}, act, by=stranger, at=AT).body == {"time": 2}


def test_the_answer_is_stored_with_the_act_or_not_at_all(officer):
    where = make.tour_session(make.tour(make.site(), places=5), seoul(14, 10))
    request = VisitRequest(delegation_id=make.delegation().id, tour_session_id=where.id, headcount=10)

    def act():
        return Answered(201, {"id": request_visit(request, by=officer, at=AT).visit.id})

    with pytest.raises(VisitRefused):
        answer_once("k", {}, act, by=officer, at=AT)
    assert (how_many(Answer), how_many(Visit)) == (0, 0)


def test_a_booking_asked_for_twice_under_one_key_is_one_booking(officer):
    where = make.tour_session(make.tour(make.site()), seoul(14, 10))
    request = VisitRequest(delegation_id=make.delegation().id, tour_session_id=where.id, headcount=10)

    def act():
        return Answered(201, {"id": request_visit(request, by=officer, at=AT).visit.id})

    answers = [answer_once("k", {"headcount": 10}, act, by=officer, at=AT) for _ in range(3)]
    assert len({answer.body["id"] for answer in answers}) == 1
    assert (how_many(Answer), how_many(Visit)) == (1, 1)
