"""Today tells the officer when somebody who was to come to a visit is on leave then."""

from scheduler.actions.assignments import assign
from scheduler.actions.resources import add_leave
from tests import make, staff
from tests.cast import AT, OFFICER, seoul


def test_who_is_away_when_they_were_to_come_is_told_until_they_are_let_go(as_officer):
    visit = make.visit(
        make.delegation(languages={"ar"}, has_interpreter=True),
        make.tour_session(make.tour(make.site()), seoul(14, 10)),
    )
    interpreter = staff.interpreter()
    duty = assign(visit.id, interpreter.id, by=OFFICER, at=AT)
    assert "who was to come is away" not in as_officer.get("/")
    add_leave(interpreter.id, staff.days(14, 16), "ill", by=OFFICER, at=AT)
    page = as_officer.get("/")
    assert "Somebody who was to come is away" in page
    assert "Interpreter for Arabic 1 is away until" in page
    as_officer.get(f"/visits/{visit.id}/people")
    as_officer.submit(f"/assignments/{duty.id}/release")
    assert "who was to come is away" not in as_officer.get("/")
