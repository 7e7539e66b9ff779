"""Letters posted to a real mail server: each once, again when it failed, in order, given up in sight."""

from datetime import timedelta

import pytest

from scheduler.actions.invalid import Invalid
from scheduler.actions.lifecycle import Told, act_upon
from scheduler.actions.posting import send_again, take_up
from scheduler.actions.readdressing import readdress
from scheduler.core.lifecycle import Act
from scheduler.post.carriers import carrier_for
from scheduler.post.delivery import Outcome
from scheduler.post_room import bytes_of, post_letters
from scheduler.records.database import db
from scheduler.records.delegations import Delegate, Delegation
from scheduler.records.letters import LetterState
from tests import make
from tests.cast import AT, OFFICER, seoul
from tests.letters.desk import PATIENCE, last_to, letters, post, tell, write
from tests.post.smtp_server import LocalSmtpServer, Mood

CONTACT, MINISTER = "contact@guests.example", "minister@guests.example"
FIVE = [f"guest{number}@guests.example" for number in range(5)]


@pytest.fixture
def guests(app):
    who = make.delegation(contact_email="")
    for rank, email in enumerate(FIVE):
        db.session.add(Delegate(delegation_id=who.id, email=email, print_as=email, precedence=rank))
    db.session.commit()
    return who


@pytest.fixture
def visit(guests):
    return make.visit(guests, make.tour_session(make.tour(make.site()), seoul(14, 10)))


@pytest.fixture
def server():
    with LocalSmtpServer() as server:
        yield server


@pytest.fixture
def posted(app, server, tmp_path, monkeypatch):
    """Post what is due at an instant to the server."""
    clock = {"at": AT}
    monkeypatch.setattr("scheduler.post_room.now", lambda: clock["at"])

    def run(at=AT):
        clock["at"] = at
        with carrier_for(server.url, tmp_path) as by:
            post_letters(by, worker="one")
        return [to for taken in server.taken for to in taken.recipients]

    return run


def states():
    return {letter.address: letter.state.value for letter in letters()}


def test_one_of_five_is_refused_and_the_others_arrive(visit, server, posted):
    server.refused[FIVE[2]] = "550 5.1.1 No such mailbox"
    write()
    assert sorted(posted()) == [*FIVE[:2], *FIVE[3:]]
    assert states() == dict.fromkeys(FIVE, "posted") | {FIVE[2]: "given_up"}
    assert "No such mailbox" in last_to(FIVE[2]).problem


def test_a_server_that_is_away_loses_nothing_and_each_letter_arrives_once(visit, server, posted):
    write()
    server.stop()
    assert posted() == []
    assert set(states().values()) == {"waiting"}
    server.start()
    assert sorted(posted(AT + timedelta(minutes=3))) == FIVE
    assert sorted(posted(AT + timedelta(hours=3))) == FIVE


def test_what_ended_in_doubt_is_sent_again_as_the_very_same_bytes(visit, server, posted):
    server.moods.append(Mood.TAKE_AND_HANG_UP)
    write()
    posted()
    twice = posted(AT + timedelta(minutes=3))
    assert (len(twice), len(set(twice))) == (6, 5)
    doubtful = next(to for to in FIVE if twice.count(to) == 2)
    first, second = [taken.data for taken in server.taken if taken.recipients == (doubtful,)]
    assert first == second


def test_pauses_grow_and_after_two_days_a_letter_is_given_up(visit):
    write()
    at, pauses = AT, []
    while post(at, Outcome.LATER):
        due = min(letter.due_at for letter in letters())
        pauses.append(due - at)
        at = max(letter.due_at for letter in letters())
        if {letter.state for letter in letters()} == {LetterState.GIVEN_UP}:
            break
    assert pauses[0] <= timedelta(minutes=1)
    assert timedelta(minutes=30) <= max(pauses) <= timedelta(hours=1)
    assert timedelta(days=2) <= at - AT + timedelta(hours=1)
    assert set(states().values()) == {"given_up"}


def test_two_workers_never_take_the_same_letter_and_one_that_died_is_followed(visit):
    write()
    mine = [letter.id for letter in take_up("one", most=3, patience=PATIENCE, at=AT)]
    others = [letter.id for letter in take_up("two", most=9, patience=PATIENCE, at=AT)]
    assert (len(mine), len(others)) == (3, 2)
    assert not set(mine) & set(others)
    assert take_up("three", most=9, patience=PATIENCE, at=AT + PATIENCE.lease - timedelta(seconds=1)) == []
    assert len(take_up("three", most=9, patience=PATIENCE, at=AT + PATIENCE.lease)) == 5


def test_a_clock_that_is_moved_back_keeps_no_letter_waiting(visit):
    write()
    post(outcome=Outcome.LATER)
    take_up("one", most=2, patience=PATIENCE, at=AT + timedelta(minutes=2))
    assert len(take_up("two", most=9, patience=PATIENCE, at=AT - timedelta(days=1))) == 5


def test_the_same_letter_has_the_same_bytes_and_officers_see_no_secret(visit):
    write()
    letter = last_to(FIVE[0])
    assert bytes_of(letter) == bytes_of(letter)
    assert bytes_of(letter, tells_secrets=False) != bytes_of(letter)
    import email.policy

    shown = email.message_from_bytes(bytes_of(letter, tells_secrets=False), policy=email.policy.default)
    text = shown.get_body(("plain",)).get_content()
    assert "…" in text or "%E2%80%A6" in text


def test_who_mends_an_address_has_the_invitation_written_to_the_right_one(visit):
    write()
    post(outcome=Outcome.REFUSED)
    readdress(last_to(FIVE[0]).id, "right@guests.example", by=OFFICER, at=AT)
    assert tell() == [("invitation", "right@guests.example")]
    assert states()[FIVE[0]] == "dropped"


def test_a_letter_that_is_sent_again_is_tried_anew(visit):
    write()
    post(outcome=Outcome.REFUSED)
    send_again(last_to(FIVE[0]).id, by=OFFICER, at=AT)
    assert post() == [FIVE[0]]
    with pytest.raises(Invalid, match="needs_no_help"):
        send_again(last_to(FIVE[0]).id, by=OFFICER, at=AT)


@pytest.mark.parametrize("to", ["", "nobody", "a@b\r\nBcc: c@d.example"])
def test_no_address_is_refused_and_changes_nothing(visit, to):
    write()
    post(outcome=Outcome.REFUSED)
    with pytest.raises(Invalid, match="not_an_address"):
        readdress(last_to(FIVE[0]).id, to, by=OFFICER, at=AT)
    assert states() == dict.fromkeys(FIVE, "given_up")


def test_what_was_given_up_and_has_changed_since_is_written_anew(visit):
    write()
    post(outcome=Outcome.REFUSED)
    act_upon(visit.id, Act.CANCEL, Told(reason="rain"), by=OFFICER, at=AT)
    assert tell() == []
    assert set(states().values()) == {"dropped"}


def test_the_contacts_address_is_mended_where_it_was_typed(app):
    who = make.delegation(contact_email=CONTACT)
    make.visit(who, make.tour_session(make.tour(make.site()), seoul(14, 10)))
    write()
    post(outcome=Outcome.REFUSED)
    readdress(last_to(CONTACT).id, "right@guests.example", by=OFFICER, at=AT)
    assert db.session.get(Delegation, who.id).contact_email == "right@guests.example"
