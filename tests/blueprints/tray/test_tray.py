"""The tray: other times with the rules' answer, mails with the reason why they wait, and what is done."""

import pytest
from sqlalchemy import select

from scheduler.access import SYSTEM
from scheduler.actions.lifecycle import act_upon
from scheduler.actions.proposals import Proposed, propose
from scheduler.core.lifecycle import Act
from scheduler.core.spans import Span
from scheduler.records.database import db
from scheduler.records.letters import Letter
from scheduler.records.mails import AddressAlias, Mail
from scheduler.records.replies import Proposal, ReplyChannel
from scheduler.records.visits import Visit
from tests import make
from tests.cast import AT, OFFICER
from tests.post.answering import DESK, STARTS_AT, answers, reply_mail, taken, the_visit
from tests.post.mails import BAT, a_mail, a_reply, mail_named

HOME = "bat@home.example"


@pytest.fixture
def visit(app):
    return the_visit()


@pytest.fixture
def counter(visit):
    """Lina asks for the afternoon, when there is a session."""
    taken(mail_named("exchange-counter"))
    return db.session.scalars(select(Proposal)).one()


@pytest.fixture
def from_home(visit):
    return taken(reply_mail(a_reply(attendee=HOME), sender=HOME))


def asks(visit, hour, **told):
    span = Span(STARTS_AT.replace(hour=hour), STARTS_AT.replace(hour=hour + 1))
    given = {"sequence": 2, "channel": ReplyChannel.PAGE, "name": "Bat-Erdene", "span": span}
    return propose(visit, Proposed(**(given | told)), by=SYSTEM, at=AT)


def now(visit):
    return db.session.get_one(Visit, visit.id, populate_existing=True)


def test_an_empty_tray_says_so(as_officer):
    assert "The tray is empty" in as_officer.get("/tray")


def test_only_the_office_sees_the_tray(as_stranger, as_manager, as_administrator, counter):
    as_stranger.get("/tray", status=303)
    manager = as_manager(counter_site(counter))
    for somebody in (manager, as_administrator):
        somebody.get("/tray", status=403)
        somebody.get(f"/tray/proposals/{counter.id}", status=403)
        somebody.get("/tray/mails/1/raw", status=403)
        assert "Tray" not in somebody.get("/")


def counter_site(proposal):
    return db.session.get_one(Visit, proposal.visit_id).tour_session.tour.site


def test_another_time_that_works_is_accepted_with_one_click(as_officer, visit, counter):
    page = as_officer.get("/tray")
    assert "Lina Haddad" in page
    assert "could it be the afternoon?" in page
    assert "The rules say yes." in page
    as_officer.submit(f"/tray/proposals/{counter.id}/accept")
    assert now(visit).starts_at == STARTS_AT.replace(hour=14)
    assert "The tray is empty" in as_officer.follow()


def test_a_refusal_is_told_with_the_sessions_that_would_do(as_head, visit):
    proposal = asks(visit, 15)
    assert "tour starts at Tue 1 Dec 2026 15:00" in as_head.get("/tray")
    page = as_head.get(f"/tray/proposals/{proposal.id}")
    assert "What would work" in page
    assert not [form for form in page.all("form") if form.get("id") == "accept"]
    as_head.submit(f"/tray/proposals/{proposal.id}/accept")
    assert (now(visit).starts_at, db.session.get_one(Proposal, proposal.id).state) == (
        STARTS_AT.replace(hour=14),
        "accepted",
    )


def test_points_are_confirmed_with_a_reason(as_officer, visit):
    for hour in (10, 12, 13):
        tour = make.tour(make.site(f"S{hour}"), minutes=30)
        make.visit(visit.delegation, make.tour_session(tour, STARTS_AT.replace(day=2, hour=hour)), 2)
    span = Span(STARTS_AT.replace(day=2, hour=15), STARTS_AT.replace(day=2, hour=16))
    make.tour_session(visit.tour_session.tour, span.starts_at)
    proposal = asks(visit, 15, span=span)
    path = f"/tray/proposals/{proposal.id}/accept"
    assert "to confirm" in as_officer.get("/tray")
    as_officer.get(f"/tray/proposals/{proposal.id}")
    assert "A full day" in as_officer.post(path, status=409)
    assert "Give a reason" in as_officer.post(path, {"acknowledge": "fourth_stop_that_day"}, status=422)
    told = {"acknowledge": "fourth_stop_that_day", "acknowledge_reason": "They asked for it"}
    as_officer.post(path, told)
    assert now(visit).starts_at == span.starts_at


def test_declining_keeps_the_words_for_the_guest(as_officer, visit, counter):
    as_officer.get(f"/tray/proposals/{counter.id}")
    as_officer.submit(f"/tray/proposals/{counter.id}/decline", {"reason": "The hall is taken."})
    page = as_officer.get(f"/tray/proposals/{counter.id}")
    assert "The hall is taken." in page
    assert now(visit).starts_at == STARTS_AT


def test_whoever_comes_second_is_told_so(as_officer, visit, counter):
    as_officer.get("/tray")
    act_upon(visit.id, Act.CANCEL, by=OFFICER, at=AT)
    for act in ("accept", "decline"):
        as_officer.post(f"/tray/proposals/{counter.id}/{act}")
        assert "moved or called off meanwhile" in as_officer.follow()


def test_a_wish_in_words_is_shown_without_a_verdict(as_officer, visit):
    proposal = asks(visit, 15, span=None, comment="<b>After</b> lunch, please")
    assert "After</b>" not in as_officer.get("/tray").text.replace("<b>After</b>", "")
    page = as_officer.get(f"/tray/proposals/{proposal.id}")
    assert "something in words" in page
    as_officer.submit(f"/tray/proposals/{proposal.id}/accept", {"answer": "Yes"})
    assert db.session.get_one(Proposal, proposal.id).answer == "Yes"


def test_a_mail_that_waits_says_why_and_is_counted(as_officer, visit, from_home):
    assert "was not invited by this address" in as_officer.get("/tray")
    page = as_officer.get(f"/tray/mails/{from_home.id}")
    assert HOME in page
    told = {"as_address": BAT, "remember": "y"}
    as_officer.submit(f"/tray/mails/{from_home.id}/count", told)
    assert answers() == {BAT: "ACCEPTED"}
    assert db.session.scalars(select(AddressAlias.alias)).all() == [HOME]
    assert "It was them" in as_officer.get(f"/tray/mails/{from_home.id}")


def test_who_it_is_must_be_said(as_officer, from_home):
    as_officer.get(f"/tray/mails/{from_home.id}")
    as_officer.submit(f"/tray/mails/{from_home.id}/count", status=422)
    as_officer.submit(f"/tray/mails/{from_home.id}/count", {"as_address": "x@y.example"}, status=422)
    assert answers() == {}


def test_somebody_new_is_named_and_counted(as_officer, visit):
    mail = taken(reply_mail(a_reply(attendee="tuya@town.example"), sender="tuya@town.example"))
    as_officer.get(f"/tray/mails/{mail.id}")
    as_officer.submit(f"/tray/mails/{mail.id}/name", {"name": "Tuya"})
    assert answers() == {"tuya@town.example": "ACCEPTED"}


def test_somebody_unknown_is_refused_by_a_letter(as_officer, visit):
    mail = taken(reply_mail(a_reply(attendee="x@party.example"), sender="x@party.example"))
    as_officer.get(f"/tray/mails/{mail.id}")
    as_officer.submit(f"/tray/mails/{mail.id}/refuse")
    assert "not expected" in as_officer.follow()
    assert db.session.scalars(select(Letter.address)).all() == ["x@party.example"]
    as_officer.post(f"/tray/mails/{mail.id}/refuse")
    assert "Somebody has seen to this mail already" in as_officer.follow()


def test_what_cannot_be_refused_says_why(as_officer, visit):
    mail = taken(mail_named("in-words"))
    as_officer.get(f"/tray/mails/{mail.id}")
    as_officer.post(f"/tray/mails/{mail.id}/refuse")
    assert "only words" in as_officer.follow()


def test_words_are_read_and_laid_aside(as_officer, visit):
    mail = taken(mail_named("in-words"))
    as_officer.get("/tray")
    as_officer.get(f"/tray/mails/{mail.id}")
    as_officer.submit(f"/tray/mails/{mail.id}/aside")
    assert "The tray is empty" in as_officer.follow()
    assert "Settled" in as_officer.get("/tray/mails", state="settled")


@pytest.mark.parametrize("state", ["", "waiting", "applied", "noted", "settled"])
def test_all_mails_are_listed_by_how_they_stand(as_officer, visit, state):
    for name in ("in-words", "out-of-office", "apple-decline"):
        taken(mail_named(name))
    as_officer.get("/tray/mails", state=state)


def test_a_mail_is_shown_as_plain_text_and_never_as_a_page(as_officer, visit):
    html = b"<script>alert(1)</script><p>Hello</p>"
    raw = a_mail("From: x@y.example", "Subject: <img src=x>", "Content-Type: text/html", body=html)
    mail = taken(raw)
    page = as_officer.get(f"/tray/mails/{mail.id}")
    assert "Hello" in page
    as_officer.get(f"/tray/mails/{mail.id}/raw")
    answer = as_officer.answer
    assert (answer.content_type, answer.data) == ("text/plain; charset=utf-8", raw)
    assert (
        answer.headers["X-Content-Type-Options"],
        "sandbox" in answer.headers["Content-Security-Policy"],
    ) == (
        "nosniff",
        True,
    )
    as_officer.get(f"/tray/mails/{mail.id}.eml")
    assert as_officer.answer.headers["Content-Disposition"] == f'attachment; filename="mail-{mail.id}.eml"'
    assert as_officer.answer.data == raw


@pytest.mark.parametrize(
    "raw", [b"", b"\x00\xff\xfe", b"Subject: \xff\r\n\r\n\x01\x02", b"From: <\r\n\r\n" + b"x" * 50_000]
)
def test_odd_mails_have_a_page(as_officer, raw):
    mail = taken(raw)
    as_officer.get("/tray")
    as_officer.get(f"/tray/mails/{mail.id}")
    as_officer.get(f"/tray/mails/{mail.id}/raw")


@pytest.mark.parametrize(
    "told",
    [
        {"tour_session_id": "x"},
        {"tour_session_id": "99999999999"},
        {"tour_session_id": "999"},
        {"starts_at": "tomorrow", "tour_code": "TOPIS-T"},
        {"starts_at": "0001-01-01T00:00:00+09:00", "tour_code": "TOPIS-T"},
        {"tour_code": "NOWHERE", "starts_at": "2026-12-01T14:00:00+09:00"},
        {"acknowledge": "everything", "acknowledge_reason": "x"},
        {"acknowledge": ["a", "\x00"], "acknowledge_reason": "x" * 600},
        {"answer": "x" * 3_000},
        {"answer": "\x00"},
    ],
)
def test_odd_forms_are_answered_without_a_fault_of_ours(as_officer, visit, counter, told):
    as_officer.get(f"/tray/proposals/{counter.id}")
    answer = as_officer.ask(
        as_officer.browser.post,
        f"/tray/proposals/{counter.id}/accept",
        data={"csrf_token": as_officer.page.token} | told,
    )
    assert answer.status_code in (404, 409, 422)
    assert now(visit).starts_at == STARTS_AT


@pytest.mark.parametrize(
    "path", ["/tray/proposals/99", "/tray/mails/99", "/tray/mails/99/raw", "/tray/mails/99.eml"]
)
def test_what_is_not_there_is_not_found(as_officer, path):
    as_officer.get(path, status=404)


def test_lists_take_odd_questions(as_officer, app):
    as_officer.get("/tray/mails", state="lost", status=422)
    as_officer.get("/tray/mails", page="-1", status=422)
    assert "No mails" in as_officer.get("/tray/mails", page="5")


def test_today_calls_attention_to_the_tray_and_to_heads_who_cannot_come(as_officer, visit, from_home):
    taken(reply_mail(a_reply(partstat="DECLINED", more="COMMENT:The mayor is ill\r\n"), number=2))
    page = as_officer.get("/")
    assert "The head of a delegation cannot come" in page
    assert "The mayor is ill" in page
    assert "In the tray" in page
    assert db.session.query(Mail).count() == 2


def test_the_tray_asks_as_little_for_many_mails_as_for_few(as_officer, visit, counted):
    def fill(first, last):
        for number in range(first, last):
            taken(a_mail(f"Message-ID: <{number}@x.example>", body=b"Hello"), desk=DESK)

    fill(0, 2)
    with counted() as few:
        as_officer.get("/tray")
    fill(2, 12)
    with counted() as many:
        as_officer.get("/tray")
    assert len(many) == len(few)
