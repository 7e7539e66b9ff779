"""Which demands cannot be met together: the fewest, named."""

from time import monotonic

from scheduler.core.wishes import StayFrame
from scheduler.planner.answers import DemandKind
from scheduler.planner.asked import Ban, Pin
from scheduler.planner.conflict import conflict_of
from scheduler.planner.search import plan
from tests.cast import seoul
from tests.planner.stays import asked, engagement, option, wish


def named(question):
    """The demands of the conflict as kind and id, and whether no fewer do."""
    found = conflict_of(question, until=monotonic() + 60)
    return None if found is None else ({(d.kind, d.id) for d in found.demands}, found.is_smallest)


def test_two_musts_at_one_hour_are_named_and_nothing_else():
    tours = [option(code, [seoul(14, 10)]) for code in ("MUSEUM", "TOPIS")] + [
        option("PARK", [seoul(15, 10)])
    ]
    wishes = [wish(n, code, is_must=True) for n, code in enumerate(("MUSEUM", "TOPIS", "PARK"), start=1)]
    question = asked(wishes, tours, stops=[engagement(7, seoul(16, 10))])
    assert named(question) == ({(DemandKind.MUST, 1), (DemandKind.MUST, 2)}, True)
    answer = plan(question)
    assert {d.id for d in answer.conflict} == {1, 2}
    assert (answer.proposals[0].figures.musts_kept, answer.proposals[0].figures.musts) == (2, 3)


def test_what_can_be_met_has_no_conflict():
    question = asked([wish(1, "MUSEUM", is_must=True)], [option("MUSEUM", [seoul(14, 10)])])
    assert named(question) is None
    assert plan(question).conflict == ()


def test_a_must_against_a_courtesy_call():
    question = asked(
        [wish(1, "MUSEUM", is_must=True)],
        [option("MUSEUM", [seoul(14, 10)])],
        stops=[engagement(7, seoul(14, 10)), engagement(8, seoul(15, 10))],
    )
    assert named(question) == ({(DemandKind.MUST, 1), (DemandKind.ENGAGEMENT, 7)}, True)


def test_three_musts_and_a_day_of_two():
    tours = [option(c, [seoul(14, h)]) for c, h in (("MUSEUM", 10), ("TOPIS", 12), ("WATER", 14))]
    wishes = [wish(n, code, is_must=True) for n, code in enumerate(("MUSEUM", "TOPIS", "WATER"), start=1)]
    question = asked(wishes, tours, frame=StayFrame(most_a_day=2))
    musts = {(DemandKind.MUST, number) for number in (1, 2, 3)}
    assert named(question) == (musts | {(DemandKind.MOST_A_DAY, None)}, True)


def test_a_must_that_nobody_could_keep_says_what_it_stands_against():
    too_many = asked([wish(1, "MUSEUM", is_must=True)], [option("MUSEUM", {seoul(14, 10): 5})], headcount=200)
    assert named(too_many)[0] == {(DemandKind.MUST, 1), (DemandKind.HEADCOUNT, None)}
    silent = asked([wish(1, "MUSEUM", is_must=True)], [option("MUSEUM", [seoul(14, 10)], languages=["ja"])])
    assert named(silent)[0] == {(DemandKind.MUST, 1), (DemandKind.LANGUAGE, None)}
    away = asked([wish(1, "MUSEUM", is_must=True)], [option("MUSEUM", [seoul(14, 10)], closed_on=[0])])
    assert named(away)[0] == {(DemandKind.MUST, 1), (DemandKind.STAY, None)}


def test_an_order_that_no_day_allows():
    tours = [option("MUSEUM", [seoul(14, 10)]), option("TOPIS", [seoul(15, 10)])]
    question = asked([wish(1, "MUSEUM", is_must=True, after=2), wish(2, "TOPIS")], tours)
    assert named(question) == ({(DemandKind.MUST, 1), (DemandKind.ORDER, 1)}, True)


def test_pins_that_exclude_each_other():
    tours = [option(code, [seoul(14, 10), seoul(15, 10)]) for code in ("MUSEUM", "TOPIS")]
    pins = [
        Pin(wish_id=n, tour_code=f"{c}-T", starts_at=seoul(14, 10)) for n, c in ((1, "MUSEUM"), (2, "TOPIS"))
    ]
    question = asked([wish(1, "MUSEUM"), wish(2, "TOPIS")], tours, pins=pins)
    assert named(question) == ({(DemandKind.PIN, 1), (DemandKind.PIN, 2)}, True)


def test_no_time_is_no_answer_rather_than_a_wrong_one():
    question = asked([wish(1, "MUSEUM", is_must=True)], [option("MUSEUM", {seoul(14, 10): 5})])
    assert conflict_of(question, until=monotonic() - 1) is None


def test_bans_and_days_not_wished_for_are_demands_too():
    museum = [option("MUSEUM", [seoul(14, 10)])]
    early = asked([wish(1, "MUSEUM", is_must=True, not_first_day=True)], museum)
    assert named(early) == ({(DemandKind.MUST, 1), (DemandKind.OTHER_DAYS, 1)}, True)
    banned = asked([wish(1, "MUSEUM", is_must=True)], museum, bans=[Ban(tour_code="MUSEUM-T")])
    assert named(banned) == ({(DemandKind.MUST, 1), (DemandKind.BAN, 0)}, True)
