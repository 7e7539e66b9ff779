"""Accounts and keys, in the hands of administrators."""

import pytest

from scheduler.access import Role
from scheduler.records.accounts import Account, ApiToken
from scheduler.records.database import db
from tests import make
from tests.blueprints import soon
from tests.cast import PASSWORD
from tests.clients import Client

NEW = {
    "email": "Manager@city.example",
    "name": "Manager of TOPIS",
    "roles": ["manager"],
    "password": "twelve letters at least",
}


@pytest.fixture
def topis(app):
    return soon.site("TOPIS", name="Control room")


@pytest.fixture
def colleague(app):
    return make.account("colleague@city.example", Role.OFFICER)


def as_it_is(account):
    return db.session.get_one(Account, account.id, populate_existing=True)


def test_the_list_says_who_may_do_what_and_where(as_administrator, topis, colleague):
    make.account("topis@city.example", Role.MANAGER, site_ids=(topis.id,))
    page = as_administrator.get("/accounts")
    rows = [row.text for row in page.all("tr")[1:]]
    assert rows == [
        "administrator@city.example administrator@city.example Administrator – 0 yes",
        "colleague@city.example colleague@city.example Protocol officer – 0 yes",
        "topis@city.example topis@city.example Site manager TOPIS 0 yes",
    ]


def test_an_account_is_opened_and_its_owner_signs_in(app, as_administrator, topis):
    as_administrator.get("/accounts/new")
    as_administrator.submit("/accounts/new", NEW | {"site_ids": [str(topis.id)]})
    assert "The account of manager@city.example is open." in as_administrator.follow()
    made = db.session.query(Account).filter_by(email="manager@city.example").one()
    assert (made.roles, [site.code for site in made.sites]) == ({"manager"}, ["TOPIS"])
    Client(app).sign_in("manager@city.example", "twelve letters at least").get("/sites/TOPIS")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"email": "colleague@city.example"}, "colleague@city.example already has an account."),
        ({"email": "nobody"}, "E-mail: Give one e-mail address"),
        ({"email": "a@b.example\nBcc: c@d.example"}, "Write this on one line"),
        ({"name": ""}, "Name: This field is required."),
        ({"roles": []}, "Roles: This field is required."),
        ({"roles": ["king"]}, "king"),
        ({"site_ids": ["999"]}, "Sites they answer for"),
        ({"site_ids": ["first"]}, "Sites they answer for"),
        ({"password": "short"}, "Too short: 12 characters at least."),
        ({"password": ""}, "First password: This field is required."),
    ],
)
def test_an_account_with_a_fault_is_not_opened(as_administrator, topis, colleague, told, words):
    as_administrator.get("/accounts/new")
    page = as_administrator.submit("/accounts/new", NEW | told, status=422)
    assert words in page
    assert page.values_of("/accounts/new")["name"] == (NEW | told)["name"]
    assert NEW["password"] not in page.html
    assert db.session.query(Account).count() == 2


def test_sites_are_for_site_managers(as_administrator, topis):
    as_administrator.get("/accounts/new")
    told = NEW | {"roles": ["officer"], "site_ids": [str(topis.id)]}
    assert "Only site managers answer for sites" in as_administrator.submit("/accounts/new", told, status=422)


def test_roles_and_sites_are_changed(as_administrator, topis, colleague):
    as_administrator.get(f"/accounts/{colleague.id}")
    told = {"name": "Colleague", "roles": ["manager", "head"], "site_ids": [str(topis.id)]}
    as_administrator.submit(f"/accounts/{colleague.id}", told)
    changed = as_it_is(colleague)
    assert (changed.name, changed.roles) == ("Colleague", {"manager", "head"})
    assert [site.code for site in changed.sites] == ["TOPIS"]


def test_a_closed_account_signs_in_no_more_and_is_out_at_once(app, as_administrator, colleague):
    theirs = Client(app).sign_in("colleague@city.example")
    as_administrator.get(f"/accounts/{colleague.id}")
    as_administrator.submit(f"/accounts/{colleague.id}", {"is_active": []})
    theirs.get("/week", status=303)
    stranger = Client(app)
    stranger.get("/sign-in")
    stranger.post("/sign-in", {"email": "colleague@city.example", "password": PASSWORD}, status=422)


def test_nobody_takes_their_own_administration_away(as_administrator):
    me = db.session.query(Account).one()
    as_administrator.get(f"/accounts/{me.id}")
    page = as_administrator.submit(f"/accounts/{me.id}", {"roles": ["officer"]}, status=422)
    assert "You cannot take your own administration away." in page
    as_administrator.submit(f"/accounts/{me.id}", {"roles": ["administrator"], "is_active": []}, status=422)
    assert as_it_is(me).is_active


def test_a_new_password_ends_the_old_one(app, as_administrator, colleague):
    theirs = Client(app).sign_in("colleague@city.example")
    as_administrator.get(f"/accounts/{colleague.id}")
    as_administrator.submit(f"/accounts/{colleague.id}/password", {"password": "another long password"})
    theirs.get("/week", status=303)
    Client(app).sign_in("colleague@city.example", "another long password").get("/week")


@pytest.mark.parametrize("password", ["", "short", "x" * 1001])
def test_a_password_too_short_or_too_long_is_refused(app, as_administrator, colleague, password):
    as_administrator.get(f"/accounts/{colleague.id}")
    as_administrator.submit(f"/accounts/{colleague.id}/password", {"password": password}, status=422)
    Client(app).sign_in("colleague@city.example").get("/week")


def test_a_key_is_shown_once_and_opens_nothing_when_revoked(app, as_administrator, colleague):
    as_administrator.get(f"/accounts/{colleague.id}")
    made = as_administrator.submit(f"/accounts/{colleague.id}/keys", {"label": "Board"}, status=201)
    key = made.all("input", id="new-key")[0].get("value")
    assert key not in as_administrator.get(f"/accounts/{colleague.id}").html
    kept = db.session.query(ApiToken).one()
    as_administrator.submit(f"/accounts/keys/{kept.id}/revoke")
    assert "The key is revoked" in as_administrator.follow()
    assert db.session.get_one(ApiToken, kept.id, populate_existing=True).revoked_at is not None


def test_a_key_needs_a_name_of_one_line(as_administrator, colleague):
    as_administrator.get(f"/accounts/{colleague.id}")
    for label in ("", "a\nb", "x" * 201):
        as_administrator.submit(f"/accounts/{colleague.id}/keys", {"label": label}, status=422)
    assert db.session.query(ApiToken).count() == 0


def test_a_closed_account_gets_no_key(as_administrator, colleague):
    as_administrator.get(f"/accounts/{colleague.id}")
    as_administrator.submit(f"/accounts/{colleague.id}", {"is_active": []})
    as_administrator.get(f"/accounts/{colleague.id}")
    as_administrator.submit(f"/accounts/{colleague.id}/keys", {"label": "Board"}, status=404)


def test_accounts_are_for_administrators(as_officer, as_manager, topis, colleague):
    as_officer.get("/accounts", status=403)
    as_officer.post(f"/accounts/{colleague.id}/password", {"password": "another long password"}, status=403)
    as_manager(topis).get(f"/accounts/{colleague.id}", status=403)


@pytest.mark.parametrize("number", ["0", "9" * 30, "me"])
def test_an_account_that_is_none_is_not_found(as_administrator, number):
    as_administrator.get(f"/accounts/{number}", status=404)
