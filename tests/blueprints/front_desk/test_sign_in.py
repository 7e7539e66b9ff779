"""Signing in and out."""

import pytest

from scheduler.records.database import db
from tests import make
from tests.cast import PASSWORD
from tests.clients import Client


def test_who_has_not_signed_in_is_led_to_sign_in_and_then_where_they_wanted(as_stranger):
    make.account("officer@city.example")
    as_stranger.get("/delegations?q=Hanoi", status=303)
    as_stranger.follow()
    as_stranger.submit("/sign-in", {"email": "officer@city.example", "password": PASSWORD})
    assert as_stranger.answer.headers["Location"] == "/delegations?q=Hanoi"


def test_the_address_may_be_typed_in_capitals_and_with_spaces(as_stranger):
    make.account("officer@city.example")
    as_stranger.get("/sign-in")
    as_stranger.submit("/sign-in", {"email": " Officer@City.example ", "password": PASSWORD})
    assert as_stranger.answer.headers["Location"] == "/"


@pytest.mark.parametrize("email", ["officer@city.example", "nobody@city.example"])
def test_a_wrong_password_and_an_unknown_address_are_told_the_same(as_stranger, email):
    make.account("officer@city.example")
    as_stranger.get("/sign-in")
    page = as_stranger.submit("/sign-in", {"email": email, "password": "wrong"}, status=422)
    assert "No account takes this e-mail and password together." in page
    assert page.all("input", name="email")[0].get("value") == email
    assert page.all("input", name="password")[0].get("value") == ""


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "x",
    ],
)
def test_nobody_is_sent_to_another_site_after_signing_in(as_stranger, elsewhere):
    make.account("officer@city.example")
    as_stranger.get("/sign-in", next=elsewhere)
    as_stranger.submit("/sign-in", {"email": "officer@city.example", "password": PASSWORD})
    assert as_stranger.answer.headers["Location"] == "/"


def test_after_too_many_failures_even_the_right_password_waits(app, as_stranger):
    make.account("officer@city.example")
    as_stranger.get("/sign-in")
    for _ in range(app.config["SIGN_IN_FAILURES"]):
        as_stranger.submit("/sign-in", {"email": "officer@city.example", "password": "no"}, status=422)
    page = as_stranger.submit("/sign-in", {"email": "officer@city.example", "password": PASSWORD}, status=429)
    assert "Too many sign-ins failed of late. Wait until 12:15, then try again." in page


def test_an_account_that_was_closed_opens_nothing(as_stranger):
    make.account("officer@city.example").is_active = False
    db.session.commit()
    as_stranger.get("/sign-in")
    as_stranger.submit("/sign-in", {"email": "officer@city.example", "password": PASSWORD}, status=422)


@pytest.mark.parametrize("typed", ["", "a\x00b@city.example", "a" * 10_000])
def test_an_address_of_no_shape_is_told_so(as_stranger, typed):
    as_stranger.get("/sign-in")
    as_stranger.submit("/sign-in", {"email": typed, "password": "x"}, status=422)


def test_a_form_without_its_token_is_refused(app, as_stranger):
    app.config["WTF_CSRF_ENABLED"] = True
    as_stranger.get("/sign-in")
    page = as_stranger.post(
        "/sign-in", {"csrf_token": "", "email": "a@b.example", "password": "x"}, status=400
    )
    assert "This form is no longer valid." in page


def test_signing_out_closes_the_door_again(as_officer):
    as_officer.get("/")
    as_officer.submit("/sign-out")
    as_officer.get("/", status=303)
    assert as_officer.answer.headers["Location"] == "/sign-in?next=/"


def test_signing_out_is_no_link_that_a_picture_could_follow(as_officer):
    as_officer.get("/sign-out", status=405)


def test_the_demo_shows_its_accounts_and_one_click_signs_in(as_stranger):
    account = make.account("officer@demo.example", password="seoul-demo-2026")
    account.is_demo = True
    db.session.commit()
    page = as_stranger.get("/sign-in")
    assert "officer@demo.example" in page
    assert "seoul-demo-2026" in page
    assert len(page.all("input", name="email", value="officer@demo.example")) == 1
    as_stranger.post("/sign-in", {"email": "officer@demo.example", "password": "seoul-demo-2026"})
    assert "Demo city" in as_stranger.follow()


def test_a_city_of_its_own_shows_no_accounts(as_stranger):
    make.account("officer@city.example")
    assert "officer@city.example" not in as_stranger.get("/sign-in")


def test_the_demo_accounts_are_believed_on_this_machine_alone(app):
    account = make.account("officer@demo.example", password="seoul-demo-2026")
    account.is_demo = True
    db.session.commit()
    client = Client(app)
    client.browser.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    client.get("/sign-in")
    client.submit("/sign-in", {"email": "officer@demo.example", "password": "seoul-demo-2026"}, status=422)


def test_only_an_opened_page_renews_the_sign_in(as_officer):
    for mode, is_renewed in (("navigate", True), ("cors", False), ("same-origin", False)):
        answer = as_officer.ask(as_officer.browser.get, "/sites", headers={"Sec-Fetch-Mode": mode})
        assert bool(answer.headers.getlist("Set-Cookie")) is is_renewed
