"""What the clock brings: reminders and rosters, each once; and answers to guests' own mails."""

import os
import subprocess
import sys
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from sqlalchemy.exc import IntegrityError

from scheduler.actions.letter_answers import write_answers
from scheduler.actions.occasions import Hours, write_reminders
from scheduler.core.participation import Participation
from scheduler.post_room import bytes_of, office
from scheduler.records.database import db
from scheduler.records.delegations import Delegate
from scheduler.records.letters import LetterKind
from scheduler.records.mails import Mail, MailState
from scheduler.records.replies import Proposal, ProposalState, Reply, ReplyChannel
from tests import make
from tests.cast import AT, seoul
from tests.letters.desk import event_in, last_to, letters, tell
from tests.letters.test_who_is_told import account

CONTACT, MINISTER, GATE = "contact@guests.example", "minister@guests.example", "gate@owner.example"
MORNING, AFTERNOON = seoul(13, 9), seoul(13, 16)


@pytest.fixture
def visit(app):
    who = make.delegation()
    db.session.add(Delegate(delegation_id=who.id, email=MINISTER, print_as="The Minister", precedence=1))
    db.session.commit()
    site = make.site(contact_email=GATE, meeting_point="The north gate")
    return make.visit(who, make.tour_session(make.tour(site), seoul(14, 10)))


def clock(at):
    """What the clock brings at an instant: kind and address."""
    before = len(letters())
    write_reminders(office(), Hours(), at=at)
    return [(letter.kind.value, letter.address) for letter in letters()[before:]]


def test_guests_are_reminded_the_day_before_and_once(visit):
    assert clock(MORNING - timedelta(minutes=1)) == []
    assert clock(MORNING) == [("reminder", MINISTER), ("reminder", CONTACT)]
    assert clock(MORNING + timedelta(hours=1)) == []
    assert "The north gate" in last_to(MINISTER).text


def test_a_week_ahead_the_site_is_reminded_too_also_a_day_late(visit):
    assert clock(seoul(7, 9)) == [("reminder", MINISTER), ("reminder", CONTACT), ("reminder", GATE)]
    assert clock(seoul(7, 10)) == []
    assert clock(seoul(8, 9)) == []


def test_the_roster_goes_to_the_site_on_the_afternoon_before(visit):
    clock(MORNING)
    assert clock(AFTERNOON) == [("roster", GATE)]
    assert clock(AFTERNOON + timedelta(minutes=1)) == []
    assert clock(AFTERNOON - timedelta(hours=5)) == []
    text = last_to(GATE).text
    assert "10:00–11:00" in text
    assert "Hanoi planning office (10)" in text
    assert last_to(GATE).calendar is None


def test_managers_get_the_roster_instead_of_the_contact(visit):
    from scheduler.access import Role

    manager = account("manager@city.example", Role.MANAGER)
    manager.sites.append(visit.tour_session.tour.site)
    db.session.commit()
    clock(MORNING)
    assert clock(AFTERNOON) == [("roster", "manager@city.example")]


def test_the_roster_that_is_posted_is_kept_as_the_sheet_of_that_day_once(visit):
    from sqlalchemy import select

    from scheduler.access import Role
    from scheduler.records.sheet_prints import SheetPrint

    manager = account("manager@city.example", Role.MANAGER)
    second = account("second@city.example", Role.MANAGER)
    for each in (manager, second):
        each.sites.append(visit.tour_session.tour.site)
    db.session.commit()
    assert len(clock(AFTERNOON)) >= 2
    (kept,) = db.session.scalars(select(SheetPrint)).all()
    assert (kept.way, kept.day, [line["headcount"] for line in kept.lines]) == (
        "mailed",
        seoul(14).date(),
        [10],
    )


def test_the_sheet_goes_along_with_the_roster_ready_to_print(visit):
    clock(AFTERNOON)
    mail = message_from_bytes(bytes_of(last_to(GATE)), policy=default)
    (sheet,) = mail.iter_attachments()
    assert (sheet.get_content_type(), sheet.get_filename()) == ("application/pdf", "TOPIS-2026-12-14.pdf")
    assert sheet.get_content().startswith(b"%PDF-")
    assert bytes_of(last_to(GATE)) == bytes_of(last_to(GATE))


def test_what_was_called_off_reminds_nobody(visit):
    from scheduler.actions.lifecycle import Told, act_upon
    from scheduler.core.lifecycle import Act
    from tests.cast import OFFICER

    act_upon(visit.id, Act.CANCEL, Told(reason="rain"), by=OFFICER, at=AT)
    assert clock(AFTERNOON) == []


def test_the_database_keeps_one_letter_of_an_occasion(visit):
    clock(MORNING)
    other = last_to(MINISTER)
    twin = {name: getattr(other, name) for name in ("kind", "side", "address", "language", "occasion")}
    twin |= {"message_id": "<x@y>", "subject": "", "text": "", "html": "", "written_at": AT, "due_at": AT}
    with pytest.raises(IntegrityError):
        db.session.execute(type(other).__table__.insert(), twin)
    db.session.rollback()


# Answers to guests' own mails -------------------------------------------------------------------------------


def refresh(visit, at=AT):
    db.session.add(
        Mail(
            message_id=f"<{at.isoformat()}@guests.example>",
            digest="0" * 64,
            received_at=at,
            channel="imap",
            raw=b"",
            state=MailState.APPLIED,
            method="REFRESH",
            uid=visit.uid,
            attendee=MINISTER,
            visit_id=visit.id,
        )
    )
    db.session.commit()


def answers(at=AT):
    before = len(letters())
    write_answers(office(), at=at)
    return [(letter.kind.value, letter.address) for letter in letters()[before:]]


def test_a_refresh_is_answered_by_the_same_sequence_and_a_later_stamp(visit):
    tell()
    refresh(visit)
    assert answers() == [("again", MINISTER)]
    first, again = [letter for letter in letters() if letter.address == MINISTER]
    assert (again.method, again.sequence, again.seen) == ("REQUEST", first.sequence, first.seen)
    assert again.stamped_at > first.stamped_at
    assert answers() == []


def test_programs_that_ask_all_day_long_are_answered_once_an_hour(visit):
    tell()
    for minutes in range(0, 55, 5):
        refresh(visit, AT + timedelta(minutes=minutes))
    assert answers(AT + timedelta(hours=1)) == [("again", MINISTER)]


def test_news_on_their_way_are_the_answer(visit):
    refresh(visit)
    assert answers() == []


def test_an_answer_carries_what_somebody_has_said_already(visit):
    tell()
    db.session.add(
        Reply(
            uid=visit.uid,
            address=MINISTER,
            visit_id=visit.id,
            participation=Participation.ACCEPTED,
            stamped_at=AT,
            for_starts_at=visit.starts_at,
            for_ends_at=visit.ends_at,
            answered_at=AT,
            channel=ReplyChannel.MAIL,
        )
    )
    refresh(visit)
    answers()
    assert event_in(last_to(MINISTER))["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"


def declined(visit, channel):
    db.session.add(
        Proposal(
            visit_id=visit.id,
            delegation_id=visit.delegation_id,
            address=MINISTER,
            starts_at=seoul(15, 10),
            ends_at=seoul(15, 11),
            sequence=0,
            for_starts_at=visit.starts_at,
            channel=channel,
            state=ProposalState.DECLINED,
            made_at=AT,
            settled_at=AT,
            answer="The room is being painted.",
        )
    )
    db.session.commit()


def test_a_counter_declined_is_told_to_that_person_alone(visit):
    tell()
    declined(visit, ReplyChannel.MAIL)
    assert answers() == [("declined_counter", MINISTER)]
    letter = last_to(MINISTER)
    assert (letter.method, str(event_in(letter)["UID"])) == ("DECLINECOUNTER", visit.uid)
    assert "The room is being painted." in letter.text
    assert answers() == []
    assert tell() == []


def test_a_wish_from_the_guests_page_is_declined_in_words_alone(visit):
    tell()
    declined(visit, ReplyChannel.PAGE)
    assert answers() == [("declined_counter", MINISTER)]
    assert (last_to(MINISTER).calendar, last_to(MINISTER).kind) == (None, LetterKind.DECLINED_COUNTER)


# Three workers at once --------------------------------------------------------------------------------------

REMINDING = """
import sys
from datetime import datetime
from scheduler import create_app
from scheduler.actions.occasions import Hours, write_reminders
from scheduler.post_room import in_post_room, office
with in_post_room(create_app()):
    sys.stdin.readline()
    write_reminders(office(), Hours(), at=datetime.fromisoformat(sys.argv[1]))
"""


def test_three_workers_at_once_and_one_killed_remind_everybody_once(visit, engine_url, tmp_path):
    environ = {**os.environ, "DATABASE_URL": engine_url, "SECRET_KEY": "x", "INSTANCE_PATH": str(tmp_path)}
    command = [sys.executable, "-c", REMINDING, AFTERNOON.isoformat()]
    workers = [subprocess.Popen(command, env=environ, stdin=subprocess.PIPE, text=True) for _ in range(3)]
    for each in workers:
        assert each.stdin is not None
        each.stdin.write("now\n")
        each.stdin.flush()
    workers[0].kill()
    for each in workers:
        each.communicate(timeout=60)
    assert [each.returncode for each in workers[1:]] == [0, 0]
    told = sorted((letter.kind.value, letter.address) for letter in letters())
    assert told == [("reminder", CONTACT), ("reminder", MINISTER), ("roster", GATE)]
