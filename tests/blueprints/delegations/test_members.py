"""Delegates and wishes of a delegation."""

import pytest

from scheduler.records.database import db
from scheduler.records.delegations import Delegate, NameOrder, Wish
from tests import make
from tests.cast import seoul


@pytest.fixture
def who(app):
    return make.delegation()


def test_a_delegate_is_named_in_the_order_of_precedence(as_officer, who):
    for name, place in (("Second", "2"), ("First", "1")):
        as_officer.get(f"/delegations/{who.id}/delegates/new")
        form = as_officer.page.all("form", method="post")[-1]
        assert form.get("action") is None
        told = {"print_as": name, "name_native": "", "name_order": "family_first", "precedence": place}
        as_officer.post(f"/delegations/{who.id}/delegates/new", told)
    page = as_officer.follow()
    rows = [row.text for row in page.all("th", scope="row")]
    assert rows == ["First", "Second"]
    assert db.session.query(Delegate).first().name_order == NameOrder.FAMILY_FIRST


def test_a_delegate_is_changed_and_taken_off(as_officer, who):
    member = Delegate(delegation_id=who.id, print_as="Governor")
    db.session.add(member)
    db.session.commit()
    here = f"/delegations/{who.id}/delegates/{member.id}"
    page = as_officer.get(here)
    version = page.all("input", name="version")[0].get("value")
    told = {"print_as": "Vice governor", "name_order": "given_first", "precedence": "1", "version": version}
    as_officer.post(here, told)
    assert db.session.query(Delegate).one().print_as == "Vice governor"
    page = as_officer.post(here, told | {"print_as": "Mayor"}, status=409)
    assert "Somebody changed this while you had it open." in page
    as_officer.submit(f"{here}/remove")
    assert db.session.query(Delegate).count() == 0


def test_a_delegate_of_another_delegation_is_not_here(as_officer, who):
    member = Delegate(delegation_id=make.delegation("Other").id, print_as="Governor")
    db.session.add(member)
    db.session.commit()
    as_officer.get(f"/delegations/{who.id}/delegates/{member.id}", status=404)


@pytest.mark.parametrize("place", ["0", "1001", "first"])
def test_an_order_of_no_sense_is_told_so(as_officer, who, place):
    as_officer.get(f"/delegations/{who.id}/delegates/new")
    told = {"print_as": "Governor", "name_order": "given_first", "precedence": place}
    page = as_officer.post(f"/delegations/{who.id}/delegates/new", told, status=422)
    assert page.all("input", id="print_as")[0].get("value") == "Governor"
    assert db.session.query(Delegate).count() == 0


def test_a_wish_names_a_tour_with_times_and_is_booked_from_the_page(as_officer, who):
    tour = make.tour(make.site("TOPIS"))
    as_officer.get(f"/delegations/{who.id}/wishes/new")
    told = {
        "tour_id": tour.id,
        "priority": "5",
        "first_choice": "2026-12-15T10:00",
        "second_choice": "2026-12-14T10:00",
        "headcount": "8",
        "note": "Before the\nreception",
    }
    as_officer.post(f"/delegations/{who.id}/wishes/new", told)
    wish = db.session.query(Wish).one()
    assert (wish.tour_id, wish.priority, wish.headcount) == (tour.id, 5, 8)
    assert wish.preferred_times == [seoul(14, 10).isoformat(), seoul(15, 10).isoformat()]
    page = as_officer.follow()
    assert page.all("a", href=f"/book?delegation={who.id}&wish={wish.id}")


def test_a_wish_names_a_tour_or_a_topic(as_officer, who):
    as_officer.get(f"/delegations/{who.id}/wishes/new")
    page = as_officer.post(f"/delegations/{who.id}/wishes/new", {"priority": "3", "note": "n"}, status=422)
    assert "Name a tour or a topic." in page
    as_officer.post(f"/delegations/{who.id}/wishes/new", {"priority": "3", "topic": "water"})
    assert db.session.query(Wish).one().topic == "water"


def test_a_wish_is_changed_and_taken_off(as_officer, who):
    wish = Wish(delegation_id=who.id, topic="water", preferred_times=[seoul(14, 10).isoformat()])
    db.session.add(wish)
    db.session.commit()
    here = f"/delegations/{who.id}/wishes/{wish.id}"
    page = as_officer.get(here)
    assert page.all("input", id="first_choice")[0].get("value") == "2026-12-14T10:00"
    as_officer.post(here, {"topic": "energy", "priority": "1"})
    assert db.session.get_one(Wish, wish.id).topic == "energy"
    as_officer.get(here)
    as_officer.submit(f"{here}/remove")
    assert db.session.query(Wish).count() == 0
