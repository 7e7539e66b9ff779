"""The list of delegates as guests keep it: one by one, until the office closes it."""

import pytest

from scheduler.actions.feeds import revoke_feed
from scheduler.actions.guest_lists import close_list, open_list
from scheduler.records.database import db
from scheduler.records.delegations import Delegate, Delegation
from scheduler.records.journal import Journal
from tests import make
from tests.blueprints.portal.conftest import delegate
from tests.cast import AT, OFFICER

NEW = {
    "print_as": "Le Van Cuong",
    "name_native": "Lê Văn Cường",
    "name_roman": "Le Van Cuong",
    "post": "Engineer",
    "organisation": "Hanoi Metro",
    "email": "cuong@hanoi.example",
}


def names():
    return [each.print_as for each in db.session.query(Delegate).order_by(Delegate.id)]


def test_a_delegate_is_named_changed_and_taken_off(as_stranger, hanoi, page_of_all):
    as_stranger.get(f"{page_of_all}/people/new")
    as_stranger.post(f"{page_of_all}/people/new", {"version": 0} | NEW)
    page = as_stranger.follow()
    for words in ("Le Van Cuong", "Lê Văn Cường", "Engineer", "Hanoi Metro", "cuong@hanoi.example"):
        assert words in page
    assert "Announced: 12 people." in page
    cuong = db.session.query(Delegate).one()
    at = f"{page_of_all}/people/{cuong.id}"
    as_stranger.get(at)
    as_stranger.post(at, NEW | {"version": cuong.version, "post": "Chief engineer"})
    assert "Chief engineer" in as_stranger.follow()
    as_stranger.post(f"{at}/remove")
    assert "Nobody is named yet." in as_stranger.follow()


def test_what_the_office_added_by_hand_is_kept(as_stranger, hanoi, page_of_all):
    an = delegate(hanoi, "An", precedence=3, precedence_reason="minister")
    as_stranger.get(f"{page_of_all}/people/{an.id}")
    as_stranger.post(f"{page_of_all}/people/{an.id}", {"version": an.version, "print_as": "Nguyen An"})
    db.session.expire_all()
    assert (an.print_as, an.precedence, an.precedence_reason) == ("Nguyen An", 3, "minister")


def test_somebody_who_was_quicker_is_told_of(as_stranger, hanoi, an, page_of_all):
    seen = an.version
    an.post = "Minister"
    db.session.commit()
    as_stranger.get(f"{page_of_all}/people/{an.id}")
    told = {"version": seen, "print_as": "An", "post": "Director"}
    page = as_stranger.post(f"{page_of_all}/people/{an.id}", told, status=409)
    assert "Somebody changed this while you had it open." in page
    assert page.all("input", name="post")[0].get("value") == "Director"


@pytest.mark.parametrize(
    "told",
    [
        {"print_as": ""},
        {"print_as": "x" * 201},
        {"print_as": "two\nlines"},
        {"print_as": "An", "email": "an at hanoi"},
        {"print_as": "An", "email": "an@hanoi.example\r\nBcc: all@city.example"},
        {"print_as": "An", "post": "Deputy\u2028minister"},
    ],
)
def test_odd_people_are_refused_in_words(as_stranger, page_of_all, told):
    as_stranger.get(f"{page_of_all}/people/new")
    page = as_stranger.post(f"{page_of_all}/people/new", {"version": 0} | told, status=422)
    assert "One thing needs mending" in page
    assert names() == []


def test_a_delegate_of_another_delegation_cannot_be_touched(as_stranger, page_of_all):
    other = delegate(make.delegation("Bangkok"), "Somchai")
    at = f"{page_of_all}/people/{other.id}"
    as_stranger.get(at, status=404)
    as_stranger.post(at, {"version": other.version, "print_as": "x"}, status=404)
    as_stranger.post(f"{at}/remove", status=404)
    assert names() == ["Somchai"]


def test_a_closed_list_can_be_read_and_no_more(as_stranger, hanoi, an, page_of_all):
    as_stranger.get(f"{page_of_all}/people")
    close_list(hanoi.id, by=OFFICER, at=AT)
    page = as_stranger.get(f"{page_of_all}/people")
    assert "The list is closed" in page
    assert "Nguyen Van An" in page
    assert page.all("form") == []
    for more in ("/new", f"/{an.id}", f"/{an.id}/remove", "/upload", "/import"):
        page = as_stranger.post(f"{page_of_all}/people{more}", {"version": 0, "print_as": "x"}, status=409)
        assert "This can no longer be changed here" in page
    assert names() == ["Nguyen Van An"]
    open_list(hanoi.id, by=OFFICER, at=AT)
    as_stranger.post(f"{page_of_all}/people/{an.id}/remove")
    assert names() == []


def test_a_page_taken_back_changes_nothing(as_stranger, link, an, page_of_all):
    revoke_feed(link[0].id, by=OFFICER, at=AT)
    as_stranger.post(f"{page_of_all}/people/{an.id}/remove", status=410)
    assert names() == ["Nguyen Van An"]


def test_the_office_closes_and_opens_the_list_and_the_journal_says_so(as_officer, hanoi):
    at = f"/delegations/{hanoi.id}"
    as_officer.get(at)
    as_officer.submit(f"{at}/list/close")
    page = as_officer.follow()
    assert "Guests have not been able to change this list since" in page
    assert db.session.get_one(Delegation, hanoi.id).list_closed_at == AT
    as_officer.submit(f"{at}/list/open")
    page = as_officer.follow()
    assert "closed the list of delegates" in page
    assert "opened the list of delegates" in page
    assert db.session.get_one(Delegation, hanoi.id).list_closed_at is None


def test_others_than_officers_do_not_close_it(as_head, hanoi):
    as_head.get(f"/delegations/{hanoi.id}")
    as_head.post(f"/delegations/{hanoi.id}/list/close", status=403)


def test_the_journal_keeps_no_name_and_no_address(as_stranger, page_of_all):
    as_stranger.get(f"{page_of_all}/people/new")
    as_stranger.post(f"{page_of_all}/people/new", {"version": 0} | NEW)
    line = db.session.query(Journal).filter(Journal.subject == "delegate").one()
    assert line.after == {"delegation_id": 1, "organisation": "Hanoi Metro", "post": "Engineer"}
    assert line.actor == "guests' page 1"


def test_three_hundred_delegates_are_shown(as_stranger, hanoi, page_of_all, counted):
    db.session.add_all(Delegate(delegation_id=hanoi.id, print_as=f"Delegate {n}") for n in range(300))
    db.session.commit()
    with counted() as queries:
        page = as_stranger.get(f"{page_of_all}/people")
    assert len(page.all("tr")) == 301
    assert len(queries) < 10
