"""`?lang=` on any page answers in that language at once; a redirect carries it along; it is remembered."""

import pytest

DIRECTIONS = {"en": "ltr", "ko": "ltr", "zh": "ltr", "ja": "ltr", "ar": "rtl"}


@pytest.mark.parametrize("language", sorted(DIRECTIONS))
def test_a_page_before_sign_in_answers_in_the_language_asked_for(as_stranger, language):
    (html,) = as_stranger.get("/sign-in", lang=language).all("html")
    assert (html.get("lang"), html.get("dir")) == (language, DIRECTIONS[language])


def test_a_redirect_carries_the_language_along(app):
    answer = app.test_client().get("/delegations?lang=ar&q=a%20b")
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in?next=")
    assert answer.location.endswith("&lang=ar")


def test_who_chooses_another_language_on_the_way_in_keeps_it(app):
    answer = app.test_client().get("/delegations?lang=ar&q=a%20b")
    assert answer.location == "/sign-in?next=%2Fdelegations%3Fq%3Da%2Bb&lang=ar"


def test_a_language_is_remembered(app):
    guest = app.test_client()
    guest.get("/sign-in?lang=ja")
    assert '<html lang="ja" dir="ltr">' in guest.get("/sign-in").text


def test_a_language_that_nobody_speaks_here_is_passed_over(app):
    guest = app.test_client()
    answer = guest.get("/sign-in?lang=xx")
    assert '<html lang="en" dir="ltr">' in answer.text
    assert "Set-Cookie" not in answer.headers or "lang=" not in answer.headers["Set-Cookie"]
