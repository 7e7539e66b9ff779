"""Calendar links: who makes, renews and ends which, and what the journal says of it."""

import pytest

from scheduler.access import Actor, NotPermitted, Role
from scheduler.actions.feeds import (
    feed_by_secret,
    make_busy_feed,
    make_feed,
    renew_feed,
    revoke_feed,
)
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.delegations import Delegate
from scheduler.records.feed_list import feeds_managed_by
from scheduler.records.feeds import FeedKind, FeedLink
from scheduler.records.journal import Journal
from tests import make, staff
from tests.cast import ADMINISTRATOR, AT, OFFICER, manager_of

K = FeedKind


@pytest.fixture
def subjects(app):
    """The number of one of each: TOPIS with a guide, Hanoi with a delegate, and the officer An."""
    site, guests = make.site("TOPIS"), make.delegation("Hanoi")
    delegate = Delegate(delegation_id=guests.id, print_as="Ms Hoa")
    db.session.add(delegate)
    db.session.commit()
    return {
        K.SITE: site.id,
        K.DELEGATION: guests.id,
        K.DELEGATE: delegate.id,
        K.RESOURCE: staff.guide(site).id,
        K.OFFICER: make.account("an@city.example").id,
        K.DIVISION: None,
    }


@pytest.fixture
def people(subjects):
    """An themselves, another officer, a head, the manager of TOPIS, one of elsewhere, an administrator."""
    head = make.account("head@city.example", Role.HEAD)
    roles = {"an": Role.OFFICER, "head": Role.HEAD}
    ids = {"an": subjects[K.OFFICER], "head": head.id}
    signed_in = {
        who: Actor(account_id=ids[who], email=f"{who}@city.example", roles=frozenset({roles[who]}))
        for who in ids
    }
    managers = {"manager": manager_of(subjects[K.SITE]), "elsewhere": manager_of(999)}
    return signed_in | managers | {"officer": OFFICER, "administrator": ADMINISTRATOR}


GUESTS = (K.DELEGATION, K.DELEGATE, K.RESOURCE)
MAY = {
    "an": {K.SITE, *GUESTS, K.OFFICER, K.DIVISION},
    "officer": {K.SITE, *GUESTS, K.DIVISION},
    "head": {K.OFFICER, K.DIVISION},
    "manager": {K.SITE},
    "elsewhere": set(),
    "administrator": set(),
}


@pytest.mark.parametrize("make_one", [make_feed, make_busy_feed])
@pytest.mark.parametrize("who", MAY)
def test_who_makes_which(subjects, people, who, make_one):
    made = set()
    for kind, number in subjects.items():
        try:
            make_one(kind, number, by=people[who], at=AT)
        except (NotFound, NotPermitted):
            continue
        made.add(kind)
    assert made == MAY[who]
    assert db.session.query(FeedLink).count() == len(made)


@pytest.mark.parametrize("who", MAY)
def test_whoever_makes_a_kind_renews_ends_and_lists_it(subjects, people, who):
    feeds = {kind: make_feed(kind, number, by=people["an"], at=AT)[0] for kind, number in subjects.items()}
    assert {feed.kind for feed in db.session.scalars(feeds_managed_by(people[who]))} == MAY[who]
    for kind, feed in feeds.items():
        for act in (renew_feed, revoke_feed):
            if kind in MAY[who]:
                if act is renew_feed:
                    feed, _secret = act(feed.id, by=people[who], at=AT)
                else:
                    act(feed.id, by=people[who], at=AT)
            else:
                with pytest.raises((NotFound, NotPermitted)):
                    act(feed.id, by=people[who], at=AT)
    left = set(db.session.scalars(db.select(FeedLink.kind).where(FeedLink.revoked_at.is_(None))))
    assert left == set(subjects) - MAY[who]


@pytest.mark.parametrize("busy", [False, True])
def test_renewing_ends_the_old_and_makes_the_same_anew(subjects, busy):
    act = make_busy_feed if busy else make_feed
    old, old_secret = act(K.DELEGATE, subjects[K.DELEGATE], by=OFFICER, at=AT)
    new, secret = renew_feed(old.id, by=OFFICER, at=AT)
    assert (new.kind, new.delegate_id, new.site_id) == (old.kind, subjects[K.DELEGATE], None)
    assert (feed_by_secret(old_secret).revoked_at, feed_by_secret(secret).revoked_at) == (AT, None)
    assert secret != old_secret
    acts = {(line.act, line.subject_id) for line in db.session.query(Journal).filter_by(subject="feed_link")}
    assert acts == {("make_feed", old.id), ("make_feed", new.id), ("renew_feed", old.id)}


def test_what_is_ended_is_not_renewed_and_ends_once(subjects):
    feed, _secret = make_feed(K.SITE, subjects[K.SITE], by=OFFICER, at=AT)
    revoke_feed(feed.id, by=OFFICER, at=AT)
    revoke_feed(feed.id, by=OFFICER, at=AT)
    with pytest.raises(NotFound):
        renew_feed(feed.id, by=OFFICER, at=AT)
    assert db.session.query(FeedLink).count() == 1
    assert db.session.query(Journal).filter_by(act="revoke_feed").count() == 1


def test_a_link_that_letters_tell_is_ended_and_renewed_like_any_other(subjects):
    derived = FeedLink(
        kind=K.DELEGATION, delegation_id=subjects[K.DELEGATION], digest="d", seed="s", made_at=AT
    )
    db.session.add(derived)
    db.session.commit()
    new, _secret = renew_feed(derived.id, by=OFFICER, at=AT)
    assert (new.seed, new.delegation_id) == ("", subjects[K.DELEGATION])
    revoke_feed(new.id, by=OFFICER, at=AT)
    assert db.session.query(FeedLink).filter(FeedLink.revoked_at.is_(None)).count() == 0


def test_the_journal_says_of_what_and_never_the_secret(subjects):
    _feed, secret = make_busy_feed(K.SITE, subjects[K.SITE], by=OFFICER, at=AT)
    (line,) = db.session.query(Journal).filter_by(act="make_feed")
    assert line.after == {"kind": "busy", "of": subjects[K.SITE], "times_of": "site"}
    assert secret not in str(line.after)


def test_a_feed_of_nothing_is_not_made(subjects):
    for kind in (K.SITE, K.DELEGATION, K.DELEGATE, K.RESOURCE):
        with pytest.raises(NotFound):
            make_feed(kind, 999, by=OFFICER, at=AT)
    with pytest.raises(NotFound):
        revoke_feed(999, by=OFFICER, at=AT)
