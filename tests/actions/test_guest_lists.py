"""The guests' list on both engines: all or nothing, under the lock, by a link that still opens."""

import pytest

from scheduler.actions.delegations import change_delegation
from scheduler.actions.feeds import make_feed, revoke_feed
from scheduler.actions.guest_lists import (
    ListChanged,
    ListClosed,
    add_guest,
    change_guest,
    close_list,
    import_guests,
    open_list,
    remove_guest,
)
from scheduler.actions.invalid import Invalid
from scheduler.actions.list_merging import list_mark
from scheduler.actions.versions import StaleVersion
from scheduler.papers.delegate_list import ListedDelegate
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.delegations import Delegate, Delegation, DelegationState
from scheduler.records.feeds import FeedKind
from scheduler.records.journal import Journal
from tests import make
from tests.actions.seen import how_many
from tests.cast import AT, OFFICER

AN = {"print_as": "Nguyen Van An", "email": "an@hanoi.example"}


@pytest.fixture
def hanoi(app):
    return make.delegation("Hanoi")


@pytest.fixture
def link(hanoi):
    return make_feed(FeedKind.DELEGATION, hanoi.id, by=OFFICER, at=AT)[0].id


def row(number, name, **told):
    return ListedDelegate(row=number, print_as=name, **told)


def mark(hanoi):
    return list_mark(db.session.query(Delegate).filter_by(delegation_id=hanoi.id))


def bring_in(link, hanoi, *rows, removed=()):
    return import_guests(link, rows, removed=removed, seen=mark(hanoi), at=AT)


def test_one_by_one(link, hanoi):
    an = add_guest(link, AN, at=AT)
    changed = change_guest(link, an.id, {"post": "Director"}, seen=an.version, at=AT)
    assert (changed.print_as, changed.post) == ("Nguyen Van An", "Director")
    with pytest.raises(StaleVersion):
        change_guest(link, an.id, {"post": "Deputy"}, seen=1, at=AT)
    remove_guest(link, an.id, at=AT)
    assert how_many(Delegate) == 0


def test_an_import_counts_what_it_did(link, hanoi):
    gone = add_guest(link, {"print_as": "Old"}, at=AT)
    add_guest(link, AN, at=AT)
    rows = row(2, "Nguyen Van An", post="Director"), row(3, "Tran Thi Binh")
    assert bring_in(link, hanoi, *rows, removed=[gone.id]) == {"added": 1, "changed": 1, "removed": 1}
    assert [each.print_as for each in db.session.query(Delegate).order_by(Delegate.id)] == [
        "Nguyen Van An",
        "Tran Thi Binh",
    ]


def test_whoever_is_named_in_the_list_is_not_removed_by_a_forged_tick(link, hanoi):
    an = add_guest(link, AN, at=AT)
    other = make.delegation("Bangkok")
    theirs = make_feed(FeedKind.DELEGATION, other.id, by=OFFICER, at=AT)[0].id
    somchai = add_guest(theirs, {"print_as": "Somchai"}, at=AT)
    counts = bring_in(link, hanoi, row(2, "Nguyen Van An"), removed=[an.id, somchai.id, 999])
    assert counts == {"added": 0, "changed": 0, "removed": 0}
    assert how_many(Delegate) == 2


def test_nothing_comes_in_when_one_row_cannot(link, hanoi):
    for _time in range(2):
        add_guest(link, {"print_as": "An"}, at=AT)
    with pytest.raises(Invalid):
        bring_in(link, hanoi, row(2, "Binh"), row(3, "An"))
    with pytest.raises(Invalid):
        bring_in(link, hanoi, *(row(n, f"Person {n}") for n in range(499)))
    with pytest.raises(ListChanged):
        import_guests(link, [row(2, "Binh")], removed=[], seen="another", at=AT)
    assert how_many(Delegate) == 2


def test_no_more_than_five_hundred(link, hanoi):
    bring_in(link, hanoi, *(row(n, f"Person {n}") for n in range(500)))
    with pytest.raises(Invalid):
        add_guest(link, AN, at=AT)


def test_a_list_is_closed_once_and_opened_once(link, hanoi):
    for act in (close_list, close_list, open_list, open_list, close_list):
        act(hanoi.id, by=OFFICER, at=AT)
    acts = [line.act for line in db.session.query(Journal).order_by(Journal.id)]
    assert [act for act in acts if act.endswith("_list")] == ["close_list", "open_list", "close_list"]
    with pytest.raises(ListClosed):
        add_guest(link, AN, at=AT)


@pytest.mark.parametrize("why", ["revoked", "closed", "over", "called off", "of a delegate", "none"])
def test_a_link_that_may_not_changes_nothing(link, hanoi, why):
    at = AT
    an = add_guest(link, AN, at=AT)
    if why == "revoked":
        revoke_feed(link, by=OFFICER, at=AT)
    elif why == "closed":
        change_delegation(hanoi.id, {"state": DelegationState.CLOSED}, by=OFFICER, at=AT)
    elif why == "over":
        at = db.session.get_one(Delegation, hanoi.id).departs_at
    elif why == "called off":
        change_delegation(hanoi.id, {"state": DelegationState.CANCELLED}, by=OFFICER, at=AT)
    elif why == "of a delegate":
        link = make_feed(FeedKind.DELEGATE, an.id, by=OFFICER, at=AT)[0].id
    else:
        link = 999
    for act in (
        lambda: add_guest(link, {"print_as": "x"}, at=at),
        lambda: change_guest(link, an.id, {"print_as": "x"}, seen=an.version, at=at),
        lambda: remove_guest(link, an.id, at=at),
        lambda: import_guests(link, [row(2, "x")], removed=[], seen=mark(hanoi), at=at),
    ):
        with pytest.raises(ListClosed):
            act()
    assert [each.print_as for each in db.session.query(Delegate)] == ["Nguyen Van An"]


def test_a_delegate_of_another_delegation_is_not_found(link, hanoi):
    other = make.delegation("Bangkok")
    theirs = add_guest(make_feed(FeedKind.DELEGATION, other.id, by=OFFICER, at=AT)[0].id, AN, at=AT)
    with pytest.raises(NotFound):
        remove_guest(link, theirs.id, at=AT)
