"""Since the last print: what is new, what changed and how, what is gone and why."""

import pytest

from scheduler.access import SYSTEM
from scheduler.actions.gate import Tap, say_at_gate
from scheduler.actions.lifecycle import Told, act_upon
from scheduler.actions.prints import Change, lines_changed_since, record_print
from scheduler.core.gate import Photographs, Said
from scheduler.core.lifecycle import Act, VisitState
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.rosters import roster_of
from scheduler.records.sheet_prints import PrintWay
from tests import make
from tests.cast import AT, OFFICER, manager_of, seoul

DAY = seoul(14, 0).date()


@pytest.fixture
def site(app):
    return make.site()


@pytest.fixture
def tour(site):
    return make.tour(site)


@pytest.fixture
def visit(tour):
    return make.visit(make.delegation(), make.tour_session(tour, seoul(14, 10)), 12)


def changed(site, **of):
    db.session.expire_all()
    return lines_changed_since(roster_of(site, DAY), **of)


def test_before_the_first_print_nothing_has_changed(site, visit):
    assert (changed(site).last, changed(site).changes) == (None, {})


def test_after_a_print_nothing_has_changed_until_something_does(site, visit):
    record_print(site, DAY, by=OFFICER, at=AT)
    assert changed(site).changes == {}
    visit.headcount = 9
    visit.delegation.needs = {"halal"}
    db.session.commit()
    found = changed(site).changes[f"visit-{visit.id}"]
    assert (found.change, found.before, found.after) == (
        Change.CHANGED,
        {"headcount": 12, "needs": []},
        {"headcount": 9, "needs": ["halal"]},
    )
    record_print(site, DAY, by=OFFICER, at=AT)
    assert changed(site).changes == {}


def test_what_came_since_is_new_and_what_was_called_off_is_gone_with_its_state(site, tour, visit):
    record_print(site, DAY, by=OFFICER, at=AT)
    new = make.visit(make.delegation("Riyadh"), make.tour_session(tour, seoul(14, 14)))
    school = make.other_booking(make.tour_session(tour, seoul(14, 13)))
    act_upon(visit.id, Act.CANCEL, Told(), by=OFFICER, at=AT)
    found = changed(site)
    assert {key: change.change for key, change in found.changes.items()} == {
        f"visit-{new.id}": Change.NEW,
        f"other-{school.id}": Change.NEW,
        f"visit-{visit.id}": Change.GONE,
    }
    (gone,) = found.gone
    assert (gone.state, gone.line["headcount"], gone.starts_at) == (VisitState.CANCELLED, 12, seoul(14, 10))


def test_the_marks_of_a_print_are_those_since_the_one_before_it(site, visit):
    record_print(site, DAY, by=OFFICER, at=AT)
    visit.headcount = 9
    db.session.commit()
    second = record_print(site, DAY, by=OFFICER, at=AT)
    assert list(changed(site, before=second.id).changes) == [f"visit-{visit.id}"]
    assert changed(site).changes == {}


def test_a_mark_for_photographs_is_a_change_of_the_paper_and_an_arrival_is_none(site, visit):
    record_print(site, DAY, by=OFFICER, at=AT)
    by = manager_of(site.id)
    say_at_gate(visit.id, Tap(key="a", said=Said.ARRIVED), by=by, at=seoul(14, 10))
    assert changed(site).changes == {}
    tap = Tap(key="b", said=Said.PHOTOGRAPHS, value=Photographs.NOT_ALLOWED)
    say_at_gate(visit.id, tap, by=by, at=seoul(14, 10))
    assert changed(site).changes[f"visit-{visit.id}"].after == {"photographs": "not_allowed"}


def test_a_print_of_another_day_or_site_is_another_matter(site, visit):
    record_print(site, seoul(15, 0).date(), by=OFFICER, at=AT)
    record_print(make.site("DMC"), DAY, by=OFFICER, at=AT)
    assert changed(site).last is None


def test_the_worker_records_what_it_posts_and_a_stranger_nothing(site, visit):
    made = record_print(site, DAY, by=SYSTEM, at=AT, way=PrintWay.MAILED)
    assert (made.way, made.printed_by_id, [line["headcount"] for line in made.lines]) == (
        "mailed",
        None,
        [12],
    )
    with pytest.raises(NotFound):
        record_print(site, DAY, by=manager_of(site.id + 1), at=AT)
