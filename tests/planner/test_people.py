"""Who goes along with a programme: everybody needed, nobody twice, the same ones where that is possible."""

from dataclasses import replace

from scheduler.core.duties import Duty, ResourceFacts, ResourceKind, Staff
from scheduler.core.spans import Span
from scheduler.planner.search import plan
from tests.cast import SEOUL, seoul
from tests.planner.stays import asked, option, wish


def interpreter(number=1, **facts):
    given = {"name": f"Interpreter {number}", "zone": SEOUL, "languages": frozenset({"ar-ko"})}
    return ResourceFacts(id=number, kind=ResourceKind.INTERPRETER, **(given | facts))


def vehicle(number, seats):
    return ResourceFacts(id=number, kind=ResourceKind.VEHICLE, name=f"Bus {number}", zone=SEOUL, seats=seats)


def guide(number, code):
    codes = frozenset({code})
    return ResourceFacts(
        id=number,
        kind=ResourceKind.GUIDE,
        name=f"Guide {number}",
        zone=SEOUL,
        site_codes=codes,
        languages=frozenset({"en"}),
    )


def arabic(question, *people, needs=()):
    """The same guests, who speak Arabic and find these people at the office."""
    staff = Staff(resources={person.id: person for person in people})
    guests = replace(question.delegation, languages=frozenset({"ar"}), staff=staff, needs=frozenset(needs))
    return replace(question, delegation=guests)


def going(question):
    """The people of the first proposal by tour."""
    return {stop.tour_code: stop.visits[0].assign for stop in plan(question).proposals[0].stops}


def two_days():
    tours = [option("MUSEUM", [seoul(14, 10)]), option("TOPIS", [seoul(15, 10)])]
    return asked([wish(1, "MUSEUM"), wish(2, "TOPIS")], tours)


def test_the_same_interpreter_goes_along_through_the_stay():
    busy = Duty(assignment_id=1, span=Span(seoul(15, 15), seoul(15, 16)), delegation_id=9)
    question = arabic(two_days(), interpreter(1, duties=(busy,)), interpreter(2))
    assert going(question) == {"MUSEUM-T": (1,), "TOPIS-T": (1,)}
    assert all(stop.cautions == () for stop in plan(question).proposals[0].stops)


def test_another_goes_where_the_first_cannot():
    away = (Span(seoul(15, 8), seoul(15, 20)),)
    question = arabic(two_days(), interpreter(1, leave=away), interpreter(2))
    assert going(question) == {"MUSEUM-T": (1,), "TOPIS-T": (2,)}


def test_sessions_that_nobody_can_serve_together_are_not_proposed_together():
    """The interpreter does one visit a day; the shortest day would have had both."""
    tours = [option("MUSEUM", [seoul(14, 10)]), option("TOPIS", [seoul(14, 12), seoul(16, 15)])]
    question = asked([wish(1, "MUSEUM"), wish(2, "TOPIS")], tours)
    proposal = plan(arabic(question, interpreter(most_a_day=1))).proposals[0]
    assert {stop.starts_at for stop in proposal.stops} == {seoul(14, 10), seoul(16, 15)}
    assert proposal.is_proven


def test_a_guide_of_the_site_goes_along_where_the_tour_needs_one():
    of_tour = option("MUSEUM", [seoul(14, 10)])
    needing = replace(of_tour, tour=replace(of_tour.tour, needs_guide=True))
    question = asked([wish(1, "MUSEUM")], [needing])
    staff = Staff(resources={1: guide(1, "TOPIS"), 2: guide(2, "MUSEUM")})
    assert going(replace(question, delegation=replace(question.delegation, staff=staff))) == {
        "MUSEUM-T": (2,)
    }


def test_several_vehicles_carry_whom_no_single_one_can():
    question = asked([wish(1, "MUSEUM")], [option("MUSEUM", [seoul(14, 10)])], headcount=28)
    small = [vehicle(1, 11), vehicle(2, 20), vehicle(3, 20)]
    assert going(arabic(question, *small, interpreter(4), needs={"vehicle"})) == {"MUSEUM-T": (4, 1, 2)}
    one_is_enough = [*small, vehicle(5, 45), interpreter(4)]
    assert going(arabic(question, *one_is_enough, needs={"vehicle"})) == {"MUSEUM-T": (4, 5)}


def test_without_an_interpreter_free_a_session_is_no_candidate():
    away = interpreter(leave=(Span(seoul(14, 8), seoul(14, 20)),))
    assert set(going(arabic(two_days(), away))) == {"TOPIS-T"}
