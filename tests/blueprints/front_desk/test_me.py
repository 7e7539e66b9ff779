"""One's own password, language and keys."""

import pytest

from scheduler.records.accounts import ApiToken
from scheduler.records.database import db
from tests.cast import PASSWORD
from tests.clients import Client

NEW = "another long password"


def test_a_new_password_opens_and_the_old_one_no_longer(app, as_officer):
    as_officer.get("/me")
    as_officer.submit("/me/password", {"old": PASSWORD, "new": NEW, "again": NEW})
    assert "Your password is changed." in as_officer.follow()
    Client(app).sign_in("officer@city.example", NEW)
    other = Client(app)
    other.get("/sign-in")
    other.post("/sign-in", {"email": "officer@city.example", "password": PASSWORD}, status=422)


def test_other_cookies_end_with_the_old_password(app, as_officer):
    elsewhere = Client(app).sign_in("officer@city.example")
    as_officer.get("/me")
    as_officer.submit("/me/password", {"old": PASSWORD, "new": NEW, "again": NEW})
    elsewhere.get("/", status=303)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"old": "wrong"}, "This is not your password."),
        ({"new": "short", "again": "short"}, "Too short: 12 characters at least."),
        ({"again": "something else"}, "The two new passwords differ."),
        ({"new": ""}, "This field is required."),
    ],
)
def test_a_password_that_will_not_do_is_told_so(as_officer, typed, words):
    as_officer.get("/me")
    told = {"old": PASSWORD, "new": NEW, "again": NEW} | typed
    assert words in as_officer.submit("/me/password", told, status=422)


def test_a_key_is_shown_once_and_opens_the_api_until_it_is_revoked(app, as_officer):
    as_officer.get("/me")
    page = as_officer.submit("/me/keys", {"label": "The evening report"}, status=201)
    key = page.all("input", id="new-key")[0].get("value")
    program, sent = Client(app), {"Authorization": f"Bearer {key}"}
    assert program.ask(program.browser.get, "/api/v1/sites", headers=sent).status_code == 200
    page = as_officer.get("/me")
    assert "The evening report" in page
    assert key not in page.html
    token = db.session.query(ApiToken).one()
    as_officer.submit(f"/me/keys/{token.id}/revoke")
    assert "The evening report" not in as_officer.follow()
    assert program.ask(program.browser.get, "/api/v1/sites", headers=sent).status_code == 401


def test_a_key_needs_a_name(as_officer):
    as_officer.get("/me")
    as_officer.submit("/me/keys", {"label": ""}, status=422)
    assert db.session.query(ApiToken).count() == 0


def test_other_peoples_keys_are_not_there(as_officer, as_head):
    as_head.get("/me")
    as_head.submit("/me/keys", {"label": "Mine"}, status=201)
    token = db.session.query(ApiToken).one()
    as_officer.get("/me")
    as_officer.post(f"/me/keys/{token.id}/revoke", status=404)


def test_the_language_is_remembered(as_officer):
    as_officer.get("/me")
    as_officer.submit("/me/language", {"language": "ko"})
    page = as_officer.follow()
    assert page.all("html")[0].get("lang") == "ko"


def test_a_language_nobody_writes_here_is_refused(as_officer):
    as_officer.get("/me")
    as_officer.submit("/me/language", {"language": "xx"}, status=422)
