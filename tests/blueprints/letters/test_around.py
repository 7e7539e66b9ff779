"""What other pages say of letters: a visit's, a delegation's, Today, and the way there."""

from scheduler.actions.lifecycle import Told, act_upon
from scheduler.core.facts import OwnerAgreement
from scheduler.core.lifecycle import Act
from scheduler.post.delivery import Outcome
from tests import posting
from tests.cast import AT, OFFICER

AGREED = OwnerAgreement(by="Head of the control room", on=AT, channel="telephone")


def card(page, id_):
    [found] = page.all("section", id=id_)
    return found.text


def way_there(page):
    [found] = [e.text for e in page.all("a") if e.within("nav") and e.get("href") == "/letters"]
    return found


def test_a_visit_says_who_was_told_what_last(as_officer, app, visit, letters):
    posting.tried(Outcome.REFUSED, "550 no", of=["chairman@hanoi.example"])
    act_upon(visit.id, Act.CONFIRM, Told(agreement=AGREED), by=OFFICER, at=AT)
    posting.written(app)
    told = card(as_officer.get(f"/visits/{visit.id}"), "letters")
    assert told.startswith("Letters 6All letters")
    assert "Kim Minsu The site Waiting Change, Written Sun 22 Nov 2026 12:00" in told
    assert told.count("Chairman") == 1
    [way] = [e.get("href") for e in as_officer.page.all("a") if e.text == "All letters"]
    assert way == f"/letters?visit={visit.id}"
    assert "Only those about one visit." in as_officer.get(way)


def test_a_visit_of_which_nobody_was_told_says_so(as_officer, visit):
    assert "Nobody was written to so far." in card(as_officer.get(f"/visits/{visit.id}"), "letters")


def test_managers_see_no_letters_with_their_visits(as_manager, visit, letters):
    page = as_manager(visit.tour_session.tour.site).get(f"/visits/{visit.id}")
    assert page.all("section", id="letters") == []


def test_a_delegation_counts_its_letters(as_officer, hanoi, letters):
    path = f"/delegations/{hanoi.id}"
    assert card(as_officer.get(path), "letters") == "Letters 3All letters 3 wait to be posted"
    posting.tried(Outcome.REFUSED, "550 no", of=["chairman@hanoi.example"])
    assert card(as_officer.get(path), "letters") == "Letters 3All letters 1 did not arrive"
    assert f"/letters?delegation={hanoi.id}" in as_officer.page.html


def test_today_and_the_way_there_call_for_help(as_officer, as_head, as_manager, visit, letters):
    assert way_there(as_officer.get("/")) == "Letters"
    posting.tried(Outcome.REFUSED, "550 no", of=["chairman@hanoi.example", "desk@topis.example"])
    for somebody in (as_officer, as_head):
        page = somebody.get("/")
        assert "Letters that did not arrive 2" in card(page, "undelivered")
        assert way_there(page) == "Letters 22 need help"
    page = as_manager(visit.tour_session.tour.site).get("/")
    assert page.all("section", id="undelivered") == []


def test_who_reads_no_letters_asks_nothing_of_them(as_manager, visit, letters, counted):
    manager = as_manager(visit.tour_session.tour.site)
    with counted() as queries:
        manager.get("/sites")
    assert not [query for query in queries if "letter" in query.lower()]


def test_a_visit_called_off_before_anybody_heard_tells_nobody(as_officer, app, visit, letters):
    act_upon(visit.id, Act.CANCEL, Told(reason="Flight", on_behalf_of="the guests"), by=OFFICER, at=AT)
    posting.written(app)
    told = card(as_officer.get(f"/visits/{visit.id}"), "letters")
    assert told == "Letters 3All letters Nobody was written to so far."
