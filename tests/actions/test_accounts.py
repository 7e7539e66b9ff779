"""Accounts, signing in, keys to the API, secret addresses of calendars."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduler.access import SYSTEM, Actor, NotPermitted, Role
from scheduler.actions.accounts import (
    change_account,
    change_own_password,
    choose_language,
    create_account,
)
from scheduler.actions.feeds import feed_by_secret, make_feed, revoke_feed
from scheduler.actions.invalid import Invalid
from scheduler.actions.sign_in import TooManyFailures, WrongSignIn, sign_in
from scheduler.actions.tokens import TOKEN_PREFIX, create_token, digest_of, revoke_token
from scheduler.records.absence import NotFound
from scheduler.records.account_lookup import known_by_id, known_by_token
from scheduler.records.accounts import ApiToken, SignInFailure
from scheduler.records.database import db
from scheduler.records.feeds import FeedKind, FeedLink
from tests import make
from tests.actions.seen import how_many, journal
from tests.cast import ADMINISTRATOR, AT, HEAD, OFFICER, PASSWORD, manager_of
from tests.engines import on_sqlite

pytestmark = [on_sqlite, pytest.mark.usefixtures("app")]


def opened(email="new@tests.example", *, by=ADMINISTRATOR, **told):
    given = {"roles": {Role.OFFICER}, "password": PASSWORD} | told
    return create_account(email, "New", **given, by=by, at=AT)


def actor_of(account):
    return known_by_id(account.id).actor


# Accounts ---------------------------------------------------------------------------------------------------


def test_an_account_is_opened_with_a_lower_case_address_and_no_readable_password():
    site = make.site()
    account = opened(" New@Tests.Example ", roles={Role.MANAGER}, site_ids=[site.id])
    assert (account.email, account.roles, [s.id for s in account.sites]) == (
        "new@tests.example",
        {"manager"},
        [site.id],
    )
    assert PASSWORD not in account.password_hash
    (line,) = journal("create_account")
    assert line.after == {"email": "new@tests.example", "roles": ["manager"]}


@pytest.mark.parametrize(
    ("told", "field"),
    [({"password": "short"}, "password"), ({"roles": set()}, "roles"), ({"site_ids": [999]}, "site_ids")],
)
def test_an_account_that_cannot_be_meant_is_refused_by_field(told, field):
    with pytest.raises(Invalid) as caught:
        opened(**told)
    assert caught.value.field == field


def test_an_address_has_one_account():
    opened()
    with pytest.raises(Invalid, match="taken"):
        opened("NEW@tests.example")


@pytest.mark.parametrize("who", ["officer", "head", "manager"])
def test_only_administrators_write_accounts(who):
    by = actor_of(make.account(f"{who}@tests.example", Role(who)))
    with pytest.raises(NotPermitted):
        opened(by=by)
    with pytest.raises(NotPermitted):
        change_account(1, is_active=False, by=by, at=AT)


def test_nobody_takes_their_own_administration_away():
    account = make.account("admin@tests.example", Role.ADMINISTRATOR)
    for change in ({"is_active": False}, {"roles": {Role.OFFICER}}):
        with pytest.raises(Invalid, match="own_administration"):
            change_account(account.id, **change, by=actor_of(account), at=AT)


def test_an_account_that_is_closed_is_nobody_any_more():
    account = opened()
    change_account(account.id, is_active=False, by=ADMINISTRATOR, at=AT)
    assert known_by_id(account.id) is None
    assert journal("change_account")[0].after["is_active"] is False


def test_a_manager_is_known_with_their_sites():
    sites = [make.site(code) for code in ("TOPIS", "SEOC")]
    account = opened(roles={Role.MANAGER}, site_ids=[site.id for site in sites])
    assert actor_of(account).site_ids == {site.id for site in sites}


def test_ones_own_password_is_changed_by_who_knows_it():
    account = opened()
    by = actor_of(account)
    with pytest.raises(WrongSignIn):
        change_own_password("not this one", "another long password", by=by, at=AT)
    before = known_by_id(account.id).password_key
    change_own_password(PASSWORD, "another long password", by=by, at=AT)
    assert signed_in("another long password").id == account.id
    assert known_by_id(account.id).password_key != before
    assert journal("change_password")[0].after is None


def test_a_language_is_remembered():
    account = opened()
    choose_language("ko", by=actor_of(account), at=AT)
    assert known_by_id(account.id).language == "ko"


# Signing in -------------------------------------------------------------------------------------------------


def signed_in(password=PASSWORD, *, email="new@tests.example", address="192.0.2.1", at=AT):
    return sign_in(email, password, address=address, failures=3, within=timedelta(minutes=15), at=at)


def test_the_right_password_opens_and_the_wrong_one_does_not():
    account = opened()
    assert signed_in(email=" NEW@tests.example").id == account.id
    with pytest.raises(WrongSignIn):
        signed_in("wrong")
    with pytest.raises(WrongSignIn):
        signed_in(email="nobody@tests.example")


def test_after_too_many_failures_even_the_right_password_waits():
    opened()
    for _ in range(3):
        with pytest.raises(WrongSignIn):
            signed_in("wrong")
    with pytest.raises(TooManyFailures) as caught:
        signed_in()
    assert caught.value.again_at == AT + timedelta(minutes=15)
    assert signed_in(at=AT + timedelta(minutes=15)).email == "new@tests.example"
    assert how_many(SignInFailure) == 3


def test_guessing_from_one_address_is_slowed_over_all_accounts():
    opened()
    db.session.add_all(
        SignInFailure(email=f"guess{n}@tests.example", address="192.0.2.1", failed_at=AT) for n in range(30)
    )
    db.session.commit()
    with pytest.raises(TooManyFailures):
        signed_in()
    assert signed_in(address="192.0.2.2").email == "new@tests.example"


def test_an_account_without_a_password_opens_to_nobody():
    opened(password=None)
    with pytest.raises(WrongSignIn):
        signed_in("")


# Keys and secret addresses ----------------------------------------------------------------------------------


def test_a_key_is_shown_once_known_by_its_digest_and_ends_when_revoked():
    account = opened()
    token = create_token(account.email, "phone", by=SYSTEM, at=AT)
    assert token.startswith(TOKEN_PREFIX)
    kept = db.session.scalars(select(ApiToken)).one()
    assert (kept.digest, token in str(vars(kept))) == (digest_of(token), False)
    assert known_by_token(digest_of(token)).actor.email == account.email
    revoke_token(kept.id, by=actor_of(account), at=AT)
    assert known_by_token(digest_of(token)) is None


def test_keys_of_others_are_not_there_except_for_administrators():
    owner, stranger = opened(), opened("stranger@tests.example")
    create_token(owner.email, "phone", by=SYSTEM, at=AT)
    (kept,) = db.session.scalars(select(ApiToken)).all()
    with pytest.raises(NotPermitted):
        create_token(owner.email, "mine", by=actor_of(stranger), at=AT)
    with pytest.raises(NotFound):
        revoke_token(kept.id, by=actor_of(stranger), at=AT)
    revoke_token(kept.id, by=ADMINISTRATOR, at=AT)
    assert kept.revoked_at == AT


def test_nobody_without_an_account_gets_a_key():
    with pytest.raises(NotFound):
        create_token("nobody@tests.example", "", by=SYSTEM, at=AT)


def test_a_feed_is_found_by_its_secret_of_which_only_the_digest_is_kept():
    site = make.site()
    feed, secret = make_feed(FeedKind.SITE, site.id, by=manager_of(site.id), at=AT)
    assert feed_by_secret(secret).id == feed.id
    assert secret not in str(vars(db.session.scalars(select(FeedLink)).one()))
    revoke_feed(feed.id, by=OFFICER, at=AT)
    assert feed_by_secret(secret).revoked_at == AT
    with pytest.raises(NotFound):
        feed_by_secret("guess")


@pytest.mark.parametrize(
    ("by", "error"),
    [(manager_of(999), NotFound), (HEAD, NotPermitted), (ADMINISTRATOR, NotPermitted)],
)
def test_feeds_are_made_by_officers_and_by_managers_of_their_own_sites(by, error):
    site = make.site()
    with pytest.raises(error):
        make_feed(FeedKind.SITE, site.id, by=by, at=AT)


def test_a_manager_has_no_feed_of_a_delegation_and_revokes_no_strangers_feed():
    site, delegation = make.site(), make.delegation()
    manager: Actor = manager_of(site.id)
    with pytest.raises(NotFound):
        make_feed(FeedKind.DELEGATION, delegation.id, by=manager, at=AT)
    feed, _ = make_feed(FeedKind.DELEGATION, delegation.id, by=OFFICER, at=AT)
    with pytest.raises(NotFound):
        revoke_feed(feed.id, by=manager, at=AT)
    with pytest.raises(NotFound):
        make_feed(FeedKind.DELEGATION, 999, by=OFFICER, at=AT)
