"""The programme as guests print it from their own page."""

import pytest

from scheduler.actions.attendance import attend_engagement
from scheduler.actions.feeds import make_feed
from scheduler.actions.members import add_delegate
from scheduler.actions.programmes import publish
from scheduler.records.database import db
from scheduler.records.feeds import FeedKind
from tests.blueprints.papers.conftest import pages_of
from tests.cast import AT, OFFICER, SEOUL


@pytest.fixture
def secret(hanoi):
    return make_feed(FeedKind.DELEGATION, hanoi.id, by=OFFICER, at=AT)[1]


def test_before_anything_is_published_a_page_says_so(as_stranger, hanoi, visit, secret):
    page = as_stranger.get(f"/guests/{secret}/programme.pdf", status=409)
    assert "There is no programme to print yet" in page
    assert page.all("a", href=f"/guests/{secret}")
    assert not as_stranger.get(f"/guests/{secret}").all("a", href=f"/guests/{secret}/programme.pdf")


def test_their_page_leads_to_the_paper_in_their_language(as_stranger, hanoi, lunch, secret):
    publish(hanoi.id, zone=SEOUL, by=OFFICER, at=AT)
    page = as_stranger.get(f"/guests/{secret}")
    assert page.all("a", href=f"/guests/{secret}/programme.pdf?with=ko")
    as_stranger.get(f"/guests/{secret}/programme.pdf")
    cover, day = pages_of(as_stranger.answer)
    assert "show this code at the gate" in cover
    assert "How traffic is steered" in day
    assert as_stranger.answer.headers["Cache-Control"] == "private, no-store"
    as_stranger.get(f"/guests/{secret}/programme.pdf?with=ko&lang=ko")
    assert "교통 관제" in pages_of(as_stranger.answer)[1]


def test_in_their_own_language_guests_come_first_by_their_own_name(as_officer, lunch, hanoi):
    hanoi.name_native, hanoi.languages = "北京首尔混合委员会环境组", {"zh"}
    db.session.commit()
    add_delegate(hanoi.id, {"print_as": "An"}, by=OFFICER, at=AT)
    for paper, language, leads in (
        ("programme", "zh", True),
        ("programme", "en", False),
        ("badges", "", True),
    ):
        as_officer.get(
            f"/delegations/{hanoi.id}/papers/{paper}.pdf", **({"lang": language} if language else {})
        )
        cover = pages_of(as_officer.answer)[0]
        assert (cover.index(hanoi.name_native) < cover.index("Hanoi planning office")) is leads


def test_a_single_delegate_prints_their_own_stops_alone(as_stranger, hanoi, lunch):
    an, binh = (add_delegate(hanoi.id, {"print_as": name}, by=OFFICER, at=AT) for name in ("An", "Binh"))
    attend_engagement(lunch.id, [an.id], by=OFFICER, at=AT)
    publish(hanoi.id, zone=SEOUL, by=OFFICER, at=AT)
    for delegate, reads_of_lunch in ((an, True), (binh, False)):
        secret = make_feed(FeedKind.DELEGATE, delegate.id, by=OFFICER, at=AT)[1]
        as_stranger.get(f"/guests/{secret}/programme.pdf")
        day = pages_of(as_stranger.answer)[1]
        assert "How traffic is steered" in day
        assert ("Lunch" in day) is reads_of_lunch


def test_a_secret_that_opens_nothing_opens_no_paper(as_stranger):
    as_stranger.get("/guests/nothing/programme.pdf", status=404)
